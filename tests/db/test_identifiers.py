"""Keys and times that sort, whatever the wall clock does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from db.identifiers import Hlc, SeededUids, new_uid

START = datetime(2026, 12, 1, tzinfo=UTC)


class Wall:
    """A wall clock that goes as told."""

    def __init__(self, steps: list[int]) -> None:
        self._steps, self._at = iter(steps), 0

    def __call__(self) -> datetime:
        self._at += next(self._steps, 0)
        return START + timedelta(milliseconds=self._at)


def test_new_keys_are_uuids_of_version_7_in_order() -> None:
    made = [new_uid() for _ in range(5000)]
    assert made == sorted(set(made))
    assert {UUID(bytes=uid).version for uid in made} == {7}


def test_seeded_keys_repeat_with_clock_and_seed() -> None:
    first, second = SeededUids(lambda: START, 7), SeededUids(lambda: START, 7)
    made = [first() for _ in range(10_000)]
    assert made == [second() for _ in range(10_000)]
    assert made == sorted(set(made))
    assert {UUID(bytes=uid).version for uid in made} == {7}
    assert {UUID(bytes=uid).variant for uid in made} == {"specified in RFC 4122"}
    assert SeededUids(lambda: START, 8)() not in made


@given(st.lists(st.integers(-100_000, 100_000), max_size=50), st.integers(0, 2**50))
def test_the_clock_never_goes_back(steps: list[int], last: int) -> None:
    clock = Hlc(Wall(steps), last)
    times = [last, *(clock.next() for _ in range(50))]
    assert times == sorted(set(times))
    assert max(times) < 2**63


def test_another_desks_time_is_passed() -> None:
    clock = Hlc(lambda: START)
    far = clock.next() + (5 << 30)
    clock.seen(far)
    assert clock.next() == far + 1


def test_the_clock_carries_milliseconds() -> None:
    assert Hlc(lambda: START).next() >> 16 == int(START.timestamp() * 1000)
