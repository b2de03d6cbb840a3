"""The plans that may be chosen, a tick, a fee and the shares of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSpinBox, QWidget

from desktop_app.domain.money import yuan
from desktop_app.services.views.schemes import PlanChoice
from desktop_app.ui import theme
from desktop_app.ui.widgets.labels import label


class PlanGrid(QWidget):
    """One line a plan; shares can be told once it is ticked and more than one may be held."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.plans: dict[str, tuple[QCheckBox, QSpinBox]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(8))
        self._grid.setColumnStretch(0, 1)

    def show_choices(
        self, choices: Iterable[PlanChoice], chosen: Mapping[str, int] | None = None
    ) -> None:
        """Lay the plans out, those of `chosen` ticked with their shares."""
        for row, choice in enumerate(choices):
            shares = (chosen or {}).get(choice.key, 0)
            tick = QCheckBox(choice.label)
            tick.setAccessibleName(choice.label)
            tick.setChecked(bool(shares))
            spin = QSpinBox()
            spin.setRange(1, max(1, choice.max_shares, shares))
            spin.setValue(max(1, shares))
            spin.setSuffix(" 份")
            spin.setEnabled(bool(shares) and spin.maximum() > 1)
            spin.setAccessibleName(f"{choice.label}每人份数")
            tone = "quiet" if choice.fee_fen is not None else "warn"
            tick.toggled.connect(partial(self._on_ticked, spin))
            spin.valueChanged.connect(self.changed)
            self._grid.addWidget(tick, row, 0)
            self._grid.addWidget(label(fee_text(choice), tone=tone), row, 1)
            self._grid.addWidget(spin, row, 2)
            self.plans[choice.key] = (tick, spin)

    def chosen(self) -> tuple[tuple[str, int], ...]:
        return tuple(
            (key, spin.value()) for key, (tick, spin) in self.plans.items() if tick.isChecked()
        )

    def _on_ticked(self, spin: QSpinBox, on: bool) -> None:
        spin.setEnabled(on and spin.maximum() > 1)
        self.changed.emit()


def fee_text(choice: PlanChoice) -> str:
    who = "女职工 · " if choice.holders == "women" else ""
    fee = "费用待核对" if choice.fee_fen is None else f"每份 {yuan(choice.fee_fen)} 元"
    return who + fee
