"""办理: every unit with where this year's application stands; Enter opens a unit's page."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db.codes import UnitState
from desktop_app.services.done import Area
from desktop_app.services.views.board import MARK_LABELS, NO_AREA, Mark, Slice, UnitLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.fields import ask_folder
from desktop_app.ui.dialogs.unit_dialog import UnitDialog
from desktop_app.ui.due_column import due_order, due_short
from desktop_app.ui.pages.units.unit_marks import UnitMarks
from desktop_app.ui.pages.units.units_folder import UnitsFolder
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.busy import BusyStrip
from desktop_app.ui.widgets.labels import button, label, main_button, money_text, styled

if TYPE_CHECKING:
    from desktop_app.services.services import Services

STATE_TONES = {
    UnitState.REGISTERED: "warn",
    UnitState.RETURNED: "late",
    UnitState.ENDED: "quiet",
    UnitState.VOID: "quiet",
    UnitState.OPEN: "",
}


def _count(count: int | None) -> str:
    return "" if not count else f"{count:,}"


def _due(row: UnitLine) -> str:
    return money_text(row.due_fen) if row.people else ""


COLUMNS: tuple[Column[UnitLine], ...] = (
    Column("单位", lambda u: u.name, None, 240, wide=True),
    Column("类型", lambda u: u.kind_label, None, 96),
    Column("片区", lambda u: u.area, None, 96),
    Column("状态", lambda u: u.state_label, None, 76, lambda u: STATE_TONES[UnitState(u.state)]),
    Column("在职", lambda u: _count(u.at_work), lambda u: u.at_work or 0, 60, right=True),
    Column("到哪一步", lambda u: u.step_label, None, 110, lambda u: "" if u.people else "quiet"),
    Column("名单", lambda u: _count(u.people), lambda u: u.people, 60, right=True),
    Column("已报", lambda u: _count(u.reported), lambda u: u.reported, 60, right=True),
    Column("已缴", lambda u: _count(u.paid), lambda u: u.paid, 60, right=True),
    Column("应缴(元)", _due, lambda u: u.due_fen or 0, 96, right=True),
    Column("期限", due_short, due_order, 124, lambda _u: "late", whole=lambda u: u.due_text),
    Column("联系人", lambda u: u.contact, None, 84),
)
EVERY = "全部"
MARKS = {text: mark for mark, text in MARK_LABELS.items()}
HEARS = {Area.UNITS, Area.ENROLMENTS, Area.MEMBERS, Area.PAYMENTS, Area.PRINTS, Area.CALLS}


class UnitsPage(QWidget):
    open_unit = Signal(int)
    receive = Signal()

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._ticket = 0
        self._rows: tuple[UnitLine, ...] = ()
        self._read = False
        self.heading, self.count = label("办理", "h1"), label("", "quiet", wrap=True)
        self.register_button = main_button("登记新单位(Ctrl+N)", self.register)
        self.register_button.setAccessibleName("登记新单位")
        self.search = QLineEdit(placeholderText="在列表里找:单位、片区、联系人…")
        self.search.setAccessibleName("在单位列表里找")
        self.search.setClearButtonEnabled(False)
        self.marks, self.states, self.steps, self.areas = (
            self._choice(name) for name in ("范围", "状态", "步骤", "片区")
        )
        _offer(self.marks, tuple(MARK_LABELS.values()), in_order=True)
        self.all_button = button("全部显示(Esc)", self.show_all, kind="link", name="全部显示")
        self.copy_button = button("复制列表(&C)", self._copy, name="复制列表")
        self.receive_button = button("收盖章件(Ctrl+R)", self.receive.emit, name="收盖章件")
        self._make_rosters()
        self.print_marks = UnitMarks(services, tasks, self, self._show_count)
        self.table: RowsTable[UnitLine] = self._make_table()
        self.table.reached_from(self.search)
        self._lay_out()
        self.first_field = self.search
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._open_current)
        self._connect_keys()
        tasks.changed.connect(self._on_changed)
        self.reload()

    def _make_table(self) -> RowsTable[UnitLine]:
        table = RowsTable((self.print_marks.column, *COLUMNS), name="单位")
        self.print_marks.of(table)
        table.opened.connect(lambda row: self.open_unit.emit(row.id))
        return table

    def _connect_keys(self) -> None:
        ways = {
            "Ctrl+N": self.register,
            "Ctrl+P": self.print_marks.print_forms,
            "Esc": self.show_all,
            "Ctrl+F": self.search.setFocus,
        }
        for keys, way in ways.items():
            shortcut = QShortcut(QKeySequence(keys), self, way)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.folder.button)
        head.addWidget(self.rosters_button)
        head.addWidget(self.copy_button)
        head.addWidget(self.print_marks.button)
        head.addWidget(self.receive_button)
        head.addWidget(self.register_button)
        filters = QHBoxLayout()
        filters.addWidget(self.search, 1)
        for choice in self._choices:
            name = label(choice.accessibleName())
            name.setBuddy(choice)
            filters.addWidget(name)
            filters.addWidget(choice)
        filters.addWidget(self.all_button)
        card = styled(QFrame(), "card")
        inside = QVBoxLayout(card)
        inside.addLayout(filters)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.count)  # beside the buttons large type has no room for it
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addWidget(self.busy)
        layout.addWidget(card, 1)

    @property
    def _choices(self) -> tuple[QComboBox, ...]:
        return (self.marks, self.states, self.steps, self.areas)

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        if not self._read:
            self.table.set_empty("正在读取…")
        self._ticket = self._tasks.read(
            self,
            self._services.board.list_lines,
            self._show,
            on_error=unread(self.banner.show_failure, self.table),
        )

    def show_slice(self, slice_: Slice) -> None:
        """Show exactly the units that a number counted, whatever was looked for before."""
        mark = MARK_LABELS[Mark(slice_.mark)] if slice_.mark else EVERY
        self.search.clear()
        wanted = (mark, EVERY, slice_.step or EVERY, slice_.area or EVERY)
        for choice, text in zip(self._choices, wanted, strict=True):
            _choose(choice, text)
        self._narrow()
        self.table.setFocus()

    def show_all(self) -> None:
        self.show_slice(Slice())
        self.search.setFocus()

    def register(self) -> UnitDialog:
        dialog = UnitDialog(self._services, self._tasks, None, self)
        dialog.saved.connect(self.open_unit.emit)
        dialog.open_wanted.connect(self.open_unit.emit)
        return opened(dialog)

    def _make_rosters(self) -> None:
        self.rosters_button = button("存出续保名单…", self.save_rosters, name="存出续保名单")
        self.rosters_button.setToolTip("上年参加、今年还没有申请的单位,一家一份,发给单位改")
        self.folder = UnitsFolder(self._services, self._tasks, self)
        self.banner, self.busy, self._saving = Banner(), BusyStrip(), 0
        self.busy.cancelled.connect(lambda: self._tasks.cancel(self._saving))

    def save_rosters(self) -> None:
        """Last year's lists as workbooks, for the units to correct and send back."""
        folder = ask_folder(self, "续保名单存到哪个文件夹")
        if folder is not None:
            self.rosters_button.setEnabled(False)
            self.busy.start("正在存出续保名单…")
            self._saving = self._tasks.save(
                self,
                partial(self._services.renewals.save_rosters, (), folder),
                partial(self._told_rosters, folder),
                on_error=self.banner.show_failure,
                on_step=self.busy.step,
                on_ended=self._rosters_ended,
            )

    def _rosters_ended(self) -> None:
        self.busy.end()
        self.rosters_button.setEnabled(True)

    def _told_rosters(self, folder: Path, saved: dict[str, list[str]]) -> None:
        count = len(saved["files"])
        if count:
            self.banner.show_good(f"已存出 {count} 份续保名单。", str(folder))
        else:
            self.banner.show_info(
                "没有要存出的续保名单。", "上年有名单、今年还没有申请的单位才有。"
            )

    def _choice(self, name: str) -> QComboBox:
        choice = QComboBox()
        choice.addItem(EVERY)
        choice.setAccessibleName(name)
        choice.setMinimumWidth(theme.px(110))
        choice.currentTextChanged.connect(self._narrow)
        return choice

    def _show(self, rows: tuple[UnitLine, ...]) -> None:
        self._rows, self._read = rows, True
        _offer(self.states, tuple(row.state_label for row in rows))
        _offer(self.steps, tuple(row.step_label for row in rows))
        _offer(self.areas, tuple(row.area or NO_AREA for row in rows))
        self._narrow()

    def _narrow(self) -> None:
        if not self._read:
            return
        mark, state, step, area = (c.currentText() for c in self._choices)
        wanted = Slice(*("" if text == EVERY else text for text in (mark, area, step)))
        wanted = replace(wanted, mark=MARKS.get(wanted.mark, ""))
        shown = tuple(
            row for row in self._rows if state in (EVERY, row.state_label) and wanted.holds(row)
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
        """The sums of the rows shown, by the same measure as the first page's."""
        shown = self.table.shown_rows()
        reported, paid = sum(u.reported for u in shown), sum(u.paid for u in shown)
        finished = sum(u.finished for u in shown)
        marked = self.print_marks.words()
        self.count.setText(
            f"{len(shown)} 家{marked} · 已报 {reported:,} 人 · 已缴 {paid:,} 人"
            f" · 办结 {finished:,} 人"
        )
        every = all(choice.currentText() == EVERY for choice in self._choices)
        self.all_button.setVisible(not every or bool(self.search.text()))

    def _open_current(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.open_unit.emit(row.id)

    def _copy(self) -> None:
        self.table.copy_all()

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & HEARS:
            self.reload()


def _offer(choice: QComboBox, texts: tuple[str, ...], *, in_order: bool = False) -> None:
    """Fill a filter with what the rows have; what is chosen stays, also where no row has it."""
    chosen = choice.currentText()
    blocked = choice.blockSignals(True)
    choice.clear()
    choice.addItems([EVERY, *(texts if in_order else sorted(set(texts)))])
    choice.blockSignals(blocked)
    _choose(choice, chosen)


def _choose(choice: QComboBox, text: str) -> None:
    blocked = choice.blockSignals(True)
    if choice.findText(text) < 0:
        choice.addItem(text)
    choice.setCurrentText(text)
    choice.blockSignals(blocked)
