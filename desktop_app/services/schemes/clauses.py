"""Open clauses of the benefits, each confirmed by the head with the document it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from db.codes import FigureState
from db.models.schemes import SchemeFigure, SchemeVersion
from desktop_app.domain.labels import label
from desktop_app.domain.scheme_editor.clause_words import (
    clause_label,
    fault_words,
    fields_of,
    may_be_absent,
    reading,
    typed_values,
)
from desktop_app.domain.schemes.clauses import GIVEN, NONE, READ, WAYS, Ruling, Spot, open_spots
from desktop_app.domain.schemes.scheme_faults import SchemeError
from desktop_app.domain.schemes.scheme_model import Scheme
from desktop_app.domain.toml.toml_edit import values_of
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.schemes.clause_views import ClauseLine
from desktop_app.services.versions.drive_versions import version_to_confirm
from desktop_app.services.versions.scheme_texts import laid_over, rulings_of, scheme_of
from desktop_app.services.versions.scheme_versions import keep_ruling, require_changeable

BY_DRAFT = (
    "文件没有这项规定的,请选“没有这项规定”;有的请在“更多 → 高级:方案”新建草稿,照文件写好后启用。"
)


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
        _check_said(ruling)
        version = version_to_confirm(tx.session, self.desk, version_id)
        spot = _spot(version, key)
        said = rulings_of(tx.session, version.id) | {
            key: Ruling(ruling.way, ruling.document.strip(), _values(spot, ruling))
        }
        _refuse_unreadable(version, said, spot)
        query = select(SchemeFigure).where(
            SchemeFigure.scheme_version_id == version.id, SchemeFigure.path == key
        )
        row = tx.session.scalars(query).one_or_none()
        if row is None:
            row = tx.add(SchemeFigure(scheme_version_id=version.id, path=key))
        value = {"as": ruling.way, "values": dict(said[key].values)}
        require_changeable(tx.session, row, value)
        keep_ruling(tx, row, value, ruling.document)
        tx.audit(f"scheme_version {version.id}", clause=key, way=ruling.way)

    @look()
    def list_clauses(self, version_id: int | None = None) -> tuple[ClauseLine, ...]:
        """Return the clauses that need, or have been given, the head's confirmation."""
        with self.desk.database.reading() as uow:
            version = version_to_confirm(uow.session, self.desk, version_id)
            rows = uow.session.scalars(
                select(SchemeFigure).where(SchemeFigure.scheme_version_id == version.id)
            )
            states = {row.path: row.state_code for row in rows}
            said = rulings_of(uow.session, version.id)
            scheme, found = scheme_of(version), open_spots(values_of(version.text))
        return tuple(_line(scheme, spot, said.get(spot.key), states) for spot in found)


def _check_said(ruling: Ruling) -> None:
    if ruling.way not in WAYS:
        raise UserError(
            "way-unknown",
            f"没有“{ruling.way}”这种确认办法。",
            "请选:照此标准、没有这项规定,或填文件里的数。",
        )
    if not ruling.document.strip():
        raise UserError("document-missing", "没有写依据的文件。", "请填写文件名称和文号后再确认。")


def _spot(version: SchemeVersion, key: str) -> Spot:
    for spot in open_spots(values_of(version.text)):
        if spot.key == key:
            return spot
    raise UserError("clause-unknown", f"方案里没有待核对的“{key}”。", "请刷新后再试。", key)


def _refuse_unreadable(version: SchemeVersion, said: Mapping[str, Ruling], spot: Spot) -> None:
    """Refuse what the file's readers refuse, by the clause's name instead of its place there."""
    try:
        laid_over(version, said)
    except SchemeError as error:
        name = clause_label(spot, _plan_name(scheme_of(version), spot))
        what = fault_words(error.faults[0].key, error.faults[0].message)
        remedy = "请按文件核对后再填。" if fields_of(spot) else BY_DRAFT
        raise UserError(error.code, f"“{name}”不能这样确认:{what}。", remedy, spot.key) from error


def _plan_name(scheme: Scheme, spot: Spot) -> str:
    return scheme.plan(spot.key.split(".")[1]).short_name


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
        label=clause_label(spot, _plan_name(scheme, spot)),
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
