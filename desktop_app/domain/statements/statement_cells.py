"""What one cell of a statement says: a moment, an amount, a side, an account number."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import NamedTuple

from desktop_app.domain.dates import parse_date
from desktop_app.domain.identity import looks_rounded
from desktop_app.domain.rosters.roster_cells import is_error, is_rounded, text_of
from desktop_app.domain.tables import Cell
from desktop_app.domain.texts import clean, clean_number

_MOST_FEN = 10**14  # above, a spreadsheet's number has lost its fen
_LONGEST_NUMBER = 120
MOST_WORDS = 400  # as much as the ledger holds
_PLACEHOLDERS = frozenset(("-", "--", "---", "—", "——", "/", "无"))
_CURRENCIES = ("人民币", "rmb", "cny", "¥", "￥")
_DASHES = str.maketrans({"−": "-", "﹣": "-", "–": "-", "—": "-", "￥": "¥"})
_PLAIN = re.compile(r"(\d+|\d{1,3}(,\d{3})+)(\.\d{1,2}0*)?|\.\d{1,2}", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?", re.ASCII)
_PACKED = re.compile(r"(\d{8})[ T]?(\d{6})?", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)[ T-]*"
    r"(\d{1,2}[:.时]\d{2}(?:[:.分]\d{2}(?:\.\d+)?秒?)?)?",
    re.ASCII,
)
_IN = frozenset(
    [
        "贷",
        "贷方",
        "收",
        "收入",
        "入",
        "进",
        "转入",
        "存入",
        "入账",
        "收款",
        "来账",
        "c",
        "cr",
        "credit",
        "+",
    ]
)
_OUT = frozenset(
    [
        "借",
        "借方",
        "支",
        "支出",
        "付",
        "出",
        "转出",
        "支取",
        "出账",
        "付款",
        "往账",
        "d",
        "dr",
        "debit",
        "-",
    ]
)


class NotReadError(ValueError):
    """A cell that does not say what its column is for."""


class Moment(NamedTuple):
    day: datetime.date
    time: datetime.time | None


def is_empty(cell: Cell) -> bool:
    """Whether nothing is said: an empty cell, or a dash put into it."""
    return cell is None or (isinstance(cell, str) and clean(cell) in _PLACEHOLDERS | {""})


def read_moment(cell: Cell) -> Moment | None:
    """The day a cell names, and the time where it stands beside it; None where it names none."""
    if isinstance(cell, datetime.datetime):
        at = cell.time().replace(microsecond=0)
        return Moment(cell.date(), at if at != datetime.time() else None)
    if isinstance(cell, datetime.date):
        return Moment(cell, None)
    if isinstance(cell, bool) or cell is None or is_error(cell):
        return None
    text = clean(text_of(cell))
    packed = _PACKED.fullmatch(text)
    found = packed or _MOMENT.fullmatch(text)
    if found is None:
        return _loose(text)
    day = parse_date(found[1])
    time = read_time(found[2]) if found[2] else None
    return None if day is None or (found[2] and time is None) else Moment(day, time)


def _loose(text: str) -> Moment | None:
    """A day and a time with anything else of spaces in them, such as 2026 年 3 月 1 日."""
    head, _, tail = text.rpartition(" ")
    time = read_time(tail) if ":" in tail else None
    day = parse_date(head if time else text)
    return None if day is None else Moment(day, time)


def read_time(cell: Cell) -> datetime.time | None:
    """Such as 10:22:33, 10.22.33, 102233, 10时22分33秒; None for what is no time."""
    if isinstance(cell, datetime.datetime):
        return cell.time().replace(microsecond=0)
    if isinstance(cell, datetime.time):
        return cell.replace(microsecond=0)
    number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    text = clean(text_of(cell))
    if number and text.isdigit():
        text = text.zfill(6)  # 92233 as a number is 09:22:33
    if len(text) == 6 and text.isascii() and text.isdigit():
        text = f"{text[:2]}:{text[2:4]}:{text[4:]}"
    text = text.replace("时", ":").replace("分", ":").rstrip("秒:")
    found = _CLOCK.fullmatch(text.replace(".", ":", 2) if ":" not in text else text)
    if found is None:
        return None
    hour, minute, second = (int(one or 0) for one in found.groups())
    return datetime.time(hour, minute, second) if max(hour * 2.5, minute, second) < 60 else None


def read_amount(cell: Cell) -> int | None:
    """Fen of an amount; None where the cell says nothing.

    Negative are -1.00, 1.00-, (1.00) and 1.00DR.

    Raises:
        NotReadError: it is no amount, or has parts of a fen.
    """
    if is_empty(cell):
        return None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        fen = Decimal(f"{cell:.15g}") * 100  # as many digits as a spreadsheet shows
        if not fen.is_finite() or fen != fen.to_integral_value():
            raise NotReadError
        return _bounded(int(fen))
    if not isinstance(cell, str) or is_error(cell):
        raise NotReadError
    return _read_text(clean(cell).translate(_DASHES).replace(" ", "").lower())


def _read_text(text: str) -> int:
    text, bracketed = _without(text, "(", ")")
    text, minus = _sign(text)
    for word in _CURRENCIES:
        text = text.removeprefix(word).removesuffix(word)
    text, inner = _sign(text.removesuffix("元"))
    if not _PLAIN.fullmatch(text) or bracketed + abs(minus) + abs(inner) > 1:
        raise NotReadError
    fen = int(Decimal(text.replace(",", "")) * 100)
    return _bounded(-fen if bracketed or minus < 0 or inner < 0 else fen)


def _without(text: str, opens: str, closes: str) -> tuple[str, bool]:
    inside = text.startswith(opens) and text.endswith(closes)
    return (text[1:-1] if inside else text), inside


def _sign(text: str) -> tuple[str, int]:
    """The text without its sign at either end, and the sign: 1, -1, 0 where none stands."""
    for word, sign in (("cr", 1), ("dr", -1), ("+", 1), ("-", -1)):
        if text.startswith(word):
            return text.removeprefix(word), sign
        if text.endswith(word):
            return text.removesuffix(word), sign
    return text, 0


def _bounded(fen: int) -> int:
    if abs(fen) >= _MOST_FEN:
        raise NotReadError
    return fen


def read_side(cell: Cell) -> int | None:
    """1 where the cell says that money came in, -1 where it went out; None where neither."""
    text = clean(text_of(cell)).replace(" ", "").lower()
    if text in _IN:
        return 1
    return -1 if text in _OUT else None


def read_number(cell: Cell) -> str | None:
    """An account's or a line's number as text; None where the cell is empty.

    Raises:
        NotReadError: a spreadsheet kept it as a quantity and its end is lost, or it is an error.
    """
    if is_empty(cell):
        return None
    text = clean_number(text_of(cell))
    if is_error(cell) or is_rounded(cell) or looks_rounded(text):
        raise NotReadError
    return text[:_LONGEST_NUMBER] or None


def read_words(cell: Cell) -> str:
    """Words as they stand; an error cell says nothing."""
    return "" if is_empty(cell) or is_error(cell) else clean(text_of(cell))[:MOST_WORDS]
