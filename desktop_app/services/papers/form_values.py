"""What each form of a case says, taken from the ledger as frozen values."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import Channel, EnrolmentKind, Payer, Sex, UnitKind
from db.models.enrolments import FundingPart
from db.models.office import Office
from db.queries import enrolments as queries
from db.queries import payments as payment_queries
from db.queries import units as unit_queries
from desktop_app.documents.forms import (
    ApplicationForm,
    ArchiveHandover,
    ArchivePaper,
    Confirmation,
    Form,
    FundingLine,
    InvoiceParticulars,
    ListedMember,
    Marks,
    MemberList,
    Payee,
    PaymentNotice,
    PlanLine,
    UnitParticulars,
    Words,
)
from desktop_app.domain.contributions import UNION_PAYERS
from desktop_app.domain.dates import last_day, period_text
from desktop_app.domain.labels import label
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.enrolment_views import share_fen
from desktop_app.services.cases.quotes import kept_quote
from desktop_app.services.cases.unit_invoices import unit_invoice
from desktop_app.services.desk import Desk

CASE_DIGITS = 8


def form_of(
    session: Session, desk: Desk, case: Case, form_key: str, number: str, print_no: int
) -> Form:
    """Build the form's value; `number` and `print_no` are printed on it."""
    office = session.scalars(select(Office)).one()
    marks = Marks(
        case_code=case_code(case.enrolment.uid),
        form_no=number,
        print_no=print_no,
        office=office.name,
        scheme=case.scheme.title,
        issued_on=desk.today(),
        demo=office.demo,
        words=Words(case.scheme.words.person, case.scheme.words.fee, case.scheme.words.join),
    )
    return _BUILDERS[form_key](session, case, marks)


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


def listed_members(session: Session, case: Case) -> tuple[ListedMember, ...]:
    """Everyone of the list in its order, the plans beside each other."""
    names = {p.plan_id: r.name for p, r in queries.plans_of(session, case.enrolment.id)}
    lines: dict[int, ListedMember] = {}
    for line_no, member, enrollee in queries.joining_rows(session, case.enrolment.id):
        before = lines.get(line_no)
        plan, fen = names[enrollee.plan_id], enrollee.contribution_fen or 0
        lines[line_no] = ListedMember(
            name=member.name,
            sex=label(Sex(member.sex_code)) if member.sex_code else "",
            identity=member.identity_no or "",
            plans=f"{before.plans}、{plan}" if before else plan,
            fee_fen=fen + (before.fee_fen if before else 0),
        )
    return tuple(lines.values())


def _coverage(session: Session, case: Case) -> str:
    enrolment = case.enrolment
    if enrolment.effective_on is None or enrolment.until_on is None:
        return case.scheme.coverage.text.rstrip("。")
    days = period_text(enrolment.effective_on, enrolment.until_on)
    kept = kept_quote(session, enrolment)
    months = kept.content["months"] if kept is not None else case.scheme.coverage.months
    return days if months == case.scheme.coverage.months else f"{days}，续缴{months}个月"


def funding_lines(session: Session, case: Case) -> tuple[FundingLine, ...]:
    query = select(FundingPart).where(FundingPart.enrolment_id == case.enrolment.id)
    return tuple(
        FundingLine(
            label(Payer(part.payer_code)),
            label(Channel(part.channel_code)),
            part.fen,
            demanded=part.payer_code not in UNION_PAYERS,
        )
        for part in session.scalars(query.order_by(FundingPart.line_no))
    )


def _notice(session: Session, case: Case, marks: Marks) -> PaymentNotice:
    payee = case.scheme.payee
    assert payee is not None  # form_rules let nobody come so far without
    shared = case.enrolment.total_fen != case.enrolment.due_fen
    drive = next((d for d in case.scheme.drives if d.year == case.enrolment.year), None)
    return PaymentNotice(
        marks=marks,
        unit=unit_particulars(session, case),
        year=case.enrolment.year,
        lines=plan_lines(session, case),
        people=case.enrolment.people,
        total_fen=case.enrolment.total_fen or 0,
        payee=Payee(payee.name, payee.account, payee.bank, payee.bank_no),
        deadline=drive.closes_on if drive else None,
        coverage=_coverage(session, case),
        business_no=case.enrolment.business_no or "",
        funding=funding_lines(session, case) if shared else (),
        due_fen=case.enrolment.due_fen if shared else None,
    )


def _application(session: Session, case: Case, marks: Marks) -> ApplicationForm:
    unit = unit_particulars(session, case)
    return ApplicationForm(
        marks=marks,
        unit=unit,
        year=case.enrolment.year,
        kind=label(EnrolmentKind(case.enrolment.kind_code)),
        at_work=case.enrolment.at_work or 0,
        women_at_work=case.enrolment.women or 0,
        people=case.enrolment.people,
        women=queries.count_people(session, case.enrolment.id)[1],
        lines=plan_lines(session, case),
        total_fen=case.enrolment.total_fen or 0,
        funding=funding_lines(session, case),
        invoice=InvoiceParticulars(
            title=unit_invoice(case.unit).title,
            code=unit_invoice(case.unit).code,
            phone=unit.phone,
        ),
        coverage=_coverage(session, case),
        business_no=case.enrolment.business_no or "",
    )


def _member_list(session: Session, case: Case, marks: Marks) -> MemberList:
    return MemberList(
        marks=marks,
        unit=unit_particulars(session, case),
        year=case.enrolment.year,
        people=listed_members(session, case),
        total_fen=case.enrolment.total_fen or 0,
        plans="、".join(line.name for line in plan_lines(session, case)),
        business_no=case.enrolment.business_no or "",
    )


def _confirmation(session: Session, case: Case, marks: Marks) -> Confirmation:
    enrolment = case.enrolment
    assert enrolment.effective_on is not None  # form_rules let nobody come so far without
    assert enrolment.until_on is not None
    paid = payment_queries.parts_of(session, enrolment.id, counted=True)
    arrived = [(one.paid_on, part.confirmed_on) for one, part in paid if part.confirmed_on]
    paid_on, confirmed_on = arrived[-1] if arrived else (None, None)
    return Confirmation(
        marks=marks,
        unit=unit_particulars(session, case),
        year=enrolment.year,
        business_no=enrolment.business_no or "",
        first_day=enrolment.effective_on,
        last_day=last_day(enrolment.until_on),
        people=enrolment.people,
        lines=plan_lines(session, case),
        total_fen=enrolment.total_fen or 0,
        paid_on=paid_on,
        confirmed_on=confirmed_on,
    )


def _handover(session: Session, case: Case, marks: Marks) -> ArchiveHandover:
    kept = queries.papers_of(session, case.enrolment.id)
    papers = tuple(
        ArchivePaper(
            name=paper.label,
            medium="原件",
            copies=1,
            pages=kept[paper.id].pages or 1,
            remark="已盖章" if kept[paper.id].state_code == "stamped" else "",
        )
        for paper in case.scheme.papers
        if paper.archived and paper.id in kept
    )
    return ArchiveHandover(
        marks=marks,
        unit=unit_particulars(session, case),
        year=case.enrolment.year,
        archive_no=case_code(case.enrolment.uid),
        papers=papers,
        business_no=case.enrolment.business_no or "",
        people=case.enrolment.people,
        total_fen=case.enrolment.total_fen or 0,
    )


_BUILDERS: dict[str, Callable[[Session, Case, Marks], Form]] = {
    "payment-notice": _notice,
    "application": _application,
    "member-list": _member_list,
    "confirmation": _confirmation,
    "archive-list": _handover,
}
