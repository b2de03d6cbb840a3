"""看差异: who came, stayed and left beside the list before, by kind; seen before it is signed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.rosters.differences import Kind
from desktop_app.services.views.differences import ChangeLine, DifferenceView, ListFigures
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.fields import ChoiceField, LineField
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.widgets.labels import button, label, main_button, money_text

CHANGED, EVERYBODY = "changed", ""
TONES = {
    Kind.NEW: "good",
    Kind.MOVED_IN: "good",
    Kind.LEFT: "late",
    Kind.MOVED_OUT: "late",
    Kind.RENAMED: "warn",
    Kind.CORRECTED: "warn",
    Kind.WAITING: "warn",
}


def _tone(line: ChangeLine) -> str:
    return TONES.get(Kind(line.kind), "quiet")


COLUMNS: tuple[Column[ChangeLine], ...] = (
    Column("变动", lambda one: one.label, None, 90, _tone),
    Column("姓名", lambda one: one.name, None, 130),
    Column("证件号", lambda one: one.identity, None, 190),
    Column("说明", lambda one: one.note, None, 320, lambda one: "warn" if one.likely else ""),
)


class DifferenceDialog(QDialog):
    """Everybody of both lists in one table, narrowed by kind and by what is typed."""

    def __init__(self, view: DifferenceView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setWindowTitle(f"看差异 · {view.unit_name}")
        self.setModal(True)
        self.kind = ChoiceField(_choices(view), CHANGED)
        self.kind.setAccessibleName("只看")
        self.search = LineField()
        self.search.setPlaceholderText("姓名、证件号后四位")
        self.search.setAccessibleName("查找")
        self.search.setClearButtonEnabled(True)
        self.table: RowsTable[ChangeLine] = RowsTable(
            COLUMNS, name="名单的变动", empty="没有这样的人", sortable=False
        )
        self.table.reached_from(self.search)
        self.kind.currentIndexChanged.connect(self._narrow)
        self.search.textChanged.connect(self._narrow)
        self._lay_out()
        self._narrow()
        self.search.setFocus()

    def _lay_out(self) -> None:
        narrow = QHBoxLayout()
        narrow.setSpacing(theme.px(8))
        narrow.addWidget(label("只看"))
        narrow.addWidget(self.kind)
        narrow.addWidget(self.search, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(main_button("关闭", self.accept))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        layout.setSpacing(theme.px(10))
        layout.addWidget(label(self._view.text, "h2", wrap=True))
        layout.addLayout(_figures(self._view.figures))
        layout.addLayout(narrow)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        over = self.parentWidget()
        room = over.window().size() if over is not None else self.screen().availableSize()
        self.resize(min(theme.px(860), max(room.width(), theme.px(640))), min(theme.px(560), 700))

    def _narrow(self) -> None:
        """One pass over plain rows: a list of 200,000 is narrowed as one types."""
        kind, text = self.kind.value(), self.search.text().strip().upper()
        lines: Sequence[ChangeLine] = self._view.lines
        if kind == CHANGED:
            lines = [one for one in lines if one.kind != Kind.RENEWED]
        elif kind:
            lines = [one for one in lines if one.kind == kind]
        if text:
            lines = [one for one in lines if text in one.name.upper() or text in one.identity]
        self.table.set_rows(lines)


def _choices(view: DifferenceView) -> tuple[tuple[str, str], ...]:
    """Kinds of nobody are no choice."""
    everybody = len(view.lines)
    renewed = next(one.people for one in view.counts if one.kind == Kind.RENEWED)
    return (
        (CHANGED, f"除续保外 {everybody - renewed} 人"),
        (EVERYBODY, f"所有人 {everybody} 人"),
        *((one.kind, f"{one.label} {one.people} 人") for one in view.counts if one.people),
    )


def _figures(figures: Sequence[ListFigures]) -> QGridLayout:
    """The lists one below the other: people, money, participation."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(20))
    grid.setVerticalSpacing(theme.px(4))
    for at, head in enumerate(("", "人数", "应缴(元)", "参加")):
        grid.addWidget(label(head, "quiet"), 0, at, _side(at))
    for row, one in enumerate(figures, start=1):
        texts = (one.title, f"{one.people:,}", money_text(one.due_fen), one.participation)
        for at, text in enumerate(texts):
            grid.addWidget(label(text, wrap=at == 3), row, at, _side(at))
    grid.setColumnStretch(3, 1)
    return grid


def _side(column: int) -> Qt.AlignmentFlag:
    """Figures stand below each other; the last column has the room to wrap."""
    if column in (1, 2):
        return Qt.AlignmentFlag.AlignRight
    return Qt.AlignmentFlag(0)


def in_short(view: DifferenceView) -> str:
    """People and money before and after, in one line."""
    if len(view.figures) < 2:
        return ""
    first, last = view.figures[0], view.figures[-1]
    people = f"{first.people:,}→{last.people:,} 人"
    return f"{people},应缴 {money_text(first.due_fen)}→{money_text(last.due_fen)} 元"


class DifferenceStrip(QWidget):
    """The difference in a line or two, and the way to its people."""

    def __init__(self) -> None:
        super().__init__()
        self.view: DifferenceView | None = None
        self.text = label("", wrap=True)
        self.button = button("看差异(&D)…", self.look, kind="link", name="看差异")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.hide()

    def show_difference(self, view: DifferenceView | None) -> None:
        self.view = view
        if view is not None:
            self.text.setText("\n".join(part for part in (view.text, in_short(view)) if part))
        self.setVisible(view is not None)

    def look(self) -> DifferenceDialog | None:
        return opened(DifferenceDialog(self.view, self.window())) if self.view else None
