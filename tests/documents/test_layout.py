"""Line breaks, fitting, table pages, codes and layout files."""

from __future__ import annotations

import dataclasses
import io
import re
import struct

import pypdf
import pypdfium2
import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents.codes import (
    MAX_CODE,
    QUIET,
    code_text,
    content_hash,
    draw_code,
    page_code,
    read_code,
    rows_of,
)
from desktop_app.documents.fonts import faces
from desktop_app.documents.glyphs import FONT_FILES, drawable, missing_glyphs
from desktop_app.documents.kinds import KINDS
from desktop_app.documents.layout import lay_out
from desktop_app.documents.layout_files import carried_template, template_from
from desktop_app.documents.linebreak import MIN_SIZE, NOT_FIRST, NOT_LAST, fit, wrap
from desktop_app.documents.printing import render
from desktop_app.documents.sheet import Rows, Sheet
from desktop_app.documents.subset import subset
from desktop_app.documents.tables import next_part, part_height
from desktop_app.documents.template import Column, Table, TotalCell
from desktop_app.errors import FileError, UserError
from desktop_app.paths import resource_path
from tests.documents import samples

CHINESE = "职工医疗互助保障县乡一二三四五"
TEXT = st.text(alphabet=CHINESE + ",。、;:)》」”…(《「“¥012Ab ", min_size=1, max_size=120)


def squares_of(text: str) -> list[list[bool]]:
    rows = rows_of(text)[QUIET:-QUIET]
    return [[grey == 0 for grey in row[QUIET:-QUIET]] for row in rows]


def square(text: str, size: float) -> float:
    return sum(0.5 if ord(character) < 128 else 1.0 for character in text) * size


@given(TEXT, st.floats(min_value=40, max_value=400))
def test_wrapping_loses_nothing_but_blanks_at_line_ends(text: str, width: float) -> None:
    lines = wrap(text, width, 10, square)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert sum(map(len, lines)) >= len(text) - 2 * text.count(" ")


@given(TEXT, st.floats(min_value=40, max_value=400))
def test_no_line_is_wider_than_its_place(text: str, width: float) -> None:
    assert all(square(line, 10) <= width + 1e-9 for line in wrap(text, width, 10, square))


@st.composite
def prose(draw: st.DrawFn) -> str:
    """Chinese text whose marks stand as they do in writing: never three marks in a row."""
    word = st.text(alphabet=CHINESE, min_size=2, max_size=9)
    closing, opening = st.sampled_from("，。、；：！？）》”"), st.sampled_from("（《“")
    parts = draw(st.lists(st.tuples(word, closing, st.booleans(), opening), max_size=15))
    return "".join(w + c + (o if wanted else "") for w, c, wanted, o in parts) + draw(word)


@given(prose(), st.integers(min_value=60, max_value=300))
def test_no_line_opens_with_a_closing_mark_or_ends_with_an_opening_one(
    text: str, width: int
) -> None:
    lines = wrap(text, width, 10, square)
    assert all(line[0] not in NOT_FIRST for line in lines[1:])
    assert all(line[-1] not in NOT_LAST for line in lines[:-1])


def test_a_number_is_not_torn_apart_where_the_line_can_break_before_it() -> None:
    lines = wrap("请写明编号X-2026-0417,谢谢", 100, 10, square)
    assert any("X-2026-0417" in line for line in lines)


def test_a_newline_starts_a_new_line() -> None:
    assert wrap("甲\n乙", 100, 10, square) == ("甲", "乙")


@given(st.text(alphabet=CHINESE, min_size=1, max_size=40))
def test_a_fitted_text_stands_inside_its_place(text: str) -> None:
    fitted = fit(text, 100, 40, 12, square)
    assert "".join(fitted.lines) == text
    assert fitted.height <= 40 * 1.02
    assert MIN_SIZE <= fitted.size <= 12
    assert all(square(line, fitted.size) <= 100 for line in fitted.lines)


def test_a_text_that_cannot_fit_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        fit("长" * 200, 50, 20, 12, square)
    assert caught.value.code == "form-text-too-long"


def table(rows: int = 25, total: bool = True) -> Table:
    return Table(
        source="people",
        columns=(Column(title="姓名", field="name", width=40),),
        total=(TotalCell(text="合计"),) if total else (),
        row_height=6,
        head_height=8,
        page_rows=rows,
    )


@given(st.integers(0, 3000), st.integers(1, 40), st.booleans(), st.floats(30, 260))
def test_table_parts_follow_each_other_fit_and_end_with_the_total(
    count: int, rows: int, total: bool, room: float
) -> None:
    form, start, parts = table(rows, total), 0, []
    while not parts or not parts[-1].last:
        part = next_part(form, start, count, room)
        assert part is not None
        assert part.start == start
        assert part_height(form, part) <= room + 0.02
        assert part.end - part.start <= rows
        parts.append(part)
        start = part.end
    assert start == count
    assert all(part.end > part.start for part in parts[:-1])
    assert count == 0 or parts[-1].end > parts[-1].start


