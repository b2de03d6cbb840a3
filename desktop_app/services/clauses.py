"""Open clauses of the benefits, each confirmed by the head with the document it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import FigureState
from db.models.office import Office
from db.models.schemes import SchemeFigure, SchemeVersion
from desktop_app.domain.clause_words import (
    clause_label,
    fields_of,
    may_be_absent,
    reading,
    typed_values,
)
from desktop_app.domain.clauses import GIVEN, NONE, READ, WAYS, Ruling, Spot, open_spots
from desktop_app.domain.labels import label
from desktop_app.domain.scheme_faults import SchemeError
from desktop_app.domain.scheme_model import Scheme
from desktop_app.domain.toml_edit import values_of
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.clause_views import ClauseLine
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.scheme_texts import laid_over, rulings_of, scheme_of
from desktop_app.services.scheme_versions import require_changeable, version_of
from desktop_app.services.schemes import drive_version


class ClauseService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("scheme.confirm-clause", Permission.FIGURES, Area.SCHEMES, Area.CLAIMS)
    def confirm_clause(
        self,
        tx: Transaction,
        key: str,
        ruling: Ruling,
        version_id: int | None = None,
    ) -> None:
        """The head confirms a clause; values are read and refused as those of a scheme file."""
        if ruling.way not in WAYS or not ruling.document.strip():
            raise UserError(
                "document-missing", "没有写依据的文件。", "请填写文件名称和文号后再确认。"
            )
        version = _version(tx.session, self.desk, version_id)
        spot = _spot(version, key)
        said = rulings_of(tx.session, version.id) | {
            key: Ruling(ruling.way, ruling.document.strip(), _values(spot, ruling))
        }
        _refuse_unreadable(version, said, key)
        demo = tx.session.scalars(select(Office.demo)).one()
        query = select(SchemeFigure).where(
            SchemeFigure.scheme_version_id == version.id, SchemeFigure.path == key
        )
        row = tx.session.scalars(query).one_or_none()
        if row is None:
            row = tx.add(SchemeFigure(scheme_version_id=version.id, path=key))
        value = {"as": ruling.way, "values": dict(said[key].values)}
        require_changeable(tx.session, row, value)
        row.value = value
        row.document_no = ruling.document.strip()
        row.state_code = FigureState.DEMO if demo else FigureState.CONFIRMED
        row.confirmed_by, row.confirmed_at = tx.user_id, tx.now
        tx.audit(f"scheme_version {version.id}", clause=key, way=ruling.way)

    @look()
    def list_clauses(self, version_id: int | None = None) -> tuple[ClauseLine, ...]:
        """Return the clauses that need, or have been given, the head's confirmation."""
        with self.desk.database.reading() as uow:
            version = _version(uow.session, self.desk, version_id)
            rows = uow.session.scalars(
                select(SchemeFigure).where(SchemeFigure.scheme_version_id == version.id)
            )
            states = {row.path: row.state_code for row in rows}
            said = rulings_of(uow.session, version.id)
            scheme, found = scheme_of(version), open_spots(values_of(version.text))
        return tuple(_line(scheme, spot, said.get(spot.key), states) for spot in found)


def _version(session: Session, desk: Desk, version_id: int | None) -> SchemeVersion:
    if version_id is None:
        return drive_version(session, desk)
    version = version_of(session, version_id)
    if version.activated_at is None:
        raise UserError(
            "version-draft", "草稿里的条款不在这里确认。", "请在草稿里直接写好标准和依据。"
        )
    return version


def _spot(version: SchemeVersion, key: str) -> Spot:
    for spot in open_spots(values_of(version.text)):
        if spot.key == key:
            return spot
    raise UserError("clause-unknown", f"方案里没有待核对的“{key}”。", "请刷新后再试。", key)


def _refuse_unreadable(version: SchemeVersion, said: Mapping[str, Ruling], key: str) -> None:
    try:
        laid_over(version, said)
    except SchemeError as error:
        raise UserError(
            error.code, f"{error.faults[0].message}。", "请按文件核对后再填。", key
        ) from error


def _values(spot: Spot, ruling: Ruling) -> Mapping[str, Any]:
    """The values under the clause's own keys; `amounts.severe` fills one line of a table."""
    if ruling.way != GIVEN:
        return {}
    if any("." in name for name in ruling.values):
        return typed_values(spot.table, ruling.values)
    return ruling.values


def _line(
    scheme: Scheme, spot: Spot, ruling: Ruling | None, states: Mapping[str, str]
) -> ClauseLine:
    read = reading(spot)
    state = FigureState(states[spot.key]) if ruling else FigureState.TO_CONFIRM
    return ClauseLine(
        key=spot.key,
        label=clause_label(spot, scheme.plan(spot.key.split(".")[1]).short_name),
        reading=read,
        state=state.value,
        state_label=label(state),
        said=_said(spot, ruling, read) if ruling else "",
        document_no=ruling.document if ruling else str(spot.table.get("source", "")),
        may_read=bool(read),
        may_be_absent=may_be_absent(spot),
        by_draft=spot.kind == "benefits" and not spot.table.get("parts"),
        fields=fields_of(spot),
    )


def _said(spot: Spot, ruling: Ruling, read: str) -> str:
    if ruling.way == NONE:
        return "没有这项规定"
    if ruling.way == READ:
        return read
    return reading(Spot(spot.key, spot.kind, {**spot.table, **ruling.values}, spot.above))
