"""列支渠道: the accounts a payer's part may be charged to, and whether what is told adds up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db.codes import Payer
from desktop_app.domain.labels import label
from desktop_app.domain.money import yuan
from desktop_app.domain.schemes.scheme_parts import Funding, FundingChannel
from desktop_app.errors import UserError

# What unit and worker bear together may come from any account but another union's.
_SHARED = (Payer.UNIT, Payer.MEMBER, Payer.BUDGET, Payer.DONATION)


def channels_for(funding: Funding, payer: str, unit_kind: str) -> tuple[FundingChannel, ...]:
    """The accounts of the scheme's list that this payer's part may be charged to."""
    payers = (payer, *_SHARED) if payer == Payer.UNIT_AND_MEMBER else (payer,)
    return tuple(
        one
        for one in funding.channels
        if one.payer in payers and (not one.unit_kinds or unit_kind in one.unit_kinds)
    )


def check_funding(
    wanted: Mapping[str, int], told: Iterable[tuple[str, str, int]], allowed: Mapping[str, set[str]]
) -> None:
    """Refuse accounts that a payer has not, and amounts that do not add up to the fen.

    Args:
        wanted: what each payer bears.
        told: payer, account and amount.
        allowed: ids of the accounts each payer may be charged to.

    Raises:
        UserError: `channel-unknown`, `channel-twice`, `funding-amount`, `funding-differs`.
    """
    sums = dict.fromkeys(wanted, 0)
    seen: set[tuple[str, str]] = set()
    for payer, channel, fen in told:
        if channel not in allowed.get(payer, set()):
            raise UserError(
                "channel-unknown",
                "这笔钱不能从这个渠道列支。",
                "请选方案里列出的、这类单位可用的渠道。",
                channel,
            )
        if (payer, channel) in seen:
            raise UserError(
                "channel-twice", "同一个列支渠道写了两次。", "请合成一笔填写。", channel
            )
        if fen <= 0:
            raise UserError("funding-amount", "列支的金额须大于零。", "不列支的渠道空着。", channel)
        seen.add((payer, channel))
        sums[payer] += fen
    for payer, fen in wanted.items():
        if any(one == payer for one, _channel in seen) and sums[payer] != fen:
            raise UserError("funding-differs", differs(payer, fen, sums[payer]), _REMEDY)


_REMEDY = "请改到一分不差再保存。"


def differs(payer: str, wanted: int, told: int) -> str:
    """Say it as 单位和职工应出 9,610.00 元,各渠道合计 9,600.00 元,少 10.00 元."""
    who, gap = label(Payer(payer)), wanted - told
    word = "少" if gap > 0 else "多"
    return f"{who}应出 {yuan(wanted)} 元,各渠道合计 {yuan(told)} 元,{word} {yuan(abs(gap))} 元。"
