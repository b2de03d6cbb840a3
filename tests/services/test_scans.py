"""Kept scans are listed under what they belong to, and drawn page by page."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from db.attachments import AttachmentStore
from db.errors import StorageError, StorageKind
from desktop_app.errors import FileError, UserError
from desktop_app.services.views.scans import ScanLine
from tests.paper_scans import as_pdf
from tests.services.desks import Staff, transfer, unit_draft
from tests.services.walks import walked


def photo(staff: Staff, name: str, shade: int) -> Path:
    """Of the same size as all others, and yet another file."""
    path = staff.papers / name
    Image.new("L", (300, 300), shade).save(path, "png")
    return path


def labels(lines: tuple[ScanLine, ...]) -> list[tuple[str, str]]:
    return [(line.label, line.file_name) for line in lines]


def test_the_certificates_in_force_are_those_of_a_unit(staff: Staff) -> None:
    unit = staff.clerk.units.register(unit_draft()).value
    assert staff.reviewer.scans.of_unit(unit) == ()
    attach = staff.clerk.units.attach_paper
    attach(unit, "union-certificate", photo(staff, "工会.png", 10))
    attach(unit, "code-certificate", photo(staff, "模糊.png", 20))
    attach(unit, "code-certificate", photo(staff, "证书.png", 30))
    lines = staff.reviewer.scans.of_unit(unit)
    assert labels(lines) == [
        ("统一社会信用代码证书", "证书.png"), ("工会法人资格证书", "工会.png"),
    ]  # fmt: skip
    assert (lines[0].key, lines[0].kind, lines[0].pages) == ("code-certificate", "png", 1)


def test_an_application_lists_its_papers_and_the_slips_that_count(staff: Staff) -> None:
    walk = walked(staff, "number")
    slip = photo(staff, "回单.png", 40)
    first = staff.clerk.payments.record(walk.id, transfer(40_000, 8, slip)).value
    assert labels(staff.head.scans.slips(walk.id)) == [("银行回单 12-01 400.00 元", "回单.png")]
    staff.clerk.payments.return_(first, "少两人的钱")
    assert staff.head.scans.slips(walk.id) == ()
    good = photo(staff, "重缴.png", 50)
    staff.clerk.payments.record(walk.id, transfer(50_000, 10, good))
    found = staff.head.scans.of_enrolment(walk.id)
    assert [line.key for line in found] == ["insurance-proof", "bank-slip"]
    assert found[1:] == staff.head.scans.slips(walk.id)


def test_a_stamped_form_stands_once_with_its_scan(staff: Staff) -> None:
    walk = walked(staff, "printed")
    path = photo(staff, "盖章.png", 60)
    staff.clerk.archives.receive_stamped(walk.id, "application", path)
    found = {line.key: line for line in staff.clerk.scans.of_enrolment(walk.id)}
    assert found["application"].file_name == "盖章.png"


def test_pages_of_a_printed_form_that_came_apart_are_all_there(staff: Staff) -> None:
    walk = walked(staff, "printed")
    form = next(f for f in staff.clerk.enrolments.get(walk.id).forms if f.key == "application")
    pages = [Image.new("L", (200, 300), shade) for shade in (70, 80)]
    stack = as_pdf(pages, staff.papers / "散页.pdf", 72)
    receptions = staff.clerk.receptions
    receptions.receive_scan(receptions.read_scan(stack))
    for page in receptions.tray():
        receptions.assign((page.id,), form.number or "")
    of_form = [
        line.file_name for line in staff.clerk.scans.of_enrolment(walk.id)
        if line.key == "application"
    ]  # fmt: skip
    assert sorted(of_form) == ["散页-1.pdf", "散页-2.pdf"]


def test_a_page_is_drawn_from_the_kept_file_and_the_file_given_out(
    staff: Staff, tmp_path: Path
) -> None:
    unit = staff.clerk.units.register(unit_draft()).value
    pages = [Image.new("L", (400, 300), shade) for shade in (90, 100)]
    path = as_pdf(pages, staff.papers / "证书.pdf", 72)
    staff.clerk.units.attach_paper(unit, "code-certificate", path)
    (line,) = staff.reviewer.scans.of_unit(unit)
    assert line.pages == 2
    drawn = staff.reviewer.scans.page(line.attachment_id, 2, 200)
    assert (drawn.pages, Image.open(io.BytesIO(drawn.png)).size) == (2, (200, 150))
    assert staff.reviewer.scans.page_of_file(path, 2, 200) == drawn
    target = tmp_path / "给出.pdf"
    assert staff.reviewer.scans.save(line.attachment_id, target) == str(target)
    assert target.read_bytes() == path.read_bytes()
    with pytest.raises(FileError):
        staff.reviewer.scans.save(line.attachment_id, staff.desk.folder / "attachments" / "x")


@pytest.mark.both_databases
def test_a_file_that_is_lost_or_none_is_said_and_nothing_crashes(
    staff: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = staff.clerk.units.register(unit_draft()).value
    staff.clerk.units.attach_paper(unit, "code-certificate", photo(staff, "证书.png", 110))
    (line,) = staff.clerk.scans.of_unit(unit)
    for stored in (staff.desk.folder / "attachments").glob("??/*"):
        stored.write_bytes(b"spoilt")
    for call in (
        lambda: staff.clerk.scans.page(line.attachment_id, 1, 300),
        lambda: staff.clerk.scans.save(line.attachment_id, tmp_path / "x.png"),
    ):
        with pytest.raises(FileError) as caught:
            call()
        assert caught.value.code == "scan-lost"
        assert caught.value.message.startswith("《证书.png》")
    with pytest.raises(UserError) as unknown:
        staff.clerk.scans.page(9_999, 1, 300)
    assert unknown.value.code == "attachment-unknown"

    def locked(*_given: object) -> bytes:
        raise StorageError(StorageKind.LOCKED, "busy")

    monkeypatch.setattr(AttachmentStore, "get", locked)
    with pytest.raises(StorageError):
        staff.clerk.scans.page(line.attachment_id, 1, 300)
