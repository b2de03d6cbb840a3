"""Repairs and edits of a unit's file: kept with its batch, told in the history, never guessed."""

from __future__ import annotations

import gc
import json
from pathlib import Path

import openpyxl
import pytest

from desktop_app.domain.rosters.repairs import Changes
from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.services.rosters import roster_changes, roster_checks
from tests.services.desks import YEAR, Row, Staff, people
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

HEAD = ("姓名", "身份证号", "手机号", "性别")


def book(staff: Staff, rows: list[tuple[object, ...]], name: str = "名册.xlsx") -> Path:
    path = staff.papers / name
    made = openpyxl.Workbook()
    made.active.title = "名单"
    for row in (HEAD, *rows):
        made.active.append(row)
    made.save(path)
    return path


def messy(rows: list[Row]) -> list[tuple[object, ...]]:
    """Spaces in a name, a phone that became a decimal, a short number, a wrong sex."""
    (_, one, first, phone), (_, two, second, _), (_, three, third, _), (_, four, *_) = rows[:4]
    return [
        (f"{one[0]} {one[1:]}", first, f"{phone}.0", "女"),
        (two, second, "", "男"),
        (three, third[:-1], "", "男"),
        (four, f" {rows[3][2]}", "", "男"),
    ]


def history(staff: Staff, case: int) -> str:
    return [line.note for line in staff.clerk.enrolments.history(case)][-1]


@pytest.mark.both_databases
def test_repairs_are_shown_by_kind_and_those_taken_are_kept_and_told(staff: Staff) -> None:
    walk = Walk(staff).start()
    path = book(staff, messy(walk.rows))
    plan = staff.clerk.rosters.plan_view(staff.clerk.rosters.plan_file(walk.id, path).value)
    assert plan.repair_counts == {
        "spaces": (2, 2),
        "phone-decimal": (1, 0),
        "sex-by-number": (1, 0),
    }
    assert (plan.accepted, plan.rejected) == (2, 2)
    changes = Changes(
        edits={("名单", 4, "identity"): walk.rows[2][2]},
        kinds={"phone-decimal": True},
        answers={("名单", 3, "sex"): True, ("名单", 5, "identity"): False},
    )
    batch = staff.clerk.rosters.plan_file(walk.id, path, changes=changes).value
    plan = staff.clerk.rosters.plan_view(batch)
    assert (plan.accepted, plan.rejected) == (3, 1)
    assert [(one.row, one.before, one.after) for one in plan.edits] == [
        (4, walk.rows[2][2][:-1], walk.rows[2][2])
    ]
    staff.clerk.rosters.carry_out(batch)
    assert history(staff, walk.id) == (
        "存入名单《名册.xlsx》3人;改动1格;接受整理:空格、不可见字符1处、手机号成了小数1处、"
        "性别照身份证号1处;未接受:空格、不可见字符1处"
    )
    stored = staff.value("SELECT changes FROM import_batch WHERE id = :id", id=batch)
    kept = json.loads(stored) if isinstance(stored, str) else stored
    assert [one[4] for one in kept["repairs"]] == ["phone-decimal", "sex-by-number"]
    assert kept["edits"][0][5:7] == [walk.rows[2][2][:-1], walk.rows[2][2]]
    phone = staff.value("SELECT phone FROM member WHERE name = :name", name=walk.rows[0][1])
    assert phone == walk.rows[0][3]
    parked = staff.clerk.rosters.list_parked(walk.id)
    assert [one.where for one in parked] == ["名册.xlsx · 名单 · 第5行"]


@pytest.mark.both_databases
def test_a_plan_that_is_dropped_keeps_no_cell(staff: Staff) -> None:
    walk = Walk(staff).start()
    batch = staff.clerk.rosters.plan_file(walk.id, book(staff, messy(walk.rows))).value
    staff.clerk.rosters.drop_plan(batch)
    assert staff.value("SELECT changes FROM import_batch WHERE id = :id", id=batch) is None


