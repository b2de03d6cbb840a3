"""Versions of schemes in the database: which is in force when, which may change, who uses it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session

from db.codes import CaseState, ClaimFigure, FigureState, VersionState
from db.models.claims import Claim, ClaimAmount
from db.models.enrolments import Enrolment, EnrolmentPlan, EnrolmentQuote
from db.models.office import Office
from db.models.schemes import PlanRecord, SchemeFigure, SchemeRecord, SchemeVersion
from desktop_app.domain.dates import chinese_date
from desktop_app.domain.labels import label
from desktop_app.domain.schemes.version_days import Days, in_force_from, in_force_on
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.versions.scheme_views import VersionLine

CLAUSE = ".benefits"  # in the key path of every clause of a benefit
CLAIMS = "claims."  # heads the key paths of figures that claims go by


def version_on(session: Session, scheme_id: int, on: date) -> SchemeVersion:
    """Return the version of a scheme in force on a day: the last activated that is made for it."""
    found = in_force_on(days_of(activated(session, scheme_id)), on)
    if found is None:
        name = session.get_one(SchemeRecord, scheme_id).name
        raise UserError(
            "no-version",
            f"{chinese_date(on)}没有施行中的“{name}”方案。",
            "请由负责人在“更多 → 高级 → 方案”中启用施行日期包含这一天的版本。",
        )
    return session.get_one(SchemeVersion, found)


def office_scheme_id(session: Session, today: date) -> int:
    """Return the office's scheme: it activated it last, of those that are or will be in force."""
    rows = [row for row in activated(session) if row.effective_until is None or (
        row.effective_until >= today
    )] or activated(session)  # fmt: skip
    if not rows:
        raise UserError("no-scheme", "本机构还没有启用方案。", "请由负责人先启用方案。")
    return rows[-1].scheme_id


def version_today(session: Session, today: date) -> int | None:
    """Return the id of the version that is in force at the office today, where there is one."""
    if not activated(session):
        return None
    return in_force_on(days_of(activated(session, office_scheme_id(session, today))), today)


def activated(session: Session, scheme_id: int | None = None) -> Sequence[SchemeVersion]:
    """Return the activated versions, the last activated at the end."""
    query = select(SchemeVersion).where(SchemeVersion.state_code == VersionState.ACTIVE)
    if scheme_id is not None:
        query = query.where(SchemeVersion.scheme_id == scheme_id)
    return session.scalars(query.order_by(SchemeVersion.activated_at, SchemeVersion.id)).all()


def days_of(versions: Sequence[SchemeVersion]) -> tuple[Days, ...]:
    return tuple(Days(row.id, row.effective_from, row.effective_until) for row in versions)


def lines_of(
    session: Session, rows: Sequence[tuple[SchemeVersion, SchemeRecord]], today: date
) -> tuple[VersionLine, ...]:
    """Return what the list of versions shows, with the days on which each is in force."""
    now, uses = version_today(session, today), uses_of(session)
    own = activated(session, office_scheme_id(session, today)) if activated(session) else ()
    days = days_of(own)  # versions of another scheme are never in force here
    return tuple(
        _line(
            (version, record),
            version.id == now,
            in_force_from(days, version.id, today),
            uses.get(version.id, 0),
        )
        for version, record in rows
    )


