"""Slips and statements, refunds and returns in whatever order: no fen is lost, none is made."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.codes import BankMark
from desktop_app.errors import UserError
from desktop_app.services.drafts import PaymentPart
from desktop_app.services.views.matching import Matches
from tests.services.desks import TODAY, Staff
from tests.services.test_matching import DAY, came, certain, statement
from tests.services.test_shared_payments import DUE, school
from tests.services.test_shared_payments import WAYS as BY_SLIP
from tests.services.walks import Walk

Way = Callable[[Staff, list[Walk], int], object]


def _came(staff: Staff, walks: list[Walk], fen: int) -> int:
    """A new line from the first school, or a stranger."""
    name = walks[0].name if fen > 1 else "远方公司(演示)"
    memo = f"第{staff.value('SELECT count(*) FROM bank_line')}笔"
    (line,) = statement(staff, came(f"{fen / 100:.2f}", name, memo=memo))
    return line


def _went(staff: Staff, fen: int) -> int:
    """A new line out."""
    memo = f"第{staff.value('SELECT count(*) FROM bank_line')}笔"
    (line,) = statement(staff, (DAY, "", f"{fen / 100:.2f}", "演示银行", "", memo))
    return line


def _marked(staff: Staff) -> int:
    found = staff.clerk.matching.list_marked()
    return found[0].line.id if found else 0


def _match(staff: Staff, walks: list[Walk], fen: int) -> None:
    _came(staff, walks, fen)
    staff.clerk.matching.book_certain(certain(staff))


def _book(staff: Staff, walks: list[Walk], fen: int) -> None:
    line = _came(staff, walks, fen + 1_000)
    staff.clerk.matching.book(line, (PaymentPart(walks[0].id, fen),))


def _newest(staff: Staff, table: str, column: str = "id") -> int:
    return int(str(staff.value(f"SELECT coalesce(max({column}), 0) FROM {table}")))


def _remainder(staff: Staff) -> int:
    found = staff.clerk.remainders.list_remainders()
    return found[0].payment_id if found else 0


def _part_out(staff: Staff, walks: list[Walk], _fen: int) -> None:
    for payment in staff.clerk.enrolments.get(walks[0].id).payments[-1:]:
        staff.clerk.payments.take_part_out(walks[0].id, payment.id, "认错了单位")


BY_LINE: dict[str, Way] = {
    "match": _match,
    "book": _book,
    "aside": lambda staff, walks, fen: staff.clerk.matching.set_aside(
        _came(staff, walks, fen), "付错了"
    ),
    "mark": lambda staff, walks, fen: staff.clerk.matching.mark(
        _came(staff, walks, fen), BankMark.INTEREST
    ),
    "mark-old": lambda staff, _walks, fen: staff.clerk.matching.mark(
        _newest(staff, "bank_line"), BankMark.OTHER, "核对", again=fen > 1
    ),
    "fee": lambda staff, walks, fen: staff.clerk.matching.mark(_went(staff, fen), BankMark.FEE),
    "unmark": lambda staff, _walks, _fen: staff.clerk.matching.unmark(_marked(staff), "不是利息"),
    "take-back": lambda staff, _walks, _fen: staff.clerk.matching.undo(
        _newest(staff, "bank_line"), "认错了"
    ),
    "link": lambda staff, _walks, _fen: staff.clerk.matching.link(
        _newest(staff, "bank_line"), _newest(staff, "payment")
    ),
    "use": lambda staff, walks, _fen: staff.clerk.remainders.use(
        _remainder(staff), (PaymentPart(walks[1].id, 700),)
    ),
    "refund": lambda staff, _walks, _fen: staff.clerk.remainders.refund(
        _remainder(staff), TODAY, "多缴"
    ),
    "back": lambda staff, _walks, _fen: staff.reviewer.remainders.arrive(_remainder(staff), TODAY),
    "part-out": _part_out,
    "keep": lambda staff, _walks, _fen: staff.clerk.remainders.cancel(_remainder(staff), "留用"),
}
WAYS = BY_SLIP | BY_LINE
OFTEN = (
    "match",
    "match",
    "book",
    "book",
    "aside",
    "mark",
    "mark-old",
    "unmark",
    "refund",
    "confirm",
    "part-out",
    "use",
)
ACTS = st.lists(
    st.tuples(
        st.sampled_from([*sorted(WAYS), *OFTEN]),
        st.integers(0, 1),
        st.sampled_from((1, 5_000, DUE)),
    ),
    min_size=15,
    max_size=30,
)


def _check_sums(staff: Staff, walks: list[Walk]) -> None:
    came_in = staff.clerk.tallies.count().payments_fen
    asked = int(str(staff.value("SELECT coalesce(sum(fen), 0) FROM refund")))
    held = sum(staff.clerk.enrolments.get(walk.id).paid_fen for walk in walks)
    remainders = staff.clerk.remainders.list_remainders()
    assert held + sum(one.left_fen for one in remainders) == came_in - asked
    assert all(min(one.left_fen, one.waiting_fen, one.back_fen) >= 0 for one in remainders)
    lines = staff.clerk.matching.proposals()
    assert lines.fen == lines.booked_fen + lines.remainder_fen
    _check_lines(staff, lines)
    strange = (
        "SELECT count(*) FROM bank_line b JOIN payment p ON p.id = b.payment_id"
        " WHERE p.amount_fen <> b.amount_fen OR p.state_code = 'void'"
    )
    twice = (
        "SELECT count(*) - count(DISTINCT payment_id) FROM bank_line WHERE payment_id IS NOT NULL"
    )
    assert [staff.value(one) for one in (strange, twice)] == [0, 0]


def _check_lines(staff: Staff, open_: Matches) -> None:
    """Booked, marked and still open are the statements' money, and no line is two of them."""
    whole = staff.value("SELECT coalesce(sum(amount_fen), 0) FROM bank_line WHERE amount_fen > 0")
    booked = [one.line for one in staff.clerk.matching.list_booked()]
    marked = [one.line for one in staff.clerk.matching.list_marked()]
    free = [line for one in open_.proposals for line in one.lines]
    came_in = [line for line in (*booked, *marked, *free) if line.fen > 0]
    assert sum(line.fen for line in came_in) == whole
    assert len({line.id for line in came_in}) == len(came_in)
    proofs = staff.head.ties.tie().proofs
    assert [one.left_fen for one in proofs if one.left_text == "银行流水的进账"] == [whole] * bool(
        whole
    )
    assert all(one.holds for one in proofs)


