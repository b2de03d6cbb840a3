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
    [listed] = clerk.does("match", "booked")["booked"]
    assert (listed["line"]["id"], listed["parts"][0]["enrolment_id"]) == (line, case)
    [waits] = clerk.does("match", "arriving")["arriving"]
    assert (waits["enrolment_id"], waits["fen"], waits["on"]) == (case, due, "2026-01-05")
    assert waits["refusal"] == "这笔钱到没有到,由省办确认。"
    freed = clerk.does("match", "undo", line, "--reason", "认错了")
    assert freed["matches"]["fen"] == due
    slip = ("--fen", due, "--paid-on", "2026-01-05", "--payer", "远方公司(演示)")
    clerk.does("payment", "record", case, *slip)
    (same,) = clerk.does("match", "list")["matches"]["proposals"]
    linked = clerk.does("match", "link", line, same["payment"])
    assert (linked["payment"], linked["matches"]["fen"]) == (same["payment"], 0)
    assert clerk.tries("match", "certain", "--line", line).error["code"] == "match-changed"


def test_money_that_pays_for_nothing_is_set_aside_and_asked_back(
    clerk: Person, tmp_path: Path
) -> None:
    listed = clerk.tries("enrolment", "list").document
    case = next(one["id"] for one in listed if one["step_label"] == "待缴费")
    path = tmp_path / "流水.csv"
    rows = ("账号:,1234567890123", "交易日期,收入金额,支出金额,对方户名,摘要")
    path.write_text("\n".join((*rows, "2026-01-05,80.00,,远方公司(演示),货款")), "utf-8-sig")
    clerk.does("statement", "import", path, "--new-account")
    [one] = clerk.does("match", "list")["matches"]["proposals"]
    line = one["lines"][0]["id"]
    payment = clerk.does("match", "set-aside", line, "--reason", "付错了单位")["payment"]
    [kept] = clerk.does("match", "left")["remainders"]
    assert (kept["payment_id"], kept["left_fen"]) == (payment, 8_000)
    asked = ("--on", "2026-01-06", "--reason", "付错了单位")
    [kept] = clerk.does("match", "refund-left", payment, *asked)["remainders"]
    assert (kept["left_fen"], kept["waiting_fen"]) == (0, 8_000)
    own = clerk.tries("match", "left-arrived", payment, "--on", "2026-01-07")
    assert own.error["code"] == "same-person"
    clerk.does("match", "cancel-left", payment, "--reason", "是会费")
    assert clerk.does("match", "use-left", payment, "--part", f"{case}:8000")["remainders"] == []


def test_interest_and_fees_are_marked_listed_and_taken_back(clerk: Person, tmp_path: Path) -> None:
    path = tmp_path / "流水.csv"
    rows = ("账号:,1234567890123", "交易日期,收入金额,支出金额,对方户名,摘要")
    money = ("2026-01-05,12.34,,演示银行,结息", "2026-01-05,,20.00,演示银行,手续费")
    path.write_text("\n".join((*rows, *money)), "utf-8-sig")
    clerk.does("statement", "import", path, "--new-account")
    earned, paid = (one["id"] for one in clerk.does("statement", "list")["lines"])
    clerk.does("match", "mark", paid, "--kind", "fee")
    assert clerk.tries("match", "mark", earned, "--kind", "other").error["code"] == "reason-missing"
    marked = clerk.does("match", "mark", earned, "--kind", "interest", "--note", "一季度")["marked"]
    assert [(one["line"]["fen"], one["mark"], one["note"]) for one in marked] == [
        (-2_000, "fee", ""),
        (1_234, "interest", "一季度"),
    ]
    assert clerk.does("match", "list")["matches"]["proposals"] == []
    assert clerk.does("match", "left")["remainders"] == []
    tie = clerk.tries("tie").document
    assert [(one["mark"], one["fen_in"], one["fen_out"]) for one in tie["bank"]] == [
        ("interest", 1_234, 0),
        ("fee", 0, 2_000),
    ]
    [file] = clerk.does("statement", "files")["files"]
    back = clerk.tries("statement", "take-back", file["id"], "--reason", "拿错了")
    assert back.error["code"] == "statement-used"
    freed = clerk.does("match", "unmark", earned, "--reason", "是会费")["marked"]
    assert freed == clerk.does("match", "marked")["marked"] == marked[:1]
    told = clerk.does("match", "history", earned)["history"]
    assert [(one["what"], one["note"]) for one in told] == [
        ("读入", "《流水.csv》"),
        ("记为利息", "一季度"),
        ("撤回其他款项", "是会费"),
    ]
