"""Refusals of paper, of calls, of a unit's facts and of the office's own figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desktop_app.domain.toml.toml_edit import values_of
from desktop_app.ui.pages.chase_page import ChasePage
from desktop_app.ui.pages.more.more_page import MorePage
from desktop_app.ui.pages.schemes.scheme_editor import SchemeEditor
from tests.services.desks import Staff
from tests.services.walks import Walk
from tests.ui import refused_windows
from tests.ui.refused_windows import Room, case

office_template = refused_windows.office_template
office, own_office = refused_windows.office, refused_windows.own_office
room, own_room = refused_windows.room, refused_windows.own_room
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


# Stamped paper


def beeped(room: Room, text: str, sentence: str) -> None:
    page = room.received()
    with room.nothing_stored():
        page.text.setText(text)
        page.receive()
        room.settle()
        assert sentence in page.told.text(), page.told.text()
        assert "请" in page.detail.text()


def code_of(staff: Staff, walk: Walk, form: str = "application") -> str:
    query = (
        "SELECT code FROM issued_form WHERE enrolment_id = :id AND form_key = :form"
        " ORDER BY id DESC LIMIT 1"
    )
    return str(staff.value(query, id=walk.id, form=form))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("6901234567892", "这不是单据上的码或编号"),
        ("E00000000/AF/1/00000000", "这张单据不在本机构的台账里"),
        ("SQ-A-2027-99999", "台账里没有编号SQ-A-2027-99999的单据"),
        ("99999", "没有等着收回、编号末尾是99999的单据"),
    ],
    ids=["a parcel", "another office", "no number", "no end"],
)
def test_what_is_no_form_of_this_office_is_laid_aside(room: Room, text: str, sentence: str) -> None:
    beeped(room, text, sentence)


def test_a_form_printed_anew_names_the_one_to_take(room: Room) -> None:
    walk, clerk = case(room.staff, "approved"), room.staff.clerk
    clerk.prints.issue(walk.id, "application")
    old = code_of(room.staff, walk)
    room.staff.run("UPDATE unit SET town = '青石镇' WHERE id = :id", id=walk.unit_id)
    clerk.prints.issue(walk.id, "application")
    beeped(room, old, "现在有效的是第2次打印的")


def test_a_form_with_other_content_than_the_ledger_s_is_not_taken(room: Room) -> None:
    walk = case(room.staff, "printed")
    beeped(room, f"{code_of(room.staff, walk)[:-8]}00000000", "纸上的内容与台账里编号")


def test_the_end_of_a_number_that_several_papers_share_is_not_enough(own_room: Room) -> None:
    case(own_room.staff, "printed")
    beeped(own_room, "1", "编号末尾是1的不止一张")


def test_a_form_of_a_void_case_does_not_come_back(room: Room) -> None:
    walk = case(room.staff, "number")
    room.staff.clerk.prints.issue(walk.id, "application")
    code = code_of(room.staff, walk)
    room.staff.reviewer.mending.void(walk.id, "演示作废")
    beeped(room, code, "这份申请已作废,“")


def test_a_form_that_was_made_void_is_not_taken(room: Room) -> None:
    walk = case(room.staff, "number")
    room.staff.clerk.prints.issue(walk.id, "application")
    code = code_of(room.staff, walk)
    room.staff.reviewer.mending.send_back(walk.id, "名单有误")
    number = room.staff.value("SELECT number FROM issued_form WHERE code = :code", code=code)
    beeped(room, code, f"{number}已作废")


def test_a_provisional_form_is_no_stamped_paper(room: Room) -> None:
    walk = case(room.staff, "number")
    room.staff.clerk.prints.issue_provisional(walk.id, "application")
    beeped(room, code_of(room.staff, walk), "是暂用的,不当作盖章件收")


# Calls


@pytest.mark.parametrize(
    ("fill", "sentence"),
    [
        (lambda d: d.again.setText("2026-11-30"), "再联系的日期已经过去"),
        (lambda d: d.again.setText("二月三十"), "再联系"),
        (lambda d: d.spoke_with.setText("周" * 500), "这一项最多"),
    ],
    ids=["yesterday", "no day", "too long"],
)
def test_a_call_is_logged_as_it_can_have_been(
    room: Room, fill: Callable[[Any], object], sentence: str
) -> None:
    case(room.staff)
    page = ChasePage(room.staff.clerk, room.tasks)
    room.qtbot.addWidget(page)
    page.show()
    room.settle()
    row = page.table.rows_model.rows[0]
    room.refused(page.log_call(row), sentence, fill)


# A unit's facts


@pytest.mark.parametrize(
    ("fill", "sentence"),
    [
        (lambda d: (d.at_work.setText("5"), d.women.setText("9")), "女职工 9 人多于在职职工 5 人"),
        (lambda d: d.invoice_code.setText("12"), "税号"),
        (lambda d: d.union_code.setText("81420000000000000X"), "信用代码"),
    ],
    ids=["women", "tax number", "code of the union"],
)
def test_a_unit_s_facts_agree_with_each_other(
    room: Room, fill: Callable[[Any], object], sentence: str
) -> None:
    page = room.unit(room.staff.clerk, case(room.staff).unit_id)
    room.refused(page.acts.dialogs.edit_unit(), sentence, fill)


# The office's own figures


def test_a_figure_is_confirmed_with_its_document_by_who_may(own_room: Room) -> None:
    staff = own_room.staff
    page = more(own_room, staff.clerk)
    card = page.figures
    card.table.selectRow(0)
    card.document.setText("")
    with own_room.nothing_stored():
        card.confirm()
    assert card.banner.text == "请填依据文件。"
    card.value.setText("51")
    card.document.setText("演示文件1号")
    with own_room.nothing_stored():
        card.confirm()
        own_room.settle()
        assert "没有做这一步的权限" in card.banner.text
        assert card.banner.remedy.text() == "请由有权限的同事登录后办理。"


def test_a_figure_that_money_was_counted_by_is_not_changed(room: Room) -> None:
    case(room.staff, "approved")
    page = more(room, room.staff.head)
    card = page.figures
    card.table.selectRow(0)
    card.value.setText("77")
    card.document.setText("演示文件2号")
    with room.nothing_stored():
        card.confirm()
        room.settle()
        assert "不能再改" in card.banner.text
        assert "高级:方案" in card.banner.remedy.text()


def more(room: Room, who: Any) -> MorePage:
    page = MorePage(who, room.tasks)
    room.qtbot.addWidget(page)
    page.show()
    room.settle()
    return page


def test_a_draft_stays_of_its_scheme(own_room: Room) -> None:
    head = own_room.staff.head
    editing = head.scheme_editing
    in_force = next(one.id for one in editing.list_versions() if one.in_force)
    shown = editing.text_of(editing.new_draft(in_force).value)
    editor = SchemeEditor(head, own_room.tasks, shown)
    own_room.qtbot.addWidget(editor)
    editor.show()
    editor.parts.setCurrentRow(editor.parts.count() - 1)
    own_room.settle()
    said = shown.text.replace(values_of(shown.text)["id"], "another", 1)
    editor.source.typed.emit(said)
    with own_room.nothing_stored():
        editor.save()
        own_room.settle()
    assert "方案的标识不能由“" in editor.banner.text, editor.banner.text
    assert editor.banner.remedy.text() == "请改回原来的标识。"
    assert editing.text_of(shown.line.id).text == shown.text
