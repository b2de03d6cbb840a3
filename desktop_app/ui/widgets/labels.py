"""Labels and buttons in the house's few styles; data is always shown as plain text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop_app.domain.money import yuan

W = TypeVar("W", bound=QWidget)


def styled(widget: W, kind: str) -> W:
    """Give a widget its class in the style sheet: card, h1, h2, num, quiet, main, plain, link."""
    widget.setProperty("class", kind)
    return widget


def label(text: str = "", kind: str = "", *, tone: str = "", wrap: bool = False) -> QLabel:
    made = styled(QLabel(text), kind)
    made.setTextFormat(Qt.TextFormat.PlainText)  # names and file texts are never markup
    made.setWordWrap(wrap)
    if tone:
        made.setProperty("tone", tone)
    return made


def button(
    text: str, act: Callable[[], object] | None = None, *, kind: str = "plain", name: str = ""
) -> QPushButton:
    """A button; `name` is what a screen reader says where the text is not enough."""
    made = styled(QPushButton(text), kind)
    made.setAccessibleName(name or text.replace("&", ""))
    made.setAutoDefault(kind == "main")
    if act is not None:
        made.clicked.connect(lambda _checked=False: act())
    return made


def main_button(text: str, act: Callable[[], object] | None = None) -> QPushButton:
    """The blue button: what Enter does."""
    made = button(text, act, kind="main")
    made.setDefault(True)
    return made


def make_main(made: QPushButton, main: bool) -> None:
    """Make a button the blue one of its page, or a plain one again."""
    styled(made, "main" if main else "plain")
    made.setDefault(main)
    made.setAutoDefault(main)
    made.style().unpolish(made)
    made.style().polish(made)


def money_text(fen: int | None) -> str:
    """Amount in yuan, or 待核对 while a figure it needs is not confirmed."""
    return "待核对" if fen is None else yuan(fen)


def whole_amount(fen: int) -> str:
    """An amount whose 元 stays on its line, for labels that wrap in large type."""
    return f"{yuan(fen)}\N{NO-BREAK SPACE}元"


def people_text(people: int) -> str:
    return f"{people:,} 人"


def short_identity(masked: str) -> str:
    """The masked number's visible end; the stars before it tell nothing."""
    return f"*{masked[-4:]}" if masked.startswith("****") else masked
