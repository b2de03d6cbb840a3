"""One enrolment as its page shows it: steps, what is missing, papers, money, forms, history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import CaseState, Handling, IssueState, PaperState
from db.models.enrolments import Enrolment, EnrolmentPlan
from db.models.office import AppUser
from db.models.papers import EnrolmentPaper
from db.models.submissions import Submission
from db.queries import business_numbers
from db.queries import enrolments as queries
from db.queries import payments as payment_queries
from db.queries.reviews import open_marks
from desktop_app.documents.kinds import BY_KEY
from desktop_app.domain.dates import last_day
from desktop_app.domain.enrolments import (
    Facts,
    Missing,
    StepView,
    bar,
    difference_in_words,
    overpaid_fen,
    shortfall,
)
from desktop_app.domain.labels import label
from desktop_app.domain.participation import judge
from desktop_app.domain.payments import part_state, short_in_words, system_in_words
from desktop_app.domain.quotes import quote
from desktop_app.domain.requirements import again
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_facts import facts_of
from desktop_app.services.cases.case_steps import missing_before
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.form_rules import FORMS, ORDER, why_not
from desktop_app.services.cases.fundings import charged, payer_parts
from desktop_app.services.cases.paid import SLIP, payer_difference
from desktop_app.services.cases.quotes import asked_of, content_of, kept_quote
from desktop_app.services.cases.receipt_views import receipts_of
from desktop_app.services.cases.returned import returned_text
from desktop_app.services.cases.unit_invoices import unit_invoice
from desktop_app.services.desk import Desk
from desktop_app.services.own_layouts import copies_of
from desktop_app.services.units.unit_views import step_label
from desktop_app.services.views.enrolments import (
    EnrolmentView,
    HistoryLine,
    PaymentLine,
    PlanLine,
    RefundLine,
)
from desktop_app.services.views.papers import FormLine, PaperLine
from desktop_app.services.views.quotes import QuoteView, view_of
from desktop_app.services.views.turnout import turnout_lines

SEE_LIST = ",原因见“退回”"


def enrolment_view(session: Session, desk: Desk, enrolment_id: int) -> EnrolmentView:
    case = cases.load(session, enrolment_id)
    enrolment = case.enrolment
    facts = facts_of(session, case, desk)
    number = business_numbers.in_force(session, enrolment_id)
    shown = (number.people, number.fen) if number else (None, None)
    closed = enrolment.state_code in (CaseState.FINISHED, CaseState.VOID)
    return EnrolmentView(
        id=enrolment.id,
        uid=enrolment.uid.hex(),
        unit_id=case.unit.id,
        unit_name=case.unit.name,
        year=enrolment.year,
        handling=enrolment.handling_code,
        handling_label=label(Handling(enrolment.handling_code)),
        state=enrolment.state_code,
        steps=_bar(case),
        step_key=enrolment.step_key,
        step_label=step_label(session, enrolment),
        next_label="" if closed else case.step.action,
        next_act="" if closed else case.step.act,
        missing=() if closed else _missing(session, desk, case, facts),
        plans=_plans(session, enrolment_id),
        people=facts.people,
        parked=facts.parked,
        participation=participation_text(case.scheme, facts.at_work, facts.people),
        at_work=enrolment.at_work,
        women=enrolment.women,
        due_fen=facts.due_fen,
        paid_fen=facts.payment_fen or 0,
        difference=money_difference(facts),
        to_confirm=() if closed else facts.to_confirm,
        business_no=enrolment.business_no,
        effective_on=enrolment.effective_on,
        last_on=last_day(enrolment.until_on) if enrolment.until_on else None,
        papers=_papers(session, case, facts),
        payments=_payments(session, case),
        forms=_forms(session, case, facts),
        returned_for=_returned_for(enrolment, facts),
        submitted_by=_name(session, enrolment.submitted_by),
        folder=_folder(session, enrolment_id),
        total_fen=facts.total_fen,
        words=case.scheme.words,
        turnout=turnout_lines(facts, case.scheme),
        charged=charged(payer_parts(session, case)),
        refunds=_refunds(session, enrolment_id),
        receipts=receipts_of(session, case, facts),
        overpaid_fen=overpaid_fen(facts),
        short=short.message if (short := shortfall(facts, case.scheme)) else "",
        invoice=_invoice_text(case),
        quote=quote_view(session, desk, case),
        may_send=cases.may_send(case),
        marked=len(open_marks(session, enrolment_id)),
        system_people=shown[0],
        system_fen=shown[1],
        system_differs=system_in_words(
            case.scheme.words.system, (facts.people, facts.total_fen), shown
        ),
    )


def _returned_for(enrolment: Enrolment, facts: Facts) -> str:
    """Nobody is sent to a list that is empty."""
    if enrolment.state_code != CaseState.RETURNED:
        return ""
    told = returned_text(enrolment.returned_for, facts.returned)
    see = facts.returned and not enrolment.returned_for
    return f"{told}{SEE_LIST}" if see else told


def _invoice_text(case: Case) -> str:
    asked = any("invoice" in step.requires for step in case.steps)
    return unit_invoice(case.unit).text if asked else ""


def quote_view(session: Session, desk: Desk, case: Case) -> QuoteView | None:
    """The worksheet as it was kept at approval, else as it stands now."""
    enrolment = case.enrolment
    if enrolment.handling_code == Handling.BY_UNIT:
        return None  # the province's system works it out
    if enrolment.state_code == CaseState.FINISHED and enrolment.approved_at is None:
        return None  # it came finished from last year's books
    kept = kept_quote(session, enrolment)
    if kept is not None:
        return view_of(kept.content, kept=True)
    asked = asked_of(session, desk, enrolment, case.unit)
    found = quote(case.scheme, asked, desk.calendar(session))
    return view_of(content_of(session, enrolment, asked, found, case.scheme), kept=False)


def _missing(session: Session, desk: Desk, case: Case, facts: Facts) -> tuple[Missing, ...]:
    """What is missing, and first of all whether another person has to do it."""
    other = cases.not_by_this_user(session, case, desk)
    lacking = missing_before(case, facts)
    return lacking if other is None else (other, *lacking)


def history_lines(session: Session, enrolment_id: int) -> tuple[HistoryLine, ...]:
    case = cases.load(session, enrolment_id)
    lines = []
    for step, who in queries.history_of(session, enrolment_id):
        at = case.scheme.step(step.to_key, case.enrolment.handling_code)
        lines.append(HistoryLine(step.at, who, at.state, step.note or ""))
    return tuple(lines)


def participation_text(scheme: Scheme, at_work: int | None, joining: int) -> str:
    """Say it as 在职107人,应不少于86人(80%):已够."""
    rule = scheme.participation
    if rule is None or not at_work:
        return ""
    judged = judge(at_work, joining, rule)
    share = "全员" if judged.needed == at_work else f"{float(rule.min_share):.0%}"
    answer = "已够" if judged.ok else f"还差{judged.missing}人"
    if joining > at_work:
        answer = f"多出{joining - at_work}人,请核对"
    return f"在职{at_work}人,应不少于{judged.needed}人({share}):{answer}"


def _bar(case: Case) -> tuple[StepView, ...]:
    steps = bar(case.scheme, case.enrolment.step_key, case.enrolment.handling_code)
    if case.enrolment.state_code != CaseState.FINISHED:
        return steps
    return tuple(StepView(step.key, step.label, "done") for step in steps)


def _plans(session: Session, enrolment_id: int) -> tuple[PlanLine, ...]:
    return tuple(
        PlanLine(
            record.plan_key, record.name, plan.shares, share_fen(plan), plan.people, plan.due_fen
        )
        for plan, record in queries.plans_of(session, enrolment_id)
    )


def share_fen(plan: EnrolmentPlan) -> int | None:
    """What one share of one person comes to, by months where those count; the fee where uneven."""
    shares = plan.people * plan.shares
    if not plan.due_fen or not shares or plan.due_fen % shares:
        return plan.fee_fen
    return plan.due_fen // shares


def money_difference(facts: Facts) -> str:
    """Say the money in words, e.g. 少2人的钱; empty where it agrees or nothing is paid."""
    if facts.payment_fen is None or facts.due_fen is None:
        return ""
    if not facts.corporate:
        return "付款的是个人账户:须退回,由单位对公账户重缴"
    if facts.payment_confirmed and facts.back_fen:
        back = facts.back_fen
        text = short_in_words(facts.due_fen, facts.payment_fen, back, waits=facts.back_waits)
        if text:
            return text
    return difference_in_words(
        facts.due_fen, facts.payment_fen, facts.people, facts.payment_people, facts.total_fen
    )


WITHOUT_SCAN = {SLIP: "凭银行流水", "dues-receipt": "号码已登记"}  # no copy of it was received


def _papers(session: Session, case: Case, facts: Facts) -> tuple[PaperLine, ...]:
    kept = queries.papers_of(session, case.enrolment.id)
    lines = (
        _paper(paper.id, paper.label, kept.get(paper.id), facts)
        for paper in case.scheme.papers
        if paper.when != "over-age" or facts.over_age or _is_there(kept.get(paper.id))
    )
    return tuple(replace(line, by_statement=_stands_by_statement(case, line)) for line in lines)


def _is_there(kept: EnrolmentPaper | None) -> bool:
    return kept is not None and kept.state_code != PaperState.MISSING


def _paper(key: str, title: str, kept: EnrolmentPaper | None, facts: Facts) -> PaperLine:
    state = PaperState(kept.state_code) if kept else PaperState.MISSING
    if key == "dues-receipt" and facts.receipt:
        state = PaperState.KEPT
    if key == SLIP and facts.payment_fen is not None:  # of every payment that counts
        state = PaperState.KEPT if facts.slip else PaperState.MISSING
    note = f"{kept.pages}页" if kept and kept.pages else ""
    if state == PaperState.KEPT and (kept is None or kept.attachment_id is None):
        note = note or WITHOUT_SCAN.get(key, "")
    return PaperLine(
        key, title, state.value, label(state), note, kept.attachment_id if kept else None
    )


def _stands_by_statement(case: Case, line: PaperLine) -> bool:
    """A slip that was not received, as lines of the office's own account show the money.

    Where the scheme files it or has a step wait for it, the slip itself is wanted.
    """
    wanted = f"paper:{SLIP}" in {need for step in case.steps for need in step.requires}
    evidenced = line.key == SLIP and line.state == PaperState.KEPT and line.attachment_id is None
    return evidenced and not wanted and not case.scheme.paper(SLIP).archived


def _payments(session: Session, case: Case) -> tuple[PaymentLine, ...]:
    found = payment_queries.parts_of(session, case.enrolment.id)
    ids = [payment.id for payment, _part in found]
    cases_paid = payment_queries.shared(session, ids)
    lines = {line.payment_id for line in payment_queries.lines_of(session, ids)}
    slips = {slip.payment_id for slip in payment_queries.slips_of(session, ids)}
    return tuple(
        PaymentLine(
            id=payment.id,
            amount_fen=part.fen,
            people=part.people,
            paid_on=payment.paid_on,
            payer_name=payment.payer_name,
            payer_is_person=payment.payer_is_person,
            state=(state := part_state(payment.state_code, part.agrees)),
            state_label=label(state),
            confirmed_on=part.confirmed_on,
            payer_differs=payer_difference(payment, case.unit),
            whole_fen=payment.amount_fen,
            cases_paid=cases_paid[payment.id],
            by_statement=payment.id in lines - slips,
        )
        for payment, part in found
    )


def _refunds(session: Session, enrolment_id: int) -> tuple[RefundLine, ...]:
    found = payment_queries.parts_of(session, enrolment_id)
    payers = {payment.id: payment.payer_name for payment, _part in found}
    return tuple(
        RefundLine(one.fen, payers[one.payment_id], one.reason, one.asked_on, one.arrived_on)
        for one in payment_queries.refunds_of(session, enrolment_id)
    )


def _forms(session: Session, case: Case, facts: Facts) -> tuple[FormLine, ...]:
    issued: dict[str, Sequence[Any]] = {}
    void, provisional = dict(facts.void), dict[str, str]()
    for form, copies in queries.forms_of(session, case.enrolment.id):
        if form.state_code == IssueState.VALID:
            issued[form.form_key] = (form, copies)
        elif form.state_code == IssueState.PROVISIONAL:
            provisional[form.form_key] = form.number
    sealed = {paper.id for paper in case.scheme.papers if paper.seal}
    lines = []
    for key in FORMS:
        if key not in case.scheme.words.forms and key not in issued:
            continue  # a form that the scheme does not know
        form, copies = issued.get(key, (None, 0))
        waits = why_not(key, case, facts)
        lines.append(
            FormLine(
                key=key,
                label=case.scheme.words.forms.get(key, key),
                issued_id=form.id if form else None,
                number=form.number if form else None,
                issued_at=form.issued_at if form else None,
                copies=copies,
                stamped=key in facts.stamped,
                may_print=waits is None,
                why_not=waits.message if waits is not None else "",
                wanted=copies_of(session, BY_KEY[key].layout),
                again=again(sealed=key in sealed) if key in void else "",
                provisional=provisional.get(key, ""),
                again_for=void.get(key, ""),
                remedy=waits.remedy if waits is not None and waits.remedy != ORDER else "",
            )
        )
    return tuple(lines)


def _name(session: Session, user_id: int | None) -> str:
    if user_id is None:
        return ""
    return session.scalars(select(AppUser.name).where(AppUser.id == user_id)).one()


def _folder(session: Session, enrolment_id: int) -> str:
    query = select(Submission.folder_name).where(Submission.enrolment_id == enrolment_id)
    return session.scalars(query.order_by(Submission.id.desc()).limit(1)).first() or ""
