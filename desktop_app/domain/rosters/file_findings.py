"""What is told of one file, each with its address, in the file's order at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters import hidden, letters, unread
from desktop_app.domain.rosters.headings import FIELD_NAMES
from desktop_app.domain.rosters.roster_people import Judgement
from desktop_app.domain.tables import column_letter

_SKIPPED = {
    "blank-row": "空行,已跳过",
    "total-row": "合计行,已跳过",
    "title-row": "表头、标题或签字行,已跳过",
}
_NO_HEADING = "没有找到名单的表头,表头里要有“姓名”和“身份证号”两列,请补上表头后再试"
_EMPTY = "文件里没有内容,请检查是否拿错了文件"
_NOBODY = "表头下面没有人员,请检查是否拿错了文件"
_EACH_BLANK = 100  # longer runs of blank rows get one finding


class Place(NamedTuple):
    """A row's address: the sheet's place in the file orders the findings."""

    sheet_no: int
    sheet: str | None
    row: int
    letter: str  # of the identity column


class FileFindings:
    """The findings of one file as its sheets and rows are gone through."""

    def __init__(self) -> None:
        self._found: list[tuple[int, int, Finding]] = []

    def in_order(self) -> tuple[Finding, ...]:
        """All of them, those of the file as a whole first."""
        self._found.sort(key=itemgetter(0, 1))
        return tuple(finding for _, _, finding in self._found)

    def unread_file(self, *, filled: bool, hidden_sheet: str) -> None:
        """Nothing of the file was read: its only lists are hidden, it has no heading, nothing."""
        message = _NO_HEADING if filled else _EMPTY
        if hidden_sheet:
            message = hidden.only_message(hidden_sheet)
        self._file("header-not-found", message)

    def nobody(self) -> None:
        """There is nobody below the headings."""
        self._file("no-rows", _NOBODY)

    def row(self, place: Place, judgement: Judgement, columns: Mapping[str, int]) -> None:
        """What was judged of a row of people."""
        refused = False
        for field, problem in judgement.problems:
            refused = refused or problem.severity is Severity.ERROR
            message = f"第{place.row}行 {problem.message}"
            at = field, column_letter(columns[field])
            self._add(place, problem.code, problem.severity, message, at)
        if judgement.cleaned and not refused:
            field = judgement.cleaned[0]
            names = "、".join(FIELD_NAMES[one] for one in judgement.cleaned)
            message = f"第{place.row}行 {names}里的空格、全角或不可见字符等已整理,请核对"
            at = field, column_letter(columns[field])
            self._add(place, "cleaned", Severity.INFO, message, at)

    def first_of_two(self, first: Place, second: Place) -> None:
        """A row is taken whose identity stands in a later row, too."""
        other = named(second, first)
        message = f"第{first.row}行 与{other}是同一身份证号,本行已采用,请核对"
        at = ("identity", first.letter)
        self._add(first, "duplicate-in-file", Severity.WARNING, message, at)

    def skipped(self, place: Place, code: str) -> None:
        """A row has no person."""
        self._add(place, code, Severity.INFO, f"第{place.row}行 {_SKIPPED[code]}")

    def blanks(self, place: Place, first: int) -> None:
        """The rows from `first` to the one above `place` are blank."""
        if place.row - first > _EACH_BLANK:
            message = f"第{first}至{place.row - 1}行 {_SKIPPED['blank-row']}"
            self._add(place._replace(row=first), "blank-row", Severity.INFO, message)
            return
        for row in range(first, place.row):
            self.skipped(place._replace(row=row), "blank-row")

    def guessed(self, place: Place, field: str, letter: str) -> None:
        """A column is taken for a field by what stands in it."""
        message = f"{letter}列的表头不认得,按内容当作{FIELD_NAMES[field]},请核对"
        self._add(place, "column-guessed", Severity.WARNING, message, (field, letter))

    def hidden_rows(self, place: Place, rows: Sequence[int], *, taken: bool) -> None:
        """Rows of people are hidden, and were read or left."""
        message = hidden.rows_message(rows) if taken else hidden.left_message(rows)
        self._add(place, "hidden-rows", Severity.WARNING, message)

    def hidden_sheet(self, place: Place, *, taken: bool) -> None:
        """A sheet with people is hidden, and is read or left."""
        name = place.sheet or ""
        message = hidden.read_message(name) if taken else hidden.sheet_message(name)
        self._add(place, "hidden-sheet", Severity.WARNING, message)

    def without_heading(self, place: Place) -> None:
        """People stand on a sheet that has no heading, and are not read."""
        message = unread.sheet_message(place.sheet or "")
        self._add(place, "sheet-unread", Severity.WARNING, message, ("identity", place.letter))

    def beside(self, sheet_no: int, sheet: str | None, seen: unread.Seen) -> None:
        """People stand beside the others, and are not read."""
        at, place = ("identity", seen.column), Place(sheet_no, sheet, *seen)
        self._add(place, "people-beside", Severity.WARNING, unread.beside_message(seen), at)

    def explanations(self, sheet_no: int, sheet: str | None) -> None:
        """The sheet which this program wrote for the unit holds nobody."""
        place, message = Place(sheet_no, sheet, 1, ""), letters.SKIPPED.format(name=sheet)
        self._add(place, "letter-sheet", Severity.INFO, message)

    def _file(self, code: str, message: str) -> None:
        self._found.append((0, 0, Finding(None, None, None, code, Severity.ERROR, message)))

    def _add(
        self,
        place: Place,
        code: str,
        severity: Severity,
        message: str,
        at: tuple[str, str] | None = None,
    ) -> None:
        """Keep a finding; `at` is field and column letter."""
        field, letter = at or (None, None)
        finding = Finding(place.sheet, place.row, letter, code, severity, message, field)
        self._found.append((place.sheet_no, place.row, finding))


def named(place: Place, seen_from: Place) -> str:
    """A row as named in another row's finding: with its sheet where that is another one."""
    if place.sheet_no == seen_from.sheet_no:
        return f"第{place.row}行"
    return f"“{place.sheet}”第{place.row}行"
