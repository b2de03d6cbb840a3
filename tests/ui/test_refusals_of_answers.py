"""Refusals of what comes back: answers, returned people, paper, refunds; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.identity import identity_18
from desktop_app.errors import UserError
from desktop_app.exchange.acknowledgements import (
    Acknowledgement,
    write_acknowledgement,
)
from desktop_app.services.drafts import ClaimDraft, PersonDraft
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.refund_dialogs import RefundDialog
from desktop_app.ui.pages.units.unit_page import UnitPage
from tests.paper_scans import as_pdf, pages_of, worn
from tests.services.desks import NOW, TODAY, Row, Staff
from tests.services.walks import Walk, csv_file
from tests.ui import refused_windows
from tests.ui.refused_windows import Room, case, some, texts

office_template = refused_windows.office_template
office, own_office = refused_windows.office, refused_windows.own_office
room, own_room = refused_windows.room, refused_windows.own_room
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

HEAD = ("序号", "参保人姓名", "身份证号", "手机号", "失败原因")
RECEIPT = "dues-receipt"
FIVE = (
    ("insurance-proof", "社会保险缴纳证明"),
    ("application", "申请书"),
    ("member-list", "会员名单"),
    ("confirmation", "确认书"),
    (RECEIPT, "会费票据没有登记"),
)


def sent(room: Room, **more: Any) -> Walk:
    """A case whose upload folder is out."""
    walk = case(room.staff, "number", **more)
    out = room.staff.papers / f"out-{walk.id}"
    out.mkdir()
    room.staff.clerk.submissions.export(walk.id, out)
    return walk


def refused_people(room: Room, walk: Walk, rows: list[Row]) -> Path:
    lines = [HEAD, *((row[0], row[1], row[2], "", "未通过核验(演示)") for row in rows)]
    return csv_file(room.staff.papers, f"失败人员名单{walk.id}.csv", lines)


def returned(room: Room, walk: Walk, count: int = 1) -> UnitPage:
    """The province's list names the first people of the case; its page, with those who wait."""
    path = refused_people(room, walk, walk.rows[:count])
    room.staff.clerk.submission_answers.read_failures(walk.id, path)
    return room.unit(room.staff.clerk, walk.unit_id)


def answered(room: Room, walk: Walk, path: Path, sentence: str) -> None:
    """The file is let go on 上报往来, which says why it is not taken."""
    page = room.unit(room.staff.clerk, walk.unit_id)
    dialog = page.acts.exchange.open()
    assert dialog is not None
    room.settle()
    with room.nothing_stored():
        dialog.read_answers((path,))
        room.settle()
        assert sentence in dialog.banner.text, dialog.banner.text
    dialog.reject()
    room.settle()


# Answers of the province


def test_a_failure_list_of_strangers_is_not_taken_for_an_acceptance(room: Room) -> None:
    walk = sent(room)
    path = refused_people(room, walk, some(2))
    answered(room, walk, path, "里的2人都不在这次上报里,没有读入")


def test_an_empty_failure_list_is_not_taken_for_an_acceptance(room: Room) -> None:
    walk = sent(room)
    answered(room, walk, refused_people(room, walk, []), "里没有人员,没有读入")


def test_a_failure_list_is_read_once(room: Room) -> None:
    walk = sent(room)
    path = refused_people(room, walk, walk.rows[:1])
    room.staff.clerk.submission_answers.read_failures(walk.id, path)
    answered(room, walk, path, "已经读入过")


def test_nothing_is_answered_before_it_was_sent(room: Room) -> None:
    walk = case(room.staff, "number")
    answered(room, walk, refused_people(room, walk, walk.rows[:1]), "还没有导出上报")


@pytest.mark.parametrize(
    ("package", "accepted", "sentence"),
    [("0" * 64, 10, "是另一个上报包的回执"), ("", 7, "名单中退回0人,上报的是10人")],
    ids=["another package", "another count"],
)
def test_an_acknowledgement_answers_to_the_package_that_was_sent(
    room: Room, package: str, accepted: int, sentence: str
) -> None:
    walk = case(room.staff, "number")
    out = room.staff.papers / f"out-{walk.id}"
    out.mkdir()
    submission = room.staff.clerk.submissions.export(walk.id, out).value
    exported = room.staff.clerk.submissions.exported(submission)
    path = room.staff.papers / f"回执{walk.id}.json"
    package = package or exported.package_sha256
    write_acknowledgement(path, Acknowledgement(package, NOW, accepted, ()))
    answered(room, walk, path, sentence)


def test_a_claimed_person_is_not_sent_back_by_a_late_list(room: Room) -> None:
    walk = sent(room)
    for step in ("paid", "confirmed"):
        getattr(walk, step)()
    member = room.staff.value("SELECT id FROM member WHERE identity_no = :no", no=walk.rows[0][2])
    room.staff.clerk.claims.register(ClaimDraft("hospital", TODAY, int(str(member))))
    answered(room, walk, refused_people(room, walk, walk.rows[:1]), "退回的人里有人已有申领")


# People who were sent back