def test_a_table_takes_no_row_where_none_fits() -> None:
    assert next_part(table(), 0, 5, 13.9) is None


def test_a_code_names_case_form_and_print_but_nobody() -> None:
    form = samples.member_list(3)
    text = code_text(form)
    assert re.fullmatch(r"[0-9A-Z/-]+", text)
    assert len(text) <= MAX_CODE
    code = read_code(text)
    assert code is not None
    assert (code.case_code, code.form, code.print_no) == ("X-2026-0417", "ML", 1)
    assert content_hash(form).upper().startswith(code.content)
    assert all(person.identity not in text for person in form.people)


def test_each_page_of_a_form_has_a_code_of_its_own_that_names_the_form() -> None:
    form = samples.member_list(60)
    whole = code_text(form)
    document = pypdfium2.PdfDocument(io.BytesIO(render(form)))
    try:
        pictures = [page.render(scale=3).to_pil().convert("L") for page in document]
    finally:
        document.close()
    read = [one.text for picture in pictures for one in zxingcpp.read_barcodes(picture)]
    assert len(pictures) > 1
    assert read == [page_code(whole, page) for page in range(1, len(pictures) + 1)]
    codes = [read_code(text) for text in read]
    assert [code.page for code in codes if code] == list(range(1, len(pictures) + 1))
    assert {code.whole for code in codes if code} == {whole}
    assert max(map(len, read)) <= MAX_CODE


def test_a_code_printed_before_pages_had_numbers_is_still_read() -> None:
    code = read_code("X-2026-0417/ML/1/0000000A")
    assert code is not None
    assert (code.page, code.whole) == (None, "X-2026-0417/ML/1/0000000A")


def test_another_content_has_another_code() -> None:
    form = samples.notice()
    assert code_text(form) != code_text(dataclasses.replace(form, total_fen=form.total_fen + 1))


@pytest.mark.parametrize("text", ["", "X/ML/1", "x-1/ML/1/0000000A", "A/ML/0/0000000A", "hello"])
def test_what_is_not_a_form_code_is_not_read_as_one(text: str) -> None:
    assert read_code(text) is None


def test_a_case_code_that_does_not_fit_is_a_bug() -> None:
    marks = dataclasses.replace(samples.MARKS, case_code="X-2026-0417-LONG")
    with pytest.raises(ValueError, match="does not fit"):
        code_text(samples.notice(marks))
    with pytest.raises(ValueError, match="does not fit"):
        page_code("X-2026-0417-00/ML/9999/0000000A", 100)
    with pytest.raises(ValueError, match="too small"):
        draw_code("A", 0, 0, 17.9)


def test_the_printed_code_stands_square_by_square_and_is_read_with_its_level() -> None:
    form = samples.notice()
    document = pypdfium2.PdfDocument(io.BytesIO(render(form)))
    page = document[0]
    picture = page.render(scale=8).to_pil().convert("L")
    page.close()
    document.close()
    matrix = squares_of(page_code(code_text(form), 1))
    left, top, size = 18.0 + 155, 15.0, 19.0
    cell, per_mm = size / len(matrix), 8 * 72 / 25.4
    for row, line in enumerate(matrix):
        for column, dark in enumerate(line):
            x = round((left + (column + 0.5) * cell) * per_mm)
            y = round((top + (row + 0.5) * cell) * per_mm)
            assert (picture.getpixel((x, y)) < 128) == dark
    [read] = zxingcpp.read_barcodes(picture)
    assert (read.text, read.ec_level) == (page_code(code_text(form), 1), "M")
    assert size / len(matrix) >= 18.0 / 29  # at most 33 characters: a version of 29 squares


@pytest.mark.parametrize(
    "text", ["X-2026-0417/PN/1/ABCDEF0A", "E-1/CF/2/A1B2C3D4", "Q-Q/ML/9/AFFEAFFE"]
)
def test_a_code_has_the_squares_that_another_library_gives_it(text: str) -> None:
    """Texts without a run of digits, which one packs tighter; of the masks each takes its own."""
    by_mask = (
        segno.make_qr(text, error="m", mode="alphanumeric", boost_error=False, mask=mask).matrix
        for mask in range(8)
    )
    assert squares_of(text) in [[[bool(one) for one in line] for line in made] for made in by_mask]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("李䶮㛃𬭎堃·", ""),
        ("王\ue000\ue000", "\ue000"),
        ("𠮷田", "𠮷"),
        ("\U0010ffff", "\U0010ffff"),
    ],
)
def test_missing_glyphs_are_named_once(text: str, missing: str) -> None:
    assert missing_glyphs(text) == missing


