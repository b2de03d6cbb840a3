"""Which rows of a statement are no lines: blank ones, headings, sums, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.domain.rosters.roster_cells import is_blank, is_error, text_of
from desktop_app.domain.rosters.roster_rows import TOTALS
from desktop_app.domain.statements.statement_cells import (
    NotReadError,
    is_empty,
    read_amount,
    read_moment,
)
from desktop_app.domain.statements.statement_headings import Columns, columns_of
from desktop_app.domain.tables import Cell
from desktop_app.domain.texts import clean

_SUMS = (
    *TOTALS,
    *[
        "本日合计",
        "本月合计",
        "本年累计",
        "借方合计",
        "贷方合计",
        "收入合计",
        "支出合计",
        "总收入",
        "总支出",
    ],
    *[
        "承前页",
        "过次页",
        "上页余额",
        "期初余额",
        "期末余额",
        "上日余额",
        "昨日余额",
        "月初余额",
        "上期余额",
    ],
)
_MONEY = ("in", "out", "amount")
_WHOSE = (
    "name",
    "account",
    "payer_name",
    "payer_account",
    "payee_name",
    "payee_account",
    "reference",
)
_MAY_BE_MEMOS = frozenset((*TOTALS, "总收入", "总支出"))  # what a payer may write, too
_COUNT = re.compile(r"共?\d+[笔条]", re.ASCII)


def skip_code(cells: Sequence[Cell], columns: Columns) -> str | None:
    """Why a row is passed by; None where it must be read as a line."""
    if all(map(is_blank, cells)):
        return "blank-row"
    day = cell_of(cells, columns.first("day"))
    has_day = read_moment(day) is not None
    if not has_day and columns_of(_titles(cells)).is_heading():
        return "title-row"
    has_money = _has_money(cells, columns)
    if _is_sum(cells, has_both=has_day and has_money) and not _may_be_line(cells, columns):
        return "total-row"
    return None if has_day or has_money or is_error(day) else "note-row"


def is_unclear_total(cells: Sequence[Cell], columns: Columns) -> bool:
    """Whether nobody can tell a row of sums from a line whose payer wrote such a word."""
    return _is_sum(cells, has_both=True) and not _says_whose(cells, columns)


def _is_sum(cells: Sequence[Cell], *, has_both: bool) -> bool:
    """Whether a cell says that these are sums; where a day or an amount is lacking, begins so."""
    words = [_squeezed(cell) for cell in cells if isinstance(cell, str) and not is_blank(cell)]
    if any(word.rstrip(":") in _SUMS for word in words):
        return True
    return not has_both and any(word.startswith(_SUMS) for word in words[:3])


def _may_be_line(cells: Sequence[Cell], columns: Columns) -> bool:
    """Whether a row with such a word has what only a line has, or all that a line must have."""
    day = cell_of(cells, columns.first("day"))
    if not _has_money(cells, columns) or _is_sum((day,), has_both=False):
        return False
    if _says_whose(cells, columns):
        return True
    sides = [cell_of(cells, columns.first(one)) for one in ("in", "out")]
    words = {_squeezed(cell).rstrip(":") for cell in cells if isinstance(cell, str)}
    plain = not words & set(_SUMS) - _MAY_BE_MEMOS
    return plain and read_moment(day) is not None and not all(map(_is_money, sides))


def _says_whose(cells: Sequence[Cell], columns: Columns) -> bool:
    """Whether the other side is named, or the bank's number of the line."""
    told = [cell_of(cells, columns.first(one)) for one in _WHOSE]
    return any(
        not is_empty(cell)
        and not _is_sum((cell,), has_both=False)
        and not _COUNT.fullmatch(_squeezed(text_of(cell)))
        for cell in told
    )


def _has_money(cells: Sequence[Cell], columns: Columns) -> bool:
    return any(_is_money(cell_of(cells, columns.first(one))) for one in _MONEY)


def _is_money(cell: Cell) -> bool:
    """Whether a cell has an amount, or an error in the place of one."""
    try:
        return read_amount(cell) is not None
    except NotReadError:
        return is_error(cell)


def _titles(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(cell if isinstance(cell, str) else "" for cell in cells)


def _squeezed(text: str) -> str:
    return clean(text).replace(" ", "")


def cell_of(cells: Sequence[Cell], column: int | None) -> Cell:
    return cells[column] if column is not None and column < len(cells) else None
