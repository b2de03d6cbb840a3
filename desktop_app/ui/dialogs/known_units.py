"""Units that are there already, or seem to be: opened, or a new one is added all the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from desktop_app.services.units.unit_twins import Known
from desktop_app.ui import theme
from desktop_app.ui.widgets.labels import button


class KnownUnits(QFrame):
    """Buttons that answer the refusal; Enter presses the one that has the cursor."""

    open_pressed = Signal(int)
    again_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(8))
        self.hide()

    def offer(self, units: tuple[Known, ...], *, again: bool) -> None:
        """Offer to open each; where it is only similar, to add the new one all the same."""
        self.clear()
        for at, (unit_id, name) in enumerate(units, start=1):
            text = "打开它" if len(units) == 1 else f"打开第{at}家"
            self._add(text, f"打开{name}", partial(self.open_pressed.emit, unit_id))
        if again:
            self._add("仍然新增(&Y)", "仍然新增", self.again_pressed.emit)
        self._row.addStretch(1)
        self.show()
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        self.hide()

    def _add(self, text: str, name: str, act: Callable[[], object]) -> None:
        made = button(text, act, name=name)
        made.setAutoDefault(True)
        made.setToolTip(name)
        self._row.addWidget(made)
        self.buttons.append(made)
