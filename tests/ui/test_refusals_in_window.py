"""Every refusal of the rules, met in the window: what it says, and that nothing is stored."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from db.codes import PaperState
from desktop_app.domain.identity import identity_18
from desktop_app.errors import UserError
from desktop_app.services.schemes.schemes import home_scheme_file
from desktop_app.ui.dialogs.import_plan_dialog import address
from desktop_app.ui.dialogs.unit_dialog import UnitDialog
from tests.services.desks import NOW, TODAY, Row, Staff, unit_draft
from tests.services.scheme_desks import opened_unit, use_scheme
from tests.services.walks import Walk
from tests.ui import refused_windows
from tests.ui.refused_windows import LATER, SERIAL, Room, case, claimed, gathered, some, texts

office_template = refused_windows.office_template
office, own_office = refused_windows.office, refused_windows.own_office
covered = refused_windows.covered
room, own_room = refused_windows.room, refused_windows.own_room
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

OLD = "99999919600101001"
YOUNG = "99999920120101001"


def person(body: str) -> Row:
    return ("10", "何演示", identity_18(body), "")


# The list


def empty(staff: Staff) -> Walk:
    walk = case(staff)
    walk.proof()
    return walk


LISTS: tuple[tuple[str, str, Callable[[Staff], Walk]], ...] = (
    ("all of ten", "在职10人,应不少于10人,还差1人", lambda s: gathered(s, rows=some(9, 2))),
    (
        "all of a hundred",
        "在职100人,应不少于100人,还差1人",
        lambda s: gathered(s, rows=some(99), at_work=100, women=0),
    ),
    (
        "80 % of 101",
        "在职101人,应不少于81人,还差1人",
        lambda s: gathered(s, rows=some(80), at_work=101, women=0),
    ),
    (
        "the women",
        "应不少于2人,还差1人",
        lambda s: gathered(s, rows=some(1, 1), plans=(("women", 1),)),
    ),
    ("more than work there", "名单11人,多于在职职工10人", lambda s: gathered(s, rows=some(11, 2))),
)
LACKING: tuple[tuple[str, str, Callable[[Staff], Walk]], ...] = (
    ("people", "名单是空的", empty),
    ("the proof", "缺湖北省社会保险缴纳证明", lambda s: case(s, "roster")),
    ("over age", "1人超龄,缺超龄证明", lambda s: gathered(s, rows=[*some(9, 2), person(OLD)])),
)


@pytest.mark.parametrize(("sentence", "prepare"), [a[1:] for a in LISTS], ids=[a[0] for a in LISTS])
def test_a_list_that_lacks_something_is_not_submitted(
    room: Room, sentence: str, prepare: Callable[[Staff], Walk]
) -> None:
    walk = prepare(room.staff)
    room.blocked(room.unit(room.staff.clerk, walk.unit_id), sentence)


@pytest.mark.parametrize(
    ("sentence", "prepare"), [a[1:] for a in LACKING], ids=[a[0] for a in LACKING]
)
def test_what_a_list_still_lacks_is_led_to_before_it_is_submitted(
    room: Room, sentence: str, prepare: Callable[[Staff], Walk]
) -> None:
    walk = prepare(room.staff)
    room.led(room.unit(room.staff.clerk, walk.unit_id), sentence, "提交审核")
    with room.nothing_stored(), pytest.raises(UserError, match=re.escape(sentence)):
        room.staff.clerk.enrolments.submit(walk.id)


def test_a_unit_without_any_code_cannot_be_invoiced(room: Room) -> None:
    draft = unit_draft(f"演示单位{next(SERIAL)}", employer_code=None)
    unit = room.staff.clerk.units.register(draft).value
    room.staff.reviewer.units.open(unit)
    walk = Walk(room.staff, rows=some(10, 2), unit_id=unit).start()
    walk.roster()
    walk.proof()
    room.blocked(room.unit(room.staff.clerk, unit), "开票用的税号没有填")


def test_rows_that_cannot_join_are_named_with_their_cell_and_nothing_is_in_before_it_is_stored(
    room: Room,
) -> None:
    staff = room.staff
    elsewhere = case(staff, "roster")
    taken = elsewhere.rows[0]
    walk = case(staff)
    good = some(3)
    right = identity_18("99999919800101001")
    typo = right[:-1] + ("0" if right[-1] != "0" else "1")
    rows = [
        *good, good[0], ("5", taken[1], taken[2], ""), person(YOUNG), ("7", "", good[1][2], ""),
        ("8", "何演示", typo, ""), ("9", "何演示", "4.2E+17", ""),
    ]  # fmt: skip
    page = room.unit(staff.clerk, walk.unit_id)
    dialog = page.acts.files.read_roster(staff.roster(rows, "有错的名单.csv"))
    room.settle()
    shown = [address(one) + one.message for one in dialog.table.rows_model.rows]
    for place, words in (
        ("第5行 C列", "与第2行是同一身份证号"),
        ("第6行", f"已由“{elsewhere.name}”办理2027年度入会"),
        ("第7行 C列", "未满16周岁"),
        ("第8行 B列", "姓名没有填写"),
        ("第9行 C列", "末位校验不符"),
        ("第10行 C列", "科学计数"),
    ):
        assert any(one.startswith(place) and words in one for one in shown), shown
    assert "读入 9 行　可用 3 人　待补 6 人" in dialog.sentence.text()
    dialog.reject()
    room.settle()
    assert not staff.clerk.rosters.list_people(walk.id)


def test_a_unit_of_one_s_own_has_no_list_here(room: Room) -> None:
    walk = case(room.staff, handling="by-unit")
    page = room.unit(room.staff.clerk, walk.unit_id)
    with room.nothing_stored():
        assert page.acts.files.read_roster(room.staff.roster(some(3))) is None
    assert "单位自办的申请不收名单" in page.banner.text


# The review


def test_who_submitted_does_not_review_and_a_clerk_never_does(room: Room) -> None:
    walk = gathered(room.staff)
    room.staff.reviewer.enrolments.submit(walk.id)
    room.blocked(room.unit(room.staff.reviewer, walk.unit_id), "须由另一位同事办理")
    room.blocked(room.unit(room.staff.clerk, walk.unit_id), "这一步由审核人办理")


def test_figures_that_nobody_confirmed_are_neither_approved_nor_printed(own_room: Room) -> None:
    staff = own_room.staff
    staff.run("UPDATE scheme_version SET state_code = 'retired'")
    staff.head.schemes.take_over(home_scheme_file())
    walk = gathered(staff)
    page = own_room.unit(staff.clerk, walk.unit_id)
    assert "住院医疗会费待核对,确认后才能打印。" in texts(page)
    assert not page.forms.buttons
    staff.clerk.enrolments.submit(walk.id)
    own_room.blocked(own_room.unit(staff.reviewer, walk.unit_id), "住院医疗会费")


# The province and the money


def test_no_business_number_no_step(room: Room) -> None:
    page = room.unit(room.staff.clerk, case(room.staff, "approved").unit_id)
    room.refused(page.acts.dialogs.take_next(), "业务号")
    taken = case(room.staff, "number")
    room.refused(
        page.acts.dialogs.take_next(),
        "已经登记在",
        lambda d: d.number.setText(f"HB{taken.id:06d}"),
    )


def test_a_slip_has_its_picture_and_people(room: Room) -> None:
    page = room.unit(room.staff.clerk, case(room.staff, "number").unit_id)
    room.refused(page.acts.dialogs.take_next(), "还没有附银行回单")
    slip = room.staff.picture("回单.png")
    room.refused(
        page.acts.dialogs.take_next(), "人数", lambda d: (d.slip.set_path(slip), d.people.clear())
    )


@pytest.mark.parametrize(
    ("fen", "heads", "more", "sentence"),
    [
        (-10_000, 8, {}, "少2人的钱"),
        (5_000, 11, {}, "多1人的钱"),
        (0, 9, {}, "人数"),
        (0, 10, {"payer_is_person": True}, "付款的是个人账户:须退回,由单位对公账户重缴"),
    ],
)
def test_money_that_does_not_agree_goes_no_further_and_the_difference_is_said(
    room: Room, fen: int, heads: int, more: dict[str, Any], sentence: str
) -> None:
    walk = case(room.staff, "number")
    walk.pay(walk.due_fen + fen, heads, **more)
    page = room.unit(room.staff.reviewer, walk.unit_id)
    assert sentence in texts(page)
    assert page.case_card.repay_button.isVisible()
    assert room.staff.clerk.enrolments.get(walk.id).effective_on is None


def test_who_recorded_the_money_does_not_confirm_it(room: Room) -> None:
    walk = case(room.staff, "paid")
    room.blocked(room.unit(room.staff.clerk, walk.unit_id), "须由另一位同事办理")


def test_cover_begins_on_the_day_of_the_plan_document_and_on_no_other(room: Room) -> None:
    page = room.unit(room.staff.reviewer, case(room.staff, "paid").unit_id)
    room.refused(page.acts.dialogs.take_next(), "保障生效日")
    room.refused(
        page.acts.dialogs.take_next(), "计划书编号", lambda d: d.effective.setText("2026-12-1")
    )


@pytest.mark.parametrize(("days", "sentence"), [(-60, "到账日早于缴费日"), (1, "到账日晚于今天")])
def test_money_that_cannot_have_arrived_that_day_begins_no_cover(
    room: Room, days: int, sentence: str
) -> None:
    walk = case(room.staff, "paid")
    page = room.unit(room.staff.reviewer, walk.unit_id)

    def fill(dialog: Any) -> None:
        dialog.on.set_day(TODAY + timedelta(days))
        dialog.effective.setText("2026-12-1")
        dialog.document.setText("演示计划书1号")

    room.refused(page.acts.dialogs.take_next(), sentence, fill)
    assert room.staff.clerk.enrolments.get(walk.id).effective_on is None


def test_a_confirmation_is_not_printed_before_the_money_is_confirmed(room: Room) -> None:
    page = room.unit(room.staff.clerk, case(room.staff, "paid").unit_id)
    assert "confirmation" not in page.forms.buttons
    assert "省办确认到账后才能打印" in texts(page)


# The file


def test_a_file_is_not_finished_while_a_paper_is_out(room: Room) -> None:
    walk = case(room.staff, "stamped")
    room.led(room.unit(room.staff.clerk, walk.unit_id), "会费票据没有登记", "办结")
    with room.nothing_stored(), pytest.raises(UserError, match="会费票据没有登记"):
        room.staff.clerk.archives.finish(walk.id)


@pytest.mark.parametrize(
    ("fill", "sentence"),
    [
        (lambda d: None, "票据号码"),
        (lambda d: (d.number.setText("演1"), d.amount.setText("1.00")), "票据金额1.00元与已缴金额"),
        (lambda d: (d.number.setText("演1"), d.issued_on.set_day(LATER)), "开票日期晚于今天"),
    ],
)
def test_a_receipt_is_the_unions_own(
    room: Room, fill: Callable[[Any], object], sentence: str
) -> None:
    page = room.unit(room.staff.clerk, case(room.staff, "confirmed").unit_id)
    room.refused(page.acts.dialogs.take("archive.receipt"), sentence, fill)


def test_a_number_of_a_receipt_is_of_one_case(room: Room) -> None:
    first, second = case(room.staff, "confirmed"), case(room.staff, "confirmed")
    number = f"演示票{first.id}"
    room.staff.clerk.archives.record_receipt(first.id, number, TODAY, first.due_fen)
    page = room.unit(room.staff.clerk, second.unit_id)
    dialog = page.acts.dialogs.take("archive.receipt")
    room.refused(dialog, "已经登记过", lambda d: d.number.setText(number))


def test_a_scan_of_one_page_is_not_the_whole_list_come_back(room: Room) -> None:
    rows = some(45)
    walk = case(room.staff, "confirmed", rows=rows, at_work=45, women=0)
    room.staff.clerk.prints.issue(walk.id, "member-list")
    with room.nothing_stored(), pytest.raises(UserError, match="扫描件只有1页"):
        room.staff.clerk.archives.receive_stamped(
            walk.id, "member-list", room.staff.picture("第一页.png")
        )


# Units and applications


@pytest.mark.parametrize(
    ("fill", "sentence"),
    [
        (lambda d: None, "单位名称"),
        (lambda d: d.name.setText("演示厂"), "单位类型"),
        (
            lambda d: (
                d.name.setText("演示厂"),
                d.kind.setCurrentIndex(0),
                d.employer_code.setText("91420000000000000X"),
            ),
            "信用代码",
        ),
    ],
)
def test_a_unit_is_not_registered_by_half(
    room: Room, fill: Callable[[Any], object], sentence: str
) -> None:
    dialog = UnitDialog(room.staff.clerk, room.tasks)
    room.qtbot.addWidget(dialog)
    dialog.open()
    room.refused(dialog, sentence, fill)


def test_a_unit_stands_once(room: Room) -> None:
    name = case(room.staff).name
    dialog = UnitDialog(room.staff.clerk, room.tasks)
    room.qtbot.addWidget(dialog)
    dialog.open()
    room.refused(dialog, name, lambda d: (d.name.setText(name), d.kind.setCurrentIndex(0)))


def test_only_who_may_review_opens_a_unit(room: Room) -> None:
    unit = room.staff.clerk.units.register(unit_draft(f"演示单位{next(SERIAL)}")).value
    page = room.unit(room.staff.clerk, unit)
    assert "须由审核人办理" in texts(page)
    assert not page.case_card.open_button.isEnabled()
    assert not page.case_card.start_button.isVisible()  # nothing is begun before it is opened


def test_an_application_has_a_plan_and_no_more_shares_than_the_limit(room: Room) -> None:
    unit = opened_unit(room.staff, f"演示单位{next(SERIAL)}")
    page = room.unit(room.staff.clerk, unit)
    dialog: Any = page.acts.dialogs.start_enrolment()
    room.settle()
    assert {spin.maximum() for _tick, spin in dialog.plans.values()} == {1}
    room.refused(dialog, "还没有选保障项目")


def test_a_unit_has_one_open_application_a_year(room: Room) -> None:
    walk = case(room.staff)
    page = room.unit(room.staff.clerk, walk.unit_id)
    assert not page.case_card.start_button.isVisible()
    room.refused(
        page.acts.dialogs.start_enrolment(),
        "2027年度的申请正在办理",
        lambda d: [tick.setChecked(True) for tick, _ in d.plans.values()],
    )


@pytest.mark.parametrize(
    ("at", "year", "kind", "ends", "sentence"),
    [
        ("2023-03-01 09:00", 2023, "first", "", "保障期限内不办理当年度新增单位参保"),
        ("2022-11-11 07:59", 2023, "renewal", "2022-12-31", "不在续保的办理时间内"),
        ("2022-12-10 17:01", 2023, "renewal", "2022-12-31", "不在续保的办理时间内"),
        ("2023-05-10 08:00", 2023, "renewal", "2023-05-31", "最迟应在2023年5月9日办理续保"),
    ],
)
def test_another_scheme_s_windows_and_terms_are_said_as_one_types(
    own_room: Room, at: str, year: int, kind: str, ends: str, sentence: str
) -> None:
    staff = own_room.staff
    use_scheme(staff, "anyang-2023", at, year)
    page = own_room.unit(staff.clerk, opened_unit(staff))

    def fill(dialog: Any) -> None:
        dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
        dialog._on_kind()
        own_room.settle()
        dialog.ends.setText(ends)
        for tick, _spin in dialog.plans.values():
            tick.setChecked(True)
        own_room.settle()
        assert sentence in texts(dialog.preview)

    own_room.refused(page.acts.dialogs.start_enrolment(), sentence, fill)


# Claims


@pytest.mark.parametrize(
    ("day", "plan", "sentence"),
    [
        ("2026-11-30", "hospital", "这一天此人没有这个项目的保障"),
        ("2027-12-1", "hospital", "事件日期晚于今天"),
        ("2026-12-1", "accident", "这一天此人没有这个项目的保障"),
        ("", "hospital", "事发日期"),
    ],
)
def test_a_claim_is_registered_for_who_is_covered_on_the_day(
    room: Room, covered: Row, day: str, plan: str, sentence: str
) -> None:
    room.staff.clock.at = NOW + timedelta(days=(LATER - TODAY).days)
    page = room.claims(room.staff.clerk)

    def fill(dialog: Any) -> None:
        dialog.event_on.setText(day)
        dialog.person.setText(covered[2])
        dialog.look()
        room.settle()
        at = dialog.plan.findData(plan)
        if at < 0:  # only what the person holds is offered
            dialog.plan.addItem(plan, plan)
            at = dialog.plan.findData(plan)
        dialog.plan.setCurrentIndex(at)

    room.refused(page.register(), sentence, fill)


def test_a_claim_waits_for_its_papers_its_amount_and_another_pair_of_eyes(
    room: Room, covered: Row
) -> None:
    claims = room.staff.clerk.claims
    claim = claimed(room, covered, 300_000)
    page = room.claim(room.staff.clerk, claim)
    assert "纸质" in texts(page)
    room.blocked(page, "还缺6份资料")
    for line in claims.get(claim).papers:
        claims.set_paper(claim, line.key, PaperState.KEPT.value)
    claims.move_on(claim)
    page = room.claim(room.staff.clerk, claim)
    room.blocked(page, "须由另一位同事办理")


def test_only_who_decides_may_refuse(room: Room, covered: Row) -> None:
    page = room.claim(room.staff.clerk, claimed(room, covered))
    assert not page.detail.refuse_button.isVisible()


def test_the_same_event_is_claimed_once(room: Room, covered: Row) -> None:
    claimed(room, covered)
    page = room.claims(room.staff.clerk)

    def fill(dialog: Any) -> None:
        dialog.event_on.setText(LATER.isoformat())
        dialog.person.setText(covered[2])
        dialog.look()

    room.refused(page.register(), "此人同日同项目已有", fill)
