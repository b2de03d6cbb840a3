"""Codes are read from scanned pages, and the pages cut out, in the child process."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import segno
from PIL import Image
from pypdf import PdfWriter

from desktop_app.documents.codes import code_text, page_code
from desktop_app.documents.printing import render
from desktop_app.errors import Cancelled, FileError
from desktop_app.intake import page_codes
from desktop_app.intake.children import Child
from desktop_app.intake.pictures import LARGEST_SCAN, LARGEST_STACK
from desktop_app.intake.scan_codes import CodedScan, cut_pages, read_codes
from tests.documents import samples
from tests.paper_scans import (
    as_pdf,
    beside,
    blank,
    damaged,
    grainy,
    pages_of,
    without_code,
    worn,
)


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    made = Child()
    yield made
    made.close()


def codes(scan: CodedScan) -> list[tuple[str, ...]]:
    return [page.codes for page in scan.pages]


@pytest.mark.parametrize("seed", range(1, 7))
@pytest.mark.parametrize("form", [samples.application(), samples.confirmation()])
def test_a_worn_page_gives_its_code(
    form: samples.Form, seed: int, tmp_path: Path, child: Child
) -> None:
    page = worn(pages_of(render(form))[0], seed)
    scan = read_codes(as_pdf([page], tmp_path / "扫描.pdf"), child)
    assert codes(scan) == [(page_code(code_text(form), 1),)]
    assert (scan.kind, scan.name) == ("pdf", "扫描.pdf")


@pytest.mark.parametrize("seed", range(1, 7))
def test_a_page_of_150_dpi_full_of_grain_gives_its_code(
    seed: int, tmp_path: Path, child: Child
) -> None:
    form = samples.application()
    path = tmp_path / "扫描.png"
    grainy(pages_of(render(form), 150)[0], seed).save(path)
    assert codes(read_codes(path, child)) == [(page_code(code_text(form), 1),)]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_one_page(kind: str, tmp_path: Path, child: Child) -> None:
    form = samples.application()
    path = tmp_path / "photo"
    worn(pages_of(render(form))[0], 2).save(path, kind)
    scan = read_codes(path, child)
    assert codes(scan) == [(page_code(code_text(form), 1),)]
    assert cut_pages(scan, [[(1, 0)]], child) == (path.read_bytes(),)


def test_a_program_s_own_pdf_is_read_without_a_scanner(tmp_path: Path, child: Child) -> None:
    form = replace(samples.member_list(60))
    (tmp_path / "名单.pdf").write_bytes(render(form))
    steps: list[tuple[int, int]] = []
    scan = read_codes(tmp_path / "名单.pdf", child, lambda done, total: steps.append((done, total)))
    assert len(scan.pages) > 1
    assert codes(scan) == [
        (page_code(code_text(form), number),) for number, _ in enumerate(scan.pages, 1)
    ]
    assert steps[-1] == (len(scan.pages), len(scan.pages))


def test_two_codes_none_and_others_are_told_as_they_are(tmp_path: Path, child: Child) -> None:
    first, second = samples.application(), samples.confirmation()
    one, two = (pages_of(render(form))[0] for form in (first, second))
    foreign = io.BytesIO()
    segno.make_qr("https://example.invalid/").save(foreign, kind="png", scale=8)
    long = io.BytesIO()
    segno.make_qr("x" * 200).save(long, kind="png", scale=8)
    pages = [
        beside(one, two), without_code(one), damaged(one), blank(one),
        Image.open(foreign).convert("L"), Image.open(long).convert("L"),
    ]  # fmt: skip
    scan = read_codes(as_pdf(pages, tmp_path / "扫描.pdf"), child)
    told = codes(scan)
    assert set(told[0]) == {page_code(code_text(first), 1), page_code(code_text(second), 1)}
    assert told[1:] == [(), (), (), ("https://example.invalid/",), ()]


def test_pages_are_cut_out_as_files_of_their_own(tmp_path: Path, child: Child) -> None:
    pages = [Image.new("L", (200 + at, 300), 255) for at in range(4)]
    scan = read_codes(as_pdf(pages, tmp_path / "扫描.pdf", 72), child)
    first, second = cut_pages(scan, [[(1, 0), (3, 0)], [(4, 0)]], child)
    assert [width for width, _ in sizes(first)] == [200, 202]
    assert [width for width, _ in sizes(second)] == [203]


def test_a_stack_may_be_larger_than_a_single_paper(tmp_path: Path, child: Child) -> None:
    stack = PdfWriter(clone_from=io.BytesIO(render(samples.application())))
    stack.add_attachment("noise", random.Random(1).randbytes(LARGEST_SCAN))
    stack.write(tmp_path / "一叠.pdf")
    scan = read_codes(tmp_path / "一叠.pdf", child)
    [part] = cut_pages(scan, [[(1, 0)]], child)
    assert codes(scan) == [(page_code(code_text(samples.application()), 1),)]
    assert part.startswith(b"%PDF")


def test_a_stack_beyond_its_limit_is_to_be_scanned_in_parts(tmp_path: Path, child: Child) -> None:
    with (tmp_path / "一叠.pdf").open("wb") as file:
        file.truncate(LARGEST_STACK + 1)
    with pytest.raises(FileError, match="一叠不超过 100 MB、500 页") as caught:
        read_codes(tmp_path / "一叠.pdf", child)
    assert caught.value.code == "scan-too-large"
    assert "请分成几叠扫描" in caught.value.remedy


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [(round(page.get_width()), round(page.get_height())) for page in document]
    finally:
        document.close()


def test_a_huge_page_is_drawn_within_bounds(tmp_path: Path, child: Child) -> None:
    page = Image.new("L", (3000, 3000), 255)
    path = as_pdf([page], tmp_path / "大.pdf", 20)  # 3.8 m wide
    assert codes(read_codes(path, child)) == [()]


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7 and nothing more"])
def test_what_is_no_scan_is_refused(data: bytes, tmp_path: Path, child: Child) -> None:
    (tmp_path / "坏.pdf").write_bytes(data)
    with pytest.raises(FileError) as caught:
        read_codes(tmp_path / "坏.pdf", child)
    assert caught.value.code == "scan-not-readable"
    with pytest.raises(FileError):
        cut_pages(CodedScan("坏.pdf", "pdf", data, "", ()), [[(1, 0)]], child)


def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = as_pdf([Image.new("L", (200, 300), 255)], tmp_path / "扫描.pdf")
    monkeypatch.setattr("desktop_app.intake.scan_codes.read_bytes", lambda *_: b"%PDF another")
    with pytest.raises(FileError) as caught:
        read_codes(path, child)
    assert caught.value.code == "file-unreadable"


def test_reading_stops_when_asked_and_goes_on_afterwards(tmp_path: Path) -> None:
    own = Child()
    path = as_pdf([Image.new("L", (1600, 2300), 255)] * 6, tmp_path / "扫描.pdf")

    def stop(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_codes(path, own, stop)
    assert own.process_id is None
    assert len(read_codes(path, own).pages) == 6
    own.close()


def test_a_page_that_does_not_load_has_no_code(monkeypatch: pytest.MonkeyPatch) -> None:
    class Page:
        def close(self) -> None: ...

        def get_size(self) -> tuple[float, float]:
            raise pypdfium2.PdfiumError("damaged")

    class Document(list[Page]):
        def __getitem__(self, at: object) -> Page:  # type: ignore[override]
            if at == 0:
                raise pypdfium2.PdfiumError("damaged")
            return Page()

        def close(self) -> None: ...

    monkeypatch.setattr(pypdfium2, "PdfDocument", lambda _data: Document([Page(), Page()]))
    assert [page.codes for page in page_codes.read_pages(b"", "pdf")] == [(), ()]
