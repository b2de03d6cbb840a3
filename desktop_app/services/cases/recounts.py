"""People counted anew and their money by the quote: per plan, per person, per payer."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select, update

from db.codes import CaseState, Channel, Handling, Sex
from db.models.enrolments import Enrollee, Enrolment, FundingPart
from db.models.members import Member
from db.queries import enrolments as queries
from desktop_app.domain.contributions import Head, Part
from desktop_app.domain.funding_channels import channels_for
from desktop_app.domain.quotes import Quote
from desktop_app.domain.schemes.fee_classes import fee_for_unit
from desktop_app.services.acts import Transaction
from desktop_app.services.cases.cases import Case, load, quote_of_case
from desktop_app.services.cases.fundings import write_parts
from desktop_app.services.cases.quotes import due_of, total_of


def recount(tx: Transaction, case: Case, found: Quote | None = None) -> Quote:
    """Count people per plan and what they come to; amounts are null while they are an estimate.

    `found` is the quote where it has been made already.
    """
    session, enrolment = tx.session, case.enrolment
    session.flush()
    if found is None:
        found = quote_of_case(session, case, tx.desk)
    sure = total_of(found) is not None
    lines = {line.plan_id: line.total_fen for line in found.lines} if sure else {}
    count = select(func.count()).where(
        Enrollee.enrolment_id == enrolment.id, Enrollee.state_code.in_(queries.IN)
    )
    for plan, record in queries.plans_of(session, enrolment.id):
        figure = fee_for_unit(case.scheme.plan(record.plan_key), case.unit.kind_code)
        plan.fee_fen = None if figure.open else figure.value
        plan.people = session.scalars(
            count.where(Enrollee.plan_id == plan.plan_id).select_from(Enrollee)
        ).one()
        plan.due_fen = lines.get(record.plan_key)
    enrolment.people = queries.count_people(session, enrolment.id)[0]
    enrolment.total_fen = total_of(found)
    enrolment.due_fen = due_of(found)
    _tell_people(tx, case, found.heads if sure else ())
    _keep_parts(tx, case, found.parts if sure else ())
    return found


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


def _tell_people(tx: Transaction, case: Case, heads: tuple[Head, ...]) -> None:
    """Bring each person's amount in step with the quote; who has it already is not touched."""
    women = select(Member.id).where(Member.sex_code == Sex.FEMALE)
    for woman in (False, True):
        amounts = head_amounts(heads, woman=woman)
        of_kind = Enrollee.member_id.in_(women) if woman else Enrollee.member_id.not_in(women)
        for plan, record in queries.plans_of(tx.session, case.enrolment.id):
            fen = amounts.get(record.plan_key)
            tx.session.execute(
                update(Enrollee)
                .where(
                    Enrollee.enrolment_id == case.enrolment.id,
                    Enrollee.plan_id == plan.plan_id,
                    Enrollee.state_code.in_(queries.IN),
                    Enrollee.contribution_fen.is_distinct_from(fen),
                    of_kind,
                )
                .values(contribution_fen=fen)
            )


def _keep_parts(tx: Transaction, case: Case, parts: tuple[Part, ...]) -> None:
    """Who bears which part; parts told account by account that add up are left as told."""
    of_case = FundingPart.enrolment_id == case.enrolment.id
    told = select(FundingPart.payer_code, func.sum(FundingPart.fen)).where(of_case)
    kept = dict(tx.session.execute(told.group_by(FundingPart.payer_code)).all())
    wanted = {part.payer: part.fen for part in parts if part.fen}
    if kept == wanted:
        return
    write_parts(tx, case, ((payer, channel_of(case, payer), fen) for payer, fen in wanted.items()))


def channel_of(case: Case, payer: str) -> str:
    """The account it is charged to, where the scheme names one for the payer and kind of unit."""
    fitting = channels_for(case.scheme.funding, payer, case.unit.kind_code)
    return fitting[0].id if len(fitting) == 1 else Channel.UNSTATED
