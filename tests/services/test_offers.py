"""What a unit may begin now, and the sentence that says why not."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.services.views.offers import NOTHING, Offer
from tests.services.desks import Staff, people, unit_draft
from tests.services.scheme_desks import case_of, local, use_scheme
from tests.services.walks import Walk, walked

FINISH = "UPDATE enrolment SET state_code = 'finished', approved_at = :at WHERE id = :id"
AT = "2026-12-01 01:00:00.000000"


def finished(staff: Staff, walk: Walk, year: int | None = None) -> int:
    """The case as if it had been worked to its end, perhaps a year ago; gives its unit."""
    staff.run(FINISH, id=walk.id, at=AT)
    if year is not None:
        staff.run("UPDATE enrolment SET year = :y WHERE id = :id", y=year, id=walk.id)
    return walk.unit_id


def test_before_a_unit_is_open_nothing_is_offered(staff: Staff) -> None:
    unit = staff.clerk.units.register(unit_draft()).value
    assert staff.clerk.offers.of_unit(unit) == NOTHING
    assert staff.clerk.offers.of_unit(99) == NOTHING


def test_a_unit_without_a_case_begins_one_and_has_nothing_to_renew(staff: Staff) -> None:
    unit = staff.clerk.units.register(unit_draft()).value
    staff.reviewer.units.open(unit)
    found = staff.clerk.offers.of_unit(unit)
    assert (found.start, found.renewal, found.addition) == (True, None, None)


def test_while_the_years_case_is_under_way_people_wait_for_its_end(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    found = staff.clerk.offers.of_unit(walk.unit_id)
    assert not found.start
    assert found.renewal is None
    assert found.addition is not None
    assert found.addition.why == "2027年度的申请正在办理(现在:待审核),办结后才能另行增加人员。"
    assert "请退回后直接读入名单" in found.addition.remedy


def test_a_finished_case_takes_more_people_with_its_plans(staff: Staff) -> None:
    walk = walked(staff, at_work=12)
    found = staff.clerk.offers.of_unit(finished(staff, walk))
    assert (found.addition, found.held) == (Offer(), (("hospital", 1),))
    more = Walk(staff, plans=found.held, unit_id=walk.unit_id, at_work=12, kind="addition")
    more.rows = people(2, start=50)
    more.start()
    more.roster()
    assert staff.clerk.enrolments.get(more.id).people == 2


def test_last_years_case_is_renewed_by_its_list_even_when_it_never_ended(staff: Staff) -> None:
    walk = walked(staff, "approved")
    staff.run("UPDATE enrolment SET year = 2026")
    found = staff.clerk.offers.of_unit(walk.unit_id)
    assert (found.start, found.renewal, found.addition) == (True, Offer(), None)


def test_a_void_case_leaves_the_renewal_open(staff: Staff) -> None:
    walk = walked(staff)
    finished(staff, walk, 2026)
    again = Walk(staff, unit_id=walk.unit_id).start()
    staff.reviewer.mending.void(again.id, "录错了")
    found = staff.clerk.offers.of_unit(walk.unit_id)
    assert (found.start, found.renewal) == (True, Offer())


@pytest.mark.parametrize(
    ("handling", "why"),
    [("on-behalf", "台账里没有上年的名单"), ("by-unit", "上年由单位自办,这里没有名单")],
)
def test_without_a_list_of_last_year_an_application_is_begun_anew(
    staff: Staff, handling: str, why: str
) -> None:
    walk = Walk(staff, handling=handling).start()
    found = staff.clerk.offers.of_unit(finished(staff, walk, 2026))
    assert found.start
    assert found.renewal == Offer(f"{why},不能按上年名单续保。", "请新建申请后读入名单。")


@pytest.mark.both_databases
def test_what_the_schemes_windows_do_not_take_is_said_in_their_words(staff: Staff) -> None:
    use_scheme(staff, "anyang-2023", "2022-11-20 10:00", 2023)
    walk = case_of(staff, "anyang-2023")
    unit = finished(staff, walk)
    assert staff.clerk.offers.of_unit(unit).addition == Offer()
    staff.clock.at = local("2023-03-02 09:00")
    addition = staff.clerk.offers.of_unit(unit).addition
    assert addition is not None
    assert not addition.possible
    assert addition.remedy


def test_a_renewal_whose_last_day_is_asked_for_is_judged_when_it_is_told(staff: Staff) -> None:
    use_scheme(staff, "anyang-2023", "2022-11-20 10:00", 2023)
    walk = case_of(staff, "anyang-2023")
    unit = finished(staff, walk, 2022)
    assert staff.clerk.offers.of_unit(unit).renewal == Offer()
    staff.run("UPDATE enrolment SET until_on = :day", day=date(2024, 6, 1).isoformat())
    renewal = staff.clerk.offers.of_unit(unit).renewal
    assert renewal is not None
    assert not renewal.possible
