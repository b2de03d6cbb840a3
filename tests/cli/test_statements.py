"""银行流水 on the command line: checked before any office exists."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.cli.desk import run, told
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