def test_a_clean_file_keeps_no_changes_and_its_history_says_none(staff: Staff) -> None:
    walk = walked(staff)
    assert staff.value("SELECT changes FROM import_batch") is None
    assert history(staff, walk.id).endswith("10人")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (Changes(kinds={"nothing": True}), "repair-kind"),
        (Changes(kinds={"last-roster": True}), "repair-one-by-one"),
        (Changes(edits={("名单", 99, "name"): "张三"}), "edit-cell"),
        (Changes(edits={("名单", 2, "shares"): "1"}), "edit-cell"),
    ],
)
def test_what_cannot_be_changed_is_refused(staff: Staff, changes: Changes, code: str) -> None:
    walk = Walk(staff).start()
    path = book(staff, messy(walk.rows))
    with refused(staff, code):
        staff.clerk.rosters.plan_file(walk.id, path, changes=changes)


def test_a_damaged_number_is_offered_from_the_units_last_list_for_a_click(staff: Staff) -> None:
    walk = walked(staff, "roster")
    staff.run("UPDATE enrolment SET state_code = 'finished'")
    staff.head.schemes.set_year(YEAR + 1)
    draft = EnrolmentDraft("on-behalf", (("hospital", 1),), 10, 2)
    case = staff.clerk.enrolments.start(walk.unit_id, draft).value
    _, name, number, _ = walk.rows[0]
    damaged = float(number[:15] + "000")
    path = book(staff, [(name, damaged), ("赵无名", damaged)])
    plan = staff.clerk.rosters.plan_view(staff.clerk.rosters.plan_file(case, path).value)
    (offer,) = plan.repairs
    assert (offer.row, offer.kind, offer.after, offer.taken) == (2, "last-roster", number, False)
    assert plan.accepted == 0
    changes = Changes(answers={offer.key: True})
    batch = staff.clerk.rosters.plan_file(case, path, changes=changes).value
    assert staff.clerk.rosters.carry_out(batch).value == 1
    told = history(staff, case)
    assert told.endswith("接受整理:上年名单的身份证号1处")
    table = staff.clerk.rosters.rows_of(case, path)
    assert table.put(0, "identity", number) == {0}
    assert not table.findings(0)


def test_namesakes_of_one_birthday_are_pointed_out_and_both_stored(staff: Staff) -> None:
    walk = Walk(staff).start()
    (_, name, number, _), (_, _, other, _) = people(2)
    batch = staff.clerk.rosters.plan_file(walk.id, book(staff, [(name, number), (name, other)]))
    plan = staff.clerk.rosters.plan_view(batch.value)
    assert [(one.row, one.column, one.code) for one in plan.findings] == [
        (3, "B", "person-likely-same")
    ]
    assert staff.clerk.rosters.carry_out(batch.value).value == 2


def test_the_rows_of_a_file_are_read_for_looking_through(staff: Staff) -> None:
    walk = Walk(staff).start()
    path = book(staff, messy(walk.rows))
    before = staff.counts()
    table = staff.clerk.rosters.rows_of(walk.id, path)
    assert len(table) == 4
    assert table.put(2, "identity", walk.rows[2][2]) == {2}
    assert staff.counts() == before
    plan = staff.clerk.rosters.plan_file(walk.id, path, changes=table.changes).value
    assert staff.clerk.rosters.plan_view(plan).accepted == 3


def test_the_same_file_with_something_typed_into_it_is_another_list(staff: Staff) -> None:
    walk = Walk(staff).start()
    path = book(staff, [(row[1], row[2], row[3]) for row in walk.rows])
    staff.clerk.rosters.carry_out(staff.clerk.rosters.plan_file(walk.id, path).value)
    again = staff.clerk.rosters.plan_file(walk.id, path).value
    assert "已经存入过" in staff.clerk.rosters.plan_view(again).again
    assert staff.clerk.rosters.carry_out(again).value == 0
    changes = Changes(edits={("名单", 2, "phone"): "19912345678"})
    typed = staff.clerk.rosters.plan_file(walk.id, path, changes=changes).value
    assert "已经存入过" not in staff.clerk.rosters.plan_view(typed).again
    staff.clerk.rosters.carry_out(typed)
    assert history(staff, walk.id).endswith(";改动1格")
    phone = staff.value("SELECT phone FROM member WHERE name = :name", name=walk.rows[0][1])
    assert phone == "19912345678"


