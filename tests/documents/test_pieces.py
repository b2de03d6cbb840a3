"""What pages have in common stands in the file once, and each page still says all of it."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pypdf
import pytest

from desktop_app.documents.fontfile import FontFile
from desktop_app.documents.fonts import faces
from desktop_app.documents.layout_files import template_from
from desktop_app.documents.printing import render
from desktop_app.documents.subset import subset
from desktop_app.paths import resource_path
from tests.documents import samples
from tests.documents.test_printing import READERS, Reader, packed


@pytest.mark.parametrize("reader", READERS)
def test_each_page_copies_out_from_its_head_to_its_foot(reader: Reader) -> None:
    form = samples.member_list(110)
    pages = reader(render(form))
    assert len(pages) == 5
    for number, page in enumerate(pages, 1):
        text = packed([page])
        first = form.people[(number - 1) * 25]
        wanted = ("会员名单", "身份证号", first.identity, "说明", f"第{number}页共5页", "次打印")
        assert sorted(wanted, key=text.index) == list(wanted)
        assert [text.count(one) for one in wanted] == [1] * len(wanted)


def test_head_frame_and_foot_stand_in_the_file_once_and_each_page_has_its_own_code() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(samples.member_list(110))))
    shared = {
        name: form.get_object().get_data()
        for name, form in reader.pages[0]["/Resources"]["/XObject"].items()  # type: ignore[index]
    }
    assert not any(data.count(b" re") > 100 for data in shared.values())  # no code is shared
    codes = set()
    for page in reader.pages:
        drawn = page.get_contents()
        assert drawn is not None
        data = drawn.get_data()
        assert not any(one in data for one in shared.values())
        assert data.count(b" Do") >= 2
        [squares] = [line for line in data.split(b"\n") if line.count(b" re ") > 100]
        codes.add(squares)
    assert len(codes) == len(reader.pages) > 1


def test_one_page_shares_nothing() -> None:
    [page] = pypdf.PdfReader(io.BytesIO(render(samples.member_list(3)))).pages
    assert not page["/Resources"]["/XObject"]  # type: ignore[index]


@pytest.mark.parametrize("reader", READERS)
def test_an_own_layout_may_name_the_page_in_its_head(reader: Reader) -> None:
    text = resource_path("forms", "member_list.toml").read_text("utf-8")
    own = template_from(
        text.replace('text = "{member}名单"', 'text = "{member}名单之{page}"'), "own"
    )
    pages = reader(render(samples.member_list(60), own))
    assert [f"会员名单之{number}" in packed([page]) for number, page in enumerate(pages, 1)] == [
        True,
        True,
        True,
    ]


def test_a_cut_font_holds_outlines_and_widths_as_the_carried_one(tmp_path: Path) -> None:
    face = faces()["sans"]
    glyphs = [face.glyphs[ord(character)] for character in "i𬭎明,W"]
    made, place = subset(face.file, face.carried, glyphs)
    (tmp_path / "cut.ttf").write_bytes(made)
    cut = FontFile(tmp_path / "cut.ttf")
    for glyph in glyphs:
        outline = face.file.outline(glyph)
        assert cut.outline(place[glyph])[: len(outline)] == outline
        assert cut.metrics(place[glyph]) == face.file.metrics(glyph)


def test_a_font_that_would_be_misread_is_not_read(tmp_path: Path) -> None:
    made, _place = subset(faces()["sans"].file, faces()["sans"].carried, [5])
    (head,) = (
        struct.unpack_from(">L", made, at + 8)[0]
        for at in range(12, len(made), 16)
        if made[at : at + 4] == b"head"
    )
    short = made[: head + 50] + bytes(2) + made[head + 52 :]
    (tmp_path / "short.ttf").write_bytes(short)
    with pytest.raises(ValueError, match=r"short\.ttf has short offsets"):
        FontFile(tmp_path / "short.ttf")
