"""Where a statement's heading stands and which column is which field; what is unclear is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.domain.rosters.columns import LOOKED_AT, SAMPLES, Placed
from desktop_app.domain.rosters.headings import NOTHING_CHOSEN, SEARCHED_LINES, Chosen
from desktop_app.domain.rosters.roster_cells import is_blank, text_of
from desktop_app.domain.statements.statement_cells import read_moment, read_time
from desktop_app.domain.statements.statement_words import MEMO, MONEY, fields_of
from desktop_app.domain.tables import Cell, Line, Sheet, column_letter
from desktop_app.domain.texts import clean, heading

UNTITLED = "@"  # before the letter of a column that has no heading, or one that stands twice


@dataclass(frozen=True, slots=True)
class Question:
    """A field that several columns may be, or a column that may be several fields."""

    field: str
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Field to columns, from left to right; only 摘要 and the like may have several."""

    of: Mapping[str, tuple[int, ...]]
    questions: tuple[Question, ...] = ()

    def first(self, field: str) -> int | None:
        found = self.of.get(field)
        return found[0] if found else None

    def is_heading(self) -> bool:
        asked = {question.field for question in self.questions}
        known = self.of.keys() | asked
        return "day" in known and bool(MONEY & known)


@dataclass(frozen=True, slots=True)
class StatementHeading:
    """A found heading: its lines end before `below`."""

    start: int  # index into the sheet's lines of its first line; the titles stand above
    below: int
    titles: tuple[str, ...]
    columns: Columns


def find_heading(lines: Sequence[Line], chosen: Chosen = NOTHING_CHOSEN) -> StatementHeading | None:
    """The first heading within the first lines; it may be two lines merged in part."""
    titled = {key: field for key, field in chosen.items() if not key.startswith(UNTITLED)}
    for at, line in enumerate(lines[:SEARCHED_LINES]):
        below = _texts(lines[at + 1].cells) if at + 1 < len(lines) else ()
        if columns_of(below, titled).is_heading():
            below = ()  # a heading by itself, below such as 账号
        for titles, height in _readings(_texts(line.cells), below):
            if columns_of(titles, titled).is_heading():
                clocks = _clocks(lines[at + height : at + height + LOOKED_AT], titles)
                columns = columns_of(titles, chosen, clocks)
                return StatementHeading(at, at + height, titles, columns)
    return _untitled(lines, chosen)


def _clocks(lines: Sequence[Line], titles: Sequence[str]) -> frozenset[int]:
    """The columns such as 时间 that have no day in them."""
    maybe = [at for at, title in enumerate(titles) if fields_of(title).keys() >= {"day", "time"}]
    below = {at: [one.cells[at] for one in lines if at < len(one.cells)] for at in maybe}
    return frozenset(
        at
        for at, cells in below.items()
        if any(read_time(cell) for cell in cells) and not any(map(read_moment, cells))
    )


def _readings(
    upper: tuple[str, ...], lower: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], int]]:
    """The line as one of two, where the next one names columns, too; then by itself."""
    known = [column for column, title in enumerate(upper) if fields_of(title)]
    free = [column for column, title in enumerate(lower) if title and column not in known]
    under = [lower[column] for column in known if column < len(lower) and lower[column]]
    if known and any(fields_of(lower[column]) for column in free) and all(map(fields_of, under)):
        width = max(len(upper), len(lower))
        upper += ("",) * (width - len(upper))
        lower += ("",) * (width - len(lower))
        yield tuple(b if fields_of(b) or not a else a for a, b in zip(upper, lower, strict=True)), 2
    yield upper, 1


