"""The one way of a scheme's version into force: a draft, then its activation."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import func, select

from db.codes import FigureState, VersionState
from db.models.schemes import SchemeFigure, SchemeRecord, SchemeVersion
from desktop_app.domain.figures import figures_of
from desktop_app.domain.schemes.clauses import open_spots
from desktop_app.domain.schemes.schemes import Scheme, scheme_from
from desktop_app.domain.toml.toml_edit import set_value, values_of
from desktop_app.services.acts import Transaction
from desktop_app.services.versions.scheme_texts import keep_plans, scheme_of
from desktop_app.services.versions.scheme_versions import last_active


def record_of(tx: Transaction, scheme: Scheme) -> SchemeRecord:
    """The row of the scheme with this id, made where it is new to the office."""
    query = select(SchemeRecord).where(SchemeRecord.scheme_key == scheme.id)
    record = tx.session.scalars(query).one_or_none()
    if record is None:
        record = tx.add(SchemeRecord(scheme_key=scheme.id, name=scheme.title))
        tx.session.flush()
    return record


def add_draft(tx: Transaction, record: SchemeRecord, text: str) -> SchemeVersion:
    """Add the scheme's next version as a draft with this text."""
    query = select(func.max(SchemeVersion.version_no)).where(SchemeVersion.scheme_id == record.id)
    number = (tx.session.scalars(query).one() or 0) + 1
    version = tx.add(
        SchemeVersion(
            scheme_id=record.id,
            version_no=number,
            text="",
            sha256="",
            state_code=VersionState.DRAFT,
        )
    )
    write_text(version, set_value(text, "version", number))
    tx.session.flush()
    return version


def write_text(version: SchemeVersion, text: str) -> Scheme:
    """Put a checked text into a draft; SchemeError where it is no scheme."""
    scheme = scheme_from(text)
    version.text = text
    version.sha256 = hashlib.sha256(text.encode()).hexdigest()
    version.effective_from = scheme.effective_from
    version.effective_until = scheme.effective_until
    return scheme


def put_in_force(tx: Transaction, version: SchemeVersion) -> int:
    """Activate a draft: it never changes again.

    What the head confirmed stays confirmed where the two texts say the same of it; returns how
    much that is.
    """
    before = last_active(tx.session, version.scheme_id)
    version.state_code = VersionState.ACTIVE
    version.activated_at, version.activated_by = tx.now, tx.user_id
    tx.session.flush()
    keep_plans(tx.session, version)
    return 0 if before is None else _carry_figures(tx, before, version)


def _carry_figures(tx: Transaction, before: SchemeVersion, version: SchemeVersion) -> int:
    """Confirm again what was confirmed of what both texts leave open alike."""
    old, new = _open_to_confirm(before), _open_to_confirm(version)
    there = set(
        tx.session.scalars(
            select(SchemeFigure.path).where(SchemeFigure.scheme_version_id == version.id)
        )
    )
    rows = tx.session.scalars(
        select(SchemeFigure).where(
            SchemeFigure.scheme_version_id == before.id,
            SchemeFigure.state_code != FigureState.TO_CONFIRM,
            SchemeFigure.path.not_in(there),
        )
    ).all()
    kept = [row for row in rows if row.path in new and new[row.path] == old.get(row.path)]
    for row in kept:
        tx.add(
            SchemeFigure(
                scheme_version_id=version.id,
                path=row.path,
                value=row.value,
                state_code=row.state_code,
                document_no=row.document_no,
                confirmed_by=row.confirmed_by,
                confirmed_at=row.confirmed_at,
            )
        )
    return len(kept)


def _open_to_confirm(version: SchemeVersion) -> dict[str, Any]:
    """What a text says of each figure, and of each clause that it leaves open."""
    clauses = {spot.key: spot.table for spot in open_spots(values_of(version.text))}
    return {**figures_of(scheme_of(version)), **clauses}
