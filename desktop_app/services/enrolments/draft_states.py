"""What a draft's plans and accounts were before an act changed them: kept with it, and restored.

Rows that only an act brings are in no change log; keys, shares and sums of those of before stand
in the act's audit line.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.enrolments import Enrollee, EnrolmentPlan
from db.queries import enrolments as queries
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.fundings import ACCOUNTS, write_kept
from desktop_app.services.enrolments.last_acts import LastAct
from desktop_app.services.enrolments.undo_fields import removed_rows

PLANS = "plans_before"


def plans_now(session: Session, case: Case) -> str:
    """Keys of the plans with their shares, as `1:2 3:1`."""
    plans = queries.plans_of(session, case.enrolment.id)
    return " ".join(f"{plan.plan_id}:{plan.shares}" for plan, _record in plans)


def restore_plans(tx: Transaction, case: Case, act: LastAct) -> None:
    """The plans of before, with the people who held them; what was added goes out again."""
    words = _kept(act, PLANS).split()
    before = {int(plan): int(shares) for plan, shares in (word.split(":") for word in words)}
    for plan, _record in queries.plans_of(tx.session, case.enrolment.id):
        if plan.plan_id in before:
            plan.shares = before[plan.plan_id]
        else:
            _take_out(tx, plan)
    tx.session.flush()
    tx.session.add_all(removed_rows(tx.session, act, EnrolmentPlan))
    tx.session.add_all(removed_rows(tx.session, act, Enrollee))
    tx.session.flush()


def restore_accounts(tx: Transaction, case: Case, act: LastAct) -> None:
    """The parts of before; those that do not add up any more are made anew by the recount."""
    write_kept(tx, case, _kept(act, ACCOUNTS))


def _take_out(tx: Transaction, plan: EnrolmentPlan) -> None:
    held = select(Enrollee).where(
        Enrollee.enrolment_id == plan.enrolment_id, Enrollee.plan_id == plan.plan_id
    )
    for row in tx.session.scalars(held):
        tx.session.delete(row)
    tx.session.delete(plan)


def _kept(act: LastAct, key: str) -> str:
    if key not in act.detail:  # done before acts told what there was
        raise UserError("undo-not-this", f"“{act.label}”不能撤销。", "请照原来的改回去。")
    return str(act.detail[key])
