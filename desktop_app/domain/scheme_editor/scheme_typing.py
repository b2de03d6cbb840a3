"""A scheme's values as people type them into a form."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from desktop_app.domain.money import parse_yuan, yuan
from desktop_app.domain.scheme_editor.scheme_shares import is_share, share_text, typed_share
from desktop_app.domain.scheme_editor.scheme_terms import is_money

_BLANKS: Mapping[str, type] = {
    **dict.fromkeys(
        ("min_age", "max_age", "temporary_over_months", "waiting_days", "limit_days", "gap_days",
         "from_day", "to_day", "year"),
        int,
    ),
    **dict.fromkeys(
        ("effective_from", "effective_until", "known_from", "known_until", "from", "until",
         "first", "last", "list_due_on", "closes_on", "ends_by"),
        datetime.date,
    ),
    **dict.fromkeys(("opens_at", "closes_at"), datetime.datetime),
}  # fmt: skip
_SEPARATORS = re.compile(r"[、,,;;\s]+")


def typed_text(path: str, value: Any) -> str:
    """A value as its field shows it."""
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    if is_share(path):
        return share_text(value)
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
    if text == typed_text(path, like):
        return like
    kind = kind_of(path, like)
    if kind is int and is_money(path):
        return _amount(text)
    if is_share(path):
        return typed_share(text)
    return _READERS.get(kind, _text)(text)


def kind_of(path: str, like: Any) -> type:
    """What a value is to be; one that is still to be filled goes by its key."""
    if like == "":
        key = path.rpartition(".")[2]
        return int if is_money(path) else _BLANKS.get(key, str)
    return list if isinstance(like, list) else type(like)


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
