"""The task runner, and what happens to answers nobody waits for any more."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.errors import UserError
from desktop_app.services.done import Area, Done
from desktop_app.ui.rows_model import Column, RowsModel
from desktop_app.ui.tasks import TaskRunner

REFUSAL = UserError("refused", "不行。", "换一种做法。")


@pytest.fixture
def eager_collector() -> Iterator[None]:
    usual = gc.get_threshold()
    gc.set_threshold(5, 2, 2)  # collect in every thread, all the time
    yield
    gc.set_threshold(*usual)


def fails(error: Exception) -> Callable[[], Done[None]]:
    def call() -> Done[None]:
        raise error

    return call


@pytest.mark.usefixtures("eager_collector")
def test_views_may_come_and_go_while_calls_are_under_way(qtbot: QtBot) -> None:
    tasks, heard = TaskRunner(), []
    tasks.changed.connect(heard.append)
    for turn in range(1500):
        page = QWidget()
        model, view = RowsModel((Column("", str),), page), QTableView(page)
        view.setModel(model)
        tasks.read(page, lambda: list(range(50)), model.set_rows)
        tasks.save(page, lambda: Done(None, frozenset({Area.MEMBERS})), lambda _value: None)
        if turn % 3 == 0:
            QCoreApplication.processEvents()
        del page, model, view
    tasks.wait()
    qtbot.waitUntil(lambda: len(heard) == 1500)


def test_calls_run_off_the_window_thread_and_answers_come_back_on_it(
    qtbot: QtBot, tasks: TaskRunner
) -> None:
    page, seen = QWidget(), []
    qtbot.addWidget(page)
    tasks.read(
        page,
        threading.current_thread,
        lambda worker: seen.extend((worker, threading.current_thread())),
    )
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[0] is not threading.main_thread()
    assert seen[1] is threading.main_thread()


def test_saves_run_one_after_another_in_order(qtbot: QtBot, tasks: TaskRunner) -> None:
    page, order, busy = QWidget(), [], []
    qtbot.addWidget(page)
    tasks.busy_changed.connect(busy.append)
    for number in range(20):
        tasks.save(
            page,
            lambda number=number: Done(order.append(number), frozenset()),
            lambda _none: None,
        )
    assert tasks.is_saving
    qtbot.waitUntil(lambda: not tasks.is_saving)
    assert order == list(range(20))
    assert busy[-1] is False


def test_a_refusal_goes_to_the_asker_and_not_to_everyone(qtbot: QtBot, tasks: TaskRunner) -> None:
    page, told, everyone, ended = QWidget(), [], [], []
    qtbot.addWidget(page)
    tasks.failed.connect(lambda _owner, error: everyone.append(error))
    tasks.save(
        page,
        fails(REFUSAL),
        lambda _value: told.append("done"),
        on_error=told.append,
        on_ended=lambda: ended.append(True),
    )
    qtbot.waitUntil(lambda: bool(ended))
    assert told == [REFUSAL]
    assert everyone == []


def test_a_bug_goes_to_everyone_even_where_the_asker_takes_refusals(
    qtbot: QtBot, tasks: TaskRunner
) -> None:
    page, told = QWidget(), []
    qtbot.addWidget(page)
    with qtbot.waitSignal(tasks.failed) as failed:
        tasks.read(page, fails(ZeroDivisionError()), told.append, on_error=told.append)
    assert isinstance(failed.args[1], ZeroDivisionError)
    assert told == []


def test_a_save_that_fails_after_its_page_closed_is_still_reported(
    qtbot: QtBot, tasks: TaskRunner
) -> None:
    page = QWidget()
    with qtbot.waitSignal(tasks.failed) as failed:
        tasks.save(page, fails(REFUSAL), lambda _value: None, on_error=lambda _error: None)
        shiboken6.delete(page)
    assert failed.args == [None, REFUSAL]


def test_a_read_that_fails_after_its_page_closed_is_logged_only(
    qtbot: QtBot, tasks: TaskRunner, caplog: pytest.LogCaptureFixture
) -> None:
    page, heard = QWidget(), []
    tasks.failed.connect(lambda *args: heard.append(args))
    with caplog.at_level(logging.ERROR):
        tasks.read(page, fails(REFUSAL), lambda _value: None)
        shiboken6.delete(page)
        qtbot.waitUntil(lambda: bool(caplog.records))
    assert heard == []


def test_a_dropped_answer_is_not_shown(qtbot: QtBot, tasks: TaskRunner) -> None:
    page, shown = QWidget(), []
    qtbot.addWidget(page)
    tasks.drop(tasks.read(page, lambda: 1, shown.append))
    tasks.read(page, lambda: 2, shown.append)
    qtbot.waitUntil(lambda: shown == [2])


def test_a_long_call_reports_its_steps_and_stops_when_cancelled(
    qtbot: QtBot, tasks: TaskRunner
) -> None:
    page, steps, ended, told = QWidget(), [], [], []
    qtbot.addWidget(page)
    tasks.failed.connect(lambda *args: told.append(args))

    def long_call(step: Callable[[int, int], None]) -> None:
        for done in range(1_000_000):
            step(done, 1_000_000)
            threading.Event().wait(0.001)

    ticket = tasks.read(
        page,
        long_call,
        told.append,
        on_error=told.append,
        on_step=lambda done, total: steps.append((done, total)),
        on_ended=lambda: ended.append(True),
    )
    qtbot.waitUntil(lambda: len(steps) >= 2)
    tasks.cancel(ticket)
    qtbot.waitUntil(lambda: bool(ended))
    assert told == []
    assert steps[0][1] == 1_000_000
    assert tasks.pending == 0
