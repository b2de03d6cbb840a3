"""盒号、柜位 and 借阅: where a finished file lies, who has it, what is overdue."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.services.drafts import LoanDraft
from desktop_app.services.views.archives import ShelfLine
from tests.services.desks import TODAY, YEAR, Staff, people
from tests.services.refusals import refused
from tests.services.walks import walked

DRAFT = LoanDraft(" 周演示 ", "审计抽查", date(2026, 12, 10), "县审计局(演示)")


def finished(staff: Staff) -> str:
    return walked(staff, "stamped").finished()


def line(staff: Staff) -> ShelfLine:
    (only,) = staff.clerk.archive_shelves.list_files()
    return only


def test_finished_files_are_placed_in_boxes_and_taken_out_again(staff: Staff) -> None:
    first = finished(staff)
    other = walked(
        staff, "stamped", name="明山县演示小学(演示)", rows=people(10, start=50, women=2)
    )
    second, shelves = other.finished(), staff.clerk.archive_shelves
    assert [one.number for one in shelves.list_files(YEAR)] == [first, second]
    assert shelves.list_files(YEAR - 1) == ()
    assert shelves.place((first, second.lower()), " 12 ", "三排二层").value == 2
    (one, two) = shelves.list_files()
    assert (one.box_no, one.shelf, one.closed_on, one.loan) == ("12", "三排二层", TODAY, None)
    assert (two.unit, two.unit_id, two.box_no) == (other.name, other.unit_id, "12")
    assert [year.boxes for year in staff.clerk.archive_packages.years()] == [(("12", 2),)]
    shelves.place((first,), "", "")
    assert line_places(staff) == [("", ""), ("12", "三排二层")]
    changed = "SELECT count(*) FROM change_log WHERE field = 'box_no'"
    assert staff.value(changed) == 3


def line_places(staff: Staff) -> list[tuple[str, str]]:
    return [(one.box_no, one.shelf) for one in staff.clerk.archive_shelves.list_files()]


def test_a_void_case_is_on_no_shelf(staff: Staff) -> None:
    finished(staff)
    staff.run("UPDATE enrolment SET state_code = 'void'")
    assert staff.clerk.archive_shelves.list_files() == ()


@pytest.mark.both_databases
def test_a_file_is_lent_once_falls_overdue_and_comes_back(staff: Staff) -> None:
    number, shelves = finished(staff), staff.clerk.archive_shelves
    loan = shelves.lend(number, DRAFT).value
    out = line(staff).loan
    assert out is not None
    assert (out.borrower, out.borrower_of, out.lent_on) == ("周演示", "县审计局(演示)", TODAY)
    assert (out.due_on, out.overdue_days, out.returned_on) == (date(2026, 12, 10), 0, None)
    with refused(staff, "archive-lent") as caught:
        shelves.lend(number, DRAFT)
    assert caught.value.message == f"{number}已由周演示借出,应2026年12月10日归还。"
    staff.clock.at += timedelta(days=12)
    late = line(staff).loan
    assert late is not None
    assert late.overdue_days == 3
    assert staff.clerk.board.board().overdue_loans == 1
    assert shelves.take_back(number).value == loan
    assert line(staff).loan is None
    assert staff.clerk.board.board().overdue_loans == 0
    with refused(staff, "archive-in"):
        shelves.take_back(number)
    shelves.lend(number, LoanDraft("吴演示", "补材料", date(2026, 12, 20)))
    now, before = shelves.loans_of(number)
    assert (now.borrower, now.borrower_of, now.returned_on) == ("吴演示", "", None)
    assert (before.returned_on, before.overdue_days) == (date(2026, 12, 13), 0)
    assert staff.clerk.audits.verify_all().ok


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (LoanDraft(" ", "审计", TODAY), "reason-missing"),
        (LoanDraft("周演示", "", TODAY), "reason-missing"),
        (LoanDraft("周" * 121, "审计", TODAY), "too-long"),
        (LoanDraft("周演示", "审计", TODAY, "局" * 121), "too-long"),
        (LoanDraft("周演示", "审\n计", TODAY), "control-character"),
        (LoanDraft("周\t演示", "审计", TODAY), "control-character"),
        (LoanDraft("周演示", "审计", TODAY - timedelta(days=1)), "date"),
    ],
)
def test_a_loan_nobody_can_mean_is_refused(staff: Staff, draft: LoanDraft, code: str) -> None:
    number = finished(staff)
    with refused(staff, code):
        staff.clerk.archive_shelves.lend(number, draft)


def test_a_place_that_is_none_and_a_file_that_is_none_are_refused(staff: Staff) -> None:
    number, shelves = finished(staff), staff.clerk.archive_shelves
    with refused(staff, "too-long"):
        shelves.place((number,), "1" * 41, "")
    with refused(staff, "control-character"):
        shelves.place((number,), "1", "三排\n二层")
    for numbers in ((), ("DA-A-2027-99999",)):
        with refused(staff, "archive-unknown"):
            shelves.place(numbers, "1", "")
    with refused(staff, "archive-unknown"):
        shelves.loans_of("DA-A-2027-99999")


@pytest.mark.both_databases
def test_a_box_has_a_hand_over_list_of_its_own_and_the_year_one_of_all(staff: Staff) -> None:
    first = finished(staff)
    name = "明山县演示小学(演示)"
    other = walked(staff, "stamped", name=name, rows=people(10, start=50, women=2))
    second, shelves = other.finished(), staff.clerk.archive_shelves
    shelves.place((second,), "12", "三排二层")
    target = staff.papers / "移交清单.xlsx"
    shelves.export_handover(target, YEAR, "12")
    assert listed(target) == [second]
    shelves.export_handover(target, YEAR)
    assert listed(target) == [first, second]
    with refused(staff, "archive-unknown"):
        shelves.export_handover(target, YEAR, "13")


def listed(path: Path) -> list[str]:
    sheet = load_workbook(path).worksheets[0]
    return [str(row[1]) for row in sheet.iter_rows(min_row=4, values_only=True)]
