"""What an enrolment comes to, and what claims ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.codes import FigureState
from desktop_app.domain.claims import needs_paper, papers_for
from desktop_app.domain.contributions import Part, contribution, own_fen, payer_weights
from desktop_app.domain.figures import with_figures
from desktop_app.domain.schemes.scheme_parts import Figure, FundingPart
from desktop_app.domain.schemes.schemes import Scheme


def test_fees_times_people_and_shares_with_women_for_their_plan(priced: Scheme) -> None:
    found = contribution(priced, people=86, women=40, plans=["hospital", "women"], shares=2)
    assert [(line.plan_id, line.people, line.total_fen) for line in found.lines] == [
        ("hospital", 86, 860_000),
        ("women", 40, 80_000),
    ]
    assert found.total_fen == 940_000
    assert found.parts == (Part("unit-and-member", 940_000),)
    assert found.to_confirm == ()


def test_an_open_fee_gives_no_amount_at_all(scheme: Scheme) -> None:
    found = contribution(scheme, people=86, women=40, plans=["hospital"])
    assert (found.total_fen, found.lines, found.parts) == (None, (), ())
    assert found.to_confirm == ("plans.hospital.fee_fen",)
    assert found.heads == ()


def test_one_person_pays_every_plan_and_its_shares(priced: Scheme) -> None:
    plans = ["hospital", "women"]
    shares = {"hospital": 3, "women": 1}
    found = contribution(priced, people=5, women=2, plans=plans, shares=shares)
    man, woman = found.heads
    assert (man.women, man.people, man.fen, man.plans) == (
        False,
        3,
        15_000,
        (("hospital", 15_000),),
    )
    assert (woman.women, woman.people, woman.fen) == (True, 2, 16_000)
    assert woman.plans == (("hospital", 15_000), ("women", 1_000))
    assert sum(head.fen * head.people for head in found.heads) == found.total_fen
    assert [line.shares for line in found.lines] == [3, 1]


def test_the_unit_transfers_what_no_other_union_bears() -> None:
    borne = [("upper-union", 1), ("city-union", 2), ("town-union", 4), ("unit", 8), ("member", 16)]
    assert own_fen(Part(payer, fen) for payer, fen in borne) == 24


def test_fixed_parts_are_split_per_person_and_then_summed(priced: Scheme) -> None:
    parts = tuple(
        FundingPart(payer, Figure(fen, FigureState.CONFIRMED, "演示"))
        for payer, fen in (("upper-union", 2000), ("unit-and-member", 3000))
    )
    shared = replace(priced, funding=replace(priced.funding, parts=parts))
    found = contribution(shared, people=10, women=0, plans=["hospital"])
    assert found.parts == (Part("upper-union", 20_000), Part("unit-and-member", 30_000))
    assert found.total_fen == 50_000


def test_months_count_by_the_year_rounded_half_up_once_a_person(anyang: Scheme) -> None:
    found = contribution(anyang, people=3, women=0, plans=["medical"], months=5)
    assert found.total_fen == 3 * 3125
    assert [(part.payer, part.fen) for part in found.parts] == [
        ("upper-union", 3 * 1042),
        ("unit-and-member", 3 * 2083),
    ]
    assert found.to_confirm == ("coverage.renewal.year_months",)
    assert found.lines[0].total_fen == 3 * 3125
    fee = Figure(1001, FigureState.DEMO, "演示")  # half of it is 500.5 fen
    odd = replace(anyang, plans=(replace(anyang.plans[0], fee_fen=fee),))
    assert contribution(odd, people=2, women=0, plans=["medical"], months=6).total_fen == 1002


def test_no_months_owe_nothing_and_leave_nothing_open(anyang: Scheme) -> None:
    found = contribution(anyang, people=3, women=0, plans=["medical"], months=0)
    assert (found.total_fen, found.to_confirm) == (0, ())
    assert [part.fen for part in found.parts] == [0, 0]


def test_months_mean_nothing_where_the_scheme_has_no_renewal(priced: Scheme) -> None:
    found = contribution(priced, people=3, women=0, plans=["hospital"], months=5)
    assert found.total_fen == 15_000


def test_women_who_hold_a_plan_of_their_own_pay_their_parts_of_it(priced: Scheme) -> None:
    parts = tuple(
        FundingPart(payer, Figure(fen, FigureState.CONFIRMED, "演示"))
        for payer, fen in (("upper-union", 1), ("unit-and-member", 2))
    )
    shared = replace(priced, funding=replace(priced.funding, parts=parts))
    found = contribution(shared, people=10, women=4, plans=["hospital", "women"])
    assert found.total_fen == 10 * 5000 + 4 * 1000
    assert found.parts == (
        Part("upper-union", 6 * 1667 + 4 * 2000),
        Part("unit-and-member", 6 * 3333 + 4 * 4000),
    )
    assert [(step.input, step.output) for step in found.steps] == [
        ("6", "upper-union 16.67;unit-and-member 33.33"),
        ("4", "upper-union 20.00;unit-and-member 40.00"),
        ("10", "54000"),
    ]
    assert found.steps[0].text == "每人50.00元(住院医疗),6人300.00元。"
    assert found.steps[-1].text == "合计540.00元,其中上级工会180.02元,单位和职工359.98元。"


def test_a_month_s_share_is_told_in_the_step(anyang: Scheme) -> None:
    found = contribution(anyang, people=2, women=0, plans=["medical"], months=6)
    assert found.steps[0].text == "每人37.50元(医疗互助,按6个月计),2人75.00元。"
    assert found.steps[0].clause == anyang.plans[0].fee_fen.source


def test_parts_of_one_payer_are_added_up(pinghu: Scheme) -> None:
    more = (*pinghu.funding.parts, pinghu.funding.parts[0])
    twice = replace(pinghu, funding=replace(pinghu.funding, parts=more))
    assert payer_weights(twice)["member"] * 49 == payer_weights(twice)["city-union"] * 4


def test_an_uneven_joint_part_keeps_exact_weights(pinghu: Scheme) -> None:
    figures = {
        "funding.joint1.city-union.weight": Figure(2, FigureState.DEMO, "演示"),
        "funding.joint1.town-union.weight": Figure(1, FigureState.DEMO, "演示"),
    }
    weights = payer_weights(with_figures(pinghu, figures))
    assert weights == {"member": 300, "city-union": 9800, "town-union": 4900}


def test_the_default_payer_bears_all_where_no_part_is_fixed(priced: Scheme) -> None:
    assert payer_weights(priced) == {"unit-and-member": 1}


@pytest.mark.parametrize(("fen", "paper"), [(299_999, False), (300_000, True), (1_000_000, True)])
def test_papers_come_on_paper_from_three_thousand_yuan(
    scheme: Scheme, fen: int, paper: bool
) -> None:
    assert needs_paper(scheme, fen) is paper


def test_without_a_threshold_nothing_must_come_on_paper(scheme: Scheme) -> None:
    unknown = Figure(None, FigureState.TO_CONFIRM)
    rules = replace(scheme.claims, paper_threshold_fen=unknown)
    assert not needs_paper(replace(scheme, claims=rules), 10**9)


def test_the_checklist_goes_by_the_plans_of_the_claim(scheme: Scheme) -> None:
    ids = [paper.id for paper in papers_for(scheme, ["accident"])]
    assert ids == [
        "claim-form",
        "identity-copy",
        "bank-card-copy",
        "accident-report",
        "disability-proof",
    ]
