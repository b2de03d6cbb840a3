"""Rows of a roster that carry no person: blank ones, totals, signatures, repeated headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.domain.dates import parse_date
from desktop_app.domain.rosters.headings import field_of, is_heading
from desktop_app.domain.rosters.roster_cells import is_blank, text_of
from desktop_app.domain.tables import Cell
from desktop_app.domain.texts import clean

TOTALS = ("合计", "小计", "总计", "共计", "累计", "本页合计", "本页小计", "总人数", "人数合计")
_SIGNATURES = (
    "单位负责人",
    "负责人",
    "经办人",
    "填表人",
    "填报人",
    "制表",
    "审核人",
    "审核:",
    "复核人",
    "工会主席",
    "工会负责人",
    "单位盖章",
    "单位(盖章)",
    "单位(签章)",
    "(盖章)",
    "盖章",
    "签章",
    "公章",
    "单位公章",
    "工会盖章",
    "工会(盖章)",
    "单位工会",
    "单位名称",
    "申请单位",
    "填报单位",
    "填表单位",
    "填表日期",
    "填表时间",
    "填报日期",
    "填报时间",
    "联系人",
    "联系电话:",
    "日期:",
    "说明",
    "注:",
    "注意",
    "备注:",
    "填表说明",
)
_INDIFFERENT = ("number", "unit")
_MEANT = 6  # digits from which an identity cell was meant as a number, however wrong
_SHORTEST = 15  # digits that a date or a phone beside a signature never has


def skip_code(cells: Sequence[Cell], columns: Mapping[str, int]) -> str | None:
    """Why a row is skipped; None where it must be judged as a person's.

    Args:
        cells: the row.
        columns: field to column index, as the heading says.
    """
    filled = [index for index, cell in enumerate(cells) if not is_blank(cell)]
    if not filled:
        return "blank-row"
    if is_heading(cells) or _is_part_of_heading(cells, columns):
        return "title-row"
    nameless = columns["name"] not in filled
    words = [clean(cell) for cell in cells if isinstance(cell, str) and not is_blank(cell)]
    words = [word.replace(" ", "") for word in words]
    digits = _digits(cells[columns["identity"]]) if columns["identity"] in filled else 0
    if len(filled) == 1 and _is_written_day(cells[filled[0]]):
        return "title-row"  # such as the day under the signatures
    if digits >= _MEANT and not (
        nameless and words and digits < _SHORTEST and words[0].startswith(_SIGNATURES)
    ):
        return None
    code = _code_of_words(words, nameless)
    if code is not None or columns["identity"] in filled:
        return code
    return _code_of_places(cells, columns, filled)


def _is_part_of_heading(cells: Sequence[Cell], columns: Mapping[str, int]) -> bool:
    """Whether number or name hold a heading's word, as in a repeated heading of two lines."""
    places = [columns[field] for field in ("number", "name") if field in columns]
    return any(field_of(cells[place]) is not None for place in places)


def _is_written_day(cell: Cell) -> bool:
    text = clean(text_of(cell))
    return not text.isdigit() and parse_date(text) is not None


def _digits(cell: Cell) -> int:
    return sum(char.isdigit() for char in text_of(cell))


def _code_of_words(words: list[str], nameless: bool) -> str | None:
    """Judge by telling words; behind a name only the row's first word tells."""
    for place, word in enumerate(words):
        if place < 3 and (word.startswith(TOTALS) or (word[0] == "共" and word[-1] == "人")):
            return "total-row"
        if (nameless or not place) and word.startswith(_SIGNATURES):
            return "title-row"
    return None


def _code_of_places(
    cells: Sequence[Cell], columns: Mapping[str, int], filled: list[int]
) -> str | None:
    """Judge a row without identity and telling words by which of its cells are filled."""
    number = columns.get("number")
    if filled == [number] and not _looks_like_word(cells[filled[0]]):
        return "blank-row"  # numbered in advance
    indifferent = {columns[field] for field in _INDIFFERENT if field in columns}
    if set(filled) <= indifferent and not _looks_like_word(cells[filled[0]]):
        return "blank-row"
    if len(filled) == 1 and filled[0] != columns["name"] and _looks_like_word(cells[filled[0]]):
        return "title-row"  # such as the name of a workshop above its people
    return None


def _looks_like_word(cell: Cell) -> bool:
    return isinstance(cell, str) and not clean(cell).replace(".", "").isdigit()