def corrected(room: Room, page: UnitPage, person: PersonDraft, sentence: str) -> None:
    row = page.people.sent_back.table.rows_model.rows[0]
    dialog = page.acts.dialogs.correct_person(row)

    def fill(dialog: Any) -> None:
        dialog.name.setText(person.name)
        dialog.identity.setText(person.identity)

    room.refused(dialog, sentence, fill)


def test_another_name_and_number_are_another_person(room: Room) -> None:
    walk = sent(room)
    other = some(1)[0]
    corrected(
        room,
        returned(room, walk),
        PersonDraft("何演示", other[2]),
        "都改了,这是另一个人",
    )


def test_a_number_of_somebody_else_is_not_taken_over(room: Room) -> None:
    walk = sent(room)
    first, second = walk.rows[:2]
    corrected(room, returned(room, walk), PersonDraft(first[1], second[2]), f"已登记为{second[1]}")


def test_a_wrong_number_is_not_put_right_by_another_wrong_one(room: Room) -> None:
    walk = sent(room)
    name, number = walk.rows[0][1:3]
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    corrected(room, returned(room, walk), PersonDraft(name, wrong), "末位校验不符")


def test_who_turns_out_to_be_a_man_leaves_the_women_s_plan(room: Room) -> None:
    rows = some(2, 2)
    walk = sent(room, rows=rows, plans=(("women", 1),), at_work=2, women=2)
    name, number = walk.rows[0][1:3]
    sequence = str((int(number[14:17]) + 1) % 1000).zfill(3)  # an odd one is a man's
    corrected(
        room, returned(room, walk), PersonDraft(name, identity_18(number[:14] + sequence)),
        "不是女职工,不能参加",
    )  # fmt: skip


def test_who_has_joined_another_unit_since_stays_there(room: Room) -> None:
    walk = sent(room)
    page = returned(room, walk)
    other = case(room.staff, "roster", rows=[walk.rows[0], *some(9, 2)])
    people = page.people.sent_back.table.rows_model.rows
    dialog = page.acts.dialogs.resend_people(tuple(people))
    room.refused(dialog, f"已由“{other.name}”办理", lambda d: d.reason.setText("没有错"))


def test_a_reason_is_asked_for_before_people_are_sent_again_or_given_up(room: Room) -> None:
    page = returned(room, sent(room))
    people = tuple(page.people.sent_back.table.rows_model.rows)
    for make in (page.acts.dialogs.resend_people, page.acts.dialogs.withdraw_people):
        room.refused(make(people), "原因")


def test_marked_people_are_returned_before_the_case_is_approved(room: Room) -> None:
    walk = case(room.staff, "submitted")
    room.staff.reviewer.reviews.mark(walk.id, (1,), "号码不清")
    page = room.unit(room.staff.reviewer, walk.unit_id)
    dialog: Any = page.acts.dialogs.take_next()
    room.settle()
    assert "要审核通过,先去掉标记" in texts(dialog)
    assert not dialog.main_button.isEnabled()
    dialog.reject()
    room.settle()
    with room.nothing_stored(), pytest.raises(UserError) as refused:
        room.staff.reviewer.enrolments.approve(walk.id)
    assert refused.value.code == "marks-open"


# Cover


def test_cover_that_overlaps_is_refused_with_the_person_and_the_day(room: Room) -> None:
    first = case(room.staff, "confirmed")
    room.staff.run("UPDATE enrolment SET year = 2026 WHERE id = :id", id=first.id)
    second = case(room.staff, "paid", rows=first.rows)
    page = room.unit(room.staff.reviewer, second.unit_id)

    def fill(dialog: Any) -> None:
        dialog.effective.setText(TODAY.isoformat())
        dialog.document.setText("演示计划书2号")

    room.refused(page.acts.dialogs.take_next(), "与新的保障期重叠", fill)
    assert room.staff.clerk.enrolments.get(second.id).effective_on is None


# Money that goes back


@pytest.fixture
def overpaid(room: Room) -> Walk:
    """One person left after the money had arrived: 5,000 fen too much, or all of it may go back."""
    return case(room.staff, "confirmed")


@pytest.mark.parametrize(
    ("fill", "sentence"),
    [
        (lambda d: d.reason.setText("多缴"), "退费金额"),
        (lambda d: d.amount.setText("1.00"), "退费原因"),
        (lambda d: (d.amount.setText("999999.00"), d.reason.setText("多缴")), "多于这份申请还在"),
        (
            lambda d: (
                d.amount.setText("1.00"), d.reason.setText("多缴"),
                d.on.set_day(TODAY + timedelta(1)),
            ),
            "须在缴费以后、今天以前",
        ),
    ],
    ids=["no amount", "no reason", "more than there is", "tomorrow"],
)  # fmt: skip
def test_no_more_goes_back_than_came_and_not_before(
    room: Room, overpaid: Walk, fill: Callable[[Any], object], sentence: str
) -> None:
    page = room.unit(room.staff.clerk, overpaid.unit_id)
    found = page.case()
    assert found is not None
    room.refused(opened(RefundDialog(found, page)), sentence, fill)


