"""Keys that travel (UUIDv7) and the hybrid clock that orders changes between desks."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Protocol

import uuid_utils

Clock = Callable[[], datetime]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COUNTER_BITS = 16


class UidSource(Protocol):
    """Gives a new 16-byte key at each call, later ones sorting after earlier ones."""

    def __call__(self) -> bytes: ...


def new_uid() -> bytes:
    return uuid_utils.uuid7().bytes


class SeededUids:
    """A UidSource that repeats itself with the same clock and seed, for the sample county."""

    def __init__(self, now: Clock, seed: int) -> None:
        self._now, self._random, self._last = now, random.Random(seed), 0

    def __call__(self) -> bytes:
        # 60 ordered bits: 48 of milliseconds, 12 of a counter (RFC 9562, section 6.2, method 1)
        self._last = max(self._last + 1, milliseconds(self._now()) << 12)
        ordered = ((self._last >> 12) << 16) | 0x7000 | (self._last & 0xFFF)
        chance = (0b10 << 62) | self._random.getrandbits(62)
        return (ordered << 64 | chance).to_bytes(16, "big")


class Hlc:
    """Hybrid logical clock: milliseconds << 16 | counter, in 64 bits; never goes back.

    Args:
        now: the wall clock, aware.
        last: the greatest value stored so far; the next is greater even if the clock went back.
    """

    def __init__(self, now: Clock, last: int = 0) -> None:
        self._now, self._last, self._guard = now, last, Lock()

    def next(self) -> int:
        with self._guard:
            self._last = max(self._last + 1, stamp_at(self._now()))
            return self._last

    def seen(self, other: int) -> None:
        """Take note of another desk's value; ours will be greater from now on."""
        with self._guard:
            self._last = max(self._last, other)


def milliseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(milliseconds=1)


def stamp_at(instant: datetime) -> int:
    """The hybrid clock's first value of that instant: later changes have greater ones."""
    return milliseconds(instant) << _COUNTER_BITS
