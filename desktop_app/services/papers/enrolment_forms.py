"""What each form of an enrolment says: notice, application, list of members, confirmation."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import Channel, EnrolmentKind, Payer, Sex
from db.models.enrolments import FundingPart
from db.queries import enrolments as queries
from db.queries import payments as payment_queries
from desktop_app.documents.forms.enrolments import (
    ApplicationForm,
    Confirmation,
    FundingLine,
    InvoiceParticulars,
    ListedMember,
    MemberList,
    Payee,
    PaymentNotice,
)
from desktop_app.documents.forms.parts import Marks
from desktop_app.domain.contributions import UNION_PAYERS
from desktop_app.domain.dates import last_day, period_text
from desktop_app.domain.labels import label
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.quotes import kept_quote
from desktop_app.services.cases.unit_invoices import unit_invoice
from desktop_app.services.papers.form_parts import plan_lines, unit_particulars


def notice(session: Session, case: Case, marks: Marks) -> PaymentNotice:
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
        coverage=coverage(session, case),
        business_no=case.enrolment.business_no or "",
        funding=funding_lines(session, case) if shared else (),
        due_fen=case.enrolment.due_fen if shared else None,
    )


def application(session: Session, case: Case, marks: Marks) -> ApplicationForm:
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
        coverage=coverage(session, case),
        business_no=case.enrolment.business_no or "",
    )


def member_list(session: Session, case: Case, marks: Marks) -> MemberList:
    return MemberList(
        marks=marks,
        unit=unit_particulars(session, case),
        year=case.enrolment.year,
        people=listed_members(session, case),
        total_fen=case.enrolment.total_fen or 0,
        plans="、".join(line.name for line in plan_lines(session, case)),
        business_no=case.enrolment.business_no or "",
    )


def confirmation(session: Session, case: Case, marks: Marks) -> Confirmation:
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


def coverage(session: Session, case: Case) -> str:
    enrolment = case.enrolment
    if enrolment.effective_on is None or enrolment.until_on is None:
        return case.scheme.coverage.text.rstrip("。")
    days = period_text(enrolment.effective_on, enrolment.until_on)
    kept = kept_quote(session, enrolment)
    months = kept.content["months"] if kept is not None else case.scheme.coverage.months
    return days if months == case.scheme.coverage.months else f"{days}，续缴{months}个月"
