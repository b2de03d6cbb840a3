"""Layouts: taken out, changed without code, checked, laid over the carried one, dropped again."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from desktop_app.documents.kinds import KINDS
from desktop_app.documents.layout_faults import FaultyLayoutError
from desktop_app.documents.layout_lines import LayoutError, in_line
from desktop_app.documents.sheet import Sheet
from tests.services.desks import Staff, unit_draft
from tests.services.refusals import refused
from tests.services.walks import walked

KEY = "field-sheet"


def taken(staff: Staff, key: str = KEY) -> Path:
    target = staff.papers / f"{key}.toml"
    staff.clerk.layouts.save(key, target)
    return target


def changed(staff: Staff, *changes: tuple[str, str], key: str = KEY) -> Path:
    file = taken(staff, key)
    text = file.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8-sig")
    return file


def text_of(staff: Staff, issued: int) -> str:
    pages = pypdf.PdfReader(io.BytesIO(staff.clerk.prints.read_pdf(issued))).pages
    return "".join(page.extract_text() for page in pages)


def test_a_wording_changed_without_code_stands_on_what_is_issued_from_then_on(
    staff: Staff,
) -> None:
    of = staff.clerk.units.register(unit_draft()).value
    before = staff.clerk.forms.issue(KEY, of).value
    kept = staff.clerk.prints.read_pdf(before)
    file = changed(staff, ("登记地点", "登记场所"), ("copies = 1", "copies = 3"))
    staff.head.layouts.keep(KEY, file)
    after = staff.clerk.forms.issue(KEY, of).value
    assert after != before
    assert staff.clerk.forms.issue(KEY, of).value == after
    assert "登记场所" in text_of(staff, after)
    assert staff.clerk.prints.read_pdf(before) == kept
    assert staff.clerk.forms.get(after).wanted == 3
    own = {line.key for line in staff.clerk.layouts.list_layouts() if line.own}
    assert own == {KEY}
    assert "登记场所" in taken(staff).read_text("utf-8")


@pytest.mark.both_databases
def test_an_own_layout_is_dropped_for_the_carried_one(staff: Staff) -> None:
    with refused(staff, "layout-carried"):
        staff.head.layouts.drop(KEY)
    staff.head.layouts.keep(KEY, changed(staff, ("登记地点", "登记场所")))
    staff.head.layouts.keep(KEY, changed(staff, ("登记场所", "办理地点")))
    staff.head.layouts.drop(KEY)
    assert not any(line.own for line in staff.clerk.layouts.list_layouts())
    assert "登记地点" in text_of(staff, staff.clerk.forms.issue(KEY).value)
    with refused(staff, "layout-carried"):
        staff.head.layouts.drop(KEY)


def test_the_forms_of_a_cases_way_have_layouts_of_their_own_too(staff: Staff) -> None:
    walk = walked(staff, "approved")
    first = staff.clerk.prints.issue(walk.id, "application").value
    file = changed(staff, ("margins = [15", "copies = 4\nmargins = [16"), key="application")
    staff.head.layouts.keep("application", file)
    second = staff.clerk.prints.issue(walk.id, "application").value
    assert second != first
    forms = {form.key: form for form in staff.clerk.enrolments.get(walk.id).forms}
    assert forms["application"].wanted == 4


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{unit_code}", "{bank_card}", "bank_card"),
        ('field = "signed"', 'field = "salary"', "people.salary"),
        ("height = 46", "height = 400", "高"),
        ('block = "panel"', 'block = "pie"', "block"),
        ("margins = [15", "margins = [5", "15"),
        ("copies = 1", "copies = 0", "份数"),
        ("x = 150, y = 23", "x = 190, y = 23", "盖章处"),
        ('text = "{title}"', 'text = "{title"', ""),
    ],
)
def test_a_layout_that_would_not_print_is_refused(
    staff: Staff, old: str, new: str, says: str
) -> None:
    file = changed(staff, (old, new))
    if not says:  # a brace left open is only a character
        staff.head.layouts.keep(KEY, file)
        return
    with refused(staff, "layout-invalid") as caught:
        staff.head.layouts.keep(KEY, file)
    assert says in caught.value.message


def test_a_file_that_is_no_layout_is_refused(staff: Staff) -> None:
    file = staff.papers / "版式.toml"
    with refused(staff, "file-missing"):
        staff.head.layouts.keep(KEY, file)
    for content in (b"", "版式".encode("gbk"), b"#" * 600_001):
        file.write_bytes(content)
        with refused(staff, "layout-invalid"):
            staff.head.layouts.keep(KEY, file)
    with refused(staff, "form-unknown"):
        staff.head.layouts.keep("diploma", file)


def test_every_carried_layout_passes_its_own_check(staff: Staff) -> None:
    for kind in KINDS:
        staff.head.layouts.keep(kind.key, taken(staff, kind.key))
    assert all(line.own for line in staff.clerk.layouts.list_layouts())


def test_layouts_are_named_in_the_words_of_the_scheme(staff: Staff) -> None:
    named = {line.key: line.label for line in staff.clerk.layouts.list_layouts()}
    assert named["cover-proof"] == "入会证明"
    assert named["application"] == "在职职工互助保障活动申请书"


def drawn(mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (60, 40), "red").save(out, "PNG")
    return out.getvalue()


def with_logo(staff: Staff, content: bytes) -> Path:
    item = '{ kind = "picture", x = 0, y = 6, width = 22, height = 14, text = "logo" },'
    file = changed(staff, ("items = [", f"items = [\n  {item}"))
    text = file.read_text("utf-8-sig")
    kept = base64.b64encode(content).decode()
    file.write_text(f'{text}\n[pictures]\nlogo = "{kept}"\n', "utf-8")
    return file


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P"])
def test_a_logo_that_is_kept_with_the_layout_stands_on_the_paper(staff: Staff, mode: str) -> None:
    staff.head.layouts.keep(KEY, with_logo(staff, drawn(mode)))
    issued = staff.clerk.forms.issue(KEY).value
    pdf = staff.clerk.prints.read_pdf(issued)
    images = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].images
    assert [one.image.size for one in images if one.image] == [(60, 40)]
    assert staff.clerk.forms.issue(KEY).value == issued  # the same layout, the same paper


def test_a_logo_that_is_no_picture_or_too_large_is_refused(staff: Staff) -> None:
    for content in (b"no picture", drawn()[:60], b"\0" * 150_001):
        with refused(staff, "layout-invalid") as caught:
            staff.head.layouts.keep(KEY, with_logo(staff, content))
        assert "图片" in caught.value.message
    assert not any(line.own for line in staff.clerk.layouts.list_layouts())


@pytest.mark.parametrize(
    ("old", "new", "line_says"),
    [
        ('align = "center" },\n', 'align = "middle" },\n', 'align = "middle"'),
        ("row_height = 9", "row_height = 0", "row_height = 0"),
        ("row_height = 8", "row_hight = 8", "row_hight"),
        ("{unit_code}", "{bank_card}", "{bank_card}"),
        ('field = "signed"', 'field = "salary"', "salary"),
        ('field = "name", width = 30', 'field = "name", width = "30"', '"30"'),
        ("margins = [15", "margins = [5", "margins"),
        ("copies = 1", "copies = 0", "copies"),
        ('title = "{title} {form_no} {unit_name}"', "title = 1", "title = 1"),
        ("height = 46", "height = 400", "height = 400"),
        ('block = "panel"', 'block = "pie"', "pie"),
        ("x = 155, y = 0, width = 19", "x = 155, y = 0, width = 9", "width = 9"),
        ("columns = [35, 78, 25, 36]", "columns = [35, 78, 25]", "rows = ["),
        ("本表共登记", "\U00020bb7", "\U00020bb7"),
        ('text = "经 办 人：", size = 11', 'text = "经 办 人： }, size = 11', "经 办 人"),
        ('width = 116, height = 6, text = "本表', 'width = 6, height = 3, text = "本表', "本表"),
    ],
)
def test_a_preview_names_the_line_at_fault(
    staff: Staff, old: str, new: str, line_says: str
) -> None:
    text = staff.clerk.layouts.text_of(KEY).carried
    assert old in text
    text = text.replace(old, new, 1)
    with refused(staff, "layout-invalid") as caught:
        staff.clerk.layouts.preview(KEY, text)
    assert isinstance(caught.value, LayoutError)
    assert line_says in text.splitlines()[caught.value.line - 1]
    assert f"第{caught.value.line}行" in caught.value.message


def test_beside_the_text_a_fault_is_a_sentence_of_its_own_and_elsewhere_names_the_layout(
    staff: Staff,
) -> None:
    text = staff.clerk.layouts.text_of(KEY).carried
    for old, new, said, head in (
        ("height = 46", "height = 290", "有一块比一页纸还高:", "表单版式里"),
        ("copies = 1", "copies = 0", "份数应为", "表单版式有误:"),
        ("copies = 1", "copies = ", "第", "表单版式有误:不是合格的 TOML,"),
    ):
        changed_text = text.replace(old, new, 1)
        with refused(staff, "layout-invalid") as caught:
            staff.head.layouts.preview(KEY, changed_text)
        assert said in caught.value.message
        assert "版式" not in caught.value.message
        fault = caught.value.__cause__
        assert isinstance(fault, FaultyLayoutError)
        assert fault.message == f"{head}{fault.said}"
        assert caught.value.message.endswith(fault.said)


def test_a_place_that_no_form_has_is_named_whole() -> None:
    with pytest.raises(FaultyLayoutError) as caught:
        Sheet({}, {}, "").text("nobody")
    assert caught.value.message == "表单版式里的 {nobody} 不是这张表单的内容。"
    told = in_line(caught.value, 'title = "表"\ntext = "{nobody}"', "own.toml")
    assert told.message == "第2行:{nobody} 不是这张表单的内容。"


def test_a_fault_that_stands_nowhere_is_told_without_a_line(staff: Staff) -> None:
    with refused(staff, "layout-invalid") as caught:
        staff.clerk.layouts.preview(KEY, 'title = "表"')
    assert caught.value.message == "缺少键 margins。"
    with refused(staff, "layout-invalid"):
        staff.clerk.layouts.preview(KEY, "#" * 600_001)


def test_a_preview_shows_an_invented_form_by_the_layout_and_keeps_nothing(staff: Staff) -> None:
    carried = staff.clerk.layouts.text_of(KEY)
    assert (carried.text, carried.own) == (carried.carried, False)
    text = carried.text.replace("登记地点", "登记场所")
    target = staff.papers / "样张.pdf"
    made = staff.clerk.layouts.preview(KEY, text, target=target)
    assert target.read_bytes() == made.pdf
    assert made.pdf == staff.clerk.layouts.preview(KEY, text).pdf
    assert all(page.startswith(b"\x89PNG") for page in made.pages)
    shown = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.pdf)).pages)
    assert "登记场所" in shown
    assert "演示" in shown
    assert staff.clerk.layouts.text_of(KEY) == carried
    staff.head.layouts.keep(KEY, text)
    now = staff.clerk.layouts.text_of(KEY)
    assert (now.text, now.carried, now.own) == (text, carried.carried, True)


def test_every_form_is_previewed_in_the_words_of_the_scheme(staff: Staff) -> None:
    for kind in KINDS:
        made = staff.clerk.layouts.preview(kind.key, staff.clerk.layouts.text_of(kind.key).text, 20)
        assert made.pages


def test_a_logo_is_put_into_any_layout_and_the_next_one_takes_its_place(staff: Staff) -> None:
    picture = staff.papers / "标志.png"
    with refused(staff, "file-missing"):
        staff.head.layouts.put_logo("", picture)
    picture.write_bytes(drawn())
    for kind in KINDS:
        text = staff.head.layouts.text_of(kind.key).text
        with_one = staff.head.layouts.put_logo(text, picture)
        pdf = staff.head.layouts.preview(kind.key, with_one, 20).pdf
        assert b"/Image" in pdf, kind.key
    picture.write_bytes(drawn("L"))
    again = staff.head.layouts.put_logo(with_one, picture)
    assert again != with_one
    assert again.count("logo = ") == again.count('kind = "picture"') == 1
    assert staff.head.layouts.put_logo(again, picture) == again
    empty = staff.head.layouts.put_logo("[pictures]\n", picture)
    assert empty.startswith("[pictures]\nlogo = ")