def _texts(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(clean(cell) if isinstance(cell, str) else "" for cell in cells)


def _untitled(lines: Sequence[Line], chosen: Chosen) -> StatementHeading | None:
    """Columns without a heading, by the letters that a person gave."""
    if not any(field and key.startswith(UNTITLED) for key, field in chosen.items()):
        return None
    below = first_line(lines)
    titles = _texts(lines[below - 1].cells) if below else ()
    width = max((len(line.cells) for line in lines[below : below + LOOKED_AT]), default=0)
    titles += ("",) * (width - len(titles))
    columns = columns_of(titles, chosen)
    return StatementHeading(below, below, titles, columns) if columns.is_heading() else None


def keys_of(titles: Sequence[str]) -> tuple[str, ...]:
    """What a person's choice is kept under: the heading, else `@` and the column's letter."""
    plain = [heading(title) for title in titles]
    often = Counter(plain)
    return tuple(
        f"{UNTITLED}{column_letter(column)}" if not title or often[title] > 1 else title
        for column, title in enumerate(plain)
    )


def columns_of(
    titles: Sequence[str],
    chosen: Chosen = NOTHING_CHOSEN,
    clocks: Collection[int] = (),
) -> Columns:
    """Which column is which field; what a person chose comes before what the words say."""
    said = _said(titles, chosen)
    taken = {field for field in said.values() if field and field != MEMO}
    if taken & MONEY:  # who says which columns the money is in says it of all
        taken |= MONEY
    wanted: dict[str, list[tuple[int, int]]] = {}  # field -> rank and column
    unclear: list[Question] = []
    for column, title in enumerate(titles):
        if column in said:
            fields: Mapping[str, int] = {said[column]: -1} if said[column] else {}
        else:
            words = fields_of(title).items()
            besides = taken | ({"day"} if column in clocks else set())
            fields = {one: rank for one, rank in words if one not in besides}
        if fields.keys() >= {"in", "out"}:
            unclear.append(Question("in", (column_letter(column),)))
            continue
        for field, rank in fields.items():
            wanted.setdefault(field, []).append((rank, column))
    return _settled(wanted, unclear)


def _said(titles: Sequence[str], chosen: Chosen) -> dict[int, str]:
    """What a person said of each column, by its heading or its letter."""
    said = {}
    for column, key in enumerate(keys_of(titles) if chosen else ()):
        letter = f"{UNTITLED}{column_letter(column)}"
        if key in chosen or letter in chosen:
            said[column] = chosen[key] if key in chosen else chosen[letter]
    return said


def _settled(wanted: dict[str, list[tuple[int, int]]], unclear: list[Question]) -> Columns:
    of: dict[str, tuple[int, ...]] = {}
    for field, found in wanted.items():
        best = min(rank for rank, _column in found)
        columns = tuple(column for rank, column in found if rank == best or field == MEMO)
        of[field] = columns
    if of.get("time") == of.get("day"):  # a column 交易时间 that has the day in it
        of.pop("time", None)
    if "in" in of or "out" in of:
        of.pop("amount", None)
        of.pop("side", None)
    doubled = [one for one, columns in of.items() if len(columns) > 1 and one != MEMO]
    questions = [Question(one, tuple(map(column_letter, of.pop(one)))) for one in doubled]
    return Columns(of, tuple(unclear + questions))


def first_line(lines: Sequence[Line]) -> int:
    """The index of the first line that has a day in one of its cells; 0 where none has."""
    for at, line in enumerate(lines[: SEARCHED_LINES + 1]):
        if any(read_moment(cell) is not None for cell in line.cells):
            return at
    return 0


def placed_columns(sheet: Sheet, chosen: Chosen = NOTHING_CHOSEN) -> tuple[Placed, ...]:
    """Every column that has a heading or something below it, with what it is taken for.

    Where no heading is found the line above the first day is taken for one, so that a person has
    something to choose from.
    """
    found = find_heading(sheet.lines, chosen)
    below = found.below if found else first_line(sheet.lines)
    titles = found.titles if found else _texts(sheet.lines[below - 1].cells if below else ())
    rows = [line.cells for line in sheet.lines[below : below + LOOKED_AT]]
    titles += ("",) * (max((len(cells) for cells in rows), default=0) - len(titles))
    taken = {at: field for field, ats in found.columns.of.items() for at in ats} if found else {}
    return tuple(_placed(sheet.name, titles, taken, rows))


def _placed(
    sheet: str | None,
    titles: Sequence[str],
    taken: Mapping[int, str],
    rows: Sequence[Sequence[Cell]],
) -> Iterator[Placed]:
    for column, (title, key) in enumerate(zip(titles, keys_of(titles), strict=True)):
        below = [cells[column] for cells in rows if column < len(cells)]
        samples = [clean(text_of(cell)) for cell in below if not is_blank(cell)][:SAMPLES]
        if title or samples:
            letter = column_letter(column)
            yield Placed(sheet, letter, key, title, taken.get(column), tuple(samples))
