"""The office's own years of the work calendar: set by the head, laid over, with their history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.identifiers import new_uid
from db.models.acts import AuditLine, ChangeLog
from db.models.calendar import CalendarYear
from desktop_app.domain.calendar_years import YearDraft, fixed_days
from desktop_app.errors import FileError, UserError
from desktop_app.services.acts import operation
from desktop_app.services.done import Area
from desktop_app.services.office_calendar import carried_calendar
from desktop_app.services.offices.calendars import MOST_BYTES
from tests.services.desks import Staff
from tests.services.refusals import refused

NOTICE = "演示通知〔2026〕1号"
SATURDAY, MONDAY = date(2027, 2, 13), date(2027, 2, 8)
YEAR_2027 = YearDraft(2027, (*fixed_days(2027), MONDAY), (SATURDAY,), NOTICE)


def corrected(year: int = 2026, *, source: str = "更正通知(演示)") -> YearDraft:
    """A carried year with one more day off."""
    days = carried_calendar().years[year]
    more = date(year, 3, 2) + timedelta(days=(7 - date(year, 3, 2).weekday()) % 7)
    return YearDraft(year, (*days.off, more), tuple(days.worked), source)


def test_a_year_the_office_sets_is_counted_by_at_once(staff: Staff) -> None:
    assert not staff.desk.calendar().knows(2027)
    done = staff.head.calendars.set_year(YEAR_2027)
    assert done.changed == {Area.CALENDAR}
    calendar = staff.clerk.calendars.in_force()
    assert calendar.is_working(SATURDAY)
    assert not calendar.is_working(MONDAY)
    assert calendar.knows(2026)
    with staff.database.reading() as uow:
        assert staff.desk.calendar(uow.session) is calendar


def test_a_colleague_s_change_behind_this_desk_is_seen(staff: Staff) -> None:
    staff.head.calendars.set_year(YEAR_2027)
    first = staff.desk.calendar()
    assert staff.desk.calendar() is first
    staff.run("UPDATE calendar_year SET worked = '[]', row_version = row_version + 1")
    assert not staff.desk.calendar().is_working(SATURDAY)


def test_the_years_tell_where_they_come_from(staff: Staff) -> None:
    before = {one.year: one for one in staff.clerk.calendars.list_years()}
    assert list(before) == list(range(2019, 2028))
    assert (before[2026].state, before[2027].state) == ("carried", "missing")
    assert before[2026].working_days == 248
    staff.head.calendars.set_year(YEAR_2027)
    staff.head.calendars.set_year(corrected())
    after = {one.year: one for one in staff.clerk.calendars.list_years()}
    assert (after[2026].state_label, after[2027].state_label) == ("本机构更正", "本机构录入")
    assert (after[2027].source, after[2027].set_by) == (NOTICE, "陈国华")
    assert after[2027].set_at == staff.clock.at
    assert after[2026].working_days == 247


def test_a_missing_year_begins_with_the_fixed_holidays(staff: Staff) -> None:
    view = staff.clerk.calendars.get_year(2027)
    assert (view.off, view.worked) == (fixed_days(2027), ())
    assert (view.line.state, view.line.source, view.doubts) == ("missing", "", ())
    assert view.history == view.against_carried == ()
    with pytest.raises(UserError) as caught:
        staff.clerk.calendars.get_year(9999)
    assert caught.value.code == "calendar-year"


def test_a_corrected_year_shows_what_the_office_changed(staff: Staff) -> None:
    draft = corrected()
    staff.head.calendars.set_year(draft)
    view = staff.clerk.calendars.get_year(2026)
    assert view.line.state == "corrected"
    assert view.against_carried[0] == "3月2日由上班改为放假"
    assert (view.off, view.worked) == (draft.off, draft.worked)
    (only,) = view.history
    assert (only.by, only.changes) == ("陈国华", view.against_carried)
    assert staff.clerk.calendars.get_year(2025).against_carried == ()


@pytest.mark.both_databases
def test_a_later_correction_keeps_the_history(staff: Staff) -> None:
    staff.head.calendars.set_year(YEAR_2027)
    first = staff.clock.at
    staff.clock.at += timedelta(days=3)
    again = YearDraft(2027, YEAR_2027.off, (), "更正通知(演示)")
    staff.head.calendars.set_year(again)
    staff.clock.at += timedelta(days=1)
    staff.head.calendars.set_year(YEAR_2027)
    newest, middle, oldest = staff.clerk.calendars.get_year(2027).history
    assert newest.changes == (
        "2月13日由周末改为补班",
        f"依据由“更正通知(演示)”改为“{NOTICE}”",
    )
    assert middle.changes[0] == "2月13日由补班改为周末"
    assert (oldest.at, oldest.changes) == (first, ("录入",))
    assert (newest.at, middle.at) == (staff.clock.at, first + timedelta(days=3))
    with staff.database.reading() as uow:
        assert len(uow.session.scalars(select(CalendarYear)).all()) == 1
        of_years = ChangeLog.table_name == CalendarYear.__tablename__
        logged = uow.session.scalars(select(ChangeLog.field).where(of_years)).all()
    assert set(logged) == {"source", "worked", "set_at"}


def test_the_act_leaves_its_line_and_a_repeat_does_nothing(staff: Staff) -> None:
    with operation(uid := new_uid()):
        made = staff.head.calendars.set_year(YEAR_2027).value
    before = staff.counts()
    with operation(uid):
        assert staff.head.calendars.set_year(YEAR_2027).value == made
    assert staff.counts() == before
    with staff.database.reading() as uow:
        line = uow.session.scalars(select(AuditLine).order_by(AuditLine.seq.desc())).first()
    assert line is not None
    assert line.detail == {"year": 2027, "off": 7, "worked": 1, "source": NOTICE}
    assert staff.head.audits.verify_chain().ok


def test_only_the_head_sets_a_year(staff: Staff) -> None:
    for services in (staff.clerk, staff.reviewer, staff.admin):
        with refused(staff, "not-permitted"):
            services.calendars.set_year(YEAR_2027)


def test_wrong_and_unchanged_years_are_refused(staff: Staff) -> None:
    with refused(staff, "calendar-source"):
        staff.head.calendars.set_year(YearDraft(2027, YEAR_2027.off, (), " "))
    with refused(staff, "calendar-unchanged"):
        staff.head.calendars.set_year(YearDraft.of(2026, carried_calendar().years[2026]))
    staff.head.calendars.set_year(YEAR_2027)
    with refused(staff, "calendar-unchanged"):
        staff.head.calendars.set_year(YEAR_2027)


def test_an_unusual_year_is_taken_and_doubted(staff: Staff) -> None:
    staff.head.calendars.set_year(YearDraft(2027, fixed_days(2027), (), NOTICE))
    (doubt,) = staff.clerk.calendars.get_year(2027).doubts
    assert "259个工作日" in doubt


@pytest.mark.both_databases
def test_a_year_in_force_is_not_emptied_by_the_way(staff: Staff) -> None:
    one = YearDraft(2026, (date(2026, 10, 1),), (), NOTICE)
    with refused(staff, "calendar-replaces") as caught:
        staff.head.calendars.set_year(one)
    assert "现有248个工作日,照这样改成260个" in caught.value.message
    staff.head.calendars.set_year(one, replace=True)
    two = YearDraft(2026, (date(2026, 10, 1), date(2026, 10, 2)), (), NOTICE)
    staff.head.calendars.set_year(two)  # what was unusual already is corrected step by step
    days = carried_calendar().years[2026]
    staff.head.calendars.set_year(YearDraft(2026, tuple(days.off), tuple(days.worked), NOTICE))


def test_a_year_without_a_working_day_is_refused(staff: Staff) -> None:
    whole = tuple(date(2027, 1, 1) + timedelta(days=at) for at in range(365))
    with refused(staff, "calendar-no-work"):
        staff.head.calendars.set_year(YearDraft(2027, whole, (), NOTICE), replace=True)


def test_a_year_goes_from_office_to_office_as_a_file(staff: Staff) -> None:
    target = staff.papers / "工作日历2027.toml"
    with refused(staff, "calendar-missing"):
        staff.head.calendars.save_file(2027, target)
    assert not target.exists()
    staff.head.calendars.set_year(YEAR_2027)
    assert staff.head.calendars.save_file(2027, target) == str(target)
    assert staff.clerk.calendars.read_file(target, 2027) == YEAR_2027
    with refused(staff, "calendar-year-missing"):
        staff.clerk.calendars.read_file(target, 2028)
    with refused(staff, "folder-missing"):
        staff.head.calendars.save_file(2027, staff.papers / "无" / "x.toml")


@pytest.mark.parametrize("data", [b"\xff\xfe", b"#" * (MOST_BYTES + 1), b"years = 5"])
def test_a_file_that_is_no_calendar_is_refused(staff: Staff, data: bytes) -> None:
    file = staff.papers / "别的.toml"
    file.write_bytes(data)
    with refused(staff, "calendar-invalid"):
        staff.clerk.calendars.read_file(file, 2027)


def test_a_file_that_is_not_there_is_said(staff: Staff) -> None:
    with pytest.raises(FileError) as caught:
        staff.clerk.calendars.read_file(staff.papers / "没有.toml", 2027)
    assert caught.value.code == "file-missing"


def test_the_board_warns_until_next_year_is_entered(staff: Staff) -> None:
    assert staff.clerk.board.board().missing_years == (2027,)
    staff.head.calendars.set_year(YEAR_2027)
    assert staff.clerk.board.board().missing_years == ()


def test_what_was_computed_earlier_is_not_changed(staff: Staff) -> None:
    """Results hold their own steps: setting a year writes its own row and nothing else."""
    before = staff.counts()
    staff.head.calendars.set_year(corrected(2025))
    after = staff.counts()
    grown = {name for name in after if after[name] != before[name]}
    assert grown == {"calendar_year", "operation", "audit_line"}
