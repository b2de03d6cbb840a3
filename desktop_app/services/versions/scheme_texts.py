"""Schemes of the database as rules: text read once per version, confirmed figures laid over."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.codes import FigureState
from db.models.schemes import PlanRecord, PlanVersion, SchemeFigure, SchemeVersion
from db.together import fact
from desktop_app.domain.figures import with_figures
from desktop_app.domain.schemes.clauses import Ruling, with_clauses
from desktop_app.domain.schemes.scheme_parts import Figure
from desktop_app.domain.schemes.schemes import Scheme, scheme_from
from desktop_app.domain.toml.toml_edit import values_of

_CONFIRMED = (
    select(SchemeFigure)
    .where(
        SchemeFigure.scheme_version_id == bindparam("version"),
        SchemeFigure.state_code != FigureState.TO_CONFIRM,
    )
    .order_by(SchemeFigure.path)
)


@functools.lru_cache(maxsize=64)
def _parsed(_sha256: str, text: str) -> Scheme:
    return scheme_from(text)


def scheme_of(version: SchemeVersion) -> Scheme:
    """The rules as the file gives them, without what the office confirmed."""
    return _parsed(version.sha256, version.text)


@functools.lru_cache(maxsize=64)
def _laid(sha256: str, text: str, rulings: str) -> Scheme:
    said = {key: Ruling(**one) for key, one in json.loads(rulings).items()}
    return (
        with_clauses(_parsed(sha256, text), values_of(text), said)
        if said
        else _parsed(sha256, text)
    )


def laid_over(version: SchemeVersion, rulings: Mapping[str, Ruling]) -> Scheme:
    """The file's rules with these rulings on its clauses in place of the open ones."""
    return _laid(version.sha256, version.text, json.dumps(rulings_as_json(rulings)))


def rulings_as_json(rulings: Mapping[str, Ruling]) -> dict[str, dict[str, object]]:
    """Rulings as plain values, in the order of their keys."""
    return {
        key: {"way": one.way, "document": one.document, "values": dict(one.values)}
        for key, one in sorted(rulings.items())
    }


def rulings_of(session: Session, version_id: int) -> dict[str, Ruling]:
    """What the head ruled on the version's clauses."""
    return _rulings(_confirmed(session, version_id))


def _rulings(rows: Sequence[SchemeFigure]) -> dict[str, Ruling]:
    return {
        row.path: Ruling(row.value["as"], row.document_no or "", row.value["values"])
        for row in rows
        if isinstance(row.value, dict)
    }


def scheme_in_force(session: Session, version_id: int) -> Scheme:
    """The rules with the office's confirmed (or 演示) figures in place of the open ones."""
    return fact(session, ("scheme", version_id), lambda: _asked(session, version_id))


def _asked(session: Session, version_id: int) -> Scheme:
    version = session.get_one(SchemeVersion, version_id)
    rows = _confirmed(session, version_id)
    figures = tuple(
        (row.path, row.value, row.state_code, row.document_no or "")
        for row in rows
        if not isinstance(row.value, dict)
    )
    told = json.dumps(rulings_as_json(_rulings(rows)))
    return _in_force(version.sha256, version.text, told, figures)


@functools.lru_cache(maxsize=64)
def _in_force(
    sha256: str, text: str, rulings: str, figures: tuple[tuple[str, int, str, str], ...]
) -> Scheme:
    """The same rules for the same words: asked for again with each of a drive's units."""
    confirmed = {
        path: Figure(value, FigureState(state), document)
        for path, value, state, document in figures
    }
    return with_figures(_laid(sha256, text, rulings), confirmed)


def _confirmed(session: Session, version_id: int) -> Sequence[SchemeFigure]:
    return session.scalars(_CONFIRMED, {"version": version_id}).all()


def keep_plans(session: Session, version: SchemeVersion) -> None:
    """Note the plans of an activated version, so that cover can be joined to them."""
    for sort_no, plan in enumerate(scheme_of(version).plans, start=1):
        query = select(PlanRecord).where(
            PlanRecord.scheme_id == version.scheme_id, PlanRecord.plan_key == plan.id
        )
        record = session.scalars(query).one_or_none()
        if record is None:
            record = PlanRecord(
                scheme_id=version.scheme_id,
                plan_key=plan.id,
                name=plan.short_name,
                sort_no=sort_no,
            )
            session.add(record)
            session.flush()
        fee = None if plan.fee_fen.open else plan.fee_fen.value
        session.add(
            PlanVersion(
                scheme_version_id=version.id,
                plan_id=record.id,
                name=plan.short_name,
                fee_fen=fee,
            )
        )


def plan_ids(session: Session, scheme_id: int) -> dict[str, int]:
    """Return plan key -> row id."""
    rows = session.execute(
        select(PlanRecord.plan_key, PlanRecord.id)
        .where(PlanRecord.scheme_id == scheme_id)
        .order_by(PlanRecord.sort_no)
    )
    return {row.plan_key: row.id for row in rows}
