"""按流水确认到账 over a real office: all at once, each on its day; what may not says why."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.errors import FileError
from desktop_app.services.drafts import PaymentPart
from desktop_app.services.services import Services
from desktop_app.ui.dialogs.arrivals_dialog import DONE, REFUSED, WAITS, ArrivalsDialog
from desktop_app.ui.pages.reports.match_report import BOOKED, MatchReport
from desktop_app.ui.table import UNREAD
from tests.services.scheme_desks import use_scheme
from tests.services.test_arrivals import DAY, booked, unit
from tests.services.test_matching import came, statement
from tests.services.walks import Walk
from tests.ui import refused_windows
from tests.ui.refused_windows import Room

office_template, room = refused_windows.office_template, refused_windows.room
office = refused_windows.own_office
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


@pytest.fixture
def units(room: Room) -> tuple[Walk, Walk]:
    """Two units whose money the office's own statements show."""
    use_scheme(room.staff, "anyang-2023", "2022-11-21 09:30", 2023)
    first, second = unit(room.staff, "甲厂"), unit(room.staff, "乙厂", 20)
    booked(room.staff, first, "500.00", DAY)
    booked(room.staff, second, "500.00")
    return first, second


def opened_by(room: Room, who: Services) -> ArrivalsDialog:
    """From 认款 · 已认款, as who works there opens it."""
    report = MatchReport(who, room.tasks)
    room.qtbot.addWidget(report)
    report.resize(1366, 768)
    report.show()
    room.settle()
    report.show_list(BOOKED)
    report.booked.arrivals_button.click()
    room.settle()
    dialog = report.findChild(ArrivalsDialog)
    assert isinstance(dialog, ArrivalsDialog)
    return dialog


def states(dialog: ArrivalsDialog) -> list[str]:
    return [row.state for row in dialog.rows]


def test_all_that_wait_are_confirmed_each_on_the_day_of_its_line(
    room: Room, units: tuple[Walk, Walk]
) -> None:
    dialog = opened_by(room, room.staff.reviewer)
    assert dialog.sentence.text() == "等确认到账的申请 2 份,合计 1,000.00 元。"
    assert dialog.confirm_button.text() == "确认到账 2 份"
    assert states(dialog) == [WAITS, WAITS]
    dialog.confirm_button.click()
    room.settle()
    assert states(dialog) == [DONE, DONE]
    assert dialog.banner.text == "已确认到账 2 份,合计 1,000.00 元。"
    assert not dialog.confirm_button.isEnabled()
    days = [room.staff.clerk.enrolments.get(walk.id).payments[0].confirmed_on for walk in units]
    assert days == [date(2022, 11, 20), date(2022, 11, 21)]
    dialog.reject()
    assert opened_by(room, room.staff.reviewer).table.nothing_text.startswith("没有按流水缴齐")


def test_who_booked_them_reads_that_somebody_else_confirms(
    room: Room, units: tuple[Walk, Walk]
) -> None:
    dialog = opened_by(room, room.staff.clerk)
    assert len(units) == len(dialog.rows)
    assert states(dialog) == [REFUSED, REFUSED]
    assert dialog.whole.text() == "这一步由审核人办理。请审核人登录后办理。"
    assert not dialog.confirm_button.isEnabled()
    assert dialog.sentence.text() == "等确认到账的申请 0 份;2 份现在不能确认,原因在表里。"


def test_a_payer_unlike_the_units_own_is_told_before_anything_is_confirmed(room: Room) -> None:
    use_scheme(room.staff, "anyang-2023", "2022-11-21 09:30", 2023)
    booked(room.staff, unit(room.staff, "甲厂", 20), "500.00")
    walk = unit(room.staff, "乙厂")
    [line] = statement(room.staff, came("500.00", "远方公司(演示)", "4300", day=DAY))
    room.staff.clerk.matching.book(line, (PaymentPart(walk.id, 50_000),))
    dialog = opened_by(room, room.staff.reviewer)
    assert [row.line.unit_name for row in dialog.rows] == [walk.name, "甲厂(演示)"]
    assert "其中 1 份的付款人与单位资料不同,请先核对" in dialog.sentence.text()
    assert "远方公司(演示)" in dialog.whole.text()
    assert states(dialog) == [WAITS, WAITS]


def test_a_list_that_was_not_read_does_not_say_that_nothing_waits(
    room: Room, units: tuple[Walk, Walk], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise FileError("busy", "数据正被另一程序占用。", "请稍后再试。")

    monkeypatch.setattr(room.staff.reviewer.matching, "list_arriving", fails)
    dialog = opened_by(room, room.staff.reviewer)
    assert units
    assert dialog.banner.text == "数据正被另一程序占用。"
    assert dialog.table.nothing_text == UNREAD


def test_one_that_a_colleague_sent_back_meanwhile_stops_only_itself(
    room: Room, units: tuple[Walk, Walk]
) -> None:
    first, second = units
    dialog = opened_by(room, room.staff.reviewer)
    payment = room.staff.clerk.enrolments.get(first.id).payments[0].id
    room.staff.clerk.payments.return_(payment, "付错了")
    dialog.confirm_button.click()
    room.settle()
    assert dict(zip([row.line.unit_name for row in dialog.rows], states(dialog), strict=True)) == {
        first.name: REFUSED,
        second.name: DONE,
    }
    assert "还不能做这一步" in next(row.note for row in dialog.rows if row.state == REFUSED)
    assert dialog.banner.text == "已确认到账 1 份,合计 500.00 元。"


def test_a_store_that_fails_stops_them_all_and_says_so(
    room: Room, units: tuple[Walk, Walk], monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened_by(room, room.staff.reviewer)

    def fails(*_given: object) -> None:
        raise FileError("disk-full", "磁盘满了,没有存下来。", "请清理磁盘后再试。")

    monkeypatch.setattr(room.staff.reviewer.payments, "confirm", fails)
    dialog.confirm_button.click()
    room.settle()
    assert states(dialog) == [WAITS] * len(units)
    assert dialog.banner.text == "磁盘满了,没有存下来。"
    assert dialog.confirm_button.isEnabled()
