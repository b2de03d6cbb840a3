"""A text file of rows: its encoding and its separator, found by trying."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from desktop_app.intake.places import LAST_COLUMN
from desktop_app.intake.refusals import Refusal

LONGEST_CELL = 32_767  # what a spreadsheet's cell can hold
_SEPARATORS = ",\t;|"
_RARE = "\uff0c\uff1b、^ "  # tried where hardly a line has one of those
_BLANKS = re.compile("[ \u3000]+")  # what parts columns that were put in line by hand
_TOLD = re.compile('"?sep=([,;\t|^])"?(?:\r\n|\r|\n)', re.IGNORECASE)  # Excel obeys it and hides it
_SAMPLE_LINES = 200
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_FORMULA_TEXT = re.compile(r'^="((?:[^"]|"")*)"$')


def decode(data: bytes) -> str:
    """The text of a file; UTF-8, UTF-16 and GB18030 are tried in this order.

    Raises:
        Refusal: it is no text in any of them.
    """
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROLS.search(text):
            continue
        return text.removeprefix("\ufeff")
    raise Refusal("not-a-workbook" if b"\0" in data[:4096] else "encoding")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    head = data[:4096]
    if b"\0" in head:  # a separator's high byte: the first of two where it is big-endian
        little = head[1::2].count(0) >= head[::2].count(0)
        return ("utf-16-le", "utf-16-be") if little else ("utf-16-be", "utf-16-le")
    return ("utf-8", "gb18030")


def rows_of(text: str) -> Iterator[list[str]]:
    """Rows as a spreadsheet would show them; a line break in quotes stays in its cell.

    Raises:
        Refusal: a quotation mark is not closed; a row is wider than a spreadsheet's.
    """
    csv.field_size_limit(4 * LONGEST_CELL)
    told = _TOLD.match(text)
    separator = told[1] if told else separator_of(text)
    text = text[told.end() :] if told else text
    try:
        for row in _split(text, separator):
            if len(row) > LAST_COLUMN:
                raise Refusal("too-large")
            for place, cell in enumerate(row):
                if len(cell) > LONGEST_CELL:
                    raise Refusal("quotes")
                if cell[:2] == '="':
                    row[place] = _plain(cell)
            yield row
    except csv.Error as error:
        raise Refusal("quotes") from error


def _plain(cell: str) -> str:
    """Other programs write ="0012" so that a spreadsheet keeps the zeros."""
    match = _FORMULA_TEXT.match(cell)
    return match[1].replace('""', '"') if match else cell


def separator_of(text: str) -> str:
    """The separator that gives the most lines the same number of cells, more than one."""
    lines = io.StringIO(text, newline="").readlines()[:_SAMPLE_LINES]
    usual = sum(any(one in line for one in _SEPARATORS) for line in lines)
    tried = _SEPARATORS if usual > 1 else _SEPARATORS + _RARE
    sample = "".join(lines)
    return max(tried, key=lambda separator: _evenness(sample, separator))


def _split(text: str, separator: str) -> Iterator[list[str]]:
    if separator == " ":
        text = _BLANKS.sub(" ", text)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _evenness(sample: str, separator: str) -> tuple[int, int]:
    if separator not in sample and separator != " ":
        return (0, 0)
    widths: Counter[int] = Counter()
    try:
        for row in _split(sample, separator):
            if len(row) > 1:
                widths[len(row)] += 1
    except csv.Error:
        return (0, 0)
    if not widths:
        return (0, 0)
    width, lines = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (lines, width)
