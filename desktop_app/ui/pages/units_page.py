"""办理: every unit with where this year's application stands; Enter opens a unit's page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db.codes import UnitState
from desktop_app.services.done import Area
from desktop_app.services.views.units import UnitRow
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.unit_dialog import UnitDialog
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button, label, main_button, money_text, styled

if TYPE_CHECKING:
    from desktop_app.services.services import Services

STATE_TONES = {
    UnitState.REGISTERED: "warn",
    UnitState.RETURNED: "late",
    UnitState.ENDED: "quiet",
    UnitState.OPEN: "",
}


def _count(count: int | None) -> str:
    return "" if not count else f"{count:,}"


def _due(row: UnitRow) -> str:
    return money_text(row.due_fen) if row.people else ""


COLUMNS: tuple[Column[UnitRow], ...] = (
    Column("单位", lambda u: u.name, None, 260, wide=True),
    Column("类型", lambda u: u.kind_label, None, 110),
    Column("片区", lambda u: u.area, None, 110),
    Column("状态", lambda u: u.state_label, None, 90, lambda u: STATE_TONES[UnitState(u.state)]),
    Column("在职", lambda u: _count(u.at_work), lambda u: u.at_work or 0, 70, right=True),
    Column("到哪一步", lambda u: u.step_label, None, 130, lambda u: "" if u.people else "quiet"),
    Column("参加", lambda u: _count(u.people), lambda u: u.people, 70, right=True),
    Column("应缴(元)", _due, lambda u: u.due_fen or 0, 110, right=True),
    Column("联系人", lambda u: u.contact, None, 120),
)
EVERY = "全部"
HEARS = {Area.UNITS, Area.ENROLMENTS, Area.MEMBERS, Area.PAYMENTS}


class UnitsPage(QWidget):
    open_unit = Signal(int)

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._ticket = 0
        self._rows: tuple[UnitRow, ...] = ()
        self.heading, self.count = label("办理", "h1"), label("", "quiet")
        self.register_button = main_button("登记新单位(Ctrl+N)", self.register)
        self.register_button.setAccessibleName("登记新单位")
        self.search = QLineEdit(placeholderText="在列表里找:单位、片区、联系人…")
        self.search.setAccessibleName("在单位列表里找")
        self.search.setClearButtonEnabled(False)
        self.states, self.steps, self.areas = (
            self._choice(name) for name in ("状态", "步骤", "片区")
        )
        self.copy_button = button("复制列表(&C)", self._copy, name="复制列表")
        self.table: RowsTable[UnitRow] = RowsTable(COLUMNS, name="单位")
        self._lay_out()
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._open_current)
        self.table.opened.connect(lambda row: self.open_unit.emit(row.id))
        new = QShortcut(QKeySequence("Ctrl+N"), self, self.register)
        new.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find = QShortcut(QKeySequence("Ctrl+F"), self, self.search.setFocus)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        tasks.changed.connect(self._on_changed)
        self.reload()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.copy_button)
        head.addWidget(self.register_button)
        filters = QHBoxLayout()
        filters.addWidget(self.search, 1)
        for choice in (self.states, self.steps, self.areas):
            name = label(choice.accessibleName())
            name.setBuddy(choice)
            filters.addWidget(name)
            filters.addWidget(choice)
        card = styled(QFrame(), "card")
        inside = QVBoxLayout(card)
        inside.addLayout(filters)
        inside.addWidget(self.table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addLayout(head)
        layout.addWidget(card, 1)

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        self.table.set_empty("正在读取…")
        call = partial(list_this_year, self._services)
        self._ticket = self._tasks.read(self, call, self._show)

    def register(self) -> UnitDialog:
        dialog = UnitDialog(self._services, self._tasks, None, self)
        dialog.saved.connect(self.open_unit.emit)
        return opened(dialog)

    def _choice(self, name: str) -> QComboBox:
        choice = QComboBox()
        choice.addItem(EVERY)
        choice.setAccessibleName(name)
        choice.setMinimumWidth(theme.px(110))
        choice.currentTextChanged.connect(self._narrow)
        return choice

    def _show(self, rows: tuple[UnitRow, ...]) -> None:
        self._rows = rows
        _offer(self.states, tuple(row.state_label for row in rows))
        _offer(self.steps, tuple(row.step_label for row in rows))
        _offer(self.areas, tuple(row.area for row in rows if row.area))
        self._narrow()

    def _narrow(self) -> None:
        state, step, area = (c.currentText() for c in (self.states, self.steps, self.areas))
        shown = tuple(
            row
            for row in self._rows
            if state in (EVERY, row.state_label)
            and step in (EVERY, row.step_label)
            and area in (EVERY, row.area)
        )
        self.table.set_empty(
            "没有符合条件的单位。" if self._rows else "还没有单位。按 Ctrl+N 登记第一家。"
        )
        self.table.set_rows(shown)
        self._show_count()

    def _on_search(self, text: str) -> None:
        self.table.set_filter(text)
        self._show_count()

    def _show_count(self) -> None:
        shown = self.table.shown_rows()
        joined = [row for row in shown if row.people]
        people = sum(row.people for row in joined)
        self.count.setText(f"　{len(shown)} 家 · 已报 {len(joined)} 家 {people:,} 人")

    def _open_current(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.open_unit.emit(row.id)

    def _copy(self) -> None:
        self.table.copy_all()

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & HEARS:
            self.reload()


def list_this_year(services: Services) -> tuple[UnitRow, ...]:
    """Units beside their application of the drive's year; runs off the GUI thread."""
    year = services.schemes.current_year()
    rows: tuple[UnitRow, ...] = services.units.list_units(year)
    return rows


def _offer(choice: QComboBox, texts: tuple[str, ...]) -> None:
    """Fill a filter with what the rows have; what is chosen stays chosen."""
    chosen = choice.currentText()
    blocked = choice.blockSignals(True)
    choice.clear()
    choice.addItems([EVERY, *sorted(set(texts))])
    choice.setCurrentText(chosen)
    choice.blockSignals(blocked)
