"""Two lists of a unit beside each other: each person is one change, and the sums agree."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.names import name_key
from desktop_app.domain.rosters.differences import (
    LABELS,
    Change,
    Elsewhere,
    Kind,
    Listed,
    changes,
    counts,
)

BORN = date(1980, 1, 1)
ZHOU = Listed(1, "999999198001010011", "周演示", BORN)
QIN = Listed(2, "999999198202020022", "覃世芳", date(1982, 2, 2))
OLD = "999999198001010099"  # Zhou's number as it was


def only(found: tuple[Change, ...]) -> Change:
    (change,) = found
    return change


def told(found: tuple[Change, ...]) -> dict[str, str]:
    return {change.name: change.kind.value for change in found}


def waiting(name: str, number: str, key: int | str = "row 7") -> Listed:
    return Listed(key, number, name)


def test_who_is_on_both_lists_goes_on_and_the_others_came_or_left() -> None:
    new = Listed("999999199003030033", "999999199003030033", "李䶮")
    found = changes([ZHOU, QIN], [QIN, new])
    assert told(found) == {"覃世芳": "renewed", "李䶮": "new", "周演示": "left"}
    assert counts(found) == dict.fromkeys(Kind, 0) | {
        Kind.RENEWED: 1, Kind.NEW: 1, Kind.LEFT: 1,
    }  # fmt: skip


def test_another_unit_is_named_where_one_came_from_and_went_to() -> None:
    beyond = Elsewhere(then={2: "演示一小"}, now={1: "演示二小"})
    came, went = changes([ZHOU], [QIN], elsewhere=beyond)
    assert (came.kind, came.unit, came.after) == (Kind.MOVED_IN, "演示一小", True)
    assert (went.kind, went.unit, went.before) == (Kind.MOVED_OUT, "演示二小", True)


def test_somebody_new_may_be_another_units_person() -> None:
    change = only(changes([], [QIN], elsewhere=Elsewhere(likely={2: "演示二小", 1: "演示一小"})))
    assert (change.kind, change.unit, change.likely) == (Kind.NEW, "演示二小", True)


def test_somebody_of_an_earlier_year_is_new_and_the_year_is_told() -> None:
    change = only(changes([], [QIN], elsewhere=Elsewhere(years={2: 2024})))
    assert (change.kind, change.year) == (Kind.NEW, 2024)


def test_the_same_number_under_another_name_is_a_change_of_name() -> None:
    change = only(changes([ZHOU], [ZHOU._replace(name="周示范")]))
    assert (change.kind, change.name, change.was_name) == (Kind.RENAMED, "周示范", "周演示")
    assert not change.likely
    dotted = Listed(3, "", "阿依·古丽")
    assert only(changes([dotted], [dotted._replace(name="阿依古丽")])).kind is Kind.RENEWED


def test_a_number_that_the_ledger_has_corrected_is_told_with_the_former_one() -> None:
    change = only(changes([ZHOU._replace(was=OLD)], [ZHOU]))
    assert (change.kind, change.was_number, change.likely) == (Kind.CORRECTED, OLD, False)


def test_a_roster_that_has_not_heard_of_the_correction_is_a_likely_one() -> None:
    change = only(changes([ZHOU._replace(was=OLD)], [Listed(OLD, OLD, "周演示", BORN)]))
    assert (change.kind, change.likely) == (Kind.CORRECTED, True)


@pytest.mark.parametrize(
    "came",
    [
        Listed("x", "999999198001010038", "周演示", BORN),  # the same birth date
        Listed("x", "110101198001010038", "周演示", BORN),
        Listed("x", "999999198001010038", "周演示"),  # the same first digits
    ],
)
def test_the_same_name_with_birth_date_or_first_digits_is_likely_the_same_person(
    came: Listed,
) -> None:
    change = only(changes([ZHOU], [came]))
    assert (change.kind, change.likely, change.was_number) == (Kind.CORRECTED, True, ZHOU.number)


@pytest.mark.parametrize(
    "came",
    [
        [Listed("x", "999999198107010038", "周演示", date(1981, 7, 1))],  # the name alone
        [Listed("x", "999999198001010038", "周示范", BORN)],  # the birth date alone
        [Listed(at, f"99999919800101003{at}", "周演示", BORN) for at in (3, 4)],  # two namesakes
    ],
)
def test_two_people_stay_two_where_anything_speaks_for_it(came: list[Listed]) -> None:
    found = changes([ZHOU], came)
    assert [change.kind for change in found] == [Kind.NEW] * len(came) + [Kind.LEFT]


def test_who_moved_by_his_own_number_is_never_paired_with_a_namesake() -> None:
    twin = Listed("x", "999999198001010038", "周演示", BORN)
    found = changes([ZHOU], [twin], elsewhere=Elsewhere(now={1: "演示二小"}))
    assert [change.kind for change in found] == [Kind.NEW, Kind.MOVED_OUT]


@pytest.mark.parametrize(
    ("row", "beyond", "kind", "before"),
    [
        (waiting("周演示", ZHOU.number, 1), {}, Kind.WAITING, True),
        (waiting("周示范", ZHOU.number, 1), {}, Kind.RENAMED, True),
        (waiting("周演示", ZHOU.number, 1), {"now": {1: "演示二小"}}, Kind.MOVED_OUT, True),
        (waiting("周演示", "99999919800101003"), {}, Kind.WAITING, True),  # a digit is missing
        (waiting("周演示", ""), {}, Kind.WAITING, True),
        (waiting("李䶮", ""), {}, Kind.WAITING, False),
        (waiting("李䶮", QIN.number, 2), {"names": {2: "覃世芳"}}, Kind.RENAMED, False),
        (waiting("覃世芳", QIN.number, 2), {"now": {2: "演示二小"}}, Kind.MOVED_IN, False),
    ],
)
def test_a_refused_row_neither_goes_on_nor_leaves(
    row: Listed, beyond: dict[str, Any], kind: Kind, before: bool
) -> None:
    change, *rest = reversed(changes([ZHOU], [], [row], Elsewhere(**beyond)))
    assert (change.kind, change.before, change.after, change.waits) == (kind, before, False, True)
    assert [one.kind for one in rest] == ([] if before else [Kind.LEFT])


def test_a_second_row_of_somebody_who_is_in_is_nobody_else() -> None:
    assert told(changes([], [ZHOU], [waiting("周演示", ZHOU.number, 1)])) == {"周演示": "new"}


@pytest.mark.parametrize("number", [ZHOU.number, "办理中"])
def test_rows_of_others_under_one_number_are_people_of_their_own(number: str) -> None:
    rows = [Listed(number, number, name) for name in ("覃世芳", "李䶮", "李䶮")]
    found = changes([], [ZHOU._replace(key=ZHOU.number)], rows)
    assert told(found) == {"周演示": "new", "覃世芳": "waiting", "李䶮": "waiting"}
    assert len(found) == 3


def test_every_kind_has_its_word() -> None:
    assert list(LABELS) == list(Kind)


NAMES = st.sampled_from(["周演示", "覃世芳", "李䶮", "周演 示"])
DAYS = st.sampled_from([None, BORN, date(1982, 2, 2)])
HEADS = st.sampled_from(["99999919800101", "99999919820202"])
KEYS = st.integers(1, 12)
PLACES = st.dictionaries(KEYS, st.just("演示二小"))


@st.composite
def people(draw: st.DrawFn) -> list[Listed]:
    former = st.sampled_from(["", OLD])
    return [
        Listed(key, f"{draw(HEADS)}{key:04}", draw(NAMES), draw(DAYS), draw(former))
        for key in draw(st.lists(KEYS, unique=True))
    ]


@given(people(), people(), people(), PLACES, PLACES)
def test_everybody_is_in_exactly_one_kind_and_the_sums_agree(
    before: list[Listed],
    after: list[Listed],
    refused: list[Listed],
    then: dict[int | str, str],
    now: dict[int | str, str],
) -> None:
    found = changes(before, after, refused, Elsewhere(then, now))
    keys = [change.key for change in found]
    assert len(keys) == len(set(keys))
    listed = {one.key: name_key(one.name) for one in after}
    waiting = [one for one in refused if listed.get(one.key) != name_key(one.name)]
    others = {f"{one.key} {one.name}" for one in waiting if one.key in listed}
    rows = {one.key for one in waiting if one.key not in listed} | others
    on_lists = {one.key for one in (*before, *after)} | rows
    paired = sum(1 for change in found if change.likely)
    assert len(on_lists) - paired <= len(found) <= len(on_lists)
    assert sum(change.before for change in found) == len(before)
    assert sum(change.after for change in found) == len(after)
    assert sum(change.waits for change in found) == len(rows)
    assert sum(counts(found).values()) == len(found)
    assert changes(before, after, refused, Elsewhere(then, now)) == found


@given(people(), people())
def test_what_comes_one_way_goes_the_other(before: list[Listed], after: list[Listed]) -> None:
    old, new = [[one._replace(was="") for one in side] for side in (before, after)]
    there, back = counts(changes(old, new)), counts(changes(new, old))
    assert there[Kind.NEW] == back[Kind.LEFT]
    assert there[Kind.CORRECTED] == back[Kind.CORRECTED]
    assert there[Kind.RENEWED] == back[Kind.RENEWED]
    assert there[Kind.RENAMED] == back[Kind.RENAMED]


@given(people())
def test_a_list_beside_itself_changes_nobody(same: list[Listed]) -> None:
    plain = [one._replace(was="") for one in same]
    assert {change.kind for change in changes(plain, plain)} <= {Kind.RENEWED}
