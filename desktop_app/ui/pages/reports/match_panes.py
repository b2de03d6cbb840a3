"""What the lists of 认款 share: a list with buttons below it, dialogs that tell what was done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, opened
from desktop_app.ui.dialogs.mark_dialogs import AsideDialog
from desktop_app.ui.widgets.card import Card

D = TypeVar("D", bound=ActDialog)


class MatchPane(QWidget):
    told = Signal(str)  # what was done
    given_up = Signal()  # a dialog was closed after a refusal: the lists are old

    def lay_acts(self, card: Card, acts: tuple[QWidget, ...]) -> None:
        row = QHBoxLayout()
        for part in acts:
            row.addWidget(part)
        row.addStretch(1)
        card.title.hide()  # the tab says it
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(card, 1)
        layout.addLayout(row)

    def open_act(self, dialog: D, told: str | Callable[[], str]) -> D:
        """Open it: what is saved is told, after a refusal the lists are read anew."""
        dialog.saved.connect(
            lambda _value: self.told.emit(told if isinstance(told, str) else told())
        )
        dialog.rejected.connect(partial(self._given_up, dialog))
        return opened(dialog)

    def open_aside(self, dialog: AsideDialog) -> AsideDialog:
        return self.open_act(dialog, lambda: dialog.told)

    def _given_up(self, dialog: ActDialog) -> None:
        if dialog.banner.text:
            self.given_up.emit()
