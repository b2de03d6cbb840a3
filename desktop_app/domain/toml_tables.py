"""Tables of a TOML text added, copied, moved and taken out, comments and order kept.

What a change would make of the text is read again: a text whose shape does not allow it (a table
written by dotted keys, in pieces) is refused by KeyError instead of being changed otherwise.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desktop_app.domain.toml_edit import bare, is_figure, literal, set_value, unset, values_of
from desktop_app.domain.toml_map import ITEM, TextMap, is_within

_PLACE = re.compile(r"\[\d+\]")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_AFTER_ITEM = re.compile(r"[ \t]*,?")
_INDENT = re.compile(r"\n[ \t]*$")


def value_at(values: Any, path: str) -> Any:
    """What stands at a key path; None where nothing does."""
    for key, place in _STEP.findall(path):
        try:
            values = values[key or int(place) - 1]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def add_table(text: str, path: str, table: Mapping[str, Any], order: Sequence[str] = ()) -> str:
    """Add a table at a path that is free.

    Args:
        text: valid TOML.
        path: such as `plans[2].benefits.waiting`.
        table: what it holds.
        order: the text's topmost keys in the order in which new ones are put.

    Raises:
        KeyError: the text has no place for it.
    """
    values = values_of(text)
    holder, key = _holder(values, path)
    if key in holder:
        raise KeyError(path)
    holder[key] = table
    plan = TextMap(text)
    if any(is_within(path, inline) for inline in plan.inline):
        return _checked(set_value(text, path, table), values)
    return _checked(_with_section(plan, path, table, order, "[{}]"), values)


def add_item(text: str, path: str, table: Mapping[str, Any], order: Sequence[str] = ()) -> str:
    """Add a table at the end of a list of tables, which may not be there yet.

    Raises:
        KeyError: the text has no place for it.
    """
    values = values_of(text)
    holder, key = _holder(values, path)
    if not isinstance(holder.setdefault(key, []), list):
        raise KeyError(path)
    holder[key] = [*holder[key], table]
    plan = TextMap(text)
    if path in plan.values:
        return _checked(_with_inline_item(plan, path, table), values)
    if any(is_within(path, inline) for inline in plan.inline):
        return _checked(set_value(text, path, [table]), values)
    return _checked(_with_section(plan, path, table, order, "[[{}]]"), values)


def copy_item(text: str, path: str) -> str:
    """Put a copy of an item of a list of tables behind it.

    Raises:
        KeyError: there is no such item.
    """
    items, at = _items(values := values_of(text), path)
    items.insert(at, copy.deepcopy(items[at]))
    plan = TextMap(text)
    start, end = plan.span_of(path)
    if path in plan.values:
        copied = f"{text[:end]}, {text[start:end]}{text[end:]}"
    else:
        block = text[start:end].rstrip()
        copied = f"{text[:end].rstrip()}\n\n{block}\n\n{text[end:].lstrip()}"
    return _checked(copied, values)


def move_item(text: str, path: str, by: int) -> str:
    """Let an item of a list change places with the one before (-1) or after (1) it.

    Raises:
        KeyError: there is no such neighbour.
    """
    items, at = _items(values := values_of(text), path)
    if not 0 <= at + by < len(items):
        raise KeyError(path)
    items[at], items[at + by] = items[at + by], items[at]
    plan = TextMap(text)
    other = f"{path[: path.rindex('[')]}[{at + by + 1}]"
    (start, end), (later, last) = sorted((plan.block_of(path), plan.block_of(other)))
    moved = text[:start] + text[later:last] + text[end:later] + text[start:end] + text[last:]
    return _checked(moved, values)


def remove_item(text: str, path: str) -> str:
    """Take an item out of a list of tables; the last one takes its list with it where it can.

    Raises:
        KeyError: there is no such item.
    """
    _items(values_of(text), path)
    plan = TextMap(text)
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
    if path in TextMap(text).pairs:
        return unset(text, path)
    holder, key = _holder(values := values_of(text), path)
    del holder[key]
    while pieces := [one for one in TextMap(text).headers if is_within(one[0], path)]:
        header, start = pieces[-1]
        text = _cut(text, start, TextMap(text).end_of(header, start))
    return _checked(text, _without_empty(values, path))


def _cut(text: str, start: int, end: int) -> str:
    """Take whole lines out, with the empty lines that only parted them from the next ones."""
    before, after = text[:start], text[end:]
    return before + after.lstrip("\r\n") if after else before.rstrip() + "\n"


def _without_empty(values: dict[str, Any], path: str) -> dict[str, Any]:
    """Tables that only held the one at the path go with it: no header of theirs is left."""
    above = path.rpartition(".")[0]
    while above and value_at(values, above) == {}:
        holder, key = _holder(values, above)
        del holder[key]
        above = above.rpartition(".")[0]
    return values


def _with_inline_item(plan: TextMap, path: str, table: Mapping[str, Any]) -> str:
    text, (start, end) = plan.text, plan.values[path]
    items = [place for place in plan.values if place.startswith(f"{path}[") and ITEM.match(place)]
    items = [place for place in items if place.count("[") == path.count("[") + 1]
    if not items:
        return f"{text[:start]}[{literal(table)}]{text[end:]}"
    first, at = (
        min(plan.values[place][0] for place in items),
        max(plan.values[place][1] for place in items),
    )
    indent = _INDENT.search(text, 0, first)
    return f"{text[:at]},{indent[0] if indent else ' '}{literal(table)}{text[at:]}"


def _with_section(
    plan: TextMap, path: str, table: Mapping[str, Any], order: Sequence[str], header: str
) -> str:
    at = _place(plan, path, order)
    block = "\n\n".join(_sections(_PLACE.sub("", path), table, header))
    before, after = plan.text[:at].rstrip(), plan.text[at:].lstrip("\r\n")
    return "\n\n".join(filter(None, (before, block, after))) + ("" if after else "\n")


def _sections(path: str, table: Mapping[str, Any], header: str) -> Iterator[str]:
    inside = {key: one for key, one in table.items() if isinstance(one, dict)}
    inside = {key: one for key, one in inside.items() if not is_figure(one)}
    pairs = [f"{bare(k)} = {_written(one)}" for k, one in table.items() if k not in inside]
    yield "\n".join((header.format(path), *pairs))
    for key, one in inside.items():
        yield from _sections(f"{path}.{bare(key)}", one, "[{}]")


def _written(value: Any) -> str:
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        return "\n".join(("[", *(f"  {literal(one)}," for one in value), "]"))
    return literal(value)


def _place(plan: TextMap, path: str, order: Sequence[str]) -> int:
    """Behind the items there are, else at the end of the table around it, else by the order."""
    last = [header for header, _at in plan.headers if is_within(header, f"{path}[")]
    items = [header for header in last if header.rpartition("[")[0] == path]
    if items:
        return plan.span_of(items[-1])[1]
    around = path
    known = {header for header, _at in plan.headers}
    while around := around[: max(around.rfind("."), around.rfind("["), 0)]:
        if around in known:
            return plan.span_of(around)[1]
    return _place_at_top(plan, path.partition(".")[0], order)


def _place_at_top(plan: TextMap, key: str, order: Sequence[str]) -> int:
    before = [*order[: order.index(key)], key] if key in order else [*order, key]
    place = None
    for header, start in plan.headers:
        first = _STEP.findall(header)[0][0]
        if first in before:
            place = plan.end_of(first, start)
    if place is not None:
        return place
    return plan.end_of("\n", -1) if plan.headers else len(plan.text)


def _holder(values: Any, path: str) -> tuple[dict[str, Any], str]:
    """The table that holds the path's last key; tables on the way are made."""
    above, _dot, key = path.rpartition(".")
    for name, place in _STEP.findall(above):
        if name and isinstance(values, dict):
            values = values.setdefault(name, {})
        else:
            values = value_at(values, f"[{place}]")
    if not isinstance(values, dict):
        raise KeyError(path)
    return values, key


def _items(values: Any, path: str) -> tuple[list[Any], int]:
    found = ITEM.match(path)
    items = value_at(values, found["list"]) if found else None
    if found is None or not isinstance(items, list) or int(found["place"]) > len(items):
        raise KeyError(path)
    return items, int(found["place"]) - 1


def _checked(text: str, values: Any) -> str:
    if values_of(text) != values:
        raise KeyError("shape")
    return text
