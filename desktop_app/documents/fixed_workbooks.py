"""What every workbook to print shares: A4 across, and bytes without the clock in them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time

from openpyxl import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def fixed_bytes(book: Workbook, dated: date) -> bytes:
    """The library stamps the clock into the file; the start of the day takes its place."""
    raw = io.BytesIO()
    book.properties.creator = "Mutual Aid Desk"
    book.save(raw)
    stamp = datetime.combine(dated, time()).strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
    target = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(old.namelist()):
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _STAMP.sub(rb"\g<1>" + stamp, data)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(entry, data)
    return target.getvalue()


def print_across(sheet: Worksheet, heading: int) -> None:
    """Print on A4 across, as wide as the paper, with the row `heading` on every page."""
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{heading}:{heading}"
