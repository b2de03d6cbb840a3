"""`receive` and `tray`: stamped papers of the sample county come back by code, number and scan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cli.desk import Person, told
from tests.paper_scans import as_pdf, blank, pages_of, without_code, worn


def waiting(clerk: Person) -> list[dict[str, Any]]:
    """Printed forms that need a seal and are not back, with their case."""
    found = []
    for row in clerk.does("enrolment", "list"):
        case = clerk.does("enrolment", "show", row["id"])["enrolment"]
        sealed = {paper["key"] for paper in case["papers"]}
        found += [
            {**form, "case": row["id"]}
            for form in case["forms"]
            if form["issued_id"] and not form["stamped"] and form["key"] in sealed
        ]
    return found


def test_a_paper_comes_back_by_its_number_and_only_once(clerk: Person) -> None:
    form = waiting(clerk)[0]
    paper = clerk.does("receive", form["number"])["paper"]
    assert (paper["number"], paper["stamped"], paper["enrolment_id"]) == (
        form["number"], True, form["case"],
    )  # fmt: skip
    again = clerk.tries("receive", form["number"])
    assert (again.code, again.error["code"]) == (3, "already-back")
    assert clerk.tries("receive", "E00000000/AF/1/00000000").error["code"] == "code-foreign"
    (hit,) = clerk.does("find", form["number"])
    assert (hit["kind"], hit["enrolment_id"]) == ("form", form["case"])


def test_a_scan_is_sorted_and_its_strays_are_placed(clerk: Person, tmp_path: Path) -> None:
    one, two = waiting(clerk)[:2]
    images = []
    for form in (one, two):
        clerk.does("print", "save", form["issued_id"], tmp_path / "form.pdf")
        images.append(pages_of((tmp_path / "form.pdf").read_bytes())[0])
        (tmp_path / "form.pdf").unlink()
    pages = [worn(images[0]), without_code(images[1]), blank(images[0])]
    stack = as_pdf(pages, tmp_path / "盖章件.pdf")
    scan = clerk.does("receive", stack)["scan"]
    assert (scan["pages"], scan["filed"], scan["tray"], scan["again"]) == (3, 1, 2, 0)
    assert [paper["issued_id"] for paper in scan["papers"]] == [one["issued_id"]]
    assert clerk.does("receive", stack)["scan"]["again"] == 3
    torn, empty = clerk.does("tray", "list")["pages"]
    said = told(*clerk.signs(), "tray", "list")
    assert "没有读出二维码" in said.out
    assert clerk.does("tray", "turn", torn["id"], "--by", 180) == {"pages": 1}
    assert clerk.tries("tray", "turn", torn["id"], "--by", 45).error["code"] == "turn"
    placed = clerk.does("tray", "place", torn["id"], two["number"])["paper"]
    assert placed["issued_id"] == two["issued_id"]
    assert clerk.tries("tray", "place", torn["id"], two["number"]).error["code"] == "page-placed"
    assert clerk.does("tray", "set-aside", empty["id"]) == {"pages": 1}
    assert clerk.does("tray", "list")["pages"] == []
    assert [page["id"] for page in clerk.does("tray", "list", "--aside")["pages"]] == [empty["id"]]
    assert clerk.does("tray", "bring-back") == {"pages": 1}
    assert [page["id"] for page in clerk.does("tray", "list")["pages"]] == [empty["id"]]
    case = ("--enrolment", one["case"])
    assert clerk.does("tray", "place", empty["id"], "insurance-proof", *case)["page"]


def test_words_say_what_is_missing(clerk: Person, tmp_path: Path) -> None:
    form = waiting(clerk)[0]
    said = told(*clerk.signs(), "receive", form["number"])
    assert said.code == 0
    assert "申请书已收回(1/3),还缺会员名单、确认书" in said.out
    said = told(*clerk.signs(), "receive", tmp_path / "没有.pdf")
    assert said.code == 4
    assert told(*clerk.signs(), "tray", "list").out.strip() == "没有待归页。"
