"""What differs between two versions of a scheme, in words for people who never see its file.

An item that came, went or moved is told once; its neighbours, whose places changed by it, are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.domain.scheme_editor.scheme_choices import is_id, said
from desktop_app.domain.scheme_editor.scheme_guide import field_word, place_words
from desktop_app.domain.scheme_editor.scheme_matches import Matches, matches
from desktop_app.domain.scheme_editor.scheme_terms import PARTS, part_of
from desktop_app.domain.toml.toml_edit import leaves, value_at, values_of
from desktop_app.domain.toml.toml_map import ITEM

NONE = "(没有)"
_PARTS = tuple(PARTS)


@dataclass(frozen=True, slots=True)
class Difference:
    path: str  # key path in the second text; of what is gone, in the first
    part: str  # 项目与份数
    label: str  # 项目“住院医疗” · 每份金额
    old: str
    new: str


class _Side:
    """One of the two texts."""

    def __init__(self, text: str) -> None:
        self.values = values_of(text)
        self.leaves = {leaf.path: leaf.value for leaf in leaves(text)}

    def label(self, path: str) -> str:
        return " · ".join(place_words(path, self.values))

    def said(self, path: str) -> str:
        return said(path, self.leaves.get(path), self.values)

    def has(self, table: str) -> bool:
        return not table or value_at(self.values, table) is not None

    def table(self, path: str) -> str:
        """What a table says itself, on one line."""
        own = [leaf for leaf in self.leaves if leaf.rpartition(".")[0] == path]
        told = [f"{field_word(leaf)}:{self.said(leaf)}" for leaf in own if not self._is_id(leaf)]
        return ";".join(told) or "有"

    def _is_id(self, leaf: str) -> bool:
        return is_id(leaf, self.values)


def differences(first: str, second: str) -> tuple[Difference, ...]:
    """What differs between two texts, part by part, in the order of the second one."""
    old, new = _Side(first), _Side(second)
    found = matches(old.values, new.values)
    told = [
        *_changed(old, new, found),
        *_come(old, new, found),
        *_moved(old, new, found),
        *(_told(one.path, one.label, one.new, one.old) for one in _come(new, old, found.turned())),
    ]
    return tuple(sorted(told, key=lambda one: _PARTS.index(part_of(one.path))))


def _changed(old: _Side, new: _Side, found: Matches) -> Iterator[Difference]:
    for path, value in new.leaves.items():
        before = found.in_old(path)
        if before in old.leaves and old.leaves[before] != value and path != "version":
            yield _told(path, new.label(path), old.said(before), new.said(path))


def _come(old: _Side, new: _Side, found: Matches) -> Iterator[Difference]:
    """Values that were not there before; of a whole table, one line for all of them."""
    tables: set[str] = set()
    for path, value in new.leaves.items():
        table = path.rpartition(".")[0]
        if found.in_old(path) in old.leaves or value == [] or table in tables:
            continue
        if old.has(found.in_old(table)):
            yield _told(path, new.label(path), said(path, None, {}), new.said(path))
        else:
            tables.add(table)
            yield _told(table, new.label(table), NONE, new.table(table))


def _moved(old: _Side, new: _Side, found: Matches) -> Iterator[Difference]:
    for before, path in found.moved:
        label = f"{new.label(path)} · 次序"
        yield _told(path, label, _after(old, before), _after(new, path))


def _after(side: _Side, item: str) -> str:
    """Behind which item of its list an item stands."""
    place = ITEM.match(item)
    assert place is not None  # items move, and nothing else
    if place["place"] == "1":
        return "排在最前"
    above = f"{place['list']}[{int(place['place']) - 1}]"
    return f"排在{place_words(above, side.values)[-1]}之后"


def _told(path: str, label: str, old: str, new: str) -> Difference:
    return Difference(path, PARTS[part_of(path)], label, old, new)
