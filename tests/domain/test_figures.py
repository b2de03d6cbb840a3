"""Figures of a scheme: what is open, and confirmed values laid over the file's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.codes import FigureState
from desktop_app.domain.figures import (
    check_figure,
    figure_label,
    figure_text,
    figures_of,
    money_figures,
    open_border,
    share_limit_key,
    with_figures,
)
from desktop_app.domain.schemes.scheme_parts import Figure, FundingPart
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.errors import UserError

BORDER = "participation.all_join_limit"


def _confirmed(value: int) -> Figure:
    return Figure(value, FigureState.CONFIRMED, "演示文件")


def _open(figures: dict[str, Figure]) -> tuple[str, ...]:
    return tuple(key for key, figure in figures.items() if figure.open)


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
    assert figure_label(scheme, share_limit_key("hospital", "firm")) == "住院医疗限购份数(企业)"
    assert figure_label(scheme, BORDER) == "须全员参加的单位人数界限"
    assert figure_label(scheme, "claims.paper_threshold_fen") == "须交纸质资料的金额"
    assert figure_label(scheme, "funding.city-union.fee_fen") == "会费分担金额(市总工会)"


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("plans.hospital.fee_fen", 5_000, "50.00元"),
        ("plans.hospital.fee_fen", None, "-"),
        (BORDER, 100, "100"),
    ],
)
def test_a_figure_is_told_with_its_unit(key: str, value: int | None, text: str) -> None:
    assert figure_text(key, value) == text


def test_confirming_one_figure_leaves_the_others_open(scheme: Scheme) -> None:
    one = with_figures(scheme, {"plans.women.fee_fen": _confirmed(1000)})
    assert _open(money_figures(one, ["women"])) == ()
    assert _open(money_figures(one, ["women", "hospital"])) == ("plans.hospital.fee_fen",)
    assert one.participation == scheme.participation


def test_an_open_part_of_the_fee_is_an_open_fee(priced: Scheme) -> None:
    assert _open(money_figures(_with_part(priced), ["women"])) == ("funding.city-union.fee_fen",)


def test_the_border_is_open_only_for_units_that_stand_on_it(scheme: Scheme) -> None:
    assert open_border(scheme, 100) == (BORDER,)
    assert open_border(scheme, 101) == ()
    assert open_border(scheme, None) == ()


def test_a_scheme_without_participation_has_no_border(scheme: Scheme) -> None:
    without = replace(scheme, participation=None)
    assert BORDER not in figures_of(without)
    assert with_figures(without, {BORDER: _confirmed(1)}).participation is None


@pytest.mark.parametrize("name", ["anyang", "pinghu", "beijing", "yongding"])
def test_every_figure_of_every_scheme_can_be_confirmed(
    name: str, request: pytest.FixtureRequest
) -> None:
    scheme: Scheme = request.getfixturevalue(name)
    keys = figures_of(scheme)
    confirmed = with_figures(scheme, dict.fromkeys(keys, _confirmed(7)))
    assert all(figure == _confirmed(7) for figure in figures_of(confirmed).values())
    assert len({figure_label(scheme, key) for key in keys}) == len(keys)


def test_the_figures_of_time_and_shares_have_their_keys(anyang: Scheme, pinghu: Scheme) -> None:
    assert "coverage.renewal.year_months" in figures_of(anyang)
    assert "coverage.renewal.working_days_before" in figures_of(anyang)
    found = figures_of(pinghu)
    assert found["eligibility.must_join.least_workers"].value == 25
    assert found["coverage.first_month"].open
    assert figure_label(pinghu, "funding.joint1.town-union.weight") == "互助金分担比例(镇街工会)"
    assert figure_label(pinghu, "coverage.first_month") == "保障期从几月开始"


@pytest.mark.parametrize(
    ("key", "value", "fits"),
    [
        ("coverage.first_month", 12, True),
        ("coverage.first_month", 13, False),
        ("coverage.first_month", 0, False),
        ("coverage.renewal.year_months", 0, False),
        ("funding.joint1.city-union.weight", 0, False),
        ("funding.joint1.city-union.weight", 3, True),
        ("plans.hospital.fee_fen", 0, True),
        ("plans.hospital.fee_fen", -1, False),
        ("plans.hospital.fee_fen", 10**12 + 1, False),
        ("plans.hospital.share_limits.default", 0, False),
        ("plans.hospital.share_limits.default", 1, True),
        ("plans.hospital.share_limits.firm", 50, True),
        ("plans.hospital.share_limits.firm", 51, False),
        ("coverage.renewal.working_days_before", 367, False),
        ("participation.all_join_limit", 10**7 + 1, False),
        ("eligibility.must_join.least_workers", 10**7 + 1, False),
        ("funding.joint1.city-union.weight", 10**6 + 1, False),
    ],
)
def test_a_value_that_a_figure_cannot_have_is_refused(key: str, value: int, fits: bool) -> None:
    if fits:
        check_figure(key, value)
        return
    with pytest.raises(UserError) as caught:
        check_figure(key, value)
    assert caught.value.code == "figure-value"
