"""Columns of a unit's file: kept with it, remembered for the next, a drift said."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from desktop_app.errors import FileError
from tests.services.desks import Row, Staff, people
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

HEAD = ("序号", "人员", "号码", "电话")
CHOSEN = {"人员": "name", "号码": "identity"}


def book(staff: Staff, name: str, head: tuple[str, ...], rows: list[Row]) -> Path:
    path = staff.papers / name
    made = openpyxl.Workbook()
    for row in (head, *rows):
        made.active.append(row)
    made.save(path)
    return path


@pytest.mark.both_databases
def test_a_file_without_known_headings_is_read_as_a_person_says(staff: Staff) -> None:
    walk = Walk(staff).start()
    path = book(staff, "名册.xlsx", HEAD, walk.rows)
    before = staff.counts()
    with pytest.raises(FileError, match="没有找到名单的表头"):
        staff.clerk.rosters.plan_file(walk.id, path)
    shown = staff.clerk.rosters.columns_of(path)
    assert [(one.title, one.field) for one in shown] == [(title, None) for title in HEAD]
    assert shown[1].samples == tuple(row[1] for row in walk.rows[:3])
    assert staff.counts() == before
    batch = staff.clerk.rosters.plan_file(walk.id, path, columns=CHOSEN).value
    assert staff.clerk.rosters.plan_view(batch).accepted == 10
    assert staff.clerk.rosters.carry_out(batch).value == 10


def test_what_was_chosen_holds_for_the_unit_s_next_file_and_for_no_other_unit(
    staff: Staff,
) -> None:
    walk = Walk(staff).start()
    first = book(staff, "一.xlsx", HEAD, walk.rows[:9])
    staff.clerk.rosters.carry_out(
        staff.clerk.rosters.plan_file(walk.id, first, columns=CHOSEN).value
    )
    batch = staff.clerk.rosters.plan_file(walk.id, book(staff, "二.xlsx", HEAD, walk.rows)).value
    plan = staff.clerk.rosters.plan_view(batch)
    assert (plan.accepted, plan.drift) == (10, "")
    assert {one.title: one.field for one in plan.columns}["号码"] == "identity"
    other = Walk(staff, "别的单位(演示)", rows=people(10, start=50)).start()
    with pytest.raises(FileError, match="没有找到名单的表头"):
        staff.clerk.rosters.plan_file(other.id, book(staff, "三.xlsx", HEAD, other.rows))


def test_a_drift_from_the_last_stored_file_is_said(staff: Staff) -> None:
    walk = walked(staff, "roster")
    head = ("序号", "姓名", "证件号码", "手机号")
    batch = staff.clerk.rosters.plan_file(walk.id, book(staff, "又.xlsx", head, walk.rows)).value
    plan = staff.clerk.rosters.plan_view(batch)
    assert plan.drift == "列与上次不同:“身份证号”上次是“身份证号”,这次是“证件号码”。"


def test_a_stored_file_keeps_nobody_s_data_with_its_columns(staff: Staff) -> None:
    walk = walked(staff, "roster")
    kept = str(staff.value("SELECT columns FROM import_batch WHERE enrolment_id = :id", id=walk.id))
    assert "identity" in kept
    assert walk.rows[0][2] not in kept


def test_a_field_is_chosen_once_and_is_one_of_the_known(staff: Staff) -> None:
    walk = Walk(staff).start()
    path = book(staff, "名册.xlsx", HEAD, walk.rows)
    for columns, code in (
        ({"人员": "name", "号码": "name"}, "column-twice"),
        ({"人员": "person"}, "column-field"),
    ):
        with refused(staff, code):
            staff.clerk.rosters.plan_file(walk.id, path, columns=columns)
