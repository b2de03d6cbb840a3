"""A scheme: the rules, figures, words and steps of one programme, as one frozen value."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from db.codes import Handling
from desktop_app.domain.schemes.scheme_cover import Closure, Coverage, Window
from desktop_app.domain.schemes.scheme_parts import (
    ClaimRules,
    Drive,
    Funding,
    Paper,
    Participation,
    Payee,
    Plan,
    ProvinceProfile,
    Step,
    Words,
)
from desktop_app.domain.schemes.scheme_people import Eligibility
from desktop_app.errors import UserError

# What a step may require; `enrolments.missing` judges each of them.
REQUIREMENTS = frozenset(
    (
        "plans",
        "people",
        "at-work",
        "participation",
        "shares",
        "over-age",
        "invoice",
        "figures",
        "business-number",
        "payment",
        "slip",
        "corporate",
        "amount",
        "effective-date",
        "payment-confirmed",
        "receipt",
    )
)
PAPER_REQUIREMENTS = ("paper", "printed", "stamped")
# The acts that may move a case on.
STEP_ACTS = (
    "enrolment.submit",
    "enrolment.approve",
    "enrolment.enter-number",
    "payment.record",
    "payment.confirm",
    "print.confirmation",
    "archive.receive",
    "archive.finish",
)


@dataclass(frozen=True, slots=True)
class Scheme:
    """One version of a programme; parts that a programme has not are None or empty."""

    id: str
    title: str
    region: str
    version: int
    effective_from: datetime.date | None
    effective_until: datetime.date | None
    source: str
    words: Words
    eligibility: Eligibility
    participation: Participation | None
    plans: tuple[Plan, ...]
    coverage: Coverage
    drives: tuple[Drive, ...]
    funding: Funding
    payee: Payee | None
    province: tuple[ProvinceProfile, ...]
    papers: tuple[Paper, ...]
    claims: ClaimRules
    steps: Mapping[str, tuple[Step, ...]]  # by handling
    windows: tuple[Window, ...] = ()
    closures: tuple[Closure, ...] = ()
    notices: Mapping[str, str] = field(default_factory=dict)  # the scheme's own sentences

    def plan(self, plan_id: str) -> Plan:
        for plan in self.plans:
            if plan.id == plan_id:
                return plan
        raise UserError(
            "plan-unknown",
            f"方案“{self.title}”没有“{plan_id}”这一项目。",
            f"可用的项目:{'、'.join(f'{plan.short_name}({plan.id})' for plan in self.plans)}。",
        )

    def paper(self, paper_id: str) -> Paper:
        for paper in self.papers:
            if paper.id == paper_id:
                return paper
        raise UserError(
            "paper-unknown",
            f"方案“{self.title}”没有“{paper_id}”这一材料。",
            f"可用的材料:{'、'.join(f'{paper.label}({paper.id})' for paper in self.papers)}。",
        )

    def steps_for(self, handling: str) -> tuple[Step, ...]:
        steps = self.steps.get(handling)
        if steps is None:
            raise UserError(
                "handling-unknown",
                f"方案“{self.title}”没有“{handling}”这种办理方式。",
                f"可用的办理方式:{'、'.join(self.steps)}。",
            )
        return steps

    def step(self, key: str, handling: str = Handling.ON_BEHALF) -> Step:
        steps = self.steps_for(handling)
        for step in steps:
            if step.key == key:
                return step
        raise UserError(
            "step-unknown",
            f"方案“{self.title}”没有“{key}”这一步。",
            f"可用的步骤:{'、'.join(step.key for step in steps)}。",
        )

    def step_after(self, key: str, handling: str = Handling.ON_BEHALF) -> Step | None:
        """The step that follows; None after the last one: the case is finished."""
        steps = self.steps_for(handling)
        place = steps.index(self.step(key, handling)) + 1
        return steps[place] if place < len(steps) else None