def test_one_refund_waits_at_a_time_and_another_person_says_that_it_came(
    room: Room, overpaid: Walk
) -> None:
    room.staff.clerk.refunds.ask(overpaid.id, 100, TODAY, "多缴")
    page = room.unit(room.staff.clerk, overpaid.unit_id)
    found = page.case()
    assert found is not None
    again = opened(RefundDialog(found, page))
    room.refused(
        again, "还没有到账", lambda d: (d.amount.setText("1.00"), d.reason.setText("多缴"))
    )
    room.refused(page.acts.dialogs.take("refund.arrive"), "须由另一位同事登记")
    page = room.unit(room.staff.reviewer, overpaid.unit_id)
    room.refused(
        page.acts.dialogs.take("refund.arrive"),
        "须在申请退费以后、今天以前",
        lambda d: d.on.set_day(TODAY + timedelta(1)),
    )


# Stamped paper


def beeped(room: Room, text: str, sentence: str) -> None:
    page = room.received()
    with room.nothing_stored():
        page.text.setText(text)
        page.receive()
        room.settle()
        said = f"{page.told.text()} {page.detail.text()}"
        assert sentence in said, said


def put_by_number(room: Room, file_name: str, number: str, sentence: str) -> None:
    """A page of the tray is put to a number, which says why it is not taken."""
    tray = room.received().tray
    room.settle()
    names = [row.file_name for row in tray.table.shown_rows()]
    tray.table.selectRow(names.index(file_name))
    with room.nothing_stored():
        tray.number.setText(number)
        tray.place_by_number()
        room.settle()
        assert sentence in tray.banner.text, tray.banner.text


def scanned(staff: Staff, issued: int, name: str, *, seed: int) -> str:
    """A form's pages through the scanner; the name that its file has in the tray."""
    pages = [worn(page, seed) for page in pages_of(staff.clerk.prints.read_pdf(issued), 150)]
    receptions = staff.clerk.receptions
    groups = receptions.read_scan(as_pdf(pages, staff.papers / f"{name}.pdf", 150))
    receptions.receive_scan(groups)
    return f"{name}-1.pdf"


def test_a_page_scanned_twice_and_a_form_of_nobody_stay_in_the_tray(room: Room) -> None:
    staff = room.staff
    walk = case(staff, "printed")
    forms = {one.key: one for one in staff.clerk.enrolments.get(walk.id).forms}
    issued = forms["application"].issued_id
    assert issued is not None
    scanned(staff, issued, "申请书", seed=1)
    again = scanned(staff, issued, "申请书再扫", seed=2)
    put_by_number(room, again, forms["application"].number or "", "第1页已经收到过,各页都收到了")
    own = staff.clerk.forms.issue("work-handover").value
    name = scanned(staff, own, "交接单", seed=1)
    number = staff.clerk.prints.number_of(own)
    put_by_number(room, name, number, "“工作交接单”是本机构自己的单据,不归到哪家单位")


def number_of(staff: Staff, walk: Walk, form: str) -> str:
    forms = {one.key: one for one in staff.clerk.enrolments.get(walk.id).forms}
    return forms[form].number


def test_a_form_comes_back_once(room: Room) -> None:
    walk = case(room.staff, "stamped")
    beeped(room, number_of(room.staff, walk, "application"), "已经收回过")


def test_a_form_that_was_printed_anew_is_not_the_one_to_come_back(room: Room) -> None:
    walk = case(room.staff, "number")
    room.staff.clerk.prints.issue(walk.id, "member-list")
    old = number_of(room.staff, walk, "member-list")
    room.staff.reviewer.mending.send_back(walk.id, "名单有误")
    beeped(room, old, "已作废")


def test_a_paper_without_seal_and_one_of_nobody_are_laid_aside(room: Room) -> None:
    walk = case(room.staff, "number")
    room.staff.clerk.prints.issue(walk.id, "payment-notice")
    beeped(room, number_of(room.staff, walk, "payment-notice"), "不在要登记收回的盖章件里")
    beeped(room, "SQ-Z-2031-00001", "没有")


# The five papers of the file


@pytest.mark.parametrize(("paper", "named"), FIVE, ids=[paper for paper, _named in FIVE])
def test_each_of_the_five_papers_is_missed_by_its_name(room: Room, paper: str, named: str) -> None:
    walk, staff = case(room.staff, "stamped"), room.staff
    if paper != RECEIPT:
        staff.clerk.archives.record_receipt(walk.id, f"演示票{walk.id}", TODAY, walk.due_fen)
    staff.run(
        "UPDATE enrolment_paper SET state_code = 'missing', attachment_id = NULL"
        " WHERE enrolment_id = :id AND paper_key = :key",
        id=walk.id, key=paper,
    )  # fmt: skip
    page = room.unit(staff.clerk, walk.unit_id)
    assert named in texts(page.case_card)
    blue = page.case_card.next_button  # it leads to what is missing, or to nothing
    assert not blue.isEnabled() or "办结" not in blue.text()
    with room.nothing_stored(), pytest.raises(UserError, match=named):
        staff.clerk.archives.finish(walk.id)
