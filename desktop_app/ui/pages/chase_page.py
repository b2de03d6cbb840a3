"""催办: whom to call, by what is owed and by area; Enter logs the call, F6 copies the message."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.services.done import Area
from desktop_app.services.views.board import MARK_LABELS, Mark
from desktop_app.services.views.calls import ChaseRow
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.call_dialog import CallDialog
from desktop_app.ui.due_column import due_order, due_short
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services

EVERY = "全部片区"
KINDS = (Mark.UNREPORTED, Mark.UNPAID, Mark.UNSTAMPED)
READING = "正在读取…"
HEARS = {
    Area.UNITS, Area.ENROLMENTS, Area.MEMBERS, Area.PAYMENTS, Area.PRINTS, Area.CALLS,
    Area.SCHEMES, Area.OFFICE,
}  # fmt: skip


def _again(row: ChaseRow) -> str:
    return f"{row.again_on:%m-%d}" if row.again_on else ""


def _same(row: ChaseRow, other: ChaseRow) -> bool:
    keys = ((one.unit_id, one.about, one.enrolment_id) for one in (row, other))
    return next(keys) == next(keys)


COLUMNS: tuple[Column[ChaseRow], ...] = (
    Column("单位", lambda r: r.unit, width=190, wide=True),
    Column("片区", lambda r: r.area, width=90),
    Column("欠什么", lambda r: r.owes, width=170),
    Column("期限", due_short, due_order, 130, lambda _r: "late", whole=lambda r: r.due_text),
    Column("联系人", lambda r: r.contact, width=84),
    Column("电话", lambda r: r.phone, width=110),
    Column("上次联系", lambda r: r.last_call, width=190),
    Column("再联系", _again, lambda r: r.again_on.isoformat() if r.again_on else "9999", 70),
)


class ChasePage(QWidget):
    open_unit = Signal(int)
    back = Signal()

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self._rows: tuple[ChaseRow, ...] = ()
        self.banner = Banner()
        self.kinds = {mark: button(MARK_LABELS[mark]) for mark in KINDS}
        self.areas = QComboBox()
        self.areas.setAccessibleName("片区")
        self.areas.addItem(EVERY)
        self.search = QLineEdit(placeholderText="在列表里找:单位、联系人、电话…")
        self.search.setAccessibleName("在催办名单里找")
        self.table: RowsTable[ChaseRow] = RowsTable(COLUMNS, name="催办名单", empty=READING)
        self.message = label("", wrap=True)
        self.message.setMinimumHeight(theme.px(60))  # three lines: the longest message's
        self.message.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.log_button = main_button("登记联系(Enter)", self.log_call)
        self.log_button.setAccessibleName("登记联系")
        self.log_button.setAutoDefault(False)
        self.log_button.setDefault(False)
        self.copy_button = button("复制催办内容(F6)", self.copy_message, name="复制催办内容")
        self.unit_button = button("打开单位(Ctrl+Enter)", self._open, name="打开单位")
        self._lay_out()
        self._connect()
        self.first_field = self.table
        self.reload()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("催办", "h1"))
        head.addSpacing(theme.px(10))
        group = QButtonGroup(self)
        for at, made in enumerate(self.kinds.values(), start=1):
            made.setCheckable(True)
            made.setToolTip(f"Alt+{at}")
            group.addButton(made)
            head.addWidget(made)
        self.kinds[Mark.UNREPORTED].setChecked(True)
        head.addWidget(self.areas)
        head.addWidget(self.search, 1)
        head.addWidget(button("复制列表(&C)", self.table.copy_all, name="复制列表"))
        head.addWidget(button("回工作台(Esc)", self.back.emit, name="回工作台"))
        foot = QHBoxLayout()
        foot.addWidget(self.log_button)
        foot.addWidget(self.copy_button)
        foot.addWidget(self.unit_button)
        foot.addStretch(1)
        self.card = Card("要联系的单位")
        self.card.add(self.table, 1)
        text = Card("发给单位的话")
        text.add(self.message)
        text.add(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addWidget(self.card, 1)
        layout.addWidget(text)

    def _connect(self) -> None:
        for mark, made in self.kinds.items():
            made.clicked.connect(partial(self.show_kind, mark))
        self.areas.currentTextChanged.connect(self._narrow)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.reached_from(self.search)
        self.table.opened.connect(self.log_call)
        self.table.chosen.connect(self._on_chosen)
        keys = {
            "F5": self.reload, "F6": self.copy_message, "Ctrl+Return": self._open,
            "Esc": self.back.emit, "Ctrl+F": self.search.setFocus,
        }  # fmt: skip
        keys |= {
            f"Alt+{at}": partial(self.show_kind, mark) for at, mark in enumerate(KINDS, start=1)
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._tasks.changed.connect(self._on_changed)

    @property
    def kind(self) -> Mark:
        return next(mark for mark, made in self.kinds.items() if made.isChecked())

    def show_kind(self, mark: Mark, _checked: bool = False) -> None:
        self.kinds[mark].setChecked(True)
        self._narrow()
        self.table.setFocus()

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        self._ticket = self._tasks.read(
            self, self._services.chase.list_rows, self._show, on_error=self._fail
        )

    def log_call(self, row: ChaseRow | None = None) -> CallDialog | None:
        """Log a call with the unit of the row; afterwards the next row is the current one."""
        row = row or self.table.current_row()
        if row is None:
            return None
        dialog = CallDialog(self._services, self._tasks, row, self)
        dialog.saved.connect(partial(self._on_logged, row))
        return opened(dialog)

    def copy_message(self) -> None:
        row = self.table.current_row()
        if row is None:
            self.banner.show_info("没有选中的单位。", "请先在列表里选一家。")
            return
        QGuiApplication.clipboard().setText(row.message)
        self.banner.show_good(f"已复制发给“{row.unit}”的话,可以粘贴到微信或短信里。")

    def _on_logged(self, row: ChaseRow, _value: object) -> None:
        self.banner.show_good(f"已记下与“{row.unit}”的联系。")
        rows = self.table.shown_rows()
        at = next((at for at, one in enumerate(rows) if _same(one, row)), -1)
        self.table.selectRow(min(at + 1, len(rows) - 1))
        self.table.setFocus()

    def _open(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.open_unit.emit(row.unit_id)

    def _show(self, rows: tuple[ChaseRow, ...]) -> None:
        self._rows = rows
        for mark, made in self.kinds.items():
            units = len({row.unit_id for row in rows if row.about == mark})
            made.setText(f"{MARK_LABELS[mark]} {units} 家")
            made.setAccessibleName(made.text())
        chosen = self.areas.currentText()
        blocked = self.areas.blockSignals(True)
        self.areas.clear()
        self.areas.addItems([EVERY, *dict.fromkeys(row.area for row in rows)])
        if self.areas.findText(chosen) < 0:
            self.areas.addItem(chosen)
        self.areas.setCurrentText(chosen)
        self.areas.blockSignals(blocked)
        self._narrow()

    def _narrow(self, _text: str = "") -> None:
        area, current = self.areas.currentText(), self.table.current_row()
        self.table.set_empty(f"没有{MARK_LABELS[self.kind]}的单位。")
        self.table.set_rows(
            [row for row in self._rows if row.about == self.kind and area in (EVERY, row.area)]
        )
        if current is not None:  # a call may have moved the rows: the cursor stays on its unit
            at = [_same(row, current) for row in self.table.shown_rows()]
            if any(at):
                self.table.selectRow(at.index(True))
        self._show_count()

    def _on_search(self, text: str) -> None:
        self.table.set_filter(text)
        self._show_count()

    def _show_count(self) -> None:
        shown = self.table.shown_rows()
        called = sum(1 for row in shown if row.calls)
        self.card.set_right(f"共 {len(shown)} 家 · 联系过 {called} 家")

    def _on_chosen(self, row: ChaseRow | None) -> None:
        self.message.setText(row.message if row is not None else "")
        for made in (self.log_button, self.copy_button, self.unit_button):
            made.setEnabled(row is not None)

    def _fail(self, error: BaseException) -> None:
        unread(self.banner.show_failure, self.table)(error)

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & HEARS:
            self.reload()
