"""What an enrolment comes to, and what claims ask for."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from db.codes import FigureState
from desktop_app.domain.claims import covered_on, missing_papers, needs_paper, papers_for
from desktop_app.domain.contributions import Part, contribution, person_fen
from desktop_app.domain.scheme_parts import Figure, FundingPart
from desktop_app.domain.schemes import Scheme


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
    assert person_fen(scheme, ["hospital"]) is None


def test_one_person_pays_every_plan_and_share(priced: Scheme) -> None:
    assert person_fen(priced, ["hospital", "accident"]) == 7000
    assert person_fen(priced, ["hospital"], shares=3) == 15_000


def test_fixed_parts_are_split_per_person_and_then_summed(priced: Scheme) -> None:
    parts = tuple(
        FundingPart(payer, Figure(fen, FigureState.CONFIRMED, "演示"))
        for payer, fen in (("upper-union", 2000), ("unit-and-member", 3000))
    )
    shared = replace(priced, funding=replace(priced.funding, parts=parts))
    found = contribution(shared, people=10, women=0, plans=["hospital"])
    assert found.parts == (Part("upper-union", 20_000), Part("unit-and-member", 30_000))
    assert found.total_fen == 50_000


FIRST, END = datetime.date(2026, 12, 1), datetime.date(2027, 12, 1)


@pytest.mark.parametrize(
    ("event_on", "covered"),
    [
        (datetime.date(2026, 11, 30), False),
        (FIRST, True),
        (datetime.date(2027, 11, 30), True),
        (END, False),
    ],
)
def test_cover_counts_on_the_event_s_date(event_on: datetime.date, covered: bool) -> None:
    assert covered_on(event_on, FIRST, END) is covered


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
    there = {"claim-form", "identity-copy", "bank-card-copy"}
    assert [paper.id for paper in missing_papers(scheme, ["accident"], there)] == [
        "accident-report"
    ]
