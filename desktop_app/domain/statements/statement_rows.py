"""One row of a statement: passed by, refused with its problems, or a line of money."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.money import FIRST_YEAR
from desktop_app.domain.rosters.roster_cells import is_blank, is_error, text_of
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
from desktop_app.domain.statements.statement_headings import Columns
from desktop_app.domain.statements.statement_skips import cell_of, is_unclear_total
from desktop_app.domain.statements.statement_words import FIELD_NAMES, MEMO
from desktop_app.domain.tables import Cell, Line

NO_MOMENT = Moment(datetime.date.min, None)  # of a row that is refused


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


class RowReader:
    """Reads the rows under one heading."""

    def __init__(self, sheet: str | None, columns: Columns, today: datetime.date) -> None:
        self._sheet, self._columns, self._today = sheet, columns, today

    def read(self, line: Line) -> Row:
        """The row's line with an amount as it stands, and what is wrong with it."""
        made = _Reading(line.cells, self._columns)
        moment = made.moment(self._today)
        amount, side = made.money()
        made.refuse_total()
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
            one: text_of(cell_of(line.cells, columns[0]))
            for one, columns in self._columns.of.items()
        }


class _Reading:
    """The cells of one row."""

    def __init__(self, cells: Sequence[Cell], columns: Columns) -> None:
        self._cells, self._columns = cells, columns
        self.problems: list[tuple[str, Problem]] = []

    def moment(self, today: datetime.date) -> Moment:
        cell = self._of("day")
        found = read_moment(cell)
        if found is None:
            said = f"“{text_of(cell)}”" if not is_blank(cell) else "空的"
            self._refuse("day", "day", f"“交易日期”是{said},看不出是哪一天,请写成2026-03-01这样")
            return NO_MOMENT
        if found.day > today:
            text = f"“交易日期”是{found.day},晚于今天,请照银行对账单改正"
            self._refuse("day", "day-late", text)
        if found.day.year < FIRST_YEAR:
            text = f"“交易日期”是{found.day},太早,不会是这个账户的流水,请照银行对账单改正"
            self._refuse("day", "day-early", text)
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

    def refuse_total(self) -> None:
        if is_unclear_total(self._cells, self._columns):
            self._refuse(
                "amount",
                "total-unclear",
                "有日期和金额,又写着“合计”一类的字,没有对方户名,看不出是一笔流水还是合计行;"
                "是合计行的请在文件里删去,是流水的请补上对方户名",
            )

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
        cells = [cell_of(self._cells, column) for column in self._columns.of.get(MEMO, ())]
        said = [self._said(MEMO, cell) for cell in cells]
        return ";".join(dict.fromkeys(filter(None, said)))[:MOST_WORDS]

    def _said(self, name: str, cell: Cell) -> str:
        if is_error(cell):
            self._warn(name, "cell-error", f"“{FIELD_NAMES[name]}”是错误值{cell},没有用它")
        return read_words(cell)

    def _of(self, name: str) -> Cell:
        return cell_of(self._cells, self._columns.first(name))

    def _refuse(self, name: str, code: str, text: str) -> None:
        self.problems.append((name, Problem(code, Severity.ERROR, text)))

    def _warn(self, name: str, code: str, text: str) -> None:
        self.problems.append((name, Problem(code, Severity.WARNING, text)))
