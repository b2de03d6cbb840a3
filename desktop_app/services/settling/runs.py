"""One run: a period worked out under a scheme version, stored for every member."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.settlements import SettlementDue, SettlementRun
from desktop_app.domain.benefit_segments import BulkRule
from desktop_app.errors import UserError
from desktop_app.services.settling.statements import insert_dues, without_admission


def settle(
    session: Session, rule: BulkRule, run: SettlementRun, other_runs: Sequence[int] = ()
) -> None:
    """Store `run` and what it makes every member due.

    Args:
        session: of the act's transaction.
        rule: the plan's rule, from the run's scheme version.
        run: as `new_run` makes it.
        other_runs: runs of plans that share the ceiling, worked out before.

    Raises:
        UserError: `fact-missing` where settlements lack what the rule goes by.
    """
    check_admissions(session, rule, run.period_id)
    session.add(run)
    session.flush()
    session.execute(insert_dues(rule, run.period_id, run.id, other_runs))
    counts = select(
        func.count(),
        func.coalesce(func.sum(SettlementDue.settlements), 0),
        func.coalesce(func.sum(SettlementDue.benefit_fen), 0),
    ).where(SettlementDue.run_id == run.id)
    members, settlements, fen = session.execute(counts).one()
    run.members, run.settlements, run.benefit_fen = members, int(settlements), int(fen)


def check_admissions(session: Session, rule: BulkRule, period_id: int) -> None:
    """Refuse a period whose settlements lack the admission that their deductible goes by."""
    if rule.later_fen == rule.first_fen:
        return
    lacking = session.scalars(without_admission(period_id)).one()
    if lacking:
        raise UserError(
            "fact-missing",
            f"有{lacking}条结算没有写第几次住院,不能计算起付线。",
            "请补齐结算数据后再算。",
            "admission_no",
        )


def new_run(
    uid: bytes, period_id: int, scheme_version_id: int, by: int, at: datetime
) -> SettlementRun:
    """A run that nothing has been worked out for yet."""
    return SettlementRun(
        uid=uid,
        period_id=period_id,
        scheme_version_id=scheme_version_id,
        ran_at=at,
        ran_by=by,
        settlements=0,
        members=0,
        benefit_fen=0,
    )
