"""TIFF stacks: every packing is looked at, split and turned without packing a pixel anew."""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageOps

from desktop_app.documents.codes import code_text, page_code
from desktop_app.documents.printing import render
from desktop_app.errors import FileError
from desktop_app.intake import pictures, tiff_parts, tiffs
from desktop_app.intake.children import Child
from desktop_app.intake.page_cuts import cut
from desktop_app.intake.pictures import check_picture
from desktop_app.intake.refusals import Refusal
from desktop_app.intake.scan_codes import cut_pages, read_codes
from desktop_app.intake.scan_pages import Sheet, draw_page
from desktop_app.intake.scans import read_scan
from tests.documents import samples
from tests.intake.conftest import ChildHere
from tests.paper_scans import as_tiff, pages_of

PACKINGS = [
    ("1", "group4"), ("1", "group3"), ("1", "packbits"), ("1", "raw"), ("L", "tiff_lzw"),
    ("L", "jpeg"), ("RGB", "jpeg"), ("RGB", "tiff_lzw"), ("RGB", "tiff_adobe_deflate"),
    ("P", "tiff_lzw"), ("I;16", "raw"), ("CMYK", "tiff_lzw"),
]  # fmt: skip


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    made = Child()
    yield made
    made.close()


def marked(mode: str = "L", size: tuple[int, int] = (90, 60)) -> Image.Image:
    """Dark in its upper left corner."""
    image = Image.new("L", size, 255)
    ImageDraw.Draw(image).rectangle((0, 0, 39, 19), fill=0)
    if mode == "I;16":
        return image.convert("I").point(lambda value: value * 257).convert("I;16")
    return image.convert(mode)


def corner(image: Image.Image) -> str:
    grey = image.convert("L")
    width, height = grey.size
    places = {"ul": (9, 9), "ur": (width - 10, 9), "ll": (9, height - 10),
              "lr": (width - 10, height - 10)}  # fmt: skip
    dark = [name for name, place in places.items() if grey.getpixel(place) < 128]
    assert len(dark) == 1
    return dark[0]


def tiff(*pages: Image.Image, compression: str = "tiff_lzw", **more: object) -> bytes:
    out = io.BytesIO()
    first, *others = pages
    first.save(out, "TIFF", save_all=True, append_images=others, compression=compression, **more)
    return out.getvalue()


def opened(data: bytes, number: int = 1) -> Image.Image:
    return tiffs.page(data, number)


@pytest.mark.parametrize(("mode", "compression"), PACKINGS)
def test_every_packing_is_counted_drawn_and_split_without_a_changed_pixel(
    mode: str, compression: str
) -> None:
    pages = [marked(mode, (90 + at, 60)) for at in range(3)]
    data = tiff(*pages, compression=compression)
    assert check_picture(data)["pages"] == 3
    first, second = cut(data, "tiff", [[(1, 0), (3, 0)], [(2, 0)]])
    assert [check_picture(part)["pages"] for part in (first, second)] == [2, 1]
    for part, at, number in ((first, 1, 1), (first, 2, 3), (second, 1, 2)):
        cut_out, came = opened(part, at), opened(data, number)
        assert cut_out.tobytes() == came.tobytes()
        assert (corner(cut_out), cut_out.width) == ("ul", 89 + number)
    assert [part.pixels for part in tiff_parts.parts_of(second)] == [
        list(tiff_parts.parts_of(data))[1].pixels
    ]


@pytest.mark.parametrize(("order", "big"), [("<", False), (">", False), ("<", True)])
@pytest.mark.parametrize("tiled", [False, True], ids=["strips", "tiles"])
def test_either_order_of_bytes_big_files_and_tiles_are_read(
    order: str, big: bool, tiled: bool
) -> None:
    data = made(order, big, tiled)
    assert check_picture(data)["pages"] == 1
    (part,) = cut(data, "tiff", [[(1, 90)]])
    assert part[:4] in (b"II*\0", b"MM\0*")
    assert corner(opened(part)) == "ur"
    assert opened(part).size == (64, 96)


