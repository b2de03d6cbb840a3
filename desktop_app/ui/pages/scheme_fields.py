"""One value of a scheme as a field: a line, a tick, a choice, or a figure with its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.scheme_choices import choices_in, items_in
from desktop_app.domain.scheme_terms import is_money
from desktop_app.domain.scheme_typing import typed_text, typed_value
from desktop_app.domain.toml_edit import is_figure
from desktop_app.ui import theme
from desktop_app.ui.widgets.labels import button, label

TICKS_IN_ROW = 4


class SchemeField(QWidget):
    """`edited` carries the new value once the cursor leaves the field, or Enter is pressed."""

    edited = Signal(object)
    removed = Signal()

    def __init__(
        self, path: str, value: Any, name: str, known: Mapping[str, str], *, optional: bool = False
    ) -> None:
        super().__init__()
        self.path, self.value, self.known = path, value, known
        self.fault = label("", tone="late", wrap=True)
        self.fault.hide()
        self.row = QHBoxLayout()
        self.row.setContentsMargins(0, 0, 0, 0)
        self.make(name)
        if optional:
            self.row.addWidget(button("去掉", self.removed.emit, kind="link", name=f"去掉{name}"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self.row)
        column.addWidget(self.fault)

    def make(self, name: str) -> None:
        """Put the widgets into the row."""
        raise NotImplementedError

    def take(self, value: Any) -> None:
        """A new value, where it is another one."""
        self.show_fault("")
        if value != self.value:
            self.value = value
            self.edited.emit(value)

    def show_fault(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        for line in self.findChildren(QLineEdit):
            line.setProperty("wrong", "true" if text else "false")
            line.style().unpolish(line)
            line.style().polish(line)

    def line(self, text: str, name: str) -> QLineEdit:
        made = QLineEdit(text)
        made.setCursorPosition(0)
        made.setToolTip(text)
        made.setAccessibleName(name)
        made.editingFinished.connect(self.read)
        return made

    def read(self) -> None:
        """Take what is typed; say what should stand there where it cannot be read."""
        try:
            value = self.typed()
        except ValueError as error:
            self.show_fault(str(error))
        else:
            self.take(value)

    def typed(self) -> Any:
        raise NotImplementedError


class LineField(SchemeField):
    """Text, whole numbers, amounts in yuan, days and lists of words."""

    def make(self, name: str) -> None:
        self.text = self.line(typed_text(self.path, self.value), name)
        self.row.addWidget(self.text, 1)
        if _is_amount(self.path, self.value):
            self.row.addWidget(label("元", "quiet"))
        elif isinstance(self.value, list):
            self.text.setPlaceholderText("几个词之间用顿号隔开")

    def typed(self) -> Any:
        return typed_value(self.path, self.value, self.text.text())


class TickField(SchemeField):
    def make(self, name: str) -> None:
        self.box = QCheckBox("是")
        self.box.setChecked(self.value)
        self.box.setAccessibleName(name)
        self.box.toggled.connect(self.take)
        self.row.addWidget(self.box)
        self.row.addStretch(1)


class ChoiceField(SchemeField):
    """One of the words that the key may hold, shown by what they mean."""

    def make(self, name: str) -> None:
        self.box = _StillCombo()
        self.box.setAccessibleName(name)
        for word, meaning in self.known.items():
            self.box.addItem(meaning, word)
        self.box.setCurrentIndex(self.box.findData(self.value))
        self.box.currentIndexChanged.connect(lambda _at: self.take(self.box.currentData()))
        self.row.addWidget(self.box, 1)


class TicksField(SchemeField):
    """A list of words out of a few, each with a tick."""

    def make(self, name: str) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(18))
        self.boxes: dict[str, QCheckBox] = {}
        for at, (word, meaning) in enumerate(self.known.items()):
            box = QCheckBox(meaning)
            box.setChecked(word in self.value)
            box.setAccessibleName(f"{name}:{meaning}")
            box.toggled.connect(lambda _on: self.read())
            self.boxes[word] = box
            grid.addWidget(box, at // TICKS_IN_ROW, at % TICKS_IN_ROW)
        self.row.addLayout(grid)
        self.row.addStretch(1)

    def typed(self) -> list[str]:
        return [word for word, box in self.boxes.items() if box.isChecked()]


class FigureField(SchemeField):
    """A number of the policy: its value, whether it is still to be confirmed, where it stands."""

    def make(self, name: str) -> None:
        figure = self.value
        value = figure.get("value")
        self.number = self.line("" if value is None else typed_text(self.path, value), name)
        self.number.setMaximumWidth(theme.px(120))
        self.number.setPlaceholderText("元" if is_money(self.path) else "数")
        self.open = QCheckBox("待核对")
        self.open.setChecked(bool(figure.get("to_confirm")))
        self.open.setAccessibleName(f"{name}:待核对")
        self.open.toggled.connect(lambda _on: self.read())
        self.source = self.line(figure.get("source", ""), f"{name}:依据")
        self.source.setPlaceholderText("依据的文件")
        self.row.setSpacing(theme.px(8))
        self.row.addWidget(self.number)
        self.row.addWidget(self.open)
        self.row.addWidget(self.source, 1)

    def typed(self) -> dict[str, Any]:
        figure: dict[str, Any] = {}
        if self.number.text().strip():
            figure["value"] = typed_value(self.path, 0, self.number.text())
        if self.open.isChecked():
            figure["to_confirm"] = True
        if self.source.text().strip():
            figure["source"] = self.source.text().strip()
        if not figure:
            raise ValueError("请填数值和依据,或者选“待核对”。")
        return figure


class _StillCombo(QComboBox):
    """A wheel over it scrolls the form instead of changing the rule."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def field_for(
    path: str, value: Any, name: str, values: Mapping[str, Any], *, optional: bool = False
) -> SchemeField:
    """The field that fits a value.

    `values` is the whole document, whose own papers and plans stand among the choices.
    """
    kind: type[SchemeField] = LineField
    known = items_in(path, values) if isinstance(value, list) else choices_in(path, values)
    if is_figure(value):
        kind = FigureField
    elif isinstance(value, bool):
        kind = TickField
    elif isinstance(value, str) and value in known:
        kind = ChoiceField
    elif isinstance(value, list) and known and known.keys() >= set(value):
        kind = TicksField
    return kind(path, value, name, known, optional=optional)


def _is_amount(path: str, value: Any) -> bool:
    return isinstance(value, int) and is_money(path)
