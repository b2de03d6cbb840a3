"""The one table view: type to filter, sort, copy as spreadsheet cells; fixed row height."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import (
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.ui import theme
from desktop_app.ui.rows_model import ROW_ROLE, SORT_ROLE, Column, Index, RowsModel
from desktop_app.ui.widgets.steady_bars import steady_bars

T = TypeVar("T")
ROW_HEIGHT = 30


def as_cells(lines: Iterable[Sequence[str]]) -> QMimeData:
    """Cells for a spreadsheet: as HTML typed as text, so that long numbers stay whole."""
    plain, rows = [], []
    for line in lines:
        plain.append("\t".join(_plain(cell) for cell in line))
        cells = "".join(f"<td style=\"mso-number-format:'\\@'\">{escape(c)}</td>" for c in line)
        rows.append(f"<tr>{cells}</tr>")
    data = QMimeData()
    data.setText("\n".join(plain))
    data.setHtml(f"<table>{''.join(rows)}</table>")
    return data


def _plain(cell: str) -> str:
    if any(mark in cell for mark in "\t\n\r"):
        return '"' + cell.replace('"', '""') + '"'
    return cell


class _ToneDelegate(QStyledItemDelegate):
    """Keeps a cell's own colour while its row is selected."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        tone = index.data(Qt.ItemDataRole.ForegroundRole)
        if tone is not None:
            option.palette.setColor(QPalette.ColorRole.HighlightedText, tone)  # type: ignore[attr-defined]


UNREAD = "没有读到,原因见上面。"


class RowsTable(QTableView, Generic[T]):
    """Rows of one kind. `opened` carries the row that Enter or a double click was on."""

    opened = Signal(object)
    chosen = Signal(object)  # the current row, or None
    mark_pressed = Signal(object)  # the row that the space bar was pressed on

    def __init__(
        self,
        columns: Sequence[Column[T]],
        *,
        name: str = "列表",
        empty: str = "没有内容",
        sortable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows_model: RowsModel[T] = RowsModel(columns, self)
        self._empty, self._unread = empty, False
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSourceModel(self.rows_model)
        self.proxy.setSortRole(SORT_ROLE)
        self.proxy.setFilterKeyColumn(-1)
        self.proxy.setFilterRole(Qt.ItemDataRole.ToolTipRole)  # a shortened cell's whole text
        self.proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self.proxy)
        self.setItemDelegate(_ToneDelegate(self))
        self.setAccessibleName(name)
        self._dress(sortable)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.proxy.modelReset.connect(lambda: self.chosen.emit(self.current_row()))
        self.doubleClicked.connect(self.open_at)

    def _dress(self, sortable: bool) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.px(24))
        header.setMinimumHeight(theme.px(34))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        steady_bars(self)
        self._fit()
        self.setSortingEnabled(sortable)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)  # as the service gave them

    def reached_from(self, search: QWidget) -> None:
        """Let Down in the field that narrows this table lead into it."""
        down = QShortcut(QKeySequence("Down"), search, self.setFocus)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)

    def set_rows(self, rows: Sequence[T], *, more: bool = False) -> None:
        """Show these rows; the current row keeps its place."""
        at = max(self.currentIndex().row(), 0)
        self._unread = False
        self.rows_model.set_rows(rows, more=more)
        if self.proxy.rowCount():
            self.selectRow(min(at, self.proxy.rowCount() - 1))
        else:
            self.chosen.emit(None)

    def add_rows(self, rows: Sequence[T], *, more: bool = False) -> None:
        self.rows_model.add_rows(rows, more=more)

    def set_empty(self, text: str) -> None:
        self._empty = text
        self.viewport().update()

    def say_unread(self) -> None:
        """Its rows could not be read: what it would say of having none would be untrue."""
        self._unread = True
        self.viewport().update()

    @property
    def nothing_text(self) -> str:
        """What stands in the place of rows."""
        return UNREAD if self._unread else self._empty

    def set_filter(self, text: str) -> None:
        """Keep the rows that have the text in any column."""
        self.proxy.setFilterFixedString(text.strip())
        if self.proxy.rowCount() and not self.currentIndex().isValid():
            self.selectRow(0)

    def current_row(self) -> T | None:
        index = self.currentIndex()
        return cast("T", index.data(ROW_ROLE)) if index.isValid() else None

    def selectRow(self, row: int) -> None:
        """Choose a row, whatever keys are held: Qt's own would toggle it while Ctrl is down."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def selected_rows(self) -> tuple[T, ...]:
        indexes = sorted(self.selectionModel().selectedRows(), key=QModelIndex.row)
        return tuple(index.data(ROW_ROLE) for index in indexes)

    def shown_rows(self) -> tuple[T, ...]:
        return tuple(self.proxy.index(r, 0).data(ROW_ROLE) for r in range(self.proxy.rowCount()))

    def copy_selected(self) -> None:
        self._copy(self.selected_rows(), heads=False)

    def copy_all(self) -> None:
        """Everything shown, with its headings."""
        self._copy(self.shown_rows(), heads=True)

    def _copy(self, rows: Iterable[T], *, heads: bool) -> None:
        columns = self.rows_model.columns
        lines = [[column.full_text(row) for column in columns] for row in rows]
        if heads:
            lines.insert(0, [column.title for column in columns])
        QGuiApplication.clipboard().setMimeData(as_cells(lines))

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(current.data(ROW_ROLE) if current.isValid() else None)

    def open_at(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(ROW_ROLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier
        ):
            self.open_at(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._press_mark()
        else:
            super().keyPressEvent(event)

    def _press_mark(self) -> None:
        """Tell the row and go on to the next, so that a held key marks one after another."""
        at = self.currentIndex().row()
        row = self.current_row()
        if row is not None:
            self.mark_pressed.emit(row)
            self.selectRow(min(at + 1, self.proxy.rowCount() - 1))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction("复制所选行", self.copy_selected).setEnabled(bool(self.selected_rows()))
        menu.addAction("复制全部(含表头)", self.copy_all)
        menu.exec(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.proxy.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(theme.colour("quiet"))
            room = self.viewport().rect().adjusted(16, 16, -16, -16)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(room, flags | Qt.TextFlag.TextWordWrap, self.nothing_text)
            painter.end()

    def _fit(self) -> None:
        """Share the room out: never a scroll bar at the bottom, cut texts have a tool tip."""
        columns = self.rows_model.columns
        wanted = [theme.px(column.width) for column in columns]
        room = self.viewport().width() / max(sum(wanted), 1)
        widths = [int(width * min(1.0, room)) for width in wanted]
        left = self.viewport().width() - sum(widths)
        wide = [at for at, column in enumerate(columns) if column.wide]
        for at in wide:
            widths[at] += max(left, 0) // len(wide)
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: Any) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange:
            self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))


def unread(
    tell: Callable[[BaseException], object], *tables: RowsTable[Any]
) -> Callable[[BaseException], None]:
    """For TaskRunner's on_error where rows are read: tell why, and what the tables lack."""

    def on_error(error: BaseException) -> None:
        for table in tables:
            table.say_unread()
        tell(error)

    return on_error
