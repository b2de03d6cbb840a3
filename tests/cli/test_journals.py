"""The seal's journal, 暂用 prints and the archive's hand-over list, by commands alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pypdf

from desktop_app.bootstrap import local_day, system_clock
from tests.cli.desk import Person, told

TODAY = local_day(system_clock).isoformat()
WHO = ("--seal", "县总工会章", "--on", TODAY, "--asked-by", "周一", "--kept-by", "吴二")


def printed(clerk: Person) -> dict[str, Any]:
    """A case of the sample county with prints in force that nobody brought back yet."""
    for row in clerk.does("enrolment", "list"):
        case: dict[str, Any] = clerk.does("enrolment", "show", row["id"])["enrolment"]
        forms = [form for form in case["forms"] if form["issued_id"] and not form["stamped"]]
        if len(forms) >= 3:
            return {**case, "id": row["id"], "numbers": [form["number"] for form in forms]}
    raise AssertionError("no case with three prints")


def sheet(path: Path) -> list[tuple[Any, ...]]:
    rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=4, values_only=True)
    return [row for row in rows if any(row)]


def test_uses_of_a_seal_are_recorded_listed_saved_and_void(clerk: Person, tmp_path: Path) -> None:
    assert clerk.does("seal", "list") == {"uses": [], "file": None}
    case = printed(clerk)
    one, two, *_others = case["numbers"]
    first = clerk.does("seal", "record", one, two, "--copies", 2, *WHO)["use"]
    whole = clerk.does("seal", "record", case["business_no"], *WHO)["use"]
    path = tmp_path / "用印登记.xlsx"
    listed = clerk.does("seal", "list", "--to", path)
    assert listed["file"] == str(path)
    uses = {use["id"]: use for use in listed["uses"]}
    assert (uses[first]["numbers"], uses[first]["copies"]) == (sorted((one, two)), 2)
    assert sorted(uses[whole]["numbers"]) == sorted(case["numbers"])
    assert {(use["seal"], use["used_on"], use["void_for"]) for use in uses.values()} == {
        ("县总工会章", TODAY, "")
    }
    assert {row[1] for row in sheet(path)} == {"县总工会章"}
    clerk.does("seal", "void", first, "--reason", "登记错了")
    voided = {use["id"]: use["void_for"] for use in clerk.does("seal", "list")["uses"]}
    assert voided == {first: "登记错了", whole: ""}
    said = told(*clerk.signs(), "seal", "list").out.splitlines()
    assert sum("作废:登记错了" in line for line in said) == 1
    assert all("周一申请,吴二保管" in line for line in said)
    refused(clerk, "seal-void", "void", first, "--reason", "再来")
    refused(clerk, "seal-unknown", "void", 999, "--reason", "没有")
    refused(clerk, "form-unknown", "record", "MD-A-2027-99999", *WHO)
    assert len(clerk.does("seal", "list")["uses"]) == 2


def refused(person: Person, code: str, *arguments: str | int) -> None:
    found = person.tries("seal", *arguments)
    assert (found.code, found.error["code"]) == (3, code)


def test_a_years_hand_over_list_and_that_of_a_box_are_saved(clerk: Person, tmp_path: Path) -> None:
    files = clerk.does("archive", "list")["files"]
    numbers = [one["number"] for one in files]
    year, box = files[0]["year"], "7"
    clerk.does("archive", "place", *numbers[:2], "--box", box)
    whole, boxed = tmp_path / "全年.xlsx", tmp_path / "七号盒.xlsx"
    assert clerk.does("archive", "handover", year, whole) == {"file": str(whole)}
    assert clerk.does("archive", "handover", year, boxed, "--box", box) == {"file": str(boxed)}
    assert [row[1] for row in sheet(whole)] == numbers
    assert [row[1] for row in sheet(boxed)] == numbers[:2]
    for wrong in ((year, tmp_path / "空.xlsx", "--box", "8"), (2020, tmp_path / "空.xlsx")):
        none = clerk.tries("archive", "handover", *wrong)
        assert (none.code, none.error["code"]) == (3, "archive-unknown")
    assert not (tmp_path / "空.xlsx").exists()
    lost = clerk.tries("archive", "handover", year, tmp_path / "没有" / "清单.xlsx")
    assert (lost.code, lost.error["code"]) == (4, "folder-missing")


def test_a_provisional_print_waits_in_its_list_until_the_final_one(
    clerk: Person, tmp_path: Path
) -> None:
    case = next(
        row["id"] for row in clerk.does("enrolment", "list")
        if any(
            form["key"] == "member-list" and form["may_print"] and not form["issued_id"]
            for form in clerk.does("enrolment", "show", row["id"])["enrolment"]["forms"]
        )
    )  # fmt: skip
    assert clerk.does("print", "provisional") == {"forms": []}
    assert "没有还在暂用的单据" in told(*clerk.signs(), "print", "provisional").out
    path = tmp_path / "暂用.pdf"
    issued = clerk.does("print", "issue", case, "member-list", "--provisional", "--to", path)
    pages = pypdf.PdfReader(path).pages
    assert pages
    assert all("暂用" in page.extract_text() for page in pages)
    (waits,) = clerk.does("print", "provisional")["forms"]
    assert (waits["issued_id"], waits["enrolment_id"]) == (issued["issued"], case)
    assert waits["number"] in told(*clerk.signs(), "print", "provisional").out
    clerk.does("print", "issue", case, "member-list")
    assert clerk.does("print", "provisional") == {"forms": []}
    again = clerk.tries("print", "issue", case, "member-list", "--provisional")
    assert (again.code, again.error["code"]) == (3, "final-printed")
    refused(clerk, "form-not-valid", "record", waits["number"], *WHO)
