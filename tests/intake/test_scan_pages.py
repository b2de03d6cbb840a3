"""Pages are drawn for the eye in the child process, which keeps the file it drew last."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import RectangleObject

from desktop_app.errors import FileError
from desktop_app.intake import page_pictures
from desktop_app.intake.children import Child
from desktop_app.intake.refusals import Refusal
from desktop_app.intake.scan_pages import DrawnPage, Sheet, draw_file, draw_page
from tests.intake.conftest import ChildHere
from tests.paper_scans import as_pdf

A4 = (827, 1169)


@pytest.fixture
def child() -> Child:
    page_pictures._held = page_pictures._Held()
    return ChildHere()


def picture(kind: str = "PNG", size: tuple[int, int] = A4, **more: object) -> bytes:
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="red")
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def sheet(data: bytes, number: int = 1, width: int = 400) -> Sheet:
    return Sheet("证书.pdf", hashlib.sha256(data).hexdigest(), number, width)


def opened(page: DrawnPage) -> Image.Image:
    return Image.open(io.BytesIO(page.png))


def never() -> bytes:
    raise AssertionError("the child holds it")


def two_pages(tmp_path: Path) -> bytes:
    pages = [Image.open(io.BytesIO(picture())), Image.new("RGB", A4, "white")]
    return as_pdf(pages, tmp_path / "证书.pdf", 100).read_bytes()


def test_pages_of_one_file_are_drawn_in_colour_and_sent_once(tmp_path: Path, child: Child) -> None:
    data = two_pages(tmp_path)
    first = draw_page(sheet(data), lambda: data, child)
    assert first.pages == 2
    assert opened(first).size == (400, 566)
    assert opened(first).getpixel((100, 100))[0] > 200 > opened(first).getpixel((100, 100))[1]
    second = draw_page(sheet(data, 2, 800), never, child)
    assert opened(second).width == 800
    assert opened(second).getpixel((200, 200)) == (255, 255, 255)


def test_the_program_s_own_child_draws_and_keeps(tmp_path: Path) -> None:
    own, data = Child(), two_pages(tmp_path)
    try:
        assert draw_page(sheet(data), lambda: data, own).pages == 2
        assert opened(draw_page(sheet(data, 2), never, own)).width == 400
    finally:
        own.close()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photo_is_made_smaller_and_never_larger(kind: str, child: Child) -> None:
    data = picture(kind)
    assert opened(draw_page(sheet(data), lambda: data, child)).size == (400, 565)
    assert opened(draw_page(sheet(data, width=2400), never, child)).size == A4


def test_a_photo_stands_as_it_was_taken_and_a_transparent_one_on_white(child: Child) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    data = picture("JPEG", (600, 400), exif=turned)
    assert opened(draw_page(sheet(data, width=200), lambda: data, child)).size == (200, 300)
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    clear = out.getvalue()
    page = opened(draw_page(sheet(clear), lambda: clear, child))
    assert page.getpixel((5, 5)) == (255, 255, 255)


def blank_pdf(size: tuple[float, float] = (595, 842), password: str = "", pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842).mediabox = RectangleObject((0, 0, *size))
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_page_as_long_as_a_street_is_drawn_within_bounds(child: Child) -> None:
    data = blank_pdf((100, 14_000))
    drawn = opened(draw_page(sheet(data, width=3_000), lambda: data, child))
    assert drawn.width * drawn.height <= page_pictures.MOST_PIXELS * 1.01
    long = picture("PNG", (200, 8_000))
    assert opened(draw_page(sheet(long, width=9_999), lambda: long, child)).size == (200, 8_000)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: b"%PDF-1.7 and nothing more", "文件可能已损坏"),
        (lambda: picture()[:600], "文件可能已损坏"),
        (lambda: b"hello", "文件可能已损坏"),
        (lambda: blank_pdf(password="secret"), "有打开密码"),
    ],
    ids=["half a pdf", "half a png", "text", "locked"],
)
def test_a_broken_file_is_said_in_one_sentence(
    make: Callable[[], bytes], why: str, child: Child
) -> None:
    data = make()
    with pytest.raises(FileError) as refused:
        draw_page(sheet(data), lambda: data, child)
    assert refused.value.code == "scan-not-shown"
    assert refused.value.message == f"《证书.pdf》第1页不能显示:{why}。"
    assert refused.value.remedy


def test_a_page_that_is_not_there_is_refused(child: Child) -> None:
    data = blank_pdf()
    with pytest.raises(FileError, match="第2页"):
        draw_page(sheet(data, 2), lambda: data, child)


def test_a_page_that_does_not_load_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = blank_pdf()
    page_pictures.hold(data)

    class Page:
        closed = False

        def get_size(self) -> tuple[float, float]:
            return 0.0, 0.0

        def close(self) -> None:
            Page.closed = True

    class Document(list[Page]):
        def close(self) -> None: ...

    monkeypatch.setattr(page_pictures.pypdfium2, "PdfDocument", lambda _data: Document([Page()]))
    with pytest.raises(Refusal, match="scan"):
        page_pictures.draw(hashlib.sha256(data).hexdigest(), 1, 100)
    assert Page.closed


def test_a_file_that_is_not_kept_yet_is_drawn_too(tmp_path: Path, child: Child) -> None:
    data = two_pages(tmp_path)
    page = draw_file(tmp_path / "证书.pdf", 2, 300, child)
    assert (page.pages, opened(page).width) == (2, 300)
    assert page == draw_page(sheet(data, 2, 300), never, child)
    (tmp_path / "文字.txt").write_text("hello", "utf-8")
    for name, code in (("文字.txt", "scan-not-readable"), ("没有.png", "file-missing")):
        with pytest.raises(FileError) as refused:
            draw_file(tmp_path / name, 1, 300, child)
        assert (refused.value.code, refused.value.where) == (code, name)
