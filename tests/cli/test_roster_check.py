"""先查名单 without an office: its document at every exit, and nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from desktop_app.domain.identity import identity_18
from desktop_app.services.samples import County
from tests.cli.desk import has_chinese, run, told
from tests.intake.test_locked import PASSWORD, lock
from tests.made_once import county_once

SHAPE = {"rows_read", "accepted", "rejected", "skipped", "findings"}
ROSTER = ("--scheme", "xianfeng-2024", "--on", "2026-12-01")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> County:
    return county_once(tmp_path_factory)


def write(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_every_unit_of_the_sample_county_is_judged_as_expected(files: County) -> None:
    for unit in files.units:
        if unit.roster is None or unit.expected is None:
            continue
        done = run("roster", "check", unit.roster, *ROSTER)
        assert (done.code, set(done.document)) == (0, SHAPE), unit.name
        wanted = unit.expected
        assert [done.document[key] for key in ("rows_read", "accepted", "rejected", "skipped")] == [
            wanted.rows_read, wanted.accepted, wanted.rejected, wanted.skipped,
        ]  # fmt: skip
        found = {(one["sheet"], one["row"]) for one in done.document["findings"]}
        assert found == set(wanted.codes)


def test_a_finding_says_where_it_stands(tmp_path: Path) -> None:
    number = identity_18("99999919900307002")
    path = write(tmp_path / "r.xlsx", ["姓名", "身份证号"], ["王丽", number[:17] + "#"])
    assert run("roster", "check", path).document["findings"] == [
        {
            "sheet": "Sheet",
            "row": 2,
            "column": "B",
            "code": "identity-characters",
            "severity": "error",
            "message": run("roster", "check", path).document["findings"][0]["message"],
        }
    ]
    words = told("roster", "check", path)
    assert words.code == 0
    assert "可用0,待补1" in words.out
    assert "第2行B" in words.out


def test_ages_go_by_the_day_that_is_given(tmp_path: Path) -> None:
    number = identity_18("99999919661202002")
    path = write(tmp_path / "r.xlsx", ["姓名", "身份证号"], ["王丽", number])

    def codes(on: str) -> list[str]:
        document = run("roster", "check", path, "--scheme", "xianfeng-2024", "--on", on).document
        return [finding["code"] for finding in document["findings"]]

    assert codes("2027-12-01") == []
    assert codes("2027-12-02") == ["age-above"]


def bad_files(folder: Path) -> dict[str, Path]:
    picture = folder / "picture.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    damaged = folder / "damaged.xlsx"
    damaged.write_bytes(b"PK\x03\x04 and nothing else")
    locked = folder / "locked.xlsx"  # a compound file that holds an encrypted package
    source = Path(__file__).parents[1] / "data" / "spreadsheets"
    locked.write_bytes((source / "poi_protected_passtika.xlsb").read_bytes())
    return {
        "file-not-a-workbook": picture,
        "file-damaged": damaged,
        "file-password": locked,
        "header-not-found": write(folder / "headless.xlsx", ["甲", "乙"], ["王丽", "1"]),
        "no-rows": write(folder / "empty.xlsx", ["姓名", "身份证号"]),
    }


def test_a_file_that_cannot_be_used_is_exit_4_with_its_code_in_the_findings(
    tmp_path: Path,
) -> None:
    for code, path in bad_files(tmp_path).items():
        done = run("roster", "check", path)
        assert done.code == 4, code
        assert set(done.document) == SHAPE
        (finding,) = [one for one in done.document["findings"] if one["severity"] == "error"]
        assert (finding["code"], finding["row"], finding["column"]) == (code, None, None)
        assert has_chinese(finding["message"])
        assert told("roster", "check", path).code == 4


def test_a_locked_roster_is_read_with_the_password_of_a_file(tmp_path: Path) -> None:
    path, secret = lock(tmp_path / "花名册.xlsx", PASSWORD), tmp_path / "密码.txt"
    secret.write_text("wrong\n", "utf-8")
    done = run("roster", "check", path, "--opens-with", secret)
    assert done.code == 4
    assert "打开密码不对" in done.document["findings"][0]["message"]
    secret.write_text(PASSWORD, "utf-8")
    done = run("roster", "check", path, "--opens-with", secret)
    assert (done.code, done.document["rows_read"]) == (0, 1)


@pytest.mark.parametrize("name", ["none.xlsx", "folder"])
def test_a_missing_file_or_a_folder_is_exit_4_too(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    done = run("roster", "check", tmp_path / name)
    assert (done.code, set(done.document)) == (4, SHAPE)
    assert len(done.document["findings"]) == 1


def test_paths_are_the_callers_and_nothing_is_written(tmp_path: Path) -> None:
    write(tmp_path / "r.xlsx", ["姓名", "身份证号"], ["王丽", identity_18("99999919900307002")])
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "roster", "check", "r.xlsx", "--json"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "HOME": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert b'"accepted": 1' in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["r.xlsx"]
