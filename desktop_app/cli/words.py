"""Single words of the command line turned into values; the sentence where they do not fit."""

from __future__ import annotations

import argparse
import re
import uuid
from datetime import date
from pathlib import Path

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_COUNT = re.compile(r"\d{1,18}", re.ASCII)
_PLAN = re.compile(r"([a-z][a-z0-9-]*)(?::(\d{1,3}))?", re.ASCII)


def day(text: str) -> date:
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise argparse.ArgumentTypeError(f"“{text}”不是日期,请写成2026-12-01这样。")


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
