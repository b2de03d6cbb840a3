"""Reading claims and their papers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, false, func, or_, select
from sqlalchemy.orm import Session

from db.codes import CaseState, ClaimFigure, PaperState
from db.models.claims import Claim, ClaimAmount, ClaimPaper, ClaimStep
from db.models.papers import IssuedForm
from db.models.schemes import PlanRecord
from db.models.units import Unit


def list_rows(session: Session, optional: Mapping[int, Collection[str]]) -> Sequence[Row[Any]]:
    """Return (Claim, unit name or None, plan name, papers missing), newest first.

    Papers with a key in `optional` of the claim's version are not missed.
    """
    by_version = (
        and_(Claim.scheme_version_id == version, *_missing(keys))
        for version, keys in optional.items()
    )
    missing = (
        select(func.count())
        .where(ClaimPaper.claim_id == Claim.id, or_(false(), *by_version))
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


def same_event(session: Session, claim: Claim) -> str | None:
    """Return the number of another claim of the same person, plan and day."""
    if claim.member_id is not None:
        whose = Claim.member_id == claim.member_id
    elif claim.person_identity_no is None:
        whose = Claim.person_name == claim.person_name
    else:
        whose = Claim.person_identity_no == claim.person_identity_no
    if claim.member_id is not None and claim.person_identity_no is not None:
        whose |= Claim.person_identity_no == claim.person_identity_no
    query = select(Claim.number).where(
        whose,
        Claim.plan_id == claim.plan_id,
        Claim.event_on == claim.event_on,
        Claim.state_code != CaseState.VOID,
    )
    return session.scalars(query.order_by(Claim.id.desc()).limit(1)).first()


def with_business_no(session: Session, number: str, but: int | None = None) -> str | None:
    """Return the number of a claim, another than `but`, that has this number of the province."""
    query = select(Claim.number).where(
        Claim.business_no == number, Claim.state_code != CaseState.VOID
    )
    if but is not None:
        query = query.where(Claim.id != but)
    return session.scalars(query.limit(1)).first()


def last_note(session: Session, claim_id: int) -> str:
    """Return what was written to the claim's last step."""
    query = select(ClaimStep.note).where(ClaimStep.claim_id == claim_id)
    return session.scalars(query.order_by(ClaimStep.seq.desc()).limit(1)).first() or ""


def refusal_of(session: Session, claim_id: int) -> str | None:
    """Return the rule by which a claim was refused."""
    query = select(ClaimAmount.reason).where(
        ClaimAmount.claim_id == claim_id, ClaimAmount.kind_code == ClaimFigure.DECISION
    )
    return session.scalars(query.order_by(ClaimAmount.id.desc()).limit(1)).first()


def is_refused() -> ColumnElement[bool]:
    """Whether a claim was refused by a rule; such a one pays nothing and counts nothing."""
    said = (ClaimAmount.kind_code == ClaimFigure.DECISION, ClaimAmount.reason.is_not(None))
    return select(ClaimAmount.id).where(ClaimAmount.claim_id == Claim.id, *said).exists()


def earlier_claims(session: Session, claim: Claim) -> Sequence[Row[Claim, str]]:
    """Return (Claim, plan key) of the person's claims under the scheme that come before.

    While a claim is not decided, those that are come before it, whenever they were registered.
    """
    scheme = select(PlanRecord.scheme_id).where(PlanRecord.id == claim.plan_id).scalar_subquery()
    before = Claim.id < claim.id
    if claim.decided_fen is None:
        before |= Claim.decided_fen.is_not(None)
    query = (
        select(Claim, PlanRecord.plan_key)
        .join(PlanRecord, PlanRecord.id == Claim.plan_id)
        .where(
            Claim.member_id == claim.member_id,
            Claim.id != claim.id,
            before,
            Claim.state_code != CaseState.VOID,
            PlanRecord.scheme_id == scheme,
            ~is_refused(),
        )
        .order_by(Claim.id)
    )
    return session.execute(query).all()


def issued_form(session: Session, claim_id: int, form_key: str) -> IssuedForm | None:
    """Return the form of this kind that was issued last for the claim."""
    forms = issued_forms(session, claim_id, form_key)
    return forms[-1] if forms else None


def issued_forms(session: Session, claim_id: int, form_key: str) -> Sequence[IssuedForm]:
    """Return every form of this kind that was issued for the claim, the first one first."""
    query = select(IssuedForm).where(
        IssuedForm.claim_id == claim_id, IssuedForm.form_key == form_key
    )
    return session.scalars(query.order_by(IssuedForm.id)).all()
