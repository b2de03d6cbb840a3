"""The first screen: who has to act, what presses, how the drive stands, counted from the ledger."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.files import BACKUPS
from desktop_app.services.board.progress import progress_text
from desktop_app.services.drafts import CallDraft, EnrolmentDraft
from desktop_app.services.schemes.schemes import home_scheme_file
from desktop_app.services.views.board import NO_AREA, AreaProgress, Heads, Mark, UnitLine
from tests.services.desks import TODAY, Staff, people, unit_draft
from tests.services.refusals import refused
from tests.services.scheme_desks import case_of, local, use_scheme
from tests.services.test_sent_back import sent
from tests.services.walks import Walk, walked


def marks(staff: Staff, unit_id: int) -> set[str]:
    return set(line(staff, unit_id).marks)


def line(staff: Staff, unit_id: int) -> UnitLine:
    return next(one for one in staff.clerk.board.list_lines() if one.id == unit_id)


def told(parts: tuple[object, ...]) -> str:
    return " · ".join(f"{part.units}家{part.label}" for part in parts)  # type: ignore[attr-defined]


def test_the_board_counts_what_waits_for_whom(staff: Staff) -> None:
    draft, waiting = (
        walked(staff, "roster"),
        walked(staff, "submitted", name="安平小学(演示)", rows=people(10, start=50)),
    )
    staff.clerk.units.register(unit_draft("待开户厂(演示)"))
    clerk, reviewer = staff.clerk.board.board(), staff.reviewer.board.board()
    assert (clerk.waiting.units, told(clerk.waiting_parts)) == (1, "1家草稿")
    assert reviewer.waiting.units == 2
    assert {part.label for part in reviewer.waiting_parts} == {"待审核", "待开户"}
    assert (clerk.year, clerk.today, clerk.units) == (2027, TODAY, 3)
    assert clerk.reported == Heads(1, 10, 0)  # a draft's people are not there yet
    rows = {row.enrolment_id: row for row in clerk.rows}
    assert (rows[draft.id].tone, rows[draft.id].note) == (
        "warn", "缺湖北省社会保险缴纳证明(单位专用)",
    )  # fmt: skip
    assert rows[draft.id].size == "10人 · 500.00"
    assert (rows[waiting.id].tone, rows[waiting.id].note) == ("plain", "王丽 12-01 09:02")
    assert (rows[None].step_label, rows[None].next_label) == ("待开户", "审核开户")
    assert (rows[None].note, rows[None].size) == ("12-01 登记", "在职10人")


def test_a_registration_sent_back_waits_to_be_mended(staff: Staff) -> None:
    unit = staff.clerk.units.register(unit_draft("退回厂(演示)", at_work=None, women=None)).value
    staff.reviewer.units.return_(unit, "缺证书")
    board = staff.clerk.board.board()
    (row,) = board.rows
    assert (row.note, row.tone, row.size, row.next_label) == ("缺证书", "warn", "", "补正登记")
    assert told(board.mend_parts) == "1家退回"
    assert board.whole == AreaProgress("", 0, 0, 0, 0)
    assert marks(staff, unit) == {Mark.RETURNED, Mark.MEND}


def test_the_board_names_what_differs_and_what_came_back(staff: Staff) -> None:
    late = [
        walked(staff, "number", name=f"{name}厂(演示)", rows=people(10, start=50 * at))
        for at, name in enumerate(("甲", "乙"))
    ]
    for walk in late:
        walk.pay(40_000, 8)
    back = walked(staff, "submitted", name="丁厂(演示)", rows=people(10, start=200))
    staff.reviewer.enrolments.return_(back.id, "漏了1人")
    board = staff.clerk.board.board()
    assert (board.mend.units, told(board.mend_parts)) == (3, "1家退回 · 2家缴费不符")
    assert [row.tone for row in board.rows] == ["late", "late", "warn"]
    assert (board.rows[0].note, board.rows[-1].note) == ("少2人的钱", "漏了1人")
    assert board.due.units == 0  # money that differs is no day that presses
    assert marks(staff, back.unit_id) == {
        Mark.ACTIVE, Mark.UNREPORTED, Mark.RETURNED, Mark.MEND, Mark.WAITING,
    }  # fmt: skip
    assert board.paid == Heads(0, 0, 0)


def test_money_from_a_person_differs_whatever_its_sum(staff: Staff) -> None:
    walk = walked(staff, "number")
    walk.pay(walk.due_fen, 10, payer_is_person=True)
    (row,) = staff.clerk.board.board().rows
    assert row.note == "付款的是个人账户"
    assert Mark.UNPAID in marks(staff, walk.unit_id)


def test_people_whom_the_province_sent_back_wait_to_be_decided_on(staff: Staff) -> None:
    folder = staff.papers / "上报"
    folder.mkdir()
    walk = sent(staff, folder)
    board = staff.clerk.board.board()
    assert told(board.mend_parts) == "1家上报退回"
    (row,) = board.rows
    assert (row.note, row.tone, row.next_label) == (
        "上报后退回的2人还没有处理", "warn", "处理退回的人",
    )  # fmt: skip
    assert (board.reported.people, line(staff, walk.unit_id).people) == (8, 8)
    staff.run("UPDATE enrolment SET state_code = 'finished'")  # also where the case is finished
    assert [one.note for one in staff.clerk.board.board().rows] == [row.note]
    staff.clerk.sent_back.withdraw(walk.id, (1, 3), "已在原单位参加")
    assert staff.clerk.board.board().rows == ()
    assert Mark.MEND not in marks(staff, walk.unit_id)


def test_money_asked_back_is_counted_until_it_arrives(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    staff.run("UPDATE enrolment SET people = 9, due_fen = 45000, total_fen = 45000")
    staff.clerk.refunds.ask(walk.id, 5_000, TODAY, "多缴")
    board = staff.clerk.board.board()
    assert (board.mend.units, told(board.mend_parts)) == (1, "1家退费未到账")
    assert {Mark.REFUND, Mark.MEND} <= marks(staff, walk.unit_id)
    (row,) = board.rows
    assert (row.note, row.next_label) == ("会费票据没有登记", "核对档案并办结")
    staff.run("UPDATE enrolment SET state_code = 'finished'")
    staff.head.schemes.set_year(2028)  # the money is owed in another year too
    (row,) = staff.clerk.board.board().rows
    assert (row.note, row.tone, row.next_label) == (
        "2027年度 退费50.00元还没有到账", "warn", "登记退费到账",
    )  # fmt: skip
    assert Mark.UNREPORTED in marks(staff, walk.unit_id)
    staff.reviewer.refunds.arrive(walk.id, TODAY)
    assert staff.clerk.board.board().rows == ()
    assert not {Mark.REFUND, Mark.MEND} & marks(staff, walk.unit_id)


def test_what_the_next_step_misses_is_said_in_the_row(staff: Staff) -> None:
    few = Walk(staff, rows=people(5), at_work=10).start()
    few.roster()
    few.proof()
    (row,) = staff.clerk.board.board().rows
    assert row.note == "在职10人,应不少于10人,还差5人"


def test_a_finished_case_waits_for_nobody(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    walk.finished()
    board = staff.clerk.board.board()
    assert (board.waiting.units, board.waiting_parts, board.rows) == (0, (), ())
    assert board.finished == board.paid == board.reported == Heads(1, 10, 50_000)
    assert marks(staff, walk.unit_id) == {Mark.ACTIVE, Mark.REPORTED, Mark.PAID, Mark.FINISHED}


def test_people_added_later_count_once_they_are_handed_in(staff: Staff) -> None:
    walk = walked(staff, "stamped", rows=people(10))
    walk.finished()
    draft = EnrolmentDraft("on-behalf", walk.plans, 20, 0, "addition")
    more = replace(walk, rows=people(10, start=30))
    more.id = staff.clerk.enrolments.start(walk.unit_id, draft).value
    more.roster()
    board = staff.clerk.board.board()
    assert (board.reported, line(staff, walk.unit_id).people) == (Heads(1, 10, 50_000), 10)
    assert board.rows[0].note == "缺湖北省社会保险缴纳证明(单位专用)"
    more.submitted()
    board = staff.clerk.board.board()
    assert (board.reported.people, board.paid.people, board.whole.reported) == (20, 10, 1)


def test_a_case_of_another_year_still_waits_but_counts_for_its_own(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    staff.head.schemes.set_year(2028)
    board = staff.reviewer.board.board()
    (row,) = board.rows
    assert row.note == "2027年度 王丽 12-01 09:02"
    assert (board.waiting.units, board.reported.units) == (1, 0)
    assert {Mark.UNREPORTED, Mark.ACTIVE} <= marks(staff, walk.unit_id)


def test_a_step_of_two_persons_waits_for_everybody_but_who_took_the_one_before(
    staff: Staff,
) -> None:
    walk = walked(staff, "paid")
    assert Mark.WAITING not in marks(staff, walk.unit_id)  # the clerk recorded the slip himself
    assert staff.reviewer.board.board().waiting.units == 1
    assert staff.head.board.board().waiting.units == 1
    assert staff.admin.board.board().waiting.units == 0


def test_a_unit_that_works_in_the_province_s_system_is_paid_once_confirmed(staff: Staff) -> None:
    walk = Walk(staff, handling="by-unit").start()
    clerk = staff.clerk
    clerk.business_numbers.follow(walk.id, 10, walk.due_fen, "ZB1")
    clerk.enrolments.submit(walk.id)
    staff.reviewer.enrolments.approve(walk.id)
    assert Mark.UNPAID in marks(staff, walk.unit_id)
    short = walk.pay(walk.due_fen - 100, None)
    assert Mark.DIFFERS in marks(staff, walk.unit_id)
    staff.reviewer.enrolments.set_effective(walk.id, TODAY, "演示1号")
    with refused(staff, "payment-differs"):
        staff.reviewer.payments.confirm(walk.id, TODAY)
    clerk.payments.return_(short, "少缴1元")
    walk.pay(walk.due_fen, None)
    staff.reviewer.payments.confirm(walk.id, TODAY)
    found = marks(staff, walk.unit_id)
    assert {Mark.PAID, Mark.UNSTAMPED} <= found
    assert not {Mark.DIFFERS, Mark.UNPAID} & found


@pytest.mark.both_databases
def test_the_drive_is_counted_by_area_against_its_aim(staff: Staff) -> None:
    walked(staff, "approved")
    walked(staff, "submitted", name="第二家(演示)", rows=people(10, start=50))
    lone = staff.clerk.units.register(unit_draft("无片区厂(演示)", area=None)).value
    staff.reviewer.units.open(lone)
    board = staff.clerk.board.board()
    assert board.areas == (AreaProgress("城区片", 2, 2, 0, 0), AreaProgress(NO_AREA, 1, 0, 0, 0))
    assert (board.whole.active, board.whole.unreported) == (3, 1)
    assert board.target is None
    with refused(staff, "target"):
        staff.head.schemes.set_target(2027, 0)
    for aim in (900, 1200):
        staff.head.schemes.set_target(2027, aim)
        assert staff.clerk.board.board().target == aim
    assert "完成目标0.0%" in progress_text(staff.clerk.board.board())


def test_an_ended_unit_owes_nothing(staff: Staff) -> None:
    unit = staff.clerk.units.register(unit_draft()).value
    staff.run("UPDATE unit SET state_code = 'ended'")
    assert marks(staff, unit) == set()
    assert staff.clerk.board.board().rows == ()


def with_drive(staff: Staff, closes_on: str) -> None:
    """The office's scheme as a new version that names this year's last day."""
    text = home_scheme_file().read_text("utf-8")
    text = text.replace(
        "[funding]",
        f'[[drives]]\nyear = 2027\ncloses_on = {closes_on}\nsource = "演示"\n\n[funding]',
    )
    file = staff.papers / "方案.toml"
    file.write_text(text, "utf-8")
    staff.head.schemes.take_over(file)


def test_a_drive_s_last_day_presses_who_handed_in_nothing(staff: Staff) -> None:
    late = walked(staff, "roster")
    done = walked(staff, "submitted", name="安平小学(演示)", rows=people(10, start=50))
    with_drive(staff, "2026-12-10")
    board = staff.clerk.board.board()
    assert (board.closes_on, told(board.due_parts)) == (date(2026, 12, 10), "1家集中办理将截止")
    assert line(staff, late.unit_id).due_text == "集中办理2026年12月10日截止"
    assert Mark.DUE not in marks(staff, done.unit_id)
    assert (board.rows[0].unit, board.rows[0].tone) == (late.name, "late")
    (row,) = staff.clerk.chase.list_rows("unreported")
    assert "请于2026年12月10日前把名单" in row.message
    staff.clock.at += timedelta(days=20)
    assert staff.clerk.board.board().due.units == 0
    assert "请尽快把名单" in staff.clerk.chase.list_rows("unreported")[0].message


def test_a_cover_that_ends_presses_until_it_is_renewed(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    assert Mark.ENDING not in marks(staff, walk.unit_id)
    staff.head.schemes.set_year(2028)
    staff.clock.at += timedelta(days=320)  # covered until 2027-11-30
    assert {Mark.DUE, Mark.ENDING} <= marks(staff, walk.unit_id)
    (row,) = staff.clerk.chase.list_rows("unreported")
    assert "原保障到2027年11月30日24时止" in row.message


def test_a_promised_call_presses_until_another_is_logged(staff: Staff) -> None:
    unit = staff.clerk.units.register(unit_draft()).value
    staff.reviewer.units.open(unit)
    staff.clerk.calls.log(unit, CallDraft("unreported", again_on=TODAY + timedelta(days=1)))
    assert Mark.CALL not in marks(staff, unit)
    staff.clock.at += timedelta(days=1)
    assert Mark.CALL in marks(staff, unit)
    staff.clerk.calls.log(unit, CallDraft("unreported"))
    assert Mark.CALL not in marks(staff, unit)


def test_a_scheme_without_money_counts_whom_it_has_approved(staff: Staff) -> None:
    use_scheme(staff, "beijing", "2026-12-01 09:00", 2027)
    walk = case_of(staff, "beijing")
    (row,) = staff.clerk.board.board().rows
    assert row.tone == "plain"
    staff.clerk.enrolments.submit(walk.id)
    board = staff.clerk.board.board()
    assert (board.asks_money, board.paid_word, board.paid.people) == (False, "已审核", 0)
    assert board.rows[0].tone == "plain"  # its first day follows from the rule, nothing is missing
    staff.reviewer.enrolments.approve(walk.id)
    board = staff.clerk.board.board()
    assert (board.reported, board.paid) == (Heads(1, 10, 0), Heads(1, 10, 0))
    assert "金额" not in progress_text(board)
    assert {Mark.PAID, Mark.UNSTAMPED} <= marks(staff, walk.unit_id)


def test_where_unions_bear_all_of_it_nobody_is_asked_for_money(staff: Staff) -> None:
    walk = walked(staff, "approved")
    staff.run("UPDATE enrolment SET due_fen = 0")
    assert {Mark.PAID} <= marks(staff, walk.unit_id)
    assert staff.clerk.board.board().rows[0].size == "10人 · 0.00(合计500.00)"


def test_a_renewal_by_working_days_presses_by_its_own_day(staff: Staff) -> None:
    use_scheme(staff, "anyang-2023", "2022-11-20 09:00", 2023)
    walk = case_of(staff, "anyang-2023")
    walk.submitted()
    walk.approved()
    (row,) = staff.clerk.chase.list_rows("unpaid")
    assert "请由单位对公账户转账,并把银行回单发给我们" in row.message  # no payee is known
    staff.run("UPDATE enrolment SET year = 2022, state_code = 'finished', until_on = '2023-03-01'")
    staff.clock.at = local("2023-02-01 09:00")
    found = line(staff, walk.unit_id)
    assert found.due_text.startswith("最迟2023年2月")
    assert found.due_text.endswith("办续保,保障到2023年2月28日")


def test_a_report_is_the_board_with_the_list_it_was_counted_from(staff: Staff) -> None:
    walked(staff, "approved")
    report = staff.clerk.board.report()
    assert report.board == staff.clerk.board.board()
    assert report.lines == staff.clerk.board.list_lines()


@pytest.mark.parametrize(("days", "said"), [(0, "今天 09:02,已验证"), (1, "12-01 09:02,已验证")])
def test_the_board_says_when_the_last_backup_was_made(staff: Staff, days: int, said: str) -> None:
    assert staff.clerk.board.board().last_backup == "还没有备份"
    made = staff.desk.folder / BACKUPS / "20261201T010203Z"
    made.mkdir(parents=True)
    (made / "manifest.json").write_text("{}")
    staff.clock.at += timedelta(days=days)
    assert staff.clerk.board.board().last_backup == said
    shutil.rmtree(made)


def test_the_board_names_no_amount_while_a_fee_is_open(staff: Staff) -> None:
    staff.run("DELETE FROM scheme_figure WHERE path LIKE 'plans.%'")
    walked(staff)
    (row,) = staff.clerk.board.board().rows
    assert row.size == "10人"
