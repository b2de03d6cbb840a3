"""Each format with the same people; what only it can hold or lose."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from desktop_app.domain.tables import CellError
from tests.domain.rosters import number
from tests.nasty.cases import HEAD, Case, Row, Told, Write, at
from tests.nasty.pages import Page
from tests.nasty.records import xls_95, xlsb
from tests.nasty.tagged import ods, web_page, xml_2003
from tests.nasty.written import delimited, strict_xlsx, xls, xlsx

# A title, the heading, a good row, each kind of cell that formats lose, a total.
_ROWS: Sequence[Row] = (
    ("某县某局花名册",),
    HEAD,
    (1.0, "欧阳·䶮", number(sequence=1), 13800138000.0),
    (2.0, "李娜", 999999199005060000.0, "13900139000"),
    (3.0, CellError("#N/A"), number(sequence=3), None),
    (),
    (4.0, "赵敏", f"'{number(sequence=4)}", "1"),
    ("合计", None, None, "4人"),
)
_TOLD: Sequence[Told] = (
    at(4, "C", "identity-damaged"),
    at(5, "B", "formula-error"),
    at(6, None, "blank-row"),
    at(7, "C", "cleaned"),
    at(7, "D", "phone"),
    at(8, None, "total-row"),
)
_TITLED = [(1, 1, 1, 4)]


def _whole(title: str, write: Write, suffix: str) -> Case:
    """With everything that a workbook can hold: a merged title, a hidden row, a hidden sheet."""
    rows = [[*row] for row in _ROWS]
    if write is xls_95:
        rows[2][1] = "欧阳·芳"  # its code page has no such character
    shown = Page(rows, merges=_TITLED, hidden_rows=frozenset((3,)))
    pages = [shown, Page(rows, "去年", hidden=True)]
    told = [at(3, None, "hidden-rows"), *_TOLD, at(2, None, "hidden-sheet", "去年")]
    return Case(title, pages, (2, 2, 2), told, write, suffix)


def _bare(title: str, write: Write, suffix: str) -> Case:
    """What a text holds: no sheets, nothing hidden."""
    page = Page(_ROWS, merges=_TITLED)
    return Case(title, [page], (2, 2, 2), _TOLD, write, suffix, named=False)


_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
_ENCODINGS = ("gb18030", "utf-8", "utf-8-sig", "utf-16")

OF_FORMATS = (
    _whole("xlsx", xlsx, ".xlsx"),
    _whole("xlsx named xls", xlsx, ".xls"),
    _whole("strict xlsx", strict_xlsx, ".xlsx"),
    _whole("xls", xls, ".xls"),
    _whole("xls of Excel 95", xls_95, ".xls"),
    _whole("WPS et", xls, ".et"),
    _whole("xlsb", xlsb, ".xlsb"),
    _whole("ods", ods, ".ods"),
    _whole("XML 2003 named xls", xml_2003, ".xls"),
    _bare("a web page named xls", web_page, ".xls"),
    _bare("a web page in GB18030", partial(web_page, encoding="gb18030"), ".xls"),
    *(
        _bare(
            f"{separator} in {encoding}",
            partial(delimited, encoding=encoding, separator=_SEPARATORS[separator]),
            ".xls" if separator == "tab" else ".csv",
        )
        for separator in _SEPARATORS
        for encoding in _ENCODINGS
    ),
)
