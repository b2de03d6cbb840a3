"""Workbooks in mark-up, written by hand: .ods, XML Spreadsheet 2003, a web page named .xls."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from html import escape

from desktop_app.domain.tables import Cell, CellError
from tests.nasty.pages import Page
from tests.nasty.written import plain

_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
    )
)  # fmt: skip


def ods(pages: Sequence[Page]) -> bytes:
    tables = "".join(map(_ods_table, pages))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        '<office:automatic-styles><style:style style:name="gone" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _ODS, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def _ods_table(page: Page) -> str:
    rows = []
    for number, cells in enumerate(page.rows, start=1):
        hidden = ' table:visibility="collapse"' if number in page.hidden_rows else ""
        filled = "".join(map(_ods_cell, cells)) or "<table:table-cell/>"
        rows.append(f"<table:table-row{hidden}>{filled}</table:table-row>")
    style = ' table:style-name="gone"' if page.hidden else ""
    name = escape(page.name)
    return f'<table:table table:name="{name}"{style}>{"".join(rows)}</table:table>'


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, CellError):
        kind = 'office:value-type="string" office:string-value="" calcext:value-type="error"'
    elif isinstance(cell, bool):
        kind = f'office:value-type="boolean" office:boolean-value="{str(cell).lower()}"'
    elif isinstance(cell, float):
        kind = f'office:value-type="float" office:value="{cell!r}"'
    elif isinstance(cell, datetime.date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    else:
        kind = 'office:value-type="string"'
    shown = escape(plain(cell)).replace("  ", ' <text:s text:c="1"/>')
    return f"<table:table-cell {kind}><text:p>{shown}</text:p></table:table-cell>"


def xml_2003(pages: Sequence[Page]) -> bytes:
    sheets = "".join(map(_worksheet, pages))
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f"{sheets}</Workbook>"
    ).encode()


def _worksheet(page: Page) -> str:
    spans = {(top, left): (bottom - top, right - left) for top, left, bottom, right in page.merges}
    rows = []
    for number, cells in enumerate(page.rows, start=1):
        hidden = ' ss:Hidden="1"' if number in page.hidden_rows else ""
        filled = []
        for column, cell in enumerate(cells, start=1):
            if cell is not None:
                down, across = spans.get((number, column), (0, 0))
                span = f' ss:MergeAcross="{across}"' if across else ""
                span += f' ss:MergeDown="{down}"' if down else ""
                filled.append(f'<Cell ss:Index="{column}"{span}>{_data(cell)}</Cell>')
        rows.append(f'<Row ss:Index="{number}"{hidden}>{"".join(filled)}</Row>')
    options = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    return (
        f'<Worksheet ss:Name="{escape(page.name)}"><Table>{"".join(rows)}</Table>'
        f"{options if page.hidden else ''}</Worksheet>"
    )


def _data(cell: Cell) -> str:
    if isinstance(cell, CellError):
        kind, text = "Error", str(cell)
    elif isinstance(cell, bool):
        kind, text = "Boolean", str(int(cell))
    elif isinstance(cell, float):
        kind, text = "Number", repr(cell)
    elif isinstance(cell, datetime.date):
        kind, text = "DateTime", f"{cell.isoformat()}T00:00:00.000"
    else:
        kind, text = "String", escape(str(cell))
    return f'<Data ss:Type="{kind}">{text}</Data>'


def web_page(pages: Sequence[Page], encoding: str = "utf-8") -> bytes:
    (page,) = pages
    rows = []
    spans = {(top, left): (bottom - top, right - left) for top, left, bottom, right in page.merges}
    covered = {
        (row, column)
        for top, left, bottom, right in page.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    for number, cells in enumerate(page.rows, start=1):
        filled = []
        for column, cell in enumerate(cells, start=1):
            if (number, column) not in covered:
                down, across = spans.get((number, column), (0, 0))
                filled.append(
                    f"<td rowspan={down + 1} colspan={across + 1}>{escape(plain(cell))}</td>"
                )
        rows.append(f"<tr>{''.join(filled)}</tr>")
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
        f"</head><body><table border=1>{''.join(rows)}</table></body></html>"
    ).encode(encoding, "xmlcharrefreplace")
