"""在名单里找: through the whole list, not only what was read of it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.services.views.rosters import PeopleFound
from tests.services.desks import Staff, people
from tests.services.walks import Walk, walked

MANY = people(1_200)
BOTH = (("hospital", 1), ("women", 1))


def found(staff: Staff, walk: Walk, text: str, limit: int = 200) -> PeopleFound:
    return staff.clerk.rosters.find_people(walk.id, text, limit)


@pytest.mark.both_databases
def test_the_last_of_1200_is_found_by_name_tail_phone_and_initials(staff: Staff) -> None:
    walk = walked(staff, rows=MANY, at_work=1_200, women=None)
    _no, name, identity, phone = MANY[1_149]
    initials = str(staff.value("SELECT initials FROM member WHERE name = :name", name=name))
    for text in (identity, identity[-4:], phone, phone[-4:], name, name[1:], initials.upper()):
        lines = {one.line_no for one in found(staff, walk, text, 1_200).people}
        assert 1_150 in lines, text
    few = found(staff, walk, name[0], 5)
    assert (few.total, len(few.people)) == (120, 5)
    assert found(staff, walk, identity) == PeopleFound(1, found(staff, walk, identity).people)
    assert found(staff, walk, "没有这个人") == PeopleFound(0, ())
    assert found(staff, walk, " ").total == 1_200


def test_a_plan_and_a_state_find_those_who_have_it_with_all_their_plans(staff: Staff) -> None:
    walk = walked(staff, plans=BOTH)
    women = found(staff, walk, "女职工特殊")
    assert (women.total, women.people[0].plans) == (2, "住院医疗、女职工特殊疾病")
    assert found(staff, walk, "退回").total == 0
    staff.run("UPDATE enrollee SET state_code = 'refused' WHERE line_no = 3")
    assert [one.line_no for one in found(staff, walk, "上级退回").people] == [3]


def test_whatever_is_typed_is_answered(staff: Staff) -> None:
    walk = walked(staff)

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text(max_size=12))
    def answered(text: str) -> None:
        some = found(staff, walk, text.replace("\x00", ""), 3)
        assert len(some.people) == min(3, some.total) <= 10

    answered()
