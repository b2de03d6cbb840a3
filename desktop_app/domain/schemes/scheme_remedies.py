"""What to do about a fault of a scheme file, by the kind of the fault."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Collection, Iterable

_EXAMPLES: dict[type, str] = {
    str: '"…"',
    int: "12",
    bool: "true",
    datetime.date: "2024-12-31",
    datetime.datetime: "2022-11-11T08:00:00",
}


def to_fill(place: str, kind: type) -> str:
    """How a value of this kind is written at the place."""
    key = place.rpartition(".")[2]
    if kind in _EXAMPLES:
        return f"请写成 {key} = {_EXAMPLES[kind]} 这样。"
    return f"请写成 [{place}] 开头的一段,或 {key} = {{ … }} 这样。"


def to_choose(allowed: Iterable[str]) -> str:
    return f"可以写:{'、'.join(allowed)}。"


def to_spell(key: str, known: Collection[str]) -> str:
    """The key that was meant, where one is near; else those there are."""
    near = difflib.get_close_matches(key, sorted(known), n=1)
    if near:
        return f"是不是想写“{near[0]}”?若不需要这一项,请删去。"
    return f"请删去这一项,或改成认识的项({'、'.join(sorted(known))})。"


def to_bound(least: int, most: int) -> str:
    return f"请按文件核对,写{least}到{most}之间的整数。"


def to_compare(place: str) -> str:
    return f"请对照随程序提供的方案文件,改正 {place}。"
