"""Who of a list is likely one person under two numbers, and whom a former number means."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.rosters.former import Met, Renumbered, met
from desktop_app.domain.rosters.likely import Insured, Signs, likely_insured
from desktop_app.domain.rosters.rosters import RosterRow
from tests.domain.rosters import check_rows, number

BORN = date(1990, 5, 6)
NUMBER, OTHER = number(), number(sequence=3)
ELSEWHERE = Insured(OTHER, "演示二小", 2027, own=False)
HERE = Insured(number(sequence=5), "演示一小", 2027, own=True)


def person(name: str = "周演示", identity: str = NUMBER) -> RosterRow:
    (row,) = check_rows((1, name, identity)).accepted
    return row


@pytest.mark.parametrize(
    ("one", "other", "likely"),
    [
        (("周演示", NUMBER), ("周演示", OTHER), True),  # a digit of the sequence
        (("周演示", NUMBER), ("周 演示", OTHER), True),
        (("阿依·古丽", NUMBER), ("阿依古丽", OTHER), True),
        (("Anna Li", NUMBER), ("ANNA LI", OTHER), True),
        (("周演示", NUMBER), ("周演示", number(sequence=2)), True),  # a mistyped sex, too
        (("周演示", number("19900506")), ("周演示", number("19900507")), False),
        (("周演示", NUMBER), ("周示范", OTHER), False),
        (("周演示", NUMBER), ("周演示", "AUS110067101501"), False),  # tells no birth date
        (("张三", "999999900506001"), ("张三", OTHER), True),  # fifteen digits
    ],
)
def test_one_name_and_birth_date_are_likely_one_person(
    one: tuple[str, str], other: tuple[str, str], *, likely: bool
) -> None:
    rows = check_rows((1, *one), (2, *other)).accepted
    assert len(rows) == 2
    assert bool(Signs(rows).later) is likely


NAMES = st.sampled_from(("周演示", "周·演示", "覃世芳"))
DAYS = st.sampled_from((BORN, date(1991, 1, 1), None))
PEOPLE = st.lists(st.tuples(NAMES, DAYS), max_size=12).map(
    lambda told: [
        person()._replace(name=name, born=born, identity=str(at), row=at)
        for at, (name, born) in enumerate(told)
    ]
)


@given(PEOPLE)
def test_every_person_with_a_birth_date_is_found_by_his_sign_alone(people: list[RosterRow]) -> None:
    signs = Signs(people)
    found = [(row.row, sign) for sign in signs.first for row in signs.having(sign)]
    told = [(row.name.replace("·", ""), row.born) for row in people]
    assert sorted(found) == [(at, sign) for at, sign in enumerate(told) if sign[1] is not None]
    assert len(found) == len(signs.first) + len(signs.later)
    assert [*signs.having(("无名氏", BORN))] == []


@pytest.mark.parametrize(
    ("namesakes", "told"),
    [
        ([], None),
        ([ELSEWHERE], ELSEWHERE),
        ([ELSEWHERE._replace(number=NUMBER)], None),  # the very same person
        ([HERE], HERE),
        ([HERE, ELSEWHERE], ELSEWHERE),
    ],
)
def test_another_units_namesake_is_asked_about_before_the_own_ones(
    namesakes: list[Insured], told: Insured | None
) -> None:
    assert likely_insured(person(), namesakes) == told


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ([], None),
        ([Renumbered(OTHER, "周演示", BORN)], Met(OTHER, sure=True)),
        ([Renumbered(OTHER, "周 演示", BORN)], Met(OTHER, sure=True)),
        ([Renumbered(OTHER, "周演示", date(1990, 6, 5))], Met(OTHER, sure=False)),
        ([Renumbered(OTHER, "周示范", BORN)], None),  # his by mistake, and never this person's
        (
            [Renumbered("1", "周演示", date(1990, 6, 5)), Renumbered(OTHER, "周演示", BORN)],
            Met(OTHER, sure=True),
        ),
        (
            [Renumbered("1", "周演示", BORN), Renumbered(OTHER, "周演示", BORN)],
            Met("1", sure=False),
        ),
    ],
)
def test_a_former_number_means_who_has_its_name_and_birth_date(
    before: list[Renumbered], told: Met | None
) -> None:
    assert met(person(), before) == told
