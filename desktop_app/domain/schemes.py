"""A scheme: the rules, figures, words and steps of one programme, read from its file's text."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from decimal import Decimal

from db.codes import Handling
from desktop_app.domain.scheme_nodes import Node
from desktop_app.domain.scheme_parts import (
    ClaimRules,
    Coverage,
    Drive,
    Eligibility,
    Funding,
    Paper,
    Participation,
    Payee,
    Plan,
    ProvinceProfile,
    Step,
    Words,
)
from desktop_app.domain.scheme_readers import (
    read_claims,
    read_coverage,
    read_drive,
    read_eligibility,
    read_funding,
    read_paper,
    read_participation,
    read_payee,
    read_plan,
    read_profile,
    read_steps,
    read_words,
)
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

    def plan(self, plan_id: str) -> Plan:
        for plan in self.plans:
            if plan.id == plan_id:
                return plan
        raise UserError(
            "plan-unknown",
            f"方案“{self.title}”没有“{plan_id}”这一项目。",
            f"可用的项目:{'、'.join(plan.id for plan in self.plans)}。",
        )

    def paper(self, paper_id: str) -> Paper:
        for paper in self.papers:
            if paper.id == paper_id:
                return paper
        raise UserError(
            "paper-unknown",
            f"方案“{self.title}”没有“{paper_id}”这一材料。",
            f"可用的材料:{'、'.join(paper.id for paper in self.papers)}。",
        )

    def step(self, key: str, handling: str = Handling.ON_BEHALF) -> Step:
        for step in self.steps[handling]:
            if step.key == key:
                return step
        raise UserError(
            "step-unknown",
            f"方案“{self.title}”没有“{key}”这一步。",
            f"可用的步骤:{'、'.join(step.key for step in self.steps[handling])}。",
        )

    def step_after(self, key: str, handling: str = Handling.ON_BEHALF) -> Step | None:
        """The step that follows; None after the last one: the case is finished."""
        steps = self.steps[handling]
        place = steps.index(self.step(key, handling)) + 1
        return steps[place] if place < len(steps) else None


def scheme_from(text: str, name: str | None = None) -> Scheme:
    """Read a scheme file's text.

    Args:
        text: the TOML text.
        name: the file's name, for the message.

    Raises:
        UserError: `scheme-invalid`, naming the key and what is wrong with it.
    """
    try:
        values = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise UserError(
            "scheme-invalid",
            f"方案文件不是正确的 TOML:{error}。",
            "请按提示的行号改正后再试。",
            name,
        ) from error
    root = Node(values, "", name)
    scheme = Scheme(
        id=root.text("id"),
        title=root.text("title"),
        region=root.text("region"),
        version=root.count("version", least=1),
        effective_from=root.day("effective_from"),
        effective_until=root.day("effective_until"),
        source=root.text("source"),
        words=read_words(root.node("words")),
        eligibility=read_eligibility(root.node("eligibility")),
        participation=(
            read_participation(root.node("participation")) if root.has("participation") else None
        ),
        plans=tuple(read_plan(plan) for plan in root.nodes("plans", least=1)),
        coverage=read_coverage(root.node("coverage")),
        drives=tuple(read_drive(drive) for drive in root.nodes("drives")),
        funding=read_funding(root.node("funding")),
        payee=read_payee(root.node("payee")) if root.has("payee") else None,
        province=_profiles(root),
        papers=tuple(read_paper(paper) for paper in root.nodes("papers")),
        claims=read_claims(root.node("claims")),
        steps=read_steps(root.node("steps")),
    )
    root.finish()
    _check_references(scheme, root)
    return scheme


def _profiles(root: Node) -> tuple[ProvinceProfile, ...]:
    if not root.has("province"):
        return ()
    node = root.node("province")
    profiles = tuple(read_profile(profile) for profile in node.nodes("profiles", least=1))
    node.finish()
    return profiles


def _check_references(scheme: Scheme, root: Node) -> None:
    """Refuse ids that stand twice and names of papers and plans that nothing defines."""
    papers = {paper.id for paper in scheme.papers}
    plans = {plan.id for plan in scheme.plans}
    _refuse_twice(root, "plans", [plan.id for plan in scheme.plans])
    _refuse_twice(root, "papers", [paper.id for paper in scheme.papers])
    for profile in scheme.province:
        _refuse_unknown(root, f"province.{profile.id}.attachments", profile.attachments, papers)
    over_age = scheme.eligibility.over_age_paper
    _refuse_unknown(root, "eligibility.over_age_paper", (over_age,) if over_age else (), papers)
    for paper in scheme.claims.papers:
        _refuse_unknown(root, f"claims.{paper.id}.plans", paper.plans, plans)
    known = REQUIREMENTS | {f"{kind}:{one}" for kind in PAPER_REQUIREMENTS for one in papers}
    for handling, steps in scheme.steps.items():
        _refuse_twice(root, f"steps.{handling}", [step.key for step in steps])
        for step in steps:
            _refuse_unknown(root, f"steps.{handling}.{step.key}.requires", step.requires, known)


def _refuse_unknown(root: Node, where: str, named: tuple[str, ...], known: Set[str]) -> None:
    for one in named:
        if one not in known:
            root.fail(where, f"提到的“{one}”没有定义")


def _refuse_twice(root: Node, where: str, ids: list[str]) -> None:
    for one in ids:
        if ids.count(one) > 1:
            root.fail(where, f"里“{one}”出现了两次")
