"""What an evaluation leaves behind: its steps in order and the open clauses that it touched."""

from __future__ import annotations

from typing import Any

from desktop_app.domain.rule_steps import RuleStep
from desktop_app.domain.schemes.benefit_parts import Clause


class Trail:
    """Collects; `steps` and `to_confirm` are read once at the end."""

    def __init__(self) -> None:
        self._steps: list[RuleStep] = []
        self._open: dict[str, None] = {}

    def add(self, step: RuleStep, clause: Clause) -> None:
        self._steps.append(step)
        self.touch(clause)

    def say(self, rule: str, clause: Clause, given: Any, output: Any, text: str) -> None:
        self.add(RuleStep(rule, clause.source, given, output, text), clause)

    def touch(self, clause: Clause) -> None:
        """The answer hangs on this clause."""
        if clause.open:
            self.touch_key(clause.key)

    def touch_key(self, key: str) -> None:
        self._open[key] = None

    @property
    def steps(self) -> tuple[RuleStep, ...]:
        return tuple(self._steps)

    @property
    def to_confirm(self) -> tuple[str, ...]:
        return tuple(self._open)