def _go(staff: Staff, walks: list[Walk], acts: list[tuple[str, int, int]]) -> None:
    for number in range(len(walks) + 1, len(walks) + 3):  # two new ones beside those of before
        walks.append(school(staff, number))
        staff.reviewer.enrolments.set_effective(walks[-1].id, TODAY, "演示1号")
    for act, which, fen in acts:
        order = [walks[-1 - which], walks[-2 + which], walks[0]]
        try:
            WAYS[act](staff, order, fen)
        except UserError:
            continue  # refused: nothing of it is stored
        _check_sums(staff, walks)


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples, deadline=None, derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )  # fmt: skip


@_settings(3)
@given(acts=ACTS)
def test_no_fen_of_slips_or_statements_is_lost_or_made(
    counting: tuple[Staff, list[Walk]], acts: list[tuple[str, int, int]]
) -> None:
    _go(*counting, acts)


@pytest.mark.soak
@_settings(20)
@given(acts=ACTS)
def test_no_fen_is_lost_or_made_in_a_long_time(
    counting: tuple[Staff, list[Walk]], acts: list[tuple[str, int, int]]
) -> None:
    _go(*counting, acts)


@pytest.fixture
def counting(staff: Staff) -> tuple[Staff, list[Walk]]:
    return staff, []
