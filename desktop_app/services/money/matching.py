"""认款: bank lines matched to what is owed: proposed, booked by a person, taken back."""

from __future__ import annotations

from collections.abc import Sequence

from db.codes import BankMark, PaymentState
from db.models.payments import Payment
from db.models.statements import BankLine
from db.queries import matching as queries
from db.queries import payments as payment_queries
from db.queries.holds import hold_money
from desktop_app.domain.matching.evidence import is_person
from desktop_app.domain.matching.values import Proposal
from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases import cases
from desktop_app.services.cases.bookings import book, take_out
from desktop_app.services.cases.mendable import returnable
from desktop_app.services.cases.paid import compare_payments
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import PaymentDraft, PaymentPart
from desktop_app.services.money.arrivals import arriving_lines
from desktop_app.services.money.booked_lines import booked_lines
from desktop_app.services.money.held_lines import free, held, require_unmarked
from desktop_app.services.money.links import set_apart
from desktop_app.services.money.marks import leave_aside, line_history, marked_lines
from desktop_app.services.money.match_views import matches, proposals_of, require_new, still_owed
from desktop_app.services.money.parts import check_parts
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import needed_text, stated_reason
from desktop_app.services.views.arrivals import ArrivingLine
from desktop_app.services.views.matching import (
    BookedLine,
    LineEvent,
    MarkedLine,
    Matches,
    OwedLine,
)

_NAME, _ACCOUNT = 120, 40  # characters that a payment keeps of its payer


