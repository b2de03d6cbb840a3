"""What one part of a benefit comes to before ceilings: the arithmetic of each kind, with a step."""

from __future__ import annotations

from fractions import Fraction

from desktop_app.domain.benefits.benefit_facts import Facts, wrong_fact
from desktop_app.domain.benefits.worksheets import exact, percent, yuan_exact
from desktop_app.domain.money import yuan
from desktop_app.domain.rule_steps import RuleStep
from desktop_app.domain.schemes.benefit_parts import (
    BenefitPart,
    Brackets,
    Daily,
    FixedSteps,
    FixedSum,
    Kind,
    PersonClass,
    Table,
)


def band_shares(rule: Brackets, person: PersonClass | None) -> tuple[Fraction, ...]:
    """The share of each band; a class of people may have its own."""
    return (person.shares if person else ()) or tuple(band.share for band in rule.bands)


def band_amounts(rule: Brackets, counted: int) -> tuple[int, ...]:
    """How much of the counted amount lies in each band."""
    borders = [band.above_fen for band in rule.bands]
    ends = [*borders[1:], max(counted, borders[-1])]
    return tuple(
        max(0, min(counted, end) - start) for start, end in zip(borders, ends, strict=True)
    )


def brackets_amount(rule: Brackets, counted: int, person: PersonClass | None = None) -> Fraction:
    """The exact sum over the bands, in fen."""
    shares = band_shares(rule, person)
    parts = band_amounts(rule, counted)
    return sum((share * fen for share, fen in zip(shares, parts, strict=True)), Fraction(0))


def needs_amount(rule: Kind) -> bool:
    """Whether the kind goes by the amount that the plan counts."""
    return isinstance(rule, Brackets | FixedSteps)


def needed_fact(rule: Kind) -> str | None:
    """The fact without which the kind cannot be figured, besides the counted amount."""
    if isinstance(rule, Daily):
        return "days"
    return rule.fact if isinstance(rule, Table) else None


def part_amount(
    part: BenefitPart, rule: Kind, counted: int, facts: Facts, person: PersonClass | None
) -> tuple[Fraction, RuleStep]:
    if isinstance(rule, Brackets):
        return _brackets(part, rule, counted, person)
    if isinstance(rule, FixedSteps):
        return _steps(part, rule, counted)
    if isinstance(rule, Daily):
        return _daily(part, rule, facts.need("days"))
    if isinstance(rule, Table):
        return _table(part, rule, facts)
    return _fixed(part, rule, facts)


def _step(part: BenefitPart, given: object, amount: Fraction, text: str) -> RuleStep:
    return RuleStep(part.id, part.clause.source, given, exact(amount), text)


def _brackets(
    part: BenefitPart, rule: Brackets, counted: int, person: PersonClass | None
) -> tuple[Fraction, RuleStep]:
    amount = brackets_amount(rule, counted, person)
    lines = zip(rule.bands, band_shares(rule, person), band_amounts(rule, counted), strict=True)
    used = [(band.above_fen, share, fen) for band, share, fen in lines if fen]
    words = [f"{yuan(fen)}元×{percent(share)}" for _above, share, fen in used]
    given = {
        "counted_fen": counted,
        "bands": [
            {"above_fen": above, "fen": fen, "share": str(share)} for above, share, fen in used
        ],
    }
    sum_text = "+".join(words) or f"{yuan(counted)}元未达到起付界限"
    return amount, _step(part, given, amount, f"分段计算:{sum_text},得{yuan_exact(amount)}元。")


def _steps(part: BenefitPart, rule: FixedSteps, counted: int) -> tuple[Fraction, RuleStep]:
    reached = [step for step in rule.steps if counted >= step[0]]
    if not reached:
        text = f"{yuan(counted)}元未达到最低一档{yuan(rule.steps[0][0])}元,不补助。"
        return Fraction(0), _step(part, {"counted_fen": counted}, Fraction(0), text)
    border, fen = reached[-1]
    text = f"{yuan(counted)}元达到{yuan(border)}元一档,定额补助{yuan(fen)}元。"
    given = {"counted_fen": counted, "from_fen": border}
    return Fraction(fen), _step(part, given, Fraction(fen), text)


def _daily(part: BenefitPart, rule: Daily, days: int) -> tuple[Fraction, RuleStep]:
    paid = max(0, days - rule.waiting_days)
    if rule.limit_days is not None:
        paid = min(paid, rule.limit_days)
    amount = Fraction(rule.day_fen * paid)
    text = f"共{days}天,补贴{paid}天,每天{yuan(rule.day_fen)}元,得{yuan_exact(amount)}元。"
    return amount, _step(part, {"days": days, "paid_days": paid}, amount, text)


def _table(part: BenefitPart, rule: Table, facts: Facts) -> tuple[Fraction, RuleStep]:
    said = facts.need(rule.fact)
    for choice in rule.choices:
        if said in (choice.key, choice.label):
            break
    else:
        known = "、".join(f"{choice.key}({choice.label})" for choice in rule.choices)
        raise wrong_fact(rule.fact, f"“{said}”不在标准内,可填:{known}")
    amount, times, given = _by_share(choice.fen, rule.per_share, facts)
    text = f"“{choice.label}”每次{yuan(choice.fen)}元{times},得{yuan_exact(amount)}元。"
    return amount, _step(part, {rule.fact: choice.key, **given}, amount, text)


def _fixed(part: BenefitPart, rule: FixedSum, facts: Facts) -> tuple[Fraction, RuleStep]:
    amount, times, given = _by_share(rule.fen, rule.per_share, facts)
    text = f"定额{yuan(rule.fen)}元{times},得{yuan_exact(amount)}元。"
    return amount, _step(part, {"fen": rule.fen, **given}, amount, text)


def _by_share(fen: int, per_share: bool, facts: Facts) -> tuple[Fraction, str, dict[str, int]]:
    """A sum for each share; where nobody says how many, the person holds one."""
    if not per_share:
        return Fraction(fen), "", {}
    shares = 1 if facts.shares is None else facts.shares
    return Fraction(fen * shares), f"×{shares}份", {"shares": shares}
