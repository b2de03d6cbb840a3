"""红冲重开: a receipt that its issuer took back by one in red, and the one given instead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from db.codes import IssueState, PaperState
from db.models.payments import DuesReceipt
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_papers import set_paper
from desktop_app.services.cases.mendable import reissuable_receipt
from desktop_app.services.cases.receipt_numbers import of_number, receipt_number, refuse_known
from desktop_app.services.cases.receipt_sums import check_receipt, kept_fen
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import ReissueDraft
from desktop_app.services.files import keep_scan
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import stated_reason

PAPER = "dues-receipt"


class ReceiptService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("receipt.reissue", Permission.ARCHIVE, Area.ENROLMENTS, Area.PAYMENTS)
    def reissue(
        self, tx: Transaction, enrolment_id: int, draft: ReissueDraft, file: Path | None = None
    ) -> int:
        """Record that the receipt was flushed in red and another given for what is left.

        Both stay in the book; a finished case is reissued, too. Where all the money went back
        there is nothing left to give another for: then no number and 0 are told.

        Raises:
            UserError: `receipt-none`, `receipt-number`, `receipt-exists`, `receipt-amount`,
                `date`, `reason-missing`.
        """
        why = stated_reason(draft.reason)
        red_no = receipt_number(draft.red_no, "红票号码", "red_no")
        scan = keep_scan(tx, file) if file else None
        case = cases.load(tx.session, enrolment_id)
        old = reissuable_receipt(tx.session, case)
        alone = not kept_fen(tx.session, case)
        number = self._new_number(draft, red_no, alone=alone)
        self._check_day(draft.issued_on, old)
        for text, field in ((red_no, "red_no"), (number, "number")):
            if text and of_number(tx.session, text) is not None:
                raise refuse_known(text, field)
        check_receipt(tx.session, case, draft.amount_fen)
        old.state_code, old.red_no, old.ended_for = IssueState.REPLACED, red_no, why
        if alone:
            cases.note(tx, case, f"票据{old.number}红冲(红票{red_no}),钱已全部退还,不再开票:{why}")
            tx.audit(f"enrolment {enrolment_id}", receipt=old.id, replaces=None)
            return old.id
        receipt = tx.add(
            DuesReceipt(
                enrolment_id=enrolment_id,
                number=number,
                issued_on=draft.issued_on,
                amount_fen=draft.amount_fen,
                attachment_id=scan.id if scan else None,
                state_code=IssueState.VALID,
                replaces_id=old.id,
            )
        )
        tx.session.flush()
        set_paper(
            tx,
            enrolment_id,
            PAPER,
            PaperState.KEPT,
            scan.id if scan else None,
            pages=scan.pages if scan else None,
        )
        cases.note(tx, case, f"票据{old.number}红冲(红票{red_no}),重开{number}:{why}")
        tx.audit(f"enrolment {enrolment_id}", receipt=receipt.id, replaces=old.id)
        return receipt.id

    def _new_number(self, draft: ReissueDraft, red_no: str, *, alone: bool) -> str:
        """The new receipt's number; empty where there is nothing left to give one for."""
        if alone:
            if draft.number.strip():
                raise UserError(
                    "receipt-not-due",
                    "钱已全部退还,不再开新票据。",
                    "新票号码请空着,金额填0。",
                    "number",
                )
            return ""
        number = receipt_number(draft.number, "新票号码")
        if red_no == number:
            raise UserError(
                "receipt-exists", "红票和新票的号码相同。", "请核对两张票据的号码。", "number"
            )
        return number

    def _check_day(self, issued_on: date, old: DuesReceipt) -> None:
        if not old.issued_on <= issued_on <= self.desk.today():
            raise UserError(
                "date", "重开的日期须在原票开票以后、今天以前。", "请照票据填写。", "issued_on"
            )
