"""The steps of an enrolment: the bar, what is missing, what a bank slip lacks."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.enrolments import Facts, bar, difference_in_words, missing
from desktop_app.domain.schemes.schemes import Scheme

COMPLETE = Facts(
    people=86,
    women=40,
    at_work=107,
    women_at_work=48,
    plans=("hospital", "critical-illness"),
    unit_kind="government",
    due_fen=860_000,
    payment_fen=860_000,
    slip=True,
    payment_confirmed=True,
    effective_on=datetime.date(2026, 12, 1),
    business_no="HB-1",
    invoice=True,
    receipt=True,
    papers=frozenset(("insurance-proof",)),
    printed=frozenset(("application", "member-list", "confirmation")),
    stamped=frozenset(("application", "member-list", "confirmation")),
)


def _codes(scheme: Scheme, key: str, facts: Facts, handling: str = "on-behalf") -> list[str]:
    return [one.code for one in missing(scheme.step(key, handling), facts, scheme)]


@pytest.mark.parametrize("handling", ["on-behalf", "by-unit"])
def test_a_complete_case_lacks_nothing_at_any_step(priced: Scheme, handling: str) -> None:
    for step in priced.steps[handling]:
        assert missing(step, COMPLETE, priced) == (), step.key


@pytest.mark.parametrize(
    ("step", "change", "code"),
    [
        ("roster", {"plans": ()}, "plans-missing"),
        ("review", {"people": 0, "at_work": None}, "people-missing"),
        ("roster", {"at_work": None}, "at-work-missing"),
        ("roster", {"people": 108}, "at-work-too-low"),
        ("roster", {"people": 85}, "participation-too-low"),
        ("roster", {"shares": 2}, "shares-too-many"),
        ("roster", {"papers": frozenset()}, "paper-missing:insurance-proof"),
        ("roster", {"over_age": 2}, "paper-missing:over-age-proof"),
        ("roster", {"invoice": False}, "invoice-missing"),
        ("review", {"to_confirm": ("住院医疗会费",)}, "to-confirm"),
        ("entry", {"business_no": None}, "business-number-missing"),
        ("payment", {"payment_fen": None}, "payment-missing"),
        ("payment", {"slip": False}, "slip-missing"),
        ("payment", {"corporate": False}, "payment-not-corporate"),
        ("payment", {"payment_fen": 840_000}, "payment-differs"),
        ("payment", {"payment_people": 84}, "payment-differs"),
        ("province", {"effective_on": None}, "effective-date-missing"),
        ("confirmation", {"payment_confirmed": False}, "payment-not-confirmed"),
        (
            "seal",
            {"printed": frozenset(("application", "member-list"))},
            "not-printed:confirmation",
        ),
        (
            "archive",
            {"stamped": frozenset(("member-list", "confirmation"))},
            "not-stamped:application",
        ),
        ("archive", {"receipt": False}, "receipt-missing"),
        ("confirmation", {"payment_fen": 0, "back_fen": 860_000}, "money-short"),
        ("seal", {"payment_fen": 430_000, "back_fen": 430_000}, "money-short"),
        ("archive", {"payment_fen": 859_999, "back_fen": 1, "back_waits": True}, "money-short"),
        ("archive", {"payment_fen": 860_001}, "overpaid"),
    ],
)
def test_what_a_step_lacks_is_named(
    priced: Scheme, step: str, change: dict[str, object], code: str
) -> None:
    facts = replace(COMPLETE, **change)  # type: ignore[arg-type]
    (one,) = missing(priced.step(step), facts, priced)
    assert one.code == code
    assert one.message
    assert one.remedy.endswith("。")


def test_an_empty_case_lacks_everything_of_its_first_step(priced: Scheme) -> None:
    assert _codes(priced, "roster", Facts()) == [
        "plans-missing",
        "people-missing",
        "at-work-missing",
        "paper-missing:insurance-proof",
        "invoice-missing",
    ]


def test_the_paper_for_people_above_the_age_settles_it(priced: Scheme) -> None:
    papers = frozenset(("insurance-proof", "over-age-proof"))
    assert _codes(priced, "roster", replace(COMPLETE, over_age=2, papers=papers)) == []


def test_a_scheme_that_takes_no_such_paper_asks_for_none(priced: Scheme) -> None:
    without = replace(priced, eligibility=replace(priced.eligibility, over_age_paper=None))
    assert _codes(without, "roster", replace(COMPLETE, over_age=2)) == []


@pytest.mark.parametrize("people", [1, 107])
def test_a_unit_may_send_everyone_it_has(priced: Scheme, people: int) -> None:
    facts = replace(COMPLETE, people=people, at_work=people)
    assert _codes(priced, "roster", facts) == []


def test_women_are_judged_where_a_plan_is_theirs_alone(priced: Scheme) -> None:
    few = replace(COMPLETE, plans=("hospital", "women"), women=38)  # 39 of 48 are needed
    (one,) = missing(priced.step("roster"), few, priced)
    assert (one.code, "还差1人" in one.message) == ("participation-too-low", True)
    assert _codes(priced, "roster", replace(few, women=39)) == []
    assert _codes(priced, "roster", replace(few, women_at_work=None)) == []
    too_few = replace(few, people=80)
    assert "86人" in missing(priced.step("roster"), too_few, priced)[0].message


def test_a_plan_of_women_alone_asks_for_women_alone(priced: Scheme) -> None:
    women = replace(COMPLETE, plans=("women",), people=39, women=39)
    assert _codes(priced, "roster", women) == []


def test_a_share_limit_without_a_figure_limits_nothing(priced: Scheme) -> None:
    plan = priced.plan("hospital")
    limits = {"default": replace(plan.share_limit(None), value=None)}
    free = replace(priced, plans=(replace(plan, share_limits=limits),))
    facts = replace(COMPLETE, plans=("hospital",), shares=4)
    assert _codes(free, "roster", facts) == []


def test_a_due_amount_that_is_open_is_told_by_its_figure_alone(priced: Scheme) -> None:
    facts = replace(COMPLETE, due_fen=None, to_confirm=("住院医疗会费",))
    assert _codes(priced, "payment", facts) == ["to-confirm"]


def test_the_bar_shows_what_is_done_and_what_comes(scheme: Scheme) -> None:
    states = [one.state for one in bar(scheme, "payment")]
    assert states == ["done"] * 3 + ["now"] + ["later"] * 4
    assert [one.label for one in bar(scheme, "payment")][3] == "缴费"


def test_the_bar_of_a_finished_case_is_all_done(scheme: Scheme) -> None:
    assert {one.state for one in bar(scheme, None, "by-unit")} == {"done"}


@pytest.mark.parametrize(
    ("due", "paid", "people", "paid_people", "words"),
    [
        (860_000, 840_000, 86, None, "少2人的钱:名单86人应缴8,600.00元,回单8,400.00元"),
        (860_000, 870_000, 86, None, "多1人的钱:名单86人应缴8,600.00元,回单8,700.00元"),
        (860_000, 840_000, 86, 84, "少2人的钱:名单86人应缴8,600.00元,回单84人8,400.00元"),
        (860_000, 859_950, 86, None, "少0.50元:名单86人应缴8,600.00元,回单8,599.50元"),
        (860_010, 860_000, 86, None, "少0.10元:名单86人应缴8,600.10元,回单8,600.00元"),
        (860_000, 860_000, 86, 84, "金额相符,人数不符:名单86人应缴8,600.00元,回单84人8,600.00元"),
        (0, 100, 5, None, "多1.00元:名单5人应缴0.00元,回单1.00元"),
        (0, 100, 0, None, "多1.00元:名单0人应缴0.00元,回单1.00元"),
        (860_000, 860_000, 86, 86, ""),
        (860_000, 860_000, 86, None, ""),
    ],
)
def test_a_difference_is_told_in_people_where_it_can_be(
    due: int, paid: int, people: int, paid_people: int | None, words: str
) -> None:
    assert difference_in_words(due, paid, people, paid_people) == words


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**4))
def test_only_equal_money_has_no_difference(due: int, paid: int, people: int) -> None:
    assert (difference_in_words(due, paid, people) == "") is (due == paid)
