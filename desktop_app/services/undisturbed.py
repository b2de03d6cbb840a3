"""Long lists are made and stored without Python's search for garbage in between."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _Rest:
    def __init__(self) -> None:
        self._lock, self._inside, self._was_on = Lock(), 0, True

    def begin(self) -> None:
        with self._lock:
            if not self._inside:
                self._was_on = gc.isenabled()
                gc.disable()
            self._inside += 1

    def end(self) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside and self._was_on:
                gc.enable()


_REST = _Rest()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let no round of garbage collection run inside; calls may overlap.

    A roster's rows hold no cycles, yet each of many rounds would walk all of them: a third of the
    time in which 178,000 people are checked.
    """
    _REST.begin()
    try:
        yield
    finally:
        _REST.end()
