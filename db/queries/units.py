"""Reading units, their contacts and areas."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import Session

from db.codes import CaseState, UnitState
from db.models.enrolments import Enrolment
from db.models.office import Area
from db.models.units import Unit, UnitContact, UnitPaper

THERE = Unit.state_code != UnitState.VOID  # not with books that were taken back


def contact_of(session: Session, unit_id: int) -> UnitContact | None:
    query = select(UnitContact).where(
        UnitContact.unit_id == unit_id, UnitContact.until_on.is_(None)
    )
    return session.scalars(query.order_by(UnitContact.id.desc()).limit(1)).first()


def papers_of(session: Session, unit_id: int) -> Sequence[UnitPaper]:
    return session.scalars(
        select(UnitPaper).where(UnitPaper.unit_id == unit_id).order_by(UnitPaper.id)
    ).all()


def area_by_name(session: Session, name: str) -> Area | None:
    return session.scalars(select(Area).where(Area.name == name)).one_or_none()


def area_names(session: Session) -> Sequence[str]:
    return session.scalars(select(Area.name).order_by(Area.sort_no, Area.id)).all()


def by_name_key(session: Session, name_key: str) -> Sequence[Unit]:
    return session.scalars(select(Unit).where(Unit.name_key == name_key, THERE)).all()


def by_union_code(session: Session, code: str) -> Sequence[Unit]:
    return session.scalars(
        select(Unit).where(Unit.union_code == code, THERE).order_by(Unit.id)
    ).all()


def by_employer_code(session: Session, code: str) -> Sequence[Unit]:
    return session.scalars(
        select(Unit).where(Unit.employer_code == code, THERE).order_by(Unit.id)
    ).all()


def list_rows(
    session: Session, year: int
) -> Sequence[Row[Unit, str | None, str | None, Enrolment | None]]:
    """Return (Unit, area name, contact name, Enrolment of the year or None), by area and name."""
    contact = (
        select(func.max(UnitContact.name))
        .where(UnitContact.unit_id == Unit.id, UnitContact.until_on.is_(None))
        .scalar_subquery()
    )
    newest = (
        select(func.max(Enrolment.id))
        .where(
            Enrolment.unit_id == Unit.id,
            Enrolment.year == year,
            Enrolment.state_code != CaseState.VOID,
        )
        .correlate(Unit)
        .scalar_subquery()
    )
    query = (
        select(Unit, Area.name, contact, Enrolment)
        .outerjoin(Area, Area.id == Unit.area_id)
        .outerjoin(Enrolment, and_(Enrolment.id == newest))
        .where(THERE)
        .order_by(Area.sort_no, Unit.sort_key, Unit.id)
    )
    return session.execute(query).all()


def names_of_all(session: Session) -> Sequence[Row[int, str]]:
    return session.execute(select(Unit.id, Unit.name).where(THERE)).all()
