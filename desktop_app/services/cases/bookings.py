"""One transfer written into the book, and what of it pays for which case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy.orm import Session

from db.codes import PaperState, PaymentState
from db.models.papers import Attachment
from db.models.payments import Payment, PaymentAllocation
from db.models.statements import BankLine
from db.queries import payments as queries
from db.queries.holds import hold_money
from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_papers import set_paper
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.dues import MONEY_ACTS, kept_fen
from desktop_app.services.cases.paid import SLIP, compare_payments, payer_difference, settle
from desktop_app.services.cases.seen_lines import require_unseen
from desktop_app.services.cases.slips import keep_slip, require_first
from desktop_app.services.desk import Desk
from desktop_app.services.drafts import PaymentDraft, PaymentPart
from desktop_app.services.files import keep_scan


def book(
    tx: Transaction,
    desk: Desk,
    draft: PaymentDraft,
    parts: Sequence[PaymentPart],
    line: BankLine | None = None,
) -> Payment:
    """Write a transfer down with its parts; each case moves on where its own money agrees.

    A line of the office's own bank statement does for a slip.
    """
    slip = keep_scan(tx, draft.slip) if draft.slip else None
    paid = _payable(tx, parts)
    if line is not None:
        _require_owed(tx.session, paid)
    if not draft.again:
        require_first(tx.session, slip, draft.slip_no)
        if line is None:
            require_unseen(tx.session, draft, (part.enrolment_id for part in parts))
    payment = _payment(tx, draft)
    if line is not None:
        line.payment_id, line.note = payment.id, None
    keep_slip(tx, payment, slip, draft.slip_no)
    _pay(tx, desk, payment, paid, slip)
    return payment


def add_parts(tx: Transaction, desk: Desk, payment: Payment, parts: Sequence[PaymentPart]) -> None:
    """Let more of a transfer pay for cases that it did not pay for yet."""
    paid = _payable(tx, parts)
    _require_owed(tx.session, paid)
    _pay(tx, desk, payment, paid, None)


def _payable(tx: Transaction, parts: Sequence[PaymentPart]) -> list[tuple[Case, PaymentPart]]:
    """The cases that are to be paid for, each held until the end: two desks may book at once."""
    tx.session.flush()
    hold_money(tx.session, (part.enrolment_id for part in parts))
    paid = []
    for part in parts:
        case = cases.load(tx.session, part.enrolment_id)
        with _told_of(case, len(parts) > 1):
            _require_payable(tx.session, case)
        paid.append((case, part))
    return paid


def _require_owed(session: Session, paid: Sequence[tuple[Case, PaymentPart]]) -> None:
    """Refuse more than is owed by now, whatever was owed when the parts were proposed."""
    for case, part in paid:
        kept = kept_fen(session, case.enrolment.id)
        owed = max(0, (case.enrolment.due_fen or 0) - kept)
        if part.fen > owed:
            raise too_much(case.unit.name, owed, part.fen)


def too_much(name: str, owed: int, fen: int) -> UserError:
    return UserError(
        "part-too-much",
        f"“{name}”还欠{yuan(owed)}元,不能认{yuan(fen)}元。",
        "多出的钱留在这笔转账上,再办理退费。",
    )


def _pay(
    tx: Transaction,
    desk: Desk,
    payment: Payment,
    paid: Sequence[tuple[Case, PaymentPart]],
    slip: Attachment | None,
) -> None:
    for case, part in paid:
        tx.session.add(
            PaymentAllocation(
                payment_id=payment.id,
                enrolment_id=case.enrolment.id,
                fen=part.fen,
                people=part.people,
            )
        )
    tx.session.flush()
    several = len(queries.parts(tx.session, payment.id)) > 1
    for case, part in paid:
        if slip is not None:
            set_paper(tx, case.enrolment.id, SLIP, PaperState.KEPT, slip.id, pages=slip.pages)
        cases.move(
            tx, case.enrolment, _step_paid_at(case), _note(payment, part, case, several=several)
        )
        with _told_of(case, several):
            compare_payments(tx, desk, case)
    settle(tx.session, payment)


def take_out(
    tx: Transaction, desk: Desk, payment: Payment, state: PaymentState, words: tuple[str, str]
) -> None:
    """Let a transfer count no more; every case that it paid for waits for its money again."""
    done, why = words
    payment.state_code, payment.note = state, why
    parts = queries.parts(tx.session, payment.id)
    whole = f"(整笔{yuan(payment.amount_fen)}元)" if len(parts) > 1 else ""
    for part in parts:
        case = cases.load(tx.session, part.enrolment_id)
        agrees = compare_payments(tx, desk, case)
        text = f"{done}{yuan(part.fen)}元{whole}:{why}"
        cases.move(tx, case.enrolment, _step_after(case, agrees), text)


def take_part(tx: Transaction, desk: Desk, part: PaymentAllocation, case: Case, why: str) -> int:
    """Let a transfer pay for one case no more; how much of it is left over by that."""
    payment, fen = tx.session.get_one(Payment, part.payment_id), part.fen
    tx.session.delete(part)
    settle(tx.session, payment)
    agrees = compare_payments(tx, desk, case)
    text = f"退出认款{yuan(fen)}元(整笔{yuan(payment.amount_fen)}元):{why}"
    cases.move(tx, case.enrolment, _step_after(case, agrees), text)
    return fen


def _step_after(case: Case, agrees: bool) -> str:
    """Where the case stands once money went: where it is waited for, if it was there."""
    paying = next((step for step in case.steps if step.act == "payment.record"), None)
    waits = paying is not None and not agrees and case.step.act == "payment.confirm"
    return paying.key if paying is not None and waits else case.step.key


def _step_paid_at(case: Case) -> str:
    """Where a case stands that is paid for anew: again where its money is waited for."""
    at = next((step for step in case.steps if step.act in MONEY_ACTS), case.step)
    later = case.steps.index(case.step) > case.steps.index(at)
    arrival = case.step.act == "payment.confirm"
    return at.key if later and not arrival else case.step.key


def _require_payable(session: Session, case: Case) -> None:
    cases.require_open(case)
    words = case.scheme.words
    if case.enrolment.approved_at is None or case.enrolment.due_fen is None:
        raise UserError(
            "not-due", "这份申请还没有应缴的金额。", f"请先审核通过并核对{words.fee}标准。"
        )
    if case.enrolment.due_fen == 0:
        raise UserError("nothing-due", "这份申请不用单位缴款。", "费用由工会承担,请接着办下一步。")
    if not any(part.confirmed_on for _, part in queries.parts_of(session, case.enrolment.id)):
        return
    if any(one.arrived_on is None for one in queries.refunds_of(session, case.enrolment.id)):
        raise UserError(
            "refund-waits", "已经申请的退费还没有到账。", "请先登记到账,或撤回那次申请。"
        )
    if kept_fen(session, case.enrolment.id, arrived=True) >= case.enrolment.due_fen:
        raise UserError(
            "payment-confirmed",
            "这份申请的钱已经确认到账,没有再登记缴费。",
            f"若单位又付了一笔,请联系{words.whom}退回。",
        )


@contextmanager
def _told_of(case: Case, several: bool) -> Iterator[None]:
    """Name the unit in a refusal, where the transfer pays for several."""
    try:
        yield
    except UserError as error:
        if not several:
            raise
        message = f"“{case.unit.name}”:{error.message}"
        raise UserError(error.code, message, error.remedy, error.where) from error


def _payment(tx: Transaction, draft: PaymentDraft) -> Payment:
    payment = tx.add(
        Payment(
            amount_fen=draft.amount_fen,
            people=draft.people,
            paid_on=draft.paid_on,
            payer_name=draft.payer_name.strip(),
            payer_account=draft.payer_account,
            payer_is_person=draft.payer_is_person,
            state_code=PaymentState.RECORDED,
            recorded_by=tx.user_id,
            recorded_at=tx.now,
        )
    )
    tx.session.flush()
    return payment


def _note(payment: Payment, part: PaymentPart, case: Case, *, several: bool) -> str:
    people = f"、{part.people}人" if part.people is not None else ""
    whole = f"(整笔{yuan(payment.amount_fen)}元)" if several else ""
    other = payer_difference(payment, case.unit)
    return f"登记缴费{yuan(part.fen)}元{people}{whole}{';' if other else ''}{other}"
