"""A bad list: shown, put right cell by cell, written back to the unit, taken in as it returns."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook, load_workbook

from desktop_app.services.samples.shapes import Person
from tests.window.clerk import Clerk

HEAD = ("序号", "姓名", "身份证号", "手机号")
IDENTITY = 3  # its column
DAMAGED, MISSING, SPACED, ROUNDED = 3, 4, 5, 6  # rows, as a spreadsheet counts them


def write_bad_list(path: Path, people: tuple[Person, ...]) -> Path:
    """A digit off, a number missing, blanks in a name, a telephone as a number with decimals."""
    book = Workbook()
    sheet = book.active
    sheet.append(["参保人员花名册"])
    sheet.append(HEAD)
    for at, one in enumerate(people, start=1):
        sheet.append([at, one.name, one.identity, one.phone])
    right = str(sheet.cell(DAMAGED, IDENTITY).value)
    sheet.cell(DAMAGED, IDENTITY, right[:-1] + ("0" if right[-1] != "0" else "1"))
    sheet.cell(MISSING, IDENTITY).value = None
    name = str(sheet.cell(SPACED, 2).value)
    sheet.cell(SPACED, 2, f"{name[0]}\u3000{name[1:]}")
    sheet.cell(ROUNDED, 4, float(str(sheet.cell(ROUNDED, 4).value)))
    book.save(path)
    return path


def drop_list(clerk: Clerk, path: Path, told: str) -> None:
    people = clerk.until(lambda: clerk.find("名单", "table"), "the list of people")
    clerk.drop(path, people)
    clerk.see(told)


def decide_repairs(clerk: Clerk, kind: str) -> None:
    """Refuse all of a kind, then take all of it: what is asked comes back to the preview."""
    clerk.key("F7")
    clerk.has_keys("整理")
    clerk.pick("整理的种类", kind)
    clerk.press("都不接受")
    clerk.row("要整理的格", "不接受")
    clerk.shot("repairs")
    clerk.press("按这样重新预览")
    clerk.see("(未接受)")
    clerk.key("F7")
    clerk.has_keys("整理")
    clerk.pick("整理的种类", kind)
    clerk.press("全部接受")
    clerk.press("按这样重新预览")


def type_number(clerk: Clerk, number: str) -> None:
    """Over the bad cell that the rows begin with; taken back once, typed again."""
    clerk.key("F8")
    clerk.has_keys("全部行")
    clerk.see("待补正 2")
    for again in (False, True):
        clerk.write(number)
        clerk.key("Return")
        clerk.see("待补正 1")
        if not again:
            clerk.key("ctrl+z")
            clerk.see("待补正 2")
    clerk.shot("rows")
    clerk.key("ctrl+Return")


def save_letter(clerk: Clerk, source: Path) -> Path:
    """Beside the unit's file, never over another."""
    clerk.key("F9")
    clerk.see("已存为")
    return source.with_name(f"{source.stem}_需更正.xlsx")


def answer_letter(letter: Path, people: tuple[Person, ...]) -> None:
    """The unit fills what was marked and saves its own workbook again."""
    book = load_workbook(letter)
    for row in (DAMAGED, MISSING):
        cell = book.worksheets[0].cell(row, IDENTITY)
        assert cell.comment is not None
        cell.value = people[row - DAMAGED].identity
    book.save(letter)
