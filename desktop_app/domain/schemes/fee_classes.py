"""Fees that differ by class: whose people a unit's are, and which figure each class goes by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.schemes.scheme_model import Scheme
from desktop_app.domain.schemes.scheme_parts import FeeClass, Figure, Plan

ORDINARY = ""  # people of no class of their own


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many people of one class, who all come to the same for the same plans."""

    people: int
    women: int
    fee_class: str = ORDINARY


def fee_class_key(plan_id: str, name: str) -> str:
    return f"plans.{plan_id}.fee_classes.{name}"


def class_figures(plan: Plan) -> dict[str, Figure]:
    """The plan's fees by class, by their key paths."""
    return {fee_class_key(plan.id, one.id): one.fee_fen for one in plan.fee_classes}


def class_of_unit(plan: Plan, unit_kind: str | None) -> FeeClass | None:
    """The class that all people of a unit of this kind are of."""
    return next((one for one in plan.fee_classes if unit_kind in one.unit_kinds), None)


def fee_for_unit(plan: Plan, unit_kind: str | None) -> Figure:
    """The fee per person and share of people of whom nothing but the unit is known."""
    found = class_of_unit(plan, unit_kind)
    return plan.fee_fen if found is None else found.fee_fen


def class_label(scheme: Scheme, plans: Iterable[str], fee_class: str) -> str:
    """What a class is called; nothing for ordinary people."""
    known = (one for plan in plans for one in scheme.plan(plan).fee_classes)
    return next((one.label for one in known if one.id == fee_class), "")


def with_fees_of(scheme: Scheme, fee_class: str) -> Scheme:
    """The scheme with the fees that people of a class go by in place of the ordinary ones."""
    if fee_class == ORDINARY:
        return scheme
    plans = tuple(
        next(
            (replace(plan, fee_fen=one.fee_fen) for one in plan.fee_classes if one.id == fee_class),
            plan,
        )
        for plan in scheme.plans
    )
    return replace(scheme, plans=plans)


def crowds_of(
    scheme: Scheme, plans: Iterable[str], unit_kind: str | None, whole: Crowd, told: Sequence[Crowd]
) -> tuple[Crowd, ...]:
    """The people by class: those told of, and the others as the unit's kind says.

    Args:
        scheme: with the classes.
        plans: ids of the plans chosen.
        unit_kind: code of the unit's kind, where it is known.
        whole: everyone who joins.
        told: people of whom a class is told.
    """
    others = Crowd(
        whole.people - sum(one.people for one in told),
        whole.women - sum(one.women for one in told),
        _unit_class(scheme, plans, unit_kind),
    )
    found: dict[str, Crowd] = {}
    for one in (others, *told):
        so_far = found.get(one.fee_class, Crowd(0, 0))
        people, women = so_far.people + one.people, so_far.women + one.women
        found[one.fee_class] = Crowd(people, women, one.fee_class)
    left = [one for one in found.values() if one.people or one.women]
    return tuple(left) or (others,)


def _unit_class(scheme: Scheme, plans: Iterable[str], unit_kind: str | None) -> str:
    found = (class_of_unit(scheme.plan(plan), unit_kind) for plan in plans)
    return next((one.id for one in found if one is not None), ORDINARY)


def judge_crowds(
    scheme: Scheme, plans: Sequence[str], crowds: Sequence[Crowd], unit_kind: str | None
) -> Iterator[Problem]:
    """What stands against the people told by class, and what nobody told of the others."""
    classes = {one.id: one for plan in plans for one in scheme.plan(plan).fee_classes}
    unknown = [one.fee_class for one in crowds if one.fee_class not in {ORDINARY, *classes}]
    if unknown:
        message = f"这个方案没有“{'、'.join(unknown)}”这类人员的费用标准"
        yield Problem("fee-class-unknown", Severity.ERROR, message)
    if any(one.people < 0 or not 0 <= one.women <= one.people for one in crowds):
        yield Problem("fee-class-people", Severity.ERROR, "各类人员的人数与总人数不符")
    if [one.fee_class for one in crowds] == [ORDINARY]:
        open_ones = [one for one in classes.values() if not one.unit_kinds or unit_kind is None]
        if open_ones:
            labels = "、".join(one.label for one in open_ones)
            message = f"{labels}的费用另有标准,名单里没有写人员类别,现都按一般标准计,请核对"
            yield Problem("fee-class-missing", Severity.WARNING, message)
