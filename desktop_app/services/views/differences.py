"""The difference between two lists of a unit as the dialogs and the command line show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class ChangeLine(NamedTuple):
    """One person of the difference. A named tuple: there may be 200,000 of them."""

    kind: str
    label: str
    name: str
    identity: str  # masked
    note: str
    likely: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class KindCount:
    kind: str
    label: str
    people: int
    likely: int = 0  # of them, whose correction nobody has said
    waits: int = 0  # of them, who stand in a refused row and join no list yet

    @property
    def text(self) -> str:
        waits = 0 if self.kind == "waiting" else self.waits
        told = [self._part("疑似", self.likely), self._part("待补正", waits)]
        words = ",".join(filter(None, told))
        return f"{self.label}{self.people}人" + (f"({words})" if words else "")

    def _part(self, word: str, people: int) -> str:
        if not people:
            return ""
        return word if people == self.people else f"其中{word}{people}人"


@dataclass(frozen=True, slots=True)
class ListFigures:
    """What a list comes to."""

    title: str
    people: int
    due_fen: int | None
    participation: str


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """Who came, stayed and left, and what that makes of people, money and participation.

    Args:
        from_year: whose list the new one is laid beside; None where there is none.
        addition: people taken in mid-period, beside those of the period so far.
        counts: every kind, also those of nobody.
        figures: of the lists, the one before first.
        digest: SHA-256 of the whole difference: what a reviewer signs.
    """

    unit_name: str
    year: int
    from_year: int | None
    addition: bool
    counts: tuple[KindCount, ...]
    figures: tuple[ListFigures, ...]
    lines: tuple[ChangeLine, ...]
    digest: str

    @property
    def text(self) -> str:
        told = "、".join(one.text for one in self.counts if one.people)
        return f"{self._beside}:{told or '没有人'}"

    @property
    def _beside(self) -> str:
        if self.addition:
            return f"{self.year}年度中途增员"
        return f"与{self.from_year}年度比" if self.from_year else "上年没有名单"
