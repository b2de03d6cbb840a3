"""Last year's books and renewals at the command line: the same services, one document each."""

from __future__ import annotations

import csv
from pathlib import Path

from desktop_app.domain.identity import identity_18
from tests.cli.desk import Person, told
from tests.cli.test_refusals import Counts

UNIT = "演示新厂"


def books(folder: Path, people: int = 3) -> tuple[Path, Path]:
    units, roster = folder / "单位表.csv", folder / "名册.csv"
    rows = [("单位名称", "片区", "在职职工", "参加项目", "业务号")]
    _write(units, [*rows, (UNIT, "城区片", "3", "住院", "HB2025-9")])
    lines = [("单位名称", "姓名", "身份证号", "会费")]
    for at in range(people):
        lines.append((UNIT, "演示人", identity_18(f"99999919800101{at:03d}"), "50"))
    _write(roster, [*lines, (UNIT, "演示人", "99999919800101", "50")])
    return units, roster


def _write(path: Path, rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def test_books_are_checked_then_imported_then_renewed(
    clerk: Person, reviewer: Person, counts: Counts, tmp_path: Path
) -> None:
    given = (*books(tmp_path), "--year", 2025, "--first", "2025-06-01")
    before = counts()
    letter = tmp_path / "需更正.xlsx"
    checked = clerk.does("opening", "check", *given, "--corrections", letter)["plan"]
    assert (checked["new_units"], checked["new_people"], checked["rejected"]) == (1, 3, 1)
    assert letter.exists()
    assert counts()["member"] == before["member"]
    assert clerk.tries("opening", "import", *given).error["code"] == "not-permitted"
    done = reviewer.does("opening", "import", *given, "--corrections", letter)
    assert done["stored"] == {"units": 1, "people": 3, "cases": 1}
    again = told(*reviewer.signs(), "opening", "import", *given)
    assert again.code == 0
    assert "这些文件里没有新的内容,什么也没有改动。" in again.out
    (waiting,) = clerk.does("opening", "waiting")
    assert waiting["unit"] == UNIT
    (unit,) = [row["id"] for row in clerk.does("unit", "list") if row["name"] == UNIT]
    shown = clerk.does("renewal", "show", unit)
    assert (shown["able"], shown["plan"]["from_year"]) == (3, 2025)
    sent = clerk.does("renewal", "export", tmp_path / "发出", unit)
    assert (tmp_path / "发出" / sent["files"][0]).exists()
    leaver = shown["plan"]["people"][0]["member_id"]
    case = clerk.does("renewal", "start", unit, "--leaver", leaver)["enrolment"]
    assert (case["people"], case["state"]) == (2, "open")


def test_a_renewal_needs_to_know_how_many_work_there(
    clerk: Person, reviewer: Person, tmp_path: Path
) -> None:
    units, roster = books(tmp_path)
    _write(units, [("单位名称", "片区"), (UNIT, "城区片")])
    given = (units, roster, "--year", 2025, "--first", "2025-06-01", "--plan", "hospital:1")
    reviewer.does("opening", "import", *given)
    (unit,) = [row["id"] for row in clerk.does("unit", "list") if row["name"] == UNIT]
    assert clerk.tries("renewal", "start", unit).error["code"] == "at-work"
    case = clerk.does("renewal", "start", unit, "--at-work", 4, "--plan", "accident")
    assert case["enrolment"]["plans"][0]["key"] == "accident"


def test_wrong_books_are_taken_back_by_a_reviewer(
    clerk: Person, reviewer: Person, tmp_path: Path
) -> None:
    assert clerk.does("opening", "last")["books"] is None
    reviewer.does("opening", "import", *books(tmp_path), "--year", 2025, "--first", "2025-06-01")
    found = reviewer.does("opening", "last")["books"]
    assert (found["may"], found["people"], found["year"]) == (True, 3, 2025)
    back = ("opening", "take-back", found["operation"], "--reason", "拿错了年度")
    assert clerk.tries(*back).error["code"] == "not-permitted"
    assert reviewer.does(*back)["taken_back"]["units"] == 1
    assert reviewer.tries(*back).error["code"] == "books-back"
