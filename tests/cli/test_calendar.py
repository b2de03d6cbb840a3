"""`calendar` at the command line, and working days counted by the office's own years."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import Person, run, told

OFF = "2027-01-01,2027-02-05..2027-02-11,2027-05-01,2027-05-02,2027-10-01..2027-10-07"
SET = ("calendar", "set", 2027, "--off", OFF, "--worked", "2027-02-13,2027-10-09")
SOURCE = ("--source", "演示通知〔2026〕1号")
ASKED = ("rules", "working-days", "--before", "2027-02-15", "--count", 3)


def test_a_year_is_set_listed_shown_and_counted_by(head: Person, clerk: Person) -> None:
    years = {one["year"]: one for one in clerk.does("calendar", "list")["years"]}
    assert [years[2026]["state"], years[2027]["state"]] == ["carried", "missing"]
    made = head.does(*SET, *SOURCE)["year"]
    assert made == clerk.does("calendar", "show", 2027)["year"]
    assert made["line"]["state"] == "own"
    assert made["worked"] == ["2027-02-13", "2027-10-09"]
    assert len(made["off"]) == 17
    # Saturday 13, Friday 12 and, the Spring Festival between, Thursday 4
    assert clerk.does(*ASKED) == {
        "date": "2027-02-03", "last_working_day": "2027-02-03", "assumed_years": [],
    }  # fmt: skip


def test_without_an_office_the_carried_calendar_answers(head: Person) -> None:
    head.does(*SET, *SOURCE)
    assert run(*ASKED).document["assumed_years"] == [2027]
    unsigned = run("--office", head.office, *ASKED)
    assert (unsigned.code, unsigned.document["assumed_years"]) == (0, [2027])
    assert "没有登录" in unsigned.err
    nowhere = run("--office", head.office.parent / "nowhere", *ASKED[:3], "2026-03-02", *ASKED[4:])
    assert (nowhere.code, nowhere.document["date"]) == (0, "2026-02-25")


def test_a_renewal_is_judged_by_the_office_s_calendar(head: Person) -> None:
    asked = (
        "rules", "contribution", "--scheme", "anyang-2023", "--people", 3, "--ends", "2023-05-31",
        "--at", "2023-05-09 09:00",
    )  # fmt: skip
    assert head.does(*asked)["ok"] is True
    shown = head.does("calendar", "show", 2023)["year"]
    off = ",".join([*shown["off"], "2023-05-11"])
    worked = ",".join(shown["worked"])
    head.does("calendar", "set", 2023, "--off", off, "--worked", worked, *SOURCE)
    assert head.does(*asked)["ok"] is False
    assert run(*asked).document["ok"] is True


def test_the_shown_lines_are_a_file_for_the_next_office(head: Person, tmp_path: Path) -> None:
    head.does(*SET, *SOURCE)
    lines = told(*head.signs(), "calendar", "show", 2027)
    file = tmp_path / "2027.toml"
    file.write_text(lines.out, "utf-8")
    again = head.tries("calendar", "set", 2027, "--file", file)
    assert (again.code, again.error["code"]) == (3, "calendar-unchanged")
    file.write_text(lines.out.replace("2027-10-07", "2027-10-08"), "utf-8")
    assert head.does("calendar", "set", 2027, "--file", file)["year"]["off"][-1] == "2027-10-08"
    assert head.tries("calendar", "set", 2028, "--file", file).error["code"] == (
        "calendar-year-missing"
    )


def test_in_words_each_year_is_a_line_and_doubts_are_told(head: Person) -> None:
    listed = told(*head.signs(), "calendar", "list").out.splitlines()
    assert listed[-1] == "2027  未录入  工作日259天"
    missing = told(*head.signs(), "calendar", "show", 2027)
    assert "2027年未录入,请对照国务院办公厅通知" in missing.err
    few = told(*head.signs(), "calendar", "set", 2027, "--off", "2027-01-01", *SOURCE)
    assert few.code == 0
    assert "法定节日" in few.err
    assert "# 陈国华 " in few.out


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ((), 2),
        (("--off", "2027-01-01"), 2),
        (("--off", "2027-02-30", *SOURCE), 2),
        (("--off", "2027-01-03..2027-01-01", *SOURCE), 2),
        (("--off", "2000-01-01..2027-01-01", *SOURCE), 2),
        (("--off", "2027-01-01", "--file", "x.toml", *SOURCE), 2),
        (("--off", "2026-01-01", *SOURCE), 3),
        (("--off", "2027-01-01", "--worked", "2027-01-04", *SOURCE), 3),
        (("--off", "2027-01-02", "--worked", "2027-01-02", *SOURCE), 3),
        (("--off", "2027-01-01", "--source", " "), 3),
        (("--off", "2027-01-01..2027-12-31", *SOURCE), 3),
        (("--file", "nowhere.toml"), 4),
    ],
)
def test_a_wrong_year_is_refused_and_nothing_stored(
    head: Person, extra: tuple[str, ...], code: int
) -> None:
    done = head.tries("calendar", "set", 2027, *extra)
    assert done.code == code, done.error
    assert done.error["message"]
    assert head.does("calendar", "list")["years"][-1]["state"] == "missing"


def test_a_year_in_force_is_replaced_as_a_whole_only_where_that_is_said(head: Person) -> None:
    said = ("calendar", "set", 2026, "--off", "2026-10-01", *SOURCE)
    done = head.tries(*said)
    assert (done.code, done.error["code"]) == (3, "calendar-replaces")
    assert "--replace" in done.error["remedy"]
    assert head.does(*said, "--replace")["year"]["line"]["working_days"] == 260


def test_a_clerk_may_look_but_not_set(clerk: Person) -> None:
    assert clerk.tries(*SET, *SOURCE).error["code"] == "not-permitted"
