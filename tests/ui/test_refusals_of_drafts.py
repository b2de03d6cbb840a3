"""Refusals of what is begun and changed: an application, a draft, a list, a page grown old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from desktop_app.ui.dialogs.funding_dialog import CorrectFundingDialog
from desktop_app.ui.dialogs.import_plan_dialog import READ_AGAIN, address
from desktop_app.ui.dialogs.mending_dialogs import (
    CorrectNumberDialog,
    EffectiveDialog,
    WorkersDialog,
)
from tests.services.desks import TODAY, Row, unit_draft
from tests.services.scheme_desks import opened_unit, use_scheme
from tests.services.test_applications import OPEN
from tests.services.walks import Walk
from tests.ui import refused_windows
from tests.ui.refused_windows import SERIAL, Room, case, reason, some, texts, with_case

office_template = refused_windows.office_template
office, own_office = refused_windows.office, refused_windows.own_office
room, own_room = refused_windows.room, refused_windows.own_room
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


def told(kind: str, ends: str = "", **ticked: int) -> Callable[[Any], None]:
    """Fill 新建申请; every plan is ticked where none is named."""

    def fill(dialog: Any) -> None:
        dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
        dialog._on_kind()
        dialog.tasks.wait()
        dialog.ends.setText(ends)
        for key, (tick, _spin) in dialog.plans.items():
            tick.setChecked(not ticked or key in ticked)

    return fill


def changed(name: str, value: str) -> Callable[[Any], None]:
    return lambda dialog: getattr(dialog, name).setText(value)


def finished(room: Room) -> int:
    """A unit whose application of the year has come to its end."""
    walk = case(room.staff, "stamped")
    walk.finished()
    return walk.unit_id


# What is begun


@pytest.mark.parametrize(
    ("done", "fill", "sentence"),
    [
        (False, told("addition"), "年度还没有申请,不能中途增员"),
        (True, told("addition", hospital=1, women=1), "须与本单位已办理的相同"),
        (True, told("renewal", "2026-12-31"), "2027年度已经办过申请"),
        (False, changed("at_work", "0"), "在职职工人数或女职工人数不对"),
        (False, changed("women", "99"), "在职职工人数或女职工人数不对"),
        (False, changed("at_work", ""), "“在职职工”还没有填"),
    ],
    ids=["nothing to add to", "other plans", "twice", "nobody at work", "women", "no number"],
)
def test_an_application_agrees_with_what_the_ledger_knows(
    room: Room, done: bool, fill: Callable[[Any], None], sentence: str
) -> None:
    staff = room.staff
    unit = finished(room) if done else opened_unit(staff, f"演示单位{next(SERIAL)}")
    page = room.unit(staff.clerk, unit)

    def ticked(dialog: Any) -> None:
        for tick, _spin in dialog.plans.values():
            tick.setChecked(True)
        fill(dialog)

    room.refused(page.acts.dialogs.start_enrolment(), sentence, ticked)


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [("", "没有填原保障的最后一天"), ("2010-12-31", "不会是2023年度续保的原保障最后一天")],
)
def test_a_renewal_says_where_the_cover_before_ends(
    own_room: Room, ends: str, sentence: str
) -> None:
    use_scheme(own_room.staff, "anyang-2023", "2022-11-20 09:00", 2023)
    page = own_room.unit(own_room.staff.clerk, opened_unit(own_room.staff))
    own_room.refused(page.acts.dialogs.start_enrolment(), sentence, told("renewal", ends))


def test_a_unit_of_earlier_years_is_no_new_one(room: Room) -> None:
    unit = finished(room)
    room.staff.run("UPDATE enrolment SET year = 2026 WHERE unit_id = :id", id=unit)
    page = room.unit(room.staff.clerk, unit)
    room.refused(page.acts.dialogs.start_enrolment(), "以前办理过,不是新增单位", told("first"))


def test_an_end_in_december_leaves_nothing_to_renew(own_room: Room) -> None:
    use_scheme(own_room.staff, "anyang-2023", OPEN, 2023)
    page = own_room.unit(own_room.staff.clerk, opened_unit(own_room.staff))

    def fill(dialog: Any) -> None:
        told("renewal")(dialog)
        own_room.settle()
        dialog.ends.setText("2023-12-15")
        dialog.ends.editingFinished.emit()
        own_room.settle()
        assert "请在下一年度集中办理时续保" in texts(dialog.preview)

    dialog = page.acts.dialogs.start_enrolment()
    own_room.refused(dialog, "", fill)


@pytest.mark.parametrize(
    ("people", "number", "sentence"),
    [
        ("0", "HB-BU-1", "人数须大于零"),
        ("10", "9" * 90, "业务号太长"),
        ("", "HB-BU-1", "“参加人数”还没有填"),
    ],
)
def test_what_a_unit_reached_by_itself_is_taken_down_as_it_can_be(
    room: Room, people: str, number: str, sentence: str
) -> None:
    page = room.unit(room.staff.clerk, case(room.staff, handling="by-unit").unit_id)

    def fill(dialog: Any) -> None:
        dialog.people.setText(people)
        dialog.amount.setText("500")
        dialog.number.setText(number)

    room.refused(page.acts.dialogs.follow(), sentence, fill)


def test_a_unit_that_was_opened_is_not_opened_again(room: Room) -> None:
    unit = room.staff.clerk.units.register(unit_draft(f"演示单位{next(SERIAL)}")).value
    page = room.unit(room.staff.reviewer, unit)
    dialog = page.acts.dialogs.open_account()
    back = page.acts.dialogs.send_unit_back()
    room.refused(back, "“原因”还没有填")
    room.staff.head.units.open(unit)
    room.refused(dialog, "已经开户")


# A draft and its list


def test_a_plan_for_women_is_not_chosen_for_a_list_with_men(room: Room) -> None:
    walk = case(room.staff, "roster")
    page = room.unit(room.staff.clerk, walk.unit_id)

    def fill(dialog: Any) -> None:
        for key, (tick, _spin) in dialog.grid.plans.items():
            tick.setChecked(key == "women")

    room.refused(page.acts.dialogs.change_plans(), "名单里还有8名男职工", fill)
    room.refused(page.acts.dialogs.change_plans(), "项目和份数没有改动")
    room.refused(
        page.acts.dialogs.change_plans(),
        "还没有选保障项目",
        lambda d: [tick.setChecked(False) for tick, _spin in d.grid.plans.values()],
    )


def shown_rows(room: Room, walk: Walk, rows: list[Row], name: str) -> list[str]:
    page = room.unit(room.staff.clerk, walk.unit_id)
    dialog = page.acts.files.read_roster(room.staff.roster(rows, name))
    room.settle()
    shown = [address(one) + one.message for one in dialog.table.rows_model.rows]
    dialog.reject()
    room.settle()
    return shown


def test_a_number_under_another_name_is_named_with_both_names(room: Room) -> None:
    walk = case(room.staff, "roster")
    _no, name, number, _phone = walk.rows[0]
    shown = shown_rows(room, walk, [("1", "何演示", number, ""), *some(1)], "异名.csv")
    sentence = f"台账中这个身份证号的姓名是“{name}”,名单上是“何演示”,请向本人核对"
    assert any(one.startswith("第2行") and sentence in one for one in shown), shown


def test_a_man_on_the_list_of_a_plan_for_women_is_named(room: Room) -> None:
    walk = case(room.staff, plans=(("women", 1),))
    men = some(1)
    shown = shown_rows(room, walk, [*some(2, 2), *men], "有男职工.csv")
    sentence = f"只办女职工的项目,{men[0][1]}不能"
    assert any(one.startswith("第4行") and sentence in one for one in shown), shown


def test_a_list_read_before_the_other_desk_stored_its_own_is_read_again(room: Room) -> None:
    walk = case(room.staff, "roster")
    page = room.unit(room.staff.clerk, walk.unit_id)
    more = some(2)
    dialog: Any = page.acts.files.read_roster(room.staff.roster([*walk.rows, *more], "两份.csv"))
    room.settle()
    room.staff.reviewer.rosters.carry_out(
        room.staff.reviewer.rosters.plan_file(
            walk.id, room.staff.roster([*walk.rows, *some(1)], "另一份.csv")
        ).value
    )
    stored = room.staff.value("SELECT count(*) FROM enrollee")
    dialog.accept()
    room.settle()
    assert dialog.isVisible()
    assert "预览之后有变动,没有存入" in dialog.banner.text
    assert dialog.banner.remedy.text() == READ_AGAIN
    assert "新增13人" in dialog.difference.text.text()  # with the other desk's one
    assert room.staff.value("SELECT count(*) FROM enrollee") == stored
    dialog.accept()
    room.settle()
    assert room.staff.clerk.enrolments.get(walk.id).people == 13
    waiting = (
        "SELECT count(*) FROM import_batch WHERE state_code = 'planned' AND enrolment_id = :id"
    )
    assert room.staff.value(waiting, id=walk.id) == 0


# What is put right


@pytest.mark.parametrize(
    ("make", "fill", "sentence"),
    [
        (CorrectNumberDialog, reason, "业务号没有改动"),
        (CorrectNumberDialog, changed("number", "HB999999"), "“原因”还没有填"),
        (
            CorrectNumberDialog,
            lambda d: (d.number.setText("HB" + "9" * 90), reason(d)),
            "业务号太长",
        ),
        (WorkersDialog, lambda d: (d.women.setText("99"), reason(d)), "女职工人数不对"),
        (
            WorkersDialog,
            lambda d: d.reason.setText("因" * 600),
            "原因写得太长",
        ),
    ],
    ids=["same number", "no reason", "long number", "more women", "long reason"],
)
def test_what_is_put_right_is_another_value_with_a_reason(
    room: Room, make: Any, fill: Callable[[Any], object], sentence: str
) -> None:
    until = "roster" if make is WorkersDialog else "number"
    page = room.unit(room.staff.clerk, case(room.staff, until).unit_id)
    room.refused(with_case(make)(page), sentence, fill)


@pytest.mark.parametrize("until", ["submitted", "stamped"])
def test_accounts_are_put_right_by_other_ones(room: Room, until: str) -> None:
    page = room.unit(room.staff.clerk, case(room.staff, until).unit_id)
    dialog = with_case(CorrectFundingDialog)(page)
    room.settle()
    room.refused(dialog, "列支渠道没有改动", reason)


@pytest.mark.parametrize(
    ("fill", "sentence"),
    [
        (changed("payer", ""), "“付款户名”还没有填"),
        (changed("payer", "演示\x07户"), "有换行或看不见的控制字符"),
        (changed("amount", "0"), "金额"),
        (changed("amount", "99999999999.00"), "大得不合情理"),
        (lambda d: d.paid_on.set_day(TODAY + timedelta(1)), "缴费日晚于今天"),
        (lambda d: d.paid_on.set_day(date(1990, 1, 1)), "缴费日太早"),
        (changed("people", "0"), "人数须大于零"),
        (changed("people", "99999999"), "不是人数"),
    ],
    ids=["payer", "bell", "nothing", "too much", "tomorrow", "long ago", "nobody", "a country"],
)
def test_a_payment_is_what_a_slip_can_say(
    room: Room, fill: Callable[[Any], object], sentence: str
) -> None:
    page = room.unit(room.staff.clerk, case(room.staff, "number").unit_id)
    slip = room.staff.picture("回单.png")
    room.refused(
        page.acts.dialogs.take_next(), sentence, lambda d: (d.slip.set_path(slip), fill(d))
    )


def test_cover_of_another_year_is_not_this_case_s(room: Room) -> None:
    page = room.unit(room.staff.reviewer, case(room.staff, "paid").unit_id)

    def fill(dialog: Any) -> None:
        dialog.effective.setText("2031-1-1")
        dialog.document.setText("演示计划书1号")

    room.refused(page.acts.dialogs.take_next(), "生效日2031-01-01不会是2027年度的", fill)


def test_a_slip_is_of_one_transfer(room: Room) -> None:
    first = case(room.staff, "number")
    first.pay(first.due_fen, len(first.rows), slip_no="演示回单一号")
    page = room.unit(room.staff.clerk, case(room.staff, "number").unit_id)

    def fill(dialog: Any) -> None:
        dialog.slip.set_path(room.staff.slip())
        dialog.slip_no.setText("演示回单一号")

    sentence = f"回单号演示回单一号已登记在“{first.name}”"
    room.refused(page.acts.dialogs.take_next(), sentence, fill)


def test_dues_have_a_receipt_once_they_have_arrived(room: Room) -> None:
    page = room.unit(room.staff.clerk, case(room.staff, "paid").unit_id)
    dialog = page.acts.dialogs.take("archive.receipt")
    room.refused(dialog, "还没有确认到账,不能登记", changed("number", "演示早票"))


@pytest.mark.parametrize(
    ("until", "day", "sentence"),
    [
        ("confirmed", TODAY.isoformat(), "生效日没有改动"),
        ("printed", "2026-12-2", "上是原来的生效日,没有更正"),
    ],
)
def test_a_first_day_of_cover_is_put_right_by_another_one(
    room: Room, until: str, day: str, sentence: str
) -> None:
    page = room.unit(room.staff.reviewer, case(room.staff, until).unit_id)
    dialog = with_case(EffectiveDialog)(page)
    room.refused(dialog, sentence, lambda d: (d.effective.setText(day), reason(d)))
