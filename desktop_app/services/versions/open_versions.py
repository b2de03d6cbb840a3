"""Versions of schemes that may still be confirmed by: the drive's, and those of open cases."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.codes import CaseState
from db.models.claims import Claim
from db.models.enrolments import Enrolment
from db.models.schemes import SchemeRecord, SchemeVersion
from desktop_app.errors import UserError
from desktop_app.services.versions.scheme_versions import activated
from desktop_app.services.versions.scheme_views import VersionChoice

OPEN = (CaseState.OPEN, CaseState.RETURNED)


def offered(session: Session, drives: int | None) -> tuple[VersionChoice, ...]:
    """The version of the drive first, then the newest of those that open cases go by."""
    cases = _open_cases(session)
    versions = [row for row in activated(session) if row.id == drives or row.id in cases]
    versions.sort(key=lambda row: (row.id == drives, row.activated_at, row.id), reverse=True)
    home = versions[0].scheme_id if versions else None
    return tuple(
        _choice(session, row, cases.get(row.id, 0), home, drives=row.id == drives)
        for row in versions
    )


def version_named(session: Session, office_scheme: int, text: str) -> int:
    """The activated version called by its number, `2`, or by scheme and number, `pinghu:2`.

    Raises:
        UserError: `version-unknown`.
    """
    scheme, _colon, number = text.rpartition(":")
    own = session.get_one(SchemeRecord, office_scheme).scheme_key
    for row in activated(session):
        key = session.get_one(SchemeRecord, row.scheme_id).scheme_key
        if (key, str(row.version_no)) == (scheme or own, number):
            return row.id
    raise UserError(
        "version-unknown",
        f"没有启用过“{text}”这一版方案。",
        "请写版次,如 2;别的方案写 方案:版次,如 pinghu:1。",
    )


def _choice(
    session: Session, version: SchemeVersion, cases: int, home: int | None, *, drives: bool
) -> VersionChoice:
    record = session.get_one(SchemeRecord, version.scheme_id)
    other = version.scheme_id != home
    words = ["新申请用"] if drives else []
    words += [f"{cases}件在办"] if cases else []
    return VersionChoice(
        id=version.id,
        name=f"{record.scheme_key}:{version.version_no}" if other else str(version.version_no),
        label=f"{record.name if other else ''}第{version.version_no}版({','.join(words)})",
        open_cases=cases,
    )


def _open_cases(session: Session) -> dict[int, int]:
    """How many open applications and claims go by each version."""
    found: dict[int, int] = {}
    for model in (Enrolment, Claim):
        counted = select(model.scheme_version_id, func.count()).where(model.state_code.in_(OPEN))
        for version_id, count in session.execute(counted.group_by(model.scheme_version_id)):
            found[version_id] = found.get(version_id, 0) + count
    return found