def test_the_tables_say_of_every_character_what_the_whole_font_says() -> None:
    for name, font in zip(FONT_FILES, drawable(), strict=True):
        drawn = faces()[name].glyphs.keys()
        beside = {code + step for code in drawn for step in (-1, 1)} - drawn
        assert all(code in font for code in drawn)
        assert not any(code in font for code in (*beside, 0xE000, 0x10FFFF))


@pytest.mark.parametrize("name", sorted(kind.layout for kind in KINDS))
def test_every_carried_layout_keeps_its_content_inside_the_page(name: str) -> None:
    template = carried_template(name)
    width = 210 - template.margins[1] - template.margins[3]
    for block in template.body:
        if isinstance(block, Table):
            assert sum(column.width for column in block.columns) == pytest.approx(width)
            spans = sum(cell.span for cell in block.total)
            assert spans == (len(block.columns) if block.total else 0)
            assert 1 <= block.page_rows <= 40


@pytest.mark.parametrize("name", sorted(kind.layout for kind in KINDS))
def test_a_carried_layout_uses_no_word_of_insurance_selling(name: str) -> None:
    text = resource_path("forms", f"{name}.toml").read_text("utf-8")
    assert not [word for word in ("保费", "投保", "理赔", "保单", "TODO") if word in text]


HEAD = "[head]\nheight = 1\n[foot]\nheight = 1\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title = ", "TOML"),
        ('title = "a"', "margins"),
        ('title = "a"\nmargins = [10, 18, 15, 18]\nbody = []\n' + HEAD, "15"),
        ('title = "a"\nmargins = [15, 18, 15, 18]\nbody = [{block = "pie"}]\n' + HEAD, "block"),
        ('title = "a"\nmargins = [15, 18, 15, 18]\nbody = [{block = "text"}]\n' + HEAD, "text"),
        (
            'title = "a"\nmargins = [15, 18, 15, 18]\n'
            'body = [{block = "text", text = "x", colour = 1}]\n' + HEAD,
            "colour",
        ),
        (
            'title = "a"\nmargins = [15, 18, 15, 18]\n'
            'body = [{block = "text", text = "x", size = "big"}]\n' + HEAD,
            "类型",
        ),
        (
            'title = "a"\nmargins = [15, 18, 15, 18]\n'
            'body = [{block = "text", text = "x", align = "middle"}]\n' + HEAD,
            "center",
        ),
        (
            'title = "a"\nmargins = [15, 18, 15, 18]\nbody = []\n'
            "[head]\nheight = 1\nitems = [1]\n[foot]\nheight = 1\n",
            "键值",
        ),
        (
            'title = "a"\nmargins = [15, 18, 15, 18]\n'
            'body = [{block = "grid", columns = ["a"], rows = []}]\n' + HEAD,
            "类型",
        ),
        ('title = "a"\nmargins = "wide"\nbody = []\n' + HEAD, "表"),
        ('title = "a"\nmargins = [nan, 18, 15, 18]\nbody = []\n' + HEAD, "页边距"),
        ("title = 1\nmargins = [15, 18, 15, 18]\nbody = []\n" + HEAD, "文字"),
        (
            'title = "a"\nmargins = [15, 18, 15, 18]\n'
            'body = [{block = "table", source = "s", row_height = 0, columns = []}]\n' + HEAD,
            "行高",
        ),
        (
            'title = "a"\nmargins = [15, 18, 15, 18]\n'
            'body = [{block = "table", source = "s", total = [{text = "合", span = 2}], '
            'columns = [{title = "a", field = "a", width = 20}]}]\n' + HEAD,
            "合计",
        ),
        (
            'title = "a"\nmargins = [15, 18, 15, 18]\n'
            'body = [{block = "grid", columns = [20], rows = [["a", "b"]]}]\n' + HEAD,
            "格子",
        ),
        ('title = "a"\nmargins = [15, 18, 15, 18]\nbody = [\n' + HEAD, "行"),
        ('title = "a"\nmargins = [15, 18, 15, 18]\nbody = 1\n' + HEAD, "表"),
        ('title = "a"\nmargins = [15, 18, 15, 18]\nbody = [1]\n' + HEAD, "block"),
    ],
)
def test_a_faulty_layout_is_answered_with_its_place(text: str, says: str) -> None:
    with pytest.raises(FileError, match=says) as caught:
        template_from(text, "own.toml")
    assert caught.value.code == "layout-invalid"
    assert caught.value.where is not None
    assert caught.value.where.startswith("own.toml")


def layout(body: str) -> bytes:
    template = template_from(f'title = "t"\nmargins = [15, 18, 15, 18]\n{HEAD}{body}', "own.toml")
    people = [(f"第{number}人",) for number in range(30)]
    sheet = Sheet({"empty": ""}, {"people": Rows(("name",), people)}, "A")
    return lay_out(template, sheet, samples.MARKS.issued_on)


