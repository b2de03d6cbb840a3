"""Finding by prefix: every key is a b-tree head, tails are stored backwards."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.codes import CaseState
from db.models.claims import Claim
from db.models.enrolments import Cover, Enrollee, Enrolment
from db.models.members import Member
from db.models.payments import Payment, PaymentAllocation
from db.models.schemes import PlanRecord
from db.models.units import Unit, UnitContact
from db.queries.enrolments import IN
from db.queries.payments import COUNTED
from db.queries.units import THERE

LAST = "\U0010ffff"


def head(column: InstrumentedAttribute[Any], prefix: str) -> ColumnElement[bool]:
    """Give the range of a prefix, which an index answers whatever the collation of LIKE."""
    return and_(column >= prefix, column < prefix + LAST)


def units(session: Session, name: str, letters: str, limit: int) -> Sequence[Unit]:
    """Units whose name contains the words or whose initials begin so: there are few of them."""
    values = {"like": f"%{_plain(name)}%", "first": letters, "end": letters + LAST, "most": limit}
    return session.scalars(_units(), values).all()


@functools.cache
def _units() -> Select[Unit]:
    return _few_units().where(or_(_like(Unit.name_key), _between(Unit.initials)))


def units_by_code(session: Session, code: str, limit: int) -> Sequence[Unit]:
    """Units of which one of the two codes, or the account they pay from, begins so."""
    values = {"first": code, "end": code + LAST, "most": limit}
    return session.scalars(_units_by_code(), values).all()


@functools.cache
def _units_by_code() -> Select[Unit]:
    columns = (Unit.employer_code, Unit.union_code, Unit.payer_account)
    return _few_units().where(or_(*(_between(column) for column in columns)))


def units_by_payer(session: Session, name: str, limit: int) -> Sequence[Unit]:
    """Units whose transfers come from someone of another name than their own."""
    values = {"like": f"%{_plain(name)}%", "most": limit}
    return session.scalars(_units_by_payer(), values).all()


@functools.cache
def _units_by_payer() -> Select[Unit]:
    return _few_units().where(_like(Unit.payer_name), Unit.payer_name != Unit.name)


def contacts(session: Session, text: str, limit: int) -> Sequence[Row[Unit, UnitContact]]:
    """Units with who speaks for them now, by the head of the name or a phone's end or whole."""
    by_phone = text.isdigit()
    like = f"%{_plain(text)}" if by_phone else f"{_plain(text)}%"
    return session.execute(_contacts(by_phone), {"like": like, "most": limit}).all()


@functools.cache
def _contacts(by_phone: bool) -> Select[Unit, UnitContact]:
    fits = _like(UnitContact.name)
    if by_phone:
        fits = or_(_like(UnitContact.phone), _like(UnitContact.office_phone))
    return (
        select(Unit, UnitContact)
        .join(UnitContact, UnitContact.unit_id == Unit.id)
        .where(THERE)
        .where(fits, UnitContact.until_on.is_(None))
        .order_by(Unit.sort_key, UnitContact.id)
        .limit(bindparam("most", type_=Integer))
    )


def _few_units() -> Select[Unit]:
    return select(Unit).where(THERE).order_by(Unit.sort_key).limit(bindparam("most", type_=Integer))


def _like(column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    return column.like(bindparam("like"), escape="/")


def _plain(text: str) -> str:
    """The text with nothing in it that LIKE reads as a sign."""
    return text.replace("/", "//").replace("%", "/%").replace("_", "/_")


def cases(session: Session, number: str, limit: int) -> Sequence[Row[Enrolment, str]]:
    values = {"first": number, "end": number + LAST, "most": limit}
    return session.execute(_cases(), values).all()


@functools.cache
def _cases() -> Select[Enrolment, str]:
    query = select(Enrolment, Unit.name).join(Unit, Unit.id == Enrolment.unit_id)
    query = query.where(_between(Enrolment.business_no)).order_by(Enrolment.id.desc())
    return query.limit(bindparam("most", type_=Integer))


def claims(session: Session, number: str, name: str, limit: int) -> Sequence[Row[Claim, str]]:
    """Claims with their plan: by the head of a number, or by a name that no roster holds."""
    values = {"first": number, "end": number + LAST, "name": name, "most": limit}
    return session.execute(_claims(), values).all()


@functools.cache
def _claims() -> Select[Claim, str]:
    found = or_(
        _between(Claim.number),
        _between(Claim.business_no),
        and_(Claim.member_id.is_(None), Claim.person_name == bindparam("name")),
    )
    return _claims_with_plan().where(found).limit(bindparam("most", type_=Integer))


def claims_of(session: Session, members: Sequence[int]) -> Sequence[Row[Claim, str]]:
    """These people's claims with their plan, newest first."""
    if not members:
        return []
    return session.execute(_claims_of(), {"members": members}).all()


@functools.cache
def _claims_of() -> Select[Claim, str]:
    return _claims_with_plan().where(Claim.member_id.in_(bindparam("members", expanding=True)))


def _claims_with_plan() -> Select[Claim, str]:
    query = select(Claim, PlanRecord.name).join(PlanRecord, PlanRecord.id == Claim.plan_id)
    return query.order_by(Claim.id.desc())


def _between(column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """`head` for a statement that is kept: building one costs more than asking it."""
    return and_(column >= bindparam("first"), column < bindparam("end"))


def members_by_name(session: Session, name: str, letters: str, limit: int) -> list[int]:
    keys = [("name_key", name)]
    if letters.isascii() and letters.isalpha():
        keys.append(("initials", letters))
    return _first(session, keys, limit)


def members_by_number(
    session: Session, first: str | None, last: str | None, limit: int
) -> list[int]:
    """`first` are the number's first characters, `last` its last ones backwards."""
    keys = []
    if last:
        keys += [("identity_tail", last), ("phone_tail", last)]
    if first:
        keys += [("identity_no", first), ("phone", first)]
    return _first(session, keys, limit)


def member_lines(session: Session, ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Return one row a person: unit, case, plans, cover that ends last, whether paid, claims."""
    return session.execute(_member_lines(), {"ids": ids}).all() if ids else []


@functools.cache
def _member_lines() -> Select[Any]:
    ids: BindParameter[Any] = bindparam("ids", expanding=True)
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
            PaymentAllocation.agrees.is_(True),
            Payment.state_code.in_(COUNTED),
        )
        .correlate(latest)
        .exists()
    )
    return (
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


def _first(session: Session, keys: Sequence[tuple[str, str]], limit: int) -> list[int]:
    """Ask one key after the other, so that each question is one short walk in one index."""
    found: dict[int, None] = {}
    for column, prefix in keys:
        if len(found) >= limit:
            break
        values = {"first": prefix, "end": prefix + LAST, "most": limit}
        found.update(dict.fromkeys(session.scalars(_member_ids(column), values)))
    return list(found)[:limit]


@functools.cache
def _member_ids(column: str) -> Select[int]:
    fits = _between(getattr(Member, column))
    query = select(Member.id).where(fits, Member.merged_into_id.is_(None))
    return query.limit(bindparam("most", type_=Integer))
