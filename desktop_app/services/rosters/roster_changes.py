"""What a clerk changed in a file's cells: checked, kept with its batch, told in the history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple
from functools import cache
from pathlib import Path
from typing import Any

from db.uow import Database
from desktop_app.domain.rosters.headings import FIELD_NAMES
from desktop_app.domain.rosters.last_roster import LastRoster
from desktop_app.domain.rosters.repairs import (
    BY_DEFAULT,
    KIND_NAMES,
    ONE_BY_ONE,
    Changes,
    Repair,
)
from desktop_app.domain.rosters.rosters import RosterReport
from desktop_app.errors import UserError
from desktop_app.intake.file_digests import file_digest
from desktop_app.services.cases.last_lists import before

Kept = dict[str, Any]
_ROWS_LEFT, _SHEETS_READ = "rows-left", "sheets-read"
_UNSEEN = {_ROWS_LEFT: "隐藏的行不读", _SHEETS_READ: "读入隐藏的表"}
SHOWN = 200  # repairs of a kind that are listed one by one; all are counted and taken


def checked_changes(changes: Changes) -> Changes:
    """What was said of the file, refused where it names no kind, or all of a doubtful one.

    Raises:
        UserError: `repair-kind`, `repair-one-by-one`.
    """
    unknown = next((one for one in changes.kinds if one not in KIND_NAMES), None)
    if unknown is not None:
        known = "、".join(KIND_NAMES)
        raise UserError("repair-kind", f"没有“{unknown}”这种整理。", f"可以写:{known}。", unknown)
    doubtful = next(
        (one for one, taken in changes.kinds.items() if taken and one in ONE_BY_ONE), None
    )
    if doubtful is not None:
        raise UserError(
            "repair-one-by-one",
            f"“{KIND_NAMES[doubtful]}”要一个一个核对,不能一次全部接受。",
            "请逐个看过后再接受。",
            doubtful,
        )
    return changes


def require_same_file(changes: Changes, path: Path) -> None:
    """Refuse what was said of a file that was saved anew since: its rows may be other people's.

    Raises:
        UserError: `file-changed`.
        FileError: the file cannot be read.
    """
    if changes.of and changes.of != file_digest(path):
        raise UserError(
            "file-changed",
            f"《{path.name}》在预览之后又改动过,现在的行可能不是原来的人。",
            "请重新读入,看过现在的预览再改。",
            path.name,
        )


def require_edits_made(changes: Changes, report: RosterReport) -> None:
    """Refuse an edit of a cell that no row of people has.

    Raises:
        UserError: `edit-cell`.
    """
    made = {one.key for one in report.edits}
    for sheet, row, field in changes.edits:
        if (sheet, row, field) not in made:
            place = " ".join(filter(None, (sheet, f"第{row}行", FIELD_NAMES.get(field, field))))
            raise UserError(
                "edit-cell",
                f"名单里没有“{place}”这一格可以改。",
                "请看清表名、行号和列后再改。",
                place,
            )


def last_roster(database: Database, unit_id: int, year: int) -> Callable[[], LastRoster]:
    """Give last period's people of the unit, read when somebody first asks."""

    @cache
    def ask() -> LastRoster:
        with database.reading() as uow:
            found = before(uow.session, unit_id, year)
            members = found.members if found is not None else ()
            return LastRoster((one.name, one.identity_no or "") for one in members)

    return ask


def kept_changes(changes: Changes, report: RosterReport) -> Kept | None:
    """What the batch keeps; nothing for a file that was read as it is and has nothing to repair."""
    unseen = _unseen(changes)
    if not report.repairs and not report.edits and not unseen:
        return None
    counts = Counter((one.kind, one.taken) for one in report.repairs)
    return {
        "kinds": dict(changes.kinds),
        "counts": [[kind, taken, count] for (kind, taken), count in counts.items()],
        "repairs": [astuple(one) for one in _listed(report.repairs, changes)],
        "edits": [astuple(one) for one in report.edits],
        "hidden": unseen,
    }


def without_proposals(kept: Kept | None) -> Kept | None:
    """What stays once a batch is stored: what stood where, and what was put there."""
    if not kept:
        return None
    put = [one for one in repairs_of(kept) if one.taken and one.kind not in BY_DEFAULT]
    return kept | {"repairs": [astuple(one) for one in put]}


def is_changed(kept: Kept | None) -> bool:
    """Whether the file was read other than it is: cells typed over or mended, hidden rows left."""
    put = (one for one in repairs_of(kept) if one.taken and one.kind not in BY_DEFAULT)
    return bool(edits_of(kept) or hidden_of(kept)) or any(True for _ in put)


def repairs_of(kept: Kept | None) -> tuple[Repair, ...]:
    return tuple(Repair(*one) for one in kept["repairs"]) if kept else ()


def edits_of(kept: Kept | None) -> tuple[Repair, ...]:
    return tuple(Repair(*one) for one in kept["edits"]) if kept else ()


def hidden_of(kept: Kept | None) -> tuple[str, ...]:
    """What of the hidden rows and sheets was read other than usual: keys of `_UNSEEN`."""
    return tuple(kept.get("hidden", ())) if kept else ()


def counts_of(kept: Kept | None) -> dict[str, tuple[int, int]]:
    """By kind how many repairs there are and how many are taken."""
    told: dict[str, tuple[int, int]] = {}
    for kind, taken, count in kept["counts"] if kept else ():
        found, accepted = told.get(kind, (0, 0))
        told[kind] = (found + count, accepted + (count if taken else 0))
    return {kind: told[kind] for kind in KIND_NAMES if kind in told}


def changes_text(kept: Kept | None) -> str:
    """The changes as the case's history tells them, such as 改动3格,接受整理:空格5处."""
    parts = [f"改动{len(edits)}格"] if (edits := edits_of(kept)) else []
    parts += [_UNSEEN[one] for one in hidden_of(kept)]
    taken = [(KIND_NAMES[kind], count) for kind, (_all, count) in counts_of(kept).items() if count]
    if taken:
        parts.append(f"接受整理:{'、'.join(f'{name}{count}处' for name, count in taken)}")
    left = [
        (KIND_NAMES[kind], found - count)
        for kind, (found, count) in counts_of(kept).items()
        if found > count
    ]
    if left:
        parts.append(f"未接受:{'、'.join(f'{name}{count}处' for name, count in left)}")
    return ";".join(parts)


def _unseen(changes: Changes) -> list[str]:
    told = {_ROWS_LEFT: not changes.hidden_rows, _SHEETS_READ: changes.hidden_sheets}
    return [one for one, is_so in told.items() if is_so]


def _listed(repairs: Iterable[Repair], changes: Changes) -> Iterator[Repair]:
    """Of each kind the first; all of those that somebody decided or must decide one by one."""
    seen: Counter[str] = Counter()
    for one in repairs:
        seen[one.kind] += 1
        decided = one.key in changes.answers or (one.taken and one.kind not in BY_DEFAULT)
        if seen[one.kind] <= SHOWN or decided or one.kind in ONE_BY_ONE:
            yield one
