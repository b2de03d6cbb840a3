"""期初建账: last year's books become units, finished cases and cover; whole, or not at all."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.errors import StorageError, StorageKind
from desktop_app.domain.issues import Severity
from desktop_app.errors import Cancelled
from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.services.openings import opening_store
from desktop_app.services.views.openings import OpeningDraft, OpeningPlan
from tests.made_once import county_once
from tests.services.desks import Staff, people, unit_draft
from tests.services.refusals import refused
from tests.services.walks import walked

FIRST = date(2026, 1, 1)
LEDGER = ("unit", "unit_contact", "member", "enrolment", "enrolment_plan", "enrollee", "cover")
UNITS = (
    ("单位名称", "统一社会信用代码", "单位性质", "片区", "联系人", "电话", "在职职工", "女职工",
     "参加项目", "人数", "金额(元)", "保障起", "保障止", "业务号"),
    ("明山县演示水厂(演示)", "9199999919522170XT", "企业", "城区片", "周演示", "19900009999", "12",
     "3", "住院、女职工", "4", "220.00", "2026-01-01", "2026-12-31", "HB2026-1"),
    ("第二小学(演示)", "", "事业单位", "城区片", "", "", "", "", "住院", "", "", "", "", ""),
    ("合计", "", "", "", "", "", "", "", "", "", "", "", "", ""),
)  # fmt: skip
HEAD = ("序号", "单位名称", "姓名", "身份证号", "手机号", "会费")


def write(staff: Staff, name: str, rows: Any) -> Path:
    path = staff.papers / name
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def roster(staff: Staff, name: str = "名册.csv", **changed: str) -> Path:
    """Four people of the waterworks, two of the school; `changed` spoils the second."""
    rows = [list(HEAD)]
    for at, (_no, person, identity, phone) in enumerate(people(6, women=2)):
        unit = "明山县演示水厂(演示)" if at < 4 else "第二小学(演示)"
        fee = "70" if at < 2 else "50"
        line = dict(zip(HEAD, (str(at + 1), unit, person, identity, phone, fee), strict=True))
        if at == 1:
            line |= changed
        rows.append([line[title] for title in HEAD])
    return write(staff, name, rows)


def planned(staff: Staff, *files: Path, **more: Any) -> OpeningPlan:
    values: dict[str, Any] = {"year": 2026, "first": FIRST} | more
    draft = OpeningDraft(files=files, **values)
    return staff.clerk.openings.plan_view(staff.clerk.openings.plan_files(draft).value)


def stored(staff: Staff, *files: Path, **more: Any) -> dict[str, int]:
    plan = planned(staff, *files, **more)
    return staff.reviewer.openings.carry_out(plan.batch_ids).value


def ledger(staff: Staff) -> dict[str, int]:
    counts = staff.counts()
    return {name: counts[name] for name in LEDGER}


def codes(plan: OpeningPlan, severity: Severity = Severity.ERROR) -> list[tuple[str, int, str]]:
    return [
        (told.file, told.finding.row or 0, told.finding.code)
        for told in plan.findings
        if told.finding.severity is severity
    ]


def test_whom_receipts_name_comes_from_the_books_too(staff: Staff) -> None:
    head, water, school, _total = UNITS
    rows = (
        (*head, "发票抬头", "纳税人识别号"),
        (*water, "演示水厂财务室", "42 0000 1234 5678x"),
        (*school, "第二小学食堂", "4200001234"),
    )
    plan = planned(staff, write(staff, "单位表.csv", rows), roster(staff))
    (wrong,) = (told.finding for told in plan.findings if told.finding.code == "tax-number")
    assert (wrong.row, wrong.column, wrong.severity) == (3, "P", Severity.ERROR)
    staff.reviewer.openings.carry_out(plan.batch_ids)
    kept = "SELECT invoice_title || ' ' || invoice_code FROM unit WHERE name LIKE '明山县演示水厂%'"
    assert staff.value(kept) == "演示水厂财务室 42000012345678X"


def test_a_plan_says_what_would_be_made_and_touches_nothing(staff: Staff) -> None:
    before = ledger(staff)
    plan = planned(staff, write(staff, "单位表.csv", UNITS), roster(staff))
    assert (plan.new_units, plan.new_people, plan.known_people, plan.rejected) == (2, 6, 0, 0)
    water, school = plan.units
    assert (water.name, water.new, water.people, water.fen) == (
        "明山县演示水厂(演示)", True, 4, 22_000,
    )  # fmt: skip
    assert (water.first, water.last, water.business_no) == (FIRST, date(2026, 12, 31), "HB2026-1")
    assert water.note == "单位表写220.00元,名单合计240.00元"
    assert (school.fen, school.note) == (10_000, "")
    ((file, finding),) = [(told.file, told.finding) for told in plan.findings]
    assert (file, finding.row, finding.code) == ("单位表.csv", 2, "amount-differs")
    assert finding.severity is Severity.WARNING
    assert finding.message == (
        "第2行 “明山县演示水厂(演示)”单位表写220.00元,名单合计240.00元;存入的是单位表的金额,请核对"
    )
    assert [file.rows_read for file in plan.files] == [3, 6]
    assert plan.changes
    assert ledger(staff) == before


def test_books_become_finished_cases_with_people_cover_and_numbers(staff: Staff) -> None:
    result = stored(staff, write(staff, "单位表.csv", UNITS), roster(staff))
    assert result == {"units": 2, "people": 6, "cases": 2}
    school, water = staff.clerk.units.list_units(2026)
    assert (water.name, water.kind_label, water.area, water.contact, water.state) == (
        "明山县演示水厂(演示)", "企业", "城区片", "周演示", "open",
    )  # fmt: skip
    assert (water.step_label, water.people, water.due_fen) == ("办结", 4, 22_000)
    assert (school.kind_label, school.people, school.due_fen) == ("事业单位", 2, 10_000)
    view = staff.clerk.units.get(water.id)
    case = staff.clerk.enrolments.get(view.enrolments[0].id)
    assert (case.year, case.state, case.business_no, case.next_act) == (
        2026, "finished", "HB2026-1", "",
    )  # fmt: skip
    assert (case.effective_on, case.last_on) == (FIRST, date(2026, 12, 31))
    assert [(plan.key, plan.people, plan.fee_fen) for plan in case.plans] == [
        ("hospital", 4, 5_000), ("women", 2, 2_000),
    ]  # fmt: skip
    assert case.to_confirm == ()
    assert case.quote is None
    assert [line.note for line in staff.clerk.enrolments.history(case.id)] == [
        "期初建账:由上年台账导入"
    ]
    listed = staff.clerk.rosters.list_people(case.id)
    assert [line.contribution_fen for line in listed] == [7_000, 7_000, 5_000, 5_000]
    covers = "SELECT count(*) FROM cover WHERE from_on = '2026-01-01' AND until_on = '2027-01-01'"
    assert staff.value(covers) == 8
    hit = staff.clerk.search.find(people(6, women=2)[0][2][-4:])[0]
    assert "至2026年12月31日" in hit.detail
    assert "已缴" in hit.detail
    assert staff.value("SELECT count(*) FROM import_row") == 0
    assert staff.value("SELECT audit_seq FROM desk")


def test_the_same_books_again_change_nothing_and_say_so(staff: Staff) -> None:
    files = (write(staff, "单位表.csv", UNITS), roster(staff))
    stored(staff, *files)
    before = staff.counts()
    plan = planned(staff, *files)
    assert (plan.new_units, plan.new_people, plan.known_people) == (0, 0, 6)
    assert not plan.changes
    result = staff.reviewer.openings.carry_out(plan.batch_ids).value
    assert result == {"units": 0, "people": 0, "cases": 0}
    after = staff.counts()
    same = set(after) - {"import_batch", "operation", "audit_line", "change_log"}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


def test_the_sample_countys_ledger_is_taken_over_whole(
    staff: Staff, tmp_path_factory: pytest.TempPathFactory
) -> None:
    county = county_once(tmp_path_factory)
    plan = planned(staff, county.ledger, first=None)
    book: Any = openpyxl.load_workbook(county.ledger)
    told = {row[1].value: row for row in book["单位"].iter_rows(min_row=3)}
    assert [line.name for line in plan.units] == list(told)
    assert plan.new_people == book["人员"].max_row - 2
    assert all(line.note == "" for line in plan.units)
    assert not codes(plan)
    assert {code for _file, _row, code in codes(plan, Severity.WARNING)} >= {"kind"}
    staff.reviewer.openings.carry_out(plan.batch_ids)
    for row in staff.clerk.units.list_units(2026):
        cells = told[row.name]
        assert (row.people, row.due_fen) == (cells[8].value, round(cells[9].value * 100))
        assert row.kind_label == "其他"


def test_a_folder_of_one_file_per_unit_finds_each_unit_by_name(staff: Staff) -> None:
    units = write(staff, "单位表.csv", UNITS)
    rows = [("序号", "姓名", "身份证号", "手机号"), *people(3)]
    write(staff, "各单位/2026第二小学（演示）花名册.csv", rows)
    write(staff, "各单位/不知道是谁.csv", [rows[0], *people(1, start=50)])
    write(staff, "各单位/说明.txt", [("这不是名单",)])
    (staff.papers / "各单位" / "~$名册.xlsx").write_bytes(b"")
    (staff.papers / "各单位" / "坏了.xlsx").write_bytes(b"PK\x03\x04 broken")
    plan = planned(staff, units, staff.papers / "各单位")
    assert {line.name: line.people for line in plan.units} == {
        "明山县演示水厂(演示)": 0, "第二小学(演示)": 3,
    }  # fmt: skip
    assert plan.units[0].note == "没有名单,只登记单位"
    assert {(file, code) for file, _row, code in codes(plan)} >= {
        ("不知道是谁.csv", "unit-unknown"), ("说明.txt", "header-not-found"),
    }  # fmt: skip
    assert "坏了.xlsx" in {file for file, _row, _code in codes(plan)}
    assert staff.reviewer.openings.carry_out(plan.batch_ids).value["cases"] == 1
    waiting = staff.clerk.openings.list_waiting()
    assert [line.name for line in waiting if line.name] == [people(1, start=50)[0][1]]
    letter = staff.clerk.openings.save_corrections(plan.batch_ids, staff.papers / "需更正.xlsx")
    assert openpyxl.load_workbook(letter)["需更正"].max_row == 2
    stored(staff, write(staff, "又一家.csv", [UNITS[0], ["又一家(演示)", *UNITS[2][1:]]]))
    assert staff.clerk.openings.list_waiting() == waiting  # nobody mended those


def test_refused_rows_wait_and_a_mended_one_joins_the_case(staff: Staff, tmp_path: Path) -> None:
    units = write(staff, "单位表.csv", UNITS)
    number = people(6, women=2)[1][2]
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    plan = planned(staff, units, roster(staff, 身份证号=wrong))
    assert codes(plan) == [("名册.csv", 3, "identity-check-digit")]
    assert plan.units[0].note.startswith("单位表写4人,名单可用3人")
    staff.reviewer.openings.carry_out(plan.batch_ids)
    (line,) = staff.clerk.openings.list_waiting()
    assert (line.file, line.row, line.unit) == ("名册.csv", 3, "明山县演示水厂(演示)")
    letter = Path(staff.clerk.openings.save_corrections(plan.batch_ids, tmp_path / "需更正.xlsx"))
    book: Any = openpyxl.load_workbook(letter)
    sheet = book["需更正"]
    heads = [cell.value for cell in sheet[1]]
    assert {"姓名", "身份证号", "单位", "会费", "问题和改法"} <= set(heads)
    sheet.cell(2, heads.index("身份证号") + 1).value = number
    book.save(letter)
    again = planned(staff, letter)
    assert (again.new_units, again.new_people, again.rejected) == (0, 1, 0)
    assert staff.reviewer.openings.carry_out(again.batch_ids).value == {
        "units": 0, "people": 1, "cases": 0,
    }  # fmt: skip
    assert staff.clerk.openings.list_waiting() == ()
    case = staff.clerk.units.list_units(2026)[1]
    assert (case.people, case.due_fen) == (4, 29_000)
    notes = [line.note for line in staff.clerk.enrolments.history(1)]
    assert notes[-1] == "期初建账:由上年台账导入,增加1人"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"会费": "七十"}, "amount"),
        ({"会费": "-1"}, "amount"),
        ({"会费": "#N/A"}, "formula-error"),
        ({"单位名称": "没有这家"}, "unit-unknown"),
        ({"身份证号": people(6, women=2)[0][2]}, "duplicate-in-file"),
    ],
)
def test_a_person_who_cannot_be_taken_is_refused_with_his_address(
    staff: Staff, changed: dict[str, str], code: str
) -> None:
    plan = planned(staff, write(staff, "单位表.csv", UNITS), roster(staff, **changed))
    assert codes(plan) == [("名册.csv", 3, code)]
    assert (plan.rejected, plan.new_people) == (1, 5)


@pytest.mark.parametrize(
    ("place", "text", "code"),
    [
        (0, "", "unit-missing"),
        (0, "长" * 61, "unit-long"),
        (0, "#REF!", "formula-error"),
        (1, "9199999919522170XX", "check"),
        (3, "长" * 41, "too-long"),
        (6, "十二", "count"),
        (7, "13", "women-too-many"),
        (8, "不知道", "plan-not-allowed"),
        (9, "半份", "shares"),
        (10, "x", "amount"),
        (11, "去年", "day"),
        (12, "2025-12-31", "days"),
    ],
)
def test_a_unit_that_cannot_be_taken_is_refused_with_its_people(
    staff: Staff, place: int, text: str, code: str
) -> None:
    rows = [list(row) for row in UNITS]
    rows[0][9], rows[1][9] = "份数", "1"
    rows[1][place] = text
    plan = planned(staff, write(staff, "单位表.csv", rows), roster(staff))
    told = codes(plan)
    assert told[0][:2] == ("单位表.csv", 2)
    assert code in told[0][2] or code == "check"
    assert [one[2] for one in told if one[0] == "名册.csv"] == ["unit-unknown"] * 4
    assert [line.name for line in plan.units] == ["第二小学(演示)"]


def test_a_refused_unit_goes_into_the_letter_and_comes_back_mended(
    staff: Staff, tmp_path: Path
) -> None:
    rows = [list(row) for row in UNITS]
    rows[1][6] = "十二"
    files = (write(staff, "单位表.csv", rows), roster(staff))
    plan = planned(staff, *files)
    staff.reviewer.openings.carry_out(plan.batch_ids)
    letter = Path(staff.clerk.openings.save_corrections(plan.batch_ids, tmp_path / "需更正.xlsx"))
    book: Any = openpyxl.load_workbook(letter)
    sheet = book["单位需更正"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("在职职工") + 1).value = "12"
    book.save(letter)
    assert planned(staff, letter).new_people == 4
    assert stored(staff, letter) == {"units": 1, "people": 4, "cases": 1}
    assert staff.clerk.openings.list_waiting() == ()


def test_a_unit_without_a_told_amount_gets_none_when_people_join_later(staff: Staff) -> None:
    bare = [("单位名称", "参加项目"), ("明山县演示水厂(演示)", "住院"), (" ", ""), ("合计", "")]
    rows = [("单位名称", "姓名", "身份证号")]
    rows += [(bare[1][0], row[1], row[2]) for row in people(3)]
    units = write(staff, "单位表.csv", bare)
    stored(staff, units, write(staff, "一.csv", rows[:3]))
    assert stored(staff, write(staff, "二.csv", [rows[0], rows[3]]))["people"] == 1
    (unit,) = staff.clerk.units.list_units(2026)
    assert (unit.people, unit.due_fen) == (3, None)
    only = write(staff, "只有合计.csv", [bare[0], bare[3]])
    assert planned(staff, only).files[0].skipped == 1


def test_a_unit_twice_and_a_shared_code_are_told(staff: Staff) -> None:
    other = ["第三小学(演示)", "9199999919522170XT", *UNITS[2][2:]]
    rows = [*UNITS[:3], UNITS[1], other]
    plan = planned(staff, write(staff, "单位表.csv", rows), roster(staff))
    assert codes(plan) == [("单位表.csv", 4, "unit-twice")]
    assert ("单位表.csv", 5, "code-shared") in codes(plan, Severity.WARNING)


def test_people_told_and_people_listed_are_compared_over_all_files(staff: Staff) -> None:
    head, water = UNITS[0], list(UNITS[1])
    water[9] = "5"
    plan = planned(staff, write(staff, "单位表.csv", [head, water, UNITS[2]]), roster(staff))
    doubts = [told.finding for told in plan.findings if told.finding.code == "people-differ"]
    assert [one.message for one in doubts] == [
        "第2行 “明山县演示水厂(演示)”单位表写5人,名单可用4人;存入的是名单上的人,请核对"
    ]


def test_one_person_in_two_files_is_taken_once(staff: Staff) -> None:
    units = write(staff, "单位表.csv", UNITS)
    plan = planned(staff, units, roster(staff), roster(staff, "又一份.csv"))
    assert plan.new_people == 6
    assert [told[0] for told in codes(plan)] == ["又一份.csv"] * 6
    again = planned(staff, units, roster(staff), roster(staff, "别处/名册.csv"))
    assert (again.new_people, again.rejected) == (6, 6)


def test_plans_and_first_day_are_asked_for_where_the_books_do_not_say(staff: Staff) -> None:
    bare = [("单位名称", "联系人"), ("明山县演示水厂(演示)", "周演示"), ("第二小学(演示)", "")]
    units = write(staff, "单位表.csv", bare)
    with refused(staff, "plans-missing"):
        planned(staff, units, roster(staff))
    with refused(staff, "first-missing"):
        planned(staff, units, roster(staff), first=None, plans=(("hospital", 1),))
    plan = planned(staff, units, roster(staff), plans=(("hospital", 1), ("accident", 2)))
    assert stored(staff, units, roster(staff), plans=(("hospital", 1), ("accident", 2)))
    assert plan.units[0].last == date(2026, 12, 31)
    amounts = "SELECT count(*) FROM enrollee WHERE contribution_fen IS NOT NULL"
    assert staff.value(amounts) == 4  # 70 yuan are told apart as 50 and 20, 50 yuan are not
    assert staff.value("SELECT max(shares) FROM cover") == 2


def test_a_man_in_a_plan_for_women_only_is_refused(staff: Staff) -> None:
    rows = [list(row) for row in UNITS]
    rows[1][8] = "女职工"
    plan = planned(staff, write(staff, "单位表.csv", rows), roster(staff))
    assert codes(plan) == [("名册.csv", 4, "women-only"), ("名册.csv", 5, "women-only")]


def test_what_the_ledger_knows_speaks_against_a_row(staff: Staff) -> None:
    walked(staff, "roster", rows=people(6, women=2)[:2])
    units = write(staff, "单位表.csv", UNITS)
    staff.run("UPDATE member SET name = '别人' WHERE id = 1")
    assert codes(planned(staff, units, roster(staff))) == [("名册.csv", 2, "name-differs")]
    staff.run("UPDATE enrolment SET year = 2026")
    assert codes(planned(staff, units, roster(staff))) == [
        ("名册.csv", 2, "name-differs"), *[("名册.csv", row, "year-in-ledger") for row in (3, 4, 5)]
    ]  # fmt: skip


def test_cover_that_is_in_the_ledger_is_not_laid_over(staff: Staff) -> None:
    walked(staff, "confirmed", name="另一家(演示)", rows=people(2, women=2), at_work=2)
    units = write(staff, "单位表.csv", UNITS)
    plan = planned(staff, units, roster(staff))
    assert codes(plan) == [("名册.csv", 2, "cover-overlaps"), ("名册.csv", 3, "cover-overlaps")]


def test_a_plan_is_stale_when_the_ledger_took_its_people_meanwhile(staff: Staff) -> None:
    plan = planned(staff, write(staff, "单位表.csv", UNITS), roster(staff))
    walked(staff, "confirmed", name="另一家(演示)", rows=people(2, women=2), at_work=2)
    with refused(staff, "plan-stale"):
        staff.reviewer.openings.carry_out(plan.batch_ids)


def test_a_plan_is_stale_when_a_unit_of_it_has_another_name_now(staff: Staff) -> None:
    unit_id = staff.clerk.units.register(unit_draft()).value
    staff.reviewer.units.open(unit_id)
    plan = planned(staff, roster(staff), plans=(("hospital", 1),))
    staff.clerk.units.edit(unit_id, unit_draft("改了名的水厂(演示)"))
    with refused(staff, "plan-stale"):
        staff.reviewer.openings.carry_out(plan.batch_ids)


def test_a_failure_halfway_leaves_nothing_and_the_plan_can_be_carried_out_again(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(staff, write(staff, "单位表.csv", UNITS), roster(staff))
    before = staff.counts()

    def full(*_given: object) -> None:
        raise StorageError(StorageKind.FULL)

    with monkeypatch.context() as patched:
        patched.setattr(opening_store, "_amounts", full)
        with pytest.raises(StorageError):
            staff.reviewer.openings.carry_out(plan.batch_ids)
    assert staff.counts() == before

    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        staff.reviewer.openings.carry_out(plan.batch_ids, step=stop)
    assert staff.counts() == before
    assert staff.reviewer.openings.carry_out(plan.batch_ids).value["people"] == 6


def test_a_plan_left_behind_is_dropped_by_the_next_and_reading_tells_its_steps(
    staff: Staff,
) -> None:
    units, steps = write(staff, "单位表.csv", UNITS), list[tuple[int, int]]()
    left = planned(staff, units, roster(staff))
    draft = OpeningDraft(2026, (units,), FIRST)
    ids = staff.clerk.openings.plan_files(draft, step=lambda *at: steps.append(at)).value
    assert steps == [(1, 1)]
    assert staff.value("SELECT count(*) FROM import_row") == 2
    with refused(staff, "plan-gone"):
        staff.reviewer.openings.carry_out(left.batch_ids)
    assert staff.reviewer.openings.carry_out(ids).value["units"] == 2


def test_a_plan_is_carried_out_once_or_dropped(staff: Staff) -> None:
    files = (write(staff, "单位表.csv", UNITS), roster(staff))
    plan = planned(staff, *files)
    staff.clerk.openings.drop_plan(plan.batch_ids)
    assert staff.value("SELECT count(*) FROM import_row") == 0
    with refused(staff, "plan-gone"):
        staff.reviewer.openings.carry_out(plan.batch_ids)
    with refused(staff, "plan-gone"):
        staff.clerk.openings.plan_view([999])


def test_what_cannot_be_planned_at_all_is_refused(staff: Staff) -> None:
    units = write(staff, "单位表.csv", UNITS)
    with refused(staff, "year"):
        planned(staff, units, year=2027)
    with refused(staff, "plans"):
        planned(staff, units, plans=(("nothing", 1),))
    (staff.papers / "空").mkdir()
    with refused(staff, "files-missing"):
        planned(staff, staff.papers / "空")
    plan = planned(staff, staff.papers / "没有.xlsx")
    assert codes(plan) == [("没有.xlsx", 0, "file-missing")]
    assert staff.reviewer.openings.carry_out(plan.batch_ids).value["units"] == 0


@pytest.mark.both_databases
def test_a_figure_confirmed_later_leaves_the_amounts_of_the_books_alone(staff: Staff) -> None:
    staff.run("UPDATE scheme_figure SET state_code = 'to-confirm'")
    stored(staff, write(staff, "单位表.csv", UNITS), roster(staff))
    staff.head.schemes.confirm_figure("plans.hospital.fee_fen", 9_900, "演示用会费标准二")
    (case,) = [row.id for row in staff.clerk.enrolments.list_enrolments(2026) if row.people == 4]
    view = staff.clerk.enrolments.get(case)
    assert (view.due_fen, view.total_fen, view.to_confirm) == (22_000, 22_000, ())
    lines = staff.clerk.rosters.list_people(case)
    assert [line.contribution_fen for line in lines] == [None, None, 5_000, 5_000]
    assert staff.value("SELECT count(*) FROM funding_part") == 0


def test_a_unit_of_the_ledger_is_not_made_again_and_renews_after_the_books(staff: Staff) -> None:
    unit_id = staff.clerk.units.register(unit_draft()).value
    staff.reviewer.units.open(unit_id)
    plan = planned(staff, write(staff, "单位表.csv", UNITS), roster(staff))
    assert [line.new for line in plan.units] == [False, True]
    only = planned(staff, roster(staff, "只有名册.csv"), plans=(("hospital", 1),))
    assert [(line.name, line.new) for line in only.units] == [("明山县演示水厂(演示)", False)]
    result = staff.reviewer.openings.carry_out(only.batch_ids).value
    assert result == {"units": 0, "people": 4, "cases": 1}
    draft = EnrolmentDraft("on-behalf", (("hospital", 1),), 10, 2)
    case = staff.clerk.enrolments.start(unit_id, draft).value
    assert staff.value("SELECT kind_code FROM enrolment WHERE id = :id", id=case) == "renewal"
