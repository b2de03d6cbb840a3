"""What bounds a benefit: waiting period, minimum, what was paid before, ceilings, other plans."""

from __future__ import annotations

from fractions import Fraction

from desktop_app.domain.benefits.benefit_base import paid_by
from desktop_app.domain.benefits.benefit_facts import Before, Facts
from desktop_app.domain.benefits.benefit_trail import Trail
from desktop_app.domain.benefits.worksheets import exact, percent, rounded, yuan_exact
from desktop_app.domain.money import yuan
from desktop_app.domain.schemes.benefit_parts import Benefits, Ceiling, Waiting, WaitingBand


def waited(benefits: Benefits, facts: Facts, amount: Fraction, trail: Trail) -> Fraction:
    """The sum that the waiting period leaves."""
    rule = benefits.waiting
    if rule is None:
        return amount
    if not rule.bands:
        trail.say("waiting", rule.clause, None, None, "等待期待核对,估算时按没有等待期计。")
        return amount
    effective, event = facts.need("effective_on"), facts.need("event_on")
    since = facts.covered_since
    start = effective
    if since is not None and since < effective and rule.renewal != "again":
        if rule.renewal == "exempt":
            text = "连续参加,不设等待期。"
            trail.say("waiting", rule.clause, {"covered_since": since.isoformat()}, None, text)
            return amount
        start = since
    day = (event - start).days
    return _by_band(rule, day, facts, amount, trail)


def _by_band(rule: Waiting, day: int, facts: Facts, amount: Fraction, trail: Trail) -> Fraction:
    band = _band_of(rule, day)
    left = amount if band is None else _left(band, facts, amount)
    if band is None:
        how = "已过等待期,全额计算"
    elif band.share is None:
        how = f"等待期内给付定额{yuan_exact(left)}元"
    else:
        how = f"等待期内按{percent(band.share)}计算,得{yuan_exact(left)}元"
    text = f"事件在保障生效后第{day}天,{how}。"
    trail.say("waiting", rule.clause, {"day": day, "fen": exact(amount)}, exact(left), text)
    return left


def _band_of(rule: Waiting, day: int) -> WaitingBand | None:
    for band in rule.bands:
        if band.from_day <= day and (band.to_day is None or day <= band.to_day):
            return band
    return None


def _left(band: WaitingBand, facts: Facts, amount: Fraction) -> Fraction:
    if band.share is not None:
        return amount * band.share
    shares = (facts.shares or 1) if band.per_share else 1
    return Fraction((band.fen or 0) * shares)


def limit_total(benefits: Benefits, facts: Facts, amount: Fraction, trail: Trail) -> int:
    """Round once, take off what was paid, keep below every ceiling."""
    amount = _raised(benefits, amount, trail)
    fen = rounded(amount)
    text = f"四舍五入到分,为{yuan(fen)}元。"
    trail.say("rounding", benefits.clause, exact(amount), fen, text)
    before = facts.before or Before()
    paid = before.benefit_fen
    total = fen if benefits.accumulates else paid + fen
    ceilings = [rule for rule in benefits.ceilings if rule.holds_on(facts.event_on)]
    for rule in ceilings:
        if rule.per == "period":
            total = _below(rule, facts, total, trail)
    due = max(0, total - paid)
    if facts.before is not None and (benefits.accumulates or due != fen):
        text = f"本期合计{yuan(total)}元,已付{yuan(paid)}元,本次{yuan(due)}元。"
        given = {"total_fen": total, "paid_fen": paid}
        trail.say("paid-before", benefits.accumulation, given, due, text)
    for rule in ceilings:
        if rule.per == "case":
            due = _below(rule, facts, due, trail)
        elif rule.per == "lifetime":
            so_far = facts.need("lifetime_fen")
            due = max(0, _below(rule, facts, so_far + due, trail) - so_far)
    return _topped_up(benefits, facts, due, trail)


def _raised(benefits: Benefits, amount: Fraction, trail: Trail) -> Fraction:
    rule = benefits.minimum
    if rule is None or not 0 < amount < rule.fen:
        return amount
    text = f"不足最低补助{yuan(rule.fen)}元,按最低补助计。"
    trail.say("minimum", rule.clause, exact(amount), rule.fen, text)
    return Fraction(rule.fen)


_SPANS = {"case": "每次", "period": "每期", "lifetime": "历年累计"}


def _below(rule: Ceiling, facts: Facts, total: int, trail: Trail) -> int:
    """The total as far as the ceiling allows; an open ceiling matters only where it bites."""
    span = _SPANS[rule.per]
    if rule.fen is None:
        text = f"{span}封顶待核对,估算时按不封顶计。"
        trail.say("ceiling", rule.clause, None, None, text)
        return total
    most = rule.fen * (facts.shares or 1) if rule.per_share else rule.fen
    room = max(0, most - paid_by(facts, rule.plans, rule.per))
    if total <= room:
        return total
    text = f"超过{span}最高{yuan(most)}元,按{yuan(room)}元计。"
    given = {"total_fen": total, "ceiling_fen": most, "other_plans_fen": most - room}
    trail.say("ceiling", rule.clause, given, room, text)
    return room


def _topped_up(benefits: Benefits, facts: Facts, due: int, trail: Trail) -> int:
    for rule in benefits.stacking:
        if rule.mode != "net-of":
            paid = paid_by(facts, rule.plans, "case")
            left = max(0, due - paid) if rule.mode == "tops-up" else (0 if paid else due)
            text = f"其他项目已付{yuan(paid)}元,本项目付{yuan(left)}元。"
            trail.say("stacking", rule.clause, {"fen": due, "paid_fen": paid}, left, text)
            due = left
    return due
