"""One step of a rule's working: what went in, what came out, by which clause, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class RuleStep:
    """A line of the worksheet that screen, form and archive show alike.

    Args:
        rule: stable English name of the rule, e.g. `renewal-months`.
        clause: where it stands in the scheme and in which source.
        input: what the rule was given, as a value that JSON knows.
        output: what it gave, as a value that JSON knows.
        text: one Chinese sentence.
    """

    rule: str
    clause: str
    input: Any
    output: Any
    text: str
