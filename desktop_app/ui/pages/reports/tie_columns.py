"""The columns of 对账, and its sums in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from desktop_app.domain.ties import TieState
from desktop_app.services.views.ties import Proof, TieLine
from desktop_app.ui.rows_model import Column
from desktop_app.ui.widgets.labels import money_text

_TONES = {
    TieState.DIFFERS: "late",
    TieState.UNPAID: "warn",
    TieState.UNCONFIRMED: "warn",
    TieState.REFUND: "warn",
    TieState.NO_RECEIPT: "warn",
    TieState.TIED: "good",
}


def _money(title: str, fen: Callable[[TieLine], int | None], width: int = 96) -> Column[TieLine]:
    def text(line: TieLine) -> str:
        told = fen(line)
        return money_text(told) if told else ""

    return Column(title, text, lambda line: fen(line) or 0, width, right=True)


def tie_columns() -> tuple[Column[TieLine], ...]:
    return (
        Column("单位", lambda one: one.unit, width=170),
        Column("片区", lambda one: one.area, width=76),
        Column("人数", lambda one: str(one.people), lambda one: one.people, 56, right=True),
        Column(
            "应缴(元)",
            lambda one: "待定" if one.due_fen is None else money_text(one.due_fen),
            lambda one: one.due_fen or 0,
            100,
            right=True,
        ),
        _money("已缴(元)", lambda one: one.paid_fen, 100),
        _money("已到账(元)", lambda one: one.confirmed_fen, 100),
        _money("退费(元)", lambda one: one.back_fen, 84),
        _money("未缴(元)", lambda one: one.gap_fen, 92),
        _money("票据(元)", lambda one: one.receipt_fen, 100),
        Column(
            "状态",
            lambda one: one.state_label,
            lambda one: list(TieState).index(one.state),
            96,
            lambda one: _TONES.get(one.state, ""),
        ),
        Column("还差什么", lambda one: ";".join(one.open), width=220, wide=True),
    )


def made_up_of(line: TieLine) -> str:
    """What an application lacks, what it comes to by plan, and who bears it."""
    plans = "、".join(f"{one.name}{one.people}人{_amount(one.fen)}" for one in line.told_plans)
    parts = "、".join(f"{one.payer}({one.channel}){_amount(one.fen)}" for one in line.parts)
    told = [f"项目:{plans}"] * bool(plans) + [f"出资:{parts}"] * bool(parts)
    number = [f"业务号:{line.business_no}{_system_text(line)}"] * bool(line.business_no)
    lacks = [f"还差:{';'.join(line.open)}"] * bool(line.open)
    return f"{line.unit}　" + "　".join([*lacks, *told, *number])


def _system_text(line: TieLine) -> str:
    told = [f"{line.system_people}人"] * (line.system_people is not None)
    told += [f"{money_text(line.system_fen)}元"] * (line.system_fen is not None)
    return f"({'、'.join(told)})" if told else ""


def _amount(fen: int | None) -> str:
    if fen is None:
        return "(待定)"
    return f" {money_text(fen)}元" if fen else "(不收费)"


def proof_text(proof: Proof) -> str:
    sign = "＝" if proof.holds else "≠"
    return (
        f"{proof.left_text} {money_text(proof.left_fen)}　{sign}　"
        f"{proof.right_text} {money_text(proof.right_fen)}"
    )


def sums_text(lines: Iterable[TieLine]) -> str:
    """The sums of what is shown: 86家 7,412人 · 应缴… · 已缴… · 未缴… · 多缴…."""
    shown = tuple(lines)

    def told(fen: Callable[[TieLine], int | None]) -> str:
        return money_text(sum(fen(one) or 0 for one in shown))

    parts = [
        f"{len(shown)}份申请 {sum(one.people for one in shown):,}人",
        f"应缴 {told(lambda one: one.due_fen)}",
        f"已缴 {told(lambda one: one.paid_fen)}",
        f"已到账 {told(lambda one: one.confirmed_fen)}",
        f"退费 {told(lambda one: one.back_fen)}",
        f"未缴 {told(lambda one: max(one.gap_fen, 0))}",
        f"多缴 {told(lambda one: max(-one.gap_fen, 0))}",
    ]
    return " · ".join(parts)
