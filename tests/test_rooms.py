"""The whole way headless: from a unit's workbook to stamped paper, the province and a claim.

Made twice with the same clock and seed, in two folders: what is printed and what goes to the
province is the same to the byte. Papers and workbooks are read back by other libraries.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from sqlalchemy import text

from desktop_app.bootstrap import sign_in
from desktop_app.domain.money import yuan
from desktop_app.sample_office import SAMPLE_USERS
from desktop_app.services.samples import County
from desktop_app.services.samples.names import DOTTED, RARE
from desktop_app.services.samples.shapes import Person, SampleUnit
from tests.cli.desk import run
from tests.made_once import county_once, demo_once

SCHOOL = "明山县第一小学(演示)"
VOID_COPIES = (
    "SELECT count(*) FROM print_copy JOIN issued_form ON issued_form.id = issued_form_id"
    " WHERE issued_form.state_code = 'void'"
)
KEYS = ("notice", "application", "roster", "confirmation", "archive_list")


@dataclass(frozen=True)
class Made:
    folder: Path
    document: dict[str, Any]
    told: str

    def path(self, name: str) -> Path:
        return self.folder / self.document["files"][name]

    def text(self, name: str) -> str:
        """Everything on a paper, without the blanks that a layout makes."""
        return plain_text(self.path(name))


def plain_text(pdf: Path | io.BytesIO) -> str:
    pages = pypdf.PdfReader(pdf).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def _make(folder: Path) -> Made:
    done = run("demo", folder)
    assert done.code == 0, done.err
    return Made(folder, done.document, done.err)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder, document, told = demo_once(tmp_path_factory)
    copy = tmp_path_factory.mktemp("first") / "county"
    return Made(shutil.copytree(folder, copy), document, told)


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return _make(tmp_path_factory.mktemp("the second one") / "某县 & co")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    return county_once(tmp_path_factory)


@pytest.fixture(scope="module")
def school(county: County) -> SampleUnit:
    (unit,) = (unit for unit in county.units if unit.name == SCHOOL)
    return unit


def workbook_rows(path: Path) -> list[list[Any]]:
    book = openpyxl.load_workbook(path)
    return [list(row) for row in book.worksheets[0].iter_rows()]


def test_the_document_names_files_that_are_there_by_relative_posix_paths(made: Made) -> None:
    files = made.document["files"]
    assert set(files) >= {*KEYS, "province_workbooks", "package", "acknowledgement"}
    for name in [*(files[key] for key in files if key != "province_workbooks"),
                 *files["province_workbooks"]]:  # fmt: skip
        assert not Path(name).is_absolute()
        assert "\\" not in name
        assert (made.folder / name).stat().st_size > 0
    assert len(files["province_workbooks"]) == 4


def test_two_walks_give_the_same_document_and_the_same_bytes(made: Made, again: Made) -> None:
    assert made.document == again.document

    def hashes(of: Made) -> dict[str, str]:
        return {
            path.relative_to(of.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in of.folder.rglob("*")
            if path.is_file() and "office" not in path.relative_to(of.folder).parts
        }

    first, second = hashes(made), hashes(again)
    assert len(first) > 60
    assert {name for name in first if first[name] != second.get(name)} == set()
    assert first.keys() == second.keys()


def test_the_passwords_are_told_on_standard_error_and_open_the_office(made: Made) -> None:
    for login, name, _role, password in SAMPLE_USERS:
        assert re.search(rf"{login}\s+{name}\s.*{password}", made.told)
        with sign_in(made.folder / made.document["office"], login, password) as signed:
            assert signed.services.office.view().user.name == name


def test_the_counts_are_what_the_county_and_the_ledger_hold(made: Made, county: County) -> None:
    counts = made.document["counts"]
    listed = [unit for unit in county.units if unit.expected is not None]
    people = {person.identity for unit in listed for person in unit.accepted}
    assert counts["units"] == counts["enrolments"] == len(county.units) == 12
    assert counts["people"] == len(people)
    assert counts["claims"] == len(county.claims)
    login, _name, _role, password = SAMPLE_USERS[2]
    with sign_in(made.folder / "office", login, password) as signed:
        cases = [
            signed.services.enrolments.get(row.id)
            for row in signed.services.enrolments.list_enrolments(2027)
        ]
        claims = signed.services.claims.list_claims()
        backups = signed.services.backups.list_backups()
        audit = signed.services.audits.verify_all()
        with signed.services.office.desk.database.reading() as uow:
            void = uow.session.scalar(text(VOID_COPIES))  # printed before a person was sent back
    copies = [form.copies for case in cases for form in case.forms]
    assert counts["printed"] == sum(copies) + void > void > 0
    paid = [line.amount_fen for case in cases for line in case.payments]
    assert counts["payments_fen"] == sum(paid) > 0
    assert counts["submitted"] == sum(1 for case in cases if case.folder)
    assert counts["acknowledged"] == 1
    assert counts["scans_filed"] > 0
    assert [claim.step_label for claim in claims] == ["登记", "省办核定金额"]
    assert len(backups) == 1
    assert audit.ok


def test_every_name_and_number_of_the_unit_stands_on_its_member_list(
    made: Made, school: SampleUnit
) -> None:
    text = made.text("roster")
    assert SCHOOL in text
    for person in school.accepted:
        assert person.name.replace(" ", "") in text
        assert person.identity in text


def test_rare_and_dotted_names_copy_out_of_every_printed_list(made: Made, county: County) -> None:
    hard = {name for given in (RARE, DOTTED) for names in given.values() for name in names}
    wanted = {unit.name: {person.name for person in unit.accepted} & hard for unit in county.units}
    login, _name, _role, password = SAMPLE_USERS[0]
    found = set()
    with sign_in(made.folder / "office", login, password) as signed:
        for row in signed.services.enrolments.list_enrolments(2027):
            forms = {form.key: form for form in signed.services.enrolments.get(row.id).forms}
            issued = forms["member-list"].issued_id
            if issued is None:
                continue
            text = plain_text(io.BytesIO(signed.services.prints.read_pdf(issued)))
            assert {name for name in wanted[row.unit_name] if name not in text} == set()
            found |= wanted[row.unit_name]
    assert any(ord(char) > 0xFFFF for name in found for char in name)
    assert any("·" in name for name in found)


def test_the_amounts_on_paper_are_people_times_fees(
    made: Made, county: County, school: SampleUnit
) -> None:
    women = sum(1 for person in school.accepted if person.sex.value == "female")
    due = sum(
        county.fees_fen[plan] * (women if plan == "women" else len(school.accepted))
        for plan in school.plans
    )
    for name in ("notice", "application", "confirmation"):
        text = made.text(name)
        assert SCHOOL in text
        assert yuan(due) in text, name
        assert str(len(school.accepted)) in text
    assert "558686160106" in made.text("notice")
    assert "2026年12月1日" in made.text("confirmation")
    assert "2027年11月30日" in made.text("confirmation")


def test_every_paper_is_marked_as_a_demonstration(made: Made) -> None:
    for name in KEYS:
        assert "演示" in made.text(name)


def test_the_provinces_workbooks_hold_the_same_people_as_text(
    made: Made, school: SampleUnit
) -> None:
    women = tuple(person for person in school.accepted if person.sex.value == "female")
    for name in made.document["files"]["province_workbooks"]:
        people = women if "女职工" in name else school.accepted
        rows = workbook_rows(made.folder / name)
        found = [[cell.value for cell in row] for row in rows[1:]]
        assert [row[1] for row in found] == [person.name for person in people], name
        assert [row[2] for row in found] == [person.identity for person in people]
        assert {row[2].data_type for row in rows[1:]} == {"s"}


def test_the_package_holds_the_upload_folder_as_its_manifest_says(made: Made) -> None:
    folder = made.path("package").with_suffix("")
    with zipfile.ZipFile(made.path("package")) as package:
        assert package.testzip() is None
        held = {name.rpartition("/")[2]: package.read(name) for name in package.namelist()}
    assert held == {path.name: path.read_bytes() for path in folder.iterdir()}
    answer = json.loads(made.path("acknowledgement").read_text("utf-8"))
    assert answer["package_sha256"] == hashlib.sha256(made.path("package").read_bytes()).hexdigest()


def test_the_refused_people_are_marked_and_the_stranger_is_recorded(
    made: Made, county: County
) -> None:
    login, _name, _role, password = SAMPLE_USERS[0]
    stranger: Person = county.claims[1].person
    with sign_in(made.folder / "office", login, password) as signed:
        services = signed.services
        views = [services.claims.get(row.id) for row in services.claims.list_claims()]
        assert views[0].person == stranger.name
        assert views[0].cover.startswith("查无此人")
        assert views[0].on_paper is True
        assert views[1].decided_fen is not None
        assert views[1].on_paper is False
    rows = workbook_rows(made.path("failure_list"))
    assert len(rows) == 4  # a title, the heading, two people


def test_units_that_cannot_go_on_are_named_with_the_sentence(made: Made) -> None:
    assert set(made.document["stuck"]) == {
        "明山县青石茶业有限公司(演示)",
        "明山县云台山景区管理有限公司(演示)",
    }
    assert all("还差" in sentence for sentence in made.document["stuck"].values())


def test_the_sample_county_is_read_back_by_the_command_line(made: Made) -> None:
    roster = next((made.folder / "单位报送").glob("02*/*.xlsx"))
    done = run("roster", "check", roster, "--scheme", "xianfeng-2024", "--on", "2026-12-01")
    assert done.code == 0
    assert done.document["accepted"] == 112
