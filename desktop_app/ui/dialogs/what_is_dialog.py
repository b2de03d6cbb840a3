"""这是什么: one scan let go on a unit's page is told what it is, by a digit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.pasted import PastedPicture, Source
from desktop_app.ui.widgets.labels import button, label

SEEN = 380  # a copied picture fits a square of this side


@dataclass(frozen=True, slots=True)
class Choice:
    """What it may be, and what is done with it then."""

    text: str
    take: Callable[[Source], object]


class WhatIsDialog(QDialog):
    """A digit or a click chooses; Esc leaves the file alone."""

    def __init__(
        self, source: Source, choices: tuple[Choice, ...], place: str, parent: QWidget | None
    ) -> None:
        """`place` is said where several are asked about, like 第 1 个,共 3 个."""
        super().__init__(parent)
        self._choices = choices
        self.chosen: Choice | None = None
        self.stopped = False
        self.setWindowTitle(f"这是什么 · {place}" if place else "这是什么")
        self.setModal(True)
        self.buttons = [self._button(at, choice) for at, choice in enumerate(choices)]
        self._lay_out(source, place)

    def _button(self, at: int, choice: Choice) -> QPushButton:
        digit = f"{at + 1}　" if at < 9 else "　 "
        made = button(f"{digit}{choice.text}", partial(self._choose, choice))
        made.setStyleSheet("text-align: left;")
        made.setAutoDefault(True)  # Enter takes the one with the cursor
        return made

    def _lay_out(self, source: Source, place: str) -> None:
        answers = QVBoxLayout()
        answers.setSpacing(theme.px(6))
        for made in self.buttons:
            answers.addWidget(made)
        answers.addStretch(1)
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(16))
        if isinstance(source, PastedPicture):
            beside.addWidget(_picture(source))
        beside.addLayout(answers, 1)
        self.stop_button = button("后面的都不收", self._stop, kind="link")
        self.stop_button.setVisible(bool(place))
        self.skip_button = button("这份不收(Esc)", self.reject, name="这份不收")
        foot = QHBoxLayout()
        foot.addWidget(self.stop_button)
        foot.addStretch(1)
        foot.addWidget(self.skip_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        layout.setSpacing(theme.px(10))
        asked = label(f"“{source.name}”是哪一份?按数字选。", wrap=True)
        asked.setMinimumWidth(theme.px(420))
        layout.addWidget(asked)
        layout.addLayout(beside)
        layout.addLayout(foot)

    def showEvent(self, event: QShowEvent) -> None:
        """Every answer is read whole, however long its paper's name is."""
        for made in self.buttons:
            made.setMinimumWidth(made.sizeHint().width())
        self.adjustSize()
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if digit.isascii() and digit.isdigit() and 1 <= int(digit) <= len(self._choices):
            self._choose(self._choices[int(digit) - 1])
        else:
            super().keyPressEvent(event)

    def _choose(self, choice: Choice) -> None:
        self.chosen = choice
        self.accept()

    def _stop(self) -> None:
        self.stopped = True
        self.reject()


def _picture(source: PastedPicture) -> QWidget:
    shown = label()
    small = source.image.scaled(
        theme.px(SEEN),
        theme.px(SEEN),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    shown.setPixmap(QPixmap.fromImage(small))
    shown.setFixedSize(small.size())
    shown.setAccessibleName("复制的图片")
    return shown
