"""Printed forms: what is on the paper reads back, with two libraries, in any process, alike."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.documents.fonts import faces
from desktop_app.documents.forms.archives import ArchiveHandover
from desktop_app.documents.forms.enrolments import (
    ApplicationForm,
    Confirmation,
    ListedMember,
    MemberList,
)
from desktop_app.documents.forms.parts import Form
from desktop_app.documents.kinds import kind_of
from desktop_app.documents.layout_files import carried_template
from desktop_app.documents.printing import render
from desktop_app.documents.template import Panel
from desktop_app.errors import UserError
from tests.documents import samples
from tests.programs import install


def text_by_pypdf(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def text_by_pdfium(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for page in document:
        part = page.get_textpage()
        texts.append(part.get_text_range())
        part.close()
        page.close()
    document.close()
    return texts


READERS = (text_by_pypdf, text_by_pdfium)
Reader = Callable[[bytes], list[str]]


def packed(texts: list[str]) -> str:
    return re.sub(r"\s", "", "".join(texts))


def page_count(pdf: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("reader", READERS)
def test_every_name_number_and_amount_of_a_member_list_reads_back(reader: Reader) -> None:
    form = samples.member_list(60)
    text = packed(reader(render(form)))
    for number, person in enumerate(form.people, 1):
        amount = f"{person.fee_fen // 100:,}.{person.fee_fen % 100:02d}"
        row = f"{number}{person.name}{person.sex}{person.identity}{person.plans}{amount}"
        assert row in text, row


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", samples.RARE_NAMES)
def test_a_rare_name_reads_back_as_typed(reader: Reader, name: str) -> None:
    form = dataclasses.replace(
        samples.member_list(1),
        people=(ListedMember(name, "女", samples.identity(7), "住院医疗", 5000),),
    )
    assert f"1{name}女{samples.identity(7)}住院医疗50.00" in packed(reader(render(form)))


@pytest.mark.parametrize("reader", READERS)
def test_a_notice_says_account_amount_and_deadline(reader: Reader) -> None:
    text = packed(reader(render(samples.notice())))
    for wanted in (
        "缴费通知单",
        "清溪镇人民政府：",
        "演示互助会办事处(演示账户)",
        "000012345678",
        "104521020015",
        "人民币柒仟柒佰贰拾元伍角",
        "¥7,720.50",
        "840.50",
        "2026年12月31日前缴款",
        "公对公",
        "X-2026-0417-1",
        "第1页共1页",
    ):
        assert wanted in text, wanted


@pytest.mark.parametrize("reader", READERS)
def test_a_confirmation_says_the_cover_to_the_hour(reader: Reader) -> None:
    text = packed(reader(render(samples.confirmation())))
    assert "自2027年1月1日0时起至2027年12月31日24时止" in text
    assert "HB20261130-0417" in text
    assert "86人" in text


@pytest.mark.parametrize("reader", READERS)
def test_an_application_says_funding_and_invoice(reader: Reader) -> None:
    text = packed(reader(render(samples.application())))
    assert "职工个人1,720.50元（个人缴纳）；单位6,000.00元（工会经费）" in text
    assert "抬头：清溪镇人民政府工会委员会；税号：81999999MC0B67890Y" in text
    assert "80.3%" in text


@pytest.mark.parametrize("reader", READERS)
def test_a_handover_lists_its_papers_and_their_sums(reader: Reader) -> None:
    form = samples.handover()
    text = packed(reader(render(form)))
    for number, paper in enumerate(form.papers, 1):
        assert f"{number}{paper.name}{paper.medium}{paper.copies}{paper.pages}" in text
    assert "合计5种59" in text


@pytest.mark.parametrize("form", samples.every_form(), ids=lambda form: type(form).__name__)
def test_every_font_is_embedded_and_no_other_is_named(form: Form) -> None:
    for page in pypdf.PdfReader(io.BytesIO(render(form))).pages:
        fonts = page["/Resources"]["/Font"]  # type: ignore[index]
        assert fonts
        for font in fonts.values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in descendant["/FontDescriptor"].get_object()


@pytest.mark.integration
def test_other_programs_find_no_fault_and_every_font_embedded(tmp_path: Path) -> None:
    needed = ("qpdf", "pdffonts")
    how = install(("qpdf", "poppler-utils"), lambda: all(map(shutil.which, needed)))
    if how:
        pytest.skip(how)
    for form in samples.every_form():
        file = tmp_path / f"{type(form).__name__}.pdf"
        file.write_bytes(render(form))
        checked = subprocess.run(["qpdf", "--check", file], capture_output=True, check=False)
        assert checked.returncode == 0, checked.stdout
        told = subprocess.run(["pdffonts", file], capture_output=True, check=True, text=True)
        fonts = told.stdout.splitlines()[2:]
        assert fonts
        assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts), told.stdout


@pytest.mark.parametrize("form", samples.every_form(), ids=lambda form: type(form).__name__)
def test_pages_are_a4_and_print_at_full_scale(form: Form) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(form)))
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/PrintScaling"] == "/None"  # type: ignore[index]
    for page in reader.pages:
        assert [round(float(edge), 1) for edge in page.mediabox] == [0, 0, 595.3, 841.9]


@pytest.mark.parametrize("form", samples.every_form(), ids=lambda form: type(form).__name__)
def test_nothing_is_drawn_into_the_margins(form: Form) -> None:
    document = pypdfium2.PdfDocument(render(form))
    for page in document:
        bitmap = page.render(scale=2).to_pil().convert("L").point(lambda grey: 255 * (grey < 200))
        left, top, right, bottom = bitmap.getbbox()
        edge = 14.9 / 25.4 * 144
        assert left >= edge
        assert top >= edge
        assert right <= bitmap.width - edge
        assert bottom <= bitmap.height - edge
        page.close()
    document.close()


def test_two_processes_print_the_same_bytes() -> None:
    code = (
        "import hashlib\n"
        "from tests.documents import samples\n"
        "from desktop_app.documents.printing import render\n"
        "for form in samples.every_form(): print(hashlib.sha256(render(form)).hexdigest())\n"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-X", f"utf8={utf8}", "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
        ).stdout.split()
        for seed, utf8 in (("1", "0"), ("2", "1"))
    ]
    here = [hashlib.sha256(render(form)).hexdigest() for form in samples.every_form()]
    assert runs[0] == runs[1] == here


def test_threads_that_print_at_once_print_the_same_bytes() -> None:
    forms = samples.every_form() * 4
    alone = [render(form) for form in forms]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(render, forms)) == alone


CARRIED = sorted(
    chr(code)
    for code in faces()["serif"].glyphs
    if 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x3FFFF
)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(st.sampled_from(CARRIED), min_size=1, max_size=4), min_size=1, max_size=25))
def test_any_carried_character_copies_out_as_itself(names: list[str]) -> None:
    listed = tuple(ListedMember(name, "", "", "", 0) for name in names)
    pdf = render(dataclasses.replace(samples.member_list(1), people=listed))
    for reader in READERS:
        text = packed(reader(pdf))
        assert all(f"{number}{name}0.00" in text for number, name in enumerate(names, 1))


@pytest.mark.parametrize("reader", READERS)
def test_a_character_of_the_second_font_only_is_taken_from_there(reader: Reader) -> None:
    assert ord("𰻝") not in faces()["serif"].glyphs
    listed = (ListedMember("王𰻝𰻝", "男", samples.identity(1), "住院", 100),)
    pdf = render(dataclasses.replace(samples.member_list(1), people=listed))
    assert f"1王𰻝𰻝男{samples.identity(1)}住院1.00" in packed(reader(pdf))


def test_25_people_fill_one_page_and_the_26th_opens_another() -> None:
    assert page_count(render(samples.member_list(25))) == 1
    pages = text_by_pypdf(render(samples.member_list(26)))
    assert len(pages) == 2
    assert "第1页 共2页" in pages[0]
    assert "第2页 共2页" in pages[1]
    assert "合计" not in pages[0]
    assert "合计" in pages[1]
    for page in pages:
        for wanted in ("身份证号", "工会负责人", samples.UNIT.name, samples.UNIT.code):
            assert wanted in page


def test_1200_people_stand_on_48_pages_each_once() -> None:
    form = samples.member_list(1200)
    pages = text_by_pypdf(render(form))
    assert len(pages) == 48
    for number, page in enumerate(pages):
        expected = [person.identity for person in form.people[number * 25 : number * 25 + 25]]
        assert re.findall(r"999999\d{11}X", page) == expected


def test_an_empty_list_is_printed_as_an_empty_list() -> None:
    text = packed(text_by_pypdf(render(samples.member_list(0))))
    assert "（以下空白）" in text
    assert "人民币零元整" in text


@pytest.mark.parametrize("name", ["王\ue000", "王\U000f0000", "赵\U0002a6d6"])
def test_a_name_that_would_be_a_box_is_refused_by_name(name: str) -> None:
    form = dataclasses.replace(
        samples.member_list(1), people=(ListedMember(name, "男", samples.identity(1), "住院", 1),)
    )
    with pytest.raises(UserError, match=re.escape(name)) as caught:
        render(form)
    assert caught.value.code == "name-unencodable"


def test_a_text_too_long_for_its_cell_is_refused_and_not_cut() -> None:
    form = dataclasses.replace(
        samples.member_list(1),
        people=(ListedMember("长" * 200, "男", samples.identity(1), "住院", 1),),
    )
    with pytest.raises(UserError) as caught:
        render(form)
    assert caught.value.code == "form-text-too-long"


def test_a_long_unit_name_is_printed_whole_on_every_form() -> None:
    name = "演示县清溪镇人民政府机关事业单位联合工会委员会暨退役军人事务服务中心工会小组"
    unit = dataclasses.replace(samples.UNIT, name=name)
    of_units = [form for form in samples.every_form() if form.unit == samples.UNIT]
    assert len(of_units) > len(samples.every_form()) / 2
    for form in of_units:
        pdf = render(dataclasses.replace(form, unit=unit))
        assert name in packed(text_by_pypdf(pdf))
        assert page_count(pdf) == 1


def test_only_the_demo_county_is_marked_as_one() -> None:
    real = dataclasses.replace(samples.MARKS, demo=False)
    assert "演示\n" not in "\n".join(text_by_pypdf(render(samples.notice(real)))) + "\n"
    marked = text_by_pypdf(render(samples.notice()))
    assert "演示" in [line.strip() for line in marked[0].splitlines()]
    waiting = dataclasses.replace(real, provisional=True)
    assert "暂用" in text_by_pypdf(render(samples.notice(waiting)))[0]


def test_a_second_print_differs_and_says_so() -> None:
    again = dataclasses.replace(samples.MARKS, print_no=2, issued_on=date(2026, 12, 2))
    text = packed(text_by_pypdf(render(samples.notice(again))))
    assert "2026年12月2日第2次打印" in text
    assert render(samples.notice(again)) != render(samples.notice())


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "核算金额"),
        ({"estimate": True}, "以省办核定为准"),
        ({"estimate": True, "stale": True}, "须重新核算"),
        ({"estimate": True, "open_clauses": ("起付线", "每期封顶")}, "待核对：起付线、每期封顶"),
        ({"estimate": True, "amount_fen": None}, "待核对,不能计算"),
    ],
)
def test_a_worksheet_says_what_its_amount_is_good_for(more: dict[str, object], words: str) -> None:
    (text, *_more) = text_by_pdfium(render(samples.worksheet(**more)))
    plain = re.sub(r"\s", "", text)
    assert words in plain
    assert ("不作为给付依据" in plain) is bool(more)
    assert "总工会补助核算单" in plain
    assert "9,155.007元" in plain


def test_a_receipt_stands_twice_on_its_page_and_says_what_is_wanting() -> None:
    (text,) = text_by_pdfium(render(samples.claim_receipt()))
    plain = re.sub(r"\s", "", text)
    for words in ("申领资料收件回执", "尚缺：银行卡复印件、医保统筹结算单。", "SL-X-2026-00417"):
        assert plain.count(words) == 2
    assert "第一联" in plain
    assert "第二联" in plain
    whole = tuple(
        dataclasses.replace(paper, state="复印件已收") for paper in samples.claim_receipt().papers
    )
    (text,) = text_by_pdfium(render(samples.claim_receipt(papers=whole)))
    assert "尚缺" not in text


def test_a_receipt_with_many_papers_goes_on_to_a_second_page() -> None:
    papers = samples.claim_receipt().papers * 3
    assert page_count(render(samples.claim_receipt(papers=papers))) == 2


def has_seal(form: Form) -> bool:
    layout = carried_template(kind_of(form).layout)
    panels = [block for block in (*layout.body, layout.foot) if isinstance(block, Panel)]
    return any(item.kind == "seal" for panel in panels for item in panel.items)


SEALED = tuple(form for form in samples.every_form() if has_seal(form))
BY_UNIONS = ApplicationForm | MemberList | Confirmation | ArchiveHandover
HINTS = ("单位工会（盖章）", "经办机构（盖章）")  # in the middle of the circle
SIGNED = ("工会负责人", "经办人", "移交人")
RADIUS = 21.0  # mm; a union's round seal is 42 mm across


@pytest.mark.parametrize("form", SEALED, ids=lambda form: type(form).__name__)
def test_a_round_seal_finds_room_beside_the_signatures(form: Form) -> None:
    document = pypdfium2.PdfDocument(render(form))
    page = document[len(document) - 1]
    part = page.get_textpage()
    letters = [part.get_text_range(index, 1) or " " for index in range(part.count_chars())]
    boxes = [part.get_charbox(index) for index in range(part.count_chars())]
    text = "".join(letter[0] for letter in letters)
    hint = next(one for one in HINTS if one in text)
    at = text.index(hint)
    x = (boxes[at][0] + boxes[at + len(hint) - 1][2]) / 2
    y = (boxes[at][1] + boxes[at][3]) / 2
    apart = [place for place in range(len(text)) if not at <= place < at + len(hint)]
    assert not [text[one] for one in apart if text[one].strip() and _near(boxes[one], x, y)]
    assert not isinstance(form, BY_UNIONS) or any(who in packed([text]) for who in SIGNED)
    document.close()


def _near(box: tuple[float, float, float, float], x: float, y: float) -> bool:
    """Whether a character's box reaches into the seal's circle; points, the page's foot is 0."""
    left, bottom, right, top = box
    across = max(left - x, 0.0, x - right)
    along = max(bottom - y, 0.0, y - top)
    return (across**2 + along**2) ** 0.5 / 72 * 25.4 < RADIUS
