"""How many of a unit's workers join and how many have to, as its pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.enrolment_facts import Facts
from desktop_app.domain.requirements import turnouts
from desktop_app.domain.schemes.schemes import Scheme


@dataclass(frozen=True, slots=True)
class TurnoutLine:
    """How many join, of all workers or of the women, and how many have to."""

    label: str  # 在职, 女职工
    at_work: int
    joining: int
    needed: int
    missing: int


def turnout_lines(facts: Facts, scheme: Scheme) -> tuple[TurnoutLine, ...]:
    """Participation as it is shown; nothing where the scheme has no rule of it."""
    if scheme.participation is None or not facts.at_work:
        return ()
    return tuple(
        TurnoutLine(
            "女职工" if one.women else "在职",
            one.at_work,
            one.joining,
            one.judged.needed,
            one.judged.missing,
        )
        for one in turnouts(facts, scheme)
    )
