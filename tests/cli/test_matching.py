"""`match`: from a statement's line to the application that it pays for, and back."""

from __future__ import annotations

from pathlib import Path

from tests.cli.desk import Person


def test_money_of_a_statement_is_booked_linked_and_taken_back(
    clerk: Person, tmp_path: Path
) -> None:
    (paid,) = clerk.tries("enrolment", "show", 1).document["enrolment"]["payments"]
    clerk.does("payment", "return", 1, paid["id"], "--reason", "改由流水认")
    listed = clerk.tries("enrolment", "list").document
    case, due = next((one["id"], one["due_fen"]) for one in listed if one["step_label"] == "待缴费")
    path = tmp_path / "流水.csv"
    rows = ("账号:,1234567890123", "交易日期,收入金额,支出金额,对方户名,摘要")
    money = f"2026-01-05,{due / 100:.2f},,远方公司(演示),会费"
    path.write_text("\n".join((*rows, money)), "utf-8-sig")
    clerk.does("statement", "import", path, "--new-account")
    found = clerk.does("match", "list")["matches"]
    assert [one["certain"] for one in found["proposals"]] == [False]
    line = found["proposals"][0]["lines"][0]["id"]
    assert clerk.does("match", "certain") == {"booked": 0}
    booked = clerk.does("match", "book", line, "--part", f"{case}:{due}")
    assert booked["matches"]["fen"] == 0
    freed = clerk.does("match", "undo", line, "--reason", "认错了")
    assert freed["matches"]["fen"] == due
    slip = ("--fen", due, "--paid-on", "2026-01-05", "--payer", "远方公司(演示)")
    clerk.does("payment", "record", case, *slip)
    (same,) = clerk.does("match", "list")["matches"]["proposals"]
    linked = clerk.does("match", "link", line, same["payment"])
    assert (linked["payment"], linked["matches"]["fen"]) == (same["payment"], 0)
    assert clerk.tries("match", "certain", "--line", line).error["code"] == "match-changed"
