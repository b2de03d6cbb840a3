"""Which item of a list is which in another version of a scheme: by its id, else by likeness."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from desktop_app.domain.toml.toml_lines import below

_BY = ("id", "key", "year", "title")
_PLACE_END = re.compile(r"\]")
Items = Sequence[Mapping[str, Any]]


@dataclass(slots=True)
class Matches:
    """The items that two texts have in common, by their key paths.

    Args:
        places: of each item of the old text, its path in the new one; a path that no item of the
            new one has where it is gone.
        origins: the same of the new text's items in the old one.
        moved: items that stand in another order than before, old path and new path.
    """

    places: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    moved: list[tuple[str, str]] = field(default_factory=list)

    def in_new(self, path: str) -> str:
        """Where what stood at an old key path is to be found in the new text."""
        return _carried(path, self.places)

    def in_old(self, path: str) -> str:
        """Where what stands at a new key path was to be found in the old text."""
        return _carried(path, self.origins)

    def turned(self) -> Matches:
        """The same, as the new text sees the old one."""
        return Matches(self.origins, self.places)

    def match(self, old: Mapping[str, Any], new: Mapping[str, Any], at: str, to: str) -> None:
        """Match all lists of tables below two tables."""
        for key, value in old.items():
            there = new.get(key)
            if isinstance(value, dict) and isinstance(there, dict):
                self.match(value, there, below(at, key), below(to, key))
            elif _is_tables(value) and isinstance(there, list) and _is_tables(there):
                self._match_items(value, there, below(at, key), below(to, key))

    def _match_items(self, old: Items, new: Items, at: str, to: str) -> None:
        name = next((key for key in _BY if _tells(key, old) and _tells(key, new)), "")
        pairs = _by_name(old, new, name) if name else _by_likeness(old, new)
        self.places |= {f"{at}[{place}]": f"{to}[-{place}]" for place in range(1, len(old) + 1)}
        self.origins |= {f"{to}[{place}]": f"{at}[-{place}]" for place in range(1, len(new) + 1)}
        for place, other in pairs:
            was, now = f"{at}[{place + 1}]", f"{to}[{other + 1}]"
            self.places[was], self.origins[now] = now, was
            self.match(old[place], new[other], was, now)
        self.moved += [
            (f"{at}[{place + 1}]", f"{to}[{other + 1}]") for place, other in _out_of_order(pairs)
        ]


def _carried(path: str, places: Mapping[str, str]) -> str:
    ends = [found.end() for found in _PLACE_END.finditer(path)]
    known = next((path[:end] for end in reversed(ends) if path[:end] in places), "")
    return places[known] + path[len(known) :] if known else path


def matches(old: Mapping[str, Any], new: Mapping[str, Any]) -> Matches:
    found = Matches()
    found.match(old, new, "", "")
    return found


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _tells(key: str, items: Items) -> bool:
    """Whether a key tells the items from one another."""
    names = [one.get(key) for one in items]
    return None not in names and len({repr(name) for name in names}) == len(names)


def _by_name(old: Items, new: Items, key: str) -> list[tuple[int, int]]:
    there = {repr(one[key]): place for place, one in enumerate(new)}
    names = [(place, repr(one[key])) for place, one in enumerate(old)]
    return [(place, there[name]) for place, name in names if name in there]


def _by_likeness(old: Items, new: Items) -> list[tuple[int, int]]:
    """Equal items, and those that took the place of others between them."""
    found = SequenceMatcher(None, [repr(one) for one in old], [repr(one) for one in new])
    return [
        pair
        for tag, first, last, start, end in found.get_opcodes()
        if tag in ("equal", "replace")
        for pair in zip(range(first, last), range(start, end), strict=False)
    ]


def _out_of_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The fewest pairs without which the others keep their order."""
    before = [other for _place, other in pairs]
    kept = SequenceMatcher(None, before, sorted(before)).get_matching_blocks()
    still = {place for one in kept for place in range(one.a, one.a + one.size)}
    return [pair for place, pair in enumerate(pairs) if place not in still]
