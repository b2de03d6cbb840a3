"""Files of an office or of a backup lost, moved or damaged: told, and nothing made anew."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from db.files import ATTACHMENTS, LEDGER
from db.keyring import FILE_NAME as KEYRING
from db.manifest import FILE_NAME as MANIFEST
from tests.cli.desk import Outcome, Person, run


def files_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.fixture
def backup(clerk: Person, tmp_path: Path) -> Path:
    return Path(clerk.tries("backup", "--to", tmp_path / "U盘").document["backup"])


def restored(clerk: Person, backup: Path, office: Path) -> Outcome:
    signs = ("--office", office, "--user", clerk.login, "--password-file", clerk.password_file)
    return run(*signs, "restore", backup)


@pytest.mark.parametrize("lost", [LEDGER, KEYRING])
def test_an_office_that_lost_a_file_is_told_so_and_no_other_is_made(
    clerk: Person, lost: str
) -> None:
    (clerk.office / lost).unlink()
    before = files_in(clerk.office)
    done = clerk.tries("unit", "list")
    assert (done.code, done.error["code"]) == (4, "office-incomplete")
    assert lost in done.error["message"]
    assert files_in(clerk.office) == before


def test_an_emptied_ledger_is_left_as_it_is(clerk: Person) -> None:
    (clerk.office / LEDGER).write_bytes(b"")
    done = clerk.tries("unit", "list")
    assert (done.code, done.error["code"]) == (4, "office-incomplete")
    assert (clerk.office / LEDGER).read_bytes() == b""


def test_what_is_no_backup_is_told_so(clerk: Person, backup: Path, tmp_path: Path) -> None:
    (backup / MANIFEST).rename(tmp_path / MANIFEST)
    for place in (tmp_path / "gone", backup.parent, backup, clerk.office / LEDGER):
        done = restored(clerk, place, tmp_path / "restored")
        assert (done.code, done.error["code"]) == (4, "backup-unknown")
    assert not (tmp_path / "restored").exists()


def test_a_backup_is_not_restored_into_the_backups(clerk: Person, backup: Path) -> None:
    other = Path(clerk.does("backup", "--to", backup.parent.parent / "another")["backup"])
    before = files_in(backup.parent)
    for place in (backup, backup.parent, other):
        done = restored(clerk, backup, place)
        assert (done.code, done.error["code"]) == (4, "folder-of-backups")
    assert files_in(backup.parent) == before


def test_a_backup_is_no_office_and_nothing_is_written_into_it(clerk: Person) -> None:
    made = Path(clerk.does("backup")["backup"])
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    there = Person(made, clerk.login, clerk.password_file)
    for asked in (("unit", "list"), ("verify",), ("backup",), ("scheme", "year", "2030")):
        done = there.tries(*asked)
        assert (done.code, done.error["code"]) == (4, "folder-is-backup")
        assert "看起来是备份" in done.error["message"]
        assert "restore" in done.error["remedy"]
    assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == before
    assert clerk.does("verify", made)["ok"]


def test_a_backup_without_its_attachments_says_what_to_bring(
    clerk: Person, backup: Path, tmp_path: Path
) -> None:
    shutil.rmtree(backup.parent / ATTACHMENTS)
    done = restored(clerk, backup, tmp_path / "restored")
    assert (done.code, done.error["code"]) == (4, "backup-incomplete")
    assert ATTACHMENTS in done.error["remedy"]
    assert not (tmp_path / "restored" / LEDGER).exists()


def test_a_damaged_backup_is_not_taken_for_a_damaged_office(
    clerk: Person, backup: Path, tmp_path: Path
) -> None:
    data = bytearray((backup / LEDGER).read_bytes())
    data[9000] ^= 0xFF
    (backup / LEDGER).write_bytes(data)
    done = restored(clerk, backup, tmp_path / "restored")
    assert (done.code, done.error["code"]) == (4, "backup-damaged")
    assert not (tmp_path / "restored" / LEDGER).exists()


def test_words_that_are_no_utf8_are_wrong_usage(clerk: Person) -> None:
    done = clerk.tries("find", os.fsdecode(b"\xcd\xf5"))
    assert (done.code, done.error["code"]) == (2, "encoding")


def test_a_transfer_is_returned_by_its_number(clerk: Person) -> None:
    (paid,) = clerk.tries("enrolment", "show", 1).document["enrolment"]["payments"]
    assert paid["state"] == "differs"
    other = clerk.tries("payment", "return", 2, paid["id"], "--reason", "别家的")
    assert (other.code, other.error["code"]) == (3, "payment-unknown")
    view = clerk.tries("payment", "return", 1, paid["id"], "--reason", "少2人的钱").document
    assert [one["state"] for one in view["enrolment"]["payments"]] == ["returned"]
    assert view["enrolment"]["paid_fen"] == 0


def test_a_transfer_for_several_cases_is_recorded_with_its_parts(clerk: Person) -> None:
    (paid,) = clerk.tries("enrolment", "show", 1).document["enrolment"]["payments"]
    on = ("--paid-on", "2026-01-05", "--payer", "县财政局(演示)")
    wrong = clerk.tries("payment", "record-shared", "--part", "1-2", "--fen", 1, *on)
    assert (wrong.code, "12:50000:10" in wrong.error["message"]) == (2, True)
    uneven = ("--part", "1:10000:1", "--part", "2:10000", "--fen", 30_000, *on)
    assert clerk.tries("payment", "record-shared", *uneven).error["code"] == "parts-differ"
    clerk.does("payment", "return", 1, paid["id"], "--reason", "改由财政付")
    listed = clerk.tries("enrolment", "list").document
    due = {one["id"]: one["due_fen"] for one in listed if one["step_label"] == "待缴费"}
    assert len(due) > 1
    told = [word for case, fen in due.items() for word in ("--part", f"{case}:{fen}")]
    done = clerk.does("payment", "record-shared", *told, "--fen", sum(due.values()), *on)
    shown = {one["id"]: one["payments"][-1] for one in done["enrolments"]}
    assert {case: one["amount_fen"] for case, one in shown.items()} == due
    assert {one["id"] for one in shown.values()} == {done["payment"]}
    assert {one["state"] for one in shown.values()} == {"agrees"}
    case, why = min(due), ("--reason", "认错了单位")
    out = clerk.does("payment", "take-part-out", case, done["payment"], *why)
    assert out["enrolment"]["paid_fen"] == 0
    [kept] = clerk.does("match", "left")["remainders"]
    assert (kept["payment_id"], kept["left_fen"]) == (done["payment"], due[case])
    again = clerk.tries("payment", "take-part-out", case, done["payment"], *why)
    assert again.error["code"] == "payment-unknown"
