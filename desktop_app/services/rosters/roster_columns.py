"""Which column of a unit's file is which field: kept with each file, remembered for the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.codes import BatchState
from db.models.imports import ImportBatch
from desktop_app.domain.rosters.columns import Placed, drift, placed_columns
from desktop_app.domain.rosters.headings import FIELD_NAMES, NOTHING_CHOSEN, Chosen
from desktop_app.domain.rosters.letters import is_explanations
from desktop_app.domain.tables import Workbook
from desktop_app.errors import UserError

Kept = dict[str, Any]
_LAST = (
    select(ImportBatch)
    .where(
        ImportBatch.unit_id == bindparam("unit"),
        ImportBatch.subject == "roster",
        ImportBatch.state_code == BatchState.STORED,
        ImportBatch.columns.is_not(None),
    )
    .order_by(ImportBatch.id.desc())
    .limit(1)
)


def columns_in(workbook: Workbook, chosen: Chosen, *, hidden: bool = False) -> tuple[Placed, ...]:
    """The columns of the sheets that have people, of the first one where none has.

    Args:
        workbook: with the first lines of its sheets.
        chosen: what was said of its columns.
        hidden: whether hidden sheets are read, too.
    """
    people = [one for one in workbook.sheets if hidden or not one.hidden]
    people = [one for one in people if not is_explanations(one)]
    shown = [placed_columns(one, chosen) for one in people]
    filled = [columns for columns in shown if columns]
    read = [columns for columns in filled if any(one.field for one in columns)]
    return tuple(one for columns in (read or filled[:1]) for one in columns)


def kept_columns(chosen: Chosen, placed: Iterable[Placed]) -> Kept:
    """What a batch keeps; the samples go once it is stored."""
    return {
        "chosen": dict(chosen),
        "placed": [
            [one.sheet, one.letter, one.key, one.title, one.field, list(one.samples)]
            for one in placed
        ],
    }


def without_samples(kept: Kept | None) -> Kept | None:
    """The same, nobody's data left in it."""
    return kept and kept_columns(kept["chosen"], (_bare(one) for one in placed_of(kept)))


def placed_of(kept: Kept | None) -> tuple[Placed, ...]:
    """The columns as a batch keeps them; batches of former versions keep none."""
    rows = kept["placed"] if kept else ()
    return tuple(
        Placed(sheet, letter, key, title, field, tuple(samples))
        for sheet, letter, key, title, field, samples in rows
    )


def remembered(session: Session, unit_id: int) -> Chosen:
    """What was chosen for the unit's last stored file."""
    last = _last(session, unit_id)
    kept = last.columns if last is not None else None
    return kept["chosen"] if kept else NOTHING_CHOSEN


def drift_of(session: Session, batch: ImportBatch) -> str:
    """How a file's columns differ from those of the unit's last stored one."""
    last = _last(session, batch.unit_id or 0)
    before = placed_of(last.columns) if last is not None else ()
    used = [(one.field, one.key) for one in before if one.field]
    return drift(used, placed_of(batch.columns))


def checked_choice(columns: Mapping[str, str]) -> Chosen:
    """What was chosen, refused where a field is unknown or stands twice.

    Raises:
        UserError: `column-field`, `column-twice`.
    """
    fields = [field for field in columns.values() if field]
    unknown = next((one for one in fields if one not in FIELD_NAMES), None)
    if unknown is not None:
        known = "、".join(FIELD_NAMES)
        raise UserError("column-field", f"没有“{unknown}”这种列。", f"可以写:{known}。", unknown)
    twice = next((one for one in fields if fields.count(one) > 1), None)
    if twice is not None:
        raise UserError(
            "column-twice",
            f"有两列都选了“{FIELD_NAMES[twice]}”。",
            "请只留一列,另一列选“不用”。",
            twice,
        )
    return columns


def _last(session: Session, unit_id: int) -> ImportBatch | None:
    return session.scalars(_LAST, {"unit": unit_id}).first()


def _bare(one: Placed) -> Placed:
    return Placed(one.sheet, one.letter, one.key, one.title, one.field, ())
