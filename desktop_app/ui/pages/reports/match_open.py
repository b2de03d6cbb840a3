"""认款 · 待认款: what every free line would pay for, and why; booked from here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.matching.evidence import is_person
from desktop_app.services.views.matching import Matches, MatchLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, opened
from desktop_app.ui.dialogs.line_history_dialog import LineHistoryDialog
from desktop_app.ui.dialogs.mark_dialogs import AsideDialog
from desktop_app.ui.dialogs.match_acts import CertainDialog, link_dialog
from desktop_app.ui.dialogs.match_dialog import MatchDialog
from desktop_app.ui.pages.reports.match_columns import (
    MATCH_COLUMNS,
    OPTION_COLUMNS,
    WHICH,
    Option,
    certain_lines,
    line_details,
    options,
    short_text,
    sums_text,
)
from desktop_app.ui.pages.reports.match_panes import MatchPane
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label, main_button
from desktop_app.ui.widgets.steady_bars import steady_bars

if TYPE_CHECKING:
    from desktop_app.services.services import Services

NOBODY = "没有想到是哪家单位的,请按“认款”查找。"
NOTHING = "没有等着认款的进账。从银行下载的文件在“银行流水”里读入。"
PERSON = "付款人像是个人:个人账户付的钱须退回,由单位对公账户重缴。"


class OpenPane(MatchPane):
    open_unit = Signal(int, int)
    stale = Signal(object)  # the refusal that says so

    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self._found: Matches | None = None
        self.which = QComboBox()
        self.which.setAccessibleName("看哪些")
        self.which.addItems(list(WHICH))
        self.table: RowsTable[MatchLine] = RowsTable(
            MATCH_COLUMNS, name="待认款", empty="正在读取…"
        )
        self.options: RowsTable[Option] = RowsTable(
            OPTION_COLUMNS, name="认给哪几份申请", empty=NOBODY
        )
        self.reasons, self.sums = label("", wrap=True), label("", wrap=True)
        self.book_button = button("认款…(Enter)", self.book, name="认款选中的一笔")
        self.aside_button = button("不是缴费…", self.set_aside, name="选中的一笔不是缴费")
        self.link_button = button("已登记过的…", self.link, name="选中的一笔已按回单登记过")
        self.history_button = button("经过…", self.history, name="选中一笔的经过")
        self.unit_button = button("打开单位", self.to_unit, name="打开选中的单位")
        self._of_line = (
            self.book_button, self.aside_button, self.link_button, self.unit_button,
            self.history_button,
        )  # fmt: skip
        self.certain_button = main_button("正在读取…", self.book_certain)
        self.certain_button.setEnabled(False)
        self._lay_out()
        self.table.chosen.connect(self._tell)
        self.table.opened.connect(lambda _one: self.book())
        self.options.opened.connect(lambda _one: self.to_unit())
        self.which.currentIndexChanged.connect(self._narrow)
        self._tell(None)

    def _lay_out(self) -> None:
        why = QScrollArea()
        steady_bars(why)
        why.setWidgetResizable(True)
        why.setWidget(self.reasons)
        self.reasons.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(why, 5)
        row.addWidget(self.options, 4)
        acts = QHBoxLayout()
        for part in self._of_line:
            acts.addWidget(part)
        acts.addStretch(1)
        acts.addWidget(self.certain_button)
        self.card, self.why_card = Card("待认款"), Card("选中的一笔")
        for said in (self.card.title, self.card.right):
            said.hide()  # by the tab and the sums
        self.card.add(self.table, 1)
        self.card.add(self.sums)
        self.why_card.add(row, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.card, 3)
        layout.addWidget(self.why_card, 2)
        layout.addLayout(acts)

    def show_matches(self, found: Matches) -> None:
        self._found = found
        count = len(certain_lines(found.proposals))
        self.certain_button.setText(
            f"认款可以确定的 {count} 笔(Ctrl+B)" if count else "没有可以确定的"
        )
        self.certain_button.setAccessibleName(self.certain_button.text())
        self.certain_button.setEnabled(count > 0)
        self._narrow()

    def _narrow(self) -> None:
        if self._found is None:
            return
        keep = WHICH[self.which.currentText()]
        shown = [one for one in self._found.proposals if keep(one)]
        self.table.set_empty("没有这样的流水。" if self._found.proposals else NOTHING)
        self.table.set_rows(shown)
        listed = sum(len(one.lines) for one in shown)
        narrowed = f"列出 {listed} 笔 · " * (len(shown) < len(self._found.proposals))
        self.sums.setText(f"{narrowed}{sums_text(self._found)}")

    def book_certain(self) -> CertainDialog | None:
        lines = certain_lines(self._found.proposals) if self._found else ()
        if self._found is None or not lines:
            return None
        chosen = [one for one in self._found.proposals if one.certain]
        dialog = CertainDialog(self._services, self._tasks, chosen, self)
        dialog.stale.connect(self.stale)
        dialog.saved.connect(lambda count: self.told.emit(f"已认款 {count} 笔。"))
        return opened(dialog)

    def book(self) -> ActDialog | None:
        """The dialog of the chosen proposal; what was recorded from its slip is only linked."""
        one = self.table.current_row()
        if one is not None and one.payment is not None:
            return self.link()
        told = "已登记,见“已认款”。"
        return self._on_row(partial(MatchDialog, self._services, self._tasks), told)

    def set_aside(self) -> ActDialog | None:
        one = self.table.current_row()
        if one is None:
            return None
        return self.open_aside(AsideDialog(self._services, self._tasks, one.lines[0], self))

    def history(self) -> LineHistoryDialog | None:
        one = self.table.current_row()
        if one is None:
            return None
        return opened(LineHistoryDialog(self._services, self._tasks, one.lines, self))

    def link(self) -> ActDialog | None:
        one = self.table.current_row()
        if one is None or not (one.may_be or one.payment is not None):
            return None
        return self._on_row(partial(link_dialog, self._services, self._tasks), "流水和缴费已对上。")

    def _on_row(
        self, make: Callable[[MatchLine, QWidget], ActDialog], told: str
    ) -> ActDialog | None:
        one = self.table.current_row()
        if one is None:
            return None
        return self.open_act(make(one, self), told)

    def to_unit(self) -> None:
        option = self.options.current_row()
        if option is not None:
            self.open_unit.emit(option.owed.unit_id, option.owed.enrolment_id)

    def _tell(self, one: MatchLine | None) -> None:
        """Why the proposal is what it is, and all that it speaks of."""
        for part in (self.book_button, self.history_button):
            part.setEnabled(one is not None)
        self.aside_button.setEnabled(one is not None and one.payment is None)
        recorded = one is not None and (one.payment is not None or bool(one.may_be))
        self.link_button.setEnabled(recorded)
        found = options(one) if one is not None else ()
        self.options.set_empty(NOBODY if one is not None else "请先选中上面的一笔。")
        self.options.set_rows(found)
        self.unit_button.setEnabled(bool(found))
        self.reasons.setText("" if one is None else _why(one))
        self.why_card.set_right("" if one is None else short_text(one))


def _why(one: MatchLine) -> str:
    person = [PERSON] * any(is_person(line.payer_name) for line in one.lines)
    reasons = [f"· {reason}" for reason in (*one.reasons, *person)]
    return "\n".join((line_details(one), *reasons))
