"""认款 · 已认款 and 余款: what lines were booked as, and money that pays for nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop_app.domain.dates import chinese_date
from desktop_app.domain.money import yuan
from desktop_app.services.views.matching import BookedLine, RemainderLine
from desktop_app.ui.dialogs.arrivals_dialog import ArrivalsDialog
from desktop_app.ui.dialogs.base import ActDialog, opened
from desktop_app.ui.dialogs.line_history_dialog import LineHistoryDialog
from desktop_app.ui.dialogs.mark_dialogs import AsideDialog
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
from desktop_app.ui.pages.reports.match_panes import MatchPane
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services


class BookedPane(MatchPane):
    open_unit = Signal(int, int)

    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self.table: RowsTable[BookedLine] = RowsTable(
            BOOKED_COLUMNS, name="已认款", empty="正在读取…"
        )
        self.detail = label("", wrap=True)
        self.undo_button = button("撤回认款…", self.undo, name="撤回选中一笔的认款")
        self.mark_button = button("记为其他款项…", self.mark, name="选中的一笔记为其他款项")
        self.history_button = button("经过…", self.history, name="选中一笔的经过")
        self.unit_button = button("打开单位(Enter)", self.to_unit, name="打开选中一笔的单位")
        self.card = Card("已认款")
        self.card.add(self.table, 1)
        self.card.add(self.detail)
        self.arrivals_button = button("确认到账…", self.arrivals, name="按流水确认到账")
        acts = (
            self.arrivals_button, self.undo_button, self.mark_button, self.unit_button,
            self.history_button,
        )  # fmt: skip
        self.lay_acts(self.card, acts)
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
        return self.open_act(dialog, "已撤回,这笔流水又在“待认款”里。")

    def arrivals(self) -> ArrivalsDialog:
        """Of all that the statements paid for, whatever is chosen here."""
        return opened(ArrivalsDialog(self._services, self._tasks, self))

    def mark(self) -> ActDialog | None:
        """What was set aside to go back is nobody's to have: interest, a fee."""
        one = self.table.current_row()
        if one is None or not _set_aside(one):
            return None
        return self.open_aside(
            AsideDialog(self._services, self._tasks, one.line, self, booked=True)
        )

    def history(self) -> LineHistoryDialog | None:
        one = self.table.current_row()
        if one is None:
            return None
        return opened(LineHistoryDialog(self._services, self._tasks, (one.line,), self))

    def to_unit(self) -> None:
        one = self.table.current_row()
        if one is not None and one.parts:
            self.open_unit.emit(one.parts[0].unit_id, one.parts[0].enrolment_id)

    def _tell(self, one: BookedLine | None) -> None:
        for part in (self.undo_button, self.history_button):
            part.setEnabled(one is not None)
        self.mark_button.setEnabled(one is not None and _set_aside(one))
        self.unit_button.setEnabled(one is not None and bool(one.parts))
        self.detail.setText("" if one is None else _paid_for(one))


class LeftPane(MatchPane):
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
            label(
                "没有缴任何申请的钱:转给别的申请,或退给付款人,由另一位同事登记到账。"
                "是利息、手续费等不用退的,在“已认款”里按“记为其他款项”。",
                "quiet",
                wrap=True,
            )
        )
        acts = (self.use_button, self.refund_button, self.arrived_button, self.cancel_button)
        self.lay_acts(self.card, acts)
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
        return self.open_act(dialog, "余款已转给别的申请。")

    def refund(self) -> ActDialog | None:
        one = self._with_left()
        if one is None or self._today is None:
            return None
        dialog = LeftRefundDialog(self._services, self._tasks, (one, self._today), self)
        return self.open_act(dialog, "已申请退费,退到以后由另一位同事登记。")

    def arrived(self) -> ActDialog | None:
        one = self.table.current_row()
        if one is None or not one.waiting_fen or self._today is None:
            return None
        dialog = LeftArrivedDialog(self._services, self._tasks, (one, self._today), self)
        return self.open_act(dialog, "已登记退费到账。")

    def cancel(self) -> ActDialog | None:
        one = self.table.current_row()
        if one is None or not one.waiting_fen:
            return None
        dialog = cancel_left_dialog(self._services, self._tasks, one, self)
        return self.open_act(dialog, "已撤回退费申请。")

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


def _set_aside(one: BookedLine) -> bool:
    """Whether all of it waits to be given back, and nothing is asked or gone yet."""
    return not one.recorded and not one.parts and one.left_fen == one.line.fen


def _left_over(one: RemainderLine) -> str:
    """Whose money it is, and why in full."""
    account = f",账号 {one.payer_account}" if one.payer_account else ""
    told = f":{one.note}" if one.note else ""
    return f"{one.payer_name}{account}{told}"


def _paid_for(one: BookedLine) -> str:
    if one.back_on is None:
        return _told(one)
    day = chinese_date(one.back_on)
    return (
        f"{_told(one)}。{day}同样一笔钱又从账户付出,没有登记退费:请核对,是银行退回的请撤回认款;"
        "是别的支出,请在“银行流水”里记为其他款项。"
    )


def _told(one: BookedLine) -> str:
    if not one.parts:
        return f"不缴任何申请。{one.note}"
    parts = "、".join(f"{part.unit_name} {yuan(part.fen)} 元" for part in one.parts)
    who = "(个人账户)" if one.person else ""
    return f"{one.line.payer_name}{who}付的 {yuan(one.line.fen)} 元缴:{parts}"
