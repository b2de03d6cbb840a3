"""Figures of a scheme: what is open, and confirmed values laid over the file's."""

from __future__ import annotations

from dataclasses import replace

from db.codes import FigureState
from desktop_app.domain.figures import (
    figure_label,
    figures_of,
    open_fees,
    open_figures,
    share_limit_key,
    with_figures,
)
from desktop_app.domain.scheme_parts import Figure, FundingPart
from desktop_app.domain.schemes import Scheme

BORDER = "participation.all_join_limit"


def _confirmed(value: int) -> Figure:
    return Figure(value, FigureState.CONFIRMED, "演示文件")


def _with_part(scheme: Scheme) -> Scheme:
    part = FundingPart("city-union", Figure(None, FigureState.TO_CONFIRM))
    return replace(scheme, funding=replace(scheme.funding, parts=(part,)))


def test_fees_stand_first_among_the_figures(scheme: Scheme) -> None:
    keys = list(figures_of(scheme))
    assert keys[:4] == [f"plans.{plan.id}.fee_fen" for plan in scheme.plans]
    assert BORDER in keys
    assert "claims.paper_threshold_fen" in keys


def test_every_figure_has_a_label_and_can_be_confirmed(scheme: Scheme) -> None:
    scheme = _with_part(scheme)
    keys = figures_of(scheme)
    confirmed = with_figures(scheme, dict.fromkeys(keys, _confirmed(7)))
    assert all(figure == _confirmed(7) for figure in figures_of(confirmed).values())
    assert figure_label(scheme, "plans.hospital.fee_fen") == "住院医疗会费"
    assert figure_label(scheme, share_limit_key("hospital", "firm")) == "住院医疗限购份数"
    assert figure_label(scheme, BORDER) == "须全员参加的单位人数界限"
    assert figure_label(scheme, "claims.paper_threshold_fen") == "须交纸质资料的金额"
    assert figure_label(scheme, "funding.city-union.fee_fen") == "会费分担金额"


def test_confirming_one_figure_leaves_the_others_open(scheme: Scheme) -> None:
    one = with_figures(scheme, {"plans.women.fee_fen": _confirmed(1000)})
    assert open_fees(one, ["women"]) == ()
    assert open_fees(one, ["women", "hospital"]) == ("plans.hospital.fee_fen",)
    assert one.participation == scheme.participation


def test_an_open_part_of_the_fee_is_an_open_fee(priced: Scheme) -> None:
    assert open_fees(_with_part(priced), ["women"]) == ("funding.city-union.fee_fen",)


def test_the_border_is_open_only_for_units_that_stand_on_it(scheme: Scheme) -> None:
    assert BORDER in open_figures(scheme, ["women"], at_work=100)
    assert BORDER not in open_figures(scheme, ["women"], at_work=101)
    assert BORDER not in open_figures(scheme, ["women"])


def test_a_scheme_without_participation_has_no_border(scheme: Scheme) -> None:
    without = replace(scheme, participation=None)
    assert BORDER not in figures_of(without)
    assert with_figures(without, {BORDER: _confirmed(1)}).participation is None
