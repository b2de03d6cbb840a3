"""What can be said of a file's cells, in a line: its repairs, its rows, what of it is hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.rosters.repairs import NO_CHANGES, Changes
from desktop_app.services.views.rosters import ImportPlan
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.repairs_dialog import RepairsDialog, repairs_text
from desktop_app.ui.dialogs.roster_rows_dialog import RosterRowsDialog
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button, label

HIDDEN_ROWS, HIDDEN_SHEET = "hidden-rows", "hidden-sheet"  # codes of findings


class ChangesStrip(QWidget):
    """Holds what a clerk changed of the file; emits `changed` where it is something else."""

    changed = Signal(object)  # Changes

    def __init__(
        self, tasks: TaskRunner, name: str, rows: Callable[[Changes], Callable[..., object]]
    ) -> None:
        """`rows` gives the call that reads the file's rows with such changes."""
        super().__init__()
        self._tasks, self._name, self._rows = tasks, name, rows
        self._plan: ImportPlan | None = None
        self.changes = NO_CHANGES
        self.text = label("", "quiet", wrap=True)
        self.repairs_button = button("整理(F7)…", self.decide, kind="link", name="整理")
        self.hidden_rows_button = button("", self._turn_rows, kind="link", name="隐藏的行")
        self.hidden_sheets_button = button("", self._turn_sheets, kind="link", name="隐藏的表")
        self.rows_button = button("全部行(F8)…", self.look_through, kind="link", name="全部行")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.hidden_rows_button)
        row.addWidget(self.hidden_sheets_button)
        row.addWidget(self.repairs_button)
        row.addWidget(self.rows_button)
        self.hide()

    def add_keys(self, over: QWidget) -> None:
        QShortcut(QKeySequence("F7"), over, self.decide)
        QShortcut(QKeySequence("F8"), over, self.look_through)

    def show_plan(self, plan: ImportPlan) -> None:
        self._plan = plan
        self.changes = replace(self.changes, of=plan.digest)
        parts = [f"整理:{repairs_text(plan.repair_counts)}"] if plan.repair_counts else []
        parts += [f"改动 {len(plan.edits)} 格"] if plan.edits else []
        codes = {one.code for one in plan.findings}
        parts += self._show_hidden(rows=HIDDEN_ROWS in codes, sheets=HIDDEN_SHEET in codes)
        self.text.setText(";".join(parts))
        self.repairs_button.setVisible(bool(plan.repair_counts))
        self.rows_button.show()
        self.show()

    def ask_hidden(self) -> None:
        """Offer to read the hidden sheets of a file that has no other list."""
        self._plan = None
        self.text.setText(self._show_hidden(rows=False, sheets=True)[0])
        self.repairs_button.hide()
        self.rows_button.hide()
        self.show()

    def _show_hidden(self, *, rows: bool, sheets: bool) -> list[str]:
        """Show the questions of what is hidden; how each is answered now, in words."""
        told = []
        if rows:
            taken = self.changes.hidden_rows
            told.append("隐藏的行照常读入" if taken else "隐藏的行没有读")
            self.hidden_rows_button.setText("不读隐藏的行" if taken else "读入隐藏的行")
        if sheets:
            taken = self.changes.hidden_sheets
            told.append("隐藏的表已读入" if taken else "隐藏的表没有读")
            self.hidden_sheets_button.setText("不读隐藏的表" if taken else "读入隐藏的表")
        self.hidden_rows_button.setVisible(rows)
        self.hidden_sheets_button.setVisible(sheets)
        return told

    def _turn_rows(self) -> None:
        self._take(replace(self.changes, hidden_rows=not self.changes.hidden_rows))

    def _turn_sheets(self) -> None:
        self._take(replace(self.changes, hidden_sheets=not self.changes.hidden_sheets))

    def forget(self) -> None:
        """Another reading of the columns makes other cells of the file; what is hidden stays so."""
        rows, sheets = self.changes.hidden_rows, self.changes.hidden_sheets
        self.changes = Changes(hidden_rows=rows, hidden_sheets=sheets)

    def decide(self) -> RepairsDialog | None:
        if self._plan is None or not self._plan.repair_counts:
            return None
        dialog = RepairsDialog(self._plan, self.changes, self)
        dialog.changed.connect(self._take)
        return opened(dialog)

    def look_through(self) -> RosterRowsDialog | None:
        if self._plan is None:
            return None
        dialog = RosterRowsDialog(self._tasks, self._name, self._rows(self.changes), self)
        dialog.changed.connect(self._take)
        return opened(dialog)

    def _take(self, changes: Changes) -> None:
        self.changes = changes
        self.changed.emit(changes)
