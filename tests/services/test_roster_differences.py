"""The difference of a list: seen before it is stored, signed when the case is approved."""

from __future__ import annotations

from typing import Any

import pytest

from db.changes import Stamp
from db.models.members import Member
from desktop_app.domain.identity import identity_18
from desktop_app.domain.rosters.differences import Change, Kind
from desktop_app.services.rosters.difference_lines import lines_of
from desktop_app.services.views.differences import DifferenceView
from tests.services.desks import YEAR, Row, Staff, people
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

SECOND = "第二家(演示)"


def counted(view: DifferenceView) -> dict[str, int]:
    return {one.label: one.people for one in view.counts if one.people}


def notes(view: DifferenceView) -> dict[str, str]:
    return {one.name: one.note for one in view.lines if one.note}


def figures(view: DifferenceView) -> list[tuple[str, int, int | None]]:
    return [(one.title, one.people, one.due_fen) for one in view.figures]


def of_case(staff: Staff, walk: Walk) -> DifferenceView:
    view = staff.reviewer.differences.of_case(walk.id)
    assert view is not None
    return view


@pytest.fixture
def last(staff: Staff) -> Walk:
    """Six people of a unit last year, three of another; the next drive has begun."""
    Walk(staff, name=SECOND, rows=people(3, start=20), at_work=3, women=0).to("approved")
    walk = walked(staff, "approved", rows=people(6), at_work=6, women=0)
    staff.run("UPDATE enrolment SET state_code = 'finished'")
    staff.head.schemes.set_year(YEAR + 1)
    return walk


@pytest.fixture
def renewed(staff: Staff, last: Walk) -> Walk:
    return Walk(staff, rows=last.rows, at_work=6, women=0, unit_id=last.unit_id).start()


def test_a_waiting_roster_is_laid_beside_last_years_list(staff: Staff, renewed: Walk) -> None:
    (_no, name, _number, phone), *_rest = people(1, start=5)
    rows: list[Row] = [*renewed.rows[:4], *people(2, start=50), *people(1, start=20)]
    rows += [("9", name, "99999919" + "0", phone)]  # the sixth, his number cut short
    view = staff.clerk.differences.of_plan(renewed.read(rows))
    assert view.text == "与2027年度比:新增2人、续保4人、调入1人、退出1人、待补正1人"
    assert figures(view) == [
        ("2027年度名单", 6, 30_000), ("存入后", 7, 35_000),
    ]  # fmt: skip
    assert [one.participation for one in view.figures] == [
        "在职6人,应不少于6人(全员):已够", "在职6人,应不少于6人(全员):多出1人,请核对",
    ]  # fmt: skip
    assert notes(view) == {
        people(1, start=20)[0][1]: f"上年在“{SECOND}”",
        name: f"可能是上年名单上的{name},请核对,名单上这一行待补正",
    }
    assert {one.identity for one in view.lines if one.kind == "renewed"} == {
        f"{'*' * 14}{row[2][-4:]}" for row in renewed.rows[:4]
    }
    with refused(staff, "plan-gone"):
        staff.clerk.differences.of_plan(999)


def test_who_is_on_the_case_already_stays_on_the_list(staff: Staff, renewed: Walk) -> None:
    staff.clerk.rosters.carry_out(renewed.read(renewed.rows[:4]))
    view = staff.clerk.differences.of_plan(renewed.read([*renewed.rows[3:5], *people(1, start=50)]))
    assert counted(view) == {"续保": 5, "新增": 1, "退出": 1}
    assert figures(view)[1:] == [("存入前", 4, 20_000), ("存入后", 6, 30_000)]


def test_what_became_of_people_since_is_told(staff: Staff, last: Walk, renewed: Walk) -> None:
    ids = [line.member_id for line in staff.clerk.rosters.list_people(last.id)]
    staff.clerk.rosters.carry_out(renewed.read(last.rows[1:6]))
    _renamed(staff, ids[1])
    staff.run(
        "INSERT INTO member_identity (member_id, kind_code, number, until_on, reason)"
        " VALUES (:id, 'resident', '999999198001010011', '2099-01-01', 'corrected')",
        id=ids[2],
    )
    gone = Walk(staff, name="第三家(演示)", rows=last.rows[:1], at_work=1, women=0).start()
    gone.roster()
    view = of_case(staff, renewed)
    assert counted(view) == {"续保": 3, "改名": 1, "证件更正": 1, "调出": 1}
    staff.run("UPDATE enrolment SET approved_at = NULL")  # as it came from the books
    assert counted(of_case(staff, renewed)) == counted(view)
    assert notes(view) == {
        "周示范": f"原名“{last.rows[1][1]}”",
        last.rows[2][1]: f"上年证件号{'*' * 14}0011,台账已更正",
        last.rows[0][1]: "本年在“第三家(演示)”",
    }


def _renamed(staff: Staff, member_id: int) -> None:
    desk = staff.desk
    with desk.database.writing(Stamp(None, desk.desk_id, None, desk.hlc)) as uow:
        uow.session.get_one(Member, member_id).name = "周示范"
        uow.commit()


def test_a_likely_correction_is_never_told_as_a_known_one(staff: Staff, renewed: Walk) -> None:
    _no, name, identity, phone = renewed.rows[0]
    other = identity_18(f"{identity[:14]}777")
    view = staff.clerk.differences.of_plan(
        renewed.read([("1", name, other, phone), *renewed.rows[1:]])
    )
    assert view.text == "与2027年度比:续保5人、证件更正1人(疑似)"
    [line] = [one for one in view.lines if one.likely]
    assert (line.label, line.kind, line.note) == (
        "疑似更正", "corrected", f"可能是同一人,上年证件号{'*' * 14}{identity[-4:]},请核对",
    )  # fmt: skip


