"""余款: what of a transfer pays for nothing, used for another application or given back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.domain.money import yuan
from desktop_app.services.views.matching import RemainderLine
from desktop_app.ui.dialogs.base import ActDialog, Call, Words
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.dialogs.fields import DayField, TextField
from desktop_app.ui.dialogs.match_parts import PartsDialog
from desktop_app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop_app.services.services import Services

Dated = tuple[RemainderLine, date]  # and today


class UseLeftDialog(PartsDialog):
    """Which further applications the rest of a transfer pays for."""

    def __init__(
        self, services: Services, tasks: TaskRunner, left: RemainderLine, parent: QWidget
    ) -> None:
        super().__init__(services, tasks, ("余款转给别的申请", "转给"), parent)
        self._id = left.payment_id
        self.add_note(left_words(left), "")
        self.parts.nothing.setText("请按“添加申请”,选这笔余款转给哪家单位。")
        self.lay_parts((), left.left_fen)

    def calls(self) -> Sequence[Call]:
        return [partial(self.services.remainders.use, self._id, self.parts.parts())]


class LeftRefundDialog(ActDialog):
    """All that is left goes back to who paid it."""

    def __init__(
        self, services: Services, tasks: TaskRunner, dated: Dated, parent: QWidget
    ) -> None:
        left, today = dated
        super().__init__(tasks, "余款申请退费", "登记退费", parent)
        self._call = partial(services.remainders.refund, left.payment_id)
        self.on = DayField(today)
        self.reason = TextField(left.note, "写入历史,例如:多缴")
        self.add_note(left_words(left), "")
        self.add_note(f"{yuan(left.left_fen)} 元全部退给{_payer(left)}。", "")
        self.add_row("申请日期", self.on, "on")
        self.add_row("退费原因", self.reason, "reason")
        self.body.addLayout(self.form)
        self.add_note("钱退到以后,由另一位同事登记退费到账。")

    def calls(self) -> Sequence[Call]:
        return [partial(self._call, self.on.value(), self.reason.needed("reason", "退费原因"))]


class LeftArrivedDialog(ActDialog):
    """The day the money was back with who paid it."""

    def __init__(
        self, services: Services, tasks: TaskRunner, dated: Dated, parent: QWidget
    ) -> None:
        left, today = dated
        super().__init__(tasks, "余款退费到账", "登记到账", parent)
        self._call = partial(services.remainders.arrive, left.payment_id)
        self.on = DayField(today)
        asked = f"{left.asked_on} 申请的" if left.asked_on else ""
        self.add_note(f"{asked} {yuan(left.waiting_fen)} 元已退到{_payer(left)}。".strip(), "")
        self.add_row("退到的日期", self.on, "on")
        self.body.addLayout(self.form)

    def calls(self) -> Sequence[Call]:
        return [partial(self._call, self.on.value())]


def cancel_left_dialog(
    services: Services, tasks: TaskRunner, left: RemainderLine, parent: QWidget
) -> ReasonDialog:
    text = f"还没有退到的 {yuan(left.waiting_fen)} 元不再申请退费,又是余款。"
    call = partial(services.remainders.cancel, left.payment_id)
    dialog = ReasonDialog(tasks, Words("撤回退费申请", text, "撤回申请"), call, parent)
    dialog.reason.setPlaceholderText("写入历史")
    return dialog


def left_words(left: RemainderLine) -> str:
    """2026-12-01 “县一小”付的 600.00 元,余款 100.00 元."""
    whole = f"{left.paid_on} “{left.payer_name}”付的 {yuan(left.fen)} 元"
    return f"{whole},余款 {yuan(left.left_fen)} 元。"


def _payer(left: RemainderLine) -> str:
    account = f"(账号 {left.payer_account})" if left.payer_account else ""
    return f"“{left.payer_name}”{account}"
