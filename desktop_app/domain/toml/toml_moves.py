"""Tables and items of lists in a TOML text copied, moved and taken out, comments and order kept."""

from __future__ import annotations

import copy
import re
from typing import Any

from desktop_app.domain.toml.toml_edit import unset, value_at, values_of
from desktop_app.domain.toml.toml_map import ITEM, is_within, map_of
from desktop_app.domain.toml.toml_tables import checked, holder_of

_AFTER_ITEM = re.compile(r"[ \t]*,?")


def copy_item(text: str, path: str) -> str:
    """Put a copy of an item of a list of tables behind it.

    Raises:
        KeyError: there is no such item.
    """
    items, at = _items(values := values_of(text), path)
    items.insert(at, copy.deepcopy(items[at]))
    plan = map_of(text)
    start, end = plan.span_of(path)
    if path in plan.values:
        copied = f"{text[:end]}, {text[start:end]}{text[end:]}"
    else:
        block = text[start:end].rstrip()
        copied = f"{text[:end].rstrip()}\n\n{block}\n\n{text[end:].lstrip()}"
    return checked(copied, values)


def move_item(text: str, path: str, by: int) -> str:
    """Let an item of a list change places with the one before (-1) or after (1) it.

    Raises:
        KeyError: there is no such neighbour.
    """
    items, at = _items(values := values_of(text), path)
    if not 0 <= at + by < len(items):
        raise KeyError(path)
    items[at], items[at + by] = items[at + by], items[at]
    plan = map_of(text)
    other = f"{path[: path.rindex('[')]}[{at + by + 1}]"
    (start, end), (later, last) = sorted((plan.block_of(path), plan.block_of(other)))
    moved = text[:start] + text[later:last] + text[end:later] + text[start:end] + text[last:]
    return checked(moved, values)


def remove_item(text: str, path: str) -> str:
    """Take an item out of a list of tables; the last one takes its list with it where it can.

    Raises:
        KeyError: there is no such item.
    """
    _items(values_of(text), path)
    plan = map_of(text)
    start, end = plan.span_of(path)
    if path in plan.values:
        after = _AFTER_ITEM.match(text, end)
        return text[:start] + text[after.end() if after else end :]
    return _cut(text, start, end)


def remove_table(text: str, path: str) -> str:
    """Take a table with all below it out, wherever its pieces stand.

    Raises:
        KeyError: it is not there, or not written as a table.
    """
    if path in map_of(text).pairs:
        return unset(text, path)
    holder, key = holder_of(values := values_of(text), path)
    del holder[key]
    while pieces := [one for one in map_of(text).headers if is_within(one[0], path)]:
        header, start = pieces[-1]
        text = _cut(text, start, map_of(text).end_of(header, start))
    return checked(text, _without_empty(values, path))


def _cut(text: str, start: int, end: int) -> str:
    """Take whole lines out, with the empty lines that only parted them from the next ones."""
    before, after = text[:start], text[end:]
    return before + after.lstrip("\r\n") if after else before.rstrip() + "\n"


def _without_empty(values: dict[str, Any], path: str) -> dict[str, Any]:
    """Tables that only held the one at the path go with it: no header of theirs is left."""
    above = path.rpartition(".")[0]
    while above and value_at(values, above) == {}:
        holder, key = holder_of(values, above)
        del holder[key]
        above = above.rpartition(".")[0]
    return values


def _items(values: Any, path: str) -> tuple[list[Any], int]:
    found = ITEM.match(path)
    items = value_at(values, found["list"]) if found else None
    if found is None or not isinstance(items, list) or int(found["place"]) > len(items):
        raise KeyError(path)
    return items, int(found["place"]) - 1
