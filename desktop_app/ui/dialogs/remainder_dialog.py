"""余款: money of transfers that pays for nothing; asked back, arrived with who paid, or kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.money import yuan
from desktop_app.services.done import Area
from desktop_app.services.views.matching import RemainderLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, Call, Words, opened
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.dialogs.fields import DayField, TextField
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

Found = tuple[tuple[RemainderLine, ...], date]


def state_text(line: RemainderLine) -> str:
    if line.waiting_fen:
        return f"{line.asked_on:%m-%d} 申请退费 · 未到账"
    return "没有处理" if line.left_fen else "已退到付款人"


COLUMNS: tuple[Column[RemainderLine], ...] = (
    Column("缴费日期", lambda r: str(r.paid_on), None, 92),
    Column("付款户名", lambda r: r.payer_name, None, 220, wide=True),
    Column("转账", lambda r: yuan(r.fen), lambda r: r.fen, 100, right=True),
    Column(
        "余款", lambda r: yuan(r.left_fen + r.waiting_fen), lambda r: r.left_fen, 100, right=True
    ),
    Column("已退", lambda r: yuan(r.back_fen), lambda r: r.back_fen, 100, right=True),
    Column("", state_text, None, 190, lambda r: "warn" if r.left_fen or r.waiting_fen else "quiet"),
    Column("说明", lambda r: r.note, None, 160),
)


def read_remainders(services: Services) -> Found:
    return services.remainders.list_remainders(), services.office.view().today


class RemainderDialog(QDialog):
    """Enter does what the chosen transfer waits for."""

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self._today = date.min
        self.setWindowTitle("余款")
        self.setModal(True)
        self.resize(theme.px(980), min(theme.px(520), 700))
        self.banner = Banner()
        self.sentence = label("正在读…", "h2", wrap=True)
        self.table: RowsTable[RemainderLine] = RowsTable(
            COLUMNS, name="余款", empty="没有余款。", sortable=True
        )
        self.refund_button = button("申请退费(&T)…", self.refund, name="申请退余款")
        self.arrive_button = button("退到了(&D)…", self.arrive, name="登记退余款到账")
        self.cancel_button = button("撤回退费(&C)…", self.cancel, name="撤回退余款的申请")
        self.close_button = button("关闭(Esc)", self.reject, name="关闭")
        self._lay_out()
        self.table.chosen.connect(self._offer)
        self.table.opened.connect(lambda row: self.arrive() if row.waiting_fen else self.refund())
        self._tasks.changed.connect(self._on_changed)
        self._offer(None)
        self.reload()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        for one in (self.refund_button, self.arrive_button, self.cancel_button, self.close_button):
            one.setAutoDefault(False)
            if one is self.close_button:
                foot.addStretch(1)
            foot.addWidget(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.banner)
        layout.addWidget(self.sentence)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        self._ticket = self._tasks.read(
            self,
            partial(read_remainders, self._services),
            self._show,
            on_error=unread(self.banner.show_failure, self.table),
        )

    def refund(self) -> ActDialog | None:
        row = self.table.current_row()
        if row is None or not row.left_fen:
            return None
        dialog = RefundRemainderDialog(self._services, self._tasks, row, self._today, self)
        dialog.saved.connect(lambda fen: self.banner.show_good(f"已申请退费 {yuan(fen)} 元。"))
        return opened(dialog)

    def arrive(self) -> ActDialog | None:
        row = self.table.current_row()
        if row is None or not row.waiting_fen:
            return None
        dialog = RemainderArrivedDialog(self._services, self._tasks, row, self._today, self)
        dialog.saved.connect(lambda fen: self.banner.show_good(f"{yuan(fen)} 元已退到付款人。"))
        return opened(dialog)

    def cancel(self) -> ReasonDialog | None:
        row = self.table.current_row()
        if row is None or not row.waiting_fen:
            return None
        text = f"还没有退到的 {yuan(row.waiting_fen)} 元不再申请退费。"
        call = partial(self._services.remainders.cancel, row.payment_id)
        dialog = ReasonDialog(self._tasks, Words("撤回退费申请", text, "撤回申请"), call, self)
        dialog.saved.connect(lambda _fen: self.banner.show_good("已撤回退费申请。"))
        return opened(dialog)

    def _show(self, found: Found) -> None:
        lines, self._today = found
        left = sum(one.left_fen for one in lines)
        waiting = sum(one.waiting_fen for one in lines)
        self.sentence.setText(
            f"没有处理的余款 {yuan(left)} 元,申请退费还没有到账的 {yuan(waiting)} 元。"
        )
        self.table.set_rows(lines)
        self._offer(self.table.current_row())

    def _offer(self, row: RemainderLine | None) -> None:
        self.refund_button.setEnabled(row is not None and bool(row.left_fen))
        for one in (self.arrive_button, self.cancel_button):
            one.setEnabled(row is not None and bool(row.waiting_fen))

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if Area.PAYMENTS in areas:
            self.reload()


class RefundRemainderDialog(ActDialog):
    """All that is left goes back to who paid it."""

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        row: RemainderLine,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, "申请退余款", "申请退费", parent)
        self._refund, self._id = services.remainders.refund, row.payment_id
        self.on, self.reason = DayField(today), TextField(hint="写入历史")
        self.add_note(f"{row.paid_on} {row.payer_name} 转账 {yuan(row.fen)} 元", "")
        self.add_note(f"余 {yuan(row.left_fen)} 元,全部退给付款人。", "")
        self.add_row("申请日期", self.on, "on")
        self.add_row("退费原因", self.reason, "reason")
        self.body.addLayout(self.form)
        self.add_note("钱退到以后,由另一位同事登记。")

    def calls(self) -> Sequence[Call]:
        reason = self.reason.needed("reason", "退费原因")
        return [partial(self._refund, self._id, self.on.value(), reason)]


class RemainderArrivedDialog(ActDialog):
    """The day the money came back to who paid it."""

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        row: RemainderLine,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, "登记退余款到账", "登记到账", parent)
        self._arrive, self._id = services.remainders.arrive, row.payment_id
        self.on = DayField(today)
        self.add_note(f"退给{row.payer_name} {yuan(row.waiting_fen)} 元", "")
        self.add_row("退到的日期", self.on, "on")
        self.body.addLayout(self.form)

    def calls(self) -> Sequence[Call]:
        return [partial(self._arrive, self._id, self.on.value())]
