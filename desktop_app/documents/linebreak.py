"""Where a line of Chinese may end (避头尾), and the size at which a text fits; draws nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.errors import UserError

# GB/T 15834 5.1: closing marks do not open a line, opening marks do not end one.
NOT_FIRST = frozenset(",.;:!?%)]}·、。,.;:!?·)」』】〕〗》〉]}'\"%‰℃…—~々ー’”％，．：；！？）］｝")
NOT_LAST = frozenset("([{「『【〔〖《〈‘“￥¥$№#＃（［｛")
LEADING = 1.32
MIN_SIZE = 5.5
_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,-/:+*#@_")

Measure = Callable[[str, float], float]


@lru_cache(maxsize=4096)
def _keeps_together(left: str, right: str) -> bool:
    if right in NOT_FIRST or left in NOT_LAST:
        return True
    return left in _WORD and right in _WORD


def _break_at(line: str, following: str) -> int:
    """Index in `line` where it may be cut; its whole length where nothing better is found."""
    text = line + following
    for cut in range(len(line), 0, -1):
        if not _keeps_together(text[cut - 1], text[cut]):
            return cut
    for cut in range(len(line), 0, -1):  # one unbroken number: cut it, but still mind the marks
        if text[cut] not in NOT_FIRST and text[cut - 1] not in NOT_LAST:
            return cut
    return len(line)


def wrap(
    text: str, width: float, size: float, measure: Measure, first_indent: float = 0.0
) -> tuple[str, ...]:
    """Cut a text into lines no wider than `width`; a newline starts a new line."""
    lines: list[str] = []
    for number, paragraph in enumerate(text.split("\n")):
        rest, room = paragraph, width - (first_indent if number == 0 else 0.0)
        while measure(rest, size) > room and len(rest) > 1:
            count = _count_that_fits(rest, room, size, measure)
            cut = _break_at(rest[:count], rest[count])
            lines.append(rest[:cut].rstrip(" "))
            rest, room = rest[cut:].lstrip(" "), width
        lines.append(rest)
    return tuple(lines)


def _count_that_fits(text: str, room: float, size: float, measure: Measure) -> int:
    used = 0.0
    for index, character in enumerate(text):
        used += measure(character, size)
        if used > room:
            return max(index, 1)
    return len(text) - 1  # the sum rounds differently from the whole


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text cut into lines at a size that fits its place."""

    lines: tuple[str, ...]
    size: float

    @property
    def leading(self) -> float:
        return self.size * LEADING

    @property
    def height(self) -> float:
        return self.leading * len(self.lines)


def fit(text: str, width: float, height: float, size: float, measure: Measure) -> Fitted:
    """Take the largest size, down from `size`, at which the text stands inside the place."""
    fitted = Fitted((text,), size)
    if "\n" not in text and measure(text, size) <= width:
        return fitted
    while True:
        fitted = Fitted(wrap(text, width, fitted.size, measure), fitted.size)
        widest = max(measure(line, fitted.size) for line in fitted.lines)
        if fitted.height <= height * 1.02 and widest <= width:
            return fitted
        if fitted.size <= MIN_SIZE:
            raise UserError(
                "form-text-too-long",
                f"“{text[:20]}…”太长,表格里放不下。",
                "请把这一项写短些再打印。",
            )
        fitted = Fitted(fitted.lines, max(fitted.size - 0.5, MIN_SIZE))
