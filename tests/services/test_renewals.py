"""按上年名单续保: the case filled from last year's, every person judged anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.services.views.renewals import RenewalPlan
from tests.services.desks import YEAR, Staff, people, unit_draft
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

PLANS = (("hospital", 1), ("women", 1))


def renewing(staff: Staff, rows: Any = None) -> Walk:
    """A unit whose case of the year is finished; the next drive has begun."""
    walk = walked(staff, "roster", plans=PLANS, rows=rows or people(6, women=2), at_work=6)
    staff.run("UPDATE enrolment SET state_code = 'finished'")
    staff.head.schemes.set_year(YEAR + 1)
    return walk


def draft(plan: RenewalPlan, **more: Any) -> EnrolmentDraft:
    values: dict[str, Any] = {"handling": "on-behalf", "at_work": 6, "women": 2} | more
    return EnrolmentDraft(plans=tuple((k, s) for k, _name, s in plan.plans), **values)


@pytest.mark.both_databases
def test_a_plan_is_filled_from_last_years_case_and_saves_nothing(staff: Staff) -> None:
    walk = renewing(staff)
    before = staff.counts()
    plan = staff.clerk.renewals.plan(walk.unit_id)
    assert (plan.year, plan.from_year, plan.on.isoformat()) == (2028, 2027, "2028-01-01")
    assert plan.plans == (("hospital", "住院医疗", 1), ("women", "女职工特殊疾病", 1))
    assert (plan.at_work, plan.women, plan.contact) == (6, 2, "周演示 19900009999")
    assert [person.name for person in plan.people] == [row[1] for row in walk.rows]
    assert (plan.able, plan.gone_plans) == (6, ())
    assert (plan.people[0].age, plan.people[0].sex_label) == (57, "女")
    assert staff.counts() == before


def test_last_years_people_go_on_but_those_who_left(staff: Staff) -> None:
    walk = renewing(staff)
    plan = staff.clerk.renewals.plan(walk.unit_id)
    leaver = plan.people[3]
    case = staff.clerk.renewals.start(walk.unit_id, draft(plan), (leaver.member_id,)).value
    view = staff.clerk.enrolments.get(case)
    assert (view.year, view.people, view.due_fen) == (2028, 5, 29_000)
    assert staff.value("SELECT kind_code FROM enrolment WHERE id = :id", id=case) == "renewal"
    names = [line.name for line in staff.clerk.rosters.list_people(case)]
    assert names == [row[1] for at, row in enumerate(walk.rows) if at != 3]
    notes = [line.note for line in staff.clerk.enrolments.history(case)]
    assert notes == ["", "按2027年度名单续保5人,离开1人,不能续保0人"]
    phones = "SELECT count(*) FROM member WHERE phone LIKE '1990000%'"
    assert staff.value(phones) == 6


def test_whoever_cannot_be_in_this_year_is_told_and_left_out(staff: Staff) -> None:
    walk = renewing(staff)
    staff.run("UPDATE member SET born_on = '1967-01-02' WHERE id = 1")  # 60 on the day, still
    staff.run("UPDATE member SET born_on = '1966-12-31' WHERE id = 2")  # 61
    staff.run("UPDATE member SET born_on = '2020-01-01' WHERE id = 3")
    staff.run("UPDATE member SET state_code = 'retired' WHERE id = 4")
    staff.run("UPDATE member SET identity_no = NULL WHERE id = 5")
    staff.run("UPDATE member SET born_on = NULL, sex_code = NULL WHERE id = 6")
    plan = staff.clerk.renewals.plan(walk.unit_id)
    told = [person.refusal or person.note for person in plan.people]
    assert told[0] == ""
    assert told[1].endswith("须附超龄证明")
    assert told[2].startswith("年龄8周岁,未满16周岁")
    assert told[3:] == ["台账中为“已退休”", "台账中没有身份证号,请先补正", ""]
    assert plan.able == 3
    case = staff.clerk.renewals.start(walk.unit_id, draft(plan)).value
    assert staff.clerk.enrolments.get(case).people == 3
    note = staff.clerk.enrolments.history(case)[-1].note
    assert note == "按2027年度名单续保3人,离开0人,不能续保3人"


def test_somebody_another_unit_has_taken_in_is_left_out(staff: Staff) -> None:
    walk = renewing(staff)
    other = Walk(staff, name="第二家(演示)", rows=walk.rows[:1]).start()
    staff.clerk.rosters.carry_out(other.read())
    plan = staff.clerk.renewals.plan(walk.unit_id)
    assert plan.people[0].refusal == "已由“第二家(演示)”办理2028年度"


def test_with_plans_for_women_only_the_men_stay_out(staff: Staff) -> None:
    walk = renewing(staff)
    plan = staff.clerk.renewals.plan(walk.unit_id)
    only = EnrolmentDraft("on-behalf", (("women", 1),), 6, 2)
    case = staff.clerk.renewals.start(walk.unit_id, only).value
    assert staff.clerk.enrolments.get(case).people == 2
    assert plan.able == 6


def test_a_plan_the_scheme_no_longer_has_is_named(staff: Staff) -> None:
    walk = renewing(staff)
    staff.run("UPDATE plan SET plan_key = 'gone', name = '旧项目' WHERE plan_key = 'women'")
    plan = staff.clerk.renewals.plan(walk.unit_id)
    assert (plan.plans, plan.gone_plans) == ((("hospital", "住院医疗", 1),), ("旧项目",))


def test_what_cannot_be_renewed_is_refused_and_nothing_is_stored(staff: Staff) -> None:
    walk = renewing(staff)
    plan = staff.clerk.renewals.plan(walk.unit_id)
    with refused(staff, "by-unit"):
        staff.clerk.renewals.start(walk.unit_id, draft(plan, handling="by-unit"))
    with refused(staff, "person-unknown"):
        staff.clerk.renewals.start(walk.unit_id, draft(plan), (999,))
    everyone = tuple(person.member_id for person in plan.people)
    with refused(staff, "nobody-renews"):
        staff.clerk.renewals.start(walk.unit_id, draft(plan), everyone)
    new = staff.clerk.units.register(unit_draft("新单位(演示)", employer_code=None)).value
    staff.reviewer.units.open(new)
    with refused(staff, "no-list-before"):
        staff.clerk.renewals.plan(new)
    staff.clerk.renewals.start(walk.unit_id, draft(plan))
    with refused(staff, "enrolment-open"):
        staff.clerk.renewals.start(walk.unit_id, draft(plan))


def test_prefilled_workbooks_go_out_and_come_back_as_rosters(staff: Staff, tmp_path: Path) -> None:
    walk = renewing(staff)
    staff.run("UPDATE member SET born_on = '1966-12-31' WHERE id = 2")
    staff.run("UPDATE member SET state_code = 'left' WHERE id = 3")
    new = staff.clerk.units.register(unit_draft("新单位(演示)", employer_code=None)).value
    staff.reviewer.units.open(new)
    saved = staff.clerk.renewals.save_rosters((walk.unit_id, new), tmp_path / "发出").value
    name = "明山县演示水厂(演示)_2028年续保名单.xlsx"
    assert saved == {"files": [name], "skipped": ["新单位(演示)"]}
    book: Any = openpyxl.load_workbook(tmp_path / "发出" / name)
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0] == ("序号", "单位名称", "姓名", "身份证号", "手机号", "备注")
    assert rows[1][2:5] == walk.rows[0][1:]
    assert rows[2][5].endswith("须附超龄证明")
    assert rows[3][5] == "不能续保:台账中为“已离开”"
    steps: list[tuple[int, int]] = []
    everyone = staff.clerk.renewals.save_rosters(
        (), tmp_path / "全部", step=lambda *at: steps.append(at)
    )
    assert everyone.value == {"files": [name], "skipped": []}
    assert steps == [(1, 2), (2, 2)]
    checked = staff.clerk.rosters.check_file(tmp_path / "全部" / name)
    assert (checked.rows_read, checked.accepted, checked.unit_id) == (6, 6, walk.unit_id)
    plan = staff.clerk.renewals.plan(walk.unit_id)
    staff.clerk.renewals.start(walk.unit_id, draft(plan))
    assert staff.clerk.renewals.save_rosters((), tmp_path / "没有").value["files"] == []


@pytest.mark.parametrize("role", ["admin"])
def test_who_may_not_register_may_not_renew(staff: Staff, role: str) -> None:
    walk = renewing(staff)
    plan = staff.clerk.renewals.plan(walk.unit_id)
    with refused(staff, "not-permitted"):
        getattr(staff, role).renewals.start(walk.unit_id, draft(plan))


def test_a_year_without_anybody_on_its_list_is_passed_over(staff: Staff) -> None:
    walk = renewing(staff)
    started = EnrolmentDraft("on-behalf", PLANS, 6, 2)
    empty = staff.clerk.enrolments.start(walk.unit_id, started).value
    staff.run("UPDATE enrolment SET state_code = 'finished' WHERE id = :id", id=empty)
    staff.head.schemes.set_year(YEAR + 2)
    plan = staff.clerk.renewals.plan(walk.unit_id)
    assert (plan.from_year, len(plan.people)) == (2027, 6)
