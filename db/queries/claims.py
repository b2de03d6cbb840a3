"""Reading claims and their papers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from db.codes import ClaimFigure, PaperState
from db.models.claims import Claim, ClaimAmount, ClaimPaper
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


def figured_by(session: Session, claim_id: int) -> int | None:
    """Return who said the amount that is to be reviewed."""
    query = select(ClaimAmount.said_by).where(
        ClaimAmount.claim_id == claim_id, ClaimAmount.kind_code == ClaimFigure.TYPED
    )
    return session.scalars(query.order_by(ClaimAmount.id.desc()).limit(1)).first()
