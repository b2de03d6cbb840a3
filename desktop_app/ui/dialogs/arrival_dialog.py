"""The money's arrival, and the first day of cover as the plan document gives it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.domain.dates import chinese_date
from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.views.enrolments import EnrolmentView, PaymentLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.case import Case, case_sentence
from desktop_app.ui.dialogs.fields import CopiedDayField, DayField, TextField
from desktop_app.ui.dialogs.payment_dialogs import COUNTED
from desktop_app.ui.kept_scans import KeptScansView

SLIP = "bank-slip"


class ConfirmPaymentDialog(ActDialog):
    """The day the money came, and the first day of cover as the plan document gives it."""

    EFFECTIVE = ("effective_on", "保障生效日")

    def __init__(self, case: Case, parent: QWidget | None) -> None:
        super().__init__(case.tasks, case.view.words.arrived, "登记到账", parent)
        self._services, self._view = case.services, case.view
        self.add_note(case_sentence(case), "")
        for payment in case.view.payments:
            if payment.state in COUNTED:
                self.add_note(payment_text(payment), "")
                if payment.payer_differs:
                    theme.set_tone(self.add_note(f"{payment.payer_differs}。", ""), "late")
        self.on = DayField(_arrival(case))
        self.effective = CopiedDayField(case.view.effective_on, "请照计划书填写,如 2026-12-1")
        self.document = TextField(hint=f"{case.view.words.document}上的编号")
        self.add_row("到账日期", self.on, "on")
        self.add_row(self.EFFECTIVE[1], self.effective, self.EFFECTIVE[0])
        self.add_row("计划书编号", self.document, "document_no")
        self.body.addLayout(self.form)
        self.cover = self.add_note("")
        self.effective.textChanged.connect(self._tell_cover)
        self._tell_cover()
        self.scans: KeptScansView | None = None
        if any(paper.key == SLIP and paper.attachment_id for paper in case.view.papers):
            listing = partial(case.services.scans.slips, case.view.id)
            self.scans = KeptScansView(case.services, case.tasks, listing)
            self.lay_beside(self.scans)
        if case.view.effective_on is not None:
            self.effective.setEnabled(False)
            self.document.setEnabled(False)
            self.form.setRowVisible(self.document, False)  # nothing is copied any more

    def calls(self) -> Sequence[Call]:
        confirm = partial(self._services.payments.confirm, self._view.id, self.on.value())
        if self._view.effective_on is not None:
            return [confirm]
        first = self.effective.needed(*self.EFFECTIVE)
        number = self.document.needed("document_no", "计划书编号")
        return [partial(confirm, first, number)]

    def _tell_cover(self) -> None:
        """Repeat the day in words: a slip of the hand is seen before it is saved."""
        tone = "quiet"
        try:
            text = cover_text(self.effective.value(*self.EFFECTIVE), self._view)
        except UserError as error:
            text, tone = error.message, "warn"
        self.cover.setText(text)
        theme.set_tone(self.cover, tone)


def _arrival(case: Case) -> date:
    """The day that the bank's own statement says, where all the money was booked from it."""
    counted = [one for one in case.view.payments if one.state in COUNTED]
    if counted and all(one.by_statement for one in counted):
        return max(one.paid_on for one in counted)
    return case.today


def payment_text(payment: PaymentLine) -> str:
    """What a slip was recorded as, to be held against its picture."""
    people = "" if payment.people is None else f" · {payment.people} 人"
    payer = f"{payment.payer_name}({'个人账户' if payment.payer_is_person else '对公账户'})"
    whole = f"({payment.whole_text})" if payment.whole_text else ""
    paid = f"{yuan(payment.amount_fen)} 元{people}{whole}"
    read = "流水" if payment.by_statement else "回单"
    return f"{read}:{paid} · {payment.paid_on:%Y-%m-%d} · {payer}"


def cover_text(first: date | None, view: EnrolmentView) -> str:
    """The cover in words, its end where the case already knows it."""
    if first is None:
        return f"生效日以{view.words.document}为准,请照抄。"
    if first == view.effective_on and view.last_on is not None:
        return f"保障期自{chinese_date(first)}0时起至{chinese_date(view.last_on)}24时止。"
    return f"保障期自{chinese_date(first)}0时起,止期按方案的月数算出。"
