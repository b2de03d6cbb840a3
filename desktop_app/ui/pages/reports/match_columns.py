"""The columns of 认款, and what it says of lines and sums in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from desktop_app.domain.dates import clock_text
from desktop_app.domain.matching.values import State
from desktop_app.domain.money import yuan
from desktop_app.services.views.matching import (
    RECORDED,
    BookedLine,
    MarkedLine,
    Matches,
    MatchLine,
    MoneyLine,
    OwedLine,
    RemainderLine,
)
from desktop_app.ui.rows_model import Column

EVERY, CERTAIN, TO_JUDGE, UNKNOWN = "全部", "可直接认款", "待核对", "认不出"
WHICH: Mapping[str, Callable[[MatchLine], bool]] = MappingProxyType(
    {
        EVERY: lambda _one: True,
        CERTAIN: lambda one: one.certain,
        TO_JUDGE: lambda one: not one.certain and one.state != State.UNKNOWN,
        UNKNOWN: lambda one: one.state == State.UNKNOWN,
    }
)
_TONES = {
    State.EXACT: "good",
    State.SHORT: "warn",
    State.OVER: "warn",
    State.REPEATED: "late",
    State.UNCLEAR: "late",
    State.UNKNOWN: "late",
    State.NO_FEE: "quiet",
    RECORDED: "link",
}
_NAMED = 2  # units that a cell names before it counts them


@dataclass(frozen=True, slots=True)
class Option:
    """An application that a proposal pays for, or that comes into question."""

    owed: OwedLine
    fen: int  # what the proposal would book


def options(one: MatchLine) -> tuple[Option, ...]:
    """What the proposal speaks of, that which it pays for first."""
    paid: dict[int, int] = {}
    for part in one.parts:
        paid[part.enrolment_id] = paid.get(part.enrolment_id, 0) + part.fen
    known = {owed.enrolment_id: owed for owed in (*one.parts, *one.candidates)}
    found = [Option(owed, paid.get(of, 0)) for of, owed in known.items()]
    return tuple(sorted(found, key=lambda option: not option.fen))


def fen_of(one: MatchLine) -> int:
    return sum(line.fen for line in one.lines)


def days_text(one: MatchLine) -> str:
    days = list(dict.fromkeys(str(line.day) for line in one.lines))
    more = f" 等{len(one.lines)}笔" if len(one.lines) > 1 else ""
    return f"{days[0]}{more}"


def payers_text(one: MatchLine) -> str:
    return "、".join(dict.fromkeys(line.payer_name or "(没有户名)" for line in one.lines))


def units_text(parts: Iterable[OwedLine]) -> str:
    """The units, all of them."""
    return "、".join(dict.fromkeys(part.unit_name for part in parts))


def short_units(parts: Iterable[OwedLine]) -> str:
    """县一小、县二小; or 40 家:县一小、县二小…."""
    names = list(dict.fromkeys(part.unit_name for part in parts))
    if len(names) <= _NAMED:
        return "、".join(names)
    return f"{len(names)} 家:{'、'.join(names[:_NAMED])}…"


def line_text(line: MoneyLine) -> str:
    """2026-12-01　县一小　500.00 元."""
    return f"{line.day}　{line.payer_name or '(没有户名)'}　{yuan(line.fen)} 元"


def line_details(one: MatchLine) -> str:
    """What the columns have no room for: every line with its account and memo."""
    told = []
    for line in one.lines:
        account = f"账号 {line.payer_account}" if line.payer_account else ""
        memo = f"摘要:{line.memo}" if line.memo else ""
        told.append("　".join(filter(None, (line_text(line), account, memo))))
    return "\n".join(told)


def _memos(one: MatchLine) -> str:
    return "、".join(dict.fromkeys(line.memo for line in one.lines if line.memo))


MATCH_COLUMNS: tuple[Column[MatchLine], ...] = (
    Column("日期", days_text, None, 130),
    Column("付款人", payers_text, None, 190, wide=True),
    Column("金额(元)", lambda one: yuan(fen_of(one)), fen_of, 100, right=True),
    Column(
        "建议认给", lambda one: short_units(one.parts), None, 230, wide=True,
        whole=lambda one: units_text(one.parts),
    ),
    Column("状态", lambda one: one.state_label, None, 86, lambda one: _TONES.get(one.state, "")),
    Column(
        "把握", lambda one: CERTAIN if one.certain else "须人工核对", None, 96,
        lambda one: "good" if one.certain else "quiet",
    ),
    Column("摘要", _memos, None, 160, wide=True),
)  # fmt: skip
OPTION_COLUMNS: tuple[Column[Option], ...] = (
    Column("单位", lambda one: one.owed.unit_name, None, 200, wide=True),
    Column(
        "建议认款(元)", lambda one: yuan(one.fen) if one.fen else "", lambda one: one.fen, 112,
        right=True,
    ),
    Column(
        "还欠(元)", lambda one: yuan(one.owed.fen) if one.owed.fen else "缴清",
        lambda one: one.owed.fen, 100, right=True,
    ),
)  # fmt: skip


def _booked_kind(one: BookedLine) -> str:
    if not one.parts:
        return "不是缴费"
    return "已按回单登记" if one.recorded else "认款"


_BOOKED_TONES = {"相符": "good", "不符": "late", "有余款": "warn"}
BOOKED_COLUMNS: tuple[Column[BookedLine], ...] = (
    Column("日期", lambda one: str(one.line.day), None, 112),
    Column("付款人", lambda one: one.line.payer_name, None, 190, wide=True),
    Column("金额(元)", lambda one: yuan(one.line.fen), lambda one: one.line.fen, 100, right=True),
    Column(
        "认给", lambda one: short_units(one.parts), None, 230, wide=True,
        whole=lambda one: units_text(one.parts),
    ),
    Column("怎样登记", _booked_kind, None, 110),
    Column(
        "状态", lambda one: one.state_label, None, 76,
        lambda one: _BOOKED_TONES.get(one.state_label, "quiet"),
    ),
    Column(
        "余款(元)", lambda one: yuan(one.left_fen) if one.left_fen else "",
        lambda one: one.left_fen, 96, lambda _one: "warn", right=True,
    ),
    Column("说明", lambda one: one.note, None, 120, wide=True),
)  # fmt: skip


MARKED_COLUMNS: tuple[Column[MarkedLine], ...] = (
    Column("日期", lambda one: str(one.line.day), None, 112),
    Column("对方户名", lambda one: one.line.payer_name, None, 160, wide=True),
    Column(
        "进账(元)", lambda one: yuan(one.line.fen) if one.line.fen > 0 else "",
        lambda one: one.line.fen, 100, right=True,
    ),
    Column(
        "出账(元)", lambda one: yuan(-one.line.fen) if one.line.fen < 0 else "",
        lambda one: -one.line.fen, 100, right=True,
    ),
    Column("性质", lambda one: one.mark_label, None, 104),
    Column("摘要", lambda one: one.line.memo, None, 130, wide=True),
    Column("说明", lambda one: one.note, None, 140, wide=True),
    Column("谁登记", lambda one: one.user, None, 80),
    Column("登记日", lambda one: clock_text(one.at)[:10], lambda one: one.at, 112),
)  # fmt: skip


def _money(title: str, fen: Callable[[RemainderLine], int]) -> Column[RemainderLine]:
    def text(one: RemainderLine) -> str:
        return yuan(fen(one)) if fen(one) else ""

    return Column(title, text, fen, 110, right=True)


LEFT_COLUMNS: tuple[Column[RemainderLine], ...] = (
    Column("付款日", lambda one: str(one.paid_on), None, 92),
    Column("付款人", lambda one: one.payer_name, None, 200, wide=True),
    _money("转账(元)", lambda one: one.fen),
    _money("余款(元)", lambda one: one.left_fen),
    _money("等退到(元)", lambda one: one.waiting_fen),
    _money("已退(元)", lambda one: one.back_fen),
    Column(
        "办到哪里",
        lambda one: "还没有办" if one.left_fen else "等退费到账" if one.waiting_fen else "已退回",
        None, 100,
        lambda one: "late" if one.left_fen else "warn" if one.waiting_fen else "good",
    ),
    Column("说明", lambda one: one.note, None, 150, wide=True),
)  # fmt: skip


def sums_text(found: Matches) -> str:
    """流水 12 笔 9,000.00 元 = 建议认款 8,000.00 元 + 余款 1,000.00 元;…."""
    lines = [line for one in found.proposals for line in one.lines]
    return (
        f"流水 {len(lines)} 笔 {yuan(found.fen)} 元 = "
        f"建议认款 {yuan(found.booked_fen)} 元 + 余款 {yuan(found.remainder_fen)} 元"
    )


def certain_lines(proposals: Sequence[MatchLine]) -> tuple[MoneyLine, ...]:
    return tuple(line for one in proposals if one.certain for line in one.lines)


def short_text(one: MatchLine) -> str:
    """What is too little or too much, where the proposal pays for something."""
    if not one.parts:
        return ""
    told = [f"还差 {yuan(one.shortfall_fen)} 元"] * bool(one.shortfall_fen)
    told += [f"多出 {yuan(one.remainder_fen)} 元"] * bool(one.remainder_fen)
    return "、".join(told)
