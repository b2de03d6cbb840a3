"""待补正 in place: a refused row is put right where it waits, judged as a file would be."""

from __future__ import annotations

import openpyxl
import pytest

from desktop_app.domain.identity import identity_18
from tests.services.desks import Row, Staff, people
from tests.services.refusals import refused
from tests.services.walks import Walk

ROWS = people(12, women=2)
WHY = "单位说不办了"


def wrong(row: Row) -> Row:
    """The same person with a mistyped last digit."""
    last = "1" if row[2][-1] != "1" else "2"
    return (row[0], row[1], row[2][:-1] + last, row[3])


def waiting(staff: Staff, *broken: Row, **more: object) -> tuple[Walk, list[tuple[int, int]]]:
    """A case with ten people and these rows parked; where the rows are."""
    walk = Walk(staff, rows=[*ROWS[:10], *(broken or (wrong(ROWS[10]),))], **more).start()  # type: ignore[arg-type]
    walk.roster()
    return walk, [(one.batch_id, one.seq) for one in staff.clerk.rosters.list_parked(walk.id)]


def notes(staff: Staff, walk: Walk) -> list[str]:
    return [line.note for line in staff.clerk.enrolments.history(walk.id)]


def test_the_row_shows_its_cells_whole_and_which_is_wrong(staff: Staff) -> None:
    walk, [at] = waiting(staff)
    cells = staff.clerk.parked.get(walk.id, *at)
    assert [(one.field, one.title, one.wrong) for one in cells] == [
        ("name", "姓名", False), ("identity", "身份证号", True), ("phone", "手机号", False),
    ]  # fmt: skip
    assert [one.text for one in cells] == list(wrong(ROWS[10])[1:])


def test_a_row_put_right_is_on_the_list_and_waits_no_longer(staff: Staff) -> None:
    walk, [at] = waiting(staff)
    assert staff.clerk.parked.mend(walk.id, *at, {"identity": ROWS[10][2]}).value == 11
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.people, view.parked, view.due_fen) == (11, 0, 55_000)
    assert staff.clerk.rosters.list_people(walk.id)[-1].name == ROWS[10][1]
    assert notes(staff, walk)[-1] == "补正后存入1人(名单第12行)"
    with refused(staff, "row-unknown"):
        staff.clerk.parked.mend(walk.id, *at, {"identity": ROWS[10][2]})


@pytest.mark.parametrize(
    ("cells", "code", "where"),
    [
        ({}, "identity-check-digit", "identity"),
        ({"identity": ROWS[10][2], "name": ""}, "name-missing", "name"),
        ({"identity": ROWS[0][2]}, "already-listed", "identity"),
    ],
)
def test_what_a_file_would_be_told_is_told_with_the_cell(
    staff: Staff, cells: dict[str, str], code: str, where: str
) -> None:
    walk, [at] = waiting(staff)
    with refused(staff, code) as caught:
        staff.clerk.parked.mend(walk.id, *at, cells)
    assert caught.value.where == where


def test_what_is_only_a_warning_in_a_file_is_no_obstacle(staff: Staff) -> None:
    walk, [at] = waiting(staff)
    staff.clerk.parked.mend(walk.id, *at, {"identity": ROWS[10][2], "phone": "123"})
    assert staff.clerk.enrolments.get(walk.id).people == 11


def test_whom_another_unit_has_stays_waiting(staff: Staff) -> None:
    other = Walk(staff, name="安平小学(演示)", rows=[ROWS[11]], at_work=1, women=None).start()
    other.roster()
    walk, [at] = waiting(staff, ROWS[11])
    with refused(staff, "duplicate-elsewhere"):
        staff.clerk.parked.mend(walk.id, *at, {})
    staff.clerk.mending.remove_people(other.id, (1,), WHY)
    staff.clerk.parked.mend(walk.id, *at, {"name": "张某某"})  # whom no list has any more
    (line,) = staff.clerk.rosters.list_people(walk.id)[-1:]
    assert line.name == "张某某"


