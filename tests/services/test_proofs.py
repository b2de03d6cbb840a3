"""社会保险缴纳证明 against a case's list: kept or just come, a workbook or pages of text."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.attachments import AttachmentStore
from db.errors import StorageError, StorageKind
from desktop_app.errors import FileError
from desktop_app.services.samples.proofs import proof_page, proof_pdf
from desktop_app.services.samples.workbooks import workbook_bytes
from tests.intake.test_locked import PASSWORD, lock
from tests.services.desks import TODAY, Staff, people
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

LISTED = [(row[1], row[2]) for row in people(10, women=2)]
LEAVER = (people(1, start=50)[0][1], people(1, start=50)[0][2])
INSURED = [*LISTED[:-2], LEAVER]  # the last two are not yet


def written(staff: Staff, name: str = "证明.pdf", insured: list[tuple[str, str]] = INSURED) -> Path:
    path = staff.papers / name
    if path.suffix == ".pdf":
        path.write_bytes(proof_pdf("演示水厂(演示)", insured, TODAY))
    else:
        page = proof_page("演示水厂(演示)", insured, TODAY)
        path.write_bytes(workbook_bytes(path.suffix, [page]))
    return path


def attach(staff: Staff, walk: Walk, path: Path) -> None:
    staff.clerk.enrolments.attach_paper(walk.id, "insurance-proof", path)


@pytest.mark.parametrize("name", ["证明.pdf", "证明.xlsx"])
def test_the_reviewer_sees_the_kept_proof_against_the_list(staff: Staff, name: str) -> None:
    walk = walked(staff)
    attach(staff, walk, written(staff, name))
    view = staff.reviewer.proofs.compare_kept(walk.id)
    assert (view.file_name, view.sentence) == (
        name,
        "证明与名单:对上 8 人,证明有名单无 1 人,名单有证明无 2 人",
    )
    counts = (view.agrees, view.by_name_alone, view.name_differs, view.proof_only, view.roster_only)
    assert counts == (8, 0, 0, 1, 2)
    missing, over, first = view.lines[0], view.lines[2], view.lines[3]
    assert (missing.standing_label, missing.line_no, missing.name, missing.proof_name) == (
        "名单有证明无", 9, LISTED[8][0], "",
    )  # fmt: skip
    assert (over.standing_label, over.line_no, over.proof_name) == ("证明有名单无", None, LEAVER[0])
    assert (first.way, first.where[-1]) == ("按遮盖的号码和姓名", "行")
    assert first.identity == "*" * 14 + LISTED[0][1][-4:]
    assert LISTED[0][1] not in repr(view)


def test_a_number_that_the_proof_prints_whole_is_masked_in_the_view(staff: Staff) -> None:
    walk = walked(staff)
    path = staff.papers / "证明.csv"
    path.write_text("\n".join(["姓名,身份证号", *map(",".join, LISTED)]), "utf-8-sig")
    view = staff.clerk.proofs.compare_file(walk.id, path)
    assert view.agrees == len(LISTED)
    assert {one.way for one in view.lines} == {"按号码"}
    assert not any(number in repr(view) for _, number in LISTED)


def test_a_file_is_compared_without_being_kept(staff: Staff) -> None:
    walk = walked(staff)
    before = staff.counts()
    view = staff.clerk.proofs.compare_file(walk.id, written(staff))
    assert (view.agrees, view.proof_only, view.roster_only) == (8, 1, 2)
    assert staff.counts() == before


def test_who_has_left_the_list_is_not_compared_any_more(staff: Staff) -> None:
    walk = walked(staff)
    attach(staff, walk, written(staff))
    assert staff.clerk.proofs.compare_kept(walk.id).roster_only == 2
    staff.run("UPDATE enrollee SET state_code = 'withdrawn' WHERE line_no = 10")
    assert staff.clerk.proofs.compare_kept(walk.id).roster_only == 1


def test_another_proof_is_read_in_the_place_of_the_first(staff: Staff) -> None:
    walk = walked(staff)
    attach(staff, walk, written(staff))
    assert staff.clerk.proofs.compare_kept(walk.id).agrees == 8
    attach(staff, walk, written(staff, "新证明.pdf", LISTED))
    assert staff.clerk.proofs.compare_kept(walk.id).agrees == 10


def test_without_a_proof_and_with_a_mere_picture_it_is_said(staff: Staff) -> None:
    walk = walked(staff)
    with refused(staff, "proof-missing"):
        staff.clerk.proofs.compare_kept(walk.id)
    with refused(staff, "enrolment-unknown"):
        staff.clerk.proofs.compare_kept(999)
    walk.proof()
    for _again in range(2):  # also where it has been looked at before
        with refused(staff, "proof-without-text"):
            staff.clerk.proofs.compare_kept(walk.id)


@pytest.mark.both_databases
def test_a_kept_workbook_goes_to_the_province_and_is_not_shown_as_a_picture(staff: Staff) -> None:
    walk = walked(staff)
    attach(staff, walk, written(staff, "证明.xlsx"))
    [line] = staff.clerk.scans.of_enrolment(walk.id)
    assert (line.kind, line.pages, line.file_name) == ("xlsx", 1, "证明.xlsx")
    with refused(staff, "scan-not-shown") as caught:
        staff.clerk.scans.page(line.attachment_id, 1, 600)
    assert "表格文件" in caught.value.message
    target = staff.papers / "另存.xlsx"
    staff.clerk.scans.save(line.attachment_id, target)
    assert target.read_bytes() == (staff.papers / "证明.xlsx").read_bytes()


def test_what_is_neither_a_proof_nor_a_picture_is_not_kept(staff: Staff) -> None:
    walk = walked(staff)
    text, other = staff.papers / "说明.txt", staff.papers / "文件.doc"
    text.write_text("这不是证明", "utf-8")
    other.write_bytes(b"{\\rtf1 nothing}")
    for path in (text, other):
        with refused(staff, "scan-not-readable"):
            attach(staff, walk, path)
    (staff.papers / "坏.xlsx").write_bytes(b"PK\x03\x04 and nothing more")
    with refused(staff, "file-damaged"):
        attach(staff, walk, staff.papers / "坏.xlsx")
    with refused(staff, "proof-locked"):
        attach(staff, walk, lock(staff.papers / "锁.xlsx", PASSWORD))
    with refused(staff, "scan-not-readable"):  # no other paper may be a workbook
        staff.clerk.enrolments.attach_paper(walk.id, "over-age-proof", written(staff, "证明.xlsx"))


def test_a_proof_that_is_lost_from_the_disk_is_said(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = walked(staff)
    attach(staff, walk, written(staff))

    def gone(*_args: object) -> bytes:
        raise StorageError(StorageKind.DAMAGED)

    monkeypatch.setattr(AttachmentStore, "get", gone)
    with refused(staff, "scan-lost"):
        staff.clerk.proofs.compare_kept(walk.id)


def test_a_reader_that_did_not_start_is_asked_again(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = walked(staff)
    attach(staff, walk, written(staff))
    with monkeypatch.context() as patch:
        patch.setattr("desktop_app.intake.children.command", lambda: ["/nowhere/reader"])
        staff.desk.readers.rest()
        with pytest.raises(FileError) as caught:
            staff.clerk.proofs.compare_kept(walk.id)
    assert caught.value.code == "reader-not-started"
    assert staff.clerk.proofs.compare_kept(walk.id).agrees == 8


def test_a_stopped_insurance_is_said(staff: Staff) -> None:
    walk = walked(staff)
    path = staff.papers / "证明.csv"
    lines = [
        f"{name},{number},{'停保' if name == LISTED[3][0] else '正常'}" for name, number in LISTED
    ]
    path.write_text("\n".join(["姓名,身份证号,参保状态", *lines]), "utf-8-sig")
    view = staff.clerk.proofs.compare_file(walk.id, path)
    assert (view.agrees, view.stopped) == (10, 1)
    assert [one.name for one in view.lines if "停保" in one.note] == [LISTED[3][0]]


def test_names_alone_are_said_to_be_so(staff: Staff) -> None:
    walk = walked(staff)
    path = staff.papers / "证明.csv"
    path.write_text(
        "\n".join(["姓名,社保编号", *(f"{n},90{i}" for i, (n, _) in enumerate(LISTED))])
    )
    view = staff.clerk.proofs.compare_file(walk.id, path)
    alone = [one for one in view.lines if one.way == "仅按姓名"]
    assert len(alone) == view.by_name_alone == view.agrees > 0
    assert "其中仅按姓名" in view.sentence
    assert {one.number for one in alone} == {""}
