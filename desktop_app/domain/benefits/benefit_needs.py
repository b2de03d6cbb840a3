"""Which facts of an event a plan's benefit is figured from, as a form asks for them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.benefits.benefit_amounts import needed_fact, needs_amount
from desktop_app.domain.benefits.benefit_facts import LABELS
from desktop_app.domain.benefits.benefits import ORDINARY
from desktop_app.domain.schemes.benefit_parts import Benefits, Table

_ORDINARY = "一般人员"


@dataclass(frozen=True, slots=True)
class FactField:
    """One fact to ask for.

    Args:
        name: its name in the JSON object of facts.
        label: in Chinese.
        kind: `money` in fen, `days`, or `choice`.
        needed: the benefit cannot be figured without.
        choices: (key, label) of a choice.
    """

    name: str
    label: str
    kind: str
    needed: bool
    choices: tuple[tuple[str, str], ...] = ()


def fact_fields(benefits: Benefits | None) -> tuple[FactField, ...]:
    """The facts to ask a person for; what the ledger knows (cover, shares, earlier claims) is not.

    None are asked for where the plan's standard is not known.
    """
    if benefits is None or benefits.unknown:
        return ()
    return (*_amounts(benefits), *_others(benefits), *_class(benefits))


def _amounts(benefits: Benefits) -> tuple[FactField, ...]:
    wanting = [part for part in benefits.parts if part.rule and needs_amount(part.rule)]
    if not wanting:
        return ()
    needed = not all(part.optional for part in wanting)
    instead = benefits.or_own and benefits.counts != "own_fen"
    fields = {
        "total_fen": False,
        "fund_paid_fen": False,
        "own_fen": needed and instead,
        "eligible_own_fen": False,
    }
    if not instead:
        fields[benefits.counts] = needed
    return tuple(FactField(name, LABELS[name], "money", want) for name, want in fields.items())


def _others(benefits: Benefits) -> tuple[FactField, ...]:
    found: dict[str, FactField] = {}
    for part in benefits.parts:
        name = needed_fact(part.rule) if part.rule else None
        if name is None or name in found:
            continue
        choices: tuple[tuple[str, str], ...] = ()
        if isinstance(part.rule, Table):
            choices = tuple((one.key, one.label) for one in part.rule.choices)
        kind = "choice" if choices else "days"
        found[name] = FactField(name, LABELS[name], kind, not part.optional, choices)
    return tuple(found.values())


def _class(benefits: Benefits) -> tuple[FactField, ...]:
    if not benefits.classes:
        return ()
    known = tuple((key, person.label) for key, person in benefits.classes.items())
    choices = ((ORDINARY, _ORDINARY), *known)
    return (FactField("person_class", LABELS["person_class"], "choice", False, choices),)
