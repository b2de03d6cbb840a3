"""A person whole: two units, two years, a claim, and who owes what."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from desktop_app.services.drafts import ClaimDraft
from desktop_app.services.views.persons import PersonView
from tests.services.desks import TODAY, Staff, people
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

SECOND = "明山县演示二厂(演示)"
EVENT = date(2027, 3, 8)
NEXT_YEAR = datetime(2027, 11, 25, 1, tzinfo=UTC)


def seen(staff: Staff, member: int = 1) -> PersonView:
    return staff.clerk.persons.get(member)


def moved(staff: Staff) -> tuple[Walk, Walk, int]:
    """Finished at one unit, claimed in that year, now on the list of another unit's next year."""
    first = walked(staff, "stamped", plans=(("hospital", 1), ("critical-illness", 1)))
    first.finished()
    claim = staff.clerk.claims.register(ClaimDraft("hospital", TODAY, 1, claimed_fen=20_000)).value
    staff.clock.at = NEXT_YEAR
    staff.head.schemes.set_year(2028)
    second = walked(staff, "number", name=SECOND)
    return first, second, claim


def test_a_person_of_two_units_and_years_with_a_claim_is_told_whole(staff: Staff) -> None:
    first, second, claim = moved(staff)
    view = seen(staff)
    name, identity = people(1, women=1)[0][1:3]
    assert (view.name, view.identity) == (name, "*" * 14 + identity[-4:])
    assert (view.sex_label, view.age, view.state_label) == ("女", 57, "在职")
    assert (view.unit, view.case_id, view.covered) == (SECOND, second.id, True)
    assert [(one.year, one.unit, one.step_label) for one in view.cases] == [
        (2028, SECOND, "待缴费"),
        (2027, first.name, "办结"),
    ]
    now, before = view.cases
    assert now.owed is not None
    assert (now.owed.step, now.owed.by, now.money_label) == ("登记缴费", "unit", "未缴")
    assert (before.owed, before.money_label, before.listed) == (None, "省办确认到账", "在名单内")
    assert before.plans == "住院医疗、重大疾病"
    assert [(one.plan, one.state, one.from_on, one.last_on) for one in view.covers] == [
        ("住院医疗", "covered", TODAY, date(2027, 11, 30)),
        ("重大疾病", "covered", TODAY, date(2027, 11, 30)),
    ]
    (asked,) = view.claims
    assert (asked.id, asked.claimed_fen, asked.open) == (claim, 20_000, True)
    assert asked.owed is not None
    assert asked.owed.by == "person"
    assert view.waiting == ()
    assert len(view.history) > 8
    assert view.history == tuple(sorted(view.history, key=lambda one: one.at, reverse=True))
    assert any(line.what == f"2027年度 {first.name}:已审核" for line in view.history)
    assert any(asked.number in line.what for line in view.history)


def test_the_sentence_has_from_and_to_the_missing_step_and_who_owes_it(staff: Staff) -> None:
    first, _second, _claim = moved(staff)
    view = seen(staff)
    number = view.claims[0].number
    period = "自2026年12月1日0时起至2027年11月30日24时止"
    assert view.sentence == (
        f"{view.name}(****{view.identity[-4:]}):{first.name},住院医疗、重大疾病,{period};"
        f"2028年度{SECOND}待缴费,未缴,还差“登记缴费”,等单位;"
        f"申领{number}登记,还差“资料已收齐”,等申领人。"
    )


def test_cover_is_told_before_and_after_its_days(staff: Staff) -> None:
    walk = walked(staff, "number")
    assert "没有保障" in seen(staff).sentence
    staff.reviewer.enrolments.set_effective(walk.id, date(2026, 12, 10), "演示1号")
    walk.paid()
    assert seen(staff).cases[0].money_label == "已缴,待确认"
    staff.reviewer.payments.confirm(walk.id, TODAY)
    assert [one.state_label for one in seen(staff).covers] == ["未开始"]
    staff.clock.at = datetime(2027, 12, 10, 1, tzinfo=UTC)
    view = seen(staff)
    assert (view.covered, [one.state_label for one in view.covers]) == (False, ["已满期"])
    assert "现在没有保障,上一期住院医疗自2026年12月10日0时起" in view.sentence


def test_money_that_differs_is_owed_by_the_unit(staff: Staff) -> None:
    walk = walked(staff, "number")
    walk.pay(walk.due_fen - 5_000, 9)
    (case,) = seen(staff).cases
    assert case.money_label == "金额不符"


def test_a_row_that_waits_with_another_unit_stands_with_the_person(staff: Staff) -> None:
    walked(staff)
    other = Walk(staff, name=SECOND, rows=[*people(3, women=1), *people(7, start=50)]).start()
    other.roster()
    waiting = seen(staff).waiting
    assert [(one.what, one.unit, one.enrolment_id) for one in waiting] == [
        ("待补正", SECOND, other.id)
    ]
    assert "第2行" in waiting[0].where
    assert waiting[0].reason


def test_the_person_sent_back_is_told_and_his_case_is_not_among_those_with_him(
    staff: Staff,
) -> None:
    walk = walked(staff, "number")
    staff.run("UPDATE enrollee SET state_code = 'refused' WHERE member_id = 1")
    view = seen(staff)
    assert [(one.what, one.enrolment_id) for one in view.waiting] == [("上级退回", walk.id)]
    assert (view.cases[0].joining, view.cases[0].listed) == (False, "上级退回")
    assert "等单位" not in view.sentence


@pytest.mark.both_databases
def test_a_void_cover_and_a_void_claim_and_case_are_told_as_such(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    claim = staff.clerk.claims.register(ClaimDraft("hospital", TODAY, 1)).value
    staff.clerk.claim_mending.void(claim, "重复登记")
    staff.run("UPDATE cover SET state_code = 'void', ended_for = '更正'")
    view = seen(staff)
    assert [(one.state_label, one.note) for one in view.covers] == [("已作废", "更正")]
    assert [(one.step_label, one.open) for one in view.claims] == [("已作废", False)]
    staff.run("UPDATE enrolment SET state_code = 'void' WHERE id = :id", id=walk.id)
    (case,) = seen(staff).cases
    assert (case.joining, case.open, case.owed) == (False, False, None)


@pytest.mark.both_databases
def test_a_person_of_no_list_is_told_too(staff: Staff) -> None:
    walked(staff)
    staff.run("DELETE FROM enrollee")
    staff.run("UPDATE member SET sex_code = NULL, born_on = NULL, identity_no = NULL")
    view = seen(staff)
    assert (view.cases, view.covers, view.claims, view.history) == ((), (), (), ())
    assert (view.unit_id, view.case_id, view.sex_label, view.age) == (None, None, "", None)
    assert view.sentence == f"{view.name}():没有保障。"


def test_who_is_not_in_the_ledger_is_refused(staff: Staff) -> None:
    with refused(staff, "member-unknown"):
        staff.clerk.persons.get(999)
