"""XML Spreadsheet 2003, as old Excel, WPS and many reporting systems write it."""

from __future__ import annotations

import datetime
import re
from typing import NoReturn
from xml.parsers import expat

from desktop_app.domain.tables import CellError
from desktop_app.intake.places import Table
from desktop_app.intake.refusals import Refusal

_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet "
_EXCEL = "urn:schemas-microsoft-com:office:excel "
_SHEET, _DATA = _SPREADSHEET + "Worksheet", _SPREADSHEET + "Data"
_ROW, _CELL = _SPREADSHEET + "Row", _SPREADSHEET + "Cell"
_VISIBLE = _EXCEL + "Visible"


def tables_of(data: bytes) -> list[Table]:
    """The sheets of a workbook; a Refusal where it is damaged or declares entities."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.EntityDeclHandler = _refuse_entities
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, OverflowError) as error:
        raise Refusal("damaged") from error
    return reader.tables


class _Reader:
    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.row = self.column = self.skip_rows = self.across = 0
        self.kind = self.style = ""
        self.date_styles: set[str] = set()
        self.text: list[str] | None = None
        self.visible: list[str] | None = None
        self._starts = {
            _SPREADSHEET + "Style": self._start_style,
            _SPREADSHEET + "NumberFormat": self._start_format,
            _SHEET: self._start_sheet,
            _ROW: self._start_row,
            _CELL: self._start_cell,
            _DATA: self._start_data,
            _VISIBLE: self._start_visible,
        }

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        begin = self._starts.get(tag)
        if begin and (self.tables or tag not in (_ROW, _CELL, _DATA, _VISIBLE)):
            begin({name.removeprefix(_SPREADSHEET): text for name, text in attributes.items()})

    def _start_style(self, attributes: dict[str, str]) -> None:
        self.style = attributes.get("ID", "")

    def _start_format(self, attributes: dict[str, str]) -> None:
        if _shows_date(attributes.get("Format", "")):
            self.date_styles.add(self.style)

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        self.tables.append(Table(attributes.get("Name", "")))
        self.row, self.skip_rows = -1, 0

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes.get("Index", self.row + self.skip_rows + 2)) - 1
        self.column, self.skip_rows = -1, int(attributes.get("Span", 0))
        if attributes.get("Hidden") == "1":
            self.tables[-1].hidden_rows.add(self.row + 1)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.column = int(attributes.get("Index", self.column + 2)) - 1
        self.across = int(attributes.get("MergeAcross", 0))
        self.style = attributes.get("StyleID", "")

    def _start_data(self, attributes: dict[str, str]) -> None:
        self.kind, self.text = attributes.get("Type", "String"), []
        if self.kind == "Number" and self.style in self.date_styles:
            self.kind = "Serial"  # WPS writes dates as numbers with a format

    def _start_visible(self, _attributes: dict[str, str]) -> None:
        self.visible = []

    def end(self, tag: str) -> None:
        if tag == _DATA and self.text is not None:
            value = _typed(self.kind, "".join(self.text))
            self.tables[-1].put(self.row, self.column, value)
            self.text = None
        elif tag == _CELL:
            self.column += self.across
        elif tag == _VISIBLE and self.visible is not None:
            self.tables[-1].hidden = "".join(self.visible) in {"SheetHidden", "SheetVeryHidden"}
            self.visible = None

    def data(self, text: str) -> None:
        for kept in (self.text, self.visible):
            if kept is not None:
                kept.append(text)


def _refuse_entities(*_arguments: object) -> NoReturn:
    raise Refusal("damaged")


def _typed(kind: str, text: str) -> object:
    if kind == "Number":
        return float(text)
    if kind in {"DateTime", "Serial"}:
        moment = _moment(float(text)) if kind == "Serial" else datetime.datetime.fromisoformat(text)
        return moment.date() if moment.time() == datetime.time() else moment
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "Error":
        return CellError(text.strip())
    return text


def _shows_date(number_format: str) -> bool:
    """True for formats with a day or a year outside of quotes, and the named ones."""
    if number_format.endswith("Date"):
        return True
    letters = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", number_format).lower()
    return "d" in letters or "y" in letters


def _moment(serial: float) -> datetime.datetime:
    # Days since 1899-12-30; the spreadsheet's 29 February 1900 never was, whoever is that old.
    return datetime.datetime(1899, 12, 30) + datetime.timedelta(seconds=round(serial * 86400))