def made(order: str, big: bool, tiled: bool) -> bytes:
    """A grey TIFF of 96 × 64 points, in two strips or six tiles."""
    image = marked("L", (96, 64))
    if tiled:
        boxes = [(x, y, x + 32, y + 32) for y in (0, 32) for x in (0, 32, 64)]
    else:
        boxes = [(0, 0, 96, 32), (0, 32, 96, 64)]
    pixels = [image.crop(box).tobytes() for box in boxes]
    start = 16 if big else 8
    places = [start + sum(map(len, pixels[:at])) for at in range(len(pixels))]
    number = 16 if big else 4
    tags = [
        (256, 3, [96]),
        (257, 3, [64]),
        (258, 3, [8]),
        (259, 3, [1]),
        (262, 3, [1]),
        (277, 3, [1]),
    ]
    if tiled:
        tags += [
            (322, 3, [32]),
            (323, 3, [32]),
            (324, number, places),
            (325, number, list(map(len, pixels))),
        ]
    else:
        tags += [(273, number, places), (278, number, [32]), (279, number, list(map(len, pixels)))]
    form, word = {3: "H", 4: "L", 16: "Q"}, "Q" if big else "L"
    size = struct.calcsize(word if big else "<L")
    at = start + sum(map(len, pixels))
    table = struct.pack(f"{order}{'Q' if big else 'H'}", len(tags))
    beyond = at + len(table) + len(tags) * (4 + 2 * size) + size
    tail = b""
    for tag, kind, values in sorted(tags):
        packed = struct.pack(f"{order}{len(values)}{form[kind]}", *values)
        shown = packed.ljust(size, b"\0")
        if len(packed) > size:
            shown = struct.pack(f"{order}{word}", beyond + len(tail))
            tail += packed
        table += struct.pack(f"{order}HH{word}", tag, kind, len(values)) + shown
    head = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}H", 43 if big else 42)
    head += struct.pack(f"{order}HHQ", 8, 0, at) if big else struct.pack(f"{order}L", at)
    return head + b"".join(pixels) + table + bytes(size) + tail


@settings(max_examples=60, deadline=None)
@given(was=st.integers(1, 8), turn=st.sampled_from([0, 90, 180, 270]))
def test_a_turn_is_added_to_the_orientation_that_a_frame_has(was: int, turn: int) -> None:
    data = tiff(marked(), tiffinfo={tiff_parts.ORIENTATION: was})
    seen = opened(data)
    (part,) = cut(data, "tiff", [[(1, turn)]])
    expected = seen.rotate(-turn, expand=True)
    assert opened(part).tobytes() == expected.tobytes()
    assert opened(part).size == expected.size


def test_the_orientation_of_a_frame_that_names_none_or_nonsense_is_upright() -> None:
    for data in (
        tiff(marked(), compression="raw", tiffinfo={tiff_parts.ORIENTATION: 0}),
        made("<", False, False),
    ):
        (part,) = cut(data, "tiff", [[(1, 180)]])
        assert corner(opened(part)) == "lr"


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_damaged_stack_is_refused_or_read_and_never_breaks(data: st.DataObject) -> None:
    whole = bytearray(made("<", False, False))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=6)):
        whole[at] = data.draw(st.integers(0, 255))
    piece = bytes(whole[: data.draw(st.integers(4, len(whole)))])
    try:
        looked = check_picture(piece)
        cuts = list(cut(piece, "tiff", [[(1, 90)]])) if looked["kind"] == "tiff" else []
    except Refusal:
        return
    assert all(check_picture(part)["pages"] == 1 for part in cuts)


def test_a_stack_cut_short_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "一叠.tif").write_bytes(tiff(marked(), marked())[:-300])
    with pytest.raises(FileError, match=r"《一叠\.tif》不是能打开的图片或 PDF") as caught:
        read_scan(tmp_path / "一叠.tif", child=ChildHere())
    assert caught.value.code == "scan-not-readable"
    assert "TIFF" in caught.value.remedy


def test_pixels_that_do_not_unpack_are_refused() -> None:
    data = bytearray(tiff(marked("RGB", (400, 300)), compression="tiff_adobe_deflate"))
    data[data.index(next(tiff_parts.parts_of(bytes(data))).pixels[0]) + 30] ^= 0xFF
    with pytest.raises(Refusal, match="scan"):
        check_picture(bytes(data))


