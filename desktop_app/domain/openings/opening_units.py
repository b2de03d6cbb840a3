"""One row of last year's table of units: who it is, what it joined, for how long, for how much."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from db.codes import Sex, UnitKind
from desktop_app.domain.dates import parse_date
from desktop_app.domain.invoices import tax_number
from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.labels import LABELS
from desktop_app.domain.money import parse_yuan
from desktop_app.domain.names import name_key
from desktop_app.domain.rosters.roster_cells import (
    is_blank,
    is_error,
    is_rounded,
    read_shares,
    text_of,
)
from desktop_app.domain.rosters.roster_plans import read_plans
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.tables import Cell
from desktop_app.domain.texts import clean, clean_number
from desktop_app.domain.uscc import check_uscc

LONGEST_NAME, LONGEST_TEXT = 60, 40
_MOST_FEN = 10**12
_TEXTS = ("area", "town", "contact_name", "payer_name", "payer_bank", "invoice_title")
_NUMBERS = ("contact_phone", "business_no", "payer_account", "payer_bank_no")
_AS_LONG_AS_A_NAME = ("invoice_title",)
_CODES = ("employer_code", "union_code")
_COUNTS = ("at_work", "women", "people")
_KINDS = {label: code for code, label in LABELS[UnitKind].items()} | {
    "机关单位": "government",
    "党政机关": "government",
    "国家机关": "government",
    "事业": "institution",
    "国企": "state-firm",
    "民营企业": "firm",
    "非公企业": "firm",
    "社团": "social",
    "民办非企业": "non-profit",
}
Told = tuple[str, Problem]  # field, and what is wrong with it
Values = Mapping[str, Cell]


class Taken(NamedTuple):
    """What the books say of a period: the amount, the first and last covered day."""

    fen: int | None
    first: datetime.date | None
    last: datetime.date | None


class OpeningUnit(NamedTuple):
    """A unit as last year's books have it; what they do not say is missing or None."""

    sheet: str | None
    row: int
    name: str
    kind: str | None
    texts: dict[str, str]  # codes, area, contact, payer, business number by field
    counts: dict[str, int]  # at_work, women, people
    plans: tuple[str, ...] | None
    shares: int | None
    taken: Taken


def judge_unit(
    place: tuple[str | None, int], cells: Sequence[Cell], columns: Mapping[str, int], scheme: Scheme
) -> tuple[OpeningUnit | None, list[Told]]:
    """Give the unit where no error stands against the row, and all that was found."""
    told: list[Told] = []
    values = without_errors(cells, columns, told)
    name = unit_name(values)
    if not name:
        told.append(("unit", _wrong("unit-missing", "没有单位名称,请补填")))
    if len(name) > LONGEST_NAME:
        told.append(("unit", _wrong("unit-long", f"单位名称超过{LONGEST_NAME}个字,请改短")))
    unit = OpeningUnit(
        *place,
        name,
        _kind(values, told),
        _texts(values, told) | _codes(values, told) | _tax_number(values, told),
        _counts(values, told),
        _plans(values, scheme, told),
        _shares(values, told),
        read_taken(values, told),
    )
    refused = any(problem.severity is Severity.ERROR for _, problem in told)
    return (None if refused else unit), told


def without_errors(
    cells: Sequence[Cell], columns: Mapping[str, int], told: list[Told]
) -> dict[str, Cell]:
    """A row's filled cells by field; error cells are told and left out."""
    found = {field: cells[at] for field, at in columns.items() if at < len(cells)}
    values = {field: cell for field, cell in found.items() if not is_blank(cell)}
    for field in [field for field, cell in values.items() if is_error(cell)]:
        told.append((field, _wrong("formula-error", "单元格是公式错误,请改为实际内容")))
        del values[field]
    return values


def unit_name(values: Values) -> str:
    """The unit's name as written, without the spaces in it."""
    return "".join(text_of(values.get("unit")).split())


def unit_key(name: str) -> str:
    """What two spellings of one unit's name share, brackets of either width among them."""
    return name_key(clean(name))


