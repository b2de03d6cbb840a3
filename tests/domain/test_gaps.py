"""Balances of stored lines that do not join tell of lines that never came in."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.statements.bank_lines import BankLine
from desktop_app.domain.statements.gaps import Gap, find_gaps

DAY = date(2026, 3, 1)


def account(*days: tuple[int, ...], start: int = 1000) -> list[BankLine]:
    """A line for each amount, day after day."""
    lines, held = [], start
    for number, amounts in enumerate(days):
        for fen in amounts:
            held += fen
            lines.append(BankLine(DAY + timedelta(number), fen, balance_fen=held))
    return lines


@given(
    st.lists(st.lists(st.integers(-500, 500).filter(bool), max_size=5), max_size=5),
    st.randoms(use_true_random=False),
)
def test_whatever_order_its_lines_are_in_a_whole_account_has_no_gap(
    days: list[list[int]], random: object
) -> None:
    lines = account(*map(tuple, days))
    random.shuffle(lines)  # type: ignore[attr-defined]
    assert find_gaps(lines) == ()


@given(
    st.lists(st.lists(st.integers(1, 500), min_size=1, max_size=4), min_size=3, max_size=6),
    st.data(),
)
def test_a_line_that_is_missing_leaves_a_gap_of_its_amount(
    days: list[list[int]], data: st.DataObject
) -> None:
    lines = account(*map(tuple, days))
    at = data.draw(st.integers(1, len(lines) - 2))
    gone = lines.pop(at)
    [gap] = find_gaps(lines)
    assert gap.begins_fen - gap.balance_fen == gone.amount_fen
    assert gap.after <= gone.day <= gap.before


def test_a_month_that_is_missing_is_told_with_its_days() -> None:
    lines = [line for line in account((100,), (200,), (300,)) if line.amount_fen != 200]
    assert find_gaps(lines) == (Gap(DAY, 1100, DAY + timedelta(2), 1300),)


def test_a_day_that_ends_where_it_began_joins_what_is_around_it() -> None:
    assert find_gaps(account((100,), (50, -50), (7,))) == ()
    assert find_gaps(account((-1, 1), (1,))) == ()
    apart = [line for line in account((100,), (9,), (50, -50), (7,)) if line.amount_fen != 9]
    assert find_gaps(apart) == (Gap(DAY, 1100, DAY + timedelta(2), 1109),)


def test_lines_without_a_balance_tell_nothing() -> None:
    first, second, third = account((100,), (200,), (300,))
    assert find_gaps([first, second._replace(balance_fen=None), third]) == ()
    assert find_gaps([]) == ()
