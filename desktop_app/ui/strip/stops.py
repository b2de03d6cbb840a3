"""The strip's way through a case: a stop for each value, in the order of the site's screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from desktop_app.services.views.submissions import EntryPart

Key = tuple[str, str, str]  # part, person, label: finds a stop again where the list has changed


@dataclass(frozen=True, slots=True)
class Stop:
    """One value to copy, and where it belongs."""

    part: str
    label: str
    value: str = field(repr=False)
    whose: str = field(default="", repr=False)  # 第 5 人 田桂兰
    people: int = 0  # how many people the part has

    @property
    def key(self) -> Key:
        return self.part, self.whose, self.label

    @property
    def where(self) -> str:
        return f"{self.part} · {self.whose}(共 {self.people} 人)" if self.whose else self.part


def stops_of(parts: Sequence[EntryPart]) -> tuple[Stop, ...]:
    """Every value of every part, each told of how many people it is one."""
    stops: list[Stop] = []
    for part in parts:
        own = [Stop(part.title, one.label, one.value, one.whose) for one in part.fields]
        people = len({one.whose for one in own if one.whose})
        stops += [replace(one, people=people) for one in own]
    return tuple(stops)


class Route:
    """Where one is on the way; past the last stop everything has been entered."""

    def __init__(self, stops: tuple[Stop, ...] = ()) -> None:
        self.stops = stops
        self.at = 0
        # Where a person, or the part that is nobody's, begins.
        self._heads = [
            at
            for at, stop in enumerate(stops)
            if at == 0 or (stop.part, stop.whose) != (stops[at - 1].part, stops[at - 1].whose)
        ]

    @property
    def now(self) -> Stop | None:
        """The value to copy next; None where all are through."""
        return self.stops[self.at] if self.at < len(self.stops) else None

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(stop.part for stop in self.stops))

    def ahead(self) -> None:
        self.at = min(self.at + 1, len(self.stops))

    def back(self) -> None:
        self.at = max(self.at - 1, 0)

    def next_person(self) -> None:
        """The first value of the next person; from the unit's own values, of the first one."""
        self.at = next((head for head in self._heads if head > self.at), len(self.stops))

    def person_before(self) -> None:
        """The first value of this person, or of the one before where one is there already."""
        self.at = next((head for head in reversed(self._heads) if head < self.at), 0)

    def go_to_part(self, title: str) -> None:
        self.at = next((at for at, stop in enumerate(self.stops) if stop.part == title), self.at)

    def go_to(self, key: Key) -> None:
        """Go where one was; to the beginning where that value is not asked for any more."""
        self.at = next((at for at, stop in enumerate(self.stops) if stop.key == key), 0)

    def go_to_person(self, text: str) -> bool:
        """The next person whose name or number in the list is this; around from the end."""
        wanted = f"第 {text} 人 " if text.isdecimal() else text
        heads = [head for head in self._heads if wanted in self.stops[head].whose]
        after = [head for head in heads if head > self.at]
        self.at = next(iter(after or heads), self.at)
        return bool(heads)
