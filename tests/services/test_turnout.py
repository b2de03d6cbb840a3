"""Participation told: of a case as it stands, and of one while it is typed."""

from __future__ import annotations

import pytest

from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.services.views.turnout import TurnoutLine
from tests.services.desks import Staff, people, unit_draft
from tests.services.scheme_desks import opened_unit, use_scheme
from tests.services.walks import walked

BOTH = (("hospital", 1), ("women", 1))


@pytest.mark.both_databases
def test_a_case_tells_who_joins_and_who_is_missing(staff: Staff) -> None:
    walk = walked(staff, plans=BOTH, rows=people(160, women=25), at_work=205, women=40)
    assert staff.clerk.enrolments.get(walk.id).turnout == (
        TurnoutLine("在职", 205, 160, 164, 4),
        TurnoutLine("女职工", 40, 25, 32, 7),
    )


def test_a_scheme_without_the_rule_tells_nothing(staff: Staff) -> None:
    use_scheme(staff, "beijing", "2022-11-20 10:00", 2023)
    unit = opened_unit(staff)
    draft = EnrolmentDraft("on-behalf", (("inpatient", 1),), 200, 40)
    assert staff.clerk.previews.start(unit, draft).turnout == ()


def test_what_is_typed_is_judged_before_anything_is_saved(staff: Staff) -> None:
    unit = staff.clerk.units.register(unit_draft()).value
    staff.reviewer.units.open(unit)
    start = staff.clerk.previews.start
    draft = EnrolmentDraft("on-behalf", BOTH, 205, 40)
    assert [line.missing for line in start(unit, draft).turnout] == [164, 32]
    assert [line.missing for line in start(unit, draft, (160, 40)).turnout] == [4, 0]
    assert start(unit, EnrolmentDraft("on-behalf", BOTH, 0)).turnout == ()


def test_people_who_come_later_count_with_those_who_are_there(staff: Staff) -> None:
    walk = walked(staff, "stamped", rows=people(10, women=2), at_work=10)
    staff.run("UPDATE enrolment SET state_code = 'finished'")
    draft = EnrolmentDraft("on-behalf", (("hospital", 1),), 12, 3)
    (line,) = staff.clerk.previews.start(walk.unit_id, draft, (1, 0)).turnout
    assert (line.joining, line.needed, line.missing) == (11, 12, 1)
