"""Tables and items of lists added to a TOML text, each put where it belongs.

What a change would make of the text is read again: a text whose shape does not allow it (a table
written by dotted keys, in pieces) is refused by KeyError instead of being changed otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desktop_app.domain.toml.toml_edit import (
    KEY,
    bare,
    is_figure,
    literal,
    set_value,
    value_at,
    values_of,
)
from desktop_app.domain.toml.toml_map import ITEM, TextMap, is_within, map_of

_PLACE = re.compile(r"\[\d+\]")
_INDENT = re.compile(r"\n[ \t]*$")


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
    holder, key = holder_of(values, path)
    if key in holder:
        raise KeyError(path)
    holder[key] = table
    plan = map_of(text)
    if any(is_within(path, inline) for inline in plan.inline):
        return checked(set_value(text, path, table), values)
    return checked(_with_section(plan, path, table, order, "[{}]"), values)


def add_item(text: str, path: str, table: Mapping[str, Any], order: Sequence[str] = ()) -> str:
    """Add a table at the end of a list of tables, which may not be there yet.

    Raises:
        KeyError: the text has no place for it.
    """
    values = values_of(text)
    holder, key = holder_of(values, path)
    if not isinstance(holder.setdefault(key, []), list):
        raise KeyError(path)
    holder[key] = [*holder[key], table]
    plan = map_of(text)
    if path in plan.values:
        return checked(_with_inline_item(plan, path, table), values)
    if any(is_within(path, inline) for inline in plan.inline):
        return checked(set_value(text, path, [table]), values)
    return checked(_with_section(plan, path, table, order, "[[{}]]"), values)


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
        first = KEY.findall(header)[0][0]
        if first in before:
            place = plan.end_of(first, start)
    if place is not None:
        return place
    return plan.end_of("\n", -1) if plan.headers else len(plan.text)


def holder_of(values: Any, path: str) -> tuple[dict[str, Any], str]:
    """The table that holds the path's last key; tables on the way are made."""
    above, _dot, key = path.rpartition(".")
    for name, place in KEY.findall(above):
        if name and isinstance(values, dict):
            values = values.setdefault(name, {})
        else:
            values = value_at(values, f"[{place}]")
    if not isinstance(values, dict):
        raise KeyError(path)
    return values, key


def checked(text: str, values: Any) -> str:
    if values_of(text) != values:
        raise KeyError("shape")
    return text
