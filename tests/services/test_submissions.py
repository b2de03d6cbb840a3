"""What goes to the province, and its answers: whole folders or none, people marked one by one."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from sqlalchemy import text

from db.errors import StorageError, StorageKind
from desktop_app.errors import FileError
from desktop_app.exchange.acknowledgements import (
    Acknowledgement,
    FailedPerson,
    write_acknowledgement,
)
from desktop_app.services.province import submissions
from desktop_app.services.views.submissions import AnswerResult
from tests.services.desks import NOW, Row, Staff, people
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

HEAD = ("序号", "参保人姓名", "身份证号", "手机号", "失败原因")


@pytest.fixture
def out(staff: Staff) -> Path:
    folder = staff.papers / "上报"
    folder.mkdir()
    return folder


def states(staff: Staff, submission: int) -> list[str]:
    with staff.database.reading() as uow:
        query = text(
            "SELECT r.state_code FROM submission_record r WHERE r.submission_id = :id"
            " ORDER BY r.plan_id, r.line_no"
        )
        return [str(state) for state in uow.session.scalars(query, {"id": submission})]


def failures(staff: Staff, rows: list[tuple[object, ...]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEAD, *rows):
        sheet.append(row)
    path = staff.papers / "失败人员名单.xlsx"
    book.save(path)
    return path


def told(staff: Staff, answer_id: int) -> AnswerResult:
    return staff.clerk.submission_answers.get(answer_id)


def failed(row: Row, reason: str = "未通过核验", identity: object = None) -> tuple[object, ...]:
    return (1, row[1], row[2] if identity is None else identity, row[3], reason)


def test_the_upload_folder_holds_what_the_provinces_site_asks_for(staff: Staff, out: Path) -> None:
    walk = walked(staff, "approved", plans=(("hospital", 1), ("women", 1)))
    exported = staff.clerk.submissions.exported(staff.clerk.submissions.export(walk.id, out).value)
    folder = Path(exported.folder)
    assert folder == out / f"{walk.name}_2027年度_上报"
    assert exported.number == "SB-A-2027-00001"
    assert exported.files == (
        "名单1_住院医疗.xlsx",
        "名单2_女职工特殊疾病.xlsx",
        "01_湖北省社会保险缴纳证明(单位专用).png",
    )
    assert (exported.people, exported.due_fen) == (10, 54_000)
    assert {file.name for file in folder.iterdir()} >= set(exported.files)
    assert folder.with_name(folder.name + ".zip").exists()
    assert len(exported.package_sha256) == 64
    rows = list(
        openpyxl.load_workbook(folder / exported.files[0]).worksheets[0].iter_rows(values_only=True)
    )
    assert [row[1:3] for row in rows[-10:]] == [row[1:3] for row in walk.rows]
    assert staff.clerk.enrolments.get(walk.id).folder == exported.folder
    assert states(staff, exported.submission_id) == ["exported"] * 12


def test_a_second_export_is_a_new_folder_and_replaces_the_first(staff: Staff, out: Path) -> None:
    walk = walked(staff, "approved")
    first = staff.clerk.submissions.export(walk.id, out).value
    second = staff.clerk.submissions.export(walk.id, out).value
    names = {Path(staff.clerk.submissions.exported(one).folder).name for one in (first, second)}
    base = f"{walk.name}_2027年度_上报"
    assert names == {base, f"{base}(2)"}
    assert staff.value("SELECT state_code FROM submission WHERE id = :id", id=first) == "replaced"
    assert staff.value("SELECT state_code FROM submission WHERE id = :id", id=second) == "exported"


def test_a_units_name_makes_a_safe_folder_name(staff: Staff, out: Path) -> None:
    walk = walked(staff, "approved", name='城关/东街:"幼儿园"?')
    exported = staff.clerk.submissions.export(walk.id, out).value
    folder = Path(staff.clerk.submissions.exported(exported).folder)
    assert folder.parent == out
    assert folder.name == "城关_东街_幼儿园__2027年度_上报"


def test_pictures_of_every_kind_go_with_the_lists(staff: Staff, out: Path) -> None:
    walk = walked(staff, "roster")
    jpeg = staff.papers / "证明.jpg"
    Image.new("L", (320, 320), 255).save(jpeg, "jpeg")
    staff.clerk.enrolments.attach_paper(walk.id, "insurance-proof", jpeg)
    staff.clerk.enrolments.submit(walk.id)
    walk.approved()
    exported = staff.clerk.submissions.export(walk.id, out).value
    assert staff.clerk.submissions.exported(exported).files[-1].endswith(".jpg")


def test_only_an_approved_case_is_exported(staff: Staff, out: Path) -> None:
    walk = walked(staff, "submitted")
    with refused(staff, "not-approved"):
        staff.clerk.submissions.export(walk.id, out)
    assert list(out.iterdir()) == []


def test_what_was_never_exported_is_unknown(staff: Staff, out: Path) -> None:
    walk = walked(staff, "approved")
    for look, code in (
        (staff.clerk.submissions.exported, "submission-unknown"),
        (staff.clerk.submission_answers.get, "answer-unknown"),
    ):
        with refused(staff, code):
            look(99)
    with refused(staff, "not-exported"):
        staff.clerk.submission_answers.read_failures(walk.id, failures(staff, []))
    with refused(staff, "not-exported"):
        staff.clerk.submission_answers.acknowledge(walk.id, staff.papers / "回执.json")


@pytest.mark.parametrize("kind", [StorageKind.FULL, StorageKind.READ_ONLY])
def test_a_disk_that_fails_leaves_nothing_of_an_export(
    staff: Staff, out: Path, monkeypatch: pytest.MonkeyPatch, kind: StorageKind
) -> None:
    walk = walked(staff, "approved")

    def full(_folder: Path, _target: Path) -> None:
        raise StorageError(kind)

    monkeypatch.setattr(submissions, "write_package", full)
    before = staff.counts()
    with pytest.raises(StorageError):
        staff.clerk.submissions.export(walk.id, out)
    assert list(out.iterdir()) == []
    assert staff.counts() == before


def test_a_commit_that_fails_leaves_nothing_of_an_export(
    staff: Staff, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = walked(staff, "approved")

    def full(_self: object) -> None:
        raise StorageError(StorageKind.FULL)

    before = staff.counts()
    with monkeypatch.context() as patched:
        patched.setattr("db.uow.UnitOfWork.commit", full)
        with pytest.raises(StorageError):
            staff.clerk.submissions.export(walk.id, out)
    assert list(out.iterdir()) == []
    assert staff.counts() == before


def test_a_target_that_is_no_folder_is_refused(staff: Staff) -> None:
    walk = walked(staff, "approved")
    with refused(staff, "folder-missing"):
        staff.clerk.submissions.export(walk.id, staff.picture("不是文件夹"))


def test_named_people_are_refused_and_the_others_taken(staff: Staff, out: Path) -> None:
    walk = walked(staff, "approved")
    submission = staff.clerk.submissions.export(walk.id, out).value
    path = failures(staff, [failed(walk.rows[2], "重复参保"), failed(walk.rows[5])])
    answer = told(staff, staff.clerk.submission_answers.read_failures(walk.id, path).value)
    assert (answer.accepted, answer.failed, answer.unknown) == (8, 2, 0)
    assert answer.lines == ((walk.rows[2][1], "重复参保"), (walk.rows[5][1], "未通过核验"))
    wanted = ["acknowledged"] * 10
    wanted[2] = wanted[5] = "refused"
    assert states(staff, submission) == wanted


@pytest.mark.both_databases
def test_damaged_and_unknown_numbers_are_told_apart(staff: Staff, out: Path) -> None:
    rows = people(10, women=2)
    rows[7] = (rows[7][0], rows[6][1], rows[7][2], rows[7][3])  # two of one name
    walk = walked(staff, "approved", rows=rows)
    submission = staff.clerk.submissions.export(walk.id, out).value
    stranger = people(1, start=90)[0]
    path = failures(
        staff,
        [
            failed(rows[0], identity=9.9999919700506e17),  # rounded by a spreadsheet
            failed(rows[6], identity=9.9999919700506e17),  # of two people of one name
            failed(stranger),
            failed(rows[1], identity=stranger[2]),  # a number of nobody under a known name
        ],
    )
    answer = told(staff, staff.clerk.submission_answers.read_failures(walk.id, path).value)
    assert (answer.accepted, answer.failed, answer.unknown) == (9, 1, 3)
    assert [reason for _name, reason in answer.lines] == [
        "未通过核验", *["未通过核验(不在这次上报里)"] * 3
    ]  # fmt: skip
    lines = staff.clerk.exchanges.view(walk.id).lines
    exchange = next(line for line in lines if line.kind == "失败名单")
    assert (exchange.people, exchange.detail) == (10, "收下 9 人,退回 1 人,3 行对不上")
    assert states(staff, submission) == ["refused"] + ["acknowledged"] * 9


def test_who_is_named_twice_is_one_person(staff: Staff, out: Path) -> None:
    walk = walked(staff, "approved")
    staff.clerk.submissions.export(walk.id, out)
    path = failures(staff, [failed(walk.rows[2]), failed(walk.rows[2]), failed(walk.rows[5])])
    answer = told(staff, staff.clerk.submission_answers.read_failures(walk.id, path).value)
    assert (answer.accepted, answer.failed, answer.repeated) == (8, 2, 1)


def test_a_damaged_name_with_a_rounded_number_still_means_its_person(
    staff: Staff, out: Path
) -> None:
    walk = walked(staff, "approved")
    submission = staff.clerk.submissions.export(walk.id, out).value
    name = walk.rows[0][1]
    rounded = 9.9999919700506e17
    path = failures(
        staff,
        [
            ("1", f" {name[0]} {name[1:]} ", rounded, "", ""),  # spaced, and no reason given
            ("2", f"{walk.rows[1][1][0]}\u200b{walk.rows[1][1][1:]}", rounded, "", "重复参保"),
        ],
    )
    answer = told(staff, staff.clerk.submission_answers.read_failures(walk.id, path).value)
    assert (answer.accepted, answer.failed, answer.unknown) == (8, 2, 0)
    assert states(staff, submission) == ["refused"] * 2 + ["acknowledged"] * 8


def test_a_file_that_is_no_failure_list_changes_nothing(staff: Staff, out: Path) -> None:
    walk = walked(staff, "approved")
    staff.clerk.submissions.export(walk.id, out)
    before = staff.counts()
    with pytest.raises(FileError):
        staff.clerk.submission_answers.read_failures(walk.id, staff.picture("图.xlsx"))
    assert staff.counts() == before


def acknowledgement(staff: Staff, walk: Walk, package: str) -> Path:
    person = walk.rows[0]
    stranger = people(1, start=90)[0]
    path = staff.papers / "回执.json"
    refusals = tuple(FailedPerson(row[1], row[2], "重复参保") for row in (person, stranger))
    write_acknowledgement(path, Acknowledgement(package, NOW, 9, refusals))
    return path


@pytest.mark.both_databases
def test_an_acknowledgement_of_the_package_is_taken(staff: Staff, out: Path) -> None:
    walk = walked(staff, "approved")
    submission = staff.clerk.submissions.export(walk.id, out).value
    package = staff.clerk.submissions.exported(submission).package_sha256
    path = acknowledgement(staff, walk, package)
    answer = told(staff, staff.clerk.submission_answers.acknowledge(walk.id, path).value)
    assert (answer.accepted, answer.failed, answer.unknown) == (9, 1, 1)
    assert states(staff, submission) == ["refused"] + ["acknowledged"] * 9
    assert staff.value("SELECT state_code FROM submission") == "acknowledged"


def test_an_acknowledgement_of_another_package_is_refused(staff: Staff, out: Path) -> None:
    walk = walked(staff, "approved")
    staff.clerk.submissions.export(walk.id, out)
    with refused(staff, "acknowledgement-other-package"):
        staff.clerk.submission_answers.acknowledge(walk.id, acknowledgement(staff, walk, "0" * 64))


def test_a_damaged_acknowledgement_is_refused(staff: Staff, out: Path) -> None:
    walk = walked(staff, "approved")
    staff.clerk.submissions.export(walk.id, out)
    path = staff.papers / "回执.json"
    path.write_text(json.dumps({"accepted": 9}), "utf-8")
    with refused(staff, "acknowledgement-invalid"):
        staff.clerk.submission_answers.acknowledge(walk.id, path)
