"""全部行: a file's rows to look through, filter by what they are told, and type into."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.issues import Severity
from desktop_app.domain.rosters.finding_names import FINDING_NAMES
from desktop_app.domain.rosters.repairs import Changes
from desktop_app.domain.rosters.roster_table import RosterTable
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import ChoiceField
from desktop_app.ui.dialogs.roster_rows_model import RosterRowsModel
from desktop_app.ui.rows_model import LEFT
from desktop_app.ui.table import ROW_HEIGHT
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.busy import BusyStrip
from desktop_app.ui.widgets.labels import button, label, main_button
from desktop_app.ui.widgets.steady_bars import steady_bars

TITLE = "全部行"
HOW = "双击或按F2改一格,改完这一行马上重新判断;存入以前都可以撤销。"
UNUSED = "改动还没有用上。"
EVERY, EDITED = "", "edited"
_SEVERITIES = {Severity.ERROR: "待补正", Severity.WARNING: "请核对"}
_WIDTHS = {"number": 60, "name": 110, "identity": 190, "phone": 130, "sex": 60, "bank_card": 190}
_SAID = 320
_PAUSE = 250  # milliseconds after the last key before the rows are searched


class RosterRowsDialog(QDialog):
    """Emits `changed` with the file's changes where somebody typed something."""

    changed = Signal(object)  # Changes

    def __init__(
        self, tasks: TaskRunner, name: str, call: Callable[..., object], parent: QWidget
    ) -> None:
        """`call` reads the rows, as `rosters.rows_of` does."""
        super().__init__(parent)
        self.setWindowTitle(f"{TITLE} · {name}")
        self._tasks, self._call, self._began = tasks, call, Changes()
        self._ticket = self._search = 0
        self.model: RosterRowsModel | None = None
        self.banner, self.strip = Banner(), BusyStrip()
        self.strip.cancelled.connect(self.reject)
        self.filter = ChoiceField(((EVERY, "全部行"),))
        self.filter.setAccessibleName("只看")
        self.filter.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        self.search = QLineEdit()
        self.search.setAccessibleName("查找行")
        self.search.setPlaceholderText("查姓名、号码…")
        self.counted = label("", "quiet")
        self.said = label("", wrap=True)  # of the current row, whole
        self.view = QTableView()
        steady_bars(self.view)
        self._dress()
        self.undo_button = button("撤销(Ctrl+Z)", self.undo, name="撤销")
        self.ok_button = main_button("按改动重新预览(Ctrl+Enter)", self.accept)
        self._lay_out()
        self._take_keys()
        self._tell()
        self._fit(parent)
        self._read(name)

    def _take_keys(self) -> None:
        for one in (self.undo_button, self.ok_button):
            one.setAutoDefault(False)
        self.ok_button.setDefault(False)  # Enter ends a cell or a search; Ctrl+Enter is the button
        self.filter.activated.connect(self.show_found)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.show_found)
        self.search.textEdited.connect(lambda _text: self._timer.start())
        QShortcut(QKeySequence.StandardKey.Undo, self, self.undo)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)

    def _fit(self, parent: QWidget) -> None:
        """As large as the rows ask for and the main window has room for."""
        over = parent.window()
        while (below := over.parentWidget()) is not None:
            over = below.window()
        wide, high = over.width() - theme.px(24), over.height() - theme.px(24)
        self.resize(min(theme.px(1160), wide), min(theme.px(680), high))

    def _dress(self) -> None:
        view = self.view
        view.setAccessibleName("名单的全部行")
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setAlternatingRowColors(True)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        view.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        )
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        head = view.horizontalHeader()
        head.setStretchLastSection(True)
        head.setHighlightSections(False)
        head.setDefaultAlignment(LEFT)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        for part in (label("只看"), self.filter, self.search):
            head.addWidget(part)
        head.addWidget(self.counted, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.undo_button)
        foot.addStretch(1)
        foot.addWidget(button("取消(Esc)", self.reject, name="取消"))
        foot.addWidget(self.ok_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.banner)
        layout.addWidget(label(HOW, "quiet", wrap=True))
        layout.addWidget(self.strip)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.said)
        layout.addLayout(foot)

    def _read(self, name: str) -> None:
        self.strip.start(f"正在读 {name}…")
        self._ticket = self._tasks.read(
            self,
            self._call,
            self._show,
            on_error=self.banner.show_failure,
            on_step=self.strip.step,
            on_ended=self.strip.end,
        )

    def _show(self, table: RosterTable) -> None:
        self._began = table.changes
        self.model = RosterRowsModel(table, self)
        self.model.typed.connect(self._tell)
        self.view.setModel(self.model)
        self.view.selectionModel().currentChanged.connect(self._say)
        for at, field in enumerate(table.fields, start=1):
            self.view.setColumnWidth(at, theme.px(_WIDTHS.get(field, 110)))
        self.view.setColumnWidth(0, theme.px(90))
        self.view.setColumnWidth(len(table.fields) + 1, theme.px(_SAID))
        self._tell()
        bad = Severity.ERROR.value
        self.filter.setCurrentIndex(max(self.filter.findData(bad if table.counts[bad] else ""), 0))
        self.show_found()

    def show_found(self) -> None:
        """Show the rows that are chosen; they are looked for off the window's thread."""
        if self.model is None:
            return
        self._tasks.drop(self._search)
        call = partial(_found, self.model.table, self.filter.value(), self.search.text())
        self._search = self._tasks.read(self, call, self._shown, on_error=self.banner.show_failure)

    def _shown(self, rows: Sequence[int]) -> None:
        if self.model is None:
            return
        self.model.show_rows(rows)
        self.counted.setText(f"{len(rows)} 行")
        if rows and not self.search.hasFocus():
            self._go_to(0, self.model.column_about(0))
            self.view.setFocus()
        self._say()

    def _tell(self) -> None:
        """What there is to choose from, after each edit; what is shown stays."""
        table = self.model.table if self.model else None
        self.undo_button.setEnabled(table is not None and table.can_undo)
        self.ok_button.setEnabled(table is not None and table.changes != self._began)
        if table is None:
            return
        self._say()
        chosen = self.filter.value()
        counts = table.counts
        choices = [(EVERY, "全部行", len(table))]
        choices += [(one.value, text, counts[one.value]) for one, text in _SEVERITIES.items()]
        choices.append((EDITED, "改过的", len(table.edited_rows())))
        choices += [(code, text, counts[code]) for code, text in FINDING_NAMES.items()]
        self.filter.clear()
        for key, text, count in choices:
            if count or key in (EVERY, chosen):
                self.filter.addItem(f"{text} {count}", key)
        self.filter.setCurrentIndex(max(self.filter.findData(chosen), 0))

    def _say(self) -> None:
        row = self.view.currentIndex().row()
        self.said.setText(self.model.said(row) if self.model is not None and row >= 0 else "")

    def undo(self) -> None:
        """Take the last edit back and show where it was."""
        if self.model is None or not self.model.table.can_undo:
            return
        at = self.model.undo()
        row = self.model.row_of(at) if at is not None else None
        if row is not None:
            self._go_to(row, max(self.view.currentIndex().column(), 1))

    def accept(self) -> None:
        if self.view.state() == QAbstractItemView.State.EditingState:
            self.view.setFocus()  # what is being typed counts, too
        if self.model is None or not self.ok_button.isEnabled():
            return
        super().accept()
        self.changed.emit(self.model.table.changes)

    def reject(self) -> None:
        """What was typed is given up at the second Esc only."""
        if self.ok_button.isEnabled() and self.banner.text != UNUSED:
            self.banner.show_warning(UNUSED, "按改动重新预览,或再按一次 Esc 放弃这些改动。")
            return
        self._tasks.cancel(self._ticket)
        super().reject()

    def _go_to(self, row: int, column: int) -> None:
        index: QModelIndex = self.view.model().index(row, column)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)


def _found(table: RosterTable, key: str, text: str) -> Sequence[int]:
    rows: Sequence[int]
    if key == EVERY:
        rows = range(len(table))
    elif key == EDITED:
        rows = table.edited_rows()
    else:
        rows = table.rows_with(key)
    return table.rows_saying(rows, text) if text.strip() else rows
