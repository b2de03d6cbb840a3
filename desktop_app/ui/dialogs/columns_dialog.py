"""核对列: every column of a file with its heading and first cells, and what it is taken for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.rosters.columns import Placed
from desktop_app.domain.rosters.headings import FIELD_NAMES, NEEDED
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.fields import ChoiceField
from desktop_app.ui.widgets.labels import button, label, main_button
from desktop_app.ui.widgets.steady_bars import steady_bars

UNUSED = "不用"
TITLE = "核对列"
UNKNOWN = "表头不认得,可以自己指定各列。"


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """What the columns of one kind of file may be.

    Args:
        names: field to name.
        lacking: what a choice of fields still lacks, as names.
        several: fields that more than one column may be.
        how: what a person is to do, and for whom it is remembered.
    """

    names: Mapping[str, str]
    lacking: Callable[[Collection[str]], list[str]]
    how: str
    several: frozenset[str] = frozenset()


def _roster_lacks(chosen: Collection[str]) -> list[str]:
    return [FIELD_NAMES[one] for one in FIELD_NAMES if one in NEEDED - set(chosen)]


ROSTER = ColumnWords(
    FIELD_NAMES, _roster_lacks, "看各列的前几格,认错的改过来;这家单位以后的文件也照这样读。"
)


class ColumnsDialog(QDialog):
    """Emits `chosen`, a field by each column's key, where something was changed or is asked."""

    chosen = Signal(object)  # dict[str, str]

    def __init__(
        self,
        columns: Iterable[Placed],
        parent: QWidget | None = None,
        words: ColumnWords = ROSTER,
        asked: Collection[str] = (),
    ) -> None:
        """`asked` are the letters of columns that a person has to speak of."""
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self._words, self._asked = words, asked
        self._columns = {one.key: one for one in columns}  # sheets alike share a choice
        self.fields: dict[str, ChoiceField] = {}
        self.told = label("", tone="late", wrap=True)
        self.ok_button = main_button("按这样读", self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(button("取消(Esc)", self.reject, name="取消"))
        foot.addWidget(self.ok_button)
        layout = QVBoxLayout(self)
        layout.addWidget(label(words.how, wrap=True))
        layout.addWidget(self._grid(), 1)
        layout.addLayout(foot)
        self.resize(theme.px(720), theme.px(480))
        self._judge()
        self._to_what_lacks()

    def accept(self) -> None:
        if not self.ok_button.isEnabled():
            return
        changed = {
            key: field.value()
            for key, field in self.fields.items()
            if field.value() != (self._columns[key].field or "")
        }
        super().accept()
        if changed or self._asked:
            self.chosen.emit({key: field.value() for key, field in self.fields.items()})

    def _grid(self) -> QScrollArea:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(theme.px(12))
        for at, head in enumerate(("列", "表头", "前几格", "当作")):
            grid.addWidget(label(head, "quiet"), 0, at)
        for row, (key, one) in enumerate(self._columns.items(), start=1):
            field = ChoiceField((("", UNUSED), *self._words.names.items()), one.field or "")
            field.setAccessibleName(f"{one.letter}列当作")
            field.currentIndexChanged.connect(self._judge)
            self.fields[key] = field
            grid.addWidget(label(one.letter, tone=self._tone(one)), row, 0)
            grid.addWidget(label(one.title or "(没有表头)", "" if one.title else "quiet"), row, 1)
            samples = label("、".join(one.samples) or "(空)", "quiet", wrap=True)
            grid.addWidget(samples, row, 2)
            grid.addWidget(field, row, 3)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(len(self._columns) + 1, 1)
        area = QScrollArea(widgetResizable=True)
        steady_bars(area)
        area.setWidget(inside)
        return area

    def _tone(self, one: Placed) -> str:
        return "late" if one.letter in self._asked else ""

    def _judge(self) -> None:
        """What a file cannot do without is needed; hardly a field stands twice."""
        names = self._words.names
        chosen = [field.value() for field in self.fields.values() if field.value()]
        lacking = self._words.lacking(chosen)
        alone = [one for one in dict.fromkeys(chosen) if one not in self._words.several]
        twice = [names[one] for one in alone if chosen.count(one) > 1]
        parts = [f"还没有指定{'和'.join(lacking)}"] if lacking else []
        parts += [f"有两列都当作{'、'.join(twice)}"] if twice else []
        self.told.setText(";".join(parts) + ("。" if parts else ""))
        self.ok_button.setEnabled(not parts)

    def _to_what_lacks(self) -> None:
        """The cursor begins at the first column that is asked about, or nothing is known of."""
        asked = (self.fields[key] for key, one in self._columns.items() if self._tone(one))
        open_ = (field for field in self.fields.values() if not field.value())
        first = next(asked, None) or next(open_, None) or next(iter(self.fields.values()), None)
        if first is not None:
            first.setFocus()


def columns_text(columns: Iterable[Placed], words: ColumnWords = ROSTER) -> str:
    """Which column is what, in one line, the heading where it is another word: 姓名 B列“人员”."""
    used: dict[str, list[str]] = {}
    for one in columns:
        if one.field:
            title = f"“{one.title}”" if one.title not in ("", words.names[one.field]) else ""
            places = used.setdefault(one.field, [])
            if f"{one.letter}列{title}" not in places:  # sheets alike
                places.append(f"{one.letter}列{title}")
    parts = [f"{words.names[field]} {'、'.join(places)}" for field, places in used.items()]
    return f"各列:{' · '.join(parts)}" if parts else ""


class ColumnsStrip(QWidget):
    """The columns in a line, the way to correct them, and how they differ from last time."""

    chosen = Signal(object)  # dict[str, str]

    def __init__(self, words: ColumnWords = ROSTER) -> None:
        super().__init__()
        self._columns: tuple[Placed, ...] = ()
        self._words, self._asked = words, frozenset[str]()
        self.text = label("", "quiet", wrap=True)
        self.drift = label("", tone="warn", wrap=True)
        self.button = button("核对列(&L)…", self.check, kind="link", name=TITLE)
        row = QHBoxLayout()
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(2))
        layout.addLayout(row)
        layout.addWidget(self.drift)
        self.show_columns((), "")

    def show_columns(
        self, columns: tuple[Placed, ...], drift: str, asked: Collection[str] = ()
    ) -> None:
        self._columns, self._asked = columns, frozenset(asked)
        self.text.setText(columns_text(columns, self._words) or UNKNOWN)
        self.drift.setText(drift)
        self.drift.setVisible(bool(drift))
        self.button.setVisible(bool(columns))
        self.setVisible(bool(columns))

    def offer(self, columns: tuple[Placed, ...]) -> None:
        """No heading is known: a person says which column is which."""
        self.show_columns(columns, "")
        if columns:
            self.text.setText(UNKNOWN)
            self.button.setFocus()

    def check(self) -> ColumnsDialog | None:
        if not self._columns:
            return None
        dialog = ColumnsDialog(self._columns, self, self._words, self._asked)
        dialog.chosen.connect(self.chosen)
        return opened(dialog)
