"""更多 → 工作日历 with a stand-in service: turned by keys and clicks, saved with its notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.domain.calendar_years import YearDraft, fixed_days
from desktop_app.errors import UserError
from desktop_app.services.done import Area, Done
from desktop_app.services.offices.calendar_views import YearChange, YearLine, YearView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.archive_shelf_dialog import ArchiveShelfDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.home.home_page import HomePage
from desktop_app.ui.pages.more.more_calendar import CalendarCard
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.year_calendar import YearCalendar
from tests.ui.desk_standins import BOARD, Desk, OffThread

NOTICE = "演示通知〔2026〕1号"
AT = datetime(2026, 11, 20, 1, tzinfo=UTC)
LINES = (
    YearLine(2026, "corrected", "本机构更正", NOTICE, 247, "陈国华", AT),
    YearLine(2027, "missing", "未录入", "", 259, "", None),
)
CHANGES = tuple(f"3月{day}日由上班改为放假" for day in (2, 3, 4, 5))
VIEWS = {
    2026: YearView(
        LINES[0], fixed_days(2026), (date(2026, 2, 14),), (), CHANGES,
        (YearChange(AT, "陈国华", CHANGES),) * 2,
    ),
    2027: YearView(LINES[1], fixed_days(2027), (), (), (), ()),
}  # fmt: skip
FRIDAY, SATURDAY = date(2027, 2, 5), date(2027, 2, 6)


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.calendars = OffThread(
        list_years=LINES,
        get_year=lambda year: VIEWS[year],
        set_year=Done(1, frozenset({Area.CALENDAR})),
        read_file=lambda _file, year: YearDraft(year, (FRIDAY,), (SATURDAY,), NOTICE),
        save_file=lambda _year, target: str(target),
    )
    return made


@pytest.fixture
def card(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> Iterator[CalendarCard]:
    made = CalendarCard(desk, tasks)
    qtbot.addWidget(made)
    made.resize(1200, 600)
    made.show()
    qtbot.waitUntil(lambda: made.shown is not None)
    yield made
    tasks.wait()


def go_to(calendar: YearCalendar, day: date) -> None:
    calendar.move_to(day)
    assert calendar.cursor_day == day


def saved(desk: Desk) -> list[YearDraft]:
    return [args[0] for name, args in desk.calendars.calls if name == "set_year"]


def test_a_missing_year_is_where_one_begins_and_says_so(card: CalendarCard) -> None:
    assert card.year.currentText() == "2027年 未录入"
    assert card.state.text() == "2027年未录入,请对照国务院办公厅通知;现在只列出了固定节日。"
    assert card.state.property("tone") == "warn"
    assert card.right.text() == "259 个工作日"
    assert card.calendar.days.off == frozenset(fixed_days(2027))
    assert not card.store_button.isEnabled()
    assert not card.after.isEnabled()


def test_space_turns_a_weekday_and_a_weekend_day_and_says_what_it_is_now(
    qtbot: QtBot, card: CalendarCard
) -> None:
    calendar = card.calendar
    go_to(calendar, FRIDAY)
    assert card.day.text() == "2027年2月5日 星期五:上班"
    qtbot.keyClick(calendar, Qt.Key.Key_Space)
    assert card.day.text() == "2027年2月5日 星期五:放假"
    assert calendar.accessibleDescription() == card.day.text()
    qtbot.keyClick(calendar, Qt.Key.Key_Right)
    qtbot.keyClick(calendar, Qt.Key.Key_Return)
    assert card.day.text() == "2027年2月6日 星期六:补班"
    assert (FRIDAY in calendar.days.off, SATURDAY in calendar.days.worked) == (True, True)
    assert card.right.text() == "259 个工作日"
    for _time in range(2):
        qtbot.keyClick(calendar, Qt.Key.Key_Space)
    qtbot.keyClick(calendar, Qt.Key.Key_Space)
    assert SATURDAY not in calendar.days.worked
    assert "有改动,还没有保存" in card.state.text()


def test_a_holiday_at_the_weekend_becomes_a_make_up_day_at_once(card: CalendarCard) -> None:
    go_to(card.calendar, date(2027, 5, 1))
    card.calendar.turn()
    assert card.day.text() == "2027年5月1日 星期六:补班"
    assert date(2027, 5, 1) not in card.calendar.days.off
    assert "法定节日" in card.state.text()


@pytest.mark.parametrize(
    ("key", "day"),
    [
        (Qt.Key.Key_Left, "2027-03-30"),
        (Qt.Key.Key_Right, "2027-04-01"),
        (Qt.Key.Key_Up, "2027-03-24"),
        (Qt.Key.Key_Down, "2027-04-07"),
        (Qt.Key.Key_Home, "2027-01-01"),
        (Qt.Key.Key_End, "2027-12-31"),
        (Qt.Key.Key_PageUp, "2027-02-28"),
        (Qt.Key.Key_PageDown, "2027-04-28"),
    ],
)
def test_keys_walk_through_the_year(
    qtbot: QtBot, card: CalendarCard, key: Qt.Key, day: str
) -> None:
    go_to(card.calendar, date(2027, 3, 31))
    qtbot.keyClick(card.calendar, key)
    assert card.calendar.cursor_day == date.fromisoformat(day)


def test_keys_do_not_leave_the_year(qtbot: QtBot, card: CalendarCard) -> None:
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_A):
        go_to_first = card.calendar.cursor_day == date(2027, 1, 1)
        assert go_to_first
        qtbot.keyClick(card.calendar, key)
    assert card.calendar.cursor_day == date(2027, 1, 1)


@pytest.mark.parametrize("day", ["2027-01-01", "2027-06-30", "2027-07-01", "2027-12-31"])
def test_a_click_turns_the_day_under_it(qtbot: QtBot, card: CalendarCard, day: str) -> None:
    wanted = date.fromisoformat(day)
    was = wanted in card.calendar.days.off
    place = card.calendar.rect_of(wanted)
    qtbot.mouseClick(card.calendar, Qt.MouseButton.LeftButton, pos=place.center())
    assert card.calendar.cursor_day == wanted
    assert (wanted in card.calendar.days.off) is not was
    qtbot.mouseClick(card.calendar, Qt.MouseButton.RightButton, pos=place.center())
    assert (wanted in card.calendar.days.off) is not was


def test_days_do_not_overlap_and_stand_inside(card: CalendarCard, dressed: None) -> None:
    places = [card.calendar.rect_of(date(2027, month, 15)) for month in range(1, 13)]
    assert all(card.calendar.rect().contains(place) for place in places)
    assert len({(place.x(), place.y()) for place in places}) == 12


def test_a_year_is_saved_with_its_notice(qtbot: QtBot, desk: Desk, card: CalendarCard) -> None:
    card.save()
    assert card.banner.text == "请填依据。"
    assert not saved(desk)
    go_to(card.calendar, FRIDAY)
    card.calendar.turn()
    qtbot.keyClicks(card.source, "No. 1")
    qtbot.keyClick(card.source, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.banner.text == "已保存2027年的放假安排。")
    assert saved(desk) == [YearDraft(2027, (*fixed_days(2027), FRIDAY), (), "No. 1")]


def test_what_was_turned_waits_while_one_looks_at_another_year(
    qtbot: QtBot, card: CalendarCard
) -> None:
    go_to(card.calendar, FRIDAY)
    card.calendar.turn()
    card.before.click()
    qtbot.waitUntil(lambda: card.shown is not None and card.shown.line.year == 2026)
    assert "有改动" not in card.state.text()
    assert card.state.text().startswith(
        "本机构更正(陈国华,2026-11-20,共2次),与程序自带的不同:3月2日"
    )
    assert "等4处" in card.state.text()
    assert card.source.text() == NOTICE
    card.after.click()
    qtbot.waitUntil(lambda: card.shown is not None and card.shown.line.year == 2027)
    assert FRIDAY in card.calendar.days.off
    card.undo_button.click()
    assert FRIDAY not in card.calendar.days.off
    assert not card.undo_button.isEnabled()


def test_a_refusal_keeps_what_was_turned(qtbot: QtBot, desk: Desk, card: CalendarCard) -> None:
    desk.calendars.answers["set_year"] = UserError("not-permitted", "没有权限。", "请由负责人办。")
    go_to(card.calendar, FRIDAY)
    card.calendar.turn()
    card.source.setText(NOTICE)
    card.save()
    qtbot.waitUntil(lambda: card.banner.text == "没有权限。")
    assert FRIDAY in card.calendar.days.off
    assert card.save_button.isEnabled()


def test_a_year_that_would_be_emptied_is_saved_by_pressing_once_more(
    qtbot: QtBot, desk: Desk, card: CalendarCard
) -> None:
    asked: list[bool] = []

    def set_year(_draft: YearDraft, *, replace: bool) -> Done[int]:
        asked.append(replace)
        if not replace:
            raise UserError(
                "calendar-replaces", "没有写到的都会去掉。", "确实要整年替换的再保存一次。"
            )
        return Done(1, frozenset({Area.CALENDAR}))

    desk.calendars.answers["set_year"] = set_year
    card.source.setText(NOTICE)
    card.save()
    qtbot.waitUntil(lambda: card.banner.text == "没有写到的都会去掉。")
    go_to(card.calendar, FRIDAY)
    card.calendar.turn()  # changed meanwhile: it is asked again
    card.save()
    qtbot.waitUntil(lambda: asked == [False, False] and card.save_button.isEnabled())
    card.save()
    qtbot.waitUntil(lambda: card.banner.text == "已保存2027年的放假安排。")
    assert asked == [False, False, True]


def test_a_year_comes_from_a_file_and_goes_into_one(
    qtbot: QtBot, desk: Desk, card: CalendarCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: ("/u/2027.toml", ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: ("/u/2026.toml", ""))
    card.load_button.click()
    qtbot.waitUntil(lambda: card.banner.text == "已从文件读入,还没有保存。")
    assert card.calendar.days.worked == {SATURDAY}
    assert card.source.text() == NOTICE
    assert ("read_file", (Path("/u/2027.toml"), 2027)) in desk.calendars.calls
    card.show_year(2026)
    qtbot.waitUntil(card.store_button.isEnabled)
    card.store_button.click()
    qtbot.waitUntil(lambda: card.banner.text == "已存:/u/2026.toml")


def test_a_list_that_is_all_entered_opens_at_its_last_year(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk
) -> None:
    desk.calendars.answers["list_years"] = LINES[:1]
    card = CalendarCard(desk, tasks)
    qtbot.addWidget(card)
    qtbot.waitUntil(lambda: card.shown is VIEWS[2026])


def test_it_is_painted_in_light_dark_and_large(card: CalendarCard, qapp: object) -> None:
    go_to(card.calendar, FRIDAY)
    card.calendar.setFocus()
    for dark, large in ((False, False), (True, False), (False, True)):
        theme.apply(qapp, dark=dark, large=large)  # type: ignore[arg-type]
        assert not card.grab().isNull()
    theme.apply(qapp)  # type: ignore[arg-type]


def test_the_first_page_leads_to_a_year_that_is_missing(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk
) -> None:
    desk.board.answers["board"] = replace(BOARD, missing_years=(2027,))
    page = HomePage(desk, tasks)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.calendar_note.isVisible)
    assert page.calendar_note.text.text().startswith("2027年放假安排未录入")
    with qtbot.waitSignal(page.go) as went:
        page.calendar_note.button.click()
    assert went.args == ["calendar"]
    desk.board.answers["board"] = BOARD
    page.reload()
    qtbot.waitUntil(lambda: not page.calendar_note.isVisible())


def test_the_first_page_leads_to_files_that_should_be_back(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk
) -> None:
    desk.board.answers["board"] = replace(BOARD, overdue_loans=2)
    window = MainWindow(desk, tasks)
    qtbot.addWidget(window)
    window.show()
    note = window.page("home").loans_note
    qtbot.waitUntil(note.isVisible)
    assert note.text.text() == "借出的档案有 2 卷过了应还日期。"
    note.button.click()
    dialog = window.page("receive").findChild(ArchiveShelfDialog)
    assert dialog is not None
    dialog.reject()


def test_the_window_goes_there(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> None:
    window = MainWindow(desk, tasks)
    qtbot.addWidget(window)
    window.go("calendar")
    assert window.page("more").tabs.currentWidget() is window.page("more").calendar
    tasks.wait()