def test_frames_in_a_circle_and_the_old_kind_of_jpeg_are_refused() -> None:
    data = bytearray(made("<", False, False))
    table = struct.unpack_from("<L", data, 4)[0]
    count = struct.unpack_from("<H", data, table)[0]
    circle = bytearray(data)
    struct.pack_into("<L", circle, table + 2 + 12 * count, table)
    struct.pack_into("<H", data, table + 2 + 3 * 12 + 8, 6)
    for broken in (circle, data):
        with pytest.raises(Refusal, match="scan"):
            check_picture(bytes(broken))


def test_too_many_frames_and_too_large_ones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PAGES", 2)
    assert check_picture(tiff(marked(), marked()))["pages"] == 2
    with pytest.raises(Refusal, match="scan-too-large"):
        check_picture(tiff(marked(), marked(), marked()))
    monkeypatch.setattr(pictures, "MOST_PIXELS", 90 * 60 - 1)
    with pytest.raises(Refusal, match="scan-too-large"):
        check_picture(tiff(marked()))
    monkeypatch.undo()
    immense = bytearray(made("<", False, False))
    table = struct.unpack_from("<L", immense, 4)[0]
    struct.pack_into("<HHLL", immense, table + 2, 256, 4, 1, 60_000)
    struct.pack_into("<HHLL", immense, table + 14, 257, 4, 1, 60_000)
    with pytest.raises(Refusal, match="scan-too-large"):
        check_picture(bytes(immense))


def test_a_page_of_a_stack_is_drawn_upright_and_a_fax_with_square_points() -> None:
    fax = Image.new("1", (204, 147), 1)
    data = tiff(
        marked("1"), fax, compression="group4", tiffinfo={tiff_parts.ORIENTATION: 3},
        resolution=100,
    )  # fmt: skip
    child, sheet = ChildHere(), Sheet("一叠.tif", hashlib.sha256(data).hexdigest(), 1, 400)
    page = draw_page(sheet, lambda: data, child)
    assert page.pages == 2
    assert corner(Image.open(io.BytesIO(page.png))) == "lr"
    for across, down, size in ((204, 98, (204, 306)), (98, 204, (425, 147))):
        sent = tiff(fax, compression="group4", x_resolution=across, y_resolution=down)
        assert opened(sent).size == size
        lying = tiff(
            fax.rotate(90, expand=True), compression="group4", x_resolution=down,
            y_resolution=across, tiffinfo={tiff_parts.ORIENTATION: 6},
        )  # fmt: skip
        assert opened(lying).size == size


@pytest.mark.parametrize("compression", ["group4", "tiff_lzw", "jpeg"])
def test_a_stack_gives_the_codes_of_its_pages(
    compression: str, tmp_path: Path, child: Child
) -> None:
    forms = [samples.application(), samples.confirmation()]
    pages = [pages_of(render(form))[0] for form in forms]
    pages[1] = pages[1].rotate(90, expand=True)
    if compression == "group4":
        pages = [page.convert("1") for page in pages]
    scan = read_codes(as_tiff(pages, tmp_path / "一叠.tif", compression), child)
    assert [(page.codes, page.turns) for page in scan.pages] == [
        ((page_code(code_text(forms[0]), 1),), (0,)), ((page_code(code_text(forms[1]), 1),), (90,)),
    ]  # fmt: skip
    _, second = cut_pages(scan, [[(1, 0)], [(2, 90)]], child)
    upright = opened(second)
    assert upright.height > upright.width
    (tmp_path / "二.tif").write_bytes(second)
    assert read_codes(tmp_path / "二.tif", child).pages[0].turns == (0,)


def test_a_colour_page_stays_as_it_was_seen() -> None:
    picture = ImageOps.colorize(marked(), "red", "white")
    (part,) = cut(tiff(picture, compression="jpeg"), "tiff", [[(1, 180)]])
    red, green, _blue = opened(part).convert("RGB").getpixel((85, 55))
    assert red > 200
    assert green < 60
