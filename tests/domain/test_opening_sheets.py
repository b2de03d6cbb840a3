"""期初建账: no sheet of last year's books with people on it is passed over without a word."""

from __future__ import annotations

from desktop_app.domain.openings.openings import OpeningBook, read_opening
from desktop_app.domain.tables import Sheet, Workbook
from tests.domain.rosters import HEAD, ON, number, sheet
from tests.domain.schemes import scheme_named

UNITS = sheet(("单位名称", "单位性质"), ("水厂(演示)", "企业"), name="单位")
PERSON = (1.0, "覃世芳", number(), None)


def read(*sheets: Sheet) -> OpeningBook:
    return read_opening(Workbook("期初.xlsx", "xlsx", sheets), scheme_named("xianfeng-2024"), ON)


def told(book: OpeningBook) -> list[tuple[str | None, int | None, str]]:
    return [(one.sheet, one.row, one.code) for one in book.findings]


def test_a_hidden_roster_is_told_of_beside_tables_and_rosters() -> None:
    gone = sheet(("旧",), HEAD, PERSON, name="旧", hidden=True)
    assert told(read(UNITS, gone)) == [("旧", 2, "hidden-sheet")]
    book = read(UNITS, gone, sheet(HEAD, PERSON, name="新"))
    assert told(book) == [("旧", 2, "hidden-sheet")]
    assert [one.row.sheet for one in book.people] == ["新"]


def test_people_without_a_heading_are_told_of() -> None:
    bare = sheet(("二车间",), PERSON, name="车间")
    book = read(UNITS, bare)
    assert told(book) == [("车间", 2, "sheet-unread")]
    assert (len(book.units), book.people) == (1, ())
    assert told(read(bare)) == [(None, None, "header-not-found")]
