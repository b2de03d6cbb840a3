"""What of a roster nobody sees who opens it: hidden rows and sheets, read or left as asked.

Where nobody says otherwise the rows are read and the sheets are not.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.rosters.columns import place_heading
from desktop_app.domain.rosters.headings import Chosen
from desktop_app.domain.rosters.roster_cells import is_blank
from desktop_app.domain.tables import Sheet
from desktop_app.errors import FileError

_MOST_NAMED = 20  # rows or runs of rows


class ListsHiddenError(FileError):
    """A file has no heading where anybody sees it, and lists on hidden sheets."""


def rows_message(rows: Sequence[int]) -> str:
    """Said of the hidden rows that were read as people's, in their order."""
    return f"第{_spans(rows)}行是隐藏的,其中{len(rows)}人已照常读入,请核对是否要参加"


def left_message(rows: Sequence[int]) -> str:
    """Said of the hidden rows that were left out, in their order."""
    return f"第{_spans(rows)}行是隐藏的,其中{len(rows)}行按选择没有读入,请核对这些人是否不参加"


def unread_row(sheet: Sheet, chosen: Chosen) -> int | None:
    """The row of the heading of a hidden sheet that has people below it; None where it has none."""
    heading = place_heading(sheet.lines, chosen)
    below = sheet.lines[heading.below :] if heading else ()
    if heading is None or all(all(map(is_blank, line.cells)) for line in below):
        return None
    return sheet.lines[max(heading.below - 1, 0)].row


def sheet_message(name: str) -> str:
    return f"工作表“{name}”是隐藏的,里面的名单没有读入;要读入时请取消隐藏后再试"


def read_message(name: str) -> str:
    return f"工作表“{name}”是隐藏的,里面的名单已按选择读入,请核对是否要参加"


def only_message(name: str) -> str:
    """Said of a file whose only lists are hidden."""
    return f"名单都在隐藏的工作表“{name}”里,没有读入,请取消隐藏后再试"


def _spans(rows: Sequence[int]) -> str:
    """Rows as 3、5至8, the last of very many left out."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    texts = [str(first) if first == last else f"{first}至{last}" for first, last in runs]
    return "、".join(texts[:_MOST_NAMED]) + ("等" if len(texts) > _MOST_NAMED else "")
