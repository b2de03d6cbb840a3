"""Whether a statement counts in yuan: what its titles, headings and a column 币种 say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from desktop_app.domain.rosters.roster_cells import text_of
from desktop_app.domain.statements.statement_headings import StatementHeading
from desktop_app.domain.statements.statement_titles import titled_words
from desktop_app.domain.statements.statement_words import FIELD_NAMES, MONEY, plain_heading
from desktop_app.domain.tables import Cell, Sheet, column_letter
from desktop_app.domain.texts import clean

_MANY = "[十百千万亿]+元"
_FOREIGN = (
    "美元|美金|港元|港币|欧元|日元|英镑|澳元|澳门元|加元|新加坡元|瑞士法郎|韩元|卢布|泰铢|新台币"
    "|外币"
)
_CODES = "usd|hkd|eur|jpy|gbp|aud|mop|cad|sgd|chf|krw|rub|thb|twd"
_IN_HEADING = re.compile(rf"{_MANY}|{_FOREIGN}|(?<![a-z])(?:{_CODES})(?![a-z])")
_WHOLE = re.compile(rf"(?:人民币)?(?:{_MANY}|万|亿)|(?:{_FOREIGN}|{_CODES})(?:元|户|账户)?")
_UNIT = frozenset(("单位", "金额单位", "货币单位"))
_CURRENCY = frozenset(
    ("币种", "币别", "货币", "货币种类", "币种类型", "交易币种", "账户币种", "记账币种", "currency")
)


class OtherUnit(NamedTuple):
    """A cell that says that the money is not yuan."""

    sheet: str | None
    row: int | None
    letter: str | None
    field: str
    said: str


def other_units(sheet: Sheet, found: StatementHeading) -> Iterator[OtherUnit]:
    """Every place that says another unit; of a column 币种 the first row that does."""
    yield from _above(sheet, found.start)
    for field in (*sorted(MONEY), "balance"):
        for column in found.columns.of.get(field, ()):
            title = found.titles[column]
            if _IN_HEADING.search(plain_heading(title)):
                name = FIELD_NAMES[field].split("(")[0]
                yield OtherUnit(sheet.name, None, column_letter(column), name, title)
    for column, title in enumerate(found.titles):
        if plain_heading(title).split("[")[0] in _CURRENCY:
            yield from _of_column(sheet, found.below, column)


def _above(sheet: Sheet, start: int) -> Iterator[OtherUnit]:
    for line in sheet.lines[:start]:
        for title, value in titled_words(line.cells):
            word, said = title.strip("(["), _unit(value)
            if word in _UNIT | _CURRENCY and said:
                yield OtherUnit(sheet.name, line.row, None, word, said)


def _of_column(sheet: Sheet, below: int, column: int) -> Iterator[OtherUnit]:
    for line in sheet.lines[below:]:
        said = _unit(line.cells[column]) if column < len(line.cells) else ""
        if said:
            yield OtherUnit(sheet.name, line.row, column_letter(column), "币种", said)
            return


def _unit(cell: Cell) -> str:
    """The unit as it is written, where it is another one than yuan."""
    text = clean(text_of(cell)).replace(" ", "")
    return text if _WHOLE.fullmatch(text.strip("()[]").lower()) else ""
