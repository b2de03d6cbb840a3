"""Units and their cases as the window and the command line see them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.codes import CaseState, Handling, PaperState, UnitKind, UnitState
from db.models.enrolments import Enrolment
from db.models.office import Area
from db.models.schemes import SchemeVersion
from db.models.units import Unit, UnitContact
from db.queries import enrolments as enrolment_queries
from db.queries import units as queries
from desktop_app.domain.labels import label
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.services.drafts import UnitDraft
from desktop_app.services.versions.scheme_texts import scheme_of
from desktop_app.services.views.enrolments import EnrolmentRow
from desktop_app.services.views.papers import PaperLine
from desktop_app.services.views.units import UNIT_PAPERS, UnitRow, UnitView

NOT_YET = "未报"
_ENDED = {CaseState.FINISHED: "办结", CaseState.VOID: "作废", CaseState.RETURNED: "退回"}


def step_label(session: Session, enrolment: Enrolment) -> str:
    """What a case is called while it stands at its step, in its scheme's words."""
    version = session.get_one(SchemeVersion, enrolment.scheme_version_id)
    at = (enrolment.state_code, enrolment.step_key, enrolment.handling_code)
    return case_label(scheme_of(version), *at)


def case_label(scheme: Scheme, state: str, step_key: str, handling: str) -> str:
    return _ENDED.get(CaseState(state)) or scheme.step(step_key, handling).state


def enrolment_row(session: Session, enrolment: Enrolment, unit_name: str) -> EnrolmentRow:
    return EnrolmentRow(
        id=enrolment.id,
        unit_id=enrolment.unit_id,
        unit_name=unit_name,
        year=enrolment.year,
        handling_label=label(Handling(enrolment.handling_code)),
        step_label=step_label(session, enrolment),
        people=enrolment.people,
        due_fen=enrolment.due_fen,
        business_no=enrolment.business_no,
        state=enrolment.state_code,
        total_fen=enrolment.total_fen,
    )


def unit_row(
    session: Session, unit: Unit, area: str | None, contact: str | None, case: Enrolment | None
) -> UnitRow:
    return UnitRow(
        id=unit.id,
        name=unit.name,
        kind_label=label(UnitKind(unit.kind_code)),
        area=area or "",
        at_work=unit.at_work,
        contact=contact or "",
        state=unit.state_code,
        state_label=label(UnitState(unit.state_code)),
        step_label=step_label(session, case) if case else NOT_YET,
        people=case.people if case else 0,
        due_fen=case.due_fen if case else None,
    )


def unit_view(session: Session, unit: Unit) -> UnitView:
    contact = queries.contact_of(session, unit.id)
    area = session.get(Area, unit.area_id) if unit.area_id else None
    return UnitView(
        id=unit.id,
        uid=unit.uid.hex(),
        draft=_draft(unit, contact, area),
        kind_label=label(UnitKind(unit.kind_code)),
        state=unit.state_code,
        state_label=label(UnitState(unit.state_code)),
        papers=_papers(session, unit.id),
        enrolments=tuple(
            enrolment_row(session, enrolment, unit.name)
            for enrolment in enrolment_queries.of_unit(session, unit.id)
        ),
        returned_for=(unit.note or "") if unit.state_code == UnitState.RETURNED else "",
    )


def _draft(unit: Unit, contact: UnitContact | None, area: Area | None) -> UnitDraft:
    return UnitDraft(
        name=unit.name,
        kind=unit.kind_code,
        employer_code=unit.employer_code,
        union_code=unit.union_code,
        town=unit.town,
        area=area.name if area else None,
        at_work=unit.at_work,
        women=unit.women,
        contact_name=contact.name if contact else None,
        contact_phone=contact.phone if contact else None,
        payer_name=unit.payer_name,
        payer_account=unit.payer_account,
        payer_bank=unit.payer_bank,
        payer_bank_no=unit.payer_bank_no,
        invoice_title=unit.invoice_title,
        invoice_code=unit.invoice_code,
    )


def _papers(session: Session, unit_id: int) -> tuple[PaperLine, ...]:
    kept = {paper.paper_key: paper for paper in queries.papers_of(session, unit_id)}
    lines = []
    for key, title in UNIT_PAPERS.items():
        paper = kept.get(key)
        state = PaperState(paper.state_code) if paper else PaperState.MISSING
        attachment = paper.attachment_id if paper else None
        lines.append(PaperLine(key, title, state, label(state), "", attachment))
    return tuple(lines)
