"""待补正: the refused rows, and below them the cells of the chosen one to be put right in place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.errors import UserError, explain
from desktop_app.services.views.rosters import ParkedCell, ParkedLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import LineField
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

HINT = "回车改正选中的一行,改好再按回车存入名单。"
CLOSED = "名单已提交,不能再存入;可以放弃这一行,或请审核人退回后再改。"
BESIDE = 3  # cells side by side
WIDE = ("identity", "bank_card")
COLUMNS: tuple[Column[ParkedLine], ...] = (
    Column("姓名", lambda p: p.name, None, 90),
    Column("原因", lambda p: p.reason, None, 430, lambda _p: "late"),
    Column("位置", lambda p: p.where, None, 200, lambda _p: "quiet"),
)


class ParkedList(QWidget):
    """Edits one row at a time; what is typed stays until another row is chosen or it is stored."""

    drop_pressed = Signal(object)  # ParkedLine

    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self._case_id: int | None = None
        self._shown: ParkedLine | None = None
        self._ticket, self._open, self._saving, self._filling = 0, False, False, False
        self._before = ""  # what has just been stored, told with the next row
        self.fields: dict[str, LineField] = {}
        self._wrong = ""
        self.table: RowsTable[ParkedLine] = RowsTable(
            COLUMNS, name="待补正", empty="没有待补正的人。"
        )
        self.told = label(HINT, "quiet", wrap=True)
        self.store_button = button("存入这一行(Ctrl+S)", self.store, name="存入这一行")
        self.drop_button = button("放弃这一行(&D)…", self._drop, name="放弃这一行")
        self._cells = QWidget()
        self._lay_out()
        self.table.opened.connect(self.edit)
        self.table.chosen.connect(self._choose)
        for keys, act in (("Ctrl+S", self.store), ("Esc", self.table.setFocus)):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.addWidget(self.told, 1)
        below.addWidget(self.drop_button)
        below.addWidget(self.store_button)
        self.strip = QWidget()
        inside = QVBoxLayout(self.strip)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(6))
        inside.addWidget(self._cells)
        inside.addLayout(below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.strip)
        self.strip.hide()

    def show_rows(
        self, case_id: int | None, rows: tuple[ParkedLine, ...], *, may_store: bool
    ) -> None:
        """The rows of a case; they can be stored only while it still takes its list."""
        if case_id != self._case_id:
            self._shown = None
        self._case_id, self._open = case_id, may_store
        self._filling = True  # while rows change hands nobody is chosen
        self.table.set_rows(rows)
        self._filling = False
        self._choose(self.table.current_row())
        self.strip.setVisible(bool(rows))
        self._set_ready()

    def edit(self) -> None:
        """The cursor goes to the cell that is wrong."""
        if (field := self.fields.get(self._wrong)) is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()

    def store(self) -> None:
        if self._shown is None or self._case_id is None or not self.store_button.isEnabled():
            return
        cells = {key: field.text() for key, field in self.fields.items()}
        at = (self._case_id, self._shown.batch_id, self._shown.seq)
        self._saving = True
        self._set_ready()
        call = partial(self._services.parked.mend, *at, cells)
        self._tasks.save(
            self, call, self._on_stored, on_error=self._refuse, on_ended=self._on_ended
        )

    def _choose(self, row: ParkedLine | None) -> None:
        """Read the cells of another row; those of the same one stay as they are typed."""
        if self._filling or (row is not None and _place(row) == _place(self._shown)):
            return
        self._tasks.drop(self._ticket)
        self._shown = row
        self._clear()
        self._tell(self._before + (HINT if self._open else CLOSED))
        self._before = ""
        if row is not None and self._case_id is not None:
            call = partial(self._services.parked.get, self._case_id, row.batch_id, row.seq)
            self._ticket = self._tasks.read(self, call, self._show_cells, on_error=self._refuse)

    def _show_cells(self, cells: tuple[ParkedCell, ...]) -> None:
        grid = self._clear()
        for at, cell in enumerate(cells):
            name = label(cell.title, tone="late" if cell.wrong else "")
            field = LineField(cell.text)
            field.setAccessibleName(cell.title)
            field.returnPressed.connect(self.store)
            name.setBuddy(field)
            row, column = divmod(at, BESIDE)
            grid.addWidget(name, row, 2 * column)
            grid.addWidget(field, row, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 2 if cell.field in WIDE else 1)
            self.fields[cell.field] = field
        self._wrong = next((cell.field for cell in cells if cell.wrong), next(iter(self.fields)))
        self._set_ready()

    def _clear(self) -> QGridLayout:
        """An empty grid in place of the cells before."""
        old, self._cells = self._cells, QWidget()
        grid = QGridLayout(self._cells)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        held = old.isAncestorOf(self.window().focusWidget() or self)
        inside = self.strip.layout()
        assert inside is not None
        inside.replaceWidget(old, self._cells)
        if held:
            self.table.setFocus()  # what had the cursor goes: the keys stay with the list
        old.hide()
        old.deleteLater()
        self.fields, self._wrong = {}, ""
        self._set_ready()
        return grid

    def _on_stored(self, line_no: int) -> None:
        self.table.setFocus()
        self._before = f"已存入名单第 {line_no} 行。"

    def _refuse(self, error: BaseException) -> None:
        known = explain(error)
        if known is None:
            raise error
        self._tell(f"{known.message}{known.remedy}", "late")
        if isinstance(error, UserError) and error.where in self.fields:
            self._wrong = error.where
            self.edit()

    def _on_ended(self) -> None:
        self._saving = False
        self._set_ready()

    def _drop(self) -> None:
        if self._shown is not None:
            self.drop_pressed.emit(self._shown)

    def _tell(self, text: str, tone: str = "") -> None:
        self.told.setText(text)
        theme.set_tone(self.told, tone)

    def _set_ready(self) -> None:
        self.store_button.setEnabled(self._open and bool(self.fields) and not self._saving)
        self.store_button.setToolTip("" if self._open else CLOSED)
        self.drop_button.setEnabled(self._shown is not None)


def _place(row: ParkedLine | None) -> tuple[int, int] | None:
    return (row.batch_id, row.seq) if row is not None else None
