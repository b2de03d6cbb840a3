"""The two plainest dialogs: one that asks before an act, one that asks for the reason of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.ui.dialogs.base import ActDialog, Call, Words
from desktop_app.ui.dialogs.fields import TextField
from desktop_app.ui.tasks import TaskRunner


class ConfirmDialog(ActDialog):
    """Says what an act will do, and does it."""

    def __init__(self, tasks: TaskRunner, words: Words, call: Call, parent: QWidget | None) -> None:
        super().__init__(tasks, words.title, words.button, parent)
        self._call = call
        self.add_note(words.text, "")
        self.main_button.setFocus()

    def calls(self) -> Sequence[Call]:
        return [self._call]


class ReasonDialog(ActDialog):
    """An act that needs a reason: returning a case, a unit, a payment."""

    def __init__(
        self, tasks: TaskRunner, words: Words, call: Callable[[str], Any], parent: QWidget | None
    ) -> None:
        """`call` takes the reason."""
        super().__init__(tasks, words.title, words.button, parent)
        self._call = call
        self.add_note(words.text, "")
        self.reason = TextField(hint="写给单位看的一句话")
        self.add_row("原因", self.reason, "reason")
        self.body.addLayout(self.form)

    def calls(self) -> Sequence[Call]:
        return [partial(self._call, self.reason.needed("reason", "原因"))]
