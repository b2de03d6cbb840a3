"""The step a case stands at: what is missing before it, and taking it."""

from __future__ import annotations

from dataclasses import replace

from db.codes import CaseState
from desktop_app.domain.enrolments import Facts, Missing, missing
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases.case_facts import facts_of
from desktop_app.services.cases.cases import Case, move, require_other_person

# What the dialog of an act brings with it, and so is not missing before it opens.
BRINGS: dict[str, frozenset[str]] = {
    "enrolment.enter-number": frozenset({"business-number"}),
    "payment.record": frozenset({"payment", "slip", "corporate", "amount"}),
    "payment.confirm": frozenset({"effective-date"}),
}


def missing_before(case: Case, facts: Facts) -> tuple[Missing, ...]:
    """What is missing before the next act can even be opened."""
    brought = BRINGS.get(case.step.act, frozenset())
    requires = tuple(need for need in case.step.requires if need not in brought)
    return missing(replace(case.step, requires=requires), facts, case.scheme)


def advance(tx: Transaction, case: Case, note: str | None = None) -> None:
    """Take the step the case stands at; refuse where something is missing."""
    tx.session.flush()
    lacking = missing(case.step, facts_of(tx.session, case, tx.desk), case.scheme)
    if lacking:
        first = lacking[0]
        raise UserError(first.code, first.message, first.remedy)
    require_other_person(tx, case)
    after = case.scheme.step_after(case.step.key, case.enrolment.handling_code)
    if after is None:
        case.enrolment.state_code = CaseState.FINISHED
    move(tx, case.enrolment, after.key if after else case.step.key, note)
