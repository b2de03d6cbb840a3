"""The drive from the command line: its numbers, the lists behind them, whom to call, calls."""

from __future__ import annotations

from tests.cli.desk import Person, told
from tests.cli.test_walk import today


def test_the_board_answers_with_its_numbers_and_the_list_behind_each(clerk: Person) -> None:
    answer = clerk.does("board")
    board, lines = answer["board"], answer["text"]
    assert set(board) >= {"waiting", "due", "mend", "chase", "areas", "whole", "reported", "paid"}
    counts = [board["waiting"], board["due"], board["mend"], *board["chase"]]
    for count in counts:
        rows = clerk.does("board", "--list", count["slice"]["mark"])
        assert len(rows) == count["units"], count
    assert board["paid"]["people"] <= board["reported"]["people"]
    assert f"{board['paid']['people']:,}人" in lines
    area = board["areas"][0]
    rows = clerk.does("board", "--list", "reported", "--area", area["area"])
    assert len(rows) == area["reported"]
    assert rows[0]["marks"] == sorted(rows[0]["marks"])


def test_the_board_in_words_is_the_day_s_progress(clerk: Person) -> None:
    words = told(*clerk.signs(), "board")
    assert words.code == 0
    assert words.out.splitlines()[-1].startswith("截至")
    assert "等我处理" in words.out
    assert told(*clerk.signs(), "board", "--list", "due-closing").out == "没有单位。\n"
    assert "已报" in told(*clerk.signs(), "board", "--list", "active").out
    assert clerk.tries("board", "--list", "all").code == 2


def test_whom_to_call_and_the_calls_that_were_made(clerk: Person) -> None:
    rows = clerk.does("chase", "--about", "unpaid")
    assert rows
    assert all(row["message"].startswith(row["unit"]) for row in rows)
    unit = rows[0]["unit_id"]
    assert told(*clerk.signs(), "call", "list", unit).out == "还没有联系过。\n"
    logged = ("call", "log", unit, "--about", "unpaid", "--outcome", "明天转账", "--with", "周演示")
    call = clerk.does(*logged, "--again", today())["call"]
    assert (call["outcome"], call["about"], call["again_on"]) == (
        "明天转账",
        "unpaid",
        str(today()),
    )
    assert [one["id"] for one in clerk.does("call", "list", unit)] == [call["id"]]
    assert "明天转账" in told(*clerk.signs(), "call", "list", unit).out
    again = next(row for row in clerk.does("chase", "--about", "unpaid") if row["unit_id"] == unit)
    assert (again["calls"], again["again_on"]) == (1, str(today()))
    assert len(clerk.does("board", "--list", "due-call")) == 1
    assert "约定" in told(*clerk.signs(), "board", "--list", "due-call").out


def test_a_call_logged_twice_under_one_operation_is_one_call(clerk: Person) -> None:
    said = ("--operation", "018f0000-0000-7000-8000-0000000000aa", "call", "log", 1,
            "--about", "other")  # fmt: skip
    first, second = clerk.does(*said), clerk.does(*said)
    assert first == second
    assert len(clerk.does("call", "list", 1)) == 1
    assert told(*clerk.signs(), "call", "log", 1, "--about", "other").out == "已登记联系:其他\n"


def test_what_cannot_be_is_refused(clerk: Person) -> None:
    assert clerk.tries("call", "log", 99, "--about", "other").error["code"] == "unit-unknown"
    early = ("call", "log", 1, "--about", "other", "--again", "2020-01-01")
    assert clerk.tries(*early).error["code"] == "date"
    words = told(*clerk.signs(), "chase", "--area", "没有这片")
    assert words.out == "没有要催办的单位。\n"
