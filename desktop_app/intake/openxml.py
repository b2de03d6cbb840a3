"""A second look into the sheets of an .xlsx: error cells and hidden rows."""

from __future__ import annotations

import re
import zipfile
from posixpath import join, normpath
from xml.parsers import expat

from defusedxml.ElementTree import ParseError, fromstring

from desktop_app.intake.marks import Marks
from desktop_app.intake.refusals import Refusal

SIGNS = (b't="e"', b"t='e'", b" hidden=")

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*?\shidden=[\"'](?:1|true|on)[\"'][^>]*)>")
_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^>]*?\st=[\"']e[\"'][^>/]*)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL
)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
_ADDRESS = re.compile(rb"\sr=[\"']([A-Z]+)(\d+)[\"']")
_NUMBER = re.compile(rb"\sr=[\"'](\d+)[\"']")
_PIECE = 1 << 20


def marks_by_sheet(archive: zipfile.ZipFile, marked: set[str]) -> dict[str, Marks]:
    """Marks by sheet name, for those parts of `marked` that are sheets."""
    if not marked:
        return {}
    found = {}
    for name, part in _sheet_parts(archive).items():
        if part in marked:
            found[name] = _marks_of(archive, part)
    return found


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    try:
        book = "xl/workbook.xml"
        for target in _targets(archive, "_rels/.rels", "").values():
            if target[0].endswith("/officeDocument"):
                book = target[1]
        folder, _, file = book.rpartition("/")
        targets = _targets(archive, f"{folder}/_rels/{file}.rels".lstrip("/"), folder)
        sheets = {}
        for element in fromstring(archive.read(book)).iter():
            if element.tag.endswith("}sheet"):
                key = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
                sheets[element.attrib.get("name", "")] = targets.get(key, ("", ""))[1]
        return sheets
    except (KeyError, ParseError, ValueError) as error:
        raise Refusal("damaged") from error


def _targets(archive: zipfile.ZipFile, part: str, folder: str) -> dict[str, tuple[str, str]]:
    root = fromstring(archive.read(part))
    return {
        item.attrib["Id"]: (
            item.attrib.get("Type", ""),
            normpath(join("/", folder, item.attrib.get("Target", ""))).lstrip("/"),
        )
        for item in root
    }


def _marks_of(archive: zipfile.ZipFile, part: str) -> Marks:
    marks = Marks()
    rest = b""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            block = rest + piece
            end = max(block.rfind(b"</row>"), block.rfind(b":row>"))
            if end < 0:
                rest = block
                continue
            if not _mark(block[:end], marks):
                return _walk(archive.read(part))
            rest = block[end:]
    return marks if _mark(rest, marks) else _walk(archive.read(part))


def _mark(block: bytes, marks: Marks) -> bool:
    """Add the marks of whole rows; False where a cell or row does not say its address."""
    for row in _ROW.finditer(block):
        number = _NUMBER.search(row[1])
        if number is None:
            return False
        marks.hidden.add(int(number[1]))
    if not any(sign in block for sign in SIGNS[:2]):
        return True
    for cell in _CELL.finditer(block):
        address = _ADDRESS.search(cell[1])
        if address is None:
            return False
        value = _VALUE.search(cell[2] or b"")
        text = value[1].decode("utf-8", "replace").strip() if value else ""
        marks.add_error(int(address[2]), _column(address[1]), text)
    return True


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


class _Walk:
    """Counts rows and cells one by one, for sheets that leave their addresses out."""

    def __init__(self) -> None:
        self.marks = Marks()
        self.row = self.column = 0
        self.error = self.value = False
        self.text = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = -1
            if attributes.get("hidden") in {"1", "true", "on"}:
                self.marks.hidden.add(self.row)
        elif name == "c":
            letters = attributes.get("r", "").rstrip("0123456789")
            self.column = _column(letters.encode()) if letters else self.column + 1
            self.error, self.text = attributes.get("t") == "e", ""
        elif name == "v":
            self.value = self.error

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "c" and self.error:
            self.marks.add_error(self.row, self.column, self.text.strip())
            self.error = False
        elif name == "v":
            self.value = False

    def data(self, text: str) -> None:
        if self.value:
            self.text += text


def _walk(sheet: bytes) -> Marks:
    walk = _Walk()
    parser = expat.ParserCreate()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.data
    try:
        parser.Parse(sheet, True)
    except (expat.ExpatError, ValueError) as error:
        raise Refusal("damaged") from error
    return walk.marks
