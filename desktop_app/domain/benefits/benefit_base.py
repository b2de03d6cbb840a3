"""The amount that a benefit goes by: the person's share, less other plans, less the deductible."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.benefits.benefit_facts import LABELS, Before, Facts, wrong_fact
from desktop_app.domain.benefits.benefit_trail import Trail
from desktop_app.domain.money import yuan
from desktop_app.domain.schemes.benefit_parts import Benefits, Deductible, PersonClass


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted.

    Args:
        base_fen: of this event, before the deductible.
        deductible_fen: of this event, not counted.
        all_fen: what brackets go by: of the event, or of the whole period where it accumulates.
    """

    base_fen: int
    deductible_fen: int
    all_fen: int


def count_base(
    benefits: Benefits, facts: Facts, person: PersonClass | None, trail: Trail
) -> Counted:
    """Find the counted amount; `trail` gets the steps that lead to it."""
    base = _net_of(benefits, facts, _base(benefits, facts, trail), trail)
    before = _before(benefits, facts, trail)
    rule = benefits.deductible
    if rule is None:
        counted = Counted(base, 0, before.eligible_own_fen - before.deductible_fen + base)
    else:
        counted = _less_deductible(rule, base, before, _height(rule, facts, person, trail))
        text = (
            f"{yuan(base)}元中扣除起付线{yuan(counted.deductible_fen)}元,"
            f"计入{yuan(base - counted.deductible_fen)}元。"
        )
        given = {"fen": base, "deductible_fen": counted.deductible_fen}
        trail.say("deductible", rule.clause, given, base - counted.deductible_fen, text)
    if benefits.accumulates:
        text = f"本期连同此前累计计入{yuan(counted.all_fen)}元。"
        given = {"before_fen": before.eligible_own_fen - before.deductible_fen}
        trail.say("accumulation", benefits.accumulation, given, counted.all_fen, text)
    return counted


def _base(benefits: Benefits, facts: Facts, trail: Trail) -> int:
    name = benefits.counts
    if getattr(facts, name) is None and benefits.or_own:
        name = "own_fen"
    base = int(facts.need(name))
    text = f"计算基数为{LABELS[name]}{yuan(base)}元。"
    trail.say("base", benefits.clause, {name: base}, base, text)
    return base


def _net_of(benefits: Benefits, facts: Facts, base: int, trail: Trail) -> int:
    for rule in benefits.stacking:
        if rule.mode == "net-of":
            paid = paid_by(facts, rule.plans, "case")
            base = max(0, base - paid)
            text = f"扣除其他项目已付的{yuan(paid)}元,基数为{yuan(base)}元。"
            trail.say("stacking", rule.clause, {"paid_fen": paid}, base, text)
    return base


def paid_by(facts: Facts, plans: tuple[str, ...], per: str) -> int:
    """What these plans paid per `case`, `period` or `lifetime`, as the facts tell."""
    told = facts.paid_by_others(per)
    return sum(told.get(plan, 0) for plan in plans)


def _before(benefits: Benefits, facts: Facts, trail: Trail) -> Before:
    """What counts of the period so far; nothing where each case stands alone."""
    before = facts.before or Before()
    if before.deductible_fen > before.eligible_own_fen:
        raise wrong_fact("before", "里的 deductible_fen 大于 eligible_own_fen")
    if facts.before is None or before.eligible_own_fen:
        trail.touch(benefits.accumulation)  # nothing before: both readings give the same
    return before if benefits.accumulates else Before()


def _height(rule: Deductible, facts: Facts, person: PersonClass | None, trail: Trail) -> int:
    first, later = rule.fen, rule.later_fen
    if person and person.deductible_fen is not None:
        first, later = person.deductible_fen, person.later_deductible_fen
    if first is None:
        trail.say("deductible", rule.clause, None, None, "起付线待核对,估算时按没有起付线计。")
        return 0
    if later is not None and int(facts.need("admission_no")) > 1:
        return later
    return first


def _less_deductible(rule: Deductible, base: int, before: Before, height: int) -> Counted:
    if not rule.once:
        taken = min(base, height)
        counted_before = before.eligible_own_fen - before.deductible_fen
        return Counted(base, taken, counted_before + base - taken)
    whole = before.eligible_own_fen + base
    taken = min(whole, height) - min(before.eligible_own_fen, height)
    return Counted(base, taken, max(0, whole - height))
