"""A TOML text changed at one key, its comments and order kept; valid TOML in, valid TOML out."""

from __future__ import annotations

import datetime
import json
import pickle
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from desktop_app.domain.toml.toml_lines import below
from desktop_app.domain.toml.toml_map import TEXTS_KEPT, map_of

KEY = re.compile(r"([^.\[\]]+)|\[(\d+)\]")  # each key and each place of a key path
FIGURE_KEYS = frozenset({"value", "to_confirm", "source"})
_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\r?\n|$)")
_TO_LINE_END = re.compile(r"[^\r\n]*")
_COMMA_AFTER = re.compile(r"\s*,\s*")
_COMMA_BEFORE = re.compile(r"\s*,\s*$")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value: a scalar, a list of words, or a figure's whole table."""

    path: str
    value: Any


def values_of(text: str) -> dict[str, Any]:
    """A text's values, the caller's own to change."""
    values: dict[str, Any] = pickle.loads(_packed_values(text))
    return values


@lru_cache(TEXTS_KEPT)
def _packed_values(text: str) -> bytes:
    """One change of a text asks for its values several times; unpacking them is far quicker."""
    return pickle.dumps(tomllib.loads(text, parse_float=Decimal))


def value_at(values: Any, path: str) -> Any:
    """What stands at a key path; None where nothing does."""
    for key, place in KEY.findall(path):
        try:
            values = values[key or int(place) - 1]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def leaves(text: str) -> tuple[Leaf, ...]:
    """Every value of a text by its key path, as the document orders them."""
    return tuple(_leaves_of(values_of(text), "", map_of(text).values.keys()))


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
        pairs = ", ".join(f"{bare(key)} = {literal(item)}" for key, item in value.items())
        return f"{{ {pairs} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(item) for item in value)}]"
    return str(value)


def set_value(text: str, path: str, value: Any) -> str:
    """Put a value in place of the one at `path`; a key that its table lacks is added to it.

    Raises:
        KeyError: there is no table to hold the key.
    """
    plan = map_of(text)
    if path in plan.values:
        start, end = plan.values[path]
        return text[:start] + literal(value) + text[end:]
    table, _dot, key = path.rpartition(".")
    line = f"{bare(key)} = {literal(value)}"
    if table in plan.inline and table not in plan.bodies:
        start, end = plan.values[table]
        return f"{text[:start]}{{ {line} }}{text[end:]}"
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
    """Take a key out of its table, with its line where it has one of its own.

    Raises:
        KeyError: the key is not there.
    """
    plan = map_of(text)
    start, end = plan.pairs[path]
    if path.rpartition(".")[0] in plan.inline:
        after = _COMMA_AFTER.match(text, end)
        before = _COMMA_BEFORE.search(text, 0, start)
        if after:
            end = after.end()
        elif before:
            start = before.start()
        return text[:start] + text[end:]
    rest = _REST_OF_LINE.match(text, end)
    return text[:start] + text[rest.end() if rest else end :]


def bare(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else literal(key)
