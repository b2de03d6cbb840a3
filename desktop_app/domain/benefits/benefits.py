"""What a plan pays for one event: the rules in their order, each leaving a step behind."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop_app.domain.benefits.benefit_amounts import needed_fact, needs_amount, part_amount
from desktop_app.domain.benefits.benefit_base import Counted, count_base
from desktop_app.domain.benefits.benefit_facts import Facts, wrong_fact
from desktop_app.domain.benefits.benefit_limits import limit_total, waited
from desktop_app.domain.benefits.benefit_trail import Trail
from desktop_app.domain.dates import chinese_date
from desktop_app.domain.money import yuan
from desktop_app.domain.rule_steps import RuleStep
from desktop_app.domain.schemes.benefit_parts import BenefitPart, Benefits, Brackets, PersonClass
from desktop_app.errors import UserError

ORDINARY = "ordinary"  # a person of no class of its own


@dataclass(frozen=True, slots=True)
class BenefitResult:
    """The answer.

    Args:
        fen: the benefit; None where no figure is known to work it out with.
        to_confirm: keys of the open clauses it hangs on; with any, the figure is an estimate.
        steps: how it came about.
        base_fen: what the plan counted of this event, before the deductible.
        deductible_fen: what of it was not counted.
        ends_plan: the payment ends the plan.
    """

    fen: int | None
    to_confirm: tuple[str, ...]
    steps: tuple[RuleStep, ...]
    base_fen: int = 0
    deductible_fen: int = 0
    ends_plan: bool = False


def evaluate(benefits: Benefits, facts: Facts) -> BenefitResult:
    """Work out one event's benefit.

    With `facts.before` of a plan that accumulates it is the rounded benefit of the whole period
    less what was already paid.

    Raises:
        UserError: `fact-missing` and `fact-invalid` name the fact; `not-covered`.
    """
    check_covered(facts)
    trail = Trail()
    if benefits.unknown:
        for key in benefits.unknown:
            trail.touch_key(key)
        trail.say("benefit", benefits.clause, None, None, "待遇标准待核对,不能计算。")
        return BenefitResult(None, trail.to_confirm, trail.steps)
    _judge_date(benefits, facts, trail)
    person = _class_of(benefits, facts, trail)
    amount, counted = _amount(benefits, facts, person, trail)
    amount = waited(benefits, facts, amount, trail)
    fen = limit_total(benefits, facts, amount, trail)
    ends = benefits.ends_plan and fen > 0
    word = "估算" if trail.to_confirm else "应付"  # nothing is due on an open clause
    text = f"本次{word}{yuan(fen)}元{',给付后本项目终止' if ends else ''}。"
    trail.say("benefit", benefits.clause, None, fen, text)
    return BenefitResult(
        fen, trail.to_confirm, trail.steps, counted.base_fen, counted.deductible_fen, ends
    )


def check_covered(facts: Facts) -> None:
    """Refuse an event outside the cover; dates that are not told are not judged."""
    event = facts.event_on
    if event is None:
        return
    first, end, ended = facts.effective_on, facts.ends_on, facts.plan_ended_on
    for limit, outside, words in (
        (first, first and event < first, "保障自{}生效"),
        (end, end and event >= end, "保障到{}0时为止"),
        (ended, ended and event > ended, "本项目已于{}因给付终止"),
    ):
        if limit is not None and outside:
            raise UserError(
                "not-covered",
                f"{chinese_date(event)}不在保障期内:{words.format(chinese_date(limit))}。",
                "请核对事件日期和保障起止。",
                "event_on",
            )


def _judge_date(benefits: Benefits, facts: Facts, trail: Trail) -> None:
    first, last, event = benefits.known_from, benefits.known_until, facts.event_on
    for name, known, outside, words in (
        ("known_from", first, event and first and event < first, "从{}起核对过,之前的"),
        ("known_until", last, event and last and event > last, "核对到{},之后的"),
    ):
        if known is not None and outside:
            trail.touch_key(f"{benefits.clause.key}.{name}")
            text = f"现有标准只{words.format(chinese_date(known))}标准待核对。"
            given = {"event_on": f"{event}"}
            trail.say(name.replace("_", "-"), benefits.clause, given, known.isoformat(), text)


def _class_of(benefits: Benefits, facts: Facts, trail: Trail) -> PersonClass | None:
    said = facts.person_class
    if not benefits.classes or said in (None, ORDINARY):
        return None
    for key, person in benefits.classes.items():
        if said in (key, person.label):
            text = f"按“{person.label}”的标准计算。"
            trail.say("person-class", person.clause, {"person_class": key}, key, text)
            return person
    known = "、".join(f"{key}({one.label})" for key, one in benefits.classes.items())
    raise wrong_fact("person_class", f"“{said}”不在标准内,可填:{ORDINARY}、{known}")


def _amount(
    benefits: Benefits, facts: Facts, person: PersonClass | None, trail: Trail
) -> tuple[Fraction, Counted]:
    """The sum of the parts, or the highest of them."""
    counted = Counted(0, 0, 0)
    kept = [part for part in benefits.parts if not _left_out(part, benefits, facts)]
    parts = [(part, part.rule) for part in kept if part.rule is not None]
    if any(needs_amount(rule) for _part, rule in parts):
        counted = count_base(benefits, facts, person, trail)
    amounts = []
    for part, rule in parts:
        amount, step = part_amount(part, rule, counted.all_fen, facts, person)
        trail.add(step, part.clause)
        amounts.append(amount)
        _touch_bands(part, counted.all_fen, trail)
    if benefits.highest:
        return max(amounts, default=Fraction(0)), counted
    return sum(amounts, Fraction(0)), counted


def _left_out(part: BenefitPart, benefits: Benefits, facts: Facts) -> bool:
    """Whether the part waits for a fact that is not there and may be left out."""
    if not part.optional or part.rule is None:
        return False
    if needs_amount(part.rule):
        own = facts.own_fen if benefits.or_own else None
        return getattr(facts, benefits.counts) is None and own is None
    name = needed_fact(part.rule)
    return name is not None and getattr(facts, name) is None


def _touch_bands(part: BenefitPart, counted: int, trail: Trail) -> None:
    """An open band matters only to amounts that reach into it."""
    if isinstance(part.rule, Brackets):
        for band in part.rule.bands:
            if band.open and counted > band.above_fen:
                trail.touch_key(f"{part.clause.key}.above-{band.above_fen}")
