"""Where a proof's columns stand: a roster's headings, and those of the insurance office."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop_app.domain.rosters.headings import SEARCHED_LINES, Chosen, columns_of
from desktop_app.domain.tables import Cell, Line
from desktop_app.domain.texts import heading

_SOCIAL = (
    "社保编号", "社保号", "社保个人编号", "个人社保编号", "社会保险编号", "社会保险个人编号",
    "个人社会保险编号", "个人编号", "个人账号", "电脑号", "社保电脑号", "人员编号", "参保编号",
    "个人社保号", "社会保险号", "社会保险号码", "社会保险登记号", "人员序号",
)  # fmt: skip
_MONTH = (
    "月份", "所属月份", "费款所属期", "所属期", "对应费款所属期", "费款所属期开始", "缴费年月",
    "缴费月份", "缴费所属期", "参保月份", "起始年月", "开始年月",
)  # fmt: skip
_INSURANCE = ("险种", "险种类型", "险种名称", "缴费险种", "参保险种", "险种类别")
_STATE = ("参保状态", "缴费状态", "人员状态", "参保缴费状态", "人员参保状态", "当前状态", "状态")
WORDS: Chosen = {
    **{heading(word): "social" for word in _SOCIAL},
    **{heading(word): "month" for word in _MONTH},
    **{heading(word): "insurance" for word in _INSURANCE},
    **{heading(word): "state" for word in _STATE},
}
_BEGIN = ("number", "name")  # what a further block beside the first one begins with
_TELLING = {"identity", "social", "month", "insurance", "state", "number", "sex", "unit"}


class Block(NamedTuple):
    """The columns of one person; a page may have two or three side by side."""

    start: int
    end: int  # exclusive
    columns: dict[str, int]


def find_blocks(lines: Sequence[Line]) -> tuple[int, tuple[Block, ...]] | None:
    """The index below the first heading, with its blocks; None where there is no heading."""
    for at, line in enumerate(lines[:SEARCHED_LINES]):
        found = blocks_of(line.cells)
        if found:
            return at + 1, found
    return None


def blocks_of(cells: Sequence[Cell]) -> tuple[Block, ...]:
    """The blocks of a line that is a heading: each has 姓名, and one more word tells of a list."""
    fields = fields_of(cells)
    if "name" not in fields.values() or not _TELLING & set(fields.values()):
        return ()
    starts: list[int] = []
    blocks: list[dict[str, int]] = []
    for column, field in fields.items():
        if not blocks or (field in _BEGIN and field in blocks[-1]):
            starts.append(column)
            blocks.append({})
        blocks[-1].setdefault(field, column)
    ends = [*starts[1:], len(cells)]
    made = (Block(*one) for one in zip(starts, ends, blocks, strict=True))
    return tuple(block for block in made if "name" in block.columns)


def fields_of(cells: Sequence[Cell]) -> dict[int, str]:
    """Column to field, as far as the cells are words of a heading."""
    found: dict[int, str] = {}
    for column, cell in enumerate(cells):
        known = columns_of((cell,), WORDS) if isinstance(cell, str) else {}
        if known:
            [found[column]] = known
    return found


def is_field(text: str) -> bool:
    return bool(columns_of((text,), WORDS))
