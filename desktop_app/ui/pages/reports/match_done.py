"""认款 · 已认款 and 余款: what lines were booked as, and money that pays for nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.money import yuan
from desktop_app.services.views.matching import BookedLine, RemainderLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, opened
from desktop_app.ui.dialogs.match_acts import undo_dialog
from desktop_app.ui.dialogs.match_left import (
    LeftArrivedDialog,
    LeftRefundDialog,
    UseLeftDialog,
    cancel_left_dialog,
)
from desktop_app.ui.pages.reports.match_columns import (
    BOOKED_COLUMNS,
    LEFT_COLUMNS,
)
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services


class BookedPane(QWidget):
    open_unit = Signal(int, int)
    told = Signal(str)
    given_up = Signal()

    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self.table: RowsTable[BookedLine] = RowsTable(
            BOOKED_COLUMNS, name="已认款", empty="正在读取…"
        )
        self.detail = label("", wrap=True)
        self.undo_button = button("撤回认款…", self.undo, name="撤回选中一笔的认款")
        self.unit_button = button("打开单位(Enter)", self.to_unit, name="打开选中一笔的单位")
        self.card = Card("已认款")
        self.card.add(self.table, 1)
        self.card.add(self.detail)
        _with_acts(self, self.card, (self.undo_button, self.unit_button))
        self.table.chosen.connect(self._tell)
        self.table.opened.connect(lambda _one: self.to_unit())
        self._tell(None)

    def show_rows(self, rows: tuple[BookedLine, ...]) -> None:
        self.table.set_empty("还没有认款的流水。" if not rows else "没有这样的流水。")
        self.table.set_rows(rows)
        self.card.set_right(f"{len(rows):,} 笔 {yuan(sum(one.line.fen for one in rows))} 元")

    def undo(self) -> ActDialog | None:
        one = self.table.current_row()
        if one is None:
            return None
        dialog = undo_dialog(self._services, self._tasks, one, self)
        return _opened(self, dialog, "已撤回,这笔流水又在“待认款”里。")

    def to_unit(self) -> None:
        one = self.table.current_row()
        if one is not None and one.parts:
            self.open_unit.emit(one.parts[0].unit_id, one.parts[0].enrolment_id)

    def _tell(self, one: BookedLine | None) -> None:
        self.undo_button.setEnabled(one is not None)
        self.unit_button.setEnabled(one is not None and bool(one.parts))
        self.detail.setText("" if one is None else _paid_for(one))


class LeftPane(QWidget):
    told = Signal(str)
    given_up = Signal()

    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self._today: date | None = None
        self.table: RowsTable[RemainderLine] = RowsTable(
            LEFT_COLUMNS, name="余款", empty="正在读取…"
        )
        self.use_button = button("转给别的申请…(Enter)", self.use, name="余款转给别的申请")
        self.refund_button = button("申请退费…", self.refund, name="余款申请退费")
        self.arrived_button = button("退费到账…", self.arrived, name="登记余款退费到账")
        self.cancel_button = button("撤回退费申请…", self.cancel, name="撤回余款的退费申请")
        self.detail = label("", wrap=True)
        self.card = Card("余款")
        self.card.add(self.table, 1)
        self.card.add(self.detail)
        self.card.add(
            label("没有缴任何申请的钱:转给别的申请,或退给付款人,由另一位同事登记到账。", "quiet")
        )
        acts = (self.use_button, self.refund_button, self.arrived_button, self.cancel_button)
        _with_acts(self, self.card, acts)
        self.table.chosen.connect(self._offer)
        self.table.opened.connect(lambda _one: self.use())
        self._offer(None)

    def show_rows(self, rows: tuple[RemainderLine, ...], today: date) -> None:
        self._today = today
        self.table.set_empty("没有余款。" if not rows else "没有这样的余款。")
        self.table.set_rows(rows)
        self.card.set_right(f"余款合计 {yuan(sum(one.left_fen for one in rows))} 元")

    def use(self) -> ActDialog | None:
        one = self._with_left()
        if one is None:
            return None
        dialog = UseLeftDialog(self._services, self._tasks, one, self)
        return _opened(self, dialog, "余款已转给别的申请。")

    def refund(self) -> ActDialog | None:
        one = self._with_left()
        if one is None or self._today is None:
            return None
        dialog = LeftRefundDialog(self._services, self._tasks, (one, self._today), self)
        return _opened(self, dialog, "已申请退费,退到以后由另一位同事登记。")

    def arrived(self) -> ActDialog | None:
        one = self.table.current_row()
        if one is None or not one.waiting_fen or self._today is None:
            return None
        dialog = LeftArrivedDialog(self._services, self._tasks, (one, self._today), self)
        return _opened(self, dialog, "已登记退费到账。")

    def cancel(self) -> ActDialog | None:
        one = self.table.current_row()
        if one is None or not one.waiting_fen:
            return None
        dialog = cancel_left_dialog(self._services, self._tasks, one, self)
        return _opened(self, dialog, "已撤回退费申请。")

    def _with_left(self) -> RemainderLine | None:
        one = self.table.current_row()
        return one if one is not None and one.left_fen else None

    def _offer(self, one: RemainderLine | None) -> None:
        left, waiting = (one.left_fen, one.waiting_fen) if one is not None else (0, 0)
        self.detail.setText("" if one is None else _left_over(one))
        for part in (self.use_button, self.refund_button):
            part.setEnabled(bool(left))
        for part in (self.arrived_button, self.cancel_button):
            part.setEnabled(bool(waiting))


def _with_acts(pane: QWidget, card: Card, acts: tuple[QWidget, ...]) -> None:
    row = QHBoxLayout()
    for part in acts:
        row.addWidget(part)
    row.addStretch(1)
    card.title.hide()  # the tab says it
    layout = QVBoxLayout(pane)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.px(8))
    layout.addWidget(card, 1)
    layout.addLayout(row)


def _opened(pane: BookedPane | LeftPane, dialog: ActDialog, told: str) -> ActDialog:
    """Open it: what is saved is told, after a refusal the lists are read anew."""
    tell: Callable[[str], None] = pane.told.emit
    dialog.saved.connect(lambda _value: tell(told))
    dialog.rejected.connect(partial(_given_up, pane, dialog))
    return opened(dialog)


def _given_up(pane: BookedPane | LeftPane, dialog: ActDialog) -> None:
    if dialog.banner.text:
        pane.given_up.emit()


def _left_over(one: RemainderLine) -> str:
    """Whose money it is, and why in full."""
    account = f",账号 {one.payer_account}" if one.payer_account else ""
    told = f":{one.note}" if one.note else ""
    return f"{one.payer_name}{account}{told}"


def _paid_for(one: BookedLine) -> str:
    if not one.parts:
        return f"不缴任何申请。{one.note}"
    parts = "、".join(f"{part.unit_name} {yuan(part.fen)} 元" for part in one.parts)
    who = "(个人账户)" if one.person else ""
    return f"{one.line.payer_name}{who}付的 {yuan(one.line.fen)} 元缴:{parts}"
