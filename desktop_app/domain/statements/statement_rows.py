"""One row of a statement: passed by, refused with its problems, or a line of money."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.rosters.roster_cells import is_blank, is_error, text_of
from desktop_app.domain.rosters.roster_rows import TOTALS
from desktop_app.domain.statements.bank_lines import BankLine
from desktop_app.domain.statements.statement_cells import (
    MOST_WORDS,
    Moment,
    NotReadError,
    read_amount,
    read_moment,
    read_number,
    read_side,
    read_time,
    read_words,
)
from desktop_app.domain.statements.statement_headings import Columns, columns_of
from desktop_app.domain.statements.statement_words import FIELD_NAMES, MEMO
from desktop_app.domain.tables import Cell, Line
from desktop_app.domain.texts import clean

NO_MOMENT = Moment(datetime.date.min, None)  # of a row that is refused
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


@dataclass(slots=True)
class Row:
    """A row as it was read; its sign stands only once all rows of the file are known.

    Args:
        side: 1 or -1 as the column 借贷标志 says; 0 where there is none.
    """

    line: BankLine
    side: int = 0
    own_account: str | None = None
    payer: tuple[str, str | None] = ("", None)
    payee: tuple[str, str | None] = ("", None)
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    refused: bool = False

    def signed(self, amount_fen: int) -> BankLine:
        """The line with its amount; who stands on the other side goes by its sign."""
        line = self.line._replace(amount_fen=amount_fen)
        if line.name or line.account:
            return line
        name, account = self.payer if amount_fen > 0 else self.payee
        return line._replace(name=name, account=account)


def skip_code(cells: Sequence[Cell], columns: Columns) -> str | None:
    """Why a row is passed by; None where it must be read as a line."""
    if all(map(is_blank, cells)):
        return "blank-row"
    day = _cell(cells, columns.first("day"))
    has_day = read_moment(day) is not None
    if not has_day and columns_of(_titles(cells)).is_heading():
        return "title-row"
    words = [_squeezed(cell) for cell in cells if isinstance(cell, str) and not is_blank(cell)]
    money = [_cell(cells, columns.first(one)) for one in _MONEY]
    has_money = any(map(_is_money, money))
    if any(word.rstrip(":") in _SUMS for word in words):
        return "total-row"
    if not (has_day and has_money) and any(word.startswith(_SUMS) for word in words[:3]):
        return "total-row"
    return None if has_day or has_money or is_error(day) else "note-row"


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


def _cell(cells: Sequence[Cell], column: int | None) -> Cell:
    return cells[column] if column is not None and column < len(cells) else None


class RowReader:
    """Reads the rows under one heading."""

    def __init__(self, sheet: str | None, columns: Columns) -> None:
        self._sheet, self._columns = sheet, columns

    def read(self, line: Line) -> Row:
        """The row's line with an amount as it stands, and what is wrong with it."""
        made = _Reading(line.cells, self._columns)
        moment = made.moment()
        amount, side = made.money()
        bank_line = BankLine(
            moment.day,
            amount,
            moment.time,
            made.amount("balance"),
            made.words("name"),
            made.number("account"),
            made.memo(),
            made.number("reference"),
            self._sheet,
            line.row,
        )
        return Row(
            bank_line,
            side,
            made.number("own_account"),
            (made.words("payer_name"), made.number("payer_account")),
            (made.words("payee_name"), made.number("payee_account")),
            made.problems,
            any(one.severity is Severity.ERROR for _field, one in made.problems),
        )

    def texts(self, line: Line) -> dict[str, str]:
        """The cells of a refused row, by field."""
        return {
            one: text_of(_cell(line.cells, columns[0])) for one, columns in self._columns.of.items()
        }


class _Reading:
    """The cells of one row."""

    def __init__(self, cells: Sequence[Cell], columns: Columns) -> None:
        self._cells, self._columns = cells, columns
        self.problems: list[tuple[str, Problem]] = []

    def moment(self) -> Moment:
        cell = self._of("day")
        found = read_moment(cell)
        if found is None:
            said = f"“{text_of(cell)}”" if not is_blank(cell) else "空的"
            self._refuse("day", "day", f"“交易日期”是{said},看不出是哪一天,请写成2026-03-01这样")
            return NO_MOMENT
        at = self._of("time")
        time = read_time(at)
        if time is None and (beside := read_moment(at)) is not None:
            time = beside.time
        return found if time is None else found._replace(time=time)

    def money(self) -> tuple[int, int]:
        """The amount, and the side that a column of its own names."""
        if self._columns.first("amount") is None:
            return self._of_two_columns(), 0
        amount = self.amount("amount", refuses=True)
        if amount is None:
            self._lacking()
            return 0, 0
        if self._columns.first("side") is None:
            return amount, 0
        side = read_side(self._of("side"))
        if side is None and amount and not self.problems:
            said = text_of(self._of("side"))
            self._refuse("side", "side", f"“{said}”看不出是收入还是支出,请写“贷”或“借”")
        return amount, side or 0

    def _of_two_columns(self) -> int:
        came, went = self.amount("in", refuses=True), self.amount("out", refuses=True)
        if came and went:
            self._refuse("in", "both-sides", "收入和支出两列都有金额,请核对这一行")
            return 0
        if came is None and went is None:
            self._lacking()
        return (came or 0) - (went or 0)

    def _lacking(self) -> None:
        if not any(one.code == "amount" for _field, one in self.problems):
            self._refuse("amount", "amount-missing", "这一行有日期,没有金额,请核对")

    def amount(self, name: str, *, refuses: bool = False) -> int | None:
        cell = self._of(name)
        try:
            return read_amount(cell)
        except NotReadError:
            text = f"“{FIELD_NAMES[name].split('(')[0]}”是“{text_of(cell)}”,不是金额"
            if refuses:
                self._refuse(name, "amount", f"{text},请改正")
            else:
                self._warn(name, "balance", f"{text},这一行没有对余额")
            return None

    def number(self, name: str) -> str | None:
        cell = self._of(name)
        try:
            return read_number(cell)
        except NotReadError:
            what = FIELD_NAMES[name]
            text = f"“{what}”是“{text_of(cell)}”"
            lost = "没有用它" if is_error(cell) else "被表格当作数字存储,后几位已丢失,没有用它"
            self._warn(name, "number-damaged", f"{text},{lost},请从银行重新下载或设为文本")
            return None

    def words(self, name: str) -> str:
        return self._said(name, self._of(name))

    def memo(self) -> str:
        cells = [_cell(self._cells, column) for column in self._columns.of.get(MEMO, ())]
        said = [self._said(MEMO, cell) for cell in cells]
        return ";".join(dict.fromkeys(filter(None, said)))[:MOST_WORDS]

    def _said(self, name: str, cell: Cell) -> str:
        if is_error(cell):
            self._warn(name, "cell-error", f"“{FIELD_NAMES[name]}”是错误值{cell},没有用它")
        return read_words(cell)

    def _of(self, name: str) -> Cell:
        return _cell(self._cells, self._columns.first(name))

    def _refuse(self, name: str, code: str, text: str) -> None:
        self.problems.append((name, Problem(code, Severity.ERROR, text)))

    def _warn(self, name: str, code: str, text: str) -> None:
        self.problems.append((name, Problem(code, Severity.WARNING, text)))
