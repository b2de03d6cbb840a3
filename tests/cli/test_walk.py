"""A fresh office taken from nothing to a finished case and a decided claim, by commands only."""

from __future__ import annotations

import datetime
import io
import json
import shutil
import sys
import uuid
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from db.keyring import User
from desktop_app.bootstrap import local_day, system_clock
from desktop_app.domain.identity import identity_18
from desktop_app.domain.uscc import credit_check_character
from desktop_app.services.cases.form_rules import FORMS
from desktop_app.services.samples.drawing import Drawing
from tests.cli.desk import Person, run, told
from tests.made_once import try_passwords_quickly

_BODY = "12999999000000019"
CODE = _BODY + credit_check_character(_BODY)
LIN, HE = User("lin", "林一"), User("he", "何二")
PASSWORDS = {LIN: "lin-long-enough", HE: "he-long-enough!"}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    write_passwords(folder)
    page = Drawing(200, 200)
    page.text(10, 100, "演示")
    (folder / "paper.png").write_bytes(page.png())
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名", "身份证号", "手机号"])
    for number in range(10):
        identity = identity_18(f"999999198{number}03070{number:02d}")
        book.worksheets[0].append([f"王{'甲乙丙丁戊己庚辛壬癸'[number]}", identity, "13800000000"])
    book.worksheets[0].append(["王错", "123", ""])
    book.save(folder / "roster.xlsx")
    return folder


def write_passwords(folder: Path) -> None:
    folder.mkdir()
    for user, password in PASSWORDS.items():
        (folder / user.login).write_text(password + "\n", "utf-8")


