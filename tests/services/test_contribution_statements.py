"""What the books keep of an application's money, by plan and payer, against sums done by hand.

People come in later, go before anything is confirmed, join in mid-year; heads are odd and shares
do not divide. Figures marked 演示 are the sample office's.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest
from sqlalchemy import text

from desktop_app.services.views.ties import TieLine
from tests.services.desks import Staff, people, transfer
from tests.services.refusals import refused
from tests.services.scheme_desks import PLANS, case_of, local, use_scheme
from tests.services.test_submissions import failed, failures
from tests.services.walks import Walk

OWN, MEMBER, UPPER = "unit-and-member", "member", "upper-union"
CITY, TOWN = "city-union", "town-union"
UNSTATED = "unstated"


class Kept(NamedTuple):
    """Rows of the books, in fen."""

    total: int | None
    due: int | None
    plans: tuple[tuple[str, int, int | None], ...]  # plan, people, fen
    parts: tuple[tuple[str, str, int], ...]  # payer, account, fen
    heads: tuple[tuple[int | None, int], ...]  # what a person and plan comes to, how many rows


def kept(staff: Staff, walk: Walk) -> Kept:
    def rows(statement: str) -> tuple[tuple[object, ...], ...]:
        with staff.database.reading() as uow:
            found = uow.session.execute(text(statement), {"i": walk.id})
            return tuple(tuple(row) for row in found)

    ((total, due),) = rows("SELECT total_fen, due_fen FROM enrolment WHERE id = :i")
    plans = rows(
        "SELECT plan_key, people, due_fen FROM enrolment_plan JOIN plan ON plan.id = plan_id"
        " WHERE enrolment_id = :i ORDER BY plan_id"
    )
    parts = rows(
        "SELECT payer_code, channel_code, fen FROM funding_part WHERE enrolment_id = :i"
        " ORDER BY line_no"
    )
    heads = rows(
        "SELECT contribution_fen, count(*) FROM enrollee WHERE enrolment_id = :i"
        " AND state_code IN ('listed', 'covered') GROUP BY contribution_fen"
        " ORDER BY contribution_fen"
    )
    return Kept(total, due, plans, parts, heads)  # type: ignore[arg-type]


def later(staff: Staff, walk: Walk, count: int, start: int) -> None:
    """People whose list comes in after the first."""
    staff.clerk.rosters.carry_out(walk.read(people(count, start=start)))


def line(staff: Staff, walk: Walk) -> TieLine:
    return next(one for one in staff.head.ties.tie().lines if one.enrolment_id == walk.id)


@pytest.mark.both_databases
def test_hubeis_unit_charges_an_odd_sum_to_three_accounts_and_people_come_and_go(
    staff: Staff,
) -> None:
    plans = (("hospital", 1), ("critical-illness", 1), ("women", 1), ("accident", 1))
    walk = Walk(staff, plans=plans, rows=people(11, women=3), at_work=12, women=3).to("roster")
    # 演示 50.00, 30.00, 20.00 (women), 10.00: 11×50 + 11×30 + 3×20 + 11×10 = 550 + 330 + 60 + 110
    assert kept(staff, walk) == (
        105_000, 105_000,
        (("hospital", 11, 55_000), ("critical-illness", 11, 33_000), ("women", 3, 6_000),
         ("accident", 11, 11_000)),
        ((OWN, UNSTATED, 105_000),),
        ((1_000, 11), (2_000, 3), (3_000, 11), (5_000, 11)),
    )  # fmt: skip
    later(staff, walk, 2, start=30)  # 13×90.00 + 3×20.00 = 1,170.00 + 60.00
    assert (kept(staff, walk).total, kept(staff, walk).parts) == (
        123_000, ((OWN, UNSTATED, 123_000),),
    )  # fmt: skip
    staff.clerk.mending.remove_people(walk.id, (1,), "已调走")  # a woman: 90.00 + 20.00 less
    thirds = ((OWN, "member", 37_334), (OWN, "union-funds", 37_333), (OWN, "donation", 37_333))
    staff.clerk.drafting.set_funding(walk.id, thirds)
    told = kept(staff, walk)
    assert told.plans == (
        ("hospital", 12, 60_000), ("critical-illness", 12, 36_000), ("women", 2, 4_000),
        ("accident", 12, 12_000),
    )  # fmt: skip
    assert (told.total, told.parts) == (112_000, thirds)  # 1,120.00 = 373.34 + 373.33 + 373.33
    staff.clerk.mending.set_workers(walk.id, 12, 2, "已调走")
    walk.submitted()
    walk.approved()
    assert kept(staff, walk) == told
    (one,) = staff.head.ties.tie().lines
    assert [(part.payer, part.channel, part.fen) for part in one.parts] == [
        ("单位和职工", "职工个人", 37_334), ("单位和职工", "工会经费", 37_333),
        ("单位和职工", "社会赞助", 37_333),
    ]  # fmt: skip


def test_who_is_sent_back_before_the_money_leaves_plan_payer_and_sum(staff: Staff) -> None:
    walk = Walk(staff, plans=(("hospital", 1), ("women", 1)), rows=people(10, women=3), women=3)
    walk.to("approved")  # 演示: 10×50.00 + 3×20.00 = 560.00
    assert kept(staff, walk).parts == ((OWN, UNSTATED, 56_000),)
    staff.clerk.submissions.export(walk.id, staff.papers)
    answer = failures(staff, [failed(walk.rows[0], "重复参加"), failed(walk.rows[9], "重复参加")])
    staff.clerk.submission_answers.read_failures(walk.id, answer)
    # a woman and a man less: 8×50.00 + 2×20.00
    assert kept(staff, walk) == (
        44_000, 44_000, (("hospital", 8, 40_000), ("women", 2, 4_000)),
        ((OWN, UNSTATED, 44_000),), ((2_000, 2), (5_000, 8)),
    )  # fmt: skip


def test_anyangs_five_months_are_thirds_of_a_fen_split_for_each_person(staff: Staff) -> None:
    use_scheme(staff, "anyang-2023", "2023-04-03 09:00", 2023)
    walk = case_of(
        staff, "anyang-2023", people(7, women=2), at_work=9, kind="renewal", ends=date(2023, 7, 15)
    )
    # 75.00×5/12 = 31.25 a head, of which 25/75: 10.4167 + 20.8333 = 10.42 + 20.83; ×7
    assert kept(staff, walk) == (
        21_875, 14_581, (("medical", 7, 21_875),),
        ((UPPER, UNSTATED, 7_294), (OWN, UNSTATED, 14_581)), ((3_125, 7),),
    )  # fmt: skip
    later(staff, walk, 4, start=30)
    staff.clerk.mending.remove_people(walk.id, (2, 8), "不参加")
    staff.clerk.drafting.set_funding(
        walk.id, ((OWN, "member", 6_249), (OWN, "union-funds", 6_249), (OWN, "unit", 6_249))
    )
    walk.submitted()
    walk.approved()
    # 9 people: 281.25 = 93.78 + 187.47, and 187.47 = 3×62.49
    assert kept(staff, walk) == (
        28_125, 18_747, (("medical", 9, 28_125),),
        ((OWN, "member", 6_249), (OWN, "union-funds", 6_249), (OWN, "unit", 6_249),
         (UPPER, UNSTATED, 9_378)),
        ((3_125, 9),),
    )  # fmt: skip
    told = line(staff, walk)
    assert (told.total_fen, told.unions_fen, told.due_fen) == (28_125, 9_378, 18_747)


def test_pinghus_weights_of_two_to_one_leave_no_fen_unborne(staff: Staff) -> None:
    use_scheme(staff, "pinghu", "2023-11-20 10:00", 2024)
    staff.head.schemes.confirm_figure("funding.joint1.city-union.weight", 2, "演示文件")
    staff.head.schemes.confirm_figure("funding.joint1.town-union.weight", 1, "演示文件")
    walk = case_of(staff, "pinghu", people(7, women=2), at_work=9)
    later(staff, walk, 2, start=30)
    staff.clerk.mending.remove_people(walk.id, (9,), "不参加")
    # 8 people: 8×1.00; 49.00×2/3 = 32.67, 49.00×1/3 = 16.33 a head: 261.36 + 130.64
    # 市总 has one account and the worker one: the town's is not in the scheme's list.
    assert kept(staff, walk) == (
        40_000, 800, (("inpatient", 8, 40_000),),
        ((MEMBER, "member", 800), (CITY, "union-funds", 26_136), (TOWN, UNSTATED, 13_064)),
        ((5_000, 8),),
    )  # fmt: skip
    staff.clerk.enrolments.submit(walk.id)
    walk.approved()
    told = line(staff, walk)
    assert (told.total_fen, told.unions_fen, told.due_fen) == (40_000, 39_200, 800)


def test_beijings_people_are_in_the_books_without_a_fen_of_anybody(staff: Staff) -> None:
    use_scheme(staff, "beijing", "2022-11-20 10:00", 2023)
    walk = case_of(staff, "beijing", people(9, women=2))
    staff.clerk.enrolments.submit(walk.id)
    walk.approved()
    assert kept(staff, walk) == (
        0, 0, tuple((plan, 9, 0) for plan in PLANS["beijing"]), (), ((0, 36),),
    )  # fmt: skip


def test_yongdings_mid_year_joiners_pay_the_whole_in_a_case_of_their_own(staff: Staff) -> None:
    use_scheme(staff, "yongding", "2023-02-20 10:00", 2023)
    staff.head.schemes.confirm_figure("plans.inpatient.fee_classes.firm", 3_600, "演示文件")
    first = case_of(staff, "yongding", people(11, women=2), at_work=14)
    staff.clerk.enrolments.submit(first.id)
    first.approved()
    paid_on = staff.clock.today()
    slip = transfer(39_600, 11, staff.slip(), paid_on=paid_on)
    staff.clerk.payments.record(first.id, slip)
    staff.reviewer.payments.confirm(first.id, paid_on)
    for form in ("confirmation", "application", "member-list"):
        staff.clerk.prints.issue(first.id, form)
        staff.clerk.archives.receive_stamped(first.id, form)
    staff.clerk.archives.finish(first.id)
    staff.clock.at = local("2023-07-03 09:00")
    more = Walk(
        staff, plans=first.plans, unit_id=first.unit_id, at_work=14, rows=people(3, start=50)
    ).to("roster")
    # a firm's people at 36.00: 11×36.00 = 396.00 and 3×36.00 = 108.00; no clause takes months off
    for walk, count, fen in ((first, 11, 39_600), (more, 3, 10_800)):
        assert kept(staff, walk) == (
            fen, fen,
            tuple((plan, count, fen if plan == "inpatient" else 0) for plan in PLANS["yongding"]),
            ((OWN, UNSTATED, fen),), ((0, 3 * count), (3_600, count)),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("key", "at", "year"),
    [
        ("pinghu", "2023-11-20 10:00", 2024),  # the unions' weights
        ("yongding", "2023-02-20 10:00", 2023),  # 100 yuan of an example
    ],
)
def test_an_open_figure_keeps_no_sum_and_asks_nobody_for_one(
    staff: Staff, key: str, at: str, year: int
) -> None:
    use_scheme(staff, key, at, year, confirm=False)
    walk = case_of(staff, key, people(7, women=2), at_work=9)
    staff.clerk.enrolments.submit(walk.id)
    found = kept(staff, walk)
    assert (found.total, found.due, found.parts, found.heads) == (
        None, None, (), ((None, 7 * len(PLANS[key])),),
    )  # fmt: skip
    assert {fen for _plan, _people, fen in found.plans} == {None}
    with refused(staff, "to-confirm"):
        walk.approved()
    with refused(staff, "not-due"):
        staff.clerk.payments.record(
            walk.id, transfer(100, 7, staff.slip(), paid_on=staff.clock.today())
        )
    told = line(staff, walk)
    assert (told.total_fen, told.unions_fen, told.due_fen) == (None, None, None)
