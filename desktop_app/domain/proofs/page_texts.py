"""The text of a page as words with their places; reading files is intake's work."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextWord:
    """Characters that stand close together; `left` and `right` in points from the page's edge."""

    left: float
    right: float
    text: str


@dataclass(frozen=True, slots=True)
class TextLine:
    words: tuple[TextWord, ...]  # from left to right


@dataclass(frozen=True, slots=True)
class TextPage:
    """One page, its lines from top to bottom; `number` counts from 1."""

    number: int
    lines: tuple[TextLine, ...]
