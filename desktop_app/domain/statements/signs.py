"""Which way the money of a file's rows went, judged over all of its rows together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop_app.domain.rosters.headings import Chosen
from desktop_app.domain.statements.balances import check_chain
from desktop_app.domain.statements.bank_lines import BankLine
from desktop_app.domain.statements.statement_headings import Columns, Question
from desktop_app.domain.statements.statement_rows import Row
from desktop_app.domain.statements.statement_words import MONEY
from desktop_app.domain.tables import column_letter


class Signed(NamedTuple):
    """The lines with their signs.

    Args:
        unclear: the column of which a person has to say which way its money goes.
        said: whether a person has said it.
    """

    lines: tuple[BankLine, ...]
    unclear: Question | None
    said: bool


def signed_rows(rows: Sequence[Row], columns: Columns, chosen: Chosen) -> Signed:
    """Give every row its sign.

    A column of amounts that are all positive may be one of money in, or lack its signs: only the
    balances or a person can tell. Where amounts have a minus and a side, too, a minus beside 借
    may say the same once more or be a reversal: again the balances tell, or a person.
    """
    said = not MONEY.isdisjoint(chosen.values())
    column = columns.first("amount")
    if column is None or not rows:
        return Signed(_plain(rows), None, said)
    unclear = Question("amount", (column_letter(column),))
    if columns.first("side") is None:
        lines = _plain(rows)
        known = said or any(line.amount_fen < 0 for line in lines) or check_chain(lines).holds
        return Signed(lines, None if known else unclear, said)
    reversed_ = tuple(row.signed(row.side * row.line.amount_fen) for row in rows)
    if said or not any(row.side < 0 and row.line.amount_fen < 0 for row in rows):
        return Signed(reversed_, None, said)
    repeated = tuple(row.signed(row.line.amount_fen) for row in rows)
    fitting = [one for one in (reversed_, repeated) if check_chain(one).holds]
    if len(fitting) == 1:
        return Signed(fitting[0], None, said)
    return Signed(reversed_, unclear, said)


def _plain(rows: Sequence[Row]) -> tuple[BankLine, ...]:
    return tuple(row.signed(row.line.amount_fen) for row in rows)
