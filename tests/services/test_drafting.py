"""A draft changed instead of begun anew: its plans, its shares, the accounts of its money."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.services.desks import FEES, Staff, people
from tests.services.refusals import refused
from tests.services.scheme_desks import case_of, use_scheme
from tests.services.test_submissions import failed, failures
from tests.services.walks import Walk, walked

HOSPITAL, WOMEN = ("hospital", 1), ("women", 1)
PAYER = "unit-and-member"


@pytest.fixture
def walk(staff: Staff) -> Walk:
    return walked(staff, rows=people(10, women=2))


def held(staff: Staff, walk: Walk) -> list[str]:
    return [line.plans for line in staff.clerk.rosters.list_people(walk.id)]


def test_a_plan_added_to_a_draft_is_held_by_everyone_who_may(staff: Staff, walk: Walk) -> None:
    staff.clerk.drafting.set_plans(walk.id, (HOSPITAL, WOMEN))
    view = staff.clerk.enrolments.get(walk.id)
    assert [(plan.key, plan.people) for plan in view.plans] == [("hospital", 10), ("women", 2)]
    assert view.due_fen == 10 * FEES["hospital"] + 2 * FEES["women"]
    assert sum("、" in plans for plans in held(staff, walk)) == 2
    assert staff.clerk.enrolments.history(walk.id)[-1].note == (
        "项目改为住院医疗1份、女职工特殊疾病1份"
    )


def test_a_plan_taken_out_leaves_nobody_holding_it_and_the_log_says_who_did(
    staff: Staff, walk: Walk
) -> None:
    staff.clerk.drafting.set_plans(walk.id, (HOSPITAL, ("accident", 1)))
    staff.clerk.drafting.set_plans(walk.id, (("accident", 1),))
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.people, view.due_fen) == (10, 10 * FEES["accident"])
    assert [plan.key for plan in view.plans] == ["accident"]
    removed = "SELECT count(*) FROM change_log WHERE table_name = :t AND field = '*'"
    assert staff.value(removed, t="enrollee") == 10
    walk.submitted()
    walk.approved()
    assert staff.clerk.enrolments.get(walk.id).due_fen == 10 * FEES["accident"]


def test_shares_are_changed_for_everybody_at_once(staff: Staff, walk: Walk) -> None:
    staff.head.schemes.confirm_figure("plans.hospital.share_limits.default", 4, "演示文件")
    staff.clerk.drafting.set_plans(walk.id, (("hospital", 3),))
    assert staff.clerk.enrolments.get(walk.id).due_fen == 30 * FEES["hospital"]
    assert staff.value("SELECT min(shares) FROM enrollee") == 3


def test_who_was_taken_out_does_not_come_in_by_a_new_plan(staff: Staff, walk: Walk) -> None:
    staff.clerk.mending.remove_people(walk.id, (1,), "读错了")
    staff.clerk.drafting.set_plans(walk.id, (HOSPITAL, ("accident", 1)))
    staff.clerk.drafting.set_plans(walk.id, (("accident", 1),))
    staff.clerk.drafting.set_plans(walk.id, (HOSPITAL,))
    assert staff.clerk.enrolments.get(walk.id).people == 9
    assert held(staff, walk)[0] == "住院医疗"


def test_a_plan_can_be_chosen_again_for_those_who_are_in(staff: Staff, walk: Walk) -> None:
    staff.run("UPDATE enrollee SET state_code = 'withdrawn' WHERE line_no = 1")
    staff.clerk.drafting.set_plans(walk.id, (("accident", 1),))
    staff.run("UPDATE enrollee SET line_no = 99 WHERE line_no = 2")
    staff.clerk.drafting.set_plans(walk.id, (HOSPITAL, ("accident", 1)))
    assert staff.clerk.enrolments.get(walk.id).plans[0].people == 9


def test_who_was_sent_back_comes_in_again_with_the_plans_of_now(
    staff: Staff, tmp_path: Path
) -> None:
    walk = walked(staff, "approved")
    staff.clerk.submissions.export(walk.id, tmp_path)
    staff.clerk.submission_answers.read_failures(
        walk.id, failures(staff, [failed(walk.rows[2], "重复参保")])
    )
    staff.reviewer.mending.send_back(walk.id, "单位换项目")
    staff.clerk.drafting.set_plans(walk.id, (("accident", 1),))
    assert staff.clerk.enrolments.get(walk.id).people == 9
    staff.clerk.sent_back.resend(walk.id, (3,), "单位说明不重复")
    assert [plan.people for plan in staff.clerk.enrolments.get(walk.id).plans] == [10]
    assert set(held(staff, walk)) == {"意外伤害"}


@pytest.mark.parametrize(
    ("plans", "code"),
    [
        ((), "plans"),
        ((HOSPITAL, HOSPITAL), "plans"),
        ((("hospital", 0),), "shares"),
        ((("nothing", 1),), "plan-unknown"),
        ((("women", 1),), "women-only"),
    ],
)
def test_plans_that_cannot_be_are_refused(
    staff: Staff, walk: Walk, plans: tuple[tuple[str, int], ...], code: str
) -> None:
    with refused(staff, code):
        staff.clerk.drafting.set_plans(walk.id, plans)


def test_a_list_of_women_may_go_over_to_their_plan(staff: Staff) -> None:
    walk = walked(staff, rows=people(3, women=3), at_work=3, women=3)
    staff.clerk.drafting.set_plans(walk.id, (WOMEN,))
    assert staff.clerk.enrolments.get(walk.id).due_fen == 3 * FEES["women"]


@pytest.mark.both_databases
def test_what_the_scheme_binds_together_is_not_taken_apart(staff: Staff) -> None:
    use_scheme(staff, "yongding", "2023-02-06 10:00", 2023)
    walk = case_of(staff, "yongding")
    with refused(staff, "plan-not-allowed"):
        staff.clerk.drafting.set_plans(walk.id, (("serious-illness", 1),))


def test_only_a_draft_is_changed(staff: Staff, walk: Walk) -> None:
    walk.submitted()
    for change in (
        lambda: staff.clerk.drafting.set_plans(walk.id, (WOMEN,)),
        lambda: staff.clerk.drafting.set_funding(walk.id, ()),
    ):
        with refused(staff, "not-a-draft"):
            change()


def test_an_addition_keeps_the_plans_of_its_unit(staff: Staff, walk: Walk) -> None:
    staff.run("UPDATE enrolment SET kind_code = 'addition'")
    with refused(staff, "plans-differ"):
        staff.clerk.drafting.set_plans(walk.id, (("accident", 1),))


def test_plans_of_a_case_by_the_unit_change_without_a_list(staff: Staff) -> None:
    walk = Walk(staff, handling="by-unit").start()
    staff.clerk.business_numbers.follow(walk.id, 8, 40_000, "YS-1")
    view = staff.clerk.enrolments.get(walk.id)
    if view.step_key == view.steps[0].key:
        staff.clerk.drafting.set_plans(walk.id, (HOSPITAL, ("accident", 1)))
        after = staff.clerk.enrolments.get(walk.id)
        assert (after.people, after.due_fen) == (8, 40_000)
        assert after.plans[1].fee_fen == FEES["accident"]
    with refused(staff, "by-unit"):
        staff.clerk.drafting.set_funding(walk.id, ())


def test_money_is_charged_to_accounts_that_add_up_to_the_fen(staff: Staff, walk: Walk) -> None:
    (part,) = staff.clerk.drafting.funding(walk.id)
    assert (part.payer, part.fen) == (PAYER, 50_000)
    labels = {line.key: line.label for line in part.channels}
    assert labels["welfare"] == "福利费"
    charges = ((PAYER, "member", 20_000), (PAYER, "union-funds", 30_000))
    staff.clerk.drafting.set_funding(walk.id, charges)
    view = staff.clerk.enrolments.get(walk.id)
    assert [(line.label, line.fen) for line in view.charged] == [
        ("职工个人", 20_000),
        ("工会经费", 30_000),
    ]
    assert "列支渠道:职工个人200.00元" in staff.clerk.enrolments.history(walk.id)[-1].note
    walk.submitted()
    walk.approved()
    form = staff.clerk.prints.issue(walk.id, "application").value
    content = staff.document("SELECT content FROM issued_form WHERE id = :i", i=form)
    assert [(one["channel"], one["fen"]) for one in content["funding"]] == [
        ("职工个人", 20_000),
        ("工会经费", 30_000),
    ]


def test_accounts_may_be_left_open_again(staff: Staff, walk: Walk) -> None:
    staff.clerk.drafting.set_funding(walk.id, ((PAYER, "member", 50_000),))
    staff.clerk.drafting.set_funding(walk.id, ())
    assert staff.clerk.enrolments.get(walk.id).charged == ()
    assert staff.value("SELECT sum(fen) FROM funding_part") == 50_000


@pytest.mark.parametrize(
    ("charges", "code"),
    [
        (((PAYER, "member", 49_000),), "funding-differs"),
        (((PAYER, "member", 51_000),), "funding-differs"),
        (((PAYER, "member", 50_000), (PAYER, "member", 1)), "channel-twice"),
        (((PAYER, "member", 0),), "funding-amount"),
        (((PAYER, "nothing", 50_000),), "channel-unknown"),
        ((("upper-union", "member", 50_000),), "channel-unknown"),
    ],
)
def test_what_does_not_add_up_is_said_and_nothing_is_kept(
    staff: Staff, walk: Walk, charges: tuple[tuple[str, str, int], ...], code: str
) -> None:
    with refused(staff, code) as caught:
        staff.clerk.drafting.set_funding(walk.id, charges)
    if code == "funding-differs":
        word = "少" if charges[0][2] < 50_000 else "多"
        assert f"{word} 10.00 元" in caught.value.message


def test_a_firm_is_not_charged_to_public_money(staff: Staff, walk: Walk) -> None:
    staff.run("UPDATE unit SET kind_code = 'government'")
    keys = [line.key for line in staff.clerk.drafting.funding(walk.id)[0].channels]
    assert "budget" in keys
    staff.run("UPDATE unit SET kind_code = 'firm'")
    keys = [line.key for line in staff.clerk.drafting.funding(walk.id)[0].channels]
    assert "budget" not in keys


def test_before_anything_is_counted_no_account_is_told(staff: Staff) -> None:
    walk = Walk(staff).start()
    with refused(staff, "funding-open"):
        staff.clerk.drafting.set_funding(walk.id, ())


def test_each_payer_of_several_has_its_own_accounts(staff: Staff) -> None:
    use_scheme(staff, "anyang-2023", "2023-04-03 09:00", 2023)
    walk = case_of(staff, "anyang-2023", kind="renewal", ends=date(2023, 6, 15))
    upper, own = staff.clerk.drafting.funding(walk.id)
    assert (upper.channels, own.payer) == ((), PAYER)
    staff.clerk.drafting.set_funding(walk.id, ((PAYER, "union-funds", own.fen),))
    rows = staff.clerk.drafting.funding(walk.id)
    assert {part.payer: part.fen for part in rows} == {"upper-union": upper.fen, PAYER: own.fen}


def test_a_part_with_one_account_only_is_charged_to_it_without_being_told(staff: Staff) -> None:
    use_scheme(staff, "pinghu", "2026-03-02 09:00", 2026)
    walk = case_of(staff, "pinghu")
    own = next(part for part in staff.clerk.drafting.funding(walk.id) if part.payer == "member")
    assert [(line.key, line.fen) for line in own.channels] == [("member", own.fen)]
    staff.clerk.drafting.set_funding(walk.id, ())
    assert own in staff.clerk.drafting.funding(walk.id)


def test_who_the_review_returned_comes_back_with_the_plans_of_now(staff: Staff) -> None:
    walk = walked(staff, "submitted", plans=(("hospital", 1), ("accident", 1)))
    staff.reviewer.reviews.mark(walk.id, (1,), "证号看不清")
    staff.reviewer.enrolments.return_(walk.id, "")
    staff.clerk.drafting.set_plans(walk.id, (("hospital", 1), ("critical-illness", 1)))
    staff.clerk.sent_back.resend(walk.id, (1,), "已核对原件")
    holders = (
        "SELECT p.plan_key || ':' || count(*) FROM enrollee e JOIN plan p ON p.id = e.plan_id"
        " WHERE e.enrolment_id = :id AND e.state_code = 'listed' GROUP BY p.plan_key"
    )
    with staff.database.reading() as uow:
        found = sorted(map(str, uow.session.scalars(text(holders), {"id": walk.id})))
    assert found == ["critical-illness:10", "hospital:10"]
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.people, view.due_fen) == (10, 10 * (FEES["hospital"] + FEES["critical-illness"]))
