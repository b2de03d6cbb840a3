"""A scheme's text while it is edited: each change of its forms, its faults, the way back."""

from __future__ import annotations

from typing import Any

from desktop_app.domain.scheme_editor.scheme_blocks import Offer, add
from desktop_app.domain.scheme_editor.scheme_items import copied, with_value, without_value
from desktop_app.domain.schemes.scheme_faults import Fault, SchemeError
from desktop_app.domain.schemes.schemes import scheme_from
from desktop_app.domain.toml.toml_map import ITEM
from desktop_app.domain.toml.toml_moves import move_item, remove_item, remove_table

STEPS = 100  # that can be taken back


class SchemeDraft:
    """Each change returns the key path at which people go on.

    A change that the text's shape has no place for raises KeyError and changes nothing.
    """

    def __init__(self, text: str) -> None:
        self.text, self._saved = text, text
        self.faults = faults_of(text)
        self._before: list[str] = []

    @property
    def changed(self) -> bool:
        """Whether it differs from what is saved."""
        return self.text != self._saved

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def saved(self, text: str) -> None:
        self._saved = text

    def take(self, text: str) -> None:
        """Go on with another text."""
        if text != self.text:
            self._before = [*self._before[1 - STEPS :], self.text]
            self.text, self.faults = text, faults_of(text)

    def undo(self) -> str:
        """Take the last change back."""
        if self._before:
            self.text = self._before.pop()
            self.faults = faults_of(self.text)
        return ""

    def edit(self, path: str, value: Any) -> str:
        """Set a value; None takes the key out."""
        if value is None:
            self.take(without_value(self.text, path))
            return ""
        self.take(with_value(self.text, path, value))
        return path

    def add(self, offer: Offer) -> str:
        text, place = add(self.text, offer)
        self.take(text)
        return place

    def copy(self, path: str) -> str:
        self.take(copied(self.text, path))
        return _neighbour(path, 1)

    def move(self, path: str, by: int) -> str:
        self.take(move_item(self.text, path, by))
        return _neighbour(path, by)

    def remove(self, path: str) -> str:
        """Take an item of a list out, or a table that a scheme can be without."""
        act = remove_item if ITEM.match(path) else remove_table
        self.take(act(self.text, path))
        return ""


def faults_of(text: str) -> tuple[Fault, ...]:
    """What is wrong with a scheme's text."""
    try:
        scheme_from(text)
    except SchemeError as error:
        return error.faults
    return ()


def _neighbour(path: str, by: int) -> str:
    found = ITEM.match(path)
    assert found is not None  # items are copied and moved, and nothing else
    return f"{found['list']}[{int(found['place']) + by}]"
