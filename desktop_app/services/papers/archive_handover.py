"""档案移交清单 of a year, or of one of its boxes, as a workbook that both sides sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop_app.documents.table_workbooks import Table, TableColumn, tables_workbook
from desktop_app.domain.dates import chinese_date
from desktop_app.services.views.archives import ShelfLine

_COLUMNS = (
    TableColumn("序号", 8),
    TableColumn("档案号", 22),
    TableColumn("单位", 40),
    TableColumn("业务号", 20),
    TableColumn("办结日期", 14),
    TableColumn("盒号", 8),
    TableColumn("柜位", 14),
    TableColumn("备注", 24),
)


def handover_workbook(
    lines: Sequence[ShelfLine], year: int, box_no: str | None, today: date
) -> bytes:
    """The workbook's bytes; a file that is lent says so."""
    of = f"{year}年度" if box_no is None else f"{year}年度第{box_no}盒"
    below = f"{of} · 共{len(lines)}卷 · {chinese_date(today)} · 移交人:        接收人:        "
    rows = [_row(number, line) for number, line in enumerate(lines, start=1)]
    return tables_workbook([Table("移交清单", "档案移交清单", below, _COLUMNS, rows)], today)


def _row(number: int, line: ShelfLine) -> tuple[str | int | None, ...]:
    lent = f"{line.loan.borrower}借出,{line.loan.due_on}应还" if line.loan else ""
    closed = line.closed_on.isoformat() if line.closed_on else ""
    place = (line.box_no, line.shelf, lent)
    return (str(number), line.number, line.unit, line.business_no, closed, *place)
