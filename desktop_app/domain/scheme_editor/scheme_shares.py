"""Shares of a whole: people read and type 80%, the file holds the exact fraction "80/100"."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

_TYPED = re.compile(r"(?P<whole>\d{1,3})(?:\.(?P<part>\d{1,4}))?\s*(?P<sign>%?)", re.ASCII)
_FRACTION = re.compile(r"\d{1,12}/0*[1-9]\d{0,11}", re.ASCII)
_PLACES = 4  # of a percentage; what is finer is shown as the fraction it is
WANTED = "请填0%到100%之间的比例,如 80%。"


def is_share(path: str) -> bool:
    """Whether a share of a whole stands at a key path."""
    return path.rpartition(".")[2] in ("share", "min_share")


def share_text(value: Any) -> str:
    """A share as a percentage, to the last place exact; as it is written where it is none."""
    try:
        percent = Fraction(str(value).strip()) * 100
    except (ValueError, ZeroDivisionError):
        return str(value)
    if 10**_PLACES % percent.denominator:
        return str(value)
    shown = Decimal(percent.numerator) / Decimal(percent.denominator)
    return f"{shown:f}%"


def typed_share(text: str) -> str:
    """What was typed as the file writes it: 80, 80% and 80/100 are all "80/100".

    Raises:
        ValueError: one sentence that says what should stand there.
    """
    text = text.strip().replace("\N{FULLWIDTH PERCENT SIGN}", "%")
    if _FRACTION.fullmatch(text) and Fraction(text) <= 1:
        return text
    found = _TYPED.fullmatch(text)
    if found is None or (percent := Decimal(text.rstrip("% "))) > 100:
        raise ValueError(WANTED)
    if 0 < percent < 1 and not found["sign"]:
        raise ValueError(f"请写明百分号:{text}%,还是{share_text(text)}。")
    part = found["part"] or ""
    return f"{int(found['whole'] + part)}/{10 ** (2 + len(part))}"