def test_further_columns_of_the_row_are_judged_too(staff: Staff) -> None:
    walk = Walk(staff).start()
    path = staff.papers / "带性别.csv"
    head, (_, name, identity, phone) = "姓名,性别,身份证号,手机号,银行卡号", ROWS[10]
    path.write_text(f"{head}\n{name},女,{identity},{phone},", "utf-8-sig")
    staff.clerk.rosters.carry_out(staff.clerk.rosters.plan_file(walk.id, path).value)
    (line,) = staff.clerk.rosters.list_parked(walk.id)
    at = (line.batch_id, line.seq)
    cells = {one.field: one for one in staff.clerk.parked.get(walk.id, *at)}
    assert list(cells) == ["name", "identity", "phone", "sex"]
    assert (cells["sex"].text, cells["sex"].wrong) == ("女", True)
    with refused(staff, "sex-mismatch"):
        staff.clerk.parked.mend(walk.id, *at, {})
    staff.clerk.parked.mend(walk.id, *at, {"sex": "男"})
    assert staff.clerk.enrolments.get(walk.id).people == 1


def test_a_number_that_a_spreadsheet_rounded_is_typed_anew(staff: Staff) -> None:
    walk = Walk(staff).start()
    book = openpyxl.Workbook()
    rounded = next(  # it survives the rounding, and nothing shows that
        one
        for one in (identity_18(f"99999919880606{at:03d}") for at in range(1, 999))
        if one.isdigit() and int(float(one)) == int(one)
    )
    book.active.append(["姓名", "身份证号", "手机号"])
    book.active.append(["陈正桂", int(rounded), "19900003219"])
    book.save(staff.papers / "数字.xlsx")
    batch = staff.clerk.rosters.plan_file(walk.id, staff.papers / "数字.xlsx").value
    staff.clerk.rosters.carry_out(batch)
    (line,) = staff.clerk.rosters.list_parked(walk.id)
    at = (line.batch_id, line.seq)
    for cells in ({}, {"identity": rounded}, {"name": "陈正贵"}):
        with refused(staff, "identity-damaged"):
            staff.clerk.parked.mend(walk.id, *at, cells)
    staff.clerk.parked.mend(walk.id, *at, {"identity": ROWS[10][2]})
    assert staff.clerk.enrolments.get(walk.id).people == 1


@pytest.mark.both_databases
def test_the_same_number_on_another_row_waits_no_longer_either(staff: Staff) -> None:
    lost = ("12", "", ROWS[10][2], "")
    walk, places = waiting(staff, wrong(ROWS[10]), lost)
    before = staff.clerk.rosters.list_parked(walk.id)
    staff.clerk.parked.mend(walk.id, *places[0], {"identity": ROWS[10][2]})
    assert staff.clerk.rosters.list_parked(walk.id) == ()
    assert staff.clerk.undo.offer(walk.id).label == "补正一行"
    staff.clerk.undo.undo(walk.id)
    assert staff.clerk.rosters.list_parked(walk.id) == before
    assert staff.clerk.enrolments.get(walk.id).people == 10
    staff.clerk.parked.mend(walk.id, *places[1], {"name": ROWS[10][1]})
    assert staff.clerk.rosters.list_parked(walk.id) == before[:1]


def test_after_the_case_is_handed_in_a_row_is_only_dropped(staff: Staff) -> None:
    walk, [at] = waiting(staff)
    walk.submitted()
    with refused(staff, "not-a-draft"):
        staff.clerk.parked.mend(walk.id, *at, {"identity": ROWS[10][2]})
    staff.clerk.mending.drop_parked(walk.id, *at, WHY)
    assert staff.clerk.rosters.list_parked(walk.id) == ()


def test_only_who_registers_sees_the_cells_whole(staff: Staff) -> None:
    walk, [at] = waiting(staff)
    with refused(staff, "not-permitted"):
        staff.admin.parked.get(walk.id, *at)
