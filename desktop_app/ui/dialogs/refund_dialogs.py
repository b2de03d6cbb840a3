"""退费: asks back what a case has too much, and records that it came back to who paid it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.domain.money import yuan
from desktop_app.services.views.enrolments import EnrolmentView, RefundLine
from desktop_app.ui.dialogs.base import ActDialog, Call, Words
from desktop_app.ui.dialogs.case import Case, case_sentence
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.dialogs.fields import DayField, MoneyField, TextField


class RefundDialog(ActDialog):
    """The amount stands as what is too much; the clerk corrects it where it is another one."""

    def __init__(self, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(case.tasks, "申请退费", "登记退费", parent)
        self._ask, self._id = case.services.refunds.ask, case.view.id
        self.amount = MoneyField(case.view.overpaid_fen or None)
        self.on = DayField(case.today)
        self.reason = TextField(hint="写入历史")
        self.add_note(case_sentence(case), "")
        self.add_note(paid_words(case.view), "")
        self.add_row("退费金额(元)", self.amount, "fen")
        self.add_row("申请日期", self.on, "on")
        self.add_row("退费原因", self.reason, "reason")
        self.body.addLayout(self.form)
        self.add_note("退给原付款单位。钱退到以后,由另一位同事登记退费到账。")

    def calls(self) -> Sequence[Call]:
        fen = self.amount.needed("fen", "退费金额")
        reason = self.reason.needed("reason", "退费原因")
        return [partial(self._ask, self._id, fen, self.on.value(), reason)]


class RefundArrivedDialog(ActDialog):
    """The day the money came back."""

    def __init__(self, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(case.tasks, "登记退费到账", "登记到账", parent)
        self._arrive, self._id = case.services.refunds.arrive, case.view.id
        self.on = DayField(case.today)
        self.add_note(case_sentence(case), "")
        for line in waiting(case.view):
            self.add_note(f"退给{line.payer_name} {yuan(line.fen)} 元:{line.reason}", "")
        self.add_row("退到的日期", self.on, "on")
        self.body.addLayout(self.form)

    def calls(self) -> Sequence[Call]:
        return [partial(self._arrive, self._id, self.on.value())]


def cancel_refund_dialog(case: Case, parent: QWidget | None = None) -> ReasonDialog:
    fen = sum(line.fen for line in waiting(case.view))
    words = Words("撤回退费申请", f"还没有退到的 {yuan(fen)} 元不再申请退费。", "撤回申请")
    call = partial(case.services.refunds.cancel, case.view.id)
    dialog = ReasonDialog(case.tasks, words, call, parent)
    dialog.reason.setPlaceholderText("写入历史")
    return dialog


def waiting(view: EnrolmentView) -> tuple[RefundLine, ...]:
    """What was asked back and is not there yet."""
    return tuple(line for line in view.refunds if line.arrived_on is None)


def paid_words(view: EnrolmentView) -> str:
    """已到账 5,000.00 元,应缴 4,500.00 元,多 500.00 元."""
    words = f"已到账 {yuan(view.paid_fen)} 元"
    if view.due_fen is not None:
        words += f",应缴 {yuan(view.due_fen)} 元"
    return words + (f",多 {yuan(view.overpaid_fen)} 元。" if view.overpaid_fen else "。")
