"""Repairs of a roster's cells: proposed, taken or declined, and never a number made up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.identity import identity_18
from desktop_app.domain.issues import Severity
from desktop_app.domain.rosters.last_roster import LastRoster
from desktop_app.domain.rosters.likely import Signs
from desktop_app.domain.rosters.repairs import (
    BY_DEFAULT,
    KIND_NAMES,
    ONE_BY_ONE,
    Changes,
    Repair,
)
from desktop_app.domain.rosters.rosters import RosterReport
from desktop_app.domain.tables import Cell
from tests.domain.rosters import check, number, sheet

HEAD = ("姓名", "身份证号", "手机号", "性别", "出生日期", "银行卡号")
GOOD = number()  # a man's, born on 6 May 1990
WHOLE = identity_18("99999919850317123")


def judged(row: Sequence[Cell], **more: object) -> RosterReport:
    """One row under the heading, which is row 2."""
    return check(sheet(HEAD, row), **more)


def only(report: RosterReport) -> Repair:
    (repair,) = report.repairs
    return repair


def as_float(text: str) -> float:
    """A number as a spreadsheet keeps it: 15 digits, the rest zeros."""
    return float(text[:15] + "000")


@pytest.mark.parametrize(
    ("row", "field", "kind", "after"),
    [
        (("张 三", GOOD), "name", "spaces", "张三"),
        (("张三", f" {GOOD}"), "identity", "spaces", GOOD),
        (("张三", GOOD.replace("1", "\uff11")), "identity", "full-width", GOOD),
        (("买买提•吐尔逊", GOOD), "name", "dots", "买买提·吐尔逊"),
        (("张三", "11010519491231002x"), "identity", "lower-x", "11010519491231002X"),
        (("张三", "999999900506111"), "identity", "15-digits", identity_18("99999919900506111")),
        (("张三", GOOD, "138-0013-8000"), "phone", "marks", "13800138000"),
        (("张三", GOOD, "+8613800138000"), "phone", "marks", "13800138000"),
    ],
)
def test_what_loses_nothing_is_taken_unless_declined(
    row: Sequence[Cell], field: str, kind: str, after: str
) -> None:
    report = judged(row)
    repair = only(report)
    assert (repair.row, repair.field, repair.kind, repair.after) == (2, field, kind, after)
    assert repair.before == row[HEAD.index(repair_title(field))]
    assert repair.taken
    assert kind in BY_DEFAULT
    assert getattr(report.accepted[0], field) == after


def repair_title(field: str) -> str:
    return {"name": "姓名", "identity": "身份证号", "phone": "手机号"}[field]


def test_a_name_or_number_whose_cleaning_is_declined_waits_as_it_stands() -> None:
    row = ("张 三", GOOD)
    for changes in (
        Changes(kinds={"spaces": False}),
        Changes(answers={("名单", 2, "name"): False}),
    ):
        report = judged(row, changes=changes)
        assert not report.accepted
        assert report.refused[0].cells["name"] == "张 三"
        assert [one.code for one in report.findings] == ["repair-declined"]
        assert not only(report).taken
    one = Changes(kinds={"spaces": False}, answers={("名单", 2, "name"): True})
    assert judged(row, changes=one).accepted[0].name == "张三"


def test_a_phone_whose_cleaning_is_declined_is_kept_as_typed_with_a_word() -> None:
    changes = Changes(kinds={"marks": False})
    report = judged(("张三", GOOD, "138-0013-8000"), changes=changes)
    assert report.accepted[0].phone == "138-0013-8000"
    assert [one.severity for one in report.findings] == [Severity.WARNING]


def test_a_card_whose_cleaning_is_declined_is_kept_as_typed_with_a_word() -> None:
    row = ("张三", GOOD, None, None, None, "6222-0210-0111-6245")
    report = judged(row, changes=Changes(kinds={"marks": False}))
    assert report.accepted[0].bank_card == "6222-0210-0111-6245"
    assert [one.code for one in report.findings][-1] == "repair-declined"


@pytest.mark.parametrize("born", ["1991-5", "1991-13-45", "19911345", "199105067"])
def test_a_birth_date_that_is_none_is_not_read_as_another(born: str) -> None:
    report = judged(("张三", GOOD, None, None, born))
    assert not [one for one in report.repairs if one.kind == "date"]


def test_a_number_that_two_cells_share_is_damaged_only_where_its_end_is_lost() -> None:
    last = LastRoster([("张三", WHOLE)])
    for whole in (WHOLE, f"{WHOLE[0]}.{WHOLE[1:9]}E+17", 1e20, WHOLE[:15] + "001"):
        assert last.number_of("张三", whole) is None


def test_15_digits_that_may_not_be_made_18_wait() -> None:
    report = judged(("张三", "999999900506111"), changes=Changes(kinds={"15-digits": False}))
    assert report.refused[0].codes == ("repair-declined",)


@pytest.mark.parametrize(
    ("row", "kind", "after"),
    [
        (("张三", GOOD, "13800138000.0"), "phone-decimal", "13800138000"),
        (("张三", GOOD, "1.3800138000E+10"), "phone-decimal", "13800138000"),
        (("张三", GOOD, None, None, "900506"), "date", "1990-05-06"),
        (("张三", GOOD, None, None, "1990-06-05"), "date", "1990-05-06"),
        (("张三", GOOD, None, None, "19900605"), "date", "1990-05-06"),
    ],
)
def test_what_a_clerk_may_take_all_of_is_only_proposed(
    row: Sequence[Cell], kind: str, after: str
) -> None:
    before = judged(row)
    repair = only(before)
    assert (repair.kind, repair.after, repair.taken) == (kind, after, False)
    assert [one.code for one in before.findings] in (["phone"], ["birth-mismatch"])
    report = judged(row, changes=Changes(kinds={kind: True}))
    assert only(report).taken
    assert [one.code for one in report.findings] == ["repaired"]
    assert len(report.accepted) == 1


def test_a_phone_that_lost_digits_has_no_repair() -> None:
    assert not judged(("张三", GOOD, "1.38E+10")).repairs


@pytest.mark.parametrize(
    ("row", "kind", "after"),
    [
        (("张三", GOOD, None, "女"), "sex-by-number", "男"),
        (("张三", GOOD, None, None, "1991-05-06"), "birth-by-number", "1990-05-06"),
    ],
)
def test_what_may_be_another_persons_number_is_taken_one_by_one(
    row: Sequence[Cell], kind: str, after: str
) -> None:
    repair = only(judged(row, changes=Changes(kinds={kind: True})))
    assert (repair.kind, repair.after, repair.taken) == (kind, after, False)
    report = judged(row, changes=Changes(answers={repair.key: True}))
    assert len(report.accepted) == 1


@pytest.mark.parametrize(
    "damaged",
    [
        as_float(WHOLE),
        int(as_float(WHOLE)),
        float(WHOLE[:17] + "0"),
        WHOLE[:15] + "000",
        f"{WHOLE[0]}.{WHOLE[1:15]}E+17",
    ],
)
def test_a_damaged_number_is_offered_from_last_periods_roster_and_only_for_a_click(
    damaged: Cell,
) -> None:
    last = LastRoster([("张三", WHOLE), ("李四", WHOLE), ("张三", number())])
    kinds = dict.fromkeys(KIND_NAMES, True)
    report = judged(("张 三", damaged), last=lambda: last, changes=Changes(kinds=kinds))
    repair = next(one for one in report.repairs if one.field == "identity")
    assert (repair.kind, repair.after, repair.taken) == ("last-roster", WHOLE, False)
    assert not report.accepted
    taken = Changes(answers={repair.key: True})
    report = judged(("张 三", damaged), last=lambda: last, changes=taken)
    assert report.accepted[0].identity == WHOLE
    assert "repaired" in [one.code for one in report.findings]


@pytest.mark.parametrize(
    "people",
    [
        [("李四", WHOLE)],
        [("张三", number())],
        [("张三", WHOLE[:15] + "000")],
        [("张三", WHOLE), ("张三", identity_18(WHOLE[:15] + "45"))],
    ],
    ids=["another name", "another number", "damaged then, too", "two that it may be"],
)
def test_a_damaged_number_is_not_guessed(people: list[tuple[str, str]]) -> None:
    last = LastRoster(people)
    assert not judged(("张三", as_float(WHOLE)), last=lambda: last).repairs
    assert not judged(("张三", as_float(WHOLE))).repairs


def test_last_periods_roster_is_not_asked_for_where_no_number_is_damaged() -> None:
    def ask() -> LastRoster:
        raise AssertionError

    assert judged(("张三", "123"), last=ask).rejected == 1


def test_what_is_typed_over_a_cell_is_judged_and_told() -> None:
    changes = Changes(edits={("名单", 2, "identity"): GOOD, ("名单", 2, "remark"): "x"})
    report = judged(("张三", "12"), changes=changes)
    assert report.accepted[0].identity == GOOD
    (edit,) = report.edits  # there is no remark's column
    assert (edit.row, edit.column, edit.before, edit.after) == (2, "B", "12", GOOD)


def test_a_row_that_is_emptied_is_skipped_and_one_that_is_filled_is_a_persons() -> None:
    rows = (HEAD, ("张三", GOOD), ("合计", "1"))
    edits = {
        ("名单", 2, "name"): "",
        ("名单", 2, "identity"): "",
        ("名单", 3, "name"): "李四",
        ("名单", 3, "identity"): number(sequence=2),
    }
    report = check(sheet(*rows), changes=Changes(edits=edits))
    assert [person.name for person in report.accepted] == ["李四"]
    assert (report.rows_read, report.skipped) == (2, 1)


def test_a_repeated_heading_takes_no_edit() -> None:
    report = check(
        sheet(HEAD, ("张三", GOOD), HEAD), changes=Changes(edits={("名单", 3, "name"): "李四"})
    )
    assert not report.edits
    assert report.skipped == 1


def test_namesakes_of_one_birthday_are_likely_one_person_and_stay_two() -> None:
    rows = [("张三", number()), ("张三", number(sequence=2)), ("张三", number("19910506"))]
    rows.append(("张三", "AUS110067101501"))  # the old card of foreigners tells no birth date
    report = check(sheet(HEAD, *rows))
    assert len(report.accepted) == 4
    assert [(one.row, two.row) for one, two in Signs(report.accepted).later] == [(3, 2)]


MESSY = st.sampled_from(
    (
        GOOD,
        f" {GOOD}",
        WHOLE,
        as_float(WHOLE),
        WHOLE[:15] + "000",
        "999999900506111",
        "11010519491231002x",
        "123",
        None,
    )
)
NAMES = st.sampled_from(("张三", "张 三", "李四", "买买提•吐尔逊", "#N/A", None))
BIRTHS = st.sampled_from((None, "900506", "1990-06-05", "1991-01-01"))
ROWS = st.lists(st.tuples(NAMES, MESSY, st.none(), st.sampled_from((None, "女")), BIRTHS))


@given(ROWS, st.dictionaries(st.sampled_from(tuple(KIND_NAMES)), st.booleans()))
def test_every_row_is_accounted_for_and_no_number_taken_that_nobody_clicked(
    rows: list[tuple[Cell, ...]], kinds: dict[str, bool]
) -> None:
    last = LastRoster([("张三", WHOLE)])
    report = check(sheet(HEAD, *rows), changes=Changes(kinds=kinds), last=lambda: last)
    assert report.rows_read == len(report.accepted) + report.rejected + report.skipped
    assert not [one for one in report.repairs if one.kind in ONE_BY_ONE and one.taken]
    for one in report.repairs:
        assert one.after != one.before
        assert one.taken == kinds.get(one.kind, one.kind in BY_DEFAULT) or one.kind in ONE_BY_ONE
    again = check(sheet(HEAD, *rows), changes=Changes(kinds=kinds), last=lambda: last)
    assert again == report


@given(ROWS)
def test_taking_every_repair_leaves_nothing_more_to_repair_but_the_clean_ones(
    rows: list[tuple[Cell, ...]],
) -> None:
    last = LastRoster([("张三", WHOLE)])
    first = check(sheet(HEAD, *rows), last=lambda: last)
    edits = {one.key: one.after for one in first.repairs}
    second = check(sheet(HEAD, *rows), last=lambda: last, changes=Changes(edits=edits))
    assert {one.key for one in second.repairs}.isdisjoint(edits)
    assert second.rejected <= first.rejected or any(
        code == "duplicate-in-file" for row in second.refused for code in row.codes
    )
