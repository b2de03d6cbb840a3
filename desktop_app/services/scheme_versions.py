"""Versions of schemes in the database: which is in force, which may still change, who uses it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from db.codes import CaseState, VersionState
from db.models.claims import Claim
from db.models.enrolments import Enrolment
from db.models.schemes import SchemeFigure, SchemeRecord, SchemeVersion
from desktop_app.domain.labels import label
from desktop_app.errors import UserError
from desktop_app.services.scheme_views import VersionLine

CLAUSE = ".benefits"  # in the key path of every clause of a benefit


def line_of(version: SchemeVersion, record: SchemeRecord, in_force: bool, uses: int) -> VersionLine:
    state = VersionState(version.state_code)
    return VersionLine(
        id=version.id,
        scheme_key=record.scheme_key,
        name=record.name,
        version_no=version.version_no,
        draft=state is VersionState.DRAFT,
        in_force=in_force,
        state_label=label(state) if in_force or state is VersionState.DRAFT else "以前的",
        effective_from=version.effective_from,
        effective_until=version.effective_until,
        activated_at=version.activated_at,
        uses=uses,
    )


def version_of(session: Session, version_id: int) -> SchemeVersion:
    version = session.get(SchemeVersion, version_id)
    if version is None or version.state_code == VersionState.RETIRED:
        raise UserError("version-unknown", "没有这一版方案。", "请刷新后再选。")
    return version


def open_draft(session: Session, version_id: int) -> SchemeVersion:
    version = version_of(session, version_id)
    if version.state_code != VersionState.DRAFT or version.activated_at is not None:
        raise UserError(
            "version-frozen",
            f"第{version.version_no}版已经启用,不能再改。",
            "请由这一版新建草稿,改好后再启用。",
        )
    return version


def _active(scheme_id: int | None) -> Select[Any]:
    query = select(SchemeVersion).where(SchemeVersion.state_code == VersionState.ACTIVE)
    if scheme_id is not None:
        query = query.where(SchemeVersion.scheme_id == scheme_id)
    return query.order_by(SchemeVersion.activated_at.desc(), SchemeVersion.id.desc()).limit(1)


def last_active(session: Session, scheme_id: int) -> SchemeVersion | None:
    found: SchemeVersion | None = session.scalars(_active(scheme_id)).first()
    return found


def in_force_id(session: Session) -> int | None:
    found: SchemeVersion | None = session.scalars(_active(None)).first()
    return found.id if found else None


def uses_of(session: Session) -> dict[int, int]:
    """How many cases and claims go by each version."""
    found: dict[int, int] = {}
    for model in (Enrolment, Claim):
        counted = select(model.scheme_version_id, func.count()).group_by(model.scheme_version_id)
        for version_id, count in session.execute(counted):
            found[version_id] = found.get(version_id, 0) + count
    return found


def require_changeable(session: Session, figure: SchemeFigure, value: Any) -> None:
    """Refuse another value for what was confirmed once and went into cases of the version.

    A figure counts as used once a case was approved, a clause of a benefit once a claim was
    decided or paid. What is still to be confirmed may be given its value at any time, and the
    document of a confirmed figure may be put right. A trigger of the database holds the same.
    """
    if figure.id is None or figure.value == value:
        return
    uses = session.scalars(_uses_of_figure(figure)).one()
    if uses:
        what = "定过的申领" if CLAUSE in figure.path else "审核过的申请"
        raise UserError(
            "figure-used",
            f"这一项已经用在{uses}件{what}上,不能再改。",
            "请到“高级:方案”由这一版新建草稿,改好后启用新的一版。",
            figure.path,
        )


def _uses_of_figure(figure: SchemeFigure) -> Select[int]:
    if CLAUSE in figure.path:
        return select(func.count(Claim.id)).where(
            Claim.scheme_version_id == figure.scheme_version_id,
            or_(Claim.decided_fen.is_not(None), Claim.paid_on.is_not(None)),
            Claim.state_code != CaseState.VOID,
        )
    return select(func.count(Enrolment.id)).where(
        Enrolment.scheme_version_id == figure.scheme_version_id,
        Enrolment.approved_at.is_not(None),
        Enrolment.state_code != CaseState.VOID,
    )
