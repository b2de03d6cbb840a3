"""Refusals of books, folders, lists put right by hand, marks and what is taken back."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from desktop_app.exchange.acknowledgements import Acknowledgement, write_acknowledgement
from desktop_app.ui.dialogs.print_batch_dialog import PrintBatchDialog
from desktop_app.ui.pages.more.more_opening import OpeningCard
from desktop_app.ui.pages.more.more_page import MorePage
from desktop_app.ui.pages.units.unit_page import UnitPage
from tests.services.desks import NOW, Row, Staff
from tests.services.scheme_desks import opened_unit
from tests.services.walks import Walk
from tests.ui import refused_windows
from tests.ui.refused_windows import SERIAL, Room, case, gathered, reason, some, texts

office_template = refused_windows.office_template
office, own_office = refused_windows.office, refused_windows.own_office
room, own_room = refused_windows.room, refused_windows.own_room
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


# 期初建账


def books(staff: Staff, name: str, rows: Sequence[Row]) -> Path:
    path = staff.papers / name
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("序号", "单位名称", "姓名", "身份证号"), *rows])
    return path


@pytest.fixture
def opening(room: Room) -> Iterator[OpeningCard]:
    page = MorePage(room.staff.reviewer, room.tasks)
    room.qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.tabs.setCurrentWidget(page.opening)
    room.settle()
    yield page.opening
    page.close()


def last_year(staff: Staff) -> Path:
    """Two people of a unit that the ledger knows."""
    name = f"演示旧单位{next(SERIAL)}"
    opened_unit(staff, name)
    return books(staff, f"{name}.csv", [("1", name, one[1], one[2]) for one in some(2)])


def told(room: Room, card: OpeningCard, sentence: str) -> None:
    assert sentence in card.banner.text, card.banner.text
    assert card.banner.remedy.text().endswith("。")


@pytest.mark.parametrize(
    ("fill", "sentence"),
    [
        (lambda c: c.year.setText("2027"), "2027年度不是以前的年度"),
        (lambda c: c.year.setText(""), "没有填是哪个年度"),
        (lambda c: c.first.setText("2026-1-1"), "文件里没有写参加的项目"),
        (
            lambda c: [tick.setChecked(True) for tick, _shares in c.plans.values()],
            "文件里没有写保障起止日期",
        ),
    ],
    ids=["this year", "no year", "no plans", "no first day"],
)
def test_last_year_s_books_say_year_plans_and_first_day(
    room: Room, opening: OpeningCard, fill: Any, sentence: str
) -> None:
    path = last_year(room.staff)
    fill(opening)
    with room.nothing_stored():
        opening.take((path,))
        room.settle()
        told(room, opening, sentence)


def test_a_folder_without_books_is_no_books(
    room: Room, opening: OpeningCard, tmp_path: Path
) -> None:
    empty = tmp_path / "空文件夹"
    empty.mkdir()
    with room.nothing_stored():
        opening.take((empty,))
        room.settle()
        told(room, opening, "没有找到表格文件")


def read_books(room: Room, card: OpeningCard) -> None:
    card.first.setText("2026-1-1")
    for tick, _shares in card.plans.values():
        tick.setChecked(True)
    card.take((last_year(room.staff),))
    room.settle()
    assert card.plan is not None, card.banner.text


def test_books_stored_from_another_desk_are_not_stored_twice(
    room: Room, opening: OpeningCard
) -> None:
    read_books(room, opening)
    assert opening.plan is not None
    room.staff.head.openings.carry_out(opening.plan.batch_ids)
    with room.nothing_stored():
        opening.store()
        room.settle()
        told(room, opening, "这份预览已经存入或放弃")


def test_books_that_were_taken_back_are_not_taken_back_again(
    room: Room, opening: OpeningCard
) -> None:
    read_books(room, opening)
    opening.store()
    room.settle()
    books = opening.back.books
    assert books is not None
    dialog = opening.back.ask()
    room.refused(opening.back.ask(), "“原因”还没有填")
    room.staff.head.opening_undo.take_back(books.operation, "演示撤回")
    room.refused(dialog, "这次导入已经撤回", reason)


# 工作日历


def test_a_file_that_is_no_calendar_is_not_read(room: Room, opening: OpeningCard) -> None:
    page = opening.window()
    assert isinstance(page, MorePage)
    page.calendar.show_year(2027)
    room.settle()
    with room.nothing_stored():
        page.calendar.load(room.staff.picture("不是日历.png"))
        room.settle()
    assert "这个文件不是工作日历" in page.calendar.banner.text
    assert page.calendar.banner.remedy.text()


# A scan that is not there any more


def test_a_scan_that_is_lost_is_said_where_it_would_be_shown(own_room: Room) -> None:
    walk = gathered(own_room.staff)
    page = own_room.unit(own_room.staff.clerk, walk.unit_id)
    for stored in (own_room.staff.desk.folder / "attachments").glob("??/*"):
        stored.write_bytes(b"spoilt")
    dialog = page.acts.dialogs.look_at("insurance-proof")
    assert dialog is not None
    own_room.settle()
    said = texts(dialog)
    assert "在数据文件夹里已损坏或不见了,不能显示" in said, said
    assert "请换一份,或从最近的备份恢复" in said, said
    dialog.reject()


def test_a_proof_that_is_a_workbook_is_kept_and_said_where_it_would_be_shown(room: Room) -> None:
    walk = case(room.staff, "roster")
    page = room.unit(room.staff.clerk, walk.unit_id)
    proof = room.staff.papers / "社保证明.csv"
    people = [["姓名", "身份证号"], *([row[1], row[2]] for row in walk.rows[1:])]
    proof.write_text("\n".join(map(",".join, people)), "utf-8-sig")
    page.acts.files.take_for("insurance-proof", (proof,))
    room.settle()
    said = page.proof.text.text().replace("\N{NO-BREAK SPACE}", " ")
    assert said == "证明与名单:对上 9 人,证明有名单无 0 人,名单有证明无 1 人。"
    dialog = page.acts.dialogs.look_at("insurance-proof")
    assert dialog is not None
    room.settle()
    said = texts(dialog)
    assert "《社保证明.csv》是表格文件,不能在这里显示" in said, said
    dialog.reject()
    walk.proof()  # a picture in its place
    page.reload()
    room.settle()
    assert "里面没有文字,不能逐人核对" in page.proof.text.toolTip()


# 上报 into a folder


def test_the_upload_folder_is_a_folder_and_not_the_office_s_own(room: Room) -> None:
    walk = case(room.staff, "number")
    page = room.unit(room.staff.clerk, walk.unit_id)
    dialog = page.acts.exchange.open()
    assert dialog is not None
    room.settle()
    for folder, sentence in (
        (room.staff.papers / "没有这里", "没有这个文件夹"),
        (room.staff.desk.folder / "attachments", "这里存放着机构的数据"),
    ):
        with room.nothing_stored():
            dialog.export_to(folder)
            room.settle()
            assert sentence in dialog.banner.text, dialog.banner.text
            assert dialog.banner.remedy.text()
    dialog.reject()
    room.settle()


def test_nobody_is_sent_twice_who_was_taken(room: Room) -> None:
    walk = case(room.staff, "number")
    out = room.staff.papers / f"out-taken-{walk.id}"
    out.mkdir()
    clerk = room.staff.clerk
    exported = clerk.submissions.exported(clerk.submissions.export(walk.id, out).value)
    page = room.unit(clerk, walk.unit_id)
    dialog = page.acts.exchange.open()
    assert dialog is not None
    room.settle()
    path = room.staff.papers / f"全部收下{walk.id}.json"
    taken = Acknowledgement(exported.package_sha256, NOW, len(walk.rows), ())
    write_acknowledgement(path, taken)
    clerk.submission_answers.acknowledge(walk.id, path)
    with room.nothing_stored():
        dialog.export_to(out)
        room.settle()
    assert "名单上的人都已收下,没有要补报的" in dialog.banner.text, dialog.banner.text
    dialog.reject()
    room.settle()


# 待补正


def parked(room: Room, *wrong: Row) -> tuple[Walk, UnitPage]:
    walk = case(room.staff)
    walk.rows = [*some(2), *wrong]
    walk.roster()
    page = room.unit(room.staff.clerk, walk.unit_id)
    room.settle()
    return walk, page


def mended(room: Room, page: UnitPage, identity: str, sentence: str) -> None:
    waiting = page.people.parked
    waiting.table.selectRow(0)
    room.settle()
    waiting.fields["identity"].setText(identity)
    with room.nothing_stored():
        waiting.store()
        room.settle()
        assert sentence in waiting.told.text(), waiting.told.text()


def test_a_row_put_right_by_hand_obeys_the_rules_of_the_list(room: Room) -> None:
    walk, page = parked(room, ("3", "何演示", "123", ""))
    good = some(1)[0][2]
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    mended(room, page, wrong, "末位校验不符")
    mended(room, page, walk.rows[0][2], "名单里已有这个身份证号的人")
    elsewhere = case(room.staff, "roster")
    mended(room, page, elsewhere.rows[0][2], f"已由“{elsewhere.name}”办理")
    mended(room, page, "9.99999E+17", "科学计数")


def test_a_row_that_another_desk_gave_up_is_gone(room: Room) -> None:
    walk, page = parked(room, ("3", "何演示", "123", ""))
    row = page.people.parked.table.rows_model.rows[0]
    dialog = page.acts.dialogs.drop_row(row)
    room.staff.reviewer.mending.drop_parked(walk.id, row.batch_id, row.seq, "演示放弃")
    room.refused(dialog, "没有这一行待补正的名单", reason)


# Marks and people


def test_marks_are_of_people_who_are_on_the_list(room: Room) -> None:
    walk = case(room.staff, "submitted")
    page = room.unit(room.staff.reviewer, walk.unit_id)
    people = tuple(page.people.people.rows_model.rows[:1])
    first = page.acts.dialogs.mark_people(people)
    room.refused(first, "“原因”还没有填")
    with room.nothing_stored():
        page.acts.dialogs.unmark_people(people)
        room.settle()
        assert "选中的人没有退回标记" in page.banner.text
        assert page.banner.remedy.text()
    again = page.acts.dialogs.mark_people(people)
    room.staff.head.enrolments.return_(walk.id, "演示退回")
    room.refused(again, "还不能做这一步", reason)


# 撤销


def undone(page: UnitPage) -> Any:
    dialog = page.acts.dialogs.undo()
    assert dialog is not None, page.banner.text
    return dialog


def test_only_what_was_offered_is_taken_back(room: Room) -> None:
    walk = case(room.staff, "roster")
    page = room.unit(room.staff.clerk, walk.unit_id)
    dialog = undone(page)
    room.staff.clerk.mending.set_workers(walk.id, 11, 2, "演示更正")
    room.refused(dialog, "没有撤销")
    page = room.unit(room.staff.clerk, walk.unit_id)
    dialog = undone(page)
    room.staff.reviewer.mending.set_workers(walk.id, 12, 2, "演示更正")
    room.refused(dialog, "不能由您撤销")


def test_the_page_says_why_the_last_act_stays(room: Room) -> None:
    walk = case(room.staff, "number")
    out = room.staff.papers / f"out-undo-{walk.id}"
    out.mkdir()
    room.staff.clerk.submissions.export(walk.id, out)
    for who, sentence in (
        (room.staff.clerk, "文件可能已送出,不能撤销"),
        (room.staff.reviewer, "不能由您撤销"),
    ):
        page = room.unit(who, walk.unit_id)
        with room.nothing_stored():
            assert page.acts.dialogs.undo() is None
        assert sentence in page.banner.text, page.banner.text


def test_who_did_not_hand_it_in_does_not_take_it_back(room: Room) -> None:
    walk = gathered(room.staff)
    room.staff.reviewer.enrolments.submit(walk.id)
    page = room.unit(room.staff.clerk, walk.unit_id)
    room.refused(page.acts.dialogs.take_back(), "这份申请是另一位同事提交的")


# Forms of several units


def test_forms_that_wait_for_the_review_say_so_beside_the_others(room: Room) -> None:
    walk = gathered(room.staff)
    dialog = PrintBatchDialog(room.staff.clerk, room.tasks, (walk.unit_id,))
    room.qtbot.addWidget(dialog)
    dialog.open()
    room.settle()
    said = [f"{sheet.line.refusal}{sheet.line.remedy}" for sheet in dialog.sheets]
    assert any("审核通过" in one for one in said), said
