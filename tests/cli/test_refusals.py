"""What cannot be done is one sentence with a code and an exit, and nothing of it is stored."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from db.attachments import AttachmentStore
from desktop_app import sample_office
from desktop_app.bootstrap import sign_in
from desktop_app.sample_office import SAMPLE_USERS
from tests.cli.desk import Person, has_chinese, run, told
from tests.cli.test_roster_check import bad_files
from tests.faults.disks import can_mount, make_read_only, small_disk

DRAFT = 5  # a case of the sample county that still is a draft
ROOM = 64 * 1024  # enough to open the ledger, not enough to write a roster
Counts = Callable[[], dict[str, int]]
root_only = pytest.mark.skipif(not can_mount(), reason="mounting a small disk needs root")


def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(clerk: Person) -> None:
    clerk.password_file.write_text("not the password", "utf-8")
    wrong = clerk.tries("unit", "list")
    unknown = Person(clerk.office, "nobody", clerk.password_file).tries("unit", "list")
    assert (wrong.code, wrong.error["code"]) == (4, "password-wrong")
    assert wrong.error == unknown.error


def test_a_missing_password_file_is_told(clerk: Person) -> None:
    clerk.password_file.unlink()
    done = clerk.tries("unit", "list")
    assert (done.code, done.error["code"]) == (4, "password-file")


def test_an_office_that_a_window_holds_is_in_use(clerk: Person) -> None:
    login, _name, _role, password = SAMPLE_USERS[2]
    with sign_in(clerk.office, login, password):
        done = clerk.tries("unit", "list")
    assert (done.code, done.error["code"]) == (4, "office-in-use")
    assert clerk.tries("unit", "list").code == 0


def test_a_folder_without_an_office_is_told(clerk: Person, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    done = Person(empty, "wangli", clerk.password_file).tries("unit", "list")
    assert (done.code, done.error["code"], done.error["where"]) == (4, "no-office", str(empty))
    assert not empty.exists()


def test_a_rule_refuses_with_exit_3_and_nothing_is_stored(clerk: Person, counts: Counts) -> None:
    before = counts()
    done = clerk.tries("enrolment", "submit", DRAFT)
    assert done.code == 3
    assert done.error["code"].startswith("participation")
    assert has_chinese(done.error["remedy"])
    words = told(*clerk.signs(), "enrolment", "submit", DRAFT)
    assert (words.code, words.out) == (3, "")
    assert done.error["message"] in words.err
    assert counts() == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("enrolment", "show", 99), "enrolment-unknown"),
        (("claim", "show", 99), "claim-unknown"),
        (("unit", "open", 1), "not-permitted"),
        (("enrolment", "start", 99, "--plan", "hospital", "--at-work", 1), "unit-unknown"),
        (("renewal", "start", 999), "unit-unknown"),
        (("print", "save", 999, "x.pdf"), "form-unknown"),
        (("print", "issue", DRAFT, "application"), "not-yet-printable"),
        (("enrolment", "approve", 10), "not-permitted"),
        (("roster", "import", 2, "x.xlsx"), "case-closed"),
        (("roster", "import", 10, "x.xlsx"), "not-a-draft"),
        (("scheme", "confirm", "plans.x.fee_fen", 1, "--document", "x"), "not-permitted"),
    ],
)
def test_each_refusal_has_its_code(
    clerk: Person, counts: Counts, arguments: tuple[str | int, ...], code: str
) -> None:
    before = counts()
    done = clerk.tries(*arguments)
    assert (done.code, done.error["code"]) == (3, code)
    assert counts() == before


def test_a_file_that_is_no_roster_is_exit_4_and_nothing_is_stored(
    clerk: Person, counts: Counts, tmp_path: Path
) -> None:
    before = counts()
    for code, path in bad_files(tmp_path).items():
        done = clerk.tries("roster", "import", DRAFT, path)
        assert (done.code, done.error["code"]) == (4, code)
        assert has_chinese(done.error["message"])
    assert counts() == before


def test_a_paper_that_is_no_picture_is_exit_4_and_nothing_is_stored(
    clerk: Person, counts: Counts, tmp_path: Path
) -> None:
    before = counts()
    paper = tmp_path / "paper.png"
    paper.write_text("no picture", "utf-8")
    done = clerk.tries("enrolment", "attach", DRAFT, "insurance-proof", paper)
    assert (done.code, done.error["code"]) == (4, "scan-not-readable")
    assert counts() == before


def test_another_packages_acknowledgement_is_refused(
    clerk: Person, county: Path, counts: Counts
) -> None:
    (answer,) = county.rglob("回执*.json")
    before = counts()
    done = clerk.tries("submission", "acknowledge", 3, answer)
    assert (done.code, done.error["code"]) == (4, "acknowledgement-other-package")
    assert counts() == before


def test_demo_and_office_leave_a_folder_with_files_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    password = tmp_path / "password"
    password.write_text("long enough it is", "utf-8")
    two = ("--staff", "a", "甲", "clerk", password, "--staff", "b", "乙", "head", password)
    create = ("office", "create", "--name", "县", "--county", "县", *two, "--office")
    for command in (("demo", tmp_path), (*create, tmp_path), ("demo", tmp_path / "mine.txt")):
        done = run(*command)
        assert (done.code, done.error["code"]) == (4, "folder-not-empty")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.txt", "password"]


def test_an_office_of_one_person_is_refused_and_leaves_no_folder(tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("long enough it is", "utf-8")
    one = ("--name", "县", "--county", "县", "--staff", "a", "甲", "clerk", password)
    done = run("office", "create", *one, "--office", tmp_path / "office")
    assert (done.code, done.error["code"]) == (3, "two-people")
    assert not (tmp_path / "office").exists()
    boss = ("--staff", "b", "乙", "boss", password)
    assert run("office", "create", *one, *boss, "--office", tmp_path / "office").code == 2


def test_a_demo_that_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise RuntimeError("half way")

    monkeypatch.setattr(sample_office, "walk_sample", broken)
    done = run("demo", tmp_path / "county")
    assert (done.code, done.error["code"]) == (1, "bug")
    assert not (tmp_path / "county").exists()
    (tmp_path / "empty").mkdir()
    assert run("demo", tmp_path / "empty").code == 1
    assert list((tmp_path / "empty").iterdir()) == []


@pytest.mark.integration
@root_only
def test_a_full_disk_is_one_sentence_and_the_folder_is_as_before(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        done = run("demo", disk / "county")
        assert (done.code, done.error["code"]) == (4, "store-full")
        assert list(disk.iterdir()) == []


@pytest.mark.integration
@root_only
def test_an_act_on_a_full_disk_stores_nothing(
    office: Path, county: Path, clerk: Person, tmp_path: Path, counts: Counts
) -> None:
    before = counts()
    with small_disk(tmp_path / "disk", "12m") as disk:
        shutil.copytree(office, disk / "office", ignore=shutil.ignore_patterns("logs"))
        full = Person(disk / "office", clerk.login, clerk.password_file)
        assert full.does("unit", "list")
        (disk / "room").write_bytes(bytes(ROOM))
        with (disk / "filler").open("wb") as filler:
            _fill(filler.fileno())
        (disk / "room").unlink()
        done = full.tries("roster", "import", DRAFT, roster_of_draft(county))
        assert (done.code, done.error["code"]) == (4, "store-full")
        (disk / "filler").unlink()
        shutil.rmtree(office)
        shutil.copytree(disk / "office", office)
    assert counts() == before


@pytest.mark.integration
@root_only
def test_a_read_only_disk_is_one_sentence(office: Path, clerk: Person, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "40m") as disk:
        shutil.copytree(office, disk / "office")
        make_read_only(disk)
        there = Person(disk / "office", clerk.login, clerk.password_file)
        for command in (("unit", "list"), ("unit", "register", "--name", "乙", "--kind", "firm")):
            done = there.tries(*command)
            assert (done.code, done.error["code"]) == (4, "store-read-only")
        done = run("demo", disk / "county")
        assert (done.code, done.error["code"]) == (4, "store-read-only")


def tamper(office: Path, statement: str) -> None:
    """What somebody with the key could do to the ledger behind the program's back."""
    login, _name, _role, password = SAMPLE_USERS[2]
    with sign_in(office, login, password) as signed, signed.desk.database.writing() as uow:
        guards = uow.session.execute(
            sql("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_line'")
        )
        for (name,) in guards.all():
            uow.session.execute(sql(f"DROP TRIGGER {name}"))
        uow.session.execute(sql(statement))
        uow.commit()


