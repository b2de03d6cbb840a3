"""Lays a form's blocks out on A4 pages, head and foot on each, and numbers the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import groupby

from desktop_app.documents.blocks import MIDDLE, Strip, draw_panel, grid_strip, text_strip
from desktop_app.documents.glyphs import SANS
from desktop_app.documents.ink import Ink, Style, dashed_half
from desktop_app.documents.layout_faults import FaultyLayoutError
from desktop_app.documents.layout_places import place_text
from desktop_app.documents.linebreak import LEADING
from desktop_app.documents.pdf import MM, PAGE_HEIGHT, PAGE_WIDTH, PdfFile, assemble
from desktop_app.documents.placed import Placed
from desktop_app.documents.sheet import Sheet
from desktop_app.documents.tables import TableDrawing, next_part, part_height
from desktop_app.documents.template import Grid, Item, Panel, Table, Template, Text

WATERMARK_GREY = 0.90
# A seal of 42 mm across the right edges of sheets laid out like a fan; what of the half circle a
# printer cannot reach is at the very edge. Its name stands where every printer prints.
EDGE_RADIUS, EDGE_X, EDGE_SIZE, SEAL_GREY = 13.0, 201.5, 8.0, 0.6


class _Flow:
    """Fills pages from the top; a block that does not fit opens the next page."""

    def __init__(self, template: Template, sheet: Sheet, ink: Ink) -> None:
        top, right, bottom, self.left = template.margins
        self.width = PAGE_WIDTH - self.left - right
        self._top = top + template.head.height + template.head.after
        self._bottom = PAGE_HEIGHT - bottom - template.foot.height
        self._sheet, self._ink = sheet, ink
        self.pages: list[list[str]] = [[]]  # pieces
        self._y = self._top
        self._at = ""

    def _open_page(self) -> None:
        if self._y == self._top:
            raise FaultyLayoutError(
                f"有一块比一页纸还高:{place_text(self._at)}放不下。",
                "请把这一块改矮、把字写短,或者把页眉、页脚、页边距改小。",
                self._at,
                "表单版式里",
            )
        self.pages.append([])
        self._ink.page = len(self.pages)
        self._y = self._top

    def add(self, block: Panel | Text | Grid | Table, at: str) -> None:
        if not self._sheet.has(block.when):
            return
        self._at = at
        if isinstance(block, Table):
            self._add_table(block)
        else:
            strip = self._strip(block)
            while self._y + strip.height > self._bottom + 0.01:
                self._open_page()
            self.pages[-1].append(strip.draw(self._y))
            self._y += strip.height
        self._y += block.after

    def _strip(self, block: Panel | Text | Grid) -> Strip:
        if isinstance(block, Text):
            return text_strip(self._ink, self._sheet, block, self.left, self.width)
        if isinstance(block, Grid):
            return grid_strip(self._ink, self._sheet, block, self.left)
        return Strip(
            block.height, lambda top: draw_panel(self._ink, self._sheet, block, self.left, top)
        )

    def _add_table(self, table: Table) -> None:
        drawing = TableDrawing(self._ink, self._sheet, table, self.left)
        start = 0
        while True:
            part = next_part(table, start, len(drawing), self._bottom - self._y)
            if part is None:
                self._open_page()
                continue
            self.pages[-1].extend(drawing.draw(part, self._y))
            self._y += part_height(table, part)
            if part.last:
                return
            start = part.end
            self._open_page()


def lay_out(
    template: Template,
    sheet: Sheet,
    dated: date,
    watermark: str = "",
    placed: list[Placed] | None = None,
) -> bytes:
    """One form as PDF bytes: the same template and sheet give the same bytes."""
    ink = Ink(template.pictures, placed)
    flow = _Flow(template, sheet, ink)
    for at, block in enumerate(template.body):
        flow.add(block, f"body[{at}]")
    ink.page = 1
    sheet = replace(sheet, texts={**sheet.texts, "pages": str(len(flow.pages))})
    foot_top = PAGE_HEIGHT - template.margins[2] - template.foot.height
    head = _standing(ink, sheet, template.head, flow.left, template.margins[0])
    foot = _standing(ink, sheet, template.foot, flow.left, foot_top)
    mark = _watermark(ink, watermark)
    edge = _edge_seal(ink, template.edge_seal) if len(flow.pages) > 1 else ""
    pages = [
        [mark, *head(number), *body, *foot(number), edge]
        for number, body in enumerate(flow.pages, 1)
    ]
    file = PdfFile()
    fonts, pictures = ink.embed(file), ink.embed_pictures(file)
    return assemble(file, pages, fonts, sheet.fill(template.title), dated, pictures)


def _standing(
    ink: Ink, sheet: Sheet, panel: Panel, left: float, top: float
) -> Callable[[int], list[str]]:
    """A head or foot on each page: what names the page is drawn anew, the rest once for all."""
    pieces: list[str | Panel] = []
    for numbered, items in groupby(panel.items, _names_page):
        part = replace(panel, items=tuple(items))
        pieces.append(part if numbered else draw_panel(ink, sheet, part, left, top))

    def on(page: int) -> list[str]:
        ink.page = page
        known = replace(sheet, texts={**sheet.texts, "page": str(page)})
        return [
            piece if isinstance(piece, str) else draw_panel(ink, known, piece, left, top)
            for piece in pieces
        ]

    return on


def _names_page(item: Item) -> bool:
    return item.kind == "code" or "{page}" in item.text or item.when == "page"


def _watermark(ink: Ink, text: str) -> str:
    if not text:
        return ""
    style = Style(SANS, 96 if len(text) < 4 else 72, grey=WATERMARK_GREY)
    half = ink.measure(text, style) / 2 * 0.7071
    lift = 0.38 * style.size / MM * 0.7071
    return ink.turned(PAGE_WIDTH / 2 - half + lift, PAGE_HEIGHT / 2 + half + lift, text, style)


def _edge_seal(ink: Ink, text: str) -> str:
    """Half a circle at the right edge, with its name one character below the other."""
    if not text:
        return ""
    style = Style(SANS, EDGE_SIZE, grey=SEAL_GREY)
    step = EDGE_SIZE * LEADING / MM
    top = PAGE_HEIGHT / 2 - step * len(text) / 2 + (0.5 * LEADING + MIDDLE) * EDGE_SIZE / MM
    names = (
        ink.text(EDGE_X - ink.measure(one, style) / 2, top + step * at, one, style)
        for at, one in enumerate(text)
    )
    return "\n".join([dashed_half(PAGE_WIDTH, PAGE_HEIGHT / 2, EDGE_RADIUS, SEAL_GREY), *names])
