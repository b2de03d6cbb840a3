"""《需更正》 of several files: the rows that have to be mended, each with what is wrong.

The heading is one that a roster check reads, so the mended file can be dropped in again. What goes
back about one roster is the unit's own file with remarks: `intake.letters`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.documents.fixed_workbooks import fixed_bytes, print_across
from desktop_app.domain.dates import chinese_date
from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters.headings import FIELD_NAMES
from desktop_app.domain.rosters.rosters import RefusedRow, RosterReport
from desktop_app.domain.texts import file_name

_ALWAYS = ("name", "identity")
# What last year's books say beside a person stands behind what any roster does.
NAMES = {**FIELD_NAMES, "fen": "会费", "first": "保障起", "last": "保障止"}
_WIDTHS = {"name": 16, "identity": 24, "phone": 20, "bank_card": 24, "plans": 24, "unit": 24}
_REASONS = 80  # width of the column of reasons, in half-width characters
_MARKED = PatternFill("solid", fgColor="FFF2CC")
_HEAD = PatternFill("solid", fgColor="E7ECF4")
_THIN = Side(style="thin", color="999999")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True, slots=True)
class UnitRows:
    """Refused rows of a table of units, with what their columns are called."""

    names: Mapping[str, str]
    refused: tuple[RefusedRow, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Corrections:
    """What goes back to the unit; `source` is the name of the file it sent."""

    unit_name: str
    source: str
    checked_on: date
    office: str
    report: RosterReport
    phone: str = ""
    units: UnitRows | None = None


def corrections_name(unit_name: str) -> str:
    """The workbook's file name: 《单位_需更正》.xlsx without the brackets."""
    name = file_name(unit_name)
    return f"{'单位' if name == '_' else name}_需更正.xlsx"


def corrections_workbook(corrections: Corrections) -> bytes:
    """Every refused row with its cells as text, marked and commented where they are wrong."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "需更正"
    report, units = corrections.report, corrections.units
    _refused(sheet, NAMES, report.refused, report.findings)
    if units is not None and units.refused:
        _refused(book.create_sheet("单位需更正"), units.names, units.refused, units.findings)
    _notes(book.create_sheet("说明"), corrections)
    return fixed_bytes(book, corrections.checked_on)


def _refused(
    sheet: Worksheet,
    names: Mapping[str, str],
    refused: Sequence[RefusedRow],
    found: Sequence[Finding],
) -> None:
    """A sheet of rows to mend under their own headings."""
    used = {field for row in refused for field, text in row.cells.items() if text}
    fields = [field for field in names if field in _ALWAYS or (field in used and field != "number")]
    _heading(sheet, [names[field] for field in fields], fields)
    findings: dict[tuple[str | None, int | None], list[Finding]] = defaultdict(list)
    for finding in found:
        if finding.severity is not Severity.INFO:
            findings[finding.sheet, finding.row].append(finding)
    for place, row in enumerate(refused, 2):
        _row(sheet, place, row, fields, findings[row.sheet, row.row])


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Text stays text: never a formula, never a number."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    cell.border = _BORDER
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _heading(sheet: Worksheet, names: Sequence[str], fields: Sequence[str]) -> None:
    titles = ["原表行号", *names, "问题和改法"]
    widths = [16, *(_WIDTHS.get(field, 12) for field in fields), _REASONS]
    for column, (title, width) in enumerate(zip(titles, widths, strict=True), 1):
        cell = _put(sheet, 1, column, title)
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(horizontal="center", vertical="center")
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.row_dimensions[1].height = 24
    sheet.freeze_panes = "A2"
    print_across(sheet, 1)


def _row(
    sheet: Worksheet,
    place: int,
    row: RefusedRow,
    fields: Sequence[str],
    findings: Sequence[Finding],
) -> None:
    _put(sheet, place, 1, _place(row.sheet, row.row))
    for column, field in enumerate(fields, 2):
        cell = _put(sheet, place, column, row.cells.get(field, ""))
        wrong = [finding.message for finding in findings if finding.field == field]
        if wrong:
            cell.fill = _MARKED
            cell.comment = Comment("\n".join(wrong), "核对", height=90, width=300)
    reasons = [finding.message for finding in findings]
    _put(sheet, place, len(fields) + 2, "\n".join(reasons))
    lines = sum(-(-2 * len(reason) // _REASONS) for reason in reasons)
    sheet.row_dimensions[place].height = 8 + 15 * max(lines, 1)


def _place(sheet: str | None, row: int | None) -> str:
    return f"{sheet} 第{row}行" if sheet else f"第{row}行"


def _notes(sheet: Worksheet, corrections: Corrections) -> None:
    report = corrections.report
    call = f",电话 {corrections.phone}" if corrections.phone else ""
    lines = (
        f"{corrections.unit_name} 名单需更正的人员",
        f"原文件:{corrections.source}",
        f"核对日期:{chinese_date(corrections.checked_on)}",
        f"读入{report.rows_read}行,可用{len(report.accepted)}人,待更正{report.rejected}人。",
        "怎么改:",
        "1. 在“需更正”表里直接改黄底的格子,鼠标停在格子上可以看到原因。",
        "2. 身份证号、手机号、银行卡号的格子是文本格式,请不要改成数字格式。",
        "3. 改好后保存,把这个文件交回即可,不必重发整份名单。",
        f"有疑问请联系:{corrections.office}{call}",
    )
    sheet.column_dimensions["A"].width = 90
    for number, line in enumerate(lines, 1):
        cell = _put(sheet, number, 1, line)
        cell.border = Border()
        if number == 1:
            cell.font = Font(bold=True, size=14)
