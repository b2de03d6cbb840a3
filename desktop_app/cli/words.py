"""Single words of the command line turned into values; the sentence where they do not fit."""

from __future__ import annotations

import argparse
import json
import re
import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from desktop_app.cli.answers import UsageError
from desktop_app.domain.rosters.repairs import CellKey
from desktop_app.domain.texts import heading

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_COUNT = re.compile(r"\d{1,18}", re.ASCII)
_PART = re.compile(r"(\d{1,18}):(\d{1,18})(?::(\d{1,9}))?", re.ASCII)
_PLAN = re.compile(r"([a-z][a-z0-9-]*)(?::(\d{1,3}))?", re.ASCII)


def day(text: str) -> date:
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise argparse.ArgumentTypeError(f"“{text}”不是日期,请写成2026-12-01这样。")


def column(text: str) -> tuple[str, str]:
    """A heading, or @ and a column's letter, and the field it is: 号码=identity."""
    title, mark, field = text.rpartition("=")
    if not mark or not title.strip():
        raise argparse.ArgumentTypeError(f"“{text}”请写成 号码=identity 这样。")
    return (title if title.startswith("@") else heading(title)), field.strip()


def cell(text: str) -> CellKey:
    """A cell of a roster: its sheet where the file has sheets, its row, its field: 名单!7:name."""
    sheet, _, rest = text.rpartition("!")
    row, mark, field = rest.partition(":")
    if not mark or not row.strip().isdecimal() or not field.strip():
        raise argparse.ArgumentTypeError(f"“{text}”请写成 表名!7:name 这样。")
    return sheet.strip() or None, int(row), field.strip()


def edit(text: str) -> tuple[CellKey, str]:
    """A cell and what is typed over it: 名单!7:name=张三."""
    at, mark, typed = text.partition("=")
    if not mark:
        raise argparse.ArgumentTypeError(f"“{text}”请写成 表名!7:name=张三 这样。")
    return cell(at), typed.strip()


def part(text: str) -> tuple[int, int, int | None]:
    """A case, what of a transfer pays for it and how many people: 12:50000:10."""
    found = _PART.fullmatch(text)
    if found is None or not int(found[2]):
        raise argparse.ArgumentTypeError(f"“{text}”请写成 12:50000:10 这样。")
    return int(found[1]), int(found[2]), int(found[3]) if found[3] else None


def days(text: str) -> tuple[date, ...]:
    """Days and ranges: 2027-01-01,2027-02-05..2027-02-11."""
    found: list[date] = []
    for word in filter(None, text.split(",")):
        first, dots, last = word.partition("..")
        begins = day(first)
        ends = day(last) if dots else begins
        length = (ends - begins).days
        if not 0 <= length <= 366:
            raise argparse.ArgumentTypeError(f"“{word}”的起止日期不对。")
        found += [begins + timedelta(days=step) for step in range(length + 1)]
    return tuple(found)


def count(text: str) -> int:
    """A whole number from zero on."""
    if not _COUNT.fullmatch(text):
        raise argparse.ArgumentTypeError(f"“{text}”不对,须是0或更大的整数,最多18位。")
    return int(text)


def positive(text: str) -> int:
    number = count(text)
    if not number:
        raise argparse.ArgumentTypeError("须大于零。")
    return number


def year(text: str) -> int:
    number = count(text)
    if not 2000 <= number < 2200:
        raise argparse.ArgumentTypeError(f"“{text}”不对,须是四位数的年份,如2027。")
    return number


def plan(text: str) -> tuple[str, int]:
    """A plan with its shares: hospital or hospital:2."""
    found = _PLAN.fullmatch(text)
    if not found:
        raise argparse.ArgumentTypeError(f"“{text}”写法不对,请写成hospital或hospital:2这样。")
    return found[1], int(found[2] or 1)


def operation(text: str) -> bytes:
    try:
        return uuid.UUID(text).bytes
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是UUID。") from None


def path(text: str) -> Path:
    """A path relative to where the caller stands."""
    return Path(text).absolute()


def json_object(text: str) -> dict[str, Any]:
    """A JSON object; 0.8 stays the text it is, so that shares stay exact."""
    try:
        values = json.loads(text, parse_float=str)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict) or not values:
        raise argparse.ArgumentTypeError(f'“{text}”写法不对,请写成 {{"fen": 50000}} 这样。')
    return values


def figures(given: list[list[str]]) -> tuple[tuple[str, int], ...]:
    """Key paths and their whole numbers, as `KEY VALUE` gives them one after another."""
    try:
        return tuple((key, count(value)) for key, value in given)
    except argparse.ArgumentTypeError as error:
        raise UsageError(str(error), "如 plans.hospital.fee_fen 6000。") from None


def charges(given: list[list[str]]) -> tuple[tuple[str, str, int], ...]:
    """Payer, account and amount, as `PAYER CHANNEL FEN` gives them one after another."""
    try:
        return tuple((payer, channel, count(fen)) for payer, channel, fen in given)
    except argparse.ArgumentTypeError as error:
        raise UsageError(str(error), "如 unit-and-member union-funds 50000。") from None
