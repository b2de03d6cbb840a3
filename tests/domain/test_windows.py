"""Whether an application comes in time: Anyang's window, its closure, renewals inside the year."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from db.codes import FigureState
from desktop_app.domain.quotes import Application, quote
from desktop_app.domain.schemes.scheme_parts import Figure
from desktop_app.domain.schemes.schemes import Scheme, scheme_from
from desktop_app.domain.windows import latest_renewal
from desktop_app.domain.working_days import WorkCalendar
from tests.domain.applications import asked, codes, moment

SCHEMES = Path(__file__).parents[2] / "resources" / "schemes"


@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        ("2022-11-11 07:59", ["window-closed"]),
        ("2022-11-11 08:00", []),
        ("2022-12-10 16:59", []),
        ("2022-12-10 17:00", []),
        ("2022-12-10 17:01", ["window-closed"]),
        ("2023-03-01 09:00", ["window-closed"]),
    ],
)
@pytest.mark.parametrize("ends", [None, datetime.date(2022, 12, 31)])
def test_the_window_s_first_and_last_minute_are_inside(
    anyang: Scheme,
    calendar: WorkCalendar,
    at: str,
    wanted: list[str],
    ends: datetime.date | None,
) -> None:
    found = quote(anyang, asked(at=moment(at), ends=ends), calendar)
    assert codes(found) == wanted
    assert found.ok is (not wanted)
    assert (found.total_fen is None) is bool(wanted)


def test_the_last_minute_lasts_to_its_last_second(anyang: Scheme, calendar: WorkCalendar) -> None:
    assert quote(anyang, asked(at=moment("2022-12-10 17:00:59")), calendar).ok


def test_no_new_unit_joins_during_the_year_but_new_people_do_in_the_window(
    anyang: Scheme, calendar: WorkCalendar
) -> None:
    inside, during = moment("2022-11-20 10:00"), moment("2023-02-01 10:00")
    assert codes(quote(anyang, asked(new_unit=True), calendar)) == ["new-unit-closed"]
    assert codes(quote(anyang, asked(new_unit=True, at=during), calendar)) == ["new-unit-closed"]
    assert quote(anyang, asked(at=inside), calendar).ok
    assert quote(anyang, asked(new_unit=True, at=inside), calendar).ok
    late = quote(anyang, asked(new_unit=True, at=moment("2024-01-01 00:00")), calendar)
    assert codes(late) == ["window-closed"]


# The last day that leaves 15 working days, counted with chinesecalendar apart from this program.
RENEWALS = [
    ("2023-01-15", 11, "2022-12-22"),
    ("2023-01-31", 11, "2023-01-04"),
    ("2023-02-15", 10, "2023-01-19"),
    ("2023-02-28", 10, "2023-02-06"),
    ("2023-03-15", 9, "2023-02-21"),
    ("2023-03-31", 9, "2023-03-09"),
    ("2023-04-15", 8, "2023-03-23"),
    ("2023-04-30", 8, "2023-04-10"),
    ("2023-05-15", 7, "2023-04-20"),
    ("2023-05-31", 7, "2023-05-09"),
    ("2023-06-15", 6, "2023-05-24"),
    ("2023-06-30", 6, "2023-06-07"),
    ("2023-07-15", 5, "2023-06-25"),
    ("2023-07-31", 5, "2023-07-09"),
    ("2023-08-15", 4, "2023-07-24"),
    ("2023-08-31", 4, "2023-08-09"),
    ("2023-09-15", 3, "2023-08-24"),
    ("2023-09-30", 3, "2023-09-07"),
    ("2023-10-15", 2, "2023-09-18"),
    ("2023-10-31", 2, "2023-10-09"),
    ("2023-11-15", 1, "2023-10-24"),
    ("2023-11-30", 1, "2023-11-08"),
]


@pytest.mark.parametrize(("ends", "months", "latest"), RENEWALS)
def test_a_renewal_inside_the_year_comes_15_working_days_ahead(
    anyang: Scheme, calendar: WorkCalendar, ends: str, months: int, latest: str
) -> None:
    last, day = datetime.date.fromisoformat(ends), datetime.date.fromisoformat(latest)
    renewal = anyang.coverage.renewal
    assert renewal is not None
    assert latest_renewal(renewal, last, calendar).date == day
    in_time = datetime.datetime.combine(day, datetime.time(23, 59))
    quoted = quote(anyang, asked(ends=last, at=in_time), calendar)
    assert quoted.ok
    assert quoted.months == months
    assert quoted.coverage is not None
    assert quoted.coverage.first == datetime.date(2023, last.month + 1, 1)
    assert quoted.to_confirm == ("coverage.renewal.year_months",)
    assert [step.rule for step in quoted.steps[:2]] == ["renewal-months", "working-days"]
    late = datetime.datetime.combine(day + datetime.timedelta(1), datetime.time(0, 0))
    assert codes(quote(anyang, asked(ends=last, at=late), calendar)) == ["renewal-late"]


def test_a_renewal_says_when_its_year_has_no_notice(anyang: Scheme) -> None:
    application = asked(ends=datetime.date(2023, 6, 30), at=moment("2023-02-01 09:00"))
    found = quote(anyang, application, WorkCalendar())
    assert found.ok
    assert codes(found) == ["calendar-year-missing"]


def test_open_days_before_the_end_are_told(anyang: Scheme, calendar: WorkCalendar) -> None:
    renewal = anyang.coverage.renewal
    assert renewal is not None
    figure = Figure(15, FigureState.TO_CONFIRM)
    coverage = replace(anyang.coverage, renewal=replace(renewal, working_days_before=figure))
    application = asked(ends=datetime.date(2023, 6, 30))
    found = quote(replace(anyang, coverage=coverage), application, calendar)
    assert "coverage.renewal.working_days_before" in found.to_confirm


def test_a_drive_takes_only_covers_that_end_in_time(anyang: Scheme, calendar: WorkCalendar) -> None:
    without = replace(anyang, coverage=replace(anyang.coverage, renewal=None))
    application = asked(ends=datetime.date(2023, 6, 30), at=moment("2022-11-20 09:00"))
    assert codes(quote(without, application, calendar)) == ["window-kind"]


@pytest.mark.parametrize(
    ("at", "wanted"), [("2024-12-31 23:59", []), ("2025-01-01 00:00", ["window-closed"])]
)
def test_a_drive_s_last_day_is_inside(
    priced: Scheme, calendar: WorkCalendar, at: str, wanted: list[str]
) -> None:
    application = Application(3, ("hospital",), at=moment(at))
    assert codes(quote(priced, application, calendar)) == wanted


def test_without_a_drive_any_time_will_do(yongding: Scheme, calendar: WorkCalendar) -> None:
    application = Application(3, ("inpatient",), at=moment("2026-08-01 03:00"), unit_kind="firm")
    assert quote(yongding, application, calendar).problems == ()


def test_a_window_may_be_open_to_one_side(calendar: WorkCalendar) -> None:
    text = (SCHEMES / "anyang-2023.toml").read_text("utf-8")
    never_opens = text.replace("opens_at = 2022-11-11T08:00:00\n", "")
    never_closes = text.replace("closes_at = 2022-12-10T17:00:00\n", "")
    early, late = asked(at=moment("2022-01-01 00:00")), asked(at=moment("2023-12-31 23:59"))
    assert quote(scheme_from(never_opens), early, calendar).ok
    assert not quote(scheme_from(never_opens), late, calendar).ok
    assert quote(scheme_from(never_closes), late, calendar).ok
    assert not quote(scheme_from(never_closes), early, calendar).ok


def test_a_cover_that_ends_on_the_first_day_already_renews_inside_the_year(
    anyang: Scheme, calendar: WorkCalendar
) -> None:
    ends = datetime.date(2023, 1, 1)
    in_time = asked(ends=ends, at=moment("2022-12-11 10:00"))  # a day after the drive has closed
    late = asked(ends=ends, at=moment("2022-12-12 00:00"))
    assert quote(anyang, in_time, calendar).months == 11
    assert quote(anyang, in_time, calendar).ok
    assert codes(quote(anyang, late, calendar)) == ["renewal-late"]
