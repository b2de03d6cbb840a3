"""《需更正》 of a case: sent back, mended, read in again; and what it may say of others."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters.letters import EXPLANATIONS, for_unit
from desktop_app.domain.rosters.repairs import Changes
from desktop_app.errors import UserError
from desktop_app.services.views.rosters import SavedLetter
from tests.intake.test_locked import PASSWORD, lock
from tests.services.desks import Row, Staff, people
from tests.services.test_rosters import broken, ledger, parked, wrong_digit
from tests.services.walks import Walk, walked

UNIT, OTHER = "明山县演示水厂(演示)", "邻镇演示纸厂(演示)"


def book_of(staff: Staff, rows: list[Row], name: str = f"{UNIT}.xlsx") -> Path:
    book, path = openpyxl.Workbook(), staff.papers / name
    for row in (("序号", "姓名", "身份证号", "手机号"), *rows):
        book.active.append(row)
    book.save(path)
    return path


def letter_of(staff: Staff, walk: Walk, path: Path, **more: str) -> SavedLetter:
    return staff.clerk.rosters.save_corrections(path, enrolment_id=walk.id, **more)  # type: ignore[arg-type]


def words_of(path: str) -> str:
    """Everything that stands in a workbook, comments and all."""
    with zipfile.ZipFile(path) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


def test_what_a_clerk_typed_over_a_cell_is_asked_of_the_unit_in_its_own_copy(staff: Staff) -> None:
    walk = Walk(staff).start()
    good = people(3, women=1)
    wrong = wrong_digit(good[1])
    path = book_of(staff, broken(good, 1, identity=wrong))
    typed = Changes(edits={("Sheet", 3, "identity"): good[1][2]})
    saved = staff.clerk.rosters.save_corrections(path, enrolment_id=walk.id, changes=typed)
    book = openpyxl.load_workbook(saved.path)
    cell = book.worksheets[0]["C3"]
    assert cell.value == wrong
    assert cell.comment.text == (
        f"原来写的是“{wrong}”,经办机构已按“{good[1][2]}”办理,请核对后把这一格改为“{good[1][2]}”。"
    )
    assert len([row for row in book.worksheets[0].iter_rows() for one in row if one.comment]) == 1


def test_a_letter_mended_and_sent_back_works_the_parked_rows_off(staff: Staff) -> None:
    walk = Walk(staff).start()
    good = people(10, women=2)
    path = book_of(staff, broken(good, 3, identity=wrong_digit(good[3])))
    clerk = staff.clerk.rosters
    assert clerk.carry_out(clerk.plan_file(walk.id, path).value).value == 9
    assert len(parked(staff, walk)) == 1
    letter = Path(letter_of(staff, walk, path).path)
    assert letter.name == f"{UNIT}_需更正.xlsx"
    book = openpyxl.load_workbook(letter)
    book.worksheets[0]["C5"] = good[3][2]
    book.save(letter)
    batch = clerk.plan_file(walk.id, letter).value
    plan = clerk.plan_view(batch)
    assert (plan.rows_read, plan.accepted, plan.rejected, plan.new_people) == (10, 10, 0, 1)
    assert plan.drift == ""
    assert [one.message for one in plan.findings] == [
        f"工作表“{EXPLANATIONS}”是退回单位时附的说明,没有当作名单"
    ]
    assert clerk.carry_out(batch).value == 1
    assert parked(staff, walk) == []
    assert staff.clerk.enrolments.get(walk.id).people == 10


@pytest.mark.both_databases
def test_the_same_file_twice_changes_nothing_and_is_said_to(staff: Staff) -> None:
    walk = Walk(staff).start()
    good = people(10, women=2)
    path = book_of(staff, broken(good, 3, identity=wrong_digit(good[3])))
    clerk = staff.clerk.rosters
    first = clerk.plan_file(walk.id, path).value
    assert clerk.plan_view(first).again == ""
    clerk.carry_out(first)
    before, waiting = ledger(staff), clerk.list_parked(walk.id)
    version = staff.value(f"SELECT row_version FROM enrolment WHERE id = {walk.id}")
    batch = clerk.plan_file(walk.id, path).value
    assert clerk.plan_view(batch).again == (
        "这份文件2026年12月1日已经存入过,没有新的人员,不用再存。"
    )
    assert clerk.carry_out(batch).value == 0
    assert (ledger(staff), clerk.list_parked(walk.id)) == (before, waiting)
    assert staff.value(f"SELECT row_version FROM enrolment WHERE id = {walk.id}") == version
    fewer = clerk.plan_file(walk.id, book_of(staff, good[:3], "另一份.xlsx")).value
    assert clerk.plan_view(fewer).again == "名单上的3人都已在这份申请里,没有新的人员。"


def test_a_letter_tells_a_unit_nothing_of_others_but_that_somebody_is_insured_there(
    staff: Staff,
) -> None:
    Walk(staff, name=OTHER).to("roster")
    known = people(4, start=50)
    walk = Walk(staff, rows=known, at_work=10).to("roster")
    rows = [people(10, women=2)[2], *broken(known, 1, name="欧阳演示")]
    path = book_of(staff, rows)
    plan = staff.clerk.rosters.plan_view(staff.clerk.rosters.plan_file(walk.id, path).value)
    to_clerk = "".join(one.message for one in plan.findings)
    assert OTHER in to_clerk
    assert known[1][1] in to_clerk
    told = words_of(letter_of(staff, walk, path).path)
    assert f"{rows[0][1]}已在其他单位参保" in told
    assert "姓名与这个身份证号以前登记的不一致" in told
    assert "可用3人,待更正2人" in told
    for untold in (OTHER, "年度", known[1][1]):
        assert untold not in told


def test_what_no_words_for_units_are_kept_for_is_not_told_in_the_clerks_words() -> None:
    new = Finding("名单", 2, "C", "of-later", Severity.ERROR, "“邻厂”昨天办的", "identity")
    assert for_unit(new, "王丽").message == "与经办机构的登记不一致,请与经办机构联系"


def test_a_letter_about_a_locked_file_is_locked_as_that_was(
    staff: Staff,
) -> None:
    walk = Walk(staff).start()
    path = lock(staff.papers / "锁.xlsx", PASSWORD)
    staff.clerk.locked_files.unlock(path, PASSWORD)
    saved = letter_of(staff, walk, path)
    assert saved.locked
    letter, found = OOXMLFile(io.BytesIO(Path(saved.path).read_bytes())), io.BytesIO()
    letter.load_key(password=PASSWORD, verify_password=True)
    letter.decrypt(found)
    assert EXPLANATIONS in openpyxl.load_workbook(found).sheetnames


def test_a_letter_about_a_letter_has_no_longer_name_than_the_first(staff: Staff) -> None:
    walk = Walk(staff).start()
    path = book_of(staff, broken(people(3), 1, identity=wrong_digit(people(3)[1])))
    first = Path(letter_of(staff, walk, path).path)
    second = Path(letter_of(staff, walk, first).path)
    assert second.name == f"{UNIT}_需更正(2).xlsx"
    assert Path(letter_of(staff, walk, second).path).name == f"{UNIT}_需更正(3).xlsx"


def test_columns_that_a_person_named_hold_in_the_letter_too(staff: Staff) -> None:
    walk = Walk(staff).start()
    rows = broken(people(3), 1, identity=wrong_digit(people(3)[1]))
    path = book_of(staff, rows)
    book = openpyxl.load_workbook(path)
    book.active["C1"] = "号"
    book.active["B1"] = "人"
    book.save(path)
    columns = {"人": "name", "号": "identity"}
    with pytest.raises(UserError):
        staff.clerk.rosters.save_corrections(path, enrolment_id=walk.id)
    saved = staff.clerk.rosters.save_corrections(path, enrolment_id=walk.id, columns=columns)
    letter = Path(saved.path)
    assert openpyxl.load_workbook(letter).worksheets[0]["C3"].comment is not None
    again = staff.clerk.rosters.plan_file(walk.id, letter, columns=columns).value
    plan = staff.clerk.rosters.plan_view(again)
    assert (plan.accepted, plan.rejected) == (2, 1)


def test_who_may_not_register_gets_no_letter_with_what_the_ledger_says(staff: Staff) -> None:
    walk = walked(staff, "roster")
    path = book_of(staff, people(2))
    with pytest.raises(UserError) as refused:
        staff.admin.rosters.save_corrections(path, enrolment_id=walk.id)
    assert refused.value.code == "not-permitted"
