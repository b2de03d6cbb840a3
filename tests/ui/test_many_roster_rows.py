"""The table of a roster's rows stays quick, however many there are; figures with `-s`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.identity import identity_18
from desktop_app.ui.dialogs.roster_rows_dialog import RosterRowsDialog
from tests.ui import refused_windows
from tests.ui.refused_windows import Room, case

office_template = refused_windows.office_template
office, room = refused_windows.office, refused_windows.room
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so
LONGEST = 0.25  # seconds that the window may not answer, on a machine that others use, too


class Pauses:
    """The longest time that the window's loop did not come round."""

    def __init__(self, over: QWidget, bot: QtBot) -> None:
        self.longest, self._last, self._bot = 0.0, time.perf_counter(), bot
        self._timer = QTimer(over, interval=1)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def during(self, what: str, act: Callable[[], Any], until: Callable[[], bool]) -> None:
        self.longest, self._last = 0.0, time.perf_counter()
        began = time.perf_counter()
        act()
        self._bot.waitUntil(until, timeout=30_000)
        self._bot.wait(5)
        took = time.perf_counter() - began
        sys.stdout.write(f"{what}: {took:.3f} s, longest pause {self.longest * 1000:.0f} ms\n")
        assert self.longest < LONGEST, what


def many(path: Path, count: int) -> None:
    """Every tenth row has a space in its name, every twentieth a wrong phone, some twice."""
    lines = ["序号,姓名,身份证号,手机号"]
    for at in range(count):
        born = 19600101 + at % 28 + at // 28 % 12 * 100 + at // 336 % 40 * 10000
        number = identity_18(f"999999{born}{at // 13440 * 7 % 1000:03d}")
        if at % 1000 == 7:
            number = number[:-1]
        name = "王 演示" if at % 10 == 3 else "李演示"
        phone = "123" if at % 20 == 5 else f"199{at:08d}"
        lines.append(f"{at + 1},{name},{number},{phone}")
    path.write_text("\n".join(lines), "utf-8-sig")


@dataclass
class Look:
    """The rows of one file as they are looked through."""

    dialog: RosterRowsDialog
    pauses: Pauses
    count: int

    def choose(self, key: str, rows: int) -> None:
        """Choose what is shown, and wait until it is."""
        box = self.dialog.filter
        box.setCurrentIndex(box.findData(key))
        self.find(f"filter {key or 'all'}", f"{rows} 行")

    def find(self, what: str, told: str) -> None:
        self.dialog.counted.clear()
        self.pauses.during(what, self.dialog.show_found, lambda: self.dialog.counted.text() == told)


@pytest.fixture(params=[3_000, pytest.param(200_000, marks=pytest.mark.soak)])
def look(room: Room, request: pytest.FixtureRequest) -> Iterator[Look]:
    walk = case(room.staff)
    page = room.unit(room.staff.clerk, walk.unit_id)
    room.settle()
    path = room.staff.papers / f"很多{request.param}.csv"
    many(path, request.param)
    pauses = Pauses(page, room.qtbot)
    opened: list[RosterRowsDialog] = []

    def show() -> None:
        call = partial(room.staff.clerk.rosters.rows_of, walk.id, path)
        opened.append(RosterRowsDialog(room.tasks, path.name, call, page))
        opened[0].open()

    pauses.during("show", show, lambda: bool(opened[0].counted.text()))
    yield Look(opened[0], pauses, request.param)
    opened[0].reject()
    room.settle()


def test_rows_are_shown_and_filtered_without_a_pause(look: Look) -> None:
    look.choose("phone", look.count // 20)
    assert look.dialog.model is not None
    assert look.dialog.model.rowCount() == look.count // 20
    look.choose("cleaned", look.count // 10)
    look.choose("", look.count)
    look.pauses.during("to the end", look.dialog.view.scrollToBottom, lambda: True)
    look.dialog.search.setText("19900000012")
    look.find("search", "1 行")


def test_a_cell_is_typed_over_and_taken_back_without_a_pause(look: Look) -> None:
    look.choose("", look.count)
    model = look.dialog.model
    assert model is not None
    at = model.table.rows_with("identity-length")[-1]
    cell = model.index(at, 3)
    before, good = cell.data(), identity_18("99999919800101999")
    look.pauses.during("edit", partial(model.setData, cell, good), lambda: cell.data() == good)
    assert model.table.findings(at) == ()
    look.pauses.during("undo", look.dialog.undo, lambda: cell.data() == before)
    assert [one.code for one in model.table.findings(at)] == ["identity-length"]
