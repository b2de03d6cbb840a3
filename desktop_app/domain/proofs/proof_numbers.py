"""Identity numbers and names as a proof prints them: whole, or partly behind stars."""

from __future__ import annotations

import re

from desktop_app.domain.identity import birth_date, longer_form, looks_rounded
from desktop_app.domain.names import name_key, normalise_name
from desktop_app.domain.rosters.roster_cells import is_error, is_rounded, text_of
from desktop_app.domain.tables import Cell
from desktop_app.domain.texts import clean, clean_number

HIDDEN = "*"
LEAST_KNOWN = 4  # digits that must be seen: fewer tell nothing
_STARS = str.maketrans(dict.fromkeys("×●•■□✱∗﹡★※○", HIDDEN))
_WHOLE = re.compile(r"\d{17}[\dX]|\d{15}|[A-Z]{3}\d{12}")
_MASKED = re.compile(r"[\d*]{5,19}[\dX*]", re.ASCII)
_PHONE = re.compile(r"1[3-9]\d\*{4}\d{4}", re.ASCII)
_SURE = 14  # digits that a spreadsheet's rounding of an 18-digit number never touches
_LONG = 18


def read_number(raw: str) -> str:
    """The number of a text, hidden characters as stars; empty where the text is none."""
    text = clean_number(raw).translate(_STARS).upper()
    text = re.sub("X{2,}", lambda run: HIDDEN * len(run[0]), text)
    text = text[:-1].replace("X", HIDDEN) + text[-1:] if HIDDEN in text else text
    if _WHOLE.fullmatch(text) and text.isascii():
        return _of_old_card(text) if len(text) == 15 and text.isdigit() else text
    if HIDDEN in text and _MASKED.fullmatch(text) and not _PHONE.fullmatch(text):
        return text if known_digits(text) >= LEAST_KNOWN else ""
    return ""


def _of_old_card(digits: str) -> str:
    """Its 18-character form; the insurance office's own numbers may be as long, without a date."""
    longer = longer_form(digits)
    return longer if birth_date(longer[6:14]) is not None else ""


def number_of(cell: Cell) -> str:
    """The number of a cell; of one that a spreadsheet rounded, what the rounding left."""
    if is_error(cell):
        return ""
    if is_rounded(cell):
        assert isinstance(cell, int | float)
        digits = str(round(int(cell), -3))  # the rounding lost the last three
        return _rest_hidden(digits[:_SURE]) if len(digits) == _LONG else ""
    text = text_of(cell)
    if looks_rounded(clean_number(text)):
        mantissa, _, exponent = clean_number(text).upper().partition("E")
        if exponent.lstrip("+") == str(_LONG - 1):
            return _rest_hidden(mantissa.replace(".", "")[:-1])  # its last digit is rounded
        return ""
    return read_number(text)


def _rest_hidden(digits: str) -> str:
    known = digits[:_SURE]
    return known.ljust(_LONG, HIDDEN) if len(known) >= LEAST_KNOWN else ""


def known_digits(number: str) -> int:
    return len(number) - number.count(HIDDEN)


def fits(number: str, identity: str) -> bool:
    """Whether a number, hidden characters or not, may be this identity number.

    A proof may print fewer stars than it hides: then only what is seen at both ends must agree.
    """
    if HIDDEN not in number:
        return number == identity
    if len(number) == len(identity):
        return all(seen in (HIDDEN, char) for seen, char in zip(number, identity, strict=True))
    return _pattern(number).fullmatch(identity) is not None


def read_name(cell: Cell) -> str:
    """A name as stored; stars for what is hidden."""
    if is_error(cell):
        return ""
    return normalise_name(clean(text_of(cell)).translate(_STARS))


def names_agree(printed: str, name: str) -> bool:
    """Whether a printed name, hidden characters or not, may be this one."""
    key, whole = name_key(printed), name_key(name)
    return key == whole or (HIDDEN in key and _pattern(key).fullmatch(whole) is not None)


def _pattern(text: str) -> re.Pattern[str]:
    """What is seen, with at least one character behind each run of stars."""
    return re.compile(".+".join(map(re.escape, re.split(r"\*+", text))))