def _line(
    row: tuple[SchemeVersion, SchemeRecord], in_force: bool, starts: date | None, uses: int
) -> VersionLine:
    version, record = row
    state = VersionState(version.state_code)
    if state is VersionState.DRAFT or in_force:
        words = label(state)
    else:
        words = "以前的" if starts is None else f"自{starts:%Y-%m-%d}起"
    return VersionLine(
        id=version.id,
        scheme_key=record.scheme_key,
        name=record.name,
        version_no=version.version_no,
        draft=state is VersionState.DRAFT,
        in_force=in_force,
        state_label=words,
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


def last_active(session: Session, scheme_id: int) -> SchemeVersion | None:
    return next(reversed(activated(session, scheme_id)), None)


def version_before(session: Session, draft: SchemeVersion, today: date) -> SchemeVersion | None:
    """The version of the same scheme in force today; else the last activated one, if any."""
    in_force = in_force_on(days_of(activated(session, draft.scheme_id)), today)
    if in_force is not None:
        return session.get_one(SchemeVersion, in_force)
    return last_active(session, draft.scheme_id)


def uses_of(session: Session) -> dict[int, int]:
    """How many cases and claims go by each version."""
    found: dict[int, int] = {}
    for model in (Enrolment, Claim):
        counted = select(model.scheme_version_id, func.count()).group_by(model.scheme_version_id)
        for version_id, count in session.execute(counted):
            found[version_id] = found.get(version_id, 0) + count
    return found


def keep_ruling(tx: Transaction, row: SchemeFigure, value: Any, document: str) -> None:
    """Write what the head confirmed; where only the document is put right, the day stays."""
    with tx.session.no_autoflush:  # a new row has nothing to be written yet
        demo = tx.session.scalars(select(Office.demo)).one()
    if row.value != value or row.confirmed_at is None:
        row.confirmed_by, row.confirmed_at = tx.user_id, tx.now
    row.value, row.document_no = value, document.strip()
    row.state_code = FigureState.DEMO if demo else FigureState.CONFIRMED


def require_changeable(session: Session, figure: SchemeFigure, value: Any) -> None:
    """Refuse another value for what was confirmed once and went into cases of the version.

    A figure counts as used once a case was approved by it, a clause of a benefit once a claim was
    decided or paid by a worksheet that names it and on which nothing was open. What no case went
    by may be given another value at any time, and the document of a confirmed figure may be put
    right. A trigger of the database holds the same.
    """
    if figure.id is None or figure.value == value:
        return
    of_claims = CLAUSE in figure.path or figure.path.startswith(CLAIMS)
    uses = session.scalars(_claims_by(figure) if of_claims else _cases_by(figure)).one()
    if uses:
        what = "定过的申领" if of_claims else "审核过的申请"
        raise UserError(
            "figure-used",
            f"这一项已经用在{uses}件{what}上,不能再改。",
            "请到“高级:方案”由这一版新建草稿,改好后启用新的一版。",
            figure.path,
        )


def _claims_by(figure: SchemeFigure) -> Select[int]:
    """Decided claims: by a clause those whose worksheet names it, by a claims' figure all."""
    query = select(func.count(Claim.id)).where(
        Claim.scheme_version_id == figure.scheme_version_id,
        or_(Claim.decided_fen.is_not(None), Claim.paid_on.is_not(None)),
        Claim.state_code != CaseState.VOID,
    )
    if CLAUSE not in figure.path:
        return query
    way = ClaimAmount.basis[("clauses", figure.path, "way")].as_string()
    sheets = select(ClaimAmount.id).where(
        ClaimAmount.claim_id == Claim.id,
        ClaimAmount.kind_code == ClaimFigure.COMPUTED,
        way.is_not(None),
    )
    return query.where(sheets.exists())


def _cases_by(figure: SchemeFigure) -> Select[int]:
    """Approved cases of the figure's plan whose quote has it as confirmed.

    A case without a kept quote (of the first release, or followed only) is taken to have gone by
    it where it was approved afterwards.
    """
    quotes = select(EnrolmentQuote.id).where(
        EnrolmentQuote.enrolment_id == Enrolment.id, EnrolmentQuote.act == "enrolment.approve"
    )
    state = EnrolmentQuote.content[("figures", figure.path, "state")].as_string()
    by_quote = quotes.where(state != FigureState.TO_CONFIRM.value).exists()
    later = Enrolment.approved_at >= figure.confirmed_at
    return select(func.count(Enrolment.id)).where(
        Enrolment.scheme_version_id == figure.scheme_version_id,
        Enrolment.approved_at.is_not(None),
        Enrolment.state_code != CaseState.VOID,
        _has_plan_of(figure.path),
        or_(by_quote, and_(~quotes.exists(), later)),
    )


def _has_plan_of(path: str) -> ColumnElement[bool]:
    head, key, *_rest = path.split(".")
    plans = (
        select(EnrolmentPlan.plan_id)
        .join(PlanRecord, PlanRecord.id == EnrolmentPlan.plan_id)
        .where(EnrolmentPlan.enrolment_id == Enrolment.id)
    )
    return plans.where(PlanRecord.plan_key == key).exists() if head == "plans" else true()
