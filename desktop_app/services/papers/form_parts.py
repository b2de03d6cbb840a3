"""What forms of a case have in common, taken from the ledger: its code, its unit, its plans."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.codes import UnitKind
from db.queries import enrolments as queries
from db.queries import units as unit_queries
from desktop_app.documents.forms.parts import PlanLine, UnitParticulars
from desktop_app.domain.labels import label
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.enrolment_views import share_fen

CASE_DIGITS = 8


def case_code(uid: bytes) -> str:
    """A short code of the case for QR codes: nothing personal, the same for ever."""
    return f"E{uid.hex()[-CASE_DIGITS:].upper()}"


def unit_particulars(session: Session, case: Case) -> UnitParticulars:
    contact = unit_queries.contact_of(session, case.unit.id)
    return UnitParticulars(
        name=case.unit.name,
        code=case.unit.employer_code or "",
        union_code=case.unit.union_code or "",
        kind=label(UnitKind(case.unit.kind_code)),
        town=case.unit.town or "",
        address=case.unit.address or "",
        contact=contact.name if contact else "",
        phone=(contact.phone or "") if contact else "",
    )


def plan_lines(session: Session, case: Case) -> tuple[PlanLine, ...]:
    return tuple(
        PlanLine(record.name, plan.people, plan.shares, share_fen(plan) or 0, plan.due_fen or 0)
        for plan, record in queries.plans_of(session, case.enrolment.id)
    )
