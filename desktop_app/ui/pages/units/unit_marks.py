"""Units marked in the list with the space bar, and their forms printed in one go."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.services.views.board import UnitLine
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.print_batch_dialog import PrintBatchDialog
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button

if TYPE_CHECKING:
    from desktop_app.services.services import Services


class UnitMarks:
    """A mark stays while the list is narrowed otherwise; printing takes it away."""

    def __init__(
        self, services: Services, tasks: TaskRunner, page: QWidget, changed: Callable[[], None]
    ) -> None:
        self._services, self._tasks, self._page = services, tasks, page
        self._changed = changed
        self._marked: set[int] = set()
        self._table: RowsTable[UnitLine] | None = None
        self.column: Column[UnitLine] = Column("选", self._tick, None, 34)
        self.button = button("打印单据(Ctrl+P)…", self.print_forms, name="打印单据")
        self.button.setToolTip("空格选单位,再按 Ctrl+P;没有选的,就打印光标所在的单位")

    def of(self, table: RowsTable[UnitLine]) -> None:
        """Take the marks of this table, whose first column is `column`."""
        self._table = table
        table.mark_pressed.connect(self._turn)

    def words(self) -> str:
        return f"(已选 {len(self._marked)} 家)" if self._marked else ""

    def units(self) -> tuple[int, ...]:
        """The marked units in the list's order, those not shown last; without any the selected."""
        if self._table is None:
            return ()
        shown = [row.id for row in self._table.shown_rows() if row.id in self._marked]
        every = [row.id for row in self._table.rows_model.rows]
        hidden = sorted(self._marked - set(shown), key=lambda one: (one not in every, one))
        return (*shown, *hidden) or tuple(row.id for row in self._table.selected_rows())

    def print_forms(self) -> PrintBatchDialog | None:
        units = self.units()
        if not units:
            return None
        dialog = PrintBatchDialog(self._services, self._tasks, units, self._page)
        dialog.ended.connect(self._clear)
        return opened(dialog)

    def _tick(self, row: UnitLine) -> str:
        return "✓" if row.id in self._marked else ""

    def _turn(self, row: UnitLine) -> None:
        self._marked ^= {row.id}
        self._show()

    def _clear(self) -> None:
        self._marked.clear()
        self._show()

    def _show(self) -> None:
        if self._table is not None:
            self._table.viewport().update()
        self._changed()
