"""A claim's worksheet: figured from its facts, and recomputed from what is stored with it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from db.codes import ClaimFigure
from db.models.claims import Claim, ClaimAmount
from db.models.schemes import PlanRecord, SchemeVersion
from desktop_app.domain.benefits.benefit_cases import work_out
from desktop_app.domain.benefits.benefit_facts import facts_as_json, kept_facts
from desktop_app.domain.benefits.benefits import BenefitResult
from desktop_app.domain.rule_steps import RuleStep
from desktop_app.domain.scheme_editor.clause_words import BENEFITS, clause_word
from desktop_app.domain.schemes.clauses import Ruling, open_spots
from desktop_app.domain.toml.toml_edit import values_of
from desktop_app.errors import UserError
from desktop_app.services.claims.claim_facts import completed_facts
from desktop_app.services.versions.scheme_texts import laid_over, rulings_as_json, rulings_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a claim comes to: the amount, its steps, and all that it was figured from."""

    kind: ClaimFigure
    fen: int | None
    steps: list[dict[str, Any]]
    basis: dict[str, Any]

    @property
    def to_confirm(self) -> tuple[str, ...]:
        return tuple(self.basis["to_confirm"])


def figure_sheet(session: Session, claim: Claim) -> Sheet:
    """Figure a claim by its version as confirmed today.

    Raises:
        UserError: `fact-missing`, `fact-invalid`, `not-covered`.
    """
    version = session.get_one(SchemeVersion, claim.scheme_version_id)
    plan = session.get_one(PlanRecord, claim.plan_id).plan_key
    said = _said(session, version, plan)
    scheme = laid_over(version, said)
    facts = completed_facts(session, claim, scheme.plan(plan).benefits)
    found = work_out(scheme, plan, facts)
    estimate = bool(found.to_confirm) or scheme.claims.decides == "province"
    basis = {
        "plan": plan,
        "facts": facts_as_json(facts),
        "clauses": rulings_as_json(said),
        "to_confirm": list(found.to_confirm),
        "base_fen": found.base_fen,
        "deductible_fen": found.deductible_fen,
    }
    kind = ClaimFigure.ESTIMATE if estimate else ClaimFigure.COMPUTED
    return Sheet(kind, found.fen, _steps(found), basis)


def comes_out_again(session: Session, amount: ClaimAmount) -> bool:
    """Whether a stored worksheet gives the same fen by the same rules once more.

    The sentences may be worded anew from release to release: they are not figured.
    """
    version = session.get_one(SchemeVersion, amount.scheme_version_id)
    basis = amount.basis
    said = {key: Ruling(**one) for key, one in basis["clauses"].items()}
    try:
        found = work_out(laid_over(version, said), basis["plan"], kept_facts(basis["facts"]))
    except UserError:  # facts that were changed behind the program's back
        return False
    now = (found.fen, worked(_steps(found)), list(found.to_confirm))
    return now == (amount.fen, worked(amount.worksheet), basis["to_confirm"])


def worked(steps: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """What stored steps figured: rule, what went in, what came out."""
    return [(step["rule"], step["input"], step["output"]) for step in steps]


def stored_steps(amount: ClaimAmount) -> tuple[RuleStep, ...]:
    return tuple(RuleStep(**step) for step in amount.worksheet)


def clause_labels(
    session: Session, version_id: int, keys: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """(key, label) of clauses, as the head finds them among those to be confirmed."""
    version = session.get_one(SchemeVersion, version_id)
    known = {spot.key: clause_word(spot) for spot in open_spots(values_of(version.text))}
    return tuple((key, known.get(key, BENEFITS)) for key in keys)


def still_open(session: Session, amount: ClaimAmount) -> tuple[str, ...]:
    """Labels of what the same facts would leave open by what the head has confirmed today.

    A clause that was confirmed may be open for this event all the same: a standard that the
    document gives until a day before it.
    """
    basis, version = amount.basis, session.get_one(SchemeVersion, amount.scheme_version_id)
    said = _said(session, version, basis["plan"])
    keys = basis["to_confirm"]
    if keys:
        with suppress(UserError):  # the rules as confirmed ask for more: it is figured anew
            facts = kept_facts(basis["facts"])
            keys = work_out(laid_over(version, said), basis["plan"], facts).to_confirm
    return tuple(text for _key, text in clause_labels(session, version.id, keys))


def _said(session: Session, version: SchemeVersion, plan: str) -> dict[str, Ruling]:
    """What the head ruled on the plan's clauses."""
    head = f"plans.{plan}."
    said = rulings_of(session, version.id)
    return {key: one for key, one in said.items() if key.startswith(head)}


def _steps(found: BenefitResult) -> list[dict[str, Any]]:
    """As JSON gives them back, so that what is stored can be compared."""
    plain: list[dict[str, Any]] = json.loads(json.dumps([asdict(step) for step in found.steps]))
    return plain
