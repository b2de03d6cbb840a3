"""Statements whose truth is known: what is matched for certain is right, and how much that is."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from desktop_app.domain.matching import choices
from desktop_app.domain.matching.proposals import propose
from desktop_app.domain.matching.values import Proposal
from tests.domain.statement_truths import World, statement

LEAST_RIGHT = 0.65  # of the lines that pay in full what is due; the rest nobody could tell for sure


@dataclass
class Score:
    lines: int = 0
    fees: int = 0
    right: int = 0
    wrong: int = 0

    def __str__(self) -> str:
        share = f"{self.right / self.fees:.1%}"
        return (
            f"{self.lines} lines, {self.fees} that pay in full: {self.right} matched rightly"
            f" without a hand ({share}), {self.wrong} wrongly"
        )


def scored(seeds: Iterable[int]) -> Score:
    score = Score()
    for seed in seeds:
        world = statement(seed)
        score.lines += len(world.lines)
        score.fees += len(world.fees)
        for proposal in propose(world.lines, world.owed):
            _count(score, world, proposal)
    return score


def _count(score: Score, world: World, proposal: Proposal) -> None:
    if not proposal.certain:
        return
    told: dict[int, dict[int, int]] = defaultdict(dict)
    for part in proposal.parts:
        told[part.line][part.owed] = part.fen
    for line in proposal.lines:
        if told[line] == world.truth[line]:
            score.right += 1
        else:
            score.wrong += 1


def test_no_statement_of_a_hundred_is_matched_wrongly() -> None:
    score = scored(range(100))
    assert score.wrong == 0
    assert score.right >= LEAST_RIGHT * score.fees


@pytest.mark.soak
def test_no_statement_of_a_thousand_is_matched_wrongly(capsys: pytest.CaptureFixture[str]) -> None:
    score = scored(range(1_000, 2_000))
    with capsys.disabled():
        sys.stdout.write(f"\n{score}\n")
    assert score.wrong == 0
    assert score.right >= LEAST_RIGHT * score.fees


@pytest.mark.parametrize(
    ("rule", "less"),
    [
        ("_amounts_tell", True),  # a number is believed whatever else has the amount
        ("_doubts", ()),  # signs that speak against each other are
        ("_elsewhere", ()),  # last year's money is, and what is no contribution
        ("is_borne_out", True),  # whoever pays is taken to pay for what he is known to pay for
    ],
)
def test_a_rule_less_careful_is_found_out(
    rule: str, less: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("choices", "proposals"):
        target = f"desktop_app.domain.matching.{module}.{rule}"
        monkeypatch.setattr(target, lambda *_: less, raising=module == "choices")
    assert hasattr(choices, rule)
    assert any(scored([seed]).wrong for seed in range(300))
