"""Runs service calls off the GUI thread and hands their results back on it."""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot
from shiboken6 import isValid

from desktop_app.errors import Cancelled, explain
from desktop_app.services.done import Done

log = logging.getLogger(__name__)
Step = Callable[[int, int], None]  # done, total (0 where unknown); may raise Cancelled
OnError = Callable[[BaseException], None]
_STEP_EVERY = 0.05  # seconds between two reports of progress


@dataclass(frozen=True, slots=True)
class _Waiting:
    owner: QObject
    on_done: Callable[[Any], None]
    on_error: OnError | None
    on_step: Step | None
    on_ended: Callable[[], None] | None
    is_save: bool


class TaskRunner(QObject):
    """Saving calls queue one behind another; reading calls may run side by side.

    A call is a service method bound to plain values. It must not touch a widget: the worker
    thread is given only the call and a ticket number, so no widget can be released there.

    With `on_step` the call is called as `call(step=...)`; `cancel(ticket)` lets its next step
    raise Cancelled. `on_error` takes what the user can mend (a UserError, a storage failure)
    instead of `failed`; bugs always go to `failed`. `on_ended` is told however the call ended.
    """

    failed = Signal(object, object)  # owner (None if gone), exception
    changed = Signal(object)  # frozenset[Area]
    busy_changed = Signal(bool)  # whether a save is under way
    _finished = Signal(int, object, object)  # ticket, value, exception
    _stepped = Signal(int, int, int)  # ticket, done, total

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reads, self._saves = QThreadPool(self), QThreadPool(self)
        self._saves.setMaxThreadCount(1)
        self._tickets = itertools.count(1)
        self._waiting: dict[int, _Waiting] = {}
        self._cancelled: set[int] = set()
        self._saving: set[int] = set()
        self._finished.connect(self._deliver)
        self._stepped.connect(self._report)

    def read(
        self,
        owner: QObject,
        call: Callable[..., Any],
        on_done: Callable[[Any], None],
        *,
        on_error: OnError | None = None,
        on_step: Step | None = None,
        on_ended: Callable[[], None] | None = None,
    ) -> int:
        waiting = _Waiting(owner, on_done, on_error, on_step, on_ended, is_save=False)
        return self._start(self._reads, call, waiting)

    def save(
        self,
        owner: QObject,
        call: Callable[..., Done[Any]],
        on_done: Callable[[Any], None],
        *,
        on_error: OnError | None = None,
        on_step: Step | None = None,
        on_ended: Callable[[], None] | None = None,
    ) -> int:
        waiting = _Waiting(owner, on_done, on_error, on_step, on_ended, is_save=True)
        return self._start(self._saves, call, waiting)

    def drop(self, ticket: int) -> None:
        """Forget who asked: the call still runs, its result is not shown."""
        self._waiting.pop(ticket, None)

    def cancel(self, ticket: int) -> None:
        """Stop a call at its next step; what it began rolls back."""
        if ticket in self._waiting:
            self._cancelled.add(ticket)

    def cancel_all(self) -> None:
        """Stop every call that reports steps; for closing down."""
        for ticket, waiting in self._waiting.items():
            if waiting.on_step is not None:
                self._cancelled.add(ticket)

    @property
    def is_saving(self) -> bool:
        return bool(self._saving)

    @property
    def pending(self) -> int:
        """How many answers are still awaited."""
        return len(self._waiting)

    def wait_for_saves(self) -> None:
        """Block until what is being saved is saved; called from a reading call, never here."""
        self._saves.waitForDone()

    def wait(self) -> None:
        """Block until every call has ended; for closing down and for tests."""
        self._saves.waitForDone()
        self._reads.waitForDone()

    def _start(self, pool: QThreadPool, call: Callable[..., Any], waiting: _Waiting) -> int:
        ticket = next(self._tickets)
        self._waiting[ticket] = waiting
        if waiting.is_save:
            self._saving.add(ticket)
            self.busy_changed.emit(True)
        steps = {"step": self._step_of(ticket)} if waiting.on_step else {}

        def work() -> None:
            try:
                value = call(**steps)
            except Exception as error:  # the one broad catch: handed to the GUI thread
                self._finished.emit(ticket, None, error)
            else:
                self._finished.emit(ticket, value, None)

        pool.start(work)  # not QRunnable.create(): PySide6 keeps its freed address and crashes
        return ticket

    def _step_of(self, ticket: int) -> Step:
        told = 0.0

        def step(done: int, total: int) -> None:
            nonlocal told
            if ticket in self._cancelled:
                raise Cancelled
            now = time.monotonic()
            if now - told >= _STEP_EVERY:
                told = now
                self._stepped.emit(ticket, done, total)

        return step

    @Slot(int, int, int)
    def _report(self, ticket: int, done: int, total: int) -> None:
        waiting = self._waiting.get(ticket)
        if waiting and waiting.on_step and isValid(waiting.owner):
            waiting.on_step(done, total)

    @Slot(int, object, object)
    def _deliver(self, ticket: int, value: Any, error: Exception | None) -> None:
        waiting = self._waiting.pop(ticket, None)
        self._cancelled.discard(ticket)
        if ticket in self._saving:
            self._saving.discard(ticket)
            self.busy_changed.emit(bool(self._saving))
        if isinstance(value, Done):  # every page must hear of a save, even if its own page has gone
            self.changed.emit(value.changed)
            value = value.value
        owner = waiting.owner if waiting and isValid(waiting.owner) else None
        if waiting and owner and waiting.on_ended:
            waiting.on_ended()
        if error is not None:
            self._fail(waiting, owner, error)
        elif waiting and owner:
            waiting.on_done(value)

    def _fail(self, waiting: _Waiting | None, owner: QObject | None, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        if waiting and owner and waiting.on_error and explain(error):
            waiting.on_error(error)
        elif owner or (waiting and waiting.is_save):  # a failed save is never silent
            self.failed.emit(owner, error)
        else:
            log.error("a call nobody waits for failed", exc_info=error)
