"""The quiet line that says what 撤销 would take back, or why the last act stays."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.services.views.undo import UndoOffer
from desktop_app.ui import theme
from desktop_app.ui.widgets.labels import button, label


class UndoStrip(QWidget):
    """Stands there after an act of today's, or as long as something may be taken back."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = label("", "quiet")
        self.button = button("撤销(Ctrl+Z)…", self.pressed.emit, kind="link", name="撤销上一步")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self.text)
        row.addWidget(self.button)
        self.hide()

    def show_offer(self, offer: UndoOffer | None) -> None:
        """Nothing is said of others' acts that stay, nor of one's own of earlier days."""
        shown = offer is not None and (offer.may or offer.fresh)
        if offer is not None and shown:
            self.text.setText(words(offer))
            self.text.setToolTip(f"{offer.why_not}{offer.remedy}")
            self.text.setAccessibleDescription(self.text.toolTip())
            self.button.setVisible(offer.may)
        self.setVisible(shown)


def words(offer: UndoOffer) -> str:
    """In a few words; the whole sentence of why not is the tool tip's, and Ctrl+Z says it."""
    if offer.may:
        return f"刚办“{offer.label}”,接着办别的以前可以撤销"
    return f"“{offer.label}”不能再撤销"
