"""The drive: its year as set, and the version of the scheme that its applications go by."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from db.models.office import OfficeSetting
from db.models.schemes import SchemeVersion
from desktop_app.domain.coverage import period
from desktop_app.domain.schemes.version_days import in_force_on
from desktop_app.errors import UserError
from desktop_app.services.desk import Desk
from desktop_app.services.versions.scheme_texts import scheme_in_force
from desktop_app.services.versions.scheme_versions import (
    activated,
    days_of,
    office_scheme_id,
    version_of,
    version_on,
)

YEAR = "year"
YEARS = range(2000, 2200)  # a drive is of one of these


def drive_version(session: Session, desk: Desk) -> SchemeVersion:
    """Return the version that an application of the drive's year goes by.

    It is the one in force on the first day of the period: of a fixed or yearly period its own,
    else the drive's year as far as it has not passed.
    """
    today, year = desk.today(), year_of(session, desk)
    scheme_id = office_scheme_id(session, today)
    on = min(max(today, date(year, 1, 1)), date(year, 12, 31))
    versions = activated(session, scheme_id)
    at = in_force_on(days_of(versions), on)
    likely = [row for row in versions if row.id == at] or list(reversed(versions))
    for version in likely:
        whole = period(scheme_in_force(session, version.id).coverage, year)
        if whole is not None and whole.first.year == year:
            return version_on(session, scheme_id, whole.first)
    return version_on(session, scheme_id, on)


def drive_version_id(session: Session, desk: Desk) -> int | None:
    """Return that version's id; None where the drive's year has none."""
    try:
        return drive_version(session, desk).id
    except UserError:
        return None


def version_to_confirm(session: Session, desk: Desk, version_id: int | None) -> SchemeVersion:
    """Return the version whose figures and clauses are confirmed: the drive's where none is named.

    What is open in a draft is written into the draft itself.
    """
    if version_id is None:
        return drive_version(session, desk)
    version = version_of(session, version_id)
    if version.activated_at is None:
        raise UserError(
            "version-draft", "草稿里的条款不在这里确认。", "请在草稿里直接写好标准和依据。"
        )
    return version


def year_of(session: Session, desk: Desk) -> int:
    """The drive's year: as set, else the coming year from October on."""
    row = session.get(OfficeSetting, YEAR)
    if row is not None:
        return int(row.value)
    return coming_year(desk.today())


def coming_year(today: date) -> int:
    """The year whose drive is under way on a day, where nobody has said it."""
    return today.year + 1 if today.month >= 10 else today.year
