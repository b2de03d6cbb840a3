"""A scan is kept as it came, after a child has looked at it."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter

from desktop_app.errors import FileError
from desktop_app.intake import pictures
from desktop_app.intake.children import Child
from desktop_app.intake.pictures import check_picture
from desktop_app.intake.refusals import Refusal
from desktop_app.intake.scans import read_scan


def _picture(kind: str, size: tuple[int, int] = (60, 40)) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise(size, 80).save(buffer, kind)
    return buffer.getvalue()


def _pdf(pages: int, password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "pages"),
    [
        (_picture("PNG"), "png", 1),
        (_picture("JPEG"), "jpeg", 1),
        (_pdf(3), "pdf", 3),
        (_picture("TIFF"), "tiff", 1),
    ],
    ids=["png", "jpeg", "pdf", "tiff"],
)
def test_a_scan_comes_back_with_kind_pages_and_hash(
    data: bytes, kind: str, pages: int, tmp_path: Path
) -> None:
    (tmp_path / "回单.dat").write_bytes(data)
    scan = read_scan(tmp_path / "回单.dat")
    assert (scan.kind, scan.pages, scan.data) == (kind, pages, data)
    assert scan.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"GIF89a" + b"\0" * 50, _picture("PNG")[:900], _picture("JPEG")[:700],
     b"%PDF-1.7 and nothing more", b"\x89PNG\r\n\x1a\n" + b"x" * 50, _picture("TIFF")[:900],
     b"II*\0\x08\0\0\0"],
    ids=["empty", "text", "gif", "half a png", "half a jpeg", "no pdf", "no png", "half a tiff",
         "no tiff"],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused_in_one_sentence(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "回单.png").write_bytes(data)
    with pytest.raises(FileError) as refused:
        read_scan(tmp_path / "回单.png")
    assert refused.value.code == "scan-not-readable"
    assert "《回单.png》" in str(refused.value)
    assert refused.value.remedy


def test_a_locked_pdf_says_that_it_is_locked(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(_pdf(1, "secret"))
    with pytest.raises(FileError, match="密码") as refused:
        read_scan(tmp_path / "a.pdf")
    assert refused.value.code == "scan-not-readable"


def test_a_picture_of_too_many_points_is_not_unpacked(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("1", (10_000, 4_001)).save(buffer, "PNG")
    (tmp_path / "a.png").write_bytes(buffer.getvalue())
    with pytest.raises(FileError) as refused:
        read_scan(tmp_path / "a.png")
    assert refused.value.code == "scan-too-large"


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.pdf").open("wb") as file:
        file.truncate((20 << 20) + 1)
    with pytest.raises(FileError) as refused:
        read_scan(tmp_path / "a.pdf")
    assert refused.value.code == "scan-too-large"


def test_a_missing_scan_and_a_folder_are_named(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "x.pdf", "file-missing"), (tmp_path, "scan-not-readable")):
        with pytest.raises(FileError) as refused:
            read_scan(path)
        assert refused.value.code == code


def test_an_open_reader_can_be_shared(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(_picture("PNG"))
    child = Child()
    read_scan(tmp_path / "a.png", child=child)
    first = child.process_id
    read_scan(tmp_path / "a.png", child=child)
    assert child.process_id == first
    child.close()


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PAGES", 2)
    assert check_picture(_pdf(2))["pages"] == 2
    with pytest.raises(Refusal, match="scan-too-large"):
        check_picture(_pdf(3))
    with pytest.raises(Refusal, match="scan"):
        check_picture(_pdf(0))


def test_a_picture_that_claims_to_be_immense_is_refused() -> None:
    data = bytearray(_picture("PNG"))
    data[16:24] = (100_000).to_bytes(4, "big") * 2
    with pytest.raises(Refusal):
        check_picture(bytes(data))
