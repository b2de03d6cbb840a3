"""Who owes the next step of a case or a claim, read off the steps of its scheme."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from db.codes import Handling, Role
from desktop_app.domain.schemes.claim_ways import ARRIVE, DECIDE
from desktop_app.domain.schemes.scheme_parts import ClaimRules, ClaimStep, Step, Words


class Owes(StrEnum):
    UNIT = "unit"
    DESK = "desk"
    REVIEWER = "reviewer"
    PROVINCE = "province"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Owed:
    """A step that is to be taken next, and whose turn it is."""

    step: str  # as on the button: 登记缴费
    by: str  # an Owes
    by_label: str  # 单位, 审核人, 省办

    @property
    def told(self) -> str:
        return f"还差“{self.step}”,等{self.by_label}"


_LABELS = {Owes.UNIT: "单位", Owes.DESK: "经办员", Owes.REVIEWER: "审核人", Owes.PERSON: "申领人"}
# The desk only notes these: somebody else pays, stamps, brings.
_OF_UNIT = frozenset({"payment.record", "archive.receive"})
_OF_UNIT_ITSELF = _OF_UNIT | {"enrolment.submit", "enrolment.enter-number"}


def owed_of_case(step: Step, handling: str, words: Words) -> Owed:
    """Whose turn it is while a case stands at this step."""
    by_unit = _OF_UNIT_ITSELF if handling == Handling.BY_UNIT else _OF_UNIT
    if step.act in by_unit:
        by = Owes.UNIT
    elif step.act == "payment.confirm" and words.upper:
        by = Owes.PROVINCE
    else:
        by = _in_office(step.who)
    return Owed(step.action, by, _label(by, words))


def owed_of_claim(step: ClaimStep, rules: ClaimRules, words: Words) -> Owed | None:
    """Whose turn it is while a claim stands at this step; None at the end of its way."""
    if not step.act:
        return None
    if step.act == ARRIVE or (step.act == DECIDE and rules.decides == "province"):
        by = Owes.PROVINCE
    elif "papers" in step.requires:
        by = Owes.PERSON
    else:
        by = _in_office(step.who)
    other = step.other_person and by is Owes.DESK
    return Owed(step.action, by, "另一位经办员" if other else _label(by, words))


def _in_office(who: str) -> Owes:
    return Owes.REVIEWER if who == Role.REVIEWER else Owes.DESK


def _label(by: Owes, words: Words) -> str:
    return words.whom if by is Owes.PROVINCE else _LABELS[by]
