"""A second look into an .ods: error cells and hidden rows."""

from __future__ import annotations

import zipfile
from xml.parsers import expat

from desktop_app.intake.marks import Marks
from desktop_app.intake.refusals import Refusal

SIGNS = (b'calcext:value-type="error"', b'table:visibility="')
_MOST_REPEATS = 1_000  # of a marked cell or row; more is filler


def marks_by_sheet(archive: zipfile.ZipFile, marked: set[str]) -> dict[str, Marks]:
    """Marks by sheet name."""
    if "content.xml" not in marked:
        return {}
    walk = _Walk()
    parser = expat.ParserCreate()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.data
    try:
        parser.Parse(archive.read("content.xml"), True)
    except (expat.ExpatError, ValueError) as error:
        raise Refusal("damaged") from error
    return walk.sheets


class _Walk:
    def __init__(self) -> None:
        self.sheets: dict[str, Marks] = {}
        self.marks = Marks()
        self.row = self.column = 0
        self.rows = self.columns = 1
        self.error = False
        self.text = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self.marks = self.sheets[attributes.get("table:name", "")] = Marks()
            self.row = 0
        elif tag == "table:table-row":
            self.rows = int(attributes.get("table:number-rows-repeated", 1))
            self.column = 0
            if attributes.get("table:visibility") in {"collapse", "filter"}:
                last = self.row + min(self.rows, _MOST_REPEATS)
                self.marks.hidden.update(range(self.row + 1, last + 1))
        elif tag in {"table:table-cell", "table:covered-table-cell"}:
            self.columns = int(attributes.get("table:number-columns-repeated", 1))
            self.error, self.text = attributes.get("calcext:value-type") == "error", ""

    def end(self, tag: str) -> None:
        if tag == "table:table-row":
            self.row += self.rows
        elif tag in {"table:table-cell", "table:covered-table-cell"}:
            if self.error:
                self._mark()
            self.column += self.columns
            self.error = False

    def data(self, text: str) -> None:
        if self.error:
            self.text += text

    def _mark(self) -> None:
        for row in range(self.row, self.row + min(self.rows, _MOST_REPEATS)):
            for column in range(self.column, self.column + min(self.columns, _MOST_REPEATS)):
                self.marks.add_error(row + 1, column, self.text.strip())
