"""The one table model: frozen rows in, columns described by the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop_app.ui import theme

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ROW_ROLE = Role.UserRole
SORT_ROLE = Role.UserRole + 1
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column.

    Args:
        title: the heading.
        text: what the cell says.
        sort_by: native value to sort by; the text where none is given.
        width: pixels at normal type; narrower where the table has less room.
        tone: name of a theme colour for the cell (late, warn, good, link, quiet), or "".
        right: whether figures stand at the right edge.
        wide: whether the column takes the room that is left; the last one where none does.
        whole: the long form, where `text` shortens it.
    """

    title: str
    text: Callable[[T], str]
    sort_by: Callable[[T], Any] | None = None
    width: int = 120
    tone: Callable[[T], str] | None = None
    right: bool = False
    wide: bool = False
    whole: Callable[[T], str] | None = None

    def full_text(self, row: T) -> str:
        """What the tool tip, the filter and a copied cell go by."""
        return (self.whole or self.text)(row)


class RowsModel(QAbstractTableModel, Generic[T]):
    """Read-only: edits go through a service and come back as new rows.

    A long list is paged by its page: `set_rows(first, more=True)`, answer `wanted_more` with
    `add_rows(next, more=...)`.
    """

    wanted_more = Signal()

    def __init__(self, columns: Sequence[Column[T]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: list[T] = []
        self._more = False

    @property
    def columns(self) -> tuple[Column[T], ...]:
        return self._columns

    @property
    def rows(self) -> tuple[T, ...]:
        return tuple(self._rows)

    def set_rows(self, rows: Sequence[T], *, more: bool = False) -> None:
        self.beginResetModel()
        self._rows, self._more = list(rows), more
        self.endResetModel()

    def add_rows(self, rows: Sequence[T], *, more: bool = False) -> None:
        self._more = more
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._more = False  # asked once; add_rows says whether there is still more
            self.wanted_more.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return column.text(row) if role == Role.DisplayRole else column.full_text(row)
        if role == SORT_ROLE:
            return (column.sort_by or column.text)(row)
        if role == Role.ForegroundRole:
            tone = column.tone(row) if column.tone else ""
            return theme.colour(tone) if tone else None
        if role == Role.TextAlignmentRole:
            return RIGHT if column.right else LEFT
        return row if role == ROW_ROLE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return self._columns[section].title
        if role == Role.TextAlignmentRole:
            return RIGHT if self._columns[section].right else LEFT
        return None
