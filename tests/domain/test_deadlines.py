"""Which day presses a unit."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.deadlines import Reason, Standing, pressing
from desktop_app.domain.schemes.schemes import scheme_from
from desktop_app.domain.windows import renew_by
from desktop_app.domain.working_days import WorkCalendar
from desktop_app.paths import resource_path

TODAY = date(2026, 12, 1)


def reason(standing: Standing) -> str | None:
    found = pressing(standing, TODAY)
    return found.reason if found else None


def test_nothing_known_presses_nobody() -> None:
    assert pressing(Standing(handed_in=False), TODAY) is None


@pytest.mark.parametrize(
    ("closes_on", "presses"),
    [
        (date(2026, 11, 30), False),  # over: what came too late is refused anyway
        (date(2026, 12, 1), True),
        (date(2026, 12, 16), True),
        (date(2026, 12, 17), False),
    ],
)
def test_a_drive_presses_in_its_last_fifteen_days(closes_on: date, presses: bool) -> None:
    found = pressing(Standing(handed_in=False, closes_on=closes_on), TODAY)
    assert (found is not None) is presses
    assert pressing(Standing(handed_in=True, closes_on=closes_on), TODAY) is None
    if found is not None:
        assert found.on == closes_on
        assert found.text == f"集中办理2026年12月{closes_on.day}日截止"


@pytest.mark.parametrize(
    ("ends", "handed_in", "presses"),
    [
        (date(2027, 1, 30), False, True),  # the 60th day
        (date(2027, 1, 31), False, False),
        (date(2026, 10, 2), False, True),  # ended 60 days ago and not renewed
        (date(2026, 10, 1), False, False),
        (date(2026, 12, 16), True, True),  # handed in, but not yet covered anew
        (date(2026, 12, 17), True, False),
        (date(2026, 11, 16), True, True),
        (date(2026, 11, 15), True, False),
    ],
)
def test_a_cover_presses_when_its_end_is_near(ends: date, handed_in: bool, presses: bool) -> None:
    assert (reason(Standing(handed_in, ends=ends)) == Reason.ENDING) is presses


def test_the_words_say_whether_the_cover_has_ended() -> None:
    ended = pressing(Standing(handed_in=False, ends=date(2026, 11, 30)), TODAY)
    ends = pressing(Standing(handed_in=False, ends=TODAY), TODAY)
    assert ended is not None
    assert ends is not None
    assert ended.text == "保障已于2026年11月30日到期"
    assert ends.text == "保障2026年12月1日到期"


def test_a_day_by_which_to_renew_comes_before_the_end() -> None:
    standing = Standing(handed_in=False, ends=date(2026, 12, 31), renew_by=date(2026, 12, 9))
    found = pressing(standing, TODAY)
    assert found is not None
    assert found.on == date(2026, 12, 9)
    assert found.text == "最迟2026年12月9日办续保,保障到2026年12月31日"
    renewed = pressing(Standing(True, ends=date(2026, 12, 10), renew_by=date(2026, 12, 9)), TODAY)
    assert renewed is not None
    assert renewed.on == date(2026, 12, 10)


def test_a_promised_call_presses_from_its_day_on() -> None:
    assert reason(Standing(handed_in=False, call_on=date(2026, 12, 2))) is None
    assert reason(Standing(handed_in=True, call_on=TODAY)) == Reason.CALL
    assert reason(Standing(handed_in=True, call_on=date(2026, 11, 1))) == Reason.CALL


def test_the_first_of_several_days_is_told() -> None:
    standing = Standing(
        handed_in=False, closes_on=date(2026, 12, 10), ends=date(2026, 12, 5), call_on=TODAY
    )
    assert reason(standing) == Reason.CALL


def test_only_a_scheme_that_renews_by_working_days_sets_a_day() -> None:
    anyang, xianfeng = (
        scheme_from(resource_path("schemes", f"{name}.toml").read_text("utf-8"))
        for name in ("anyang-2023", "xianfeng-2024")
    )
    calendar = WorkCalendar()
    assert renew_by(xianfeng, date(2023, 6, 15), calendar) is None
    assert renew_by(anyang, date(2022, 12, 31), calendar) is None  # not inside the period
    day = renew_by(anyang, date(2023, 6, 15), calendar)
    assert day is not None
    assert day < date(2023, 6, 15)
