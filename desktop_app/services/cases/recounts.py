"""People counted anew and their money by the quote: per plan, per person, per payer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Row, bindparam, exists, func, select, update

from db.codes import CaseState, Channel, Handling, Sex
from db.models.enrolments import Enrollee, Enrolment, EnrolmentPlan, FundingPart
from db.models.members import Member
from db.models.schemes import PlanRecord
from db.queries import enrolments as queries
from db.queries.many import asked
from desktop_app.domain.contributions import Head, Part
from desktop_app.domain.funding_channels import channels_for
from desktop_app.domain.quotes import Quote
from desktop_app.domain.schemes.fee_classes import fee_for_unit
from desktop_app.services.acts import Transaction
from desktop_app.services.cases.cases import Case, load, quote_of_case
from desktop_app.services.cases.fundings import write_parts
from desktop_app.services.cases.quotes import Standing, due_of, standing_of, total_of

# A woman is looked up for those alone whose amount differs: a ledger holds women by the 100,000.
_WOMAN = exists().where(Member.id == Enrollee.member_id, Member.sex_code == Sex.FEMALE)
_TELL_ALL = (
    update(Enrollee)
    .where(
        Enrollee.enrolment_id == bindparam("case"),
        Enrollee.plan_id == bindparam("plan"),
        Enrollee.state_code.in_(queries.IN),
        Enrollee.contribution_fen.is_distinct_from(bindparam("fen")),
    )
    .values(contribution_fen=bindparam("fen"))
    .execution_options(synchronize_session=False)
)
_KEPT = (
    select(FundingPart.payer_code, func.sum(FundingPart.fen))
    .where(FundingPart.enrolment_id == bindparam("case"))
    .group_by(FundingPart.payer_code)
)
_TELL_WOMEN, _TELL_OTHERS = _TELL_ALL.where(_WOMAN), _TELL_ALL.where(~_WOMAN)


def recount(tx: Transaction, case: Case, found: Quote | None = None) -> Quote:
    """Count people per plan and what they come to; amounts are null while they are an estimate.

    `found` is the quote where it has been made already.
    """
    session, enrolment = tx.session, case.enrolment
    session.flush()
    with session.no_autoflush:  # what changes below goes out together, at the end of the act
        standing = standing_of(session, enrolment)
        if found is None:
            found = quote_of_case(session, case, tx.desk, standing.asking)
        counted = Counted(standing, queries.count_plans(session, enrolment.id))
        write_counts(tx, case, counted, found)
        sure = total_of(found) is not None
        _tell_people(tx, case, standing.plans, found.heads if sure else ())
    return found


class Counted(NamedTuple):
    """A case's people as they stand, and how many each plan has."""

    standing: Standing
    by_plan: Mapping[int, int]


def write_counts(tx: Transaction, case: Case, counted: Counted, found: Quote) -> None:
    """What the case, its plans and its payers come to; each person's amount is not touched."""
    sure = total_of(found) is not None
    case.enrolment.people = counted.standing.people
    case.enrolment.total_fen = total_of(found)
    case.enrolment.due_fen = due_of(found)
    _count_plans(case, counted, found if sure else None)
    _keep_parts(tx, case, found.parts if sure else ())


def _count_plans(case: Case, counted: Counted, sure: Quote | None) -> None:
    lines = {line.plan_id: line.total_fen for line in sure.lines} if sure else {}
    for plan, record in counted.standing.plans:
        figure = fee_for_unit(case.scheme.plan(record.plan_key), case.unit.kind_code)
        plan.fee_fen = None if figure.open else figure.value
        plan.people = counted.by_plan.get(plan.plan_id, 0)
        plan.due_fen = lines.get(record.plan_key)


def recount_waiting(tx: Transaction, version_id: int) -> None:
    """Bring what waits for approval in step with the figures of its version."""
    waiting = select(Enrolment.id).where(
        Enrolment.scheme_version_id == version_id,
        Enrolment.handling_code == Handling.ON_BEHALF,
        Enrolment.approved_at.is_(None),
        Enrolment.state_code.not_in((CaseState.VOID, CaseState.FINISHED)),
    )
    for enrolment_id in tx.session.scalars(waiting).all():
        recount(tx, load(tx.session, enrolment_id))


def head_amounts(heads: Iterable[Head], *, woman: bool) -> dict[str, int]:
    """What one person comes to by plan; empty while it is an estimate."""
    return next((dict(head.plans) for head in heads if head.women == woman), {})


def _tell_people(
    tx: Transaction,
    case: Case,
    plans: Sequence[Row[EnrolmentPlan, PlanRecord]],
    heads: tuple[Head, ...],
) -> None:
    """Bring each person's amount in step with the quote; who has it already is not touched."""
    of_women, of_others = (head_amounts(heads, woman=woman) for woman in (True, False))
    for plan, record in plans:
        asked = {"case": case.enrolment.id, "plan": plan.plan_id}
        hers, theirs = of_women.get(record.plan_key), of_others.get(record.plan_key)
        if hers == theirs:
            tx.session.execute(_TELL_ALL, asked | {"fen": hers})
        else:
            tx.session.execute(_TELL_WOMEN, asked | {"fen": hers})
            tx.session.execute(_TELL_OTHERS, asked | {"fen": theirs})
    for row in tx.session:
        if isinstance(row, Enrollee):
            tx.session.expire(row, ("contribution_fen",))


def _keep_parts(tx: Transaction, case: Case, parts: tuple[Part, ...]) -> None:
    """Who bears which part; parts told account by account that add up are left as told."""
    kept = dict(asked(tx.session, _KEPT, {"case": case.enrolment.id}).all())
    wanted = {part.payer: part.fen for part in parts if part.fen}
    if kept == wanted:
        return
    lines = ((payer, channel_of(case, payer), fen) for payer, fen in wanted.items())
    write_parts(tx, case, lines, instead=bool(kept))


def channel_of(case: Case, payer: str) -> str:
    """The account it is charged to, where the scheme names one for the payer and kind of unit."""
    fitting = channels_for(case.scheme.funding, payer, case.unit.kind_code)
    return fitting[0].id if len(fitting) == 1 else Channel.UNSTATED
