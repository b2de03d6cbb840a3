"""What forms of a case have in common, taken from the ledger: its code, its unit, its plans."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.codes import UnitKind
from db.models.units import Unit
from db.queries import enrolments as queries
from db.queries import units as unit_queries
from desktop_app.documents.forms.parts import PlanLine, UnitParticulars
from desktop_app.documents.kinds import FormKind, FormOf
from desktop_app.domain.labels import label
from desktop_app.domain.schemes.scheme_parts import Words
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.enrolment_views import share_fen

CASE_DIGITS = 8
_LETTERS = {
    FormOf.CASE: "E",
    FormOf.CLAIM: "C",
    FormOf.UNIT: "U",
    FormOf.PERSON: "M",
    FormOf.MONTH: "O",
    FormOf.OFFICE: "O",
}


def case_code(uid: bytes) -> str:
    """A short code of the case for QR codes: nothing personal, the same for ever."""
    return short_code(FormOf.CASE, uid)


def short_code(of: FormOf, uid: bytes) -> str:
    return f"{_LETTERS[of]}{uid.hex()[-CASE_DIGITS:].upper()}"


def unit_particulars(session: Session, case: Case) -> UnitParticulars:
    return particulars(session, case.unit)


def particulars(session: Session, unit: Unit) -> UnitParticulars:
    contact = unit_queries.contact_of(session, unit.id)
    return UnitParticulars(
        name=unit.name,
        code=unit.employer_code or "",
        union_code=unit.union_code or "",
        kind=label(UnitKind(unit.kind_code)),
        town=unit.town or "",
        address=unit.address or "",
        contact=contact.name if contact else "",
        phone=(contact.phone or "") if contact else "",
    )


def title_of(kind: FormKind, words: Words) -> str:
    """The form's title as its scheme writes it, else made of the scheme's words."""
    named = {name: getattr(words, name) for name in ("join", "person", "fee", "apply", "benefit")}
    return words.forms.get(kind.key) or kind.name.format(**named)


def plan_lines(session: Session, case: Case) -> tuple[PlanLine, ...]:
    return tuple(
        PlanLine(record.name, plan.people, plan.shares, share_fen(plan) or 0, plan.due_fen or 0)
        for plan, record in queries.plans_of(session, case.enrolment.id)
    )
