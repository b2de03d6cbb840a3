"""The units that a list may name, as the ledger has them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.imports import ImportBatch
from db.models.office import Office
from db.models.units import Unit
from db.queries import units as unit_queries
from desktop_app.domain.rosters.whose import LONGEST, KnownUnit, UnitFinder, head_texts
from desktop_app.domain.tables import Workbook


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


def titles_in(workbook: Workbook) -> list[str]:
    """What the file's sheets say of whose list they are, to be kept with its batch."""
    return [text for text in head_texts(workbook) if len(text) <= LONGEST]


def others_named(session: Session, batch: ImportBatch) -> str:
    """The units that a waiting file names where it does not name its own: 甲、乙."""
    titles = (batch.columns or {}).get("titles", ())
    units = known_units(session)
    found = units.finder.named_in([Path(batch.file_name).stem, *titles])
    if batch.unit_id in found:
        return ""
    return "、".join(units.names[one] for one in sorted(found))


def _known(unit: Unit) -> KnownUnit:
    return KnownUnit(unit.id, unit.name, tuple(filter(None, (unit.union_code, unit.employer_code))))
