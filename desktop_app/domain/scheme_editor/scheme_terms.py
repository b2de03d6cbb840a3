"""A scheme file's keys and words in Chinese, and which part of the scheme each key is of."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from desktop_app.domain.money import yuan
from desktop_app.domain.scheme_editor.scheme_shares import is_share, share_text
from desktop_app.domain.scheme_editor.scheme_words import CHOICES, ITEMS, KEY_WORDS, UNIT_KINDS
from desktop_app.domain.toml.toml_edit import is_figure

# The parts of a scheme, as the editor's tabs and the comparison name them.
PARTS: Mapping[str, str] = MappingProxyType(
    {
        "basic": "基本",
        "eligibility": "资格",
        "participation": "参加比例",
        "plans": "项目与份数",
        "coverage": "保障期",
        "funding": "费用",
        "benefits": "待遇",
        "papers": "资料",
        "steps": "步骤",
        "words": "用语",
    }
)
_PART_OF = (
    (re.compile(r"eligibility\b"), "eligibility"),
    (re.compile(r"participation\b"), "participation"),
    (re.compile(r"plans\[\d+\]\.benefits\b"), "benefits"),
    (re.compile(r"plans\b"), "plans"),
    (re.compile(r"(?:coverage|drives|windows|closures)\b"), "coverage"),
    (re.compile(r"(?:funding|payee)\b"), "funding"),
    (re.compile(r"claims\.steps\b"), "steps"),
    (re.compile(r"(?:claims\.papers|papers|province)\b"), "papers"),
    (re.compile(r"claims\b"), "benefits"),
    (re.compile(r"steps\b"), "steps"),
    (re.compile(r"(?:words|notices)\b"), "words"),
)
_PLACES = re.compile(r"\[\d+\]")
_STEP = re.compile(r"([^.\[\]]+)(?:\[(\d+)\])?")
NAMELESS = "(还没有名称)"
_TELLING: Mapping[str, tuple[str, ...]] = {
    "parts": ("kind", "payer"),
    "payers": ("payer",),
    "ceilings": ("per",),
    "stacking": ("mode",),
}
_NAMES = ("short_name", "label", "title", "name", "year", "key", "id")


def part_of(path: str) -> str:
    """The part of the scheme that a key path belongs to."""
    return next((part for pattern, part in _PART_OF if pattern.match(path)), "basic")


def choices_of(path: str) -> Mapping[str, str]:
    """The words a key may hold, with what they mean; empty where it holds anything."""
    names = [name for name, _place in _STEP.findall(path)]
    known = CHOICES.get(".".join(names[-3:])) or CHOICES.get(".".join(names[-2:]))
    return known or CHOICES.get(names[-1]) or {}


def items_of(path: str) -> Mapping[str, str]:
    """The words a list may hold, with what they mean; empty where it holds anything."""
    return ITEMS.get(_PLACES.sub("", path)) or ITEMS.get(path.rpartition(".")[2], {})


def key_word(key: str) -> str:
    """A key in Chinese; the key itself where there is no word for it."""
    return KEY_WORDS.get(key) or UNIT_KINDS.get(key) or key


def path_words(path: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    """A key path in words, step by step, such as 项目“住院医疗”, 限购份数, 机关."""
    words: list[str] = []
    here: Any = values
    for key, place in _STEP.findall(path):
        here = here.get(key) if isinstance(here, Mapping) else None
        word = key_word(key)
        if place:
            here = _item(here, int(place))
            word += _name_of(here) or _meaning_of(key, here) or place
        elif words[-1:] == [KEY_WORDS["classes"]] and isinstance(here, Mapping):
            word = str(here.get("label") or NAMELESS)  # a class of people has its own name
        words.append(word)
    return tuple(words)


def _item(values: Any, place: int) -> Any:
    return values[place - 1] if isinstance(values, list) and place <= len(values) else None


def _name_of(item: Any) -> str:
    if not isinstance(item, Mapping):
        return ""
    if "kind" in item or not item.keys() & {*_NAMES}:
        return ""  # its id says nothing to people
    name = next((str(item[key]) for key in _NAMES if key in item), "") or NAMELESS
    return f"“{name}”" if name else ""


def _meaning_of(key: str, item: Any) -> str:
    """What tells one item without a name from another: its kind, its payer, its span."""
    for told in _TELLING.get(key, ()):
        word = item.get(told) if isinstance(item, Mapping) else None
        meaning = choices_of(f"{key}.{told}").get(str(word))
        if meaning:
            return f"“{meaning}”"
    return ""


def is_money(path: str) -> bool:
    key = path.rpartition(".")[2]
    return key == "fen" or key.endswith("_fen")


def value_text(path: str, value: Any) -> str:
    """A value in words; — where there is none."""
    if value is None:
        return "—"
    if is_share(path):
        return share_text(value)
    if isinstance(value, str):
        return choices_of(path).get(value, value)
    if isinstance(value, list):
        known = items_of(path)
        return "、".join(known.get(str(one), str(one)) for one in value) or "(空)"
    return _figure_text(path, value) if is_figure(value) else _plain_text(path, value)


def _plain_text(path: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int) and is_money(path):
        return f"{yuan(value)} 元"
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)


def _figure_text(path: str, figure: Mapping[str, Any]) -> str:
    value = figure.get("value")
    shown = value_text(path, value) if value is not None else ""
    if figure.get("to_confirm"):
        return f"{shown}(待核对)" if shown else "待核对"
    return shown