class MatchingService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def proposals(self) -> Matches:
        """What every free line would pay for, and why; nothing is saved."""
        with self.desk.database.reading() as uow:
            return matches(uow.session, self.desk)

    @look()
    def list_owed(self) -> tuple[OwedLine, ...]:
        """Every application that money may be booked for, with what it still owes."""
        with self.desk.database.reading() as uow:
            return still_owed(uow.session, self.desk)

    @look()
    def list_booked(self) -> tuple[BookedLine, ...]:
        """Every line that is booked, and as what, the newest first."""
        with self.desk.database.reading() as uow:
            return booked_lines(uow.session)

    @look()
    def list_arriving(self) -> tuple[ArrivingLine, ...]:
        """Every application paid by lines alone whose arrival nobody confirmed yet.

        Each is confirmed by `PaymentService.confirm` with the day that is told here.
        """
        with self.desk.database.reading() as uow:
            return arriving_lines(uow.session, self.desk)

    @look()
    def list_marked(self) -> tuple[MarkedLine, ...]:
        """Every line that is no contribution, in or out, the newest first."""
        with self.desk.database.reading() as uow:
            return marked_lines(uow.session)

    @look()
    def history(self, line_id: int) -> tuple[LineEvent, ...]:
        """What was done with a line, the oldest first, with what was said of it each time.

        Raises:
            UserError: `line-unknown`.
        """
        with self.desk.database.reading() as uow:
            return line_history(uow.session, line_id)

    @act("match.book", Permission.PAY, Area.PAYMENTS, Area.ENROLMENTS)
    def book(
        self,
        tx: Transaction,
        line_id: int,
        parts: Sequence[PaymentPart],
        person: bool = False,
        again: bool = False,
    ) -> int:
        """Book a line as what somebody says it pays for; the rest of it is for nobody yet.

        With `again` it was said to be other money than what was recorded from a slip.

        Raises:
            UserError: `line-unknown`, `line-used`, `line-marked`, `line-recorded`, `parts-missing`,
                `part-twice`, `parts-differ`, `part-too-much`, as for `payment.record`.
        """
        line = free(tx, line_id)
        if not again:
            require_new(tx.session, line_id)
        check_parts(tx.session, self.desk, parts, line.amount_fen)
        payment = book(tx, self.desk, _draft(line, person=person), parts, line)
        tx.audit(f"payment {payment.id}", line=line_id, fen=line.amount_fen, cases=len(parts))
        return payment.id

    @act("match.set-aside", Permission.PAY, Area.PAYMENTS)
    def set_aside(self, tx: Transaction, line_id: int, reason: str, again: bool = False) -> int:
        """Book a line as money that pays for nothing, to be given back; its transfer.

        Raises:
            UserError: `reason-missing`, `line-unknown`, `line-used`, `line-marked`,
                `line-recorded`.
        """
        why = stated_reason(reason)
        line = free(tx, line_id)
        if not again:
            require_new(tx.session, line_id)
        payment = book(tx, self.desk, _draft(line, person=is_person(line.other_name)), (), line)
        payment.note = line.note = why
        tx.audit(f"payment {payment.id}", line=line_id, fen=line.amount_fen)
        return payment.id

    @act("match.mark", Permission.PAY, Area.PAYMENTS)
    def mark(
        self, tx: Transaction, line_id: int, kind: BankMark, note: str = "", again: bool = False
    ) -> None:
        """Say that a line, in or out, is no contribution and nobody's to have back.

        One that was set aside to be given back is so no more.

        Raises:
            UserError: `reason-missing`, `line-unknown`, `line-marked`, `line-used`,
                `payment-refunded`, `line-recorded`.
        """
        asked = kind is BankMark.OTHER or note.strip()
        why = needed_text(note, "是什么款项", "note") if asked else None
        line = held(tx, line_id)
        require_unmarked(line)
        if line.payment_id is not None:
            leave_aside(tx, self.desk, line, kind)
        elif not again:
            require_new(tx.session, line_id)
        line.mark_code, line.note = kind, why
        tx.audit(f"bank_line {line_id}", fen=line.amount_fen, kind=kind.value)

    @act("match.unmark", Permission.PAY, Area.PAYMENTS)
    def unmark(self, tx: Transaction, line_id: int, reason: str) -> None:
        """Take back that a line is no contribution; it waits to be booked again.

        Raises:
            UserError: `reason-missing`, `line-unknown`, `line-free`.
        """
        why = stated_reason(reason)
        line = held(tx, line_id)
        if line.mark_code is None:
            raise UserError("line-free", "这笔流水没有记为其他款项。", "请刷新后再看。")
        line.mark_code, line.note = None, why
        tx.audit(f"bank_line {line_id}", fen=line.amount_fen)

    @act("match.book-certain", Permission.PAY, Area.PAYMENTS, Area.ENROLMENTS)
    def book_certain(self, tx: Transaction, line_ids: Sequence[int]) -> int:
        """Book what was shown as certain, as long as it still is; how many transfers that were.

        Raises:
            UserError: `match-changed`.
        """
        wanted = set(line_ids)
        certain = (one for one in proposals_of(tx.session, self.desk) if one.certain)
        chosen = [one for one in certain if wanted.issuperset(one.lines)]
        if wanted != {line for one in chosen for line in one.lines}:
            raise UserError(
                "match-changed",
                "有几笔流水已经认过,或者现在认不准了,没有登记。",
                "请刷新后再看一遍。",
            )
        for one in chosen:
            self._book(tx, one)
        tx.audit("matching", lines=len(wanted), proposals=len(chosen))
        return len(wanted)

    def _book(self, tx: Transaction, proposal: Proposal) -> None:
        for line_id in proposal.lines:
            parts = [
                PaymentPart(part.owed, part.fen) for part in proposal.parts if part.line == line_id
            ]
            line = free(tx, line_id)
            book(tx, self.desk, _draft(line, person=False), parts, line)

    @act("match.link", Permission.PAY, Area.PAYMENTS, Area.ENROLMENTS)
    def link(self, tx: Transaction, line_id: int, payment_id: int) -> None:
        """Say that a line is a transfer that was recorded from its slip, sent back since or not.

        Raises:
            UserError: `line-unknown`, `line-used`, `line-marked`, `payment-unknown`,
                `line-differs`.
        """
        line = free(tx, line_id)
        hold_money(tx.session, payments=(payment_id,))
        payment = tx.session.get(Payment, payment_id)
        if payment is None or payment.state_code not in queries.CAME:
            raise UserError("payment-unknown", "没有这笔缴费,或已经撤回。", "请刷新后再看。")
        if payment_queries.lines_of(tx.session, [payment_id]):
            raise UserError("line-used", "这笔缴费已经对上另一笔流水。", "请刷新后再看。")
        if payment.amount_fen != line.amount_fen:
            raise UserError(
                "line-differs",
                f"这笔缴费登记的是{yuan(payment.amount_fen)}元,"
                f"流水是{yuan(line.amount_fen)}元,不是同一笔。",
                "请核对;登记错了的,请先退回那笔缴费。",
            )
        line.payment_id, line.note = payment.id, None
        for part in payment_queries.parts(tx.session, payment_id):
            case = cases.load(tx.session, part.enrolment_id)
            cases.note(tx, case, f"缴费{yuan(part.fen)}元和银行流水对上")
            compare_payments(tx, self.desk, case)
        tx.audit(f"payment {payment_id}", line=line_id)

    @act("match.undo", Permission.PAY, Area.PAYMENTS, Area.ENROLMENTS)
    def undo(self, tx: Transaction, line_id: int, reason: str) -> None:
        """Take back what a line was booked as; the line is free again.

        A transfer that was recorded from its slip stays, and is only not the line's any more;
        a case for which the line did for the slip waits for it again. One that was said to have
        gone back, and did not, is taken back as well.

        Raises:
            UserError: `reason-missing`, `line-unknown`, `line-free`, `payment-confirmed`.
        """
        why = stated_reason(reason)
        line = held(tx, line_id)
        if line.payment_id is None:
            raise UserError("line-free", "这笔流水还没有认款。", "请刷新后再看。")
        hold_money(tx.session, payments=(line.payment_id,))
        payment = tx.session.get_one(Payment, line.payment_id)
        if queries.booked_by(tx.session, line_id) == "match.link":
            set_apart(tx, self.desk, line, payment, why)
        else:
            if payment.state_code != PaymentState.RETURNED:  # else it counts no more anyway
                returnable(tx.session, payment)
            line.payment_id, line.note = None, why
            take_out(tx, self.desk, payment, PaymentState.VOID, ("撤回认款", why))
        tx.audit(f"payment {payment.id}", line=line_id)


def _draft(line: BankLine, *, person: bool) -> PaymentDraft:
    """The transfer as the bank has it; its own number is the line's."""
    account = line.other_account
    return PaymentDraft(
        amount_fen=line.amount_fen,
        people=None,
        paid_on=line.booked_on,
        payer_name=line.other_name[:_NAME] or "(流水没有户名)",
        payer_is_person=person,
        payer_account=account[:_ACCOUNT] if account else None,
    )
