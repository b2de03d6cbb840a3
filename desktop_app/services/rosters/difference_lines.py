"""The people of a difference as lines to read, and the digest of all of it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from desktop_app.domain.rosters.differences import LABELS, Change, Kind, counts
from desktop_app.services.search_keys import masked
from desktop_app.services.views.differences import ChangeLine, KindCount, ListFigures

UNSURE = "疑似更正"
ROW_WAITS = "名单上这一行待补正"


def lines_of(found: Iterable[Change]) -> tuple[ChangeLine, ...]:
    return tuple(
        ChangeLine(
            change.kind,
            UNSURE if _unsure(change) else LABELS[change.kind],
            change.name,
            masked(change.number),
            "" if change.kind is Kind.RENEWED else _note(change),
            change.likely,
            change.waits,
        )
        for change in found
    )


def counted(found: Sequence[Change]) -> tuple[KindCount, ...]:
    likely = Counter(change.kind for change in found if _unsure(change))
    waiting = Counter(change.kind for change in found if change.waits)
    return tuple(
        KindCount(kind.value, LABELS[kind], people, likely[kind], waiting[kind])
        for kind, people in counts(found).items()
    )


def _unsure(change: Change) -> bool:
    """Whether a correction is only likely: it is never said as if it were known."""
    return change.likely and change.kind is Kind.CORRECTED


def digest_of(
    years: tuple[int, int | None], figures: Sequence[ListFigures], found: Iterable[Change]
) -> str:
    """SHA-256 of everything that a difference says, whole numbers and names included."""
    sums = [[one.title, one.people, one.due_fen, one.participation] for one in figures]
    document = [years, sums, [list(change) for change in found]]
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _note(change: Change) -> str:
    parts = [_NOTES[change.kind](change)]
    if change.kind is not Kind.RENAMED and change.was_name:
        parts.append(f"原名“{change.was_name}”")
    if change.waits:
        parts.append(ROW_WAITS)
    return ",".join(part for part in parts if part)


def _new(change: Change) -> str:
    parts = [f"{change.year}年度办理过,上年不在名单上"] if change.year else []
    if change.likely:
        parts.append(f"与“{change.unit}”名单上的一人同名同生日,可能是同一人,请核对")
    return ",".join(parts)


def _corrected(change: Change) -> str:
    number = masked(change.was_number)
    if change.likely:
        return f"可能是同一人,上年证件号{number},请核对"
    return f"上年证件号{number},台账已更正"


def _waiting(change: Change) -> str:
    if change.likely:
        return f"可能是上年名单上的{change.was_name or change.name},请核对"
    return "上年在名单上" if change.before else ""


_NOTES: dict[Kind, Callable[[Change], str]] = {
    Kind.NEW: _new,
    Kind.RENEWED: lambda _change: "",
    Kind.MOVED_IN: lambda change: (
        f"已在“{change.unit}”办理" if change.waits else f"上年在“{change.unit}”"
    ),
    Kind.RENAMED: lambda change: f"原名“{change.was_name}”",
    Kind.CORRECTED: _corrected,
    Kind.LEFT: lambda _change: "",
    Kind.MOVED_OUT: lambda change: f"本年在“{change.unit}”",
    Kind.WAITING: _waiting,
}