def test_of_many_repairs_the_first_are_listed_and_all_are_counted(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster_changes, "SHOWN", 1)
    walk = Walk(staff).start()
    path = book(staff, [(f" {row[1]}", row[2]) for row in walk.rows[:5]])
    changes = Changes(answers={("名单", 5, "name"): False})
    batch = staff.clerk.rosters.plan_file(walk.id, path, changes=changes).value
    plan = staff.clerk.rosters.plan_view(batch)
    assert plan.repair_counts == {"spaces": (5, 4)}
    assert [one.row for one in plan.repairs] == [2, 5]


def test_the_rows_of_a_long_file_are_left_out_of_the_search_for_garbage(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster_checks, "LONG", 2)
    walk = Walk(staff).start()
    before = gc.get_freeze_count()
    try:
        assert len(staff.clerk.rosters.rows_of(walk.id, book(staff, messy(walk.rows)))) == 4
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()


def test_the_rows_say_what_the_ledger_and_a_namesake_say(staff: Staff) -> None:
    other = walked(staff)
    walk = Walk(staff, "别的单位(演示)", rows=people(10, start=50)).start()
    (_, name, number, _), (_, _, second, _) = walk.rows[:2]
    path = book(staff, [(name, number), (name, second), other.rows[0][1:3]])
    table = staff.clerk.rosters.rows_of(walk.id, path)
    assert [[(one.column, one.code) for one in table.findings(at)] for at in range(3)] == [
        [],
        [("B", "person-likely-same")],
        [("B", "duplicate-elsewhere")],
    ]
    assert table.put(1, "identity", people(1, start=900)[0][2])
    assert not table.findings(1)


def test_a_title_that_names_another_unit_is_told_and_forgotten_once_stored(staff: Staff) -> None:
    walk, other = Walk(staff, "演示一小").start(), Walk(staff, "演示二小").start()
    path = staff.papers / "名册.xlsx"
    made = openpyxl.Workbook()
    for row in (("填报单位:演示二小",), HEAD, *(row[1:4] for row in walk.rows)):
        made.active.append(row)
    made.save(path)
    batches = [staff.clerk.rosters.plan_file(one.id, path).value for one in (walk, other)]
    named = [staff.clerk.rosters.plan_view(one).others for one in batches]
    assert named == ["演示二小", ""]
    staff.clerk.rosters.carry_out(batches[1])
    assert "演示二小" not in str(
        staff.value("SELECT columns FROM import_batch WHERE id = :id", id=batches[1])
    )


def test_what_was_said_of_hidden_rows_and_sheets_is_kept_with_the_batch(staff: Staff) -> None:
    walk = Walk(staff).start()
    path = staff.papers / "隐藏.xlsx"
    made = openpyxl.Workbook()
    made.worksheets[0].title = "名单"
    for row in (HEAD, *((name, number, "", "") for _, name, number, _ in walk.rows[:3])):
        made.worksheets[0].append(row)
    made.worksheets[0].row_dimensions[3].hidden = True
    gone = made.create_sheet("去年")
    for row in (HEAD, *((name, number, "", "") for _, name, number, _ in walk.rows[3:5])):
        gone.append(row)
    gone.sheet_state = "hidden"
    made.save(path)
    rosters = staff.clerk.rosters
    said = Changes(hidden_rows=False, hidden_sheets=True)
    plan = rosters.plan_view(rosters.plan_file(walk.id, path, changes=said).value)
    assert (plan.rows_read, plan.accepted, plan.skipped) == (5, 4, 1)
    assert rosters.carry_out(plan.batch_id).value == 4
    (note,) = (
        one.note for one in staff.clerk.enrolments.history(walk.id) if "存入名单" in one.note
    )
    assert "隐藏的行不读;读入隐藏的表" in note
    again = rosters.plan_view(rosters.plan_file(walk.id, path).value)
    assert (again.rows_read, again.accepted) == (3, 3)
    assert rosters.carry_out(again.batch_id).value == 1