def read_taken(values: Values, told: list[Told]) -> Taken:
    """Amount and days, of a unit's row or of a person's."""
    first, last = (_day(field, values, told) for field in ("first", "last"))
    if first is not None and last is not None and last < first:
        told.append(("last", _wrong("days", "保障止早于保障起,请核对")))
    return Taken(_fen(values, told), first, last)


def _fen(values: Values, told: list[Told]) -> int | None:
    cell = values.get("fen")
    if cell is None:
        return None
    try:
        fen = parse_yuan(text_of(cell))
    except ValueError:
        fen = -1
    if 0 <= fen <= _MOST_FEN:
        return fen
    told.append(("fen", _wrong("amount", f"“{text_of(cell)}”不是金额,请写成元,如8600.00")))
    return None


def _day(field: str, values: Values, told: list[Told]) -> datetime.date | None:
    cell = values.get(field)
    if cell is None:
        return None
    day = parse_date(cell if isinstance(cell, datetime.date) else text_of(cell))
    if day is None:
        told.append((field, _wrong("day", f"“{text_of(cell)}”不是日期,请写成2026-1-1这样")))
    return day


def _texts(values: Values, told: list[Told]) -> dict[str, str]:
    texts = {}
    for field in (*_TEXTS, *_NUMBERS):
        text = clean(text_of(values.get(field)))
        text = clean_number(text).upper() if field in _NUMBERS else text
        longest = LONGEST_NAME if field in _AS_LONG_AS_A_NAME else LONGEST_TEXT
        if len(text) > longest:
            told.append((field, _wrong("too-long", f"内容超过{longest}个字,请核对")))
        elif text:
            texts[field] = text
    return texts


def _codes(values: Values, told: list[Told]) -> dict[str, str]:
    codes = {}
    for field in _CODES:
        if field in values:
            checked = check_uscc(text_of(values[field]))
            codes[field] = checked.code
            told.extend((field, problem) for problem in checked.problems)
    return codes


def _tax_number(values: Values, told: list[Told]) -> dict[str, str]:
    """The number for receipts, judged as where a unit is registered."""
    cell = values.get("invoice_code")
    if cell is None:
        return {}
    if is_rounded(cell):
        what = "税号被表格当作数字存储,后几位已丢失,请把单元格设为文本后重新填写"
    else:
        number, what = tax_number(text_of(cell))
        if not what:
            return {"invoice_code": number}
    told.append(("invoice_code", _wrong("tax-number", what)))
    return {}


def _kind(values: Values, told: list[Told]) -> str | None:
    """The code of the kind; what is not told or not known is asked for later, never guessed."""
    text = clean(text_of(values.get("kind"))).replace(" ", "")
    kind = _KINDS.get(text)
    if kind is None:
        what = f"不认识单位性质“{text}”" if text else "没有写单位性质"
        told.append(("kind", _doubt("kind", f"{what},先记为“其他”,请在单位资料里补正")))
    return kind


def _counts(values: Values, told: list[Told]) -> dict[str, int]:
    counts = {}
    for field in _COUNTS:
        if field not in values:
            continue
        text = clean_number(text_of(values[field])).removesuffix("人")
        if text.isascii() and text.isdigit() and len(text) <= 7:
            counts[field] = int(text)
        else:
            told.append((field, _wrong("count", f"“{text}”不是人数,请写整数")))
    if counts.get("women", 0) > counts.get("at_work", counts.get("women", 0)):
        told.append(("women", _wrong("women-too-many", "女职工多于在职职工,请核对")))
    return counts


def _plans(values: Values, scheme: Scheme, told: list[Told]) -> tuple[str, ...] | None:
    if "plans" not in values:
        return None
    named = read_plans(values["plans"], scheme, Sex.FEMALE)  # a unit may join those for women
    if named.problem is not None:
        told.append(("plans", named.problem))
    return named.plans


def _shares(values: Values, told: list[Told]) -> int | None:
    if "shares" not in values:
        return None
    shares = read_shares(values["shares"])
    if not shares:
        told.append(("shares", _wrong("shares", "份数应是从1起的整数,请改正")))
    return shares


def _wrong(code: str, message: str) -> Problem:
    return Problem(code, Severity.ERROR, message)


def _doubt(code: str, message: str) -> Problem:
    return Problem(code, Severity.WARNING, message)
