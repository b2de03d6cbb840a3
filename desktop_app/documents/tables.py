"""Draws one page's part of a table: head, rows, empty rows and the total, fast for long lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from desktop_app.documents.blocks import LABEL_GREY, MIDDLE, PADDING, Place, draw_fitted
from desktop_app.documents.glyphs import SANS, SERIF
from desktop_app.documents.ink import Ink, Style, box, rule, shade
from desktop_app.documents.pdf import MM
from desktop_app.documents.sheet import Sheet
from desktop_app.documents.template import Table

BLANK_NOTE = "（以下空白）"


@dataclass(frozen=True, slots=True)
class Part:
    """Rows `start` to `end` (exclusive) on one page; the last part carries the total."""

    start: int
    end: int
    last: bool


def next_part(table: Table, start: int, count: int, room: float) -> Part | None:
    """The rows from `start` on that fit into `room` millimetres; None where not one does."""
    total = table.row_height if table.total else 0.0
    rest = count - start
    fit = min(table.page_rows, int((room - table.head_height + 0.01) / table.row_height))
    fit_last = min(
        table.page_rows, int((room - table.head_height - total + 0.01) / table.row_height)
    )
    if max(rest, 1) <= fit_last:
        return Part(start, count, last=True)
    taken = min(fit, rest - 1)
    return Part(start, start + taken, last=False) if taken > 0 else None


def part_height(table: Table, part: Part) -> float:
    rows = part.end - part.start
    height = table.head_height + table.row_height * rows
    if part.last:
        height += table.row_height * (_empty_rows(table, part) + bool(table.total))
    return height


def _empty_rows(table: Table, part: Part) -> int:
    return max(0, min(table.fill, table.page_rows) - (part.end - part.start)) if part.last else 0


class _Lefts(dict[float, str]):
    """Width of a text -> where it begins in this column, in points; empty where it is too wide."""

    def __init__(self, edge: float, width: float, align: str) -> None:
        super().__init__()
        self.edge, self.width, self.align = edge, width, align

    def left(self, wide: float) -> float:
        if self.align == "center":
            return self.edge + (self.width - wide) / 2
        return self.edge + (PADDING if self.align == "left" else self.width - PADDING - wide)

    def __missing__(self, wide: float) -> str:
        fits = wide <= self.width - 2 * PADDING
        self[wide] = left = f"{self.left(wide) * MM:.2f}" if fits else ""
        return left


class TableDrawing:
    """One table of one document; knows its column edges and which field each column shows."""

    def __init__(self, ink: Ink, sheet: Sheet, table: Table, left: float) -> None:
        self._ink, self._sheet, self._table = ink, sheet, table
        source = sheet.lists[table.source]
        self._rows: Sequence[tuple[str, ...]] = source.rows
        self._edges = [left]
        for column in table.columns:
            self._edges.append(self._edges[-1] + column.width)
        self._columns = [
            (_Lefts(edge, column.width, column.align), source.fields.index(column.field))
            for edge, column in zip(self._edges, table.columns, strict=False)
        ]
        self._style = Style(SERIF, table.size)
        self._shown = lru_cache(maxsize=256)(partial(ink.shown, style=self._style))
        self._frames: dict[tuple[float, float], str] = {}
        self._width = self._edges[-1] - left

    def __len__(self) -> int:
        return len(self._rows)

    def draw(self, part: Part, top: float) -> list[str]:
        """Its pieces: what is ruled and headed alike is the same piece on all pages."""
        table = self._table
        empty = _empty_rows(table, part)
        body_top = top + table.head_height
        body_end = body_top + table.row_height * (part.end - part.start + empty)
        if (top, body_end) not in self._frames:
            self._frames[top, body_end] = self._frame(top, body_end)
        pieces = [self._frames[top, body_end], self._cells(part, body_top)]
        if empty:
            pieces.append(self._note(body_end - empty * table.row_height))
        if part.last and table.total:
            pieces.append(self._total(body_end))
        area = (self._edges[0], top, self._width, part_height(table, part))
        self._ink.place("table", area)
        return [*pieces, box(self._edges[0], top, self._width, part_height(table, part), 0.4)]

    def _frame(self, top: float, body_end: float) -> str:
        head_height = self._table.head_height
        operators = [
            shade(self._edges[0], top, self._width, head_height, LABEL_GREY),
            self._head(top),
            self._lines(top, top + head_height, body_end),
        ]
        return "\n".join(operators)

    def _note(self, top: float) -> str:
        beside = min(1, len(self._table.columns) - 1)  # the running number
        left, right = self._edges[beside], self._edges[beside + 1]
        place = Place(left, top, right - left, self._table.row_height)
        style = Style(SERIF, self._table.size - 0.5, grey=0.35)
        return draw_fitted(self._ink, BLANK_NOTE, style, place, "center")

    def _head(self, top: float) -> str:
        style = Style(SANS, self._table.size, bold=True)
        operators = []
        for edge, column in zip(self._edges, self._table.columns, strict=False):
            place = Place(edge + 0.8, top, column.width - 1.6, self._table.head_height)
            title = self._sheet.fill(column.title)
            operators.append(draw_fitted(self._ink, title, style, place, "center"))
        return "\n".join(operators)

    def _lines(self, top: float, body_top: float, body_end: float) -> str:
        left, right, step = self._edges[0], self._edges[-1], self._table.row_height
        operators = [rule(left, body_top, right, body_top, 0.3)]
        for number in range(1, round((body_end - body_top) / step)):
            y = body_top + number * step
            operators.append(rule(left, y, right, y, 0.15))
        operators.extend(rule(edge, top, edge, body_end, 0.15) for edge in self._edges[1:-1])
        return "\n".join(operators)

    def _cells(self, part: Part, top: float) -> str:
        ink, style, step = self._ink, self._style, self._table.row_height
        down = step / 2 + MIDDLE * style.size / MM
        opening = ink.opening(style)
        operators = [opening]
        for number, row in enumerate(self._rows[part.start : part.end]):
            y = top + number * step
            height = ink.height(y + down)
            for column, index in self._columns:
                text = row[index]
                if not text:
                    continue
                wide, shown = self._shown(text)
                left = column[wide]
                if shown and left:
                    operators.append(f"1 0 0 1 {left} {height} Tm {shown}")
                elif left:
                    drawn = ink.text(column.left(wide), y + down, text, style)
                    operators += ["ET", drawn, opening]
                else:
                    place = Place(column.edge + 0.8, y + 0.3, column.width - 1.6, step - 0.6)
                    operators += ["ET", draw_fitted(ink, text, style, place, column.align), opening]
        return "\n".join([*operators, "ET"])

    def _total(self, top: float) -> str:
        table, style = self._table, Style(SERIF, self._table.size)
        operators = [rule(self._edges[0], top, self._edges[-1], top, 0.3)]
        at = 0
        for cell in table.total:
            start, end = self._edges[at], self._edges[at + cell.span]
            place = Place(start + PADDING, top, end - start - 2 * PADDING, table.row_height)
            text = self._sheet.fill(cell.text)
            operators.append(draw_fitted(self._ink, text, style, place, cell.align))
            at += cell.span
            if at < len(table.columns):
                operators.append(rule(end, top, end, top + table.row_height, 0.15))
        return "\n".join(operators)
