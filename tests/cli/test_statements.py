"""银行流水 on the command line: checked before any office exists."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.cli.desk import Person, run, told
from tests.intake.test_locked import PASSWORD

HEAD = ["交易日期", "收入金额", "支出金额", "余额", "对方户名", "摘要"]
ROWS = [
    ["2026-03-01", "1,000.00", "", "1,000.00", "甲校(演示)", "会费"],
    ["2026-03-02", "", "20.00", "980.00", "演示银行", "手续费"],
]


def write(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_files_are_checked_each_by_itself(tmp_path: Path) -> None:
    one = write(tmp_path / "一.xlsx", HEAD, *ROWS)
    two = tmp_path / "二.csv"
    two.write_text("日期,金额\n20260301,-5.00\n20260302,3.00\n合计,-2.00\n", "gb18030")
    done = run("statement", "check", one, two)
    assert done.code == 0
    first, second = done.document["files"]
    assert (first["file"], first["accepted"], first["in"]) == (
        "一.xlsx", 2, {"lines": 1, "fen": 100_000},
    )  # fmt: skip
    assert first["lines"][0]["row"] == 2
    assert first["lines"][0]["day"] == "2026-03-01"
    assert (second["rows_read"], second["accepted"], second["skipped"]) == (3, 2, 1)
    text = told("statement", "check", one).out
    assert "《一.xlsx》:读入2行,流水2笔,待改0,跳过0。" in text
    assert "收入1笔1,000.00元,支出1笔20.00元。" in text


def test_what_is_unclear_is_asked_and_may_be_said(tmp_path: Path) -> None:
    file = write(tmp_path / "a.xlsx", ["日期", "金额"], ["20260301", "5.00"])
    done = run("statement", "check", file)
    assert done.code == 3
    assert done.document["files"][0]["questions"] == [{"field": "amount", "letters": ["B"]}]
    assert "错误  Sheet · B列" in told("statement", "check", file).out
    said = run("statement", "check", file, "--column", "金额=out")
    assert (said.code, said.document["files"][0]["out"]["fen"]) == (0, 500)


@pytest.mark.parametrize(
    ("columns", "code"),
    [(["金额=money"], "column-field"), (["金额=in", "日期=in"], "column-twice")],
)
def test_a_choice_that_makes_no_sense_is_refused(
    tmp_path: Path, columns: list[str], code: str
) -> None:
    file = write(tmp_path / "a.xlsx", ["日期", "金额"], ["20260301", "5.00"])
    options = [word for one in columns for word in ("--column", one)]
    done = run("statement", "check", file, *options)
    assert (done.code, done.error["code"]) == (3, code)


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    good = write(tmp_path / "一.xlsx", HEAD, *ROWS)
    done = run("statement", "check", tmp_path / "没有.xlsx", good)
    assert done.code == 4
    first, second = done.document["files"]
    assert (first["rows_read"], first["findings"][0]["code"]) == (0, "file-missing")
    assert second["accepted"] == 2
    assert "没有.xlsx" in told("statement", "check", tmp_path / "没有.xlsx").out


def test_a_locked_file_opens_with_its_password(tmp_path: Path) -> None:
    file = tmp_path / "二.xlsx"
    with write(tmp_path / "一.xlsx", HEAD, *ROWS).open("rb") as source, file.open("wb") as out:
        OOXMLFile(source).encrypt(PASSWORD, out)
    password = tmp_path / "p.txt"
    password.write_text(PASSWORD, "utf-8")
    assert run("statement", "check", file).code == 4
    assert run("statement", "check", file, "--opens-with", password).code == 0


def test_a_statement_is_looked_at_stored_listed_and_taken_back(
    clerk: Person, tmp_path: Path
) -> None:
    number = "1234567890123"
    file = write(tmp_path / "一.xlsx", ["账号:", number], HEAD, *ROWS)
    looked = clerk.does("statement", "preview", file)
    assert (looked["plan"]["new"], looked["plan"]["account"]) == (2, number)
    assert clerk.tries("statement", "import", file).error["code"] == "statement-account-unknown"
    stored = clerk.does("statement", "import", file, "--new-account")["stored"]
    assert (stored["lines"], stored["new"]) == (2, 2)
    again = told("statement", "import", file, *clerk.signs())
    assert again.out == "这份文件以前已经读入,什么也没有改动。\n"
    listed = clerk.does("statement", "list", "--account", number, "--from", "2026-03-02")["lines"]
    assert [(one["day"], one["amount_fen"]) for one in listed] == [("2026-03-02", -2_000)]
    assert (
        "1,000.00  甲校(演示)  会费  余额1,000.00" in told("statement", "list", *clerk.signs()).out
    )
    files = clerk.does("statement", "files")
    assert [one["number"] for one in files["accounts"]] == [number]
    assert f"账户  {number}" in told("statement", "files", *clerk.signs()).out
    back = ("statement", "take-back", files["files"][0]["id"], "--reason", "拿错了文件")
    assert clerk.does(*back)["lines"] == 2
    assert clerk.does("statement", "list", "--to", "2026-12-31") == {"lines": [], "gaps": []}
    clerk.does("statement", "import", write(tmp_path / "二.xlsx", ["账号:", number], HEAD, ROWS[0]))
    later = ["2026-03-09", "1.00", "", "9.00", "", ""]
    clerk.does("statement", "import", write(tmp_path / "三.xlsx", ["账号:", number], HEAD, later))
    assert "差-992.00元,可能还有流水没有读入" in told("statement", "list", *clerk.signs()).out


def test_what_is_doubtful_is_answered_on_the_command_line(clerk: Person, tmp_path: Path) -> None:
    head, row = ["日期", "收入"], ["20260301", "60.00"]
    account = ("--account", "1234567890123")
    one = write(tmp_path / "一.xlsx", head, row)
    text = told("statement", "import", one, *account, "--new-account", *clerk.signs()).out
    assert text == "已存入:流水1笔,其中新的1笔。\n"
    two = write(tmp_path / "二.xlsx", head, row, ["", ""], ["合计", "60.00"])
    looked = told("statement", "preview", two, *account, *clerk.signs()).out
    assert "看不准  Sheet!2  2026-03-01  60.00" in looked
    assert clerk.tries("statement", "import", two, *account).error["code"] == "statement-doubtful"
    wrong = clerk.tries("statement", "import", two, *account, "--line", "2=maybe")
    assert (wrong.code, wrong.error["code"]) == (2, "usage")
    said = clerk.does("statement", "import", two, *account, "--line", "Sheet!2=known")
    assert said["stored"]["new"] == 0
    three = write(tmp_path / "三.xlsx", head, row, ["合计", "60.00"])
    said = clerk.does("statement", "import", three, *account, "--doubtful", "new")
    assert said["stored"]["new"] == 1
    whole = clerk.does("statement", "preview", three, *account, "--whole-days")["plan"]
    assert whole["whole_days"] is True


def test_a_locked_statement_is_stored_with_its_password(clerk: Person, tmp_path: Path) -> None:
    file, password = tmp_path / "二.xlsx", tmp_path / "p.txt"
    bare = write(tmp_path / "一.xlsx", ["账号:", "1234567890123"], HEAD, *ROWS)
    with bare.open("rb") as source, file.open("wb") as out:
        OOXMLFile(source).encrypt(PASSWORD, out)
    password.write_text(PASSWORD, "utf-8")
    opened = ("--opens-with", password, "--new-account")
    assert clerk.does("statement", "preview", file, *opened)["plan"]["new"] == 2
    assert clerk.does("statement", "import", file, *opened)["stored"]["new"] == 2