TABLE = (
    '[[body]]\nblock = "table"\nsource = "people"\n'
    'columns = [{ title = "姓名", field = "name", width = 60 }]\n'
)


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_a_block_that_does_not_fit_opens_the_next_page() -> None:
    pages = texts(
        layout(
            '[[body]]\nblock = "panel"\nheight = 200\n[[body]]\nblock = "text"\n'
            'text = "甲"\nsize = 400\n'
        )
    )
    assert [page.strip() for page in pages] == ["", "甲"]


def test_a_table_that_finds_no_room_starts_on_the_next_page_with_its_head() -> None:
    pages = texts(layout('[[body]]\nblock = "panel"\nheight = 255\n' + TABLE))
    assert [("姓名" in page, page.count("人")) for page in pages] == [
        (False, 0),
        (True, 25),
        (True, 5),
    ]


def test_a_block_whose_text_is_empty_takes_no_room() -> None:
    pages = texts(layout('[[body]]\nblock = "panel"\nheight = 200\nwhen = "empty"\n' + TABLE))
    assert len(pages) == 2


@pytest.mark.parametrize(
    "body",
    [
        '[[body]]\nblock = "panel"\nheight = 300\n',
        '[[body]]\nblock = "panel"\nheight = 9\n[[body]]\nblock = "panel"\nheight = 300\n',
        '[[body]]\nblock = "text"\ntext = "{nobody}"\n',
    ],
)
def test_a_layout_that_cannot_be_printed_says_so(body: str) -> None:
    with pytest.raises(FileError) as caught:
        layout(body)
    assert caught.value.code == "layout-invalid"


def test_an_unbroken_run_of_marks_is_still_cut() -> None:
    lines = wrap("。" * 30, 100, 10, square)
    assert "".join(lines) == "。" * 30
    assert all(square(line, 10) <= 100 for line in lines)


def test_a_number_wider_than_the_line_is_cut_somewhere() -> None:
    assert "".join(wrap("1" * 50, 100, 10, square)) == "1" * 50


@pytest.mark.parametrize("face", sorted(faces()))
def test_no_carried_font_has_composite_glyphs(face: str) -> None:
    source = faces()[face]
    program, place = subset(source.file, source.carried, list(source.glyphs.values()))
    assert len(place) == len({0, *source.glyphs.values()})
    assert program[:4] == b"\x00\x01\x00\x00"


BARE = 'title = "a"\nmargins = [15, 18, 15, 18]\nbody = []\n'


def test_a_layout_says_how_many_copies_are_printed_at_first() -> None:
    assert template_from(BARE + HEAD, "own.toml").copies == 2
    assert template_from(f"{BARE}copies = 1\n{HEAD}", "own.toml").copies == 1


@pytest.mark.parametrize("copies", ["0", "21", "1.5", "true", '"two"'])
def test_copies_that_cannot_be_printed_are_refused(copies: str) -> None:
    with pytest.raises(FileError, match="份数"):
        template_from(f"{BARE}copies = {copies}\n{HEAD}", "own.toml")


def test_an_embedded_font_adds_up_as_the_format_asks() -> None:
    face = faces()["serif"]
    made, places = subset(face.file, face.carried, [face.glyphs[ord(c)] for c in "明山县"])
    assert sum(struct.unpack(f">{len(made) // 4}L", made)) & 0xFFFFFFFF == 0xB1B0AFBA
    assert sorted(places.values()) == [0, 1, 2, 3]
    for at in range(12, 12 + 16 * struct.unpack_from(">H", made, 4)[0], 16):
        tag, total, start, size = struct.unpack_from(">4sLLL", made, at)
        words = struct.unpack_from(f">{-(-size // 4)}L", made, start)
        if tag != b"head":  # which holds the adjustment of the whole
            assert sum(words) & 0xFFFFFFFF == total


@pytest.mark.parametrize(("count", "pages"), [(25, 1), (26, 2), (60, 3)])
def test_sheets_of_a_list_of_several_have_the_place_of_the_seal_across_their_edges(
    count: int, pages: int
) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(samples.member_list(count))))
    marked = ["骑\n缝\n章" in page.extract_text() for page in reader.pages]
    assert marked == [pages > 1] * pages


@pytest.mark.parametrize("value", ["3", '"一二三四五六七八九"', "true"])
def test_what_stands_at_the_edge_is_a_few_characters(value: str) -> None:
    text = resource_path("forms", "member_list.toml").read_text("utf-8")
    with pytest.raises(FileError, match="不超过8个字") as refused:
        template_from(text.replace('edge_seal = "骑缝章"', f"edge_seal = {value}"), "member_list")
    assert refused.value.where == "member_list:edge_seal"
