"""Places roster lines on sheets the way units do it, and keeps account of what stands where."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from db.codes import Sex
from desktop_app.domain.tables import Cell
from desktop_app.services.samples.lines import RosterLine
from desktop_app.services.samples.shapes import Expected, Place
from desktop_app.services.samples.styles import Head, RosterStyle

_NOTES = (
    "填表说明(演示)",
    "一、请按在职职工工资册逐人填写,不得漏报。",
    "二、证件号码请设为文本格式后再录入。",
    "三、填好后发县总工会邮箱,纸质版盖章后报送。",
)


@dataclass(slots=True)
class Page:
    """One sheet to write; merges are (row, column, last row, last column), counted from 1."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    heading: tuple[int, int] = (0, 0)  # its first and last row
    hidden_columns: tuple[int, ...] = ()
    hidden: bool = False


@dataclass(slots=True)
class Account:
    """Adds up what a reader must find."""

    accepted: int = 0
    rejected: int = 0
    skipped: int = 0
    women: int = 0
    codes: dict[Place, frozenset[str]] = field(default_factory=dict)

    def add_line(self, place: Place, line: RosterLine) -> None:
        self.rejected += line.rejected
        self.accepted += not line.rejected
        self.women += not line.rejected and line.person.sex is Sex.FEMALE
        if line.codes:
            self.codes[place] = frozenset(line.codes)

    def skip(self, place: Place, code: str) -> None:
        self.skipped += 1
        self.codes[place] = frozenset({code})

    def tell(self, place: Place, code: str) -> None:
        """Of what is not read at all."""
        self.codes[place] = frozenset({code})

    def total(self) -> Expected:
        return Expected(self.accepted, self.rejected, self.skipped, self.women, self.codes)


class RosterLayout:
    """Lays one unit's lines out; `sheet_names` is false for text files, which have none."""

    def __init__(self, style: RosterStyle, unit: str, on: date, *, sheet_names: bool) -> None:
        self._style, self._unit, self._on = style, unit, on
        self._named = sheet_names
        self.account = Account()

    def pages(self, lines: list[RosterLine]) -> list[Page]:
        starts = [first for _, first in self._style.sheets]
        pages = []
        for (name, first), after in zip(self._style.sheets, [*starts[1:], len(lines)], strict=True):
            pages.append(self._page(name, lines[first:after], first))
        if self._style.notes_sheet:
            pages.append(Page("填表说明", [[text] for text in _NOTES]))
        if self._style.last_year_hidden:
            pages.append(self._last_year(lines[:40]))
        return pages

    def _page(self, name: str, lines: list[RosterLine], first: int) -> Page:
        page = Page(name)
        page.rows += [[] for _ in range(self._style.first_row - 1)]
        self._write_titles(page)
        self._write_heading(page)
        for count, line in enumerate(lines):
            if self._style.heading_every and count and count % self._style.heading_every == 0:
                self._skip(page, [head.text for head in self._style.heads], "title-row")
            if count in self._style.blank_after:
                self._skip(page, [], "blank-row")
            self._put(page, self._cells(line, first + count + 1))
            self.account.add_line(self._place(page), line)
        self._write_foot(page, len(lines))
        return page

    def _write_titles(self, page: Page) -> None:
        for text in (self._style.title, self._style.subtitle):
            if text:
                self._put(page, [text.format(unit=self._unit, on=f"{self._on:%Y-%m-%d}")])
                self._merge_row(page, 1, len(self._style.heads))

    def _write_heading(self, page: Page) -> None:
        heads = self._style.heads
        page.heading = (len(page.rows) + 1, len(page.rows) + 1)
        page.hidden_columns = tuple(
            self._style.first_column + place for place, head in enumerate(heads) if head.hidden
        )
        if not any(head.group for head in heads):
            self._put(page, [head.text for head in heads])
            return
        page.heading = (page.heading[0], page.heading[0] + 1)
        self._put(page, [_group_text(heads, place) for place in range(len(heads))])
        self._put(page, [head.text if head.group else None for head in heads])
        self._merge_groups(page)

    def _merge_groups(self, page: Page) -> None:
        top, bottom = page.heading
        heads, left = self._style.heads, self._style.first_column
        for place, head in enumerate(heads):
            if not head.group:
                page.merges.append((top, left + place, bottom, left + place))
            elif _group_text(heads, place):
                width = sum(1 for other in heads if other.group == head.group)
                if width > 1:
                    page.merges.append((top, left + place, top, left + place + width - 1))

    def _cells(self, line: RosterLine, serial: int) -> list[Cell]:
        cells: list[Cell] = []
        for head in self._style.heads:
            if head.fill:
                cells.append(self._filled(head, serial))
            elif head.field == "serial":
                cells.append(float(serial))
            else:
                cells.append(self._typed(head.field, line, serial))
        return cells

    def _filled(self, head: Head, serial: int) -> str:
        return head.fill.format(unit=self._unit, serial=serial)

    def _typed(self, name: str, line: RosterLine, serial: int) -> Cell:
        value = line.cells.get(name)
        style = self._style
        if name == "phone" and isinstance(value, str):
            if style.blank_phones and serial % style.blank_phones == 0 and not line.codes:
                return None
            return float(value) if style.phones_as_numbers else value
        if name == "born" and isinstance(value, date):
            return f"{value.year}.{value.month}.{value.day}" if style.births_with_dots else value
        return value

    def _write_foot(self, page: Page, count: int) -> None:
        if self._style.total:
            self._skip(page, ["合计", f"{count}人"], "total-row")
        if self._style.signature:
            self._skip(page, [], "blank-row")
            self._skip(page, ["单位负责人:        经办人:        (盖章)"], "title-row")

    def _last_year(self, lines: list[RosterLine]) -> Page:
        page = Page("2025年", [["姓名", "身份证号"]], heading=(1, 1), hidden=True)
        page.rows += [[line.person.name, line.person.identity] for line in lines]
        self.account.tell((page.name, 1), "hidden-sheet")
        return page

    def _skip(self, page: Page, cells: list[Cell], code: str) -> None:
        self._put(page, cells)
        self.account.skip(self._place(page), code)

    def _put(self, page: Page, cells: list[Cell]) -> None:
        indent: list[Cell] = [None] * (self._style.first_column - 1)
        page.rows.append([*indent, *cells] if cells else [])

    def _place(self, page: Page) -> Place:
        return (page.name if self._named else None, len(page.rows))

    def _merge_row(self, page: Page, first: int, width: int) -> None:
        row, left = len(page.rows), self._style.first_column - 1
        page.merges.append((row, left + first, row, left + width))


def _group_text(heads: tuple[Head, ...], place: int) -> str | None:
    head = heads[place]
    if not head.group:
        return head.text
    return head.group if place == 0 or heads[place - 1].group != head.group else None
