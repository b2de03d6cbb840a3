"""The history of bank lines: who booked, marked or freed each, when, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.dates import clock_text
from desktop_app.services.views.matching import LineEvent, MoneyLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.mark_dialogs import line_words
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services


@dataclass(frozen=True, slots=True)
class OfLine:
    line: MoneyLine
    event: LineEvent


COLUMNS: tuple[Column[OfLine], ...] = (
    Column("时间", lambda one: clock_text(one.event.at), None, 140),
    Column("谁", lambda one: one.event.user, None, 90),
    Column("做了什么", lambda one: one.event.what, None, 130),
    Column("原因、说明", lambda one: one.event.note, None, 220, wide=True),
)
WHICH: Column[OfLine] = Column("流水", lambda one: line_words(one.line), None, 240)


class LineHistoryDialog(QDialog):
    def __init__(
        self, services: Services, tasks: TaskRunner, lines: Sequence[MoneyLine], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("流水的经过")
        self.banner = Banner()
        several = len(lines) > 1
        told = f"一起认款的 {len(lines)} 笔流水" if several else line_words(lines[0])
        columns = (WHICH, *COLUMNS) if several else COLUMNS
        self.table: RowsTable[OfLine] = RowsTable(columns, name="流水的经过", empty="正在读取…")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(main_button("关闭(Esc)", self.reject))
        layout = QVBoxLayout(self)
        for part in (label(told, "h2", wrap=True), self.banner, self.table):
            layout.addWidget(part)
        layout.addLayout(row)
        self.resize(theme.px(860 if several else 660), theme.px(360))
        tasks.read(
            self,
            partial(read_history, services, tuple(lines)),
            self.table.set_rows,
            on_error=unread(self.banner.show_failure, self.table),
        )


def read_history(services: Services, lines: Sequence[MoneyLine]) -> tuple[OfLine, ...]:
    return tuple(OfLine(line, one) for line in lines for one in services.matching.history(line.id))