def test_verify_tells_a_changed_audit_line(head: Person, office: Path) -> None:
    tamper(office, "UPDATE audit_line SET subject = 'unit 7' WHERE seq = 20")
    found = head.does("verify")
    assert (found["ok"], found["audit"]["ok"]) == (False, False)
    assert found["audit"]["first_bad"] == "A-20"
    assert found["attachments"]["ok"] is True
    assert "A-20" in told(*head.signs(), "verify").out


def test_verify_tells_lines_cut_off_the_end(head: Person, office: Path) -> None:
    lines = head.does("verify")["audit"]["lines"]
    tamper(office, f"DELETE FROM audit_line WHERE seq = {lines}")
    assert head.does("verify")["audit"]["first_bad"] == f"A-{lines}"


def test_verify_tells_damaged_and_missing_attachments(head: Person, office: Path) -> None:
    store = AttachmentStore(office / "attachments", bytes(32))
    store.path(store.names()[0]).write_bytes(b"MAD1 something else")
    store.path(store.names()[1]).unlink()
    found = head.does("verify")
    assert (found["ok"], len(found["attachments"]["bad"])) == (False, 2)
    assert "2件缺失或损坏" in told(*head.signs(), "verify").out


def test_a_damaged_ledger_is_exit_4(clerk: Person, office: Path) -> None:
    ledger = office / "ledger.db"
    data = bytearray(ledger.read_bytes())
    for place in range(8192, len(data), 4096):
        data[place + 100] ^= 0xFF
    ledger.write_bytes(data)
    done = clerk.tries("verify")
    assert (done.code, done.error["code"]) == (4, "store-damaged")


def test_a_damaged_backup_and_a_missing_one_are_told(
    clerk: Person, office: Path, tmp_path: Path
) -> None:
    made = Path(clerk.does("backup", "--to", tmp_path / "stick")["backup"])
    with (made / "ledger.db").open("r+b") as file:
        file.seek(5000)
        file.write(b"x")
    for act, code in (("verify", "store-damaged"), ("restore", "backup-damaged")):
        done = clerk.tries(act, made)
        assert (done.code, done.error["code"]) == (4, code)
    assert clerk.does("unit", "list")
    for command in (("verify", tmp_path / "none"), ("restore", tmp_path / "none")):
        assert clerk.tries(*command).code == 4


def _fill(handle: int) -> None:
    try:
        while True:
            os.write(handle, bytes(4096))
    except OSError:
        return


def roster_of_draft(county: Path) -> Path:
    (roster,) = (path for path in county.glob("单位报送/05*/*名*.xls*"))
    return roster
