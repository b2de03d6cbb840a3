"""A TOML text changed at one key, its comments and order kept; valid TOML in, valid TOML out."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from desktop_app.domain.scheme_lines import Scanner, below

FIGURE_KEYS = frozenset({"value", "to_confirm", "source"})
_AFTER_ITEM = re.compile(r"[ \t]*,?")
_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\r?\n|$)")
_TO_LINE_END = re.compile(r"[^\r\n]*")
_COMMENTS = re.compile(r"(?<=\n)(?:[ \t]*(?:#[^\n]*)?\r?\n)*$")
_ITEM = re.compile(r"^(?P<list>.+)\[(?P<place>\d+)\]$")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value: a scalar, a list of words, or a figure's whole table."""

    path: str
    value: Any


def values_of(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=Decimal)


def leaves(text: str) -> tuple[Leaf, ...]:
    """Every value of a text by its key path, as the document orders them."""
    return tuple(_leaves_of(values_of(text), "", _Map(text).values.keys()))


def _leaves_of(table: Mapping[str, Any], path: str, written: Collection[str]) -> Iterator[Leaf]:
    for key, value in table.items():
        place = below(path, key)
        if is_figure(value) and place in written:  # not a table under a header
            yield Leaf(place, value)
        elif isinstance(value, dict):
            yield from _leaves_of(value, place, written)
        elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            for number, item in enumerate(value, start=1):
                yield from _leaves_of(item, f"{place}[{number}]", written)
        else:
            yield Leaf(place, value)


def is_figure(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and value.keys() <= FIGURE_KEYS


def literal(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(key)} = {literal(item)}" for key, item in value.items())
        return f"{{ {pairs} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(item) for item in value)}]"
    return str(value)


def set_value(text: str, path: str, value: Any) -> str:
    """Put a value in place of the one at `path`; a key that its table lacks is added to it.

    Raises:
        KeyError: there is no table to hold the key.
    """
    plan = _Map(text)
    if path in plan.values:
        start, end = plan.values[path]
        return text[:start] + literal(value) + text[end:]
    table, _dot, key = path.rpartition(".")
    line = f"{_key(key)} = {literal(value)}"
    if table not in plan.bodies:
        raise KeyError(path)
    at = plan.bodies[table]
    if table in plan.inline:
        return f"{text[:at]}, {line}{text[at:]}"
    if not at:
        return f"{line}\n{text}"
    rest = _TO_LINE_END.match(text, at)
    at = rest.end() if rest else at
    return f"{text[:at]}\n{line}{text[at:]}"


def unset(text: str, path: str) -> str:
    """Take a key with its line out of its table.

    Raises:
        KeyError: the key is not there, or shares its line with others.
    """
    plan = _Map(text)
    if path not in plan.pairs or path.rpartition(".")[0] in plan.inline:
        raise KeyError(path)
    start, end = plan.pairs[path]
    rest = _REST_OF_LINE.match(text, end)
    return text[:start] + text[rest.end() if rest else end :]


def copy_item(text: str, path: str) -> str:
    """Put a copy of an item of a list of tables behind it; its id is told apart by a number."""
    plan = _Map(text)
    start, end = plan.span_of(path)
    if path in plan.values:
        copied = f"{text[:end]}, {text[start:end]}{text[end:]}"
    else:
        block = text[start:end].rstrip()
        copied = f"{text[:end].rstrip()}\n\n{block}\n\n{text[end:].lstrip()}"
    found = _ITEM.match(path)
    assert found is not None  # span_of knows items only
    new = f"{found['list']}[{int(found['place']) + 1}]"
    values = _Map(copied).values
    for key in ("id", "key"):
        if (place := values.get(f"{new}.{key}")) is not None:
            old = tomllib.loads(f"k = {copied[place[0] : place[1]]}")["k"]
            return set_value(copied, f"{new}.{key}", f"{old}-copy")
    return copied


def remove_item(text: str, path: str) -> str:
    """Take an item out of a list of tables.

    Raises:
        KeyError: there is no such item.
    """
    plan = _Map(text)
    start, end = plan.span_of(path)
    if path in plan.values:
        after = _AFTER_ITEM.match(text, end)
        return text[:start] + text[after.end() if after else end :]
    return text[:start] + text[end:]


def end_of_item(text: str, path: str) -> int:
    """Where an item of a list of tables ends, with all that belongs to it.

    Raises:
        KeyError: there is no such item.
    """
    return _Map(text).span_of(path)[1]


class _Map(Scanner):
    """Where each value, each pair and each table of a text stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: dict[str, tuple[int, int]] = {}
        self.pairs: dict[str, tuple[int, int]] = {}  # key and value together
        self.bodies: dict[str, int] = {"": 0}  # where a table's last own pair ends
        self.inline: set[str] = set()
        self.headers: list[tuple[str, int]] = []
        super().__init__(text)

    def span_of(self, item: str) -> tuple[int, int]:
        """An item of a list: its braces, or its header with all that belongs to it."""
        if not _ITEM.match(item):
            raise KeyError(item)
        if item in self.values:
            return self.values[item]
        places = [start for path, start in self.headers if path == item]
        if not places:
            raise KeyError(item)
        later = (
            start
            for path, start in self.headers
            if start > places[0] and not path.startswith((f"{item}.", f"{item}["))
        )
        end = next(later, len(self.text))
        comments = _COMMENTS.search(self.text, places[0], end)
        return places[0], comments.start() if comments and end < len(self.text) else end

    def _header(self) -> str:
        start = self._at
        path = super()._header()
        self.headers.append((path, start))
        self.bodies[path] = self._at
        return path

    def _pair(self, table: str) -> None:
        start = self._at
        super()._pair(table)
        path = next(reversed(self.values))  # the pair's own value is noted after those inside it
        end = self.values[path][1]
        self.pairs[path] = (start, end)
        self.bodies[table] = end

    def _value(self, path: str) -> None:
        start = self._at
        if self.text[start] == "{":
            self.inline.add(path)
        super()._value(path)
        end = start + len(self.text[start : self._at].rstrip())
        self.values.pop(path, None)
        self.values[path] = (start, end)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else literal(key)
