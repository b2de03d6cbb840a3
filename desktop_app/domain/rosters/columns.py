"""Which column of a roster is which field: by heading, by what stands below, by a person's word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.domain.contacts import phone_is_valid
from desktop_app.domain.rosters.headings import (
    FIELD_NAMES,
    NEEDED,
    NOTHING_CHOSEN,
    SEARCHED_LINES,
    Chosen,
    Heading,
    columns_of,
    find_heading,
)
from desktop_app.domain.rosters.roster_cells import is_blank, is_rounded, read_sex, text_of
from desktop_app.domain.tables import Cell, Line, Sheet, column_letter
from desktop_app.domain.texts import clean, clean_number, heading

LOOKED_AT = 30  # rows below a heading
SAMPLES = 3
MOST_OFFERED = 100  # columns to choose from, and more only where they are used
_MOST = 0.6  # of the filled cells
_LONGEST_NAME = 25
_UNTITLED = "@"  # before the letter of a column that has no heading


@dataclass(frozen=True, slots=True)
class Placed:
    """A column with what it is taken for.

    Args:
        key: what a person's choice is kept under: the heading's text, else `@` and the letter.
        title: the heading as it stands, empty where there is none.
        field: a key of `FIELD_NAMES`; None where the column is not used.
        samples: the first cells below, as text.
    """

    sheet: str | None
    letter: str
    key: str
    title: str
    field: str | None
    samples: tuple[str, ...]


def place_heading(lines: Sequence[Line], chosen: Chosen = NOTHING_CHOSEN) -> Heading | None:
    """The heading with its columns; a name or number without a known heading goes by its looks."""
    found = find_heading(lines, chosen)
    if found is None:
        found = _half_known(lines, chosen) or _untitled(lines, chosen)
    return found


def placed_columns(sheet: Sheet, chosen: Chosen = NOTHING_CHOSEN) -> tuple[Placed, ...]:
    """Every column of a sheet that has a heading or something below it.

    Where no heading is found the line above the first identity number is taken for one, so that
    a person has something to choose from.
    """
    found = place_heading(sheet.lines, chosen)
    below = found.below if found else _first_person(sheet.lines)
    taken = {column: field for field, column in found.columns.items()} if found else {}
    rows = [line.cells for line in sheet.lines[below : below + LOOKED_AT]]
    width = max((len(cells) for cells in rows), default=0)
    return tuple(_columns(sheet, below, width, taken))


def _columns(sheet: Sheet, below: int, width: int, taken: Mapping[int, str]) -> Iterator[Placed]:
    above = sheet.lines[max(below - 2, 0) : below]
    for column in (one for one in range(width) if one < MOST_OFFERED or one in taken):
        title = next(filter(None, (_title(line.cells, column) for line in reversed(above))), "")
        cells = _below(sheet.lines, below, column)
        if title or cells:
            letter = column_letter(column)
            samples = tuple(clean(text_of(cell)) for cell in cells[:SAMPLES])
            key = heading(title) or f"{_UNTITLED}{letter}"
            yield Placed(sheet.name, letter, key, title, taken.get(column), samples)


def _title(cells: Sequence[Cell], column: int) -> str:
    cell = cells[column] if column < len(cells) else None
    return clean(cell) if isinstance(cell, str) else ""


def drift(before: Sequence[tuple[str, str]], now: Sequence[Placed]) -> str:
    """How the columns differ from those of the last file, in words; empty where they agree.

    Args:
        before: field and key of each used column then.
        now: the columns of this file.
    """
    then = dict(before)
    today = {one.field: one for one in now if one.field}
    parts = []
    for field, key in then.items():
        name = FIELD_NAMES.get(field, field)
        one = today.get(field)
        if one is None:
            parts.append(f"这次没有“{name}”")
        elif one.key != key:
            parts.append(f"“{name}”上次是{_named(key)},这次是{_named(one.key)}")
    parts += [f"这次多了“{FIELD_NAMES[field]}”" for field in today if field and field not in then]
    return f"列与上次不同:{';'.join(parts)}。" if parts and then else ""


def _named(key: str) -> str:
    return f"{key[1:]}列" if key.startswith(_UNTITLED) else f"“{key}”"


def _half_known(lines: Sequence[Line], chosen: Chosen) -> Heading | None:
    """A heading line with one of name and number, the other told by its cells."""
    for at, line in enumerate(lines[:SEARCHED_LINES]):
        columns = columns_of(line.cells, chosen)
        lacking = NEEDED - columns.keys()
        if len(lacking) != 1:
            continue
        [field] = lacking
        for column, title in enumerate(line.cells):
            titled = isinstance(title, str) and heading(title)
            if column in columns.values() or (titled and titled in chosen):
                continue
            if _looks(field, _below(lines, at + 1, column)):
                return Heading(at + 1, columns | {field: column}, field)
    return None


def _untitled(lines: Sequence[Line], chosen: Chosen) -> Heading | None:
    """Columns without a heading, by the letters that a person gave."""
    columns = {
        field: _index(key[1:]) for key, field in chosen.items() if field and key[0] == _UNTITLED
    }
    if not columns.keys() >= NEEDED:
        return None
    return Heading(_first_person(lines), columns)


def _first_person(lines: Sequence[Line]) -> int:
    """The index of the first line that has an identity number; 0 where none has."""
    for at, line in enumerate(lines[: SEARCHED_LINES + 1]):
        if any(_is_identity(cell) for cell in line.cells):
            return at
    return 0


def _index(letter: str) -> int:
    number = 0
    for char in letter:
        number = number * 26 + ord(char) - 64
    return number - 1


def _below(lines: Sequence[Line], start: int, column: int) -> list[Cell]:
    """The filled cells of a column in the first rows."""
    cells = (
        line.cells[column] for line in lines[start : start + LOOKED_AT] if column < len(line.cells)
    )
    return [cell for cell in cells if not is_blank(cell)]


def _looks(field: str, cells: Sequence[Cell]) -> bool:
    """Whether most cells are what the field holds, and seldom the same twice."""
    test = _LOOKS[field]
    fitting = [cell for cell in cells if test(cell)]
    enough = bool(cells) and len(fitting) >= _MOST * len(cells)
    return enough and len(set(fitting)) >= _MOST * len(fitting)


def _is_identity(cell: Cell) -> bool:
    if is_rounded(cell):
        return True
    text = clean_number(text_of(cell)).upper()
    return len(text) in (15, 18) and text[:-1].isdigit() and not phone_is_valid(text)


def _is_name(cell: Cell) -> bool:
    text = clean(cell) if isinstance(cell, str) else ""
    letters = text.replace("·", "").replace(" ", "")
    return (
        1 < len(letters) <= _LONGEST_NAME
        and letters.isalpha()
        and not letters.isascii()
        and read_sex(cell) is None
    )


_LOOKS: Mapping[str, Callable[[Cell], bool]] = {"identity": _is_identity, "name": _is_name}
