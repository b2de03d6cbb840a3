"""Calls with units, and the list of whom to call."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models.acts import AuditLine
from desktop_app.services.acts import operation
from desktop_app.services.done import Area
from desktop_app.services.drafts import CallDraft
from tests.services.desks import TODAY, Staff, people, unit_draft
from tests.services.refusals import refused
from tests.services.walks import walked


def opened(staff: Staff, name: str = "明山县演示水厂(演示)", **more: object) -> int:
    unit = staff.clerk.units.register(unit_draft(name, **more)).value
    staff.reviewer.units.open(unit)
    return unit


def test_a_call_is_logged_with_what_was_said(staff: Staff) -> None:
    unit = opened(staff)
    draft = CallDraft(
        "unreported", " 明天报来 ", "周演示", "19900009999", TODAY + timedelta(days=1)
    )
    done = staff.clerk.calls.log(unit, draft)
    assert done.changed == {Area.CALLS}
    staff.reviewer.calls.log(unit, CallDraft("other"))
    newest, first = staff.clerk.calls.list_calls(unit)
    assert (newest.who, newest.about_label, newest.outcome, newest.again_on) == (
        "张敏", "其他", "", None,
    )  # fmt: skip
    assert (first.id, first.who, first.outcome) == (done.value, "王丽", "明天报来")
    assert (first.spoke_with, first.phone) == ("周演示", "19900009999")


@pytest.mark.both_databases
def test_a_repeat_logs_nothing_twice_and_no_word_of_it_is_in_the_audit(staff: Staff) -> None:
    unit, uid = opened(staff), bytes(range(16))
    for _time in range(2):
        with operation(uid):
            staff.clerk.calls.log(unit, CallDraft("unpaid", "某人说的话", "周演示"))
    assert len(staff.clerk.calls.list_calls(unit)) == 1
    with staff.database.reading() as uow:
        query = select(AuditLine).order_by(AuditLine.seq.desc()).limit(1)
        line = uow.session.scalars(query).one()
    assert (line.act, line.subject, line.detail["about"]) == ("call.log", f"unit {unit}", "unpaid")
    assert "周演示" not in str(line.detail)


def test_a_call_that_cannot_be_is_refused(staff: Staff) -> None:
    unit = opened(staff)
    clerk = staff.clerk.calls
    for draft, code in (
        (CallDraft("money"), "call-about"),
        (CallDraft("unpaid", again_on=TODAY - timedelta(days=1)), "date"),
        (CallDraft("unpaid", "长" * 401), "too-long"),
        (CallDraft("unpaid", phone="1" * 41), "too-long"),
    ):
        with refused(staff, code):
            clerk.log(unit, draft)
    with refused(staff, "unit-unknown"):
        clerk.log(99, CallDraft("unpaid"))
    with refused(staff, "unit-unknown"):
        clerk.list_calls(99)
    staff.run("UPDATE unit SET state_code = 'ended'")
    with refused(staff, "unit-ended"):
        clerk.log(unit, CallDraft("unpaid"))


def test_the_list_names_what_each_unit_owes(staff: Staff) -> None:
    nothing = opened(staff, "无名单厂(演示)", area=None)
    draft = walked(staff, "roster", name="草稿厂(演示)", rows=people(10, start=20))
    back = walked(staff, "submitted", name="退回厂(演示)", rows=people(10, start=40))
    staff.reviewer.enrolments.return_(back.id, "漏了1人")
    owing = walked(staff, "number", name="未缴厂(演示)", rows=people(10, start=60))
    differs = walked(staff, "number", name="不符厂(演示)", rows=people(10, start=80))
    differs.pay(40_000, 8)
    seal = walked(staff, "printed", name="未盖章厂(演示)", rows=people(10, start=100))
    staff.clerk.archives.receive_stamped(seal.id, "application")
    rows = {row.unit_id: row for row in staff.clerk.chase.list_rows()}
    assert {unit: (row.about, row.owes) for unit, row in rows.items()} == {
        nothing: ("unreported", "还没有名单"),
        draft.unit_id: ("unreported", "草稿10人"),
        back.unit_id: ("unreported", "审核退回,漏了1人"),
        owing.unit_id: ("unpaid", "10人 · 500.00元"),
        differs.unit_id: ("unpaid", "少2人的钱"),
        seal.unit_id: ("unstamped", "会员名单、确认书"),
    }
    assert (rows[nothing].area, rows[nothing].contact) == ("未分片区", "周演示")
    assert (
        "应缴会费500.00元。请由单位对公账户转账至:户名 中国职工保险互助会"
        in rows[owing.unit_id].message
    )
    assert "已收到的回单与名单不符(少2人的钱:" in rows[differs.unit_id].message
    assert rows[seal.unit_id].message.startswith("未盖章厂(演示):请把盖好章的会员名单、确认书")
    assert all("明山县总工会(演示)" in row.message for row in rows.values())


def test_the_list_is_narrowed_and_ordered(staff: Staff) -> None:
    late = opened(staff, "乙厂(演示)")
    first = opened(staff, "甲厂(演示)")
    lone = opened(staff, "丙厂(演示)", area=None)
    staff.clerk.calls.log(late, CallDraft("unreported", "没有人接", again_on=TODAY))
    staff.reviewer.calls.log(first, CallDraft("unreported"))
    rows = staff.clerk.chase.list_rows("unreported")
    assert [row.unit_id for row in rows] == [late, first, lone]
    assert (rows[0].calls, rows[0].last_call, rows[0].again_on) == (
        1, "12-01 王丽:没有人接", TODAY,
    )  # fmt: skip
    assert rows[1].last_call == "12-01 张敏:已联系"
    assert [row.unit_id for row in staff.clerk.chase.list_rows(area="未分片区")] == [lone]
    assert staff.clerk.chase.list_rows("unpaid") == ()


def test_nothing_is_demanded_while_the_amount_is_open_or_the_payee_unknown(staff: Staff) -> None:
    walk = walked(staff, "approved")
    staff.run("UPDATE enrolment SET due_fen = NULL, total_fen = NULL")
    (row,) = staff.clerk.chase.list_rows("unpaid")
    assert (row.owes, "应缴" in row.message) == ("10人", False)
    assert row.unit_id == walk.unit_id
