"""Values of a scheme that are one or some of a few words: a list to choose from, or ticks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QVBoxLayout

from desktop_app.domain.scheme_editor.scheme_choices import PAPER_WORDS, choices_at, is_id, items_at
from desktop_app.domain.toml.toml_edit import is_figure
from desktop_app.ui import theme
from desktop_app.ui.pages.schemes.scheme_fields import (
    FigureField,
    IdField,
    LineField,
    SchemeField,
    ShownField,
    TickField,
)
from desktop_app.ui.widgets.labels import label

COLUMNS, LONG = 4, 9  # of ticks; characters from which they stand two in a row
ORDERED = ("attachments",)


class ChoiceField(SchemeField):
    """One of the words that the key may hold, shown by what they mean."""

    def make(self, name: str) -> None:
        self.box = _StillCombo()
        self.box.setAccessibleName(name)
        words = choices_at(self.path, self.values)
        for word, meaning in words.items():
            self.box.addItem(meaning, word)
        if self.value not in words:
            self.box.insertItem(0, unknown(self.value) if self.value else "请选择", self.value)
        self.box.setCurrentIndex(self.box.findData(self.value))
        self.box.currentIndexChanged.connect(lambda _at: self.take(self.box.currentData()))
        self.row.addWidget(self.box, 1)


class TicksField(SchemeField):
    """A list of words out of a few, each with a tick; ticked ones keep their order."""

    tall = True

    def make(self, name: str) -> None:
        self.boxes: dict[str, QCheckBox] = {}
        self._name = name
        column = QVBoxLayout()
        column.setSpacing(theme.px(6))
        self.words = dict(items_at(self.path, self.values))
        self.words |= {word: unknown(word) for word in self.value if word not in self.words}
        self.lay_out(column)
        self.order = label("", "quiet", wrap=True)
        if self.path.rpartition(".")[2] in ORDERED:
            column.addWidget(self.order)
            self._tell_order()
        self.row.addLayout(column, 1)

    def lay_out(self, column: QVBoxLayout) -> None:
        column.addLayout(self.grid(self.words))

    def grid(self, words: Mapping[str, str]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(18))
        columns = 2 if any(len(meaning) > LONG for meaning in words.values()) else COLUMNS
        for at, (word, meaning) in enumerate(words.items()):
            grid.addWidget(self.tick(word, meaning, meaning), at // columns, at % columns)
        grid.setColumnStretch(columns, 1)
        return grid

    def tick(self, word: str, text: str, meaning: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setChecked(word in self.value)
        box.setAccessibleName(f"{self._name}:{meaning}")
        box.toggled.connect(lambda _on: self.read())
        self.boxes[word] = box
        return box

    def read(self) -> None:
        super().read()
        self._tell_order()

    def _tell_order(self) -> None:
        names = (self.words[word] for word in self.value)
        self.order.setText("顺序:" + " → ".join(names) if self.value else "")

    def typed(self) -> list[str]:
        on = [word for word, box in self.boxes.items() if box.isChecked()]
        kept = [word for word in self.value if word in on]
        return [*kept, *(word for word in on if word not in kept)]


class RequirementsField(TicksField):
    """What a step asks for: facts as ticks, and for each paper what has to be done with it."""

    def lay_out(self, column: QVBoxLayout) -> None:
        column.addLayout(self.grid({k: v for k, v in self.words.items() if ":" not in k}))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(18))
        papers: dict[str, int] = {}
        for word, meaning in self.words.items():
            kind, colon, paper = word.partition(":")
            if not colon:
                continue
            if paper not in papers:
                papers[paper] = len(papers)
                named = meaning.partition(":")[2] or meaning
                grid.addWidget(label(named), papers[paper], 0)
            at = list(PAPER_WORDS).index(kind) + 1 if kind in PAPER_WORDS else len(PAPER_WORDS) + 1
            box = self.tick(word, PAPER_WORDS.get(kind, kind), meaning)
            grid.addWidget(box, papers[paper], at)
        grid.setColumnStretch(len(PAPER_WORDS) + 2, 1)
        column.addLayout(grid)


class _StillCombo(QComboBox):
    """A wheel over it scrolls the form instead of changing the rule."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def unknown(word: Any) -> str:
    """A word that the format or the scheme does not know."""
    return f"“{word}”(没有这一项)"


def field_for(
    path: str,
    value: Any,
    name: str,
    values: Mapping[str, Any],
    *,
    optional: bool = False,
    locked: bool = False,
) -> SchemeField:
    kind = ShownField if locked else _kind(path, value, values)
    return kind(path, value, name, values, optional=optional and not locked)


def _kind(path: str, value: Any, values: Mapping[str, Any]) -> type[SchemeField]:
    if is_figure(value):
        return FigureField
    if isinstance(value, bool):
        return TickField
    if isinstance(value, list) and (items := items_at(path, values)):
        return RequirementsField if any(":" in word for word in items) else TicksField
    if isinstance(value, str) and choices_at(path, values):
        return ChoiceField
    return IdField if is_id(path, values) else LineField
