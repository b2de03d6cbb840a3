"""Rosters: a plan saves nothing in the ledger; carried out it stores all of it or nothing."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from db.errors import StorageError, StorageKind
from desktop_app.domain.identity import identity_18
from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters.rosters import RosterReport
from desktop_app.errors import Cancelled, FileError
from desktop_app.services.rosters import roster_batches
from desktop_app.services.rosters.roster_rows import waiting_rows
from tests.services.desks import Row, Staff, people
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

LEDGER = ("member", "enrollee", "enrolment_plan", "funding_part", "enrolment_step")
WOMEN = (("women", 1),)


def ledger(staff: Staff) -> dict[str, int]:
    counts = staff.counts()
    return {name: counts[name] for name in LEDGER}


def parked(staff: Staff, walk: Walk) -> list[tuple[str, str]]:
    return [(row.name, row.reason) for row in staff.clerk.rosters.list_parked(walk.id)]


def broken(rows: list[Row], place: int, **cells: str) -> list[Row]:
    number, name, identity, phone = rows[place]
    changed = {"name": name, "identity": identity} | cells
    rows = list(rows)
    rows[place] = (number, changed["name"], changed["identity"], phone)
    return rows


def wrong_digit(row: Row) -> str:
    last = row[2][-1]
    return row[2][:-1] + ("1" if last != "1" else "2")


def test_a_plan_tells_what_would_happen_and_saves_nothing_in_the_ledger(staff: Staff) -> None:
    walk = Walk(staff).start()
    before = ledger(staff)
    rows = broken(people(10, women=2), 3, identity=wrong_digit(people(10, women=2)[3]))
    plan = staff.clerk.rosters.plan_view(walk.read(rows))
    assert (plan.rows_read, plan.accepted, plan.rejected, plan.skipped) == (10, 9, 1, 0)
    assert (plan.new_people, plan.known_people, plan.due_fen) == (9, 0, 45_000)
    assert plan.participation == "在职10人,应不少于10人(全员):还差1人"
    assert [(finding.row, finding.code) for finding in plan.findings] == [
        (5, "identity-check-digit")
    ]
    assert ledger(staff) == before
    assert staff.clerk.enrolments.get(walk.id).people == 0


def test_a_plan_carried_out_stores_everyone_in_the_order_of_the_file(staff: Staff) -> None:
    walk = Walk(staff, plans=(("hospital", 1), ("women", 1))).start()
    assert staff.clerk.rosters.carry_out(walk.read()).value == 10
    lines = staff.clerk.rosters.list_people(walk.id)
    assert [line.name for line in lines] == [row[1] for row in walk.rows]
    assert [line.plans for line in lines[:3]] == [
        "住院医疗、女职工特殊疾病", "住院医疗、女职工特殊疾病", "住院医疗",
    ]  # fmt: skip
    assert [line.contribution_fen for line in lines[:3]] == [7_000, 7_000, 5_000]
    assert (lines[0].sex_label, lines[2].sex_label, lines[0].age) == ("女", "男", 56)
    assert lines[0].identity == "*" * 14 + walk.rows[0][2][-4:]
    page = staff.clerk.rosters.list_people(walk.id, after=2, limit=3)
    assert [line.line_no for line in page] == [3, 4, 5]
    assert staff.value("SELECT count(*) FROM import_row") == 0


def test_fees_that_nobody_confirmed_are_not_counted(staff: Staff) -> None:
    staff.run("UPDATE scheme_figure SET state_code = 'to-confirm'")
    walk = Walk(staff, plans=(("hospital", 1), ("women", 1))).start()
    batch = walk.read()
    assert staff.clerk.rosters.plan_view(batch).due_fen is None
    staff.clerk.rosters.carry_out(batch)
    assert staff.clerk.rosters.list_people(walk.id)[0].contribution_fen is None
    assert staff.clerk.enrolments.get(walk.id).due_fen is None


def test_a_plan_that_fails_halfway_stores_nobody_and_can_be_carried_out_again(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = Walk(staff).start()
    batch = walk.read()

    def full(*_given: object) -> None:
        raise StorageError(StorageKind.FULL)

    before = staff.counts()
    with monkeypatch.context() as patched:
        patched.setattr(roster_batches, "work_off", full)
        with pytest.raises(StorageError):
            staff.clerk.rosters.carry_out(batch)
    assert staff.counts() == before
    assert staff.clerk.rosters.carry_out(batch).value == 10


def test_a_plan_is_carried_out_once(staff: Staff) -> None:
    walk = Walk(staff).start()
    batch = walk.read()
    staff.clerk.rosters.carry_out(batch)
    with refused(staff, "plan-gone"):
        staff.clerk.rosters.carry_out(batch)
    with refused(staff, "plan-gone"):
        staff.clerk.rosters.drop_plan(batch)
    for look in (staff.clerk.rosters.carry_out, staff.clerk.rosters.plan_view):
        with refused(staff, "plan-gone"):
            look(999)


def test_a_dropped_plan_is_gone_with_its_rows(staff: Staff) -> None:
    walk = Walk(staff).start()
    batch = walk.read()
    staff.clerk.rosters.drop_plan(batch)
    assert staff.value("SELECT count(*) FROM import_row") == 0
    with refused(staff, "plan-gone"):
        staff.clerk.rosters.carry_out(batch)


def test_a_plan_is_stale_after_another_was_carried_out(staff: Staff) -> None:
    walk = Walk(staff).start()
    first, second = walk.read(), walk.read(people(3, start=50))
    staff.clerk.rosters.carry_out(first)
    with refused(staff, "plan-stale"):
        staff.clerk.rosters.carry_out(second)


def test_a_plan_is_stale_when_another_unit_took_its_people_meanwhile(staff: Staff) -> None:
    walk, other = Walk(staff).start(), Walk(staff, name="第二家(演示)").start()
    batch = walk.read()
    other.roster()
    with refused(staff, "plan-stale") as caught:
        staff.clerk.rosters.carry_out(batch)
    assert "10人" in caught.value.message


def test_a_second_import_adds_only_who_is_new(staff: Staff) -> None:
    walk = walked(staff)
    batch = walk.read(people(12, women=2))
    plan = staff.clerk.rosters.plan_view(batch)
    assert (plan.accepted, plan.new_people, plan.known_people) == (12, 2, 0)
    assert plan.due_fen == 60_000
    assert staff.clerk.rosters.carry_out(batch).value == 2
    assert [line.line_no for line in staff.clerk.rosters.list_people(walk.id)] == [*range(1, 13)]
    assert staff.value("SELECT count(*) FROM member") == 12


def test_people_of_last_year_are_known_again(staff: Staff) -> None:
    walked(staff)
    staff.head.schemes.set_year(2028)
    other = Walk(staff, name="第二家(演示)").start()
    plan = staff.clerk.rosters.plan_view(other.read())
    assert (plan.accepted, plan.new_people, plan.known_people) == (10, 0, 10)


def test_people_of_another_unit_are_refused_by_name(staff: Staff) -> None:
    first = walked(staff)
    other = Walk(staff, name="第二家(演示)").start()
    batch = other.read(people(12, women=2))
    plan = staff.clerk.rosters.plan_view(batch)
    assert (plan.accepted, plan.rejected) == (2, 10)
    assert {finding.code for finding in plan.findings} == {"duplicate-elsewhere"}
    assert {(one.column, one.field) for one in plan.findings} == {("C", "identity")}
    assert f"已由“{first.name}”办理2027年度入会" in plan.findings[0].message
    assert staff.clerk.rosters.carry_out(batch).value == 2
    assert len(parked(staff, other)) == 10


def test_who_is_elsewhere_is_told_at_the_identity_of_each_block(staff: Staff) -> None:
    walked(staff)
    other = Walk(staff, name="第二家(演示)").start()
    (_, name, identity, _phone), (_, second, its, _more) = people(2, women=2)
    rows = (("姓名", "身份证号"), (name, identity), ("身份证号", "电话", "姓名"), (its, "", second))
    path = staff.papers / "两段.csv"
    path.write_text("\n".join(",".join(row) for row in rows), "utf-8-sig")
    plan = staff.clerk.rosters.plan_view(staff.clerk.rosters.plan_file(other.id, path).value)
    assert [(one.row, one.column) for one in plan.findings if one.field] == [(2, "B"), (4, "A")]


@pytest.mark.both_databases
def test_a_number_under_another_name_is_refused(staff: Staff) -> None:
    walked(staff)
    staff.head.schemes.set_year(2028)
    other = Walk(staff, name="第二家(演示)").start()
    rows = broken(people(10, women=2), 0, name="欧阳演示")
    plan = staff.clerk.rosters.plan_view(other.read(rows))
    assert (plan.accepted, plan.rejected) == (9, 1)
    (finding,) = plan.findings
    assert (finding.code, finding.row) == ("name-differs", 2)
    assert "欧阳演示" in finding.message
    assert people(1)[0][1] in finding.message


def test_refused_rows_stay_with_the_case_until_they_come_in_mended(staff: Staff) -> None:
    walk = Walk(staff).start()
    good = people(10, women=2)
    bad = broken(good, 3, identity=wrong_digit(good[3]))
    staff.clerk.rosters.carry_out(walk.read(bad))
    ((name, reason),) = parked(staff, walk)
    assert name == good[3][1]
    assert "校验" in reason
    assert staff.clerk.enrolments.get(walk.id).parked == 1
    (line,) = staff.clerk.rosters.list_parked(walk.id)
    assert line.where == f"{walk.name}.csv · 第5行"
    staff.clerk.rosters.carry_out(walk.read(good))
    assert parked(staff, walk) == []
    assert staff.clerk.enrolments.get(walk.id).people == 10


def test_a_row_that_still_waits_is_not_worked_off_by_others(staff: Staff) -> None:
    walk = Walk(staff).start()
    good = people(10, women=2)
    staff.clerk.rosters.carry_out(walk.read(broken(good, 3, identity=wrong_digit(good[3]))))
    staff.clerk.rosters.carry_out(walk.read(people(2, start=60)))
    assert len(parked(staff, walk)) == 1


def test_a_row_that_waits_is_not_worked_off_by_a_namesake(staff: Staff) -> None:
    walk = Walk(staff).start()
    good = people(2)
    staff.clerk.rosters.carry_out(walk.read(broken(good, 1, identity=wrong_digit(good[1]))))
    namesake = ("1", good[1][1], identity_18("99999919881123007"), "19900007777")
    staff.clerk.rosters.carry_out(walk.read([namesake]))
    assert [name for name, _ in parked(staff, walk)] == [good[1][1]]
    staff.clerk.rosters.carry_out(walk.read([good[1]]))
    assert parked(staff, walk) == []
    assert staff.clerk.enrolments.get(walk.id).people == 3


def test_plans_and_shares_of_a_row_that_the_application_has_not_are_told(staff: Staff) -> None:
    for plan_id in ("hospital", "women", "accident"):
        figure = f"plans.{plan_id}.share_limits.default"
        staff.head.schemes.confirm_figure(figure, 4, "演示文件")
    walk = Walk(staff, plans=(("hospital", 2), ("women", 2))).start()
    told = (("住院", "2"), ("住院、女职工", ""), ("住院", "2"), ("", "1"), ("住院、意外", "2"))
    path = staff.papers / "写明项目.csv"
    lines = [
        ",".join((name, identity, *written))
        for (_no, name, identity, _phone), written in zip(people(5, women=2), told, strict=True)
    ]
    path.write_text("\n".join(("姓名,身份证号,项目,份数", *lines)), "utf-8-sig")
    plan = staff.clerk.rosters.plan_view(staff.clerk.rosters.plan_file(walk.id, path).value)
    found = [(one.row, one.column, one.code) for one in plan.findings]
    assert plan.accepted == 5
    assert found == [(2, "C", "plans-differ"), (5, "D", "shares-differ"), (6, "C", "plans-differ")]
    assert "“住院医疗、女职工特殊疾病”" in plan.findings[0].message
    assert "份数是1,这份申请的是2" in plan.findings[1].message


def test_nobody_is_stored_from_a_list_of_refused_rows(staff: Staff) -> None:
    walk = Walk(staff).start()
    batch = walk.read([(row[0], row[1], wrong_digit(row), row[3]) for row in people(3)])
    assert staff.clerk.rosters.plan_view(batch).accepted == 0
    assert staff.clerk.rosters.carry_out(batch).value == 0
    assert len(parked(staff, walk)) == 3


def test_blank_rows_are_skipped_and_told(staff: Staff) -> None:
    walk = Walk(staff).start()
    rows = [*people(2), ("合计", "2人", "", "")]
    plan = staff.clerk.rosters.plan_view(walk.read(rows))
    assert (plan.rows_read, plan.accepted, plan.skipped) == (3, 2, 1)


def test_the_womens_plan_alone_takes_only_women(staff: Staff) -> None:
    walk = Walk(staff, plans=WOMEN).start()
    batch = walk.read()
    plan = staff.clerk.rosters.plan_view(batch)
    assert (plan.accepted, plan.rejected, plan.due_fen) == (2, 8, 4_000)
    assert {finding.code for finding in plan.findings} == {"women-only"}
    assert staff.clerk.rosters.carry_out(batch).value == 2
    walk.submitted()
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.step_key, view.people, view.due_fen) == ("review", 2, 4_000)


@pytest.mark.both_databases
def test_the_womens_plan_alone_needs_enough_of_the_women(staff: Staff) -> None:
    walk = Walk(staff, plans=WOMEN, women=3).start()
    walk.roster()
    walk.proof()
    with refused(staff, "participation-too-low"):
        staff.clerk.enrolments.submit(walk.id)


@pytest.mark.both_databases
def test_the_newest_roster_knows_the_newest_phone(staff: Staff) -> None:
    walk = walked(staff)
    rows = [(row[0], row[1], row[2], "19911112222") for row in people(10, women=2)[:1]]
    staff.clerk.rosters.carry_out(walk.read(rows))
    assert staff.value("SELECT count(*) FROM member WHERE phone = '19911112222'") == 1
    assert staff.value("SELECT count(*) FROM change_log WHERE field = 'phone'") == 1
    (hit,) = staff.clerk.search.find("2222")
    assert hit.title.startswith(rows[0][1])


def test_a_list_changes_only_while_the_case_is_a_draft(staff: Staff) -> None:
    walk = walked(staff)
    batch = walk.read(people(11, women=2))
    walk.submitted()
    with refused(staff, "not-a-draft"):
        walk.read()
    with refused(staff, "not-a-draft"):
        staff.clerk.rosters.carry_out(batch)
    staff.reviewer.enrolments.return_(walk.id, "漏了人")
    walk.rows = people(10, women=2)
    walk.roster()
    assert staff.clerk.enrolments.get(walk.id).state == "open"


def test_a_file_that_is_no_roster_is_refused_as_a_whole(staff: Staff) -> None:
    walk = Walk(staff).start()
    path = staff.papers / "通知.csv"
    path.write_text("关于开展活动的通知,,\n请各单位,按时,报送\n", "utf-8-sig")
    before = staff.counts()
    with pytest.raises(FileError) as caught:
        staff.clerk.rosters.plan_file(walk.id, path)
    error = caught.value
    assert (error.code, error.where) == ("header-not-found", "通知.csv")
    assert error.message == ("《通知.csv》:没有找到名单的表头,表头里要有“姓名”和“身份证号”两列。")
    assert error.remedy == "请补上表头后再试。"
    assert staff.counts() == before


def test_a_reading_that_is_cancelled_leaves_nothing(staff: Staff) -> None:
    walk = Walk(staff).start()

    def stop(_done: int, _of: int) -> None:
        raise Cancelled

    before = staff.counts()
    with pytest.raises(Cancelled):
        staff.clerk.rosters.plan_file(walk.id, staff.roster(people(10)), stop)
    assert staff.counts() == before


def test_any_roster_is_checked_before_a_unit_or_case_exists(staff: Staff) -> None:
    before = staff.counts()
    rows = broken(people(5), 1, identity=wrong_digit(people(5)[1]))
    check = staff.clerk.rosters.check_file(staff.roster(rows, "某厂花名册.csv"))
    assert (check.rows_read, check.accepted, check.rejected, check.skipped) == (5, 4, 1, 0)
    assert (check.unit_id, check.unit_name, check.file_name) == (None, None, "某厂花名册.csv")
    assert [finding.code for finding in check.findings] == ["identity-check-digit"]
    assert staff.counts() == before


def test_the_unit_is_guessed_from_the_files_name_or_its_title(staff: Staff) -> None:
    walk = Walk(staff, name="安平镇小学").start()
    Walk(staff, name="安平镇").start()
    named = staff.clerk.rosters.check_file(staff.roster(people(1), "安平镇小学 花名册.csv"))
    assert (named.unit_id, named.unit_name) == (walk.unit_id, "安平镇小学")
    titled = staff.papers / "名单.csv"
    head = "安平镇小学入会人员花名册,,,\n"
    body = staff.roster(people(1), "一.csv").read_text("utf-8-sig")
    titled.write_text(head + body, "utf-8-sig")
    assert staff.clerk.rosters.check_file(titled).unit_id == walk.unit_id


def test_corrections_are_written_beside_the_file_and_never_over_another(staff: Staff) -> None:
    rows = broken(people(3), 1, identity=wrong_digit(people(3)[1]))
    source = staff.roster(rows, "某厂.csv")
    first = Path(staff.clerk.rosters.save_corrections(source).path)
    kept = first.read_bytes()
    second = Path(staff.clerk.rosters.save_corrections(source).path)
    assert (first.name, second.name) == ("某厂_需更正.xlsx", "某厂_需更正(2).xlsx")
    assert first.read_bytes() == kept
    words = {
        str(cell)
        for sheet in openpyxl.load_workbook(second).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell
    }
    assert rows[1][1] in words
    target = staff.papers / "给单位.xlsx"
    assert staff.clerk.rosters.save_corrections(source, target).path == str(target)
    assert target.exists()


@pytest.mark.parametrize("rows", [[], [("", "", "", "")]])
def test_a_list_without_a_single_person_is_refused_as_a_whole(
    staff: Staff, rows: list[Row]
) -> None:
    walk = Walk(staff).start()
    before = staff.counts()
    with pytest.raises(FileError) as caught:
        walk.read(rows)
    assert (caught.value.code, caught.value.remedy) == ("no-rows", "请检查是否拿错了文件。")
    assert staff.counts() == before


def test_what_is_said_of_a_file_as_a_whole_is_no_row_of_it() -> None:
    said = Finding(None, None, None, "hidden-sheet", Severity.WARNING, "有隐藏的工作表")
    report = RosterReport(0, (), (), 0, (said,))
    assert list(waiting_rows(1, report, {})) == []
