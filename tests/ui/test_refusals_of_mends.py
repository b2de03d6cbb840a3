"""Refusals of what is put right or comes too early, met in the window: nothing is stored."""

from __future__ import annotations

from functools import partial

import pytest

from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.mending_dialogs import EffectiveDialog
from tests.services.desks import TODAY, transfer
from tests.ui import refused_windows
from tests.ui.refused_windows import Room, case

office_template = refused_windows.office_template
office, own_office = refused_windows.office, refused_windows.own_office
room, own_room = refused_windows.room, refused_windows.own_room
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


def corrected(day: str, dialog: EffectiveDialog) -> None:
    dialog.effective.setText(day)
    dialog.reason.setText("抄错")


def test_a_first_day_that_is_the_same_or_printed_already_stays(room: Room) -> None:
    page = room.unit(room.staff.clerk, case(room.staff, "printed").unit_id)
    for day, sentence in ((TODAY.isoformat(), "生效日没有改动"), ("2026-12-8", "上是原来的生效日")):
        dialog = opened(EffectiveDialog(page.case(), page))
        room.refused(dialog, sentence, partial(corrected, day))


def test_a_slip_of_another_payment_is_asked_about(room: Room) -> None:
    first, second = case(room.staff, "number"), case(room.staff, "number")
    slip = room.staff.slip()
    room.staff.clerk.payments.record(first.id, transfer(first.due_fen, 10, slip))
    page = room.unit(room.staff.clerk, second.unit_id)
    dialog = page.acts.dialogs.take_next()
    room.refused(dialog, "这张回单已登记在", lambda d: d.slip.set_path(slip))


def test_a_receipt_before_its_money_is_not_recorded(room: Room) -> None:
    page = room.unit(room.staff.clerk, case(room.staff, "paid").unit_id)
    dialog = page.acts.dialogs.take("archive.receipt")
    room.refused(dialog, "的钱还没有确认到账", lambda d: d.number.setText("演示早"))
