"""认款 · 其他款项: lines that are no contribution and nobody's to have back, in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.domain.money import yuan
from desktop_app.services.views.matching import MarkedLine
from desktop_app.ui.dialogs.base import ActDialog, opened
from desktop_app.ui.dialogs.line_history_dialog import LineHistoryDialog
from desktop_app.ui.dialogs.mark_dialogs import unmark_dialog
from desktop_app.ui.pages.reports.match_columns import MARKED_COLUMNS
from desktop_app.ui.pages.reports.match_panes import MatchPane
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

HINT = (
    "利息、手续费、自有资金划转等,不缴任何申请,也不用退。"
    "进账在“待认款”里、出账在“银行流水”里按“不是缴费”登记。"
)


class MarkedPane(MatchPane):
    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self.table: RowsTable[MarkedLine] = RowsTable(
            MARKED_COLUMNS, name="其他款项", empty="正在读取…"
        )
        self.undo_button = button("撤回…", self.undo, name="撤回选中的一笔其他款项")
        self.history_button = button("经过…", self.history, name="选中一笔其他款项的经过")
        self.card = Card("其他款项")
        self.card.add(self.table, 1)
        self.card.add(label(HINT, "quiet", wrap=True))
        self.lay_acts(self.card, (self.undo_button, self.history_button))
        self.table.chosen.connect(self._offer)
        self.table.opened.connect(lambda _one: self.history())
        self._offer(None)

    def show_rows(self, rows: tuple[MarkedLine, ...]) -> None:
        self.table.set_empty("还没有这样的流水。" if not rows else "没有这样的流水。")
        self.table.set_rows(rows)
        came = sum(one.line.fen for one in rows if one.line.fen > 0)
        went = -sum(one.line.fen for one in rows if one.line.fen < 0)
        self.card.set_right(f"进账 {yuan(came)} 元 · 出账 {yuan(went)} 元")

    def undo(self) -> ActDialog | None:
        one = self.table.current_row()
        if one is None:
            return None
        dialog = unmark_dialog(self._services, self._tasks, one, self)
        again = ",这笔流水又在“待认款”里" if one.line.fen > 0 else ""
        return self.open_act(dialog, f"已撤回{again}。")

    def history(self) -> LineHistoryDialog | None:
        one = self.table.current_row()
        if one is None:
            return None
        return opened(LineHistoryDialog(self._services, self._tasks, (one.line,), self))

    def _offer(self, one: MarkedLine | None) -> None:
        for part in (self.undo_button, self.history_button):
            part.setEnabled(one is not None)
