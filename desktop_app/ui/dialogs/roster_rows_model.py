"""Every row of a roster's file as a table model: only the cells that are looked at are made."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFont

from desktop_app.domain.issues import Severity
from desktop_app.domain.rosters.headings import FIELD_NAMES
from desktop_app.domain.rosters.roster_table import RosterTable
from desktop_app.ui import theme
from desktop_app.ui.rows_model import Index, Role

_TONES = {Severity.ERROR: "late", Severity.WARNING: "warn", Severity.INFO: "quiet"}
PLACE, SAID = "行", "说明"


class RosterRowsModel(QAbstractTableModel):
    """Typing into a cell judges its row anew at once; `typed` tells that something changed."""

    typed = Signal()

    def __init__(self, table: RosterTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._shown: Sequence[int] = range(len(table))  # in order
        self.fields = table.fields
        self._titles = (PLACE, *(FIELD_NAMES[field] for field in self.fields), SAID)

    @property
    def shown(self) -> Sequence[int]:
        return self._shown

    def show_rows(self, rows: Sequence[int]) -> None:
        self.beginResetModel()
        self._shown = rows
        self.endResetModel()

    def row_of(self, at: int) -> int | None:
        """Where a row of the file stands among those that are shown."""
        row = bisect_left(self._shown, at)
        return row if row < len(self._shown) and self._shown[row] == at else None

    def said(self, row: int) -> str:
        return self._text(self._shown[row], len(self._titles) - 1)

    def column_about(self, row: int) -> int:
        """The column of the first cell that a row's word is about; that of the first field."""
        about = [one.field for one in self.table.findings(self._shown[row])]
        at = next((self.fields.index(one) for one in about if one in self.fields), 0)
        return at + 1

    def undo(self) -> int | None:
        """Take the last typed cell back; gives the row it stood in."""
        edited = self.table.last_edited
        self._tell(self.table.undo())
        return edited

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        at, column = self._shown[index.row()], index.column()
        if role in (Role.DisplayRole, Role.ToolTipRole, Role.EditRole):
            return self._text(at, column)
        if role == Role.ForegroundRole:
            return self._tone(at, column)
        if role == Role.FontRole and self._is_typed(at, column):
            font = QFont()
            font.setBold(True)
            return font
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if not index.isValid() or role != Role.EditRole:
            return False
        at = self._shown[index.row()]
        touched = self.table.put(at, self.fields[index.column() - 1], str(value).strip())
        self._tell(touched)
        return bool(touched)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        column = index.column()
        if index.isValid() and 0 < column <= len(self.fields):
            at = self._shown[index.row()]
            if self.table.may_edit(at, self.fields[column - 1]):
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self._titles[section]
        return None

    def _text(self, at: int, column: int) -> str:
        if column == 0:
            sheet, row = self.table.place(at)
            return f"{sheet} {row}" if sheet else str(row)
        if column <= len(self.fields):
            return self.table.text(at, self.fields[column - 1])
        return ";".join(one.message for one in self.table.findings(at))

    def _tone(self, at: int, column: int) -> Any:
        """The row's word and the cells that it is about have its colour."""
        worst = self.table.worst(at)
        if worst is None or column == 0:
            return None
        if column > len(self.fields):
            return theme.colour(_TONES[worst])
        field = self.fields[column - 1]
        about = [one.severity for one in self.table.findings(at) if one.field == field]
        found = next((one for one in Severity if one in about), None)
        return theme.colour(_TONES[found]) if found else None

    def _is_typed(self, at: int, column: int) -> bool:
        return 0 < column <= len(self.fields) and self.table.is_edited(at, self.fields[column - 1])

    def _tell(self, touched: Iterable[int]) -> None:
        last = len(self._titles) - 1
        told = False
        for at in touched:
            told = True
            row = self.row_of(at)
            if row is not None:
                self.dataChanged.emit(self.index(row, 0), self.index(row, last))
        if told:
            self.typed.emit()
