"""撤销: an act and its undoing leave the case as the pages showed it; the books keep both."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.models.enrolments import Enrollee
from desktop_app.domain.names import name_key
from desktop_app.errors import UserError
from desktop_app.services.enrolments.draft_states import restore_accounts
from desktop_app.services.enrolments.last_acts import LastAct
from desktop_app.services.services import Services
from tests.services.desks import Staff, people, transfer
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

WHY = "点错了"
Act = Callable[[Walk], object]


def seen(staff: Staff, case: int) -> tuple[Any, ...]:
    """What the pages show of a case: everything but what is there to be read only."""
    view = staff.clerk.enrolments.get(case)
    payments = tuple(one for one in view.payments if one.state != "void")
    joining = tuple(
        replace(line, line_no=0) for line in staff.clerk.rosters.list_people(case) if line.joining
    )
    return replace(view, payments=payments), joining, staff.clerk.rosters.list_parked(case)


def held(staff: Staff) -> set[tuple[int, int, int, str]]:
    """Who holds which plan with how many shares, as the table has it."""
    with staff.database.reading() as uow:
        rows = uow.session.scalars(select(Enrollee)).all()
        return {(row.line_no, row.plan_id, row.shares, row.state_code) for row in rows}


def history(staff: Staff, case: int) -> list[str]:
    return [line.note for line in staff.clerk.enrolments.history(case)]


def slip(walk: Walk) -> object:
    draft = transfer(walk.due_fen, len(walk.rows), walk.staff.picture("同一张回单.png"))
    return walk.staff.clerk.payments.record(walk.id, draft)


def short_slip(walk: Walk) -> object:
    return walk.pay(walk.due_fen - 100, len(walk.rows))


def stamped(walk: Walk) -> object:
    return walk.staff.clerk.archives.receive_stamped(walk.id, "application")


def stamped_scan(walk: Walk) -> object:
    scan = walk.staff.picture("盖章.png")
    return walk.staff.clerk.archives.receive_stamped(walk.id, "application", scan)


def beep(walk: Walk) -> object:
    forms = walk.staff.clerk.enrolments.get(walk.id).forms
    number = next(one.number for one in forms if one.key == "member-list")
    return walk.staff.clerk.receptions.receive(str(number))


PAYER = "unit-and-member"
ACCOUNTS = ((PAYER, "member", 20_000), (PAYER, "union-funds", 30_000))
ACTS: dict[str, tuple[str, Act, str]] = {
    "roster": ("", lambda w: w.roster(), "存入名单"),
    "paper": ("roster", lambda w: w.proof(), "收材料"),
    "submit": ("ready", lambda w: w.staff.clerk.enrolments.submit(w.id), "提交审核"),
    "workers": (
        "roster",
        lambda w: w.staff.clerk.mending.set_workers(w.id, 12, 3, WHY),
        "更正在职人数",
    ),
    "remove": (
        "roster",
        lambda w: w.staff.clerk.mending.remove_people(w.id, (1, 4), WHY),
        "撤出人员",
    ),
    "plan-more": (
        "roster",
        lambda w: w.staff.clerk.drafting.set_plans(w.id, (("hospital", 1), ("accident", 1))),
        "改项目和份数",
    ),
    "plan-other": (
        "roster",
        lambda w: w.staff.clerk.drafting.set_plans(w.id, (("accident", 1),)),
        "改项目和份数",
    ),
    "accounts": (
        "roster",
        lambda w: w.staff.clerk.drafting.set_funding(w.id, ACCOUNTS),
        "填列支渠道",
    ),
    "slip": ("number", slip, "登记缴费"),
    "short-slip": ("number", short_slip, "登记缴费"),
    "stamped": ("printed", stamped, "收盖章件"),
    "stamped-scan": ("printed", stamped_scan, "收盖章件"),
    "beep": ("printed", beep, "收盖章件"),
}


def at(staff: Staff, until: str) -> Walk:
    if until == "":
        return Walk(staff).start()
    if until == "ready":
        walk = walked(staff, "roster")
        walk.proof()
        return walk
    return walked(staff, until)


@pytest.mark.both_databases
@pytest.mark.parametrize("name", ACTS)
def test_an_act_and_its_undoing_leave_the_case_as_it_was(staff: Staff, name: str) -> None:
    until, act, label = ACTS[name]
    walk = at(staff, until)
    before, lines, counts = seen(staff, walk.id), history(staff, walk.id), staff.counts()
    act(walk)
    assert seen(staff, walk.id) != before
    offer = staff.clerk.undo.offer(walk.id)
    assert (offer.may, offer.label, offer.why_not, offer.fresh) == (True, label, "", True)
    assert staff.clerk.undo.undo(walk.id, offer.operation).value == label
    assert seen(staff, walk.id) == before
    assert history(staff, walk.id)[: len(lines)] == lines
    assert history(staff, walk.id)[-1] == f"撤销:{label}"
    after = staff.counts()
    assert after["operation"] >= counts["operation"] + 2
    assert all(after[table] >= rows for table, rows in counts.items())  # nothing is erased
    assert staff.head.audits.verify_chain().ok


@pytest.mark.parametrize("name", ["roster", "submit", "slip", "stamped-scan", "beep"])
def test_what_was_undone_can_be_done_again(staff: Staff, name: str) -> None:
    until, act, _label = ACTS[name]
    walk = at(staff, until)
    act(walk)
    once = staff.clerk.enrolments.get(walk.id)
    staff.clerk.undo.undo(walk.id)
    act(walk)
    again = staff.clerk.enrolments.get(walk.id)
    assert (again.step_key, again.people, again.due_fen, again.papers) == (
        once.step_key, once.people, once.due_fen, once.papers,
    )  # fmt: skip


@pytest.mark.both_databases
def test_shares_and_accounts_come_back_with_the_plans(staff: Staff) -> None:
    staff.head.schemes.confirm_figure("plans.hospital.share_limits.default", 4, "演示文件")
    walk = walked(staff, rows=people(10, women=2), plans=(("hospital", 1), ("women", 1)))
    charges = ((PAYER, "member", 20_000), (PAYER, "union-funds", 34_000))
    staff.clerk.drafting.set_funding(walk.id, charges)
    before, counts = seen(staff, walk.id), staff.counts()
    rows = held(staff)
    staff.clerk.drafting.set_plans(walk.id, (("hospital", 3),))
    assert staff.clerk.enrolments.get(walk.id).charged == ()
    staff.clerk.undo.undo(walk.id)
    assert seen(staff, walk.id) == before
    assert held(staff) == rows
    assert staff.counts()["enrollee"] == counts["enrollee"]
    walk.submitted()
    walk.approved()


@pytest.mark.parametrize("name", ["roster", "remove", "workers"])
def test_what_is_charged_to_which_account_comes_back_with_the_people(
    staff: Staff, name: str
) -> None:
    walk = walked(staff, "roster")
    staff.clerk.drafting.set_funding(walk.id, ACCOUNTS)
    before = seen(staff, walk.id)
    assert len(staff.clerk.enrolments.get(walk.id).charged) == 2
    if name == "roster":
        walk.staff.clerk.rosters.carry_out(walk.read(people(2, start=50)))
    else:
        ACTS[name][1](walk)
    staff.clerk.undo.undo(walk.id)
    assert seen(staff, walk.id) == before


def test_where_nothing_is_undone_the_remedy_fits_the_state(staff: Staff) -> None:
    walk = walked(staff, "roster")
    staff.clerk.undo.undo(walk.id)
    assert staff.clerk.undo.offer(walk.id).remedy == "草稿可以直接改,改好再提交。"
    walk.roster()
    for step in (walk.submitted, walk.approved, walk.number):
        step()
    assert staff.clerk.undo.offer(walk.id).remedy == "需要改动时,请看“更正”里能办的。"
    staff.reviewer.mending.void(walk.id, WHY)
    remedy = staff.reviewer.undo.offer(walk.id).remedy
    assert remedy == "作废的不能恢复,请在单位页面办理新的申请。"


def test_a_draft_changed_before_acts_told_what_there_was_stays() -> None:
    act = LastAct(b"", "enrolment.set-funding", 1, "王丽", datetime.now(UTC), {}, "roster", False)
    nothing: Any = None
    with pytest.raises(UserError, match="“填列支渠道”不能撤销。"):
        restore_accounts(nothing, nothing, act)


@pytest.mark.both_databases
def test_marks_of_a_review_are_taken_back_one_by_one(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    before = seen(staff, walk.id)
    reviews, undo = staff.reviewer.reviews, staff.reviewer.undo
    reviews.mark(walk.id, (1, 4), "照片不清")
    marked = seen(staff, walk.id)
    reviews.mark(walk.id, (4, 5), "已调走")
    assert undo.undo(walk.id).value == "标记退回"
    assert seen(staff, walk.id) == marked
    reviews.unmark(walk.id, (1,))
    assert undo.undo(walk.id).value == "去掉退回标记"
    assert seen(staff, walk.id) == marked
    assert marked != before
    with refused(staff, "undo-done"):
        undo.undo(walk.id)


@pytest.mark.both_databases
def test_what_the_reviewer_returned_waits_for_review_again(staff: Staff) -> None:
    walk = walked(staff, "roster")
    staff.clerk.drafting.set_funding(walk.id, ACCOUNTS)
    walk.submitted()
    staff.reviewer.reviews.mark(walk.id, (1,), "已调走")
    before = seen(staff, walk.id)
    staff.reviewer.enrolments.return_(walk.id, "缺超龄证明")
    assert staff.clerk.enrolments.get(walk.id).people == 9
    assert staff.reviewer.undo.undo(walk.id).value == "退回"
    assert seen(staff, walk.id) == before
    staff.reviewer.reviews.unmark(walk.id, (1,))
    assert history(staff, walk.id)[-2:] == ["缺超龄证明(退回1人)", "撤销:退回"]
    staff.reviewer.enrolments.approve(walk.id)


def test_a_row_dropped_by_mistake_waits_again(staff: Staff) -> None:
    rows = people(11, women=2)
    broken = (rows[10][0], rows[10][1], rows[10][2][:-1], rows[10][3])
    walk = Walk(staff, rows=[*rows[:10], broken]).start()
    walk.roster()
    before = seen(staff, walk.id)
    (line,) = staff.clerk.rosters.list_parked(walk.id)
    staff.clerk.mending.drop_parked(walk.id, line.batch_id, line.seq, WHY)
    assert staff.clerk.rosters.list_parked(walk.id) == ()
    assert staff.clerk.undo.undo(walk.id).value == "放弃待补正"
    assert seen(staff, walk.id) == before
    # a second list mends the row; taken back, the row waits once more
    staff.clerk.rosters.carry_out(walk.read(rows[10:]))
    assert staff.clerk.rosters.list_parked(walk.id) == ()
    assert staff.clerk.undo.undo(walk.id).value == "存入名单"
    assert seen(staff, walk.id) == before


def test_what_a_list_left_waiting_goes_with_it(staff: Staff) -> None:
    rows = people(11, women=2)
    broken = (rows[10][0], rows[10][1], rows[10][2][:-1], "13900000000")
    walk = Walk(staff, rows=[*rows[:10], broken]).start()
    before = seen(staff, walk.id)
    walk.roster()
    staff.clerk.undo.undo(walk.id)
    assert seen(staff, walk.id) == before
    walk.rows = rows
    walk.roster()
    assert staff.clerk.enrolments.get(walk.id).people == 11


def test_a_list_of_wrong_names_taken_back_forbids_the_right_ones_nothing(staff: Staff) -> None:
    rows = people(10, women=2)
    names = [row[1] for row in rows]
    shifted = [(row[0], name, *row[2:]) for row, name in zip(rows, reversed(names), strict=True)]
    walk = Walk(staff, rows=shifted).start()
    walk.roster()
    staff.clerk.undo.undo(walk.id)
    walk.rows = rows
    batch = walk.read(rows)
    assert staff.clerk.rosters.plan_view(batch).rejected == 0
    staff.clerk.rosters.carry_out(batch)
    listed = staff.clerk.rosters.list_people(walk.id)
    assert [one.name for one in listed if one.joining] == names
    found = "SELECT name_key FROM member WHERE identity_no = :no"
    assert staff.value(found, no=rows[0][2]) == name_key(names[0])
    other = Walk(staff, "演示二小", rows=shifted).start()  # of people who are on a list now
    assert staff.clerk.rosters.plan_view(other.read(shifted)).accepted == 0


def test_a_row_dropped_by_hand_does_not_come_back_with_a_list_undone(staff: Staff) -> None:
    rows = people(12, women=2)
    broken = [(row[0], row[1], row[2][:-1], row[3]) for row in rows[10:]]
    walk = Walk(staff, rows=[*rows[:10], *broken]).start()
    walk.roster()
    first, second = staff.clerk.rosters.list_parked(walk.id)
    staff.clerk.mending.drop_parked(walk.id, first.batch_id, first.seq, WHY)
    staff.clerk.rosters.carry_out(walk.read(rows[11:]))
    staff.clerk.undo.undo(walk.id)
    assert staff.clerk.rosters.list_parked(walk.id) == (second,)


@pytest.mark.both_databases
def test_a_case_handed_in_again_and_taken_back_was_handed_in_when_it_was(
    staff: Staff,
) -> None:
    walk = walked(staff, "submitted")
    staff.reviewer.enrolments.return_(walk.id, "缺页")
    last = "SELECT submitted_at FROM enrolment WHERE id = :id"
    before, shown = staff.value(last, id=walk.id), seen(staff, walk.id)
    staff.clock.at += timedelta(days=2)
    staff.clerk.enrolments.submit(walk.id)
    assert staff.value(last, id=walk.id) != before
    staff.clerk.undo.undo(walk.id)
    assert staff.value(last, id=walk.id) == before
    assert seen(staff, walk.id) == shown
    assert history(staff, walk.id)[-3:] == ["缺页", "", "撤销:提交审核"]


def test_the_last_act_is_the_last_though_the_clock_was_put_back(staff: Staff) -> None:
    walk = walked(staff, "roster")
    staff.clock.at -= timedelta(days=5)
    staff.clerk.mending.set_workers(walk.id, 12, 3, WHY)
    assert staff.clerk.undo.offer(walk.id).label == "更正在职人数"
    assert staff.clerk.undo.undo(walk.id).value == "更正在职人数"
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.at_work, view.women, view.people) == (10, 2, 10)


def test_undoing_twice_is_refused(staff: Staff) -> None:
    walk = walked(staff, "roster")
    staff.clerk.undo.undo(walk.id)
    assert staff.clerk.undo.offer(walk.id).may is False
    with refused(staff, "undo-done"):
        staff.clerk.undo.undo(walk.id)


def test_another_persons_act_is_not_undone(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    offer = staff.reviewer.undo.offer(walk.id)
    assert offer.why_not == "最近一步“提交审核”是王丽办的,不能由您撤销。"
    assert offer.remedy == "请由本人撤销,或由审核人退回后再改。"
    assert not offer.fresh
    with refused(staff, "undo-other-person"):
        staff.reviewer.undo.undo(walk.id)
    staff.reviewer.enrolments.attach_paper(walk.id, "over-age-proof", staff.picture())
    with refused(staff, "undo-other-person"):
        staff.clerk.undo.undo(walk.id)


def refuses(code: str, until: str, act: Callable[[Services, Walk], object] | None = None) -> Any:
    return pytest.param(until, act, code, id=f"{until}-{code}")


@pytest.mark.parametrize(
    ("until", "act", "code"),
    [
        refuses("undo-left-office", "printed"),
        refuses("undo-not-this", "number"),
        refuses("undo-not-this", "roster", lambda s, w: s.mending.void(w.id, WHY)),
        refuses("undo-not-this", "submitted", lambda s, w: s.enrolments.approve(w.id)),
    ],
)
def test_what_left_the_office_or_was_settled_stays(
    staff: Staff, until: str, act: Callable[[Services, Walk], object] | None, code: str
) -> None:
    walk = walked(staff, until)
    if act is not None:
        act(staff.reviewer, walk)
    doer = staff.clerk if act is None else staff.reviewer
    with refused(staff, code):
        doer.undo.undo(walk.id)
    assert doer.undo.offer(walk.id).why_not


def test_a_step_that_the_scheme_does_not_open_is_not_undone(staff: Staff) -> None:
    walk = walked(staff, "paid")
    staff.clerk.enrolments.attach_paper(walk.id, "over-age-proof", staff.picture())
    with refused(staff, "undo-not-allowed"):
        staff.clerk.undo.undo(walk.id)


def test_only_what_was_offered_is_undone(staff: Staff) -> None:
    walk = walked(staff, "roster")
    offer = staff.clerk.undo.offer(walk.id)
    walk.proof()
    with refused(staff, "moved"):
        staff.clerk.undo.undo(walk.id, offer.operation)


def test_a_fee_confirmed_since_stands_in_the_way(staff: Staff) -> None:
    walk = walked(staff, "roster")
    before = staff.clerk.enrolments.get(walk.id).due_fen
    staff.head.schemes.confirm_figure("plans.hospital.fee_fen", 6_000, "演示文件")
    assert staff.clerk.enrolments.get(walk.id).due_fen != before
    with refused(staff, "undo-other-person"):
        staff.clerk.undo.undo(walk.id)


def test_a_unit_edited_since_is_not_set_back(staff: Staff) -> None:
    walk = walked(staff, "roster")
    staff.clerk.mending.set_workers(walk.id, 12, 3, WHY)
    draft = staff.clerk.units.get(walk.unit_id).draft
    staff.clerk.units.edit(walk.unit_id, replace(draft, at_work=13))
    with refused(staff, "changed-since"):
        staff.clerk.undo.undo(walk.id)


def test_who_joined_another_unit_since_stays_there(staff: Staff) -> None:
    walk = walked(staff, "roster")
    staff.clerk.mending.remove_people(walk.id, (5,), WHY)
    other = Walk(staff, name="安平小学(演示)", rows=walk.rows[4:5], at_work=1, women=None).start()
    other.roster()
    with refused(staff, "duplicate-elsewhere"):
        staff.clerk.undo.undo(walk.id)


def test_an_act_of_yesterday_is_not_fresh_and_may_still_be_undone(staff: Staff) -> None:
    walk = walked(staff, "roster")
    staff.clock.at += timedelta(days=1)
    offer = staff.clerk.undo.offer(walk.id)
    assert (offer.may, offer.fresh) == (True, False)


@pytest.mark.both_databases
def test_what_lies_far_back_is_no_slip_of_the_hand(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    staff.run("UPDATE desk SET audit_seq = audit_seq + 9000")
    assert staff.clerk.undo.offer(walk.id).operation == ""
    with refused(staff, "undo-nothing"):
        staff.clerk.undo.undo(walk.id)
    with refused(staff, "undo-nothing"):
        staff.clerk.undo.withdraw_submission(walk.id)


def test_who_handed_a_case_in_takes_it_back_after_other_acts_too(staff: Staff) -> None:
    walk = walked(staff, "roster")
    walk.proof()
    before = seen(staff, walk.id)
    staff.clerk.enrolments.submit(walk.id)
    staff.clerk.enrolments.attach_paper(walk.id, "insurance-proof", staff.picture("另一张.png"))
    with refused(staff, "undo-other-person"):
        staff.reviewer.undo.withdraw_submission(walk.id)
    assert not staff.reviewer.undo.offer(walk.id).take_back
    assert staff.clerk.undo.offer(walk.id).take_back
    staff.clerk.undo.withdraw_submission(walk.id)
    after = seen(staff, walk.id)
    assert replace(after[0], papers=before[0].papers) == before[0]
    assert history(staff, walk.id)[-1] == "取回提交"
    assert not staff.clerk.undo.offer(walk.id).take_back
    with refused(staff, "wrong-step"):
        staff.clerk.undo.withdraw_submission(walk.id)
    staff.clerk.enrolments.submit(walk.id)
    staff.reviewer.enrolments.approve(walk.id)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_with_a_draft_its_undoing_restores_what_the_pages_show(
    staff: Staff, seed: int
) -> None:
    drawn = random.Random(seed)
    rows = people(16, women=4)
    walk = Walk(staff, rows=rows[:10], at_work=14, women=4).start()
    walk.proof()
    pool: list[Act] = [
        lambda w: staff.clerk.rosters.carry_out(w.read(drawn.sample(rows, 4))),
        lambda w: staff.clerk.mending.remove_people(w.id, (drawn.choice(joining(staff, w)),), WHY),
        lambda w: staff.clerk.mending.set_workers(w.id, drawn.randint(16, 20), 4, WHY),
        lambda w: staff.clerk.enrolments.attach_paper(
            w.id, "over-age-proof", staff.picture(f"{drawn.randint(0, 2)}.png")
        ),
    ]
    walk.roster()
    for _ in range(8):
        before = seen(staff, walk.id)
        act = drawn.choice(pool)
        act(walk)
        if drawn.random() < 0.7:
            staff.clerk.undo.undo(walk.id)
            assert seen(staff, walk.id) == before


def joining(staff: Staff, walk: Walk) -> list[int]:
    return [line.line_no for line in staff.clerk.rosters.list_people(walk.id) if line.joining]


@pytest.mark.both_databases
def test_the_receipt_recorded_last_is_taken_back_where_the_scheme_allows(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    staff.clerk.archives.record_receipt(walk.id, "演示1O", staff.clerk.office.view().today, 50_000)
    assert staff.clerk.undo.undo(walk.id).value == "登记票据"
    assert staff.value("SELECT state_code FROM dues_receipt") == "void"
    walk.finished()
    assert staff.value("SELECT count(*) FROM dues_receipt WHERE state_code = 'valid'") == 1
