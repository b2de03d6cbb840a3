"""The layout format of all forms: blocks in millimetres; reads and draws nothing."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.documents.glyphs import SERIF


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something at a fixed place of a panel; y counts downwards from the panel's top.

    kind: text, rule, box, seal (x, y is its centre), code (the QR code), picture (`text` is its
    name; as large as its shape fits into width and height).
    """

    kind: str
    x: float
    y: float
    width: float = 0.0
    height: float = 0.0
    text: str = ""
    size: float = 10.5
    font: str = SERIF
    bold: bool = False
    align: str = "left"
    grey: float = 0.0
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A piece of paper of fixed height whose items have fixed places; never cut by a page end."""

    height: float
    items: tuple[Item, ...] = ()
    after: float = 0.0
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph; `indent` in characters of the first line, `leading` in multiples of the size."""

    text: str
    size: float = 10.5
    font: str = SERIF
    bold: bool = False
    align: str = "left"
    indent: float = 0.0
    leading: float = 1.6
    after: float = 0.0
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Ruled label and value cells in turn; a short row's last value takes the rest of the width."""

    columns: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    row_height: float = 9.0
    size: float = 10.5
    after: float = 0.0
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    title: str
    field: str
    width: float
    align: str = "center"


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalCell:
    text: str
    span: int = 1
    align: str = "center"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of the list `source`, at most `page_rows` a page, the head repeated on each.

    `fill` rules empty rows up to that number on the last page; the first says 以下空白.
    """

    source: str
    columns: tuple[Column, ...]
    total: tuple[TotalCell, ...] = ()
    row_height: float = 7.0
    head_height: float = 8.0
    page_rows: int = 25
    fill: int = 0
    size: float = 9.5
    after: float = 0.0
    when: str = ""


Block = Panel | Text | Grid | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that is kept with the layout: the bytes of a PNG or JPEG file."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One form's paper; head and foot stand on every page. Margins: top, right, bottom, left.

    `copies` is how many are printed at first, where nobody says otherwise. `edge_seal` says what
    stands at the right edge of every sheet of several, where a seal goes across all (骑缝章).
    """

    title: str
    margins: tuple[float, ...]
    head: Panel
    foot: Panel
    body: tuple[Block, ...]
    copies: int = 2
    edge_seal: str = ""
    pictures: tuple[Picture, ...] = ()
