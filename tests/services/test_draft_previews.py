"""What a draft would come to with other plans, told before they are changed."""

from __future__ import annotations

import pytest

from db.codes import EnrolmentKind
from desktop_app.errors import UserError
from desktop_app.services.views.quotes import ChangePreview
from tests.services.desks import FEES, Staff, people
from tests.services.scheme_desks import case_of, local, use_scheme
from tests.services.walks import Walk, walked

HOSPITAL, WOMEN = ("hospital", 1), ("women", 1)


@pytest.fixture
def walk(staff: Staff) -> Walk:
    return walked(staff, rows=people(9, women=2))


def told(staff: Staff, walk: Walk, *plans: tuple[str, int]) -> ChangePreview:
    return staff.clerk.previews.change(walk.id, plans)


@pytest.mark.both_databases
def test_the_money_before_and_after_and_who_has_to_join(staff: Staff, walk: Walk) -> None:
    counts = staff.counts()
    found = told(staff, walk, HOSPITAL, WOMEN)
    assert (found.people, found.before_fen) == (9, 9 * FEES["hospital"])
    assert found.after_fen == 9 * FEES["hospital"] + 2 * FEES["women"]
    assert found.told.refusal is None
    assert [(line.label, line.joining, line.missing) for line in found.told.turnout] == [
        ("在职", 9, 1),
        ("女职工", 2, 0),
    ]
    assert [head.fen for head in found.told.heads] == [5_000, 7_000]
    assert staff.counts() == counts
    staff.clerk.drafting.set_plans(walk.id, (HOSPITAL, WOMEN))
    assert staff.clerk.enrolments.get(walk.id).due_fen == found.after_fen


@pytest.mark.parametrize(
    ("plans", "code"),
    [((), "plans"), ((WOMEN,), "women-only"), ((("hospital", 9),), "shares")],
)
def test_what_would_be_refused_is_said_beforehand(
    staff: Staff, walk: Walk, plans: tuple[tuple[str, int], ...], code: str
) -> None:
    refusal = told(staff, walk, *plans).told.refusal
    assert refusal is not None
    assert refusal.code == code
    assert refusal.remedy


def test_what_stood_against_the_case_already_is_no_refusal_of_the_change(staff: Staff) -> None:
    use_scheme(staff, "anyang-2023", "2022-11-20 10:00", 2023)
    walk = case_of(staff, "anyang-2023")
    staff.clock.at = local("2023-03-02 09:00")
    assert "new-unit-closed" in {m.code for m in staff.clerk.enrolments.get(walk.id).missing}
    assert told(staff, walk, ("medical", 1)).told.refusal is None


def test_an_addition_keeps_its_plans(staff: Staff, walk: Walk) -> None:
    staff.run("UPDATE enrolment SET kind_code = :k", k=EnrolmentKind.ADDITION.value)
    refusal = told(staff, walk, ("accident", 1)).told.refusal
    assert refusal is not None
    assert refusal.code == "plans-differ"


def test_a_unit_on_its_own_says_its_amount_itself(staff: Staff) -> None:
    walk = Walk(staff, handling="by-unit").start()
    staff.clerk.business_numbers.follow(walk.id, 8, 40_000, "YS-1")
    found = told(staff, walk, HOSPITAL, ("accident", 1))
    assert (found.people, found.before_fen, found.after_fen) == (8, 40_000, 40_000)


def test_after_the_draft_nothing_is_offered(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    with pytest.raises(UserError, match="不能再改项目和份数"):
        told(staff, walk, HOSPITAL)


def test_the_plans_offered_are_those_of_the_case_with_its_units_limits(
    staff: Staff, walk: Walk
) -> None:
    staff.head.schemes.confirm_figure("plans.hospital.share_limits.default", 4, "演示文件")
    offered = {one.key: one for one in staff.clerk.previews.plan_choices(walk.id)}
    assert (offered["hospital"].fee_fen, offered["hospital"].max_shares) == (5_000, 4)
    assert offered["women"].holders == "women"
    staff.run("UPDATE unit SET kind_code = 'government'")
    offered = {one.key: one for one in staff.clerk.previews.plan_choices(walk.id)}
    assert offered["hospital"].max_shares == 1
