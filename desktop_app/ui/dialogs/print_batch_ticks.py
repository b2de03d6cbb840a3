"""Which forms a batch is of: those on a case's way, and below them 更多单据 beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from desktop_app.services.views.print_batches import BatchPlan
from desktop_app.ui import theme
from desktop_app.ui.widgets.labels import label

USUAL = ("payment-notice", "application", "member-list")
A_ROW = 4  # their titles are long: more would be wider than a small screen in large type


class FormTicks(QWidget):
    """Empty until the first plan says which forms there are."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(8))
        self._grid.setColumnStretch(A_ROW + 1, 1)

    def offer(self, plan: BatchPlan) -> None:
        """Once: the ticks stay as the clerk sets them."""
        if self.boxes:
            return
        self._add("办理单据", plan.forms)
        self._add("更多单据", plan.further)

    def wanted(self) -> tuple[str, ...]:
        if not self.boxes:
            return USUAL
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    def _add(self, heading: str, forms: Sequence[tuple[str, str]]) -> None:
        if not forms:
            return
        row = self._grid.rowCount()
        self._grid.addWidget(label(heading, "quiet"), row, 0)
        for at, (key, text) in enumerate(forms):
            box = QCheckBox(f"{text}(&{len(self.boxes) + 1})")
            box.setAccessibleName(text)
            box.setChecked(key in USUAL)
            box.toggled.connect(self.changed)
            self.boxes[key] = box
            self._grid.addWidget(box, row + at // A_ROW, 1 + at % A_ROW)
