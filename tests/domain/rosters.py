"""Small rosters for the tests: a few cells in, a workbook out; all people are invented."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from desktop_app.domain.identity import identity_18
from desktop_app.domain.rosters.rosters import RosterReport, read_roster
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.tables import Cell, Line, Sheet, Workbook

ON = datetime.date(2026, 12, 1)
HEAD = ("序号", "姓名", "身份证号", "手机号")


def number(born: str = "19900506", sequence: int = 1) -> str:
    """A valid number; an odd sequence is a man's."""
    return identity_18(f"999999{born}{sequence:03d}")


def sheet(*rows: Sequence[Cell], name: str | None = "名单", hidden: bool = False) -> Sheet:
    lines = tuple(Line(at, tuple(cells)) for at, cells in enumerate(rows, start=1))
    return Sheet(name, lines, hidden)


def check(*sheets: Sheet, scheme: Scheme | None = None, **more: object) -> RosterReport:
    workbook = Workbook("名单.xlsx", "xlsx", sheets)
    return read_roster(workbook, scheme=scheme, on=ON, **more)  # type: ignore[arg-type]


def check_rows(*rows: Sequence[Cell], scheme: Scheme | None = None) -> RosterReport:
    """Check rows that stand under the usual heading; the first of them is row 2."""
    return check(sheet(HEAD, *rows), scheme=scheme)


def told(report: RosterReport) -> list[tuple[int | None, str | None, str]]:
    return [(one.row, one.column, one.code) for one in report.findings]
