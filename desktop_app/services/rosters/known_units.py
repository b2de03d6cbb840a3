"""The units that a list may name, as the ledger has them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.office import Office
from db.models.units import Unit
from db.queries import units as unit_queries
from desktop_app.domain.rosters.whose import KnownUnit, UnitFinder


@dataclass(frozen=True)
class KnownUnits:
    """Finds units in texts; `names` are theirs by id."""

    finder: UnitFinder
    names: dict[int, str]


def known_units(session: Session) -> KnownUnits:
    units = session.scalars(select(Unit).where(unit_queries.THERE)).all()
    county = session.scalars(select(Office.county)).one()
    finder = UnitFinder([_known(unit) for unit in units], county)
    return KnownUnits(finder, {unit.id: unit.name for unit in units})


def _known(unit: Unit) -> KnownUnit:
    return KnownUnit(unit.id, unit.name, tuple(filter(None, (unit.union_code, unit.employer_code))))