@pytest.fixture(scope="module")
def created(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office as it is created, once for all; passwords are tried quickly."""
    folder = tmp_path_factory.mktemp("created")
    write_passwords(folder / "files")
    office = folder / "new" / "office"
    done = run(
        "office", "create", "--office", office, "--name", "甲县总工会", "--county", "甲县",
        "--staff", "lin", "林一", "clerk", folder / "files" / "lin",
        "--staff", "he", "何二", "head", folder / "files" / "he",
    )  # fmt: skip
    assert done.code == 0, done.err
    assert done.document["users"] == ["lin", "he"]
    try_passwords_quickly(office, PASSWORDS)
    return office


@pytest.fixture
def desk(files: Path, created: Path, tmp_path: Path) -> tuple[Person, Person]:
    office = tmp_path / "new" / "office"
    shutil.copytree(created, office)
    return Person(office, "lin", files / "lin"), Person(office, "he", files / "he")


def today() -> datetime.date:
    return local_day(system_clock)


def open_unit(clerk: Person, head: Person) -> int:
    for plan in ("hospital", "accident"):
        head.does("scheme", "confirm", f"plans.{plan}.fee_fen", 1000, "--document", "演示")
    unit = clerk.does(
        "unit", "register", "--name", "甲县演示学校", "--kind", "institution",
        "--at-work", 10, "--women", 5,
        "--employer-code", CODE,
    )["unit"]["id"]  # fmt: skip
    assert head.does("unit", "open", unit)["unit"]["state"] == "open"
    return int(unit)


def test_the_main_job_from_an_empty_folder_to_the_archive_and_a_claim(
    desk: tuple[Person, Person], files: Path
) -> None:
    clerk, head = desk
    unit = open_unit(clerk, head)
    case = clerk.does(
        "enrolment", "start", unit, "--plan", "hospital", "--plan", "accident:1",
        "--at-work", 10, "--women", 5,
    )["enrolment"]["id"]  # fmt: skip
    read = clerk.does("roster", "import", case, files / "roster.xlsx")
    assert (read["stored"], read["plan"]["rejected"]) == (10, 1)
    clerk.does("enrolment", "attach", case, "insurance-proof", files / "paper.png")
    clerk.does("enrolment", "submit", case)
    own = clerk.tries("enrolment", "approve", case)
    assert (own.code, own.error["code"]) == (3, "not-permitted")
    stale = head.tries("enrolment", "approve", case, "--difference", "0" * 64)
    assert (stale.code, stale.error["code"]) == (3, "difference-stale")
    seen = head.does("roster", "difference", case)["difference"]["digest"]
    approved = head.does("enrolment", "approve", case, "--difference", seen)["enrolment"]
    assert seen[:12] in clerk.does("enrolment", "history", case)["history"][-1]["note"]
    assert (approved["people"], approved["due_fen"]) == (10, 20_000)

    sent = clerk.does("submission", "export", case, files / "up")["submission"]
    assert (files / "up" / Path(sent["folder"]).name).is_dir()
    clerk.does("enrolment", "number", case, "hb-1")
    print_all(clerk, case, files, FORMS[:3])
    pay(clerk, head, case, files)
    print_all(clerk, case, files, FORMS[3:])
    for form in ("application", "member-list", "confirmation"):
        clerk.does("archive", "stamped", case, form, "--scan", files / "paper.png")
    clerk.does("archive", "receipt", case, "T-1", "--on", today(), "--fen", 20_000)
    done = clerk.does("archive", "finish", case)
    assert done["archive"].startswith("DA-")
    assert done["enrolment"]["state"] == "finished"
    keep_it(clerk, done, files / "up")
    assert [row["people"] for row in clerk.does("enrolment", "list")] == [10]
    assert [row["id"] for row in clerk.does("unit", "list")] == [unit]
    claim_it(clerk, head, files)


def keep_it(clerk: Person, done: dict[str, Any], folder: Path) -> None:
    lend_it(clerk, done["archive"])
    pack_it(clerk, done["enrolment"]["year"], folder)


def lend_it(clerk: Person, number: str) -> None:
    """Into a box, to a borrower and back."""
    assert clerk.does("archive", "place", number, "--box", "9", "--shelf", "三排二层") == {
        "files": 1
    }
    due = ("--due", today())
    lent = clerk.does("archive", "lend", number, "--to", "周演示", "--for", "审计", *due)["loan"]
    again = clerk.tries("archive", "lend", number, "--to", "吴演示", "--for", "审计", *due)
    assert (again.code, again.error["code"]) == (3, "archive-lent")
    (line,) = clerk.does("archive", "list", "--lent")["files"]
    assert (line["box_no"], line["loan"]["borrower"]) == ("9", "周演示")
    assert clerk.does("archive", "list", "--overdue")["files"] == []
    said = told(*clerk.signs(), "archive", "list").out
    assert f"9号盒 三排二层  周演示借出,{today()}应还" in said
    assert clerk.does("archive", "back", number)["loan"] == lent
    assert clerk.does("archive", "list", "--lent")["files"] == []


def pack_it(clerk: Person, year: int, folder: Path) -> None:
    package = clerk.does("archive", "package", year, folder)["package"]
    assert (package["cases"], Path(package["folder"], "SHA256SUMS.txt").is_file()) == (1, True)
    none = clerk.tries("archive", "package", year, folder, "--box", "8")
    assert (none.code, none.error["code"]) == (3, "archive-none")


def print_all(clerk: Person, case: int, files: Path, forms: tuple[str, ...]) -> None:
    for form in forms:
        issued = clerk.does("print", "issue", case, form, "--to", files / f"{form}.pdf")
        again = clerk.does("print", "issue", case, form)
        assert issued["issued"] == again["issued"]
        clerk.does("print", "save", issued["issued"], files / "again.pdf")
        pdf = (files / f"{form}.pdf").read_bytes()
        assert pdf == (files / "again.pdf").read_bytes()
        text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
        assert issued["form"]["number"] in text


def pay(clerk: Person, head: Person, case: int, files: Path) -> None:
    slip = ("--paid-on", today(), "--payer", "甲县演示学校", "--slip", files / "paper.png")
    less = clerk.does("payment", "record", case, "--fen", 18_000, "--people", 9, *slip)
    assert less["enrolment"]["difference"]
    second = ("payment", "record", case, "--fen", 2_000, "--people", 1, *slip)
    assert clerk.tries(*second).error["code"] == "slip-again"
    rest = clerk.does(*second, "--again")
    assert rest["enrolment"]["difference"] == ""
    head.does("enrolment", "effective", case, today(), "--document", "演示计划书1号")
    head.does("payment", "confirm", case, today())


def claim_it(clerk: Person, head: Person, files: Path) -> None:
    (person,) = clerk.does("claim", "find", "王甲", "--on", today())
    claim = clerk.does(
        "claim", "register", "--plan", "accident", "--on", today(),
        "--member", person["member_id"],
    )["claim"]["id"]  # fmt: skip
    assert clerk.tries("claim", "next", claim).error["code"] == "claim-papers"
    for paper in clerk.does("claim", "show", claim)["claim"]["papers"]:
        if paper["key"] != "disability-proof":  # a claim can do without it
            clerk.does("claim", "paper", claim, paper["key"], "kept", "--file", files / "paper.png")
    clerk.does("claim", "next", claim)
    assert clerk.does("claim", "amount", claim, 300_000)["claim"]["on_paper"] is True
    assert clerk.tries("claim", "next", claim).error["code"] == "same-person"
    head.does("claim", "next", claim)
    clerk.does("claim", "next", claim)
    decided = clerk.does("claim", "decide", claim, 123_456, today())["claim"]
    assert decided["decided_fen"] == 123_456
    told = clerk.does("claim", "next", claim)["claim"]
    assert told["next_act"] == ""
    assert [row["id"] for row in clerk.does("claim", "list")] == [claim]


def test_an_act_repeated_under_its_operation_id_is_done_once(
    desk: tuple[Person, Person], files: Path
) -> None:
    clerk, head = desk
    unit = open_unit(clerk, head)
    start = (
        "enrolment", "start", unit, "--plan", "hospital", "--at-work", 10,
        "--operation", str(uuid.uuid4()),
    )  # fmt: skip
    case = clerk.does(*start)["enrolment"]["id"]
    assert clerk.does(*start)["enrolment"]["id"] == case
    read = ("roster", "import", case, files / "roster.xlsx", "--operation", str(uuid.uuid4()))
    first, second = clerk.does(*read), clerk.does(*read)
    assert first["stored"] == second["stored"] == 10
    assert clerk.does("enrolment", "show", case)["enrolment"]["people"] == 10
    other = clerk.tries("unit", "register", "--name", "乙", "--kind", "firm", *start[-2:])
    assert (other.code, other.error["code"]) == (3, "operation-reused")


def test_a_case_is_begun_with_its_kind_and_shown_with_its_calculation(
    desk: tuple[Person, Person],
) -> None:
    clerk, head = desk
    unit = open_unit(clerk, head)
    case = clerk.does(
        "enrolment", "start", unit, "--plan", "hospital", "--at-work", 10,
        "--kind", "renewal", "--ends", "2026-12-31",
    )["enrolment"]  # fmt: skip
    shown = clerk.does("enrolment", "show", case["id"])["enrolment"]["quote"]
    assert (shown["kind"], shown["ends"], shown["kept"]) == ("renewal", "2026-12-31", False)
    assert shown["steps"][0]["rule"] == "coverage"
    assert shown["parts"] is not None
    refused = clerk.tries(
        "enrolment", "start", unit, "--plan", "hospital", "--at-work", 10, "--kind", "later"
    )
    assert refused.code == 2


def test_a_unit_that_does_it_itself_is_only_followed(desk: tuple[Person, Person]) -> None:
    clerk, head = desk
    unit = open_unit(clerk, head)
    case = clerk.does(
        "enrolment", "start", unit, "--plan", "hospital", "--at-work", 10,
        "--handling", "by-unit",
    )["enrolment"]["id"]  # fmt: skip
    followed = clerk.does(
        "enrolment", "follow", case, "--people", 10, "--fen", 10_000, "--number", "HB-2"
    )
    assert (followed["enrolment"]["people"], followed["enrolment"]["due_fen"]) == (10, 10_000)


def test_a_case_is_returned_with_its_reason(desk: tuple[Person, Person], files: Path) -> None:
    clerk, head = desk
    unit = open_unit(clerk, head)
    case = clerk.does("enrolment", "start", unit, "--plan", "hospital", "--at-work", 10)
    case_id = case["enrolment"]["id"]
    clerk.does("roster", "import", case_id, files / "roster.xlsx")
    clerk.does("enrolment", "attach", case_id, "insurance-proof", files / "paper.png")
    clerk.does("enrolment", "submit", case_id)
    back = head.does("enrolment", "return", case_id, "--reason", "名单缺人")["enrolment"]
    assert (back["state"], back["returned_for"]) == ("returned", "名单缺人")


def test_a_backup_is_verified_and_restored_elsewhere(
    desk: tuple[Person, Person], files: Path, tmp_path: Path
) -> None:
    clerk, head = desk
    open_unit(clerk, head)
    made = clerk.does("backup", "--to", tmp_path / "stick")["backup"]
    assert clerk.does("verify", made) == {"ok": True, "backup": made}
    new = Person(tmp_path / "new pc", "lin", files / "lin")
    back: Any = new.does("restore", made)
    assert back["generation"] > 1
    assert [row["name"] for row in new.does("unit", "list")] == ["甲县演示学校"]
    assert new.does("verify")["ok"] is True


def test_the_password_may_come_from_standard_input(
    desk: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, _head = desk
    typed = io.TextIOWrapper(io.BytesIO(PASSWORDS[LIN].encode() + b"\nmore\n"), "utf-8")
    monkeypatch.setattr(sys, "stdin", typed)
    done = run("unit", "list", "--office", clerk.office, "--user", "lin", "--password-file", "-")
    assert (done.code, json.loads(done.out)) == (0, [])


def test_the_head_sets_the_year_of_the_drive(desk: tuple[Person, Person]) -> None:
    clerk, head = desk
    assert head.does("scheme", "year", 2031) == {"year": 2031}
    assert clerk.tries("scheme", "year", 2032).error["code"] == "not-permitted"
    assert head.does("scheme", "target", 2031, 900) == {"year": 2031, "target": 900}
    assert head.does("board")["board"]["target"] == 900
    unit = open_unit(clerk, head)
    case = clerk.does("enrolment", "start", unit, "--plan", "hospital", "--at-work", 10)
    assert case["enrolment"]["year"] == 2031
