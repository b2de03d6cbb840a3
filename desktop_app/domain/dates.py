"""Dates as offices write them: read, printed, in capitals, as coverage periods; ages in years."""

from __future__ import annotations

import calendar
import datetime

from desktop_app.domain.texts import clean

# An office's clock, whatever the machine says.
CHINA = datetime.timezone(datetime.timedelta(hours=8), "CST")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_SEPARATORS = str.maketrans({"年": "-", "月": "-", "日": "", "/": "-", ".": "-", "、": "-"})


def parse_date(value: str | datetime.date | int | float) -> datetime.date | None:
    """The day a cell names, such as 2026-1-5, 2026.1.5, 20260105, 2026年1月5日; None if none."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, (int, float)):
        value = str(int(value)) if value == int(value) else ""
    text = clean(value).split("T")[0]
    head, _, tail = text.partition(" ")
    text = (head if ":" in tail else text).replace(" ", "").translate(_SEPARATORS)
    parts = text.split("-") if "-" in text else [text[:4], text[4:6], text[6:]]
    if "-" not in text and len(text) != 8:
        return None
    return _day(parts)


def _day(parts: list[str]) -> datetime.date | None:
    if len(parts) != 3 or len(parts[0]) != 4 or not all(_is_number(part) for part in parts):
        return None
    try:
        return datetime.date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def clock_text(at: datetime.datetime) -> str:
    """An instant by the office's clock, such as 2026-12-01 09:00; `at` has its time zone."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def chinese_date(day: datetime.date) -> str:
    """Such as 2026年12月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def capital_date(day: datetime.date) -> str:
    """The date as written on cheques: 贰零贰陆年壹拾贰月零壹日.

    Months 1, 2 and 10 and days 1 to 10, 20 and 30 get a leading 零 (annex of 支付结算办法).
    """
    year = "".join(_DIGITS[int(digit)] for digit in f"{day.year:04d}")
    month = _capital(day.month, day.month in (1, 2, 10))
    return f"{year}年{month}月{_capital(day.day, day.day < 10 or day.day % 10 == 0)}日"


def _capital(number: int, leading_zero: bool) -> str:
    tens, ones = divmod(number, 10)
    text = (f"{_DIGITS[tens]}拾" if tens else "") + (_DIGITS[ones] if ones else "")
    return f"零{text}" if leading_zero else text


def age(born: datetime.date, on: datetime.date) -> int:
    """Full years reached on a day; the birthday itself counts.

    Someone born on 29 February reaches the year on 1 March of a common year.
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


_ONE_DAY = datetime.timedelta(days=1)


def coverage_end(first: datetime.date, months: int) -> datetime.date:
    """The end of a period, exclusive: its 24时 is this day's 0时."""
    return add_months(first, months)


def last_day(end: datetime.date) -> datetime.date:
    """The last covered day of a period that ends before `end`."""
    return end - _ONE_DAY


def period_text(first: datetime.date, end: datetime.date) -> str:
    """自2026年12月1日0时起至2027年11月30日24时止; `end` is exclusive."""
    return f"自{chinese_date(first)}0时起至{chinese_date(last_day(end))}24时止"
