"""列支渠道: whose accounts a part may be charged to, and amounts that add up to the fen."""

from __future__ import annotations

import pytest

from desktop_app.domain.funding_channels import channels_for, check_funding
from desktop_app.domain.schemes.scheme_parts import Funding, FundingChannel
from desktop_app.errors import UserError

WANTED = {"unit-and-member": 961_000, "city-union": 2_500}
ALLOWED = {"unit-and-member": {"fee", "self"}, "city-union": {"city"}}
WHOLE = (
    ("unit-and-member", "fee", 900_000),
    ("unit-and-member", "self", 61_000),
    ("city-union", "city", 2_500),
)


def refusal(*told: tuple[str, str, int]) -> tuple[str, str, str, str | None]:
    with pytest.raises(UserError) as refused:
        check_funding(WANTED, told, ALLOWED)
    error = refused.value
    return error.code, error.message, error.remedy, error.where


def test_amounts_that_add_up_pass_whole_or_for_one_payer_alone() -> None:
    check_funding(WANTED, WHOLE, ALLOWED)
    check_funding(WANTED, WHOLE[:2], ALLOWED)
    check_funding(WANTED, (("city-union", "city", 2_500),), ALLOWED)
    check_funding(WANTED, (), ALLOWED)
    check_funding({"unit": 1}, (("unit", "own", 1),), {"unit": {"own"}})


@pytest.mark.parametrize(
    ("payer", "channel"), [("unit-and-member", "city"), ("member", "fee"), ("city-union", "")]
)
def test_an_account_that_a_payer_has_not_is_refused(payer: str, channel: str) -> None:
    assert refusal((payer, channel, 100)) == (
        "channel-unknown",
        "这笔钱不能从这个渠道列支。",
        "请选方案里列出的、这类单位可用的渠道。",
        channel,
    )


def test_one_account_is_written_once() -> None:
    assert refusal(*WHOLE, ("unit-and-member", "self", 5)) == (
        "channel-twice", "同一个列支渠道写了两次。", "请合成一笔填写。", "self"
    )  # fmt: skip


@pytest.mark.parametrize("fen", [0, -1])
def test_an_account_that_bears_nothing_is_left_empty(fen: int) -> None:
    assert refusal(("unit-and-member", "fee", fen)) == (
        "funding-amount", "列支的金额须大于零。", "不列支的渠道空着。", "fee"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fen", "gap"),
    [(61_001, "多 0.01"), (60_999, "少 0.01"), (61_100, "多 1.00"), (1, "少 609.99")],
)
def test_a_gap_of_one_fen_is_told_with_its_direction(fen: int, gap: str) -> None:
    assert refusal(WHOLE[0], ("unit-and-member", "self", fen)) == (
        "funding-differs",
        f"单位和职工应出 9,610.00 元,各渠道合计 {(900_000 + fen) / 100:,.2f} 元,{gap} 元。",
        "请改到一分不差再保存。",
        None,
    )


def channel(payer: str, *kinds: str) -> FundingChannel:
    return FundingChannel(f"of-{payer}", payer, payer, kinds, "")


def test_a_part_is_charged_to_its_payers_accounts_for_the_units_kind() -> None:
    listed = (channel("unit", "firm"), channel("member"), channel("city-union"))
    funding = Funding(listed, (), "unit")
    assert channels_for(funding, "unit", "firm") == listed[:1]
    assert channels_for(funding, "unit", "school") == ()
    assert channels_for(funding, "member", "school") == listed[1:2]


def test_what_unit_and_worker_bear_together_comes_from_any_account_but_another_unions() -> None:
    payers = ("unit-and-member", "unit", "member", "budget", "donation", "city-union", "town-union")
    listed = tuple(map(channel, payers))
    assert channels_for(Funding(listed, (), "unit"), "unit-and-member", "firm") == listed[:5]
