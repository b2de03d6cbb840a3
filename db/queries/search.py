"""Finding by prefix: every key is a b-tree head, tails are stored backwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.codes import CaseState, PaymentState
from db.models.claims import Claim
from db.models.enrolments import Cover, Enrollee, Enrolment
from db.models.members import Member
from db.models.payments import Payment, PaymentAllocation
from db.models.schemes import PlanRecord
from db.models.units import Unit, UnitContact
from db.queries.enrolments import IN

LAST = "\U0010ffff"


def head(column: InstrumentedAttribute[Any], prefix: str) -> ColumnElement[bool]:
    """Give the range of a prefix, which an index answers whatever the collation of LIKE."""
    return and_(column >= prefix, column < prefix + LAST)


def units(session: Session, name: str, letters: str, limit: int) -> Sequence[Unit]:
    """Units whose name contains the words or whose initials begin so: there are few of them."""
    fits = Unit.name_key.contains(name, autoescape=True) | head(Unit.initials, letters)
    return session.scalars(select(Unit).where(fits).order_by(Unit.sort_key).limit(limit)).all()


def units_by_code(session: Session, code: str, limit: int) -> Sequence[Unit]:
    """Units of which one of the two codes, or the account they pay from, begins so."""
    fits = or_(
        head(Unit.employer_code, code), head(Unit.union_code, code), head(Unit.payer_account, code)
    )
    return session.scalars(select(Unit).where(fits).order_by(Unit.sort_key).limit(limit)).all()


def units_by_payer(session: Session, name: str, limit: int) -> Sequence[Unit]:
    """Units whose transfers come from someone of another name than their own."""
    fits = and_(Unit.payer_name.contains(name, autoescape=True), Unit.payer_name != Unit.name)
    return session.scalars(select(Unit).where(fits).order_by(Unit.sort_key).limit(limit)).all()


def contacts(session: Session, text: str, limit: int) -> Sequence[Row[Unit, UnitContact]]:
    """Units with who speaks for them now, by the head of the name or a phone's end or whole."""
    fits = UnitContact.name.startswith(text, autoescape=True)
    if text.isdigit():
        fits = or_(
            UnitContact.phone.endswith(text, autoescape=True),
            UnitContact.office_phone.endswith(text, autoescape=True),
        )
    query = (
        select(Unit, UnitContact)
        .join(UnitContact, UnitContact.unit_id == Unit.id)
        .where(fits, UnitContact.until_on.is_(None))
    )
    return session.execute(query.order_by(Unit.sort_key, UnitContact.id).limit(limit)).all()


def cases(session: Session, number: str, limit: int) -> Sequence[Row[Enrolment, str]]:
    query = select(Enrolment, Unit.name).join(Unit, Unit.id == Enrolment.unit_id)
    query = query.where(head(Enrolment.business_no, number)).order_by(Enrolment.id.desc())
    return session.execute(query.limit(limit)).all()


def claims(session: Session, number: str, name: str, limit: int) -> Sequence[Row[Claim, str]]:
    """Claims with their plan: by the head of a number, or by a name that no roster holds."""
    found = or_(
        head(Claim.number, number),
        head(Claim.business_no, number),
        and_(Claim.member_id.is_(None), Claim.person_name == name),
    )
    return session.execute(_claims_with_plan().where(found).limit(limit)).all()


def claims_of(session: Session, members: Sequence[int]) -> Sequence[Row[Claim, str]]:
    """These people's claims with their plan, newest first."""
    if not members:
        return []
    return session.execute(_claims_with_plan().where(Claim.member_id.in_(members))).all()


def _claims_with_plan() -> Select[Claim, str]:
    query = select(Claim, PlanRecord.name).join(PlanRecord, PlanRecord.id == Claim.plan_id)
    return query.order_by(Claim.id.desc())


def members_by_name(session: Session, name: str, letters: str, limit: int) -> list[int]:
    keys = [head(Member.name_key, name)]
    if letters.isascii() and letters.isalpha():
        keys.append(head(Member.initials, letters))
    return _first(session, keys, limit)


def members_by_number(
    session: Session, first: str | None, last: str | None, limit: int
) -> list[int]:
    """`first` are the number's first characters, `last` its last ones backwards."""
    keys = []
    if last:
        keys += [head(Member.identity_tail, last), head(Member.phone_tail, last)]
    if first:
        keys += [head(Member.identity_no, first), head(Member.phone, first)]
    return _first(session, keys, limit)


def member_lines(session: Session, ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Return one row a person: unit, case, plans, cover that ends last, whether paid, claims."""
    if not ids:
        return []
    latest = (
        select(Enrollee.member_id, func.max(Enrollee.enrolment_id).label("enrolment_id"))
        .where(Enrollee.member_id.in_(ids), Enrollee.state_code.in_(IN))
        .group_by(Enrollee.member_id)
        .subquery()
    )
    claims = (
        select(func.count())
        .where(Claim.member_id == Member.id, Claim.state_code != CaseState.VOID)
        .correlate(Member)
        .scalar_subquery()
    )
    last = (
        select(Cover.id)
        .where(Cover.member_id == Member.id, Cover.state_code == "active")
        .order_by(Cover.until_on.desc(), Cover.from_on)
        .limit(1)
        .correlate(Member)
        .scalar_subquery()
    )
    joined = func.aggregate_strings(PlanRecord.name, "、")
    plans = (
        select(joined)
        .join(Enrollee, Enrollee.plan_id == PlanRecord.id)
        .where(
            Enrollee.member_id == Member.id,
            Enrollee.enrolment_id == latest.c.enrolment_id,
            Enrollee.state_code.in_(IN),
        )
        .correlate(Member, latest)
        .scalar_subquery()
    )
    paid = (
        select(PaymentAllocation.payment_id)
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .where(
            PaymentAllocation.enrolment_id == latest.c.enrolment_id,
            Payment.state_code == PaymentState.AGREES,
        )
        .correlate(latest)
        .exists()
    )
    query = (
        select(
            Member.id,
            Member.name,
            Member.identity_no,
            Unit.name.label("unit"),
            Unit.id.label("unit_id"),
            Enrolment.id.label("enrolment_id"),
            plans.label("plans"),
            Cover.from_on,
            Cover.until_on,
            (paid | (Enrolment.state_code == CaseState.FINISHED)).label("paid"),
            claims.label("claims"),
        )
        .outerjoin(latest, latest.c.member_id == Member.id)
        .outerjoin(Enrolment, Enrolment.id == latest.c.enrolment_id)
        .outerjoin(Unit, Unit.id == Enrolment.unit_id)
        .outerjoin(Cover, Cover.id == last)
        .where(Member.id.in_(ids))
        .order_by(Member.sort_key, Member.id)
    )
    return session.execute(query).all()


def _first(session: Session, keys: Sequence[ColumnElement[bool]], limit: int) -> list[int]:
    """Ask one key after the other, so that each question is one short walk in one index."""
    found: dict[int, None] = {}
    for key in keys:
        if len(found) >= limit:
            break
        query = select(Member.id).where(key, Member.merged_into_id.is_(None)).limit(limit)
        found.update(dict.fromkeys(session.scalars(query)))
    return list(found)[:limit]
