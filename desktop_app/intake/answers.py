"""The province's answer: the list of people whom it did not take, with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.rosters.roster_cells import is_blank, is_error, is_rounded, text_of
from desktop_app.domain.tables import Cell, Sheet, Workbook
from desktop_app.domain.texts import clean, clean_number, heading
from desktop_app.errors import FileError
from desktop_app.intake.workbooks import Step, WorkbookReader, read_workbook

_HEADINGS = {
    "name": ("参保人姓名", "姓名", "会员姓名", "职工姓名", "人员姓名", "被保障人姓名"),
    "identity": ("身份证号", "身份证号码", "证件号码", "证件号", "公民身份号码", "身份证"),
    "phone": ("手机号", "手机号码", "手机", "联系电话", "电话"),
    "reason": (
        "失败原因",
        "原因",
        "错误原因",
        "失败信息",
        "错误信息",
        "校验结果",
        "失败说明",
        "不通过原因",
    ),
}
_FIELDS = {title: field for field, titles in _HEADINGS.items() for title in titles}
_HEADING_WITHIN = 30


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One refused person; `identity` is None where the cell is blank or was rounded."""

    sheet: str | None
    row: int
    name: str
    identity: str | None
    reason: str
    phone: str | None = None


def read_answers(
    path: Path, *, reader: WorkbookReader | None = None, step: Step | None = None
) -> tuple[AnswerRow, ...]:
    """Read a failure list.

    Raises:
        FileError: the file cannot be read, or no visible sheet has the headings.
    """
    workbook = reader.read(path, step=step) if reader else read_workbook(path, step=step)
    return answers_in(workbook)


def answers_in(workbook: Workbook) -> tuple[AnswerRow, ...]:
    """The refused people of all visible sheets, in the order of the file."""
    found = False
    rows: list[AnswerRow] = []
    for sheet in workbook.sheets:
        if sheet.hidden:
            continue
        place = _find_heading(sheet)
        if place is None:
            continue
        found = True
        rows.extend(_rows(sheet, *place))
    if not found:
        raise FileError(
            "header-not-found",
            f"《{workbook.file_name}》里找不到失败名单的表头。",
            "表头要有姓名、身份证号和失败原因三列,请重新导出后再导入。",
            where=workbook.file_name,
        )
    return tuple(rows)


def _find_heading(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for place, line in enumerate(sheet.lines[:_HEADING_WITHIN]):
        columns = _columns(line.cells)
        if {"name", "identity", "reason"} <= columns.keys():
            return place, columns
    return None


def _columns(cells: Sequence[Cell]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells):
        field = _FIELDS.get(_heading_text(cell))
        if field:
            columns.setdefault(field, place)
    return columns


def _rows(sheet: Sheet, heading_at: int, columns: dict[str, int]) -> Iterator[AnswerRow]:
    for line in sheet.lines[heading_at + 1 :]:
        cells = {
            field: line.cells[place] for field, place in columns.items() if place < len(line.cells)
        }
        name = _text(cells.get("name"))
        identity = _identity(cells.get("identity"))
        reason = _text(cells.get("reason"))
        repeated = {"name", "identity", "reason"} <= _columns(line.cells).keys()
        # A total or a signature has no number and no reason; a damaged number is one.
        numbered = not is_blank(cells.get("identity"))
        if repeated or not (numbered or reason) or not (name or identity):
            continue
        phone = _text(cells.get("phone")) or None
        yield AnswerRow(sheet.name, line.row, name, identity, reason, phone)


def _heading_text(cell: Cell) -> str:
    return heading(cell) if isinstance(cell, str) else ""


def _identity(cell: Cell) -> str | None:
    return None if is_rounded(cell) else clean_number(_text(cell)).upper() or None


def _text(cell: Cell) -> str:
    return "" if is_error(cell) else clean(text_of(cell))
