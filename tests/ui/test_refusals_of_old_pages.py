"""Refusals of a page grown old: another desk has acted on the case since it was read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desktop_app.services.views.enrolments import PaymentLine
from desktop_app.ui.dialogs.base import ActDialog
from desktop_app.ui.dialogs.mending_dialogs import (
    WorkersDialog,
    send_back_dialog,
    void_dialog,
    void_receipt_dialog,
)
from desktop_app.ui.dialogs.refund_dialogs import RefundDialog
from desktop_app.ui.pages.units.unit_page import UnitPage
from tests.services.desks import TODAY
from tests.services.walks import Walk
from tests.ui import refused_windows
from tests.ui.refused_windows import Opener, Room, case, reason, with_case

office_template = refused_windows.office_template
office, room = refused_windows.office, refused_windows.room
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so
Fill = Callable[[Any], object] | None


def stale(
    room: Room, until: str, act: Callable[[Walk], object], open_one: Opener, who: str = "clerk"
) -> ActDialog | None:
    """A dialog of a page that was read before another desk acted on the case."""
    walk = case(room.staff, until)
    page = room.unit(getattr(room.staff, who), walk.unit_id)
    dialog = open_one(page)
    room.settle()
    act(walk)
    return dialog


def next_step(page: UnitPage) -> ActDialog | None:
    return page.acts.dialogs.take_next()


def voided(walk: Walk) -> None:
    walk.staff.reviewer.mending.void(walk.id, "演示作废")


STALE: dict[str, tuple[str, Callable[[Walk], object], Opener, str, Fill, str]] = {
    "approved twice": (
        "submitted",
        lambda w: w.staff.head.enrolments.approve(w.id),
        next_step, "reviewer", None, "还不能做这一步",
    ),
    "void before it was approved": (
        "submitted", voided, next_step, "reviewer", None, "这份申请已经结束",
    ),
    "workers of what was submitted": (
        "roster",
        lambda w: w.submitted(),
        with_case(WorkersDialog), "clerk", reason, "不能再改",
    ),
    "plans of what was submitted": (
        "roster",
        lambda w: w.submitted(),
        lambda page: page.acts.dialogs.change_plans(),
        "clerk",
        lambda d: [tick.setChecked(True) for tick, _spin in d.grid.plans.values()],
        "不能再改",
    ),
    "sent back with money in": (
        "number",
        lambda w: w.paid(),
        with_case(send_back_dialog), "reviewer", reason, "这份申请已登记缴费",
    ),
    "sent back while a draft": (
        "approved",
        lambda w: w.staff.head.mending.send_back(w.id, "演示退回"),
        with_case(send_back_dialog), "reviewer", reason, "还没有审核通过",
    ),
    "void with money in": (
        "number",
        lambda w: w.paid(),
        with_case(void_dialog), "reviewer", reason, "这份申请已登记缴费",
    ),
    "void twice": (
        "number", voided, with_case(void_dialog), "reviewer", reason, "这份申请已经结束",
    ),
    "a submission that was reviewed": (
        "submitted",
        lambda w: w.approved(),
        lambda page: page.acts.dialogs.take_back(), "clerk", None, "没有待审核的提交可取回",
    ),
    "a payment that was returned": (
        "paid",
        lambda w: w.staff.reviewer.payments.return_(payment_of(w).id, "演示退回"),
        lambda page: page.acts.dialogs.send_payment_back(payment_of_page(page)),
        "clerk", reason, "没有这笔缴费,或已经退回",
    ),
    "a payment that was confirmed": (
        "paid",
        lambda w: w.confirmed(),
        lambda page: page.acts.dialogs.send_payment_back(payment_of_page(page)),
        "clerk", reason, "已经确认到账,不能退回",
    ),
    "a receipt that nobody recorded": (
        "confirmed", lambda w: None, with_case(void_receipt_dialog), "reviewer", reason,
        "没有登记着的票据",
    ),
    "a receipt that another desk recorded": (
        "stamped",
        lambda w: w.staff.reviewer.archives.record_receipt(w.id, "演示先登", TODAY, w.due_fen),
        lambda page: page.acts.dialogs.take("archive.receipt"),
        "clerk",
        lambda d: d.number.setText("演示后登"),
        "这份申请已登记票据演示先登",
    ),
    "cover that has begun": (
        "paid",
        lambda w: w.staff.head.enrolments.set_effective(w.id, TODAY, "演示计划书1号"),
        next_step,
        "reviewer",
        lambda d: (d.effective.setText("2026-12-1"), d.document.setText("演示计划书1号")),
        "生效日已经登记过",
    ),
    "a refund that was taken back": (
        "confirmed",
        lambda w: w.staff.clerk.refunds.cancel(w.id, "演示撤回"),
        lambda page: asked(page).acts.dialogs.cancel_refund(),
        "clerk", reason, "没有等着到账的退费",
    ),
    "all the money came back": (
        "confirmed",
        lambda w: (
            w.staff.clerk.refunds.ask(w.id, w.due_fen, TODAY, "全退"),
            w.staff.reviewer.refunds.arrive(w.id, TODAY),
        ),
        with_case(RefundDialog),
        "clerk",
        lambda d: (d.amount.setText("1.00"), reason(d)),
        "这份申请的钱已经全部退还",
    ),
    "all the money went back": (
        "confirmed",
        lambda w: w.staff.clerk.refunds.ask(w.id, w.due_fen, TODAY, "全退"),
        with_case(RefundDialog), "clerk",
        lambda d: (d.amount.setText("1.00"), reason(d)),
        "还没有到账",
    ),
}  # fmt: skip


def payment_of(walk: Walk) -> PaymentLine:
    return walk.staff.clerk.enrolments.get(walk.id).payments[-1]


def payment_of_page(page: UnitPage) -> PaymentLine:
    found = page.case()
    assert found is not None
    return found.view.payments[-1]


def asked(page: UnitPage) -> UnitPage:
    """With a refund on its way."""
    found = page.case()
    assert found is not None
    page.services.refunds.ask(found.view.id, 100, TODAY, "多缴")
    return page


@pytest.mark.parametrize("key", STALE)
def test_what_another_desk_did_meanwhile_is_said_and_nothing_is_done_twice(
    room: Room, key: str
) -> None:
    until, act, open_one, who, fill, sentence = STALE[key]
    room.refused(stale(room, until, act, open_one, who), sentence, fill)
