"""What the office sets of its drive: the year new applications belong to, and its aim."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.office import OfficeSetting
from db.models.schemes import CoveragePeriod
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.versions.drive_versions import YEAR, YEARS


def keep_year(tx: Transaction, year: int) -> None:
    check_year(year)
    row = tx.session.get(OfficeSetting, YEAR)
    if row is None:
        tx.session.add(OfficeSetting(key=YEAR, value=year))
    else:
        row.value = year


def keep_target(tx: Transaction, scheme_id: int, year: int, people: int) -> None:
    check_year(year)
    if people <= 0:
        raise UserError("target", "目标人数须大于零。", "请填写上级下达的人数。", "people")
    period = _period(tx.session, scheme_id, year)
    if period is None:
        period = tx.add(CoveragePeriod(scheme_id=scheme_id, year=year))
    period.target_people = people


def target_of(session: Session, scheme_id: int, year: int) -> int | None:
    period = _period(session, scheme_id, year)
    return None if period is None else period.target_people


def check_year(year: int) -> None:
    first, last = YEARS[0], YEARS[-1]
    if year not in YEARS:
        raise UserError("year", f"年度应在{first}到{last}之间。", "请写四位数的年份。", "year")


def _period(session: Session, scheme_id: int, year: int) -> CoveragePeriod | None:
    query = select(CoveragePeriod).where(
        CoveragePeriod.scheme_id == scheme_id, CoveragePeriod.year == year
    )
    return session.scalars(query).one_or_none()
