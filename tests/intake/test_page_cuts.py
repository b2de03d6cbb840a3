"""Pages are filed upright: turned by their own tags where they have one, pixel for pixel else."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter

from desktop_app.documents.codes import code_text, page_code
from desktop_app.documents.printing import render
from desktop_app.intake.children import Child
from desktop_app.intake.page_cuts import cut
from desktop_app.intake.scan_codes import CodedScan, cut_pages, read_codes
from tests.documents import samples
from tests.paper_scans import as_pdf, pages_of

TURNS = (0, 90, 180, 270)
ORIENTATION = 0x0112


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    made = Child()
    yield made
    made.close()


def picture() -> Image.Image:
    """No two of its turns look alike."""
    image = Image.new("RGB", (48, 32), "white")
    image.paste((200, 0, 0), (0, 0, 16, 16))
    image.paste((0, 0, 200), (16, 0, 48, 8))
    return image


def as_file(image: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def seen(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        return ImageOps.exif_transpose(image).convert("RGB")


def exif(orientation: int, order: str = "<") -> Image.Exif:
    block = Image.Exif()
    block.endian = order
    block[ORIENTATION] = orientation
    block[0x010F] = "演示相机"
    return block


@settings(max_examples=60, deadline=None)
@given(
    was=st.integers(0, 9), turn=st.sampled_from(TURNS), order=st.sampled_from("<>"),
    kind=st.sampled_from(["JPEG", "PNG"]),
)  # fmt: skip
def test_a_photo_is_seen_turned_from_where_it_was_seen_before(
    was: int, turn: int, order: str, kind: str
) -> None:
    data = as_file(picture(), kind, exif=exif(was, order))
    (turned,) = cut(data, kind.lower(), [[(1, turn)]])
    before, after = seen(data), seen(turned)
    assert after.tobytes() == before.rotate(-turn, expand=True).tobytes()
    if kind == "JPEG":
        assert len(turned) == len(data)
        assert sum(one != other for one, other in zip(data, turned, strict=True)) <= 1


@pytest.mark.parametrize("jfif", [True, False])
@pytest.mark.parametrize("block", [True, False], ids=["other words", "no words"])
def test_a_photo_without_an_orientation_gets_one_and_keeps_its_pixels(
    jfif: bool, block: bool
) -> None:
    words = Image.Exif()
    words[0x010F] = "演示相机"
    data = as_file(picture(), "JPEG", **({"exif": words} if block else {}))
    if not jfif:
        at = data.index(b"\xff\xe0")
        data = data[:at] + data[at + 2 + int.from_bytes(data[at + 2 : at + 4], "big") :]
    (turned,) = cut(data, "jpeg", [[(1, 90)]])
    assert seen(turned).tobytes() == seen(data).rotate(-90, expand=True).tobytes()
    assert turned[turned.index(b"\xff\xda") :] == data[data.index(b"\xff\xda") :]
    assert turned.startswith(b"\xff\xd8\xff\xe0" if jfif else b"\xff\xd8\xff\xe1")


@pytest.mark.parametrize("block", [b"nonsense", b"II*\0\xff\xff\0\0", b"II*\0\x08\0\0\0\xff\xff"])
def test_a_photo_whose_words_are_broken_is_turned_all_the_same(block: bytes) -> None:
    data = as_file(picture(), "JPEG")
    words = b"\xff\xe1" + (len(block) + 8).to_bytes(2, "big") + b"Exif\0\0" + block
    (turned,) = cut(data[:2] + words + data[2:], "jpeg", [[(1, 180)]])
    assert seen(turned).tobytes() == seen(data).rotate(180).tobytes()


def test_a_turned_png_keeps_its_resolution_and_its_profile() -> None:
    data = as_file(picture(), "PNG", dpi=(200, 200), icc_profile=b"profile")
    (turned,) = cut(data, "png", [[(1, 270)]])
    with Image.open(io.BytesIO(turned)) as opened:
        assert (opened.size, round(opened.info["dpi"][0])) == ((32, 48), 200)
        assert opened.info["icc_profile"] == b"profile"


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("was", TURNS)
def test_a_page_of_a_pdf_is_turned_by_its_own_entry_and_its_picture_is_not_packed_anew(
    was: int, turn: int, tmp_path: Path
) -> None:
    writer = PdfWriter(clone_from=as_pdf([picture().convert("L")] * 2, tmp_path / "扫描.pdf"))
    writer.pages[1].rotate(was)
    out = io.BytesIO()
    writer.write(out)
    (part,) = cut(out.getvalue(), "pdf", [[(2, turn)]])
    assert drawn(part, 0).tobytes() == drawn(out.getvalue(), 1).rotate(-turn, expand=True).tobytes()
    assert packed(part, 0) == packed(out.getvalue(), 1)
    assert PdfReader(io.BytesIO(part)).pages[0].rotation % 360 == (was + turn) % 360


def drawn(pdf: bytes, at: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[at].render(scale=DPI_OF_PICTURE / 72).to_pil().convert("L").copy()
    finally:
        document.close()


DPI_OF_PICTURE = 200


def packed(pdf: bytes, at: int) -> bytes:
    (image,) = PdfReader(io.BytesIO(pdf)).pages[at]["/Resources"]["/XObject"].values()
    return bytes(image.get_object()._data)


def on_paper(kind: str) -> Callable[[Image.Image, Path], Path]:
    def save(page: Image.Image, folder: Path) -> Path:
        path = folder / f"扫描.{kind.lower()}"
        if kind == "PDF":
            return as_pdf([page], path)
        page.save(path, kind)
        return path

    return save


@pytest.mark.parametrize("kind", ["PDF", "JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("lies", [*TURNS, 4, 86, 183])
def test_a_form_that_lies_on_the_glass_in_any_way_is_cut_out_upright(
    kind: str, lies: int, tmp_path: Path, child: Child
) -> None:
    form = samples.application()
    page = pages_of(render(form), 150)[0].rotate(lies, expand=True, fillcolor=255)
    scan = read_codes(on_paper(kind)(page, tmp_path), child)
    (read,) = scan.pages
    assert read.codes == (page_code(code_text(form), 1),)
    quarter = round(lies / 90) * 90 % 360
    assert read.turns == (quarter,)
    (part,) = cut_pages(scan, [[(1, quarter)]], child)
    (tmp_path / "正.dat").write_bytes(part)
    assert read_codes(tmp_path / "正.dat", child).pages[0].turns == (0,)
    assert (part == scan.data) is (quarter == 0 and kind in ("JPEG", "PNG"))


def test_an_upright_picture_goes_nowhere_near_the_child() -> None:
    scan = CodedScan("图.jpg", "jpeg", b"its bytes", "", ())
    assert cut_pages(scan, [[(1, 0)]], Child()) == (b"its bytes",)
