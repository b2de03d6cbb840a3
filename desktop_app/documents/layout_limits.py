"""How large a layout's numbers may be, and what its blocks need besides being of the right types.

Whatever an office types must end in a page or in a sentence: a table of rows without height, or a
number that is none, would do neither.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from desktop_app.documents.codes import MIN_SIZE_MM
from desktop_app.documents.template_parts import Block, Grid, Panel, Table

# Millimetres, points or counts; far wider than paper needs.
_LIMITS: Mapping[str, tuple[float, float]] = {
    "x": (-300, 300),
    "y": (-300, 300),
    "size": (1, 1000),
    "grey": (0, 1),
    "leading": (0.5, 10),
    "row_height": (1, 1000),
    "page_rows": (1, 200),
    "fill": (0, 200),
    "span": (1, 50),
    "columns": (1, 300),
    "margins": (15, 290),
}
_LIMIT = (0.0, 1000.0)


def wrong_number(name: str, value: float) -> str:
    """What is wrong with this number of a layout; empty where nothing is."""
    least, most = _LIMITS.get(name, _LIMIT)
    if math.isfinite(value) and least <= value <= most:
        return ""
    return f"{name} 的值 {value:g} 不对,应在 {least:g} 到 {most:g} 之间"


def wrong_shape(block: Block) -> tuple[str, str]:
    """The key that is wrong in this block, and what is; empty where nothing is."""
    if isinstance(block, Panel):
        return _wrong_panel(block)
    if isinstance(block, Grid):
        return _wrong_grid(block)
    return _wrong_table(block) if isinstance(block, Table) else ("", "")


def _wrong_panel(panel: Panel) -> tuple[str, str]:
    for number, item in enumerate(panel.items):
        if item.kind == "code" and item.width < MIN_SIZE_MM:
            return f"items[{number}]", f"二维码的宽不能小于 {MIN_SIZE_MM:g} 毫米"
    return "", ""


def _wrong_grid(grid: Grid) -> tuple[str, str]:
    if not grid.rows or not all(grid.rows):
        return "rows", "rows 里至少要有一行,每行至少一格"
    widest, there = max(map(len, grid.rows)), len(grid.columns)
    if widest > there:
        return "rows", f"有一行是 {widest} 格,columns 里只有 {there} 格的宽"
    return "", ""


def _wrong_table(table: Table) -> tuple[str, str]:
    there, spans = len(table.columns), sum(cell.span for cell in table.total)
    if there < (2 if table.fill else 1):  # 以下空白 stands in the second one
        return "columns", "columns 里的列太少"
    if spans > there:
        return "total", f"合计行共占 {spans} 列,表只有 {there} 列"
    return "", ""
