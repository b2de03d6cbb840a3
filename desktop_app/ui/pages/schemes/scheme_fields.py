"""One value of a scheme as a field: a line, a tick, a figure with its source, or only shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.scheme_editor.scheme_choices import said
from desktop_app.domain.scheme_editor.scheme_guide import HINTS, ID_HINT
from desktop_app.domain.scheme_editor.scheme_shares import is_share
from desktop_app.domain.scheme_editor.scheme_terms import is_money
from desktop_app.domain.scheme_editor.scheme_typing import kind_of, typed_text, typed_value
from desktop_app.ui import theme
from desktop_app.ui.widgets.labels import button, label

_TOP, _MIDDLE = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
NOT_FILLED = "(还没有填)"


class SchemeField(QWidget):
    """`edited` carries the new value once the cursor leaves the field, or Enter is pressed."""

    edited = Signal(object)
    removed = Signal()
    tall = False  # whether it is more than one line high

    def __init__(
        self,
        path: str,
        value: Any,
        name: str,
        values: Mapping[str, Any],
        *,
        optional: bool = False,
    ) -> None:
        super().__init__()
        self.path, self.value, self.values = path, value, values
        self.fault = label("", tone="late", wrap=True)
        self.fault.hide()
        self.row = QHBoxLayout()
        self.row.setContentsMargins(0, 0, 0, 0)
        self.make(name)
        if optional:
            away = button("去掉", self.removed.emit, kind="link", name=f"去掉{name}")
            self.row.addWidget(away, 0, _TOP if self.tall else _MIDDLE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self.row)
        hint = HINTS.get(path.rpartition(".")[2])
        if hint:
            column.addWidget(label(hint, "quiet", wrap=True))
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
        if unit := self._unit():
            self.row.addWidget(label(unit, "quiet"))
        elif isinstance(self.value, list):
            self.text.setPlaceholderText("几个词之间用顿号隔开")
        elif is_share(self.path):
            self.text.setPlaceholderText("如 80%")

    def take(self, value: Any) -> None:
        """Take the value, and show it as it is always shown: 80 as 80%."""
        super().take(value)
        if self.text.text() != (shown := typed_text(self.path, value)):
            self.text.setText(shown)

    def _unit(self) -> str:
        return "元" if is_money(self.path) and kind_of(self.path, self.value) is int else ""

    def typed(self) -> Any:
        return typed_value(self.path, self.value, self.text.text())


class IdField(LineField):
    """What only the program needs: small, and not the first thing to look at."""

    def make(self, name: str) -> None:
        super().make(name)
        self.text.setMaximumWidth(theme.px(190))
        self.row.addWidget(label(ID_HINT, "quiet"))
        self.row.addStretch(1)


class ShownField(SchemeField):
    """A value that may not be changed, in words and as readable as any other text."""

    def make(self, name: str) -> None:
        self.shown = label(self._words(), wrap=True)
        self.shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.shown.setAccessibleName(f"{name}:{self.shown.text()}")
        self.row.addWidget(self.shown, 1)

    def _words(self) -> str:
        text = said(self.path, self.value, self.values) or NOT_FILLED
        source = self.value.get("source", "") if isinstance(self.value, dict) else ""
        return f"{text}  依据:{source}" if source else text


class TickField(SchemeField):
    def make(self, name: str) -> None:
        self.box = QCheckBox("是")
        self.box.setChecked(self.value)
        self.box.setAccessibleName(name)
        self.box.toggled.connect(self.take)
        self.row.addWidget(self.box)
        self.row.addStretch(1)


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
