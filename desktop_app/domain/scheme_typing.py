"""A scheme's values as people type them into a form, and the keys a table may still be given."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from desktop_app.domain.money import parse_yuan, yuan
from desktop_app.domain.scheme_terms import is_money

# What a table may have beside what it has: key -> the value it begins with.
_OPTIONAL: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "": {
            "effective_from": datetime.date(2027, 1, 1),
            "effective_until": datetime.date(2027, 12, 31),
        },
        "eligibility": {
            "employment": ["regular", "contract"],
            "temporary_over_months": 12,
            "insurance": ["employee"],
            "health_declaration": True,
            "union_member": True,
            "areas": [],
            "unit_kinds": [],
        },
        "participation": {"women_base": "women", "women_limit": "unit"},
        "plans[]": {"holders": "women", "with_plan": ""},
        "drives[]": {
            "list_due_on": datetime.date(2027, 11, 5),
            "closes_on": datetime.date(2027, 12, 31),
        },
        "papers[]": {"archived": True, "seal": True, "when": "over-age"},
        "claims.papers[]": {"plans": [], "required": False},
        "claims.steps[]": {
            "who": "reviewer",
            "other_person": True,
            "requires": ["amount"],
            "optional": True,
            "then": "",
            "returns_to": "",
            "refuses_to": "",
        },
        "steps.on-behalf[]": {"other_than": "enrolment.submit"},
        "steps.by-unit[]": {"other_than": "enrolment.submit"},
        "funding.channels[]": {"unit_kinds": [], "note": ""},
        "plans[].benefits.parts[]": {
            "optional": True,
        },
        "plans[].benefits.deductible": {"fen": 0, "later_fen": 0},
        "plans[].benefits.ceilings[]": {
            "fen": 0,
            "per_share": True,
            "plans": [],
            "from": datetime.date(2027, 1, 1),
            "until": datetime.date(2027, 12, 31),
        },
        "plans[].benefits.waiting": {
            "bands": [{"from_day": 0, "to_day": 30, "share": "0/100"}],
            "plans": [],
            "gap_days": 0,
        },
        "plans[].benefits": {
            "known_from": datetime.date(2027, 1, 1),
            "known_until": datetime.date(2027, 12, 31),
            "ends_plan": True,
        },
    }
)
_PLACE = re.compile(r"\[\d+\]")
_SEPARATORS = re.compile(r"[、,,;;\s]+")


def optional_keys(table: str) -> Mapping[str, Any]:
    """The keys that a table may have or not, each with a value to begin with."""
    return _OPTIONAL.get(_PLACE.sub("[]", table), {})


def typed_text(path: str, value: Any) -> str:
    """A value as its field shows it."""
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, int) and is_money(path):
        return yuan(value)
    return str(value)


def typed_value(path: str, like: Any, text: str) -> Any:
    """What was typed, as a value of the same kind as `like`.

    Raises:
        ValueError: one sentence that says what should stand there.
    """
    text = text.strip()
    kind: type = list if isinstance(like, list) else type(like)
    if kind is int and is_money(path):
        return _amount(text)
    return _READERS.get(kind, _text)(text)


def _amount(text: str) -> int:
    try:
        return parse_yuan(text)
    except ValueError:
        raise ValueError("请填金额,单位是元,最多两位小数。") from None


def _whole(text: str) -> int:
    if not text.isdecimal() or len(text) > 15:
        raise ValueError("请填整数。")
    return int(text)


def _number(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError("请填数字。") from None
    if not value.is_finite():
        raise ValueError("请填数字。")
    return value


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError("请填日期,如 2027-01-01。") from None


def _moment(text: str) -> datetime.datetime:
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d %H:%M")
    except ValueError:
        raise ValueError("请填日期和时刻,如 2027-01-01 08:00。") from None


def _words(text: str) -> list[str]:
    return [word for word in _SEPARATORS.split(text) if word]


def _text(text: str) -> str:
    return text


_READERS: Mapping[type, Callable[[str], Any]] = {
    int: _whole,
    Decimal: _number,
    datetime.date: _day,
    datetime.datetime: _moment,
    list: _words,
}