def test_rows_that_wait_with_the_case_are_told_of(staff: Staff, renewed: Walk) -> None:
    _no, name, identity, phone = renewed.rows[0]
    rows = [("1", f"{name}甲", identity, phone), *renewed.rows[1:]]
    staff.clerk.rosters.carry_out(renewed.read(rows))
    view = of_case(staff, renewed)
    assert counted(view) == {"续保": 5, "改名": 1}
    assert view.text == "与2027年度比:续保5人、改名1人(待补正)"
    assert notes(view) == {f"{name}甲": f"原名“{name}”,名单上这一行待补正"}
    assert figures(view)[1] == ("2028年度名单", 5, 25_000)


def test_somebody_of_two_years_ago_is_new_with_the_year(staff: Staff, renewed: Walk) -> None:
    staff.run("UPDATE enrolment SET year = 2026 WHERE unit_id != :id", id=renewed.unit_id)
    view = staff.clerk.differences.of_plan(renewed.read(people(1, start=20)))
    assert notes(view) == {people(1, start=20)[0][1]: "2026年度办理过,上年不在名单上"}


def test_a_unit_without_a_list_before_has_new_people_only(staff: Staff) -> None:
    walk = walked(staff)
    view = of_case(staff, walk)
    assert view.text == "上年没有名单:新增10人"
    assert figures(view) == [("2027年度名单", 10, 50_000)]
    staff.run("UPDATE enrollee SET state_code = 'withdrawn'")
    assert of_case(staff, walk).text == "上年没有名单:没有人"


def test_an_addition_stands_on_top_of_the_period_so_far(staff: Staff, last: Walk) -> None:
    staff.head.schemes.set_year(YEAR)
    more = Walk(
        staff, rows=people(2, start=50), at_work=8, women=0, unit_id=last.unit_id, kind="addition"
    ).start()
    view = staff.clerk.differences.of_plan(more.read())
    assert view.text == "2027年度中途增员:新增2人"
    people_of = [(one.title, one.people) for one in view.figures]
    assert people_of == [("本年度已有", 6), ("存入后", 8)]
    assert view.figures[1].participation == "在职8人,应不少于8人(全员):已够"


def test_a_unit_on_its_own_keeps_its_list_itself(staff: Staff) -> None:
    walk = Walk(staff, handling="by-unit").start()
    assert staff.clerk.differences.of_case(walk.id) is None
    with refused(staff, "enrolment-unknown"):
        staff.clerk.differences.of_case(999)


def test_a_line_says_all_that_has_changed_of_somebody() -> None:
    both = Change(
        Kind.CORRECTED, 1, "周示范", "999999198001010011", True, True, "周演示", "0" * 14 + "0022",
        likely=True,
    )  # fmt: skip
    came = Change(Kind.MOVED_IN, 2, "覃世芳", "", False, False, unit=SECOND, waits=True)
    known = Change(Kind.WAITING, 3, "何演示", "", True, False, waits=True)
    assert [one.note for one in lines_of([both, came, known])] == [
        f"可能是同一人,上年证件号{'*' * 14}0022,请核对,原名“周演示”",
        f"已在“{SECOND}”办理,名单上这一行待补正",
        "上年在名单上,名单上这一行待补正",
    ]


# The reviewer signs


@pytest.fixture
def submitted(staff: Staff, renewed: Walk) -> Walk:
    renewed.rows = [*renewed.rows[:5], *people(1, start=50)]
    renewed.roster()
    renewed.submitted()
    return renewed


def test_the_reviewer_signs_the_difference_that_was_shown(staff: Staff, submitted: Walk) -> None:
    view = of_case(staff, submitted)
    staff.reviewer.enrolments.approve(submitted.id, view.digest)
    note = staff.clerk.enrolments.history(submitted.id)[-1].note
    assert note == (f"签阅差异,与2027年度比:新增1人、续保5人、退出1人(摘要{view.digest[:12]})")
    query = "SELECT detail FROM audit_line WHERE act = 'enrolment.approve' ORDER BY seq DESC"
    detail: dict[str, Any] = staff.document(f"{query} LIMIT 1")
    assert detail["difference"] == view.digest
    signed = {key: detail[key] for key in detail if key.startswith("difference_")}
    assert signed == {"difference_new": 1, "difference_renewed": 5, "difference_left": 1}
    assert staff.head.audits.verify_chain().ok
    assert of_case(staff, submitted).digest == view.digest


@pytest.mark.both_databases
def test_a_list_that_changed_since_is_not_approved(staff: Staff, submitted: Walk) -> None:
    shown = of_case(staff, submitted).digest
    staff.reviewer.enrolments.return_(submitted.id, "缺一人")
    staff.clerk.rosters.carry_out(submitted.read(people(1, start=51)))
    staff.clerk.mending.set_workers(submitted.id, 7, 0, "新来一人")
    staff.clerk.enrolments.submit(submitted.id)
    with refused(staff, "difference-stale"):
        staff.reviewer.enrolments.approve(submitted.id, shown)
    staff.reviewer.enrolments.approve(submitted.id, of_case(staff, submitted).digest)


def test_a_unit_that_keeps_its_list_has_no_difference_to_sign(staff: Staff) -> None:
    walk = Walk(staff, handling="by-unit", plans=(("hospital", 1),)).start()
    staff.clerk.business_numbers.follow(walk.id, 10, 50_000, "HB1")
    staff.clerk.enrolments.submit(walk.id)
    with refused(staff, "difference-stale"):
        staff.reviewer.enrolments.approve(walk.id, "0" * 64)
    staff.reviewer.enrolments.approve(walk.id)
