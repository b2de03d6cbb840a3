"""What one cell of a roster says: by its type and text to a value, with what is wrong with it."""

from __future__ import annotations

import datetime
from typing import TypeAlias

from db.codes import Sex
from desktop_app.domain.bank import check_bank_card
from desktop_app.domain.contacts import check_phone, phone_is_valid, phone_number
from desktop_app.domain.dates import parse_date
from desktop_app.domain.identity import looks_rounded
from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.tables import Cell, CellError
from desktop_app.domain.texts import clean, clean_number

Read: TypeAlias = tuple[str | None, bool, tuple[Problem, ...]]  # value, cleaned, problems

_EXACT = 10**15  # from 16 digits on a spreadsheet has rounded a numeric cell
_ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
)
_SEXES = {
    "男": Sex.MALE,
    "男性": Sex.MALE,
    "1": Sex.MALE,
    "m": Sex.MALE,
    "male": Sex.MALE,
    "女": Sex.FEMALE,
    "女性": Sex.FEMALE,
    "2": Sex.FEMALE,
    "f": Sex.FEMALE,
    "female": Sex.FEMALE,
}
_DAMAGED = Problem(
    "identity-damaged",
    Severity.ERROR,
    "身份证号被表格当作数字存储,后几位已丢失,请把单元格设为文本后重新填写",
)
_CARD_DAMAGED = Problem(
    "bank-card",
    Severity.WARNING,
    "银行卡号被表格当作数字存储,后几位已丢失,请把单元格设为文本后重新填写",
)


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not clean(cell))


def is_error(cell: Cell) -> bool:
    return isinstance(cell, CellError) or (
        isinstance(cell, str) and cell[:1] == "#" and clean(cell).upper() in _ERRORS
    )


def text_of(cell: Cell) -> str:
    """A cell as text, whole numbers without a decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)


def is_rounded(cell: Cell) -> bool:
    """Whether a spreadsheet kept a long number as a quantity, so that its end is lost."""
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) >= _EXACT


def read_identity(cell: Cell) -> Read:
    """The number in capitals; judging it is the work of `identity`."""
    if isinstance(cell, str):
        text = clean_number(cell).upper()
        return text, text != cell, ()
    return text_of(cell), False, (_DAMAGED,) if is_rounded(cell) else ()


def plain_phone(cell: Cell) -> str | None:
    """A faultless number as text or as a number; None for all others. The short way."""
    if isinstance(cell, float):
        return str(int(cell)) if 1e10 <= cell < 2e10 and cell.is_integer() else None
    if isinstance(cell, str) and phone_is_valid(cell):
        return cell
    return None


def read_phone(cell: Cell) -> Read:
    if is_blank(cell):
        return None, False, ()
    raw = text_of(cell)
    text = phone_number(raw)
    return text, text != raw, check_phone(text)


def read_bank_card(cell: Cell) -> Read:
    if is_blank(cell):
        return None, False, ()
    raw = text_of(cell)
    if (not isinstance(cell, str) and len(raw) >= 16) or looks_rounded(clean_number(raw)):
        return None, False, (_CARD_DAMAGED,)
    text = clean_number(raw).replace("-", "")
    return text, text != raw, check_bank_card(text)


def read_sex(cell: Cell) -> Sex | None:
    if isinstance(cell, str) and cell in _SEXES:
        return _SEXES[cell]
    return _SEXES.get(clean(text_of(cell)).lower())


def read_plain_sex(cell: Cell) -> Sex | None:
    """The sex where the cell is just that word. The short way."""
    return _SEXES.get(cell) if type(cell) is str else None


def birth_differs(cell: Cell, born: datetime.date) -> bool:
    """Whether a birth date or birth month as typed is another one; what cannot be read is not."""
    if isinstance(cell, datetime.date):  # a datetime is one too
        return parse_date(cell) != born
    if isinstance(cell, float) and not cell.is_integer():
        return False  # 1985.1 as a number may have been 1985.10
    text = clean(text_of(cell))
    day = parse_date(text)
    if day is not None:
        return day != born
    month = parse_date(_first_of_month(text))
    return month is not None and (month.year, month.month) != (born.year, born.month)


def _first_of_month(text: str) -> str:
    if len(text) == 6 and text.isdigit():
        return f"{text}01"
    return f"{text.removesuffix('月')}-1"


def read_shares(cell: Cell) -> int | None:
    """A whole number of shares; None where it is none."""
    text = clean_number(text_of(cell)).removesuffix("份")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None
