"""A folder of units' lists read in one go: unit by unit, nothing twice, no bad file in the way."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from db.errors import StorageError, StorageKind
from desktop_app.errors import Cancelled, UserError
from desktop_app.services.rosters import roster_batches
from desktop_app.services.rosters.folder_imports import by_unit, import_folder
from desktop_app.services.views.roster_folders import FolderLine
from tests.intake.test_locked import lock
from tests.services.desks import Row, Staff, people, unit_draft
from tests.services.refusals import refused
from tests.services.walks import Walk

HEADS: Row = ("序号", "姓名", "身份证号", "手机号")
WORKS, SCHOOL = "明山县演示水厂(演示)", "明山县演示小学(演示)"


@pytest.fixture
def cases(staff: Staff) -> tuple[Walk, Walk]:
    first = Walk(staff, name=WORKS).start()
    return first, Walk(staff, name=SCHOOL, rows=people(10, start=50, women=2)).start()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "各单位"
    made.mkdir()
    return made


def put(folder: Path, name: str, rows: Sequence[Row], *title: str) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True, parents=True)
    lines = [*((one,) for one in title), HEADS, *rows]
    path.write_text("\n".join(",".join(line) for line in lines), "utf-8-sig")
    return path


def read(staff: Staff, folder: Path) -> dict[str, FolderLine]:
    opened = staff.clerk.roster_folders.open(folder)
    return {line.file: line for line in import_folder(staff.clerk, opened)}


def on_list(staff: Staff, walk: Walk) -> int:
    return staff.clerk.enrolments.get(walk.id).people


def test_each_file_goes_to_its_unit_and_its_bad_rows_wait_there(
    staff: Staff, cases: tuple[Walk, Walk], folder: Path
) -> None:
    works, school = cases
    put(folder, f"01 {WORKS}名单.csv", [*works.rows[:9], ("10", "王错", "123", "")])
    put(folder, "城区/名单2.csv", school.rows, f"填报单位:{SCHOOL}")
    lines = read(staff, folder)
    told = lines[f"01 {WORKS}名单.csv"]
    assert (told.state, told.unit_name, told.enrolment_id, told.stored) == (
        "stored", WORKS, works.id, 9,
    )  # fmt: skip
    counts = told.counts
    assert (counts.rows_read, counts.accepted, counts.rejected, counts.skipped) == (10, 9, 1, 0)
    assert lines["城区/名单2.csv"].stored == 10
    assert (on_list(staff, works), on_list(staff, school)) == (9, 10)
    assert [one.name for one in staff.clerk.rosters.list_parked(works.id)] == ["王错"]


def test_a_folder_named_after_a_unit_tells_whose_a_nameless_list_is(
    staff: Staff, cases: tuple[Walk, Walk], folder: Path
) -> None:
    put(folder, f"{WORKS}/名单.csv", cases[0].rows)
    (line,) = read(staff, folder).values()
    assert (line.unit_name, line.stored) == (WORKS, 10)


def test_a_proof_of_insurance_in_the_folder_puts_nobody_on_the_list(
    staff: Staff, cases: tuple[Walk, Walk], folder: Path
) -> None:
    works, _school = cases
    put(folder, f"{WORKS}/社保缴纳证明.csv", people(3, start=80))
    put(folder, f"{WORKS}/表一.csv", people(3, start=80), "湖北省社会保险缴纳证明(单位专用)", WORKS)
    put(folder, f"{WORKS}/花名册(附社保缴纳证明).csv", works.rows)
    lines = read(staff, folder)
    codes = {Path(name).stem: line.code for name, line in lines.items()}
    assert codes == {
        "社保缴纳证明": "proof-not-list", "表一": "proof-not-list", "花名册(附社保缴纳证明)": "",
    }  # fmt: skip
    assert on_list(staff, works) == 10


def test_one_bad_file_stops_nobody_and_is_said(
    staff: Staff, cases: tuple[Walk, Walk], folder: Path
) -> None:
    works, school = cases
    staff.clerk.units.register(  # without an application
        unit_draft("明山县演示粮站")
    )
    (folder / f"{WORKS}.xlsx").write_bytes(b"PK\x03\x04 torn")
    put(folder, "不知道谁的.csv", works.rows)
    put(folder, f"{WORKS}名单.csv", works.rows, SCHOOL)
    put(folder, "演示粮站.csv", works.rows)
    put(folder, f"{WORKS}没有表头.csv", [])
    put(folder, f"末尾/{SCHOOL}.csv", school.rows)
    lines = read(staff, folder)
    codes = {name: line.code for name, line in lines.items()}
    assert codes.pop(f"末尾/{SCHOOL}.csv") == ""
    assert codes["不知道谁的.csv"] == "unit-not-found"
    assert codes[f"{WORKS}名单.csv"] == "unit-unclear"
    assert codes["演示粮站.csv"] == "enrolment-none"
    assert all(codes.values())
    assert all(lines[name].message for name in codes)
    assert (on_list(staff, works), on_list(staff, school)) == (0, 10)


def test_a_locked_file_stops_nobody_and_is_stored_once_a_password_opens_it(
    staff: Staff, cases: tuple[Walk, Walk], folder: Path
) -> None:
    school = cases[1]
    locked = lock(folder / f"1 {WORKS}.xlsx", "明山 2026")
    put(folder, f"2 {SCHOOL}.csv", school.rows)
    opened = staff.clerk.roster_folders.open(folder)
    first = list(import_folder(staff.clerk, opened))
    assert [(line.locked, line.stored) for line in first] == [(True, 0), (False, 10)]
    wrong, other = import_folder(staff.clerk, opened, passwords=["错的", "也错"])
    assert (wrong.locked, wrong.message, other.state) == (True, first[0].message, "again")
    again, _other = import_folder(staff.clerk, opened, passwords=["错的", "明山 2026", "也错"])
    assert (again.state, again.unit_name, again.counts.rows_read) == ("stored", WORKS, 1)
    staff.clerk.locked_files.unlock(locked, "错的")  # it is known by its bytes now
    known, _other = import_folder(staff.clerk, opened)
    assert (known.state, known.code) == ("again", "")


def test_begun_again_it_stores_nothing_twice(
    staff: Staff, cases: tuple[Walk, Walk], folder: Path
) -> None:
    works, school = cases
    file = put(folder, f"{WORKS}.csv", works.rows)
    shutil.copy(file, folder / f"{WORKS}副本.csv")
    first = read(staff, folder)
    assert [line.state for line in first.values()] == ["stored", "again"]
    put(folder, f"{SCHOOL}.csv", school.rows)
    before = staff.counts()
    again = read(staff, folder)
    states = {name: (line.state.value, line.stored) for name, line in again.items()}
    assert states == {
        f"{WORKS}.csv": ("again", 0),
        f"{WORKS}副本.csv": ("again", 0),
        f"{SCHOOL}.csv": ("stored", 10),
    }
    assert again[f"{WORKS}.csv"].counts.accepted == 10
    after = staff.counts()
    assert after["enrollee"] - before["enrollee"] == 10
    assert after["import_batch"] - before["import_batch"] == 1


def test_a_file_whose_people_were_taken_out_again_is_read_anew(
    staff: Staff, cases: tuple[Walk, Walk], folder: Path
) -> None:
    put(folder, f"{WORKS}.csv", cases[0].rows)
    read(staff, folder)
    staff.clerk.undo.undo(cases[0].id)
    assert on_list(staff, cases[0]) == 0
    assert [line.stored for line in read(staff, folder).values()] == [10]


def test_a_plan_of_the_file_that_was_left_waiting_is_dropped_as_the_folder_is_read(
    staff: Staff, cases: tuple[Walk, Walk], folder: Path
) -> None:
    works, school = cases
    put(folder, f"1 {WORKS}.csv", works.rows)
    put(folder, f"2 {SCHOOL}.csv", school.rows)
    staff.clerk.rosters.plan_file(works.id, folder / f"1 {WORKS}.csv")
    assert [line.stored for line in read(staff, folder).values()] == [10, 10]
    assert staff.value("SELECT count(*) FROM import_row") == 0
    assert staff.value("SELECT count(*) FROM import_batch WHERE state_code = 'planned'") == 0


def test_a_full_disk_ends_the_import_and_it_goes_on_from_there(
    staff: Staff, cases: tuple[Walk, Walk], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, f"1 {WORKS}.csv", cases[0].rows)
    put(folder, f"2 {SCHOOL}.csv", cases[1].rows)

    def full(*_given: object) -> None:
        raise StorageError(StorageKind.FULL)

    with monkeypatch.context() as patched:
        patched.setattr(roster_batches, "enrol_first", full)
        with pytest.raises(StorageError):  # no other unit would find room either
            read(staff, folder)
    assert staff.value("SELECT count(*) FROM import_batch") == 0
    assert [line.stored for line in read(staff, folder).values()] == [10, 10]


def test_it_pauses_between_units_and_a_stop_leaves_those_before_it_stored(
    staff: Staff, cases: tuple[Walk, Walk], folder: Path
) -> None:
    works, school = cases
    put(folder, f"1 {WORKS}.csv", works.rows)
    put(folder, f"2 {SCHOOL}.csv", school.rows)
    steps: list[tuple[int, int]] = []

    def step(done: int, total: int) -> None:
        steps.append((done, total))
        if done == 1:
            raise Cancelled

    lines = import_folder(staff.clerk, staff.clerk.roster_folders.open(folder), step)
    assert next(lines).stored == 10
    assert (on_list(staff, works), on_list(staff, school)) == (10, 0)  # while it pauses
    with pytest.raises(Cancelled):
        next(lines)
    assert steps == [(0, 2), (1, 2)]
    assert on_list(staff, school) == 0


def test_the_report_by_unit_counts_all_its_files_and_names_who_sent_none(
    staff: Staff, cases: tuple[Walk, Walk], folder: Path
) -> None:
    works, school = cases
    put(folder, f"{WORKS}1.csv", works.rows[:6])
    put(folder, f"{WORKS}2.csv", works.rows[5:])
    put(folder, f"{WORKS}和{SCHOOL}.csv", works.rows)
    opened = staff.clerk.roster_folders.open(folder)
    (unit,) = by_unit(import_folder(staff.clerk, opened))
    assert (unit.unit_name, unit.enrolment_id, unit.files) == (WORKS, works.id, 2)
    assert (unit.rows_read, unit.accepted, unit.stored) == (11, 11, 10)
    assert staff.clerk.roster_folders.without_list(opened) == (school.name,)


@pytest.mark.both_databases
def test_a_folder_without_lists_is_said_and_what_is_no_list_is_left_alone(
    staff: Staff, cases: tuple[Walk, Walk], folder: Path
) -> None:
    for name in (
        "~$名单.xlsx",
        ".名单.csv",
        f"{WORKS}_需更正.xlsx",
        f"{WORKS}_需更正(2).xlsx",
        "a.pdf",
    ):
        (folder / name).write_bytes(b"")
    for nothing in (folder, folder / "没有"):
        with refused(staff, "folder-empty"):
            staff.clerk.roster_folders.open(nothing)
    put(folder, f"{WORKS}.csv", cases[0].rows)
    assert list(read(staff, folder)) == [f"{WORKS}.csv"]


def test_a_file_gone_meanwhile_and_an_unknown_plan_are_said(
    staff: Staff, cases: tuple[Walk, Walk], folder: Path
) -> None:
    put(folder, f"{WORKS}.csv", cases[0].rows)
    opened = staff.clerk.roster_folders.open(folder)
    opened.files[0].unlink()
    (line,) = import_folder(staff.clerk, opened)
    assert (line.code, line.file) == ("file-missing", f"{WORKS}.csv")
    with pytest.raises(UserError):
        staff.clerk.roster_folders.counts_of(999)
