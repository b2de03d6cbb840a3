"""Reading claims and their papers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from db.codes import CaseState, ClaimFigure, PaperState
from db.models.claims import Claim, ClaimAmount, ClaimPaper, ClaimStep
from db.models.papers import IssuedForm
from db.models.schemes import PlanRecord
from db.models.units import Unit


def list_rows(session: Session, optional: Collection[str]) -> Sequence[Row[Any]]:
    """Return (Claim, unit name or None, plan name, papers missing), newest first.

    Papers with a key in `optional` are not missed.
    """
    missing = (
        select(func.count())
        .where(ClaimPaper.claim_id == Claim.id, *_missing(optional))
        .correlate(Claim)
        .scalar_subquery()
    )
    query = (
        select(Claim, Unit.name, PlanRecord.name, missing)
        .join(PlanRecord, PlanRecord.id == Claim.plan_id)
        .outerjoin(Unit, Unit.id == Claim.unit_id)
        .order_by(Claim.id.desc())
    )
    return session.execute(query).all()


def papers_of(session: Session, claim_id: int) -> Sequence[ClaimPaper]:
    query = select(ClaimPaper).where(ClaimPaper.claim_id == claim_id)
    return session.scalars(query.order_by(ClaimPaper.id)).all()


def papers_missing(session: Session, claim_id: int, optional: Collection[str]) -> int:
    query = select(func.count()).where(ClaimPaper.claim_id == claim_id, *_missing(optional))
    return session.scalars(query).one()


def _missing(optional: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return (
        ClaimPaper.state_code == PaperState.MISSING,
        ClaimPaper.paper_key.not_in(sorted(optional)),
    )


def figured_by(session: Session, claim_id: int) -> frozenset[int]:
    """Return who said an amount that is to be reviewed: the last typed and the last computed."""
    kinds = (ClaimFigure.TYPED, ClaimFigure.COMPUTED)
    last = select(func.max(ClaimAmount.id)).where(
        ClaimAmount.claim_id == claim_id, ClaimAmount.kind_code.in_(kinds)
    )
    said = last.group_by(ClaimAmount.kind_code)
    query = select(ClaimAmount.said_by).where(ClaimAmount.id.in_(said))
    return frozenset(session.scalars(query))


def moved_by(session: Session, claim_id: int) -> int | None:
    """Return who took the claim's last step."""
    query = select(ClaimStep.user_id).where(ClaimStep.claim_id == claim_id)
    return session.scalars(query.order_by(ClaimStep.seq.desc()).limit(1)).first()


def latest_sheet(session: Session, claim_id: int) -> ClaimAmount | None:
    """Return the claim's last worksheet."""
    query = select(ClaimAmount).where(
        ClaimAmount.claim_id == claim_id, ClaimAmount.basis.is_not(None)
    )
    return session.scalars(query.order_by(ClaimAmount.id.desc()).limit(1)).first()


def sheets(session: Session) -> Iterator[ClaimAmount]:
    """Yield every worksheet that was ever stored."""
    query = select(ClaimAmount).where(ClaimAmount.basis.is_not(None)).order_by(ClaimAmount.id)
    yield from session.scalars(query.execution_options(yield_per=500))


def refusal_of(session: Session, claim_id: int) -> str | None:
    """Return the rule by which a claim was refused."""
    query = select(ClaimAmount.reason).where(
        ClaimAmount.claim_id == claim_id, ClaimAmount.kind_code == ClaimFigure.DECISION
    )
    return session.scalars(query.order_by(ClaimAmount.id.desc()).limit(1)).first()


def earlier_claims(session: Session, claim: Claim) -> Sequence[Row[Claim, str]]:
    """Return (Claim, plan key) of the person's claims registered before, under the same scheme."""
    scheme = select(PlanRecord.scheme_id).where(PlanRecord.id == claim.plan_id).scalar_subquery()
    query = (
        select(Claim, PlanRecord.plan_key)
        .join(PlanRecord, PlanRecord.id == Claim.plan_id)
        .where(
            Claim.member_id == claim.member_id,
            Claim.id < claim.id,
            Claim.state_code != CaseState.VOID,
            PlanRecord.scheme_id == scheme,
        )
        .order_by(Claim.id)
    )
    return session.execute(query).all()


def worksheet_form(session: Session, claim_id: int) -> IssuedForm | None:
    """Return the form of the claim's worksheet that was issued last."""
    query = select(IssuedForm).where(IssuedForm.claim_id == claim_id)
    return session.scalars(query.order_by(IssuedForm.id.desc()).limit(1)).first()
