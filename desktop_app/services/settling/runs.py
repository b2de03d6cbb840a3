"""One run: a period worked out under a scheme version, stored for every member."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.settlements import SettlementDue, SettlementRun
from desktop_app.domain.benefits.benefit_segments import BulkRule
from desktop_app.errors import UserError
from desktop_app.services.settling.feeds import Feed, groups
from desktop_app.services.settling.sources import feed_of, paid_in
from desktop_app.services.settling.statements import insert_dues, without_admission
from desktop_app.services.settling.touched import touched


def settle(
    session: Session,
    rule: BulkRule,
    run: SettlementRun,
    other_runs: Mapping[str, int] | None = None,
) -> None:
    """Store `run` and what it makes every member due.

    Args:
        session: of the act's transaction.
        rule: the plan's rule, from the run's scheme version.
        run: as `new_run` makes it.
        other_runs: runs of plans that share a ceiling, worked out before, by plan.

    Raises:
        UserError: `fact-missing` where settlements lack what the rule goes by.
    """
    feed = _feed(session, rule, run, other_runs)
    check_admissions(session, rule, feed)
    session.add(run)
    session.flush()
    session.execute(insert_dues(rule, feed, run.id))
    counts = select(
        func.count(),
        func.coalesce(func.sum(SettlementDue.settlements), 0),
        func.coalesce(func.sum(SettlementDue.benefit_fen), 0),
    ).where(SettlementDue.run_id == run.id)
    members, settlements, fen = session.execute(counts).one()
    run.members, run.settlements, run.benefit_fen = members, int(settlements), int(fen)


def to_confirm(
    session: Session,
    rule: BulkRule,
    run: SettlementRun,
    other_runs: Mapping[str, int] | None = None,
) -> tuple[str, ...]:
    """Keys of the open clauses that the amounts of the run hang on; with any, it estimates."""
    return touched(session, rule, _feed(session, rule, run, other_runs))


def _feed(
    session: Session, rule: BulkRule, run: SettlementRun, other_runs: Mapping[str, int] | None
) -> Feed:
    paid = {plan: paid_in(other) for plan, other in (other_runs or {}).items()}
    return feed_of(session, rule, run.period_id, paid)


def check_admissions(session: Session, rule: BulkRule, feed: Feed) -> None:
    """Refuse a period whose settlements lack the admission that their deductible goes by."""
    going_by_it = [one for one in groups(rule, feed) if one.rule.later_fen != one.rule.first_fen]
    lacking = sum(session.scalars(without_admission(one)).one() for one in going_by_it)
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
