"""Draws panels, paragraphs and grids at a height of the page; tables have their own module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.documents.codes import draw_code, page_code
from desktop_app.documents.glyphs import SANS, SERIF
from desktop_app.documents.ink import Ink, Style, box, dashed_circle, rule, shade
from desktop_app.documents.linebreak import Fitted, Measure, fit, wrap
from desktop_app.documents.pdf import MM
from desktop_app.documents.sheet import Sheet
from desktop_app.documents.template import Grid, Item, Panel, Text

LABEL_GREY = 0.95
PADDING = 1.4
# The middle of a Chinese character stands this part of its size above the baseline.
MIDDLE = 0.38


@dataclass(frozen=True, slots=True)
class Place:
    x: float
    y: float
    width: float
    height: float


def measure_of(ink: Ink, style: Style) -> Measure:
    """Width in millimetres at a size in points, for the line breaker."""

    def measure(text: str, size: float) -> float:
        return ink.measure(text, Style(style.font, size))

    return measure


def aligned(align: str, place: Place, width: float) -> float:
    if align == "center":
        return place.x + (place.width - width) / 2
    if align == "right":
        return place.x + place.width - width
    return place.x


def draw_lines(ink: Ink, fitted: Fitted, style: Style, place: Place, align: str) -> str:
    """Lines in the vertical middle of their place."""
    sized = Style(style.font, fitted.size, style.bold, style.grey)
    leading = fitted.leading / MM
    baseline = place.y + (place.height - leading * len(fitted.lines)) / 2
    baseline += leading / 2 + MIDDLE * fitted.size / MM
    operators = []
    for number, line in enumerate(fitted.lines):
        x = aligned(align, place, ink.measure(line, sized))
        operators.append(ink.text(x, baseline + number * leading, line, sized))
    return "\n".join(operators)


def draw_fitted(ink: Ink, text: str, style: Style, place: Place, align: str) -> str:
    fitted = fit(text, place.width, place.height * MM, style.size, measure_of(ink, style))
    return draw_lines(ink, fitted, style, place, align)


def _item(ink: Ink, sheet: Sheet, item: Item, left: float, top: float) -> str:
    x, y = left + item.x, top + item.y
    if item.kind == "rule":
        return rule(x, y, x + item.width, y + item.height)
    if item.kind == "box":
        return box(x, y, item.width, item.height)
    if item.kind == "code":
        ink.place("code", (x, y, item.width, item.width))
        return draw_code(page_code(sheet.code, ink.page), x, y, item.width)
    if item.kind == "picture":
        return ink.picture(item.text, x, y, item.width, item.height or item.width)
    style = Style(item.font, item.size, item.bold, item.grey)
    text = sheet.fill(item.text)
    if item.kind == "seal":
        radius, since = item.width / 2, ink.count
        hint = Place(x - radius, y - 3, item.width, 6)
        drawn = [dashed_circle(x, y, radius, 0.6), draw_fitted(ink, text, style, hint, "center")]
        ink.place_over(since, "seal", (x - radius, y - radius, item.width, item.width))
        return "\n".join(drawn)
    height = item.height or item.size * 1.4 / MM
    return draw_fitted(ink, text, style, Place(x, y, item.width, height), item.align)


def draw_panel(ink: Ink, sheet: Sheet, panel: Panel, left: float, top: float) -> str:
    return "\n".join(
        _item(ink, sheet, item, left, top) for item in panel.items if sheet.has(item.when)
    )


@dataclass(frozen=True, slots=True)
class Strip:
    """A block that is as high as it says and draws itself at a height of the page."""

    height: float
    draw: Callable[[float], str]


def text_strip(ink: Ink, sheet: Sheet, block: Text, left: float, width: float) -> Strip:
    style = Style(block.font, block.size, block.bold)
    indent = block.indent * block.size / MM
    lines = wrap(sheet.fill(block.text), width, block.size, measure_of(ink, style), indent)
    leading = block.size * block.leading / MM

    def draw(top: float) -> str:
        operators = []
        for number, line in enumerate(lines):
            place = Place(left, top, width, leading)
            shift = indent if number == 0 else 0.0
            x = aligned(block.align, place, ink.measure(line, style)) + shift
            middle = top + (number + 0.5) * leading
            operators.append(ink.text(x, middle + MIDDLE * block.size / MM, line, style))
        return "\n".join(operators)

    return Strip(leading * len(lines), draw)


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    x: float
    width: float
    label: bool


def _cells(sheet: Sheet, row: tuple[str, ...], columns: tuple[float, ...]) -> list[_Cell]:
    cells, x = [], 0.0
    for number, pattern in enumerate(row):
        last = number == len(row) - 1
        width = sum(columns[number:]) if last else columns[number]
        cells.append(_Cell(sheet.fill(pattern), x, width, number % 2 == 0))
        x += width
    return cells


def grid_strip(ink: Ink, sheet: Sheet, grid: Grid, left: float) -> Strip:
    label, value = Style(SANS, grid.size - 0.5), Style(SERIF, grid.size)
    rows = [_cells(sheet, row, grid.columns) for row in grid.rows]
    heights = []
    for cells in rows:
        lines = max(
            len(wrap(c.text, c.width - 2 * PADDING, grid.size, measure_of(ink, value)))
            for c in cells
        )
        heights.append(max(grid.row_height, grid.size * 1.32 / MM * lines + 2.4))
    width = sum(grid.columns)

    def draw(top: float) -> str:
        operators, y = [], top
        for cells, height in zip(rows, heights, strict=True):
            for cell in cells:
                x = left + cell.x
                if cell.label:
                    operators.append(shade(x, y, cell.width, height, LABEL_GREY))
                operators.append(box(x, y, cell.width, height))
                inner = Place(x + PADDING, y + 0.6, cell.width - 2 * PADDING, height - 1.2)
                style, align = (label, "center") if cell.label else (value, "left")
                operators.append(draw_fitted(ink, cell.text, style, inner, align))
            y += height
        operators.append(box(left, top, width, y - top, 0.4))
        ink.place("grid", (left, top, width, y - top))
        return "\n".join(operators)

    return Strip(sum(heights), draw)
