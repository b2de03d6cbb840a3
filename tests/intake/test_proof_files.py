"""Proofs of insurance from files: text PDFs, workbooks, and what cannot be read of either."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import RectangleObject

from desktop_app.documents.printing import render
from desktop_app.domain.identity import identity_18
from desktop_app.domain.proofs.proof_values import ProofPerson
from desktop_app.errors import Cancelled, FileError
from desktop_app.intake import page_words
from desktop_app.intake.proof_files import ProofFile, open_proof, read_proof
from desktop_app.intake.refusals import Refusal
from desktop_app.intake.workbooks import WorkbookReader
from desktop_app.services.samples.proofs import masked, proof_page, proof_pdf
from desktop_app.services.samples.workbooks import workbook_bytes
from tests.documents.samples import RARE_NAMES, member_list, notice
from tests.intake.test_locked import PASSWORD, lock

ON = date(2026, 12, 1)
NAMES = (*RARE_NAMES, "张伟", "张伟", "王芳")
PEOPLE = tuple(
    (name, identity_18(f"99999919850203{at:03d}")) for at, name in enumerate(NAMES * 5, 10)
)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Two pages, with stars in the numbers and 演示 across the page."""
    return proof_pdf("演示水厂(演示)", PEOPLE, ON)


def turned(data: bytes, degrees: int) -> bytes:
    """The same pages drawn on their side or upside down, which a reader turns back."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for page in writer.pages:
        wide, high = float(page.mediabox.width), float(page.mediabox.height)
        shift = {90: (high, 0), 180: (wide, high), 270: (0, wide)}[degrees]
        page.add_transformation(Transformation().rotate(degrees).translate(*shift))
        if degrees != 180:
            page.mediabox = RectangleObject((0, 0, high, wide))
        page.rotate(degrees)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(out, kind)
    return out.getvalue()


def told(people: tuple[ProofPerson, ...]) -> list[tuple[str, str]]:
    return [(one.name, one.number) for one in people]


def refusal(reader: WorkbookReader, data: bytes, name: str = "证明.pdf") -> FileError:
    with pytest.raises(FileError) as refused:
        read_proof(ProofFile(name, data), reader)
    assert refused.value.message.startswith(f"《{name}》")
    assert refused.value.message.count("。") == 1
    assert refused.value.remedy
    return refused.value


def test_everyone_on_a_text_pdf_is_read_with_rare_names_and_stars(
    reader: WorkbookReader, pdf: bytes
) -> None:
    found = read_proof(ProofFile("证明.pdf", pdf), reader)
    assert told(found) == [(name, masked(identity)) for name, identity in PEOPLE]
    assert (found[0].where, found[-1].where) == ("第1页第5行", "第2页第15行")


def test_a_form_of_ours_is_read_too(reader: WorkbookReader) -> None:
    form = member_list(30)
    found = read_proof(ProofFile("名单.pdf", render(form)), reader)
    assert told(found) == [(one.name, one.identity) for one in form.people]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_pages_that_a_reader_turns_are_read_as_they_are_seen(
    each_reader: WorkbookReader, pdf: bytes, degrees: int
) -> None:
    found = read_proof(ProofFile("证明.pdf", turned(pdf, degrees)), each_reader)
    assert found == read_proof(ProofFile("证明.pdf", pdf), each_reader)


def test_a_workbook_of_months_is_read_by_its_content(
    reader: WorkbookReader, tmp_path: Path
) -> None:
    page = proof_page("演示水厂(演示)", PEOPLE, ON)
    path = tmp_path / "证明.pdf"  # whatever it is called
    path.write_bytes(workbook_bytes(".xls", [page]))
    found = read_proof(open_proof(path), reader)
    assert told(found) == [(name, masked(identity)) for name, identity in PEOPLE]
    assert {one.rows for one in found} == {2}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "PDF"])
def test_a_picture_or_a_scan_without_text_is_said_in_one_sentence(
    each_reader: WorkbookReader, kind: str
) -> None:
    error = refusal(each_reader, picture(kind))
    assert error.code == "proof-without-text"
    assert "没有文字" in error.message


def test_a_file_that_names_nobody_is_said(reader: WorkbookReader) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["工资表", 1])
    book.save(out)
    assert refusal(reader, out.getvalue()).code == "proof-without-people"
    assert refusal(reader, render(notice())).code == "proof-without-people"


def test_what_is_locked_is_said(reader: WorkbookReader, pdf: bytes, tmp_path: Path) -> None:
    assert refusal(reader, locked(pdf)).code == "proof-locked"
    book = lock(tmp_path / "证明.xlsx", PASSWORD).read_bytes()
    assert refusal(reader, book, "证明.xlsx").code == "proof-locked"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-not-a-workbook"),
        (b"%PDF-1.7 and nothing more", "scan-not-readable"),
        (b"PK\x03\x04 and nothing more", "file-damaged"),
    ],
)
def test_a_damaged_file_is_said(reader: WorkbookReader, data: bytes, code: str) -> None:
    assert refusal(reader, data).code == code


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileError) as refused:
        open_proof(tmp_path / "证明.pdf")
    assert refused.value.code == "file-missing"


def test_too_much_text_is_refused(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_words, "MOST_CHARACTERS", 100)
    with pytest.raises(Refusal, match="scan-too-large"):
        list(page_words.read_words(pdf))


def test_reading_can_be_stopped_and_the_next_file_is_read(
    reader_here: WorkbookReader, pdf: bytes
) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_proof(ProofFile("证明.pdf", pdf), reader_here, stop)
    assert len(read_proof(ProofFile("证明.pdf", pdf), reader_here)) == len(PEOPLE)
