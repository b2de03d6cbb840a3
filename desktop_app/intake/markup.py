"""Workbooks kept as markup: XML Spreadsheet 2003, and web pages that were named .xls."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NoReturn
from xml.parsers import expat

from desktop_app.domain.tables import CellError
from desktop_app.intake import kinds, texts
from desktop_app.intake.refusals import Refusal

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet "
_EXCEL = "urn:schemas-microsoft-com:office:excel "


@dataclass(slots=True)
class Table:
    """The rows of one sheet while it is read."""

    name: str | None
    rows: list[list[object]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, value: object) -> None:
        """Set a cell; row and column count from 0."""
        if not (0 <= row < LAST_ROW and 0 <= column < LAST_COLUMN):
            raise Refusal("damaged")
        while len(self.rows) <= row:
            self.rows.append([])
        cells = self.rows[row]
        cells += [None] * (column + 1 - len(cells))
        cells[column] = value


def tables_of(data: bytes, kind: str) -> Iterator[Table]:
    if kind == kinds.XML:
        yield from _Spreadsheet().read(data)
    else:
        page = _Page()
        page.feed(texts.decode(data))
        page.close()
        if not page.table.rows:
            raise Refusal("web-archive")
        yield page.table


class _Spreadsheet:
    """XML Spreadsheet 2003, as old Excel, WPS and many reporting systems write it."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.row = self.column = self.skip_rows = 0
        self.kind = ""
        self.text: list[str] | None = None
        self.visible: list[str] | None = None

    def read(self, data: bytes) -> list[Table]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.EntityDeclHandler = _refuse_entities
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, OverflowError) as error:
            raise Refusal("damaged") from error
        return self.tables

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        def index(name: str, default: int) -> int:
            return int(attributes.get(_SPREADSHEET + name, default))

        if tag == _SPREADSHEET + "Worksheet":
            self.tables.append(Table(attributes.get(_SPREADSHEET + "Name", "")))
            self.row, self.skip_rows = -1, 0
        elif tag == _SPREADSHEET + "Row" and self.tables:
            self.row = index("Index", self.row + self.skip_rows + 2) - 1
            self.column, self.skip_rows = -1, index("Span", 0)
            if attributes.get(_SPREADSHEET + "Hidden") == "1":
                self.tables[-1].hidden_rows.add(self.row + 1)
        elif tag == _SPREADSHEET + "Cell":
            self.column = index("Index", self.column + 2) - 1
            self._across = index("MergeAcross", 0)
        elif tag == _SPREADSHEET + "Data":
            self.kind, self.text = attributes.get(_SPREADSHEET + "Type", "String"), []
        elif tag == _EXCEL + "Visible":
            self.visible = []

    def _end(self, tag: str) -> None:
        if tag == _SPREADSHEET + "Data" and self.text is not None and self.tables:
            value = _typed(self.kind, "".join(self.text))
            self.tables[-1].put(self.row, self.column, value)
            self.text = None
        elif tag == _SPREADSHEET + "Cell":
            self.column += self._across
        elif tag == _EXCEL + "Visible" and self.visible is not None and self.tables:
            self.tables[-1].hidden = "".join(self.visible) in {"SheetHidden", "SheetVeryHidden"}
            self.visible = None

    def _data(self, text: str) -> None:
        for kept in (self.text, self.visible):
            if kept is not None:
                kept.append(text)


def _refuse_entities(*_arguments: object) -> NoReturn:
    raise Refusal("damaged")


def _typed(kind: str, text: str) -> object:
    if kind == "Number":
        return float(text)
    if kind == "DateTime":
        moment = datetime.datetime.fromisoformat(text)
        return moment.date() if moment.time() == datetime.time() else moment
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "Error":
        return CellError(text.strip())
    return text


class _Page(HTMLParser):
    """All tables of a page, one below the other, as a spreadsheet opens them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.table = Table(None)
        self.row = -1
        self.column = 0
        self.across = self.down = 1
        self.taken: set[tuple[int, int]] = set()
        self.text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._finish()
            self.row, self.column = self.row + 1, 0
        elif tag in {"td", "th"} and self.row >= 0:
            self._finish()
            spans = dict(attrs)
            self.across = _span(spans.get("colspan"))
            self.down = _span(spans.get("rowspan"))
            self.text = []
        elif tag == "br" and self.text is not None:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._finish()

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def close(self) -> None:
        super().close()
        self._finish()

    def _finish(self) -> None:
        if self.text is None:
            return
        while (self.row, self.column) in self.taken:
            self.column += 1
        value = "".join(self.text).strip()
        self.table.put(self.row, self.column, value or None)
        for row in range(self.row + 1, self.row + self.down):
            self.taken.update((row, self.column + step) for step in range(self.across))
        self.column += self.across
        self.text = None


def _span(text: str | None) -> int:
    return min(max(int(text), 1), 1000) if text and text.isdigit() else 1
