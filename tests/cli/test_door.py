"""One JSON document and the right exit code at every exit, whatever was typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.cli import rules
from tests.cli.desk import has_chinese, run, told

WRONG = [
    [],
    ["nonsense"],
    ["rules"],
    ["rules", "capitals"],
    ["rules", "capitals", "-5"],
    ["rules", "capitals", "1.5"],
    ["rules", "capitals", "١"],
    ["rules", "capitals", "1", "2"],
    ["rules", "capitals", "1", "--bogus"],
    ["rules", "capitals", "100000000000000"],
    ["rules", "retirement", "--born", "1970-02-30", "--post", "male"],
    ["rules", "retirement", "--born", "19700201", "--post", "male"],
    ["rules", "retirement", "--born", "1970-02-01", "--post", "man"],
    ["rules", "retirement", "--born", "1970-02-01"],
    ["rules", "participation", "--scheme", "nowhere", "--at-work", "1", "--joining", "1"],
    ["rules", "participation", "--scheme", "xianfeng-2024", "--at-work", "1", "--joining", "2"],
    ["rules", "contribution", "--scheme", "xianfeng-2024", "--people", "1", "--plan", "house"],
    ["rules", "contribution", "--scheme", "xianfeng-2024", "--people", "1", "--at", "noon"],
    ["scheme", "show", "nowhere"],
    ["roster", "check"],
    ["roster", "check", "a.xlsx", "--on", "2026-13-01"],
    ["roster", "check", "a.xlsx", "--scheme"],
    ["unit", "list"],
    ["unit", "list", "--office", "x"],
    ["unit", "list", "--office", "x", "--user", "y"],
    ["unit", "list", "--operation", "not-a-uuid"],
    ["claim", "register", "--plan", "accident", "--on", "2026-12-01"],
    ["restore"],
    ["--operation"],
    ["rules", "contribution", "--scheme", "xianfeng-2024", "--people", "1", "--women", "2"],
    ["rules", "contribution", "--scheme", "xianfeng-2024", "--people", "1", "--shares", "0"],
    ["enrolment", "start", "1", "--plan", "Hospital!", "--at-work", "1"],
    ["rules", "capitals", "0", "--password-file"],
    ["claim", "register", "--plan", "a", "--on", "2026-12-01", "--member", "1", "--person", "x"],
    ["demo", "a", "--json=yes"],
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_is_exit_2_and_one_chinese_sentence(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert done.error["code"] == "usage"
    assert has_chinese(done.error["message"])
    assert done.error["message"] in done.err


@pytest.mark.parametrize("arguments", WRONG[1:], ids=" ".join)
def test_without_json_wrong_usage_leaves_standard_output_empty(arguments: list[str]) -> None:
    done = told(*arguments)
    assert (done.code, done.out) == (2, "")
    assert has_chinese(done.err)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["unit", "--help"], ["enrolment", "start", "--help"]], ids=" ".join
)
def test_help_is_an_answer(arguments: list[str]) -> None:
    assert "用法" in run(*arguments).document["help"]
    done = told(*arguments)
    assert (done.code, done.err) == (0, "")
    assert "--office DIR" in done.out


def test_help_names_every_group_of_acts() -> None:
    text = run("--help").document["help"]
    for name in (
        "demo", "scheme", "rules", "roster", "office", "unit", "enrolment", "payment", "print",
        "submission", "archive", "claim", "find", "backup", "restore", "verify",
    ):  # fmt: skip
        assert f"\n    {name} " in text


def test_options_are_taken_before_between_and_after_the_command() -> None:
    ways = [
        ["--json", "rules", "capitals", "0"],
        ["rules", "--json", "capitals", "0"],
        ["rules", "capitals", "--json", "0"],
        ["rules", "capitals", "0", "--json"],
    ]
    assert {told(*way).out for way in ways} == {told(*ways[0]).out}
    assert json.loads(told(*ways[3]).out) == {"text": "人民币零元整"}


def test_a_bug_is_exit_1_with_its_traceback_in_the_log_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_fen: int) -> str:
        raise RuntimeError("11010119900307001X is in the way")

    monkeypatch.setattr(rules, "capitals", broken)
    done = run("rules", "capitals", "1")
    assert (done.code, done.error["code"]) == (1, "bug")
    assert "Traceback" not in done.err + done.out
    log = Path(done.error["where"]).read_text("utf-8")
    assert "RuntimeError" in log
    assert "11010119900307001X" not in log


def test_a_bug_is_told_even_where_no_log_can_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    monkeypatch.setattr(rules, "capitals", lambda _fen: 1 / 0)
    done = run("rules", "capitals", "1")
    assert (done.code, done.error["code"], done.error["where"]) == (1, "bug", None)


def test_stopping_a_command_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_fen: int) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(rules, "capitals", stopped)
    done = run("rules", "capitals", "1")
    assert (done.code, done.error["code"]) == (130, "cancelled")


def test_output_is_utf_8_whatever_the_console_speaks() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "rules", "capitals", "--json", "123456"],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"},
    )
    assert json.loads(done.stdout.decode("utf-8")) == {"text": "人民币壹仟贰佰叁拾肆元伍角陆分"}
    assert done.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="/dev/full")
def test_an_answer_that_cannot_be_written_is_a_matter_of_files() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "desktop_app", "rules", "capitals", "5"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (4, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
def test_a_reader_who_leaves_early_does_no_harm() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "--json", "scheme", "show", "xianfeng-2024"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_file_name_that_is_no_text_still_gives_a_document(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\xfe.xlsx"
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "--json", "roster", "check", name],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 4, done.stderr
    assert len(json.loads(done.stdout.decode("utf-8"))["findings"]) == 1


def test_no_command_loads_qt_and_questions_do_not_load_the_ledger() -> None:
    code = """
import sys
from desktop_app.cli import main
assert main(["scheme", "list"]) == main(["rules", "capitals", "5"]) == 0
print("sqlalchemy" in sys.modules, "openpyxl" in sys.modules)
from desktop_app import bootstrap
assert main(["rules", "identity", "1"]) == 0
print(any(name.startswith(("PySide6", "shiboken")) for name in sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, encoding="utf-8"
    )
    assert [line for line in done.stdout.splitlines() if "True" in line or "False" in line] == [
        "False False",
        "False",
    ]
