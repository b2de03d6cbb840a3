"""A drive of 320 units in the window: every number pressed, and its list counted again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.services.views.board import Mark, Slice
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.tasks import TaskRunner
from tests.services import conftest
from tests.services.desks import Staff, Template
from tests.services.drives import make_office
from tests.services.recounts import recount

office_template = conftest.office_template
UNITS = 320


@pytest.fixture(scope="module")
def drive(tmp_path_factory: pytest.TempPathFactory, office_template: Template) -> Iterator[Staff]:
    staff = make_office(tmp_path_factory.mktemp("drive") / "office", office_template, UNITS)
    yield staff
    staff.database.close()


@pytest.fixture
def window(qtbot: QtBot, tasks: TaskRunner, drive: Staff, dressed: None) -> MainWindow:
    made = MainWindow(drive.clerk, tasks)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    home = made.page("home")
    qtbot.waitUntil(lambda: home.board is not None and made.rail.foot.text() != "")
    made.show_page("units")
    qtbot.waitUntil(lambda: made.page("units").table.proxy.rowCount() == UNITS)
    made.show_page("home")
    return made


def numbers(window: MainWindow) -> list[QPushButton]:
    """Every button of the first page that counts something."""
    home = window.page("home")
    cards = [home.waiting, home.due, home.mend]
    found = [card.number for card in cards] + [part for card in cards for part in card.parts]
    return [*found, *home.areas.numbers.cells.values()]


def test_every_number_opens_the_list_behind_it_and_agrees_with_a_recount(
    qtbot: QtBot, window: MainWindow, drive: Staff
) -> None:
    home, units = window.page("home"), window.page("units")
    asked: list[Slice] = []
    home.open_slice.connect(asked.append)
    assert len(numbers(window)) > 30
    for at, number in enumerate(numbers(window)):
        window.show_page("home")
        if at % 2:
            qtbot.mouseClick(number, Qt.MouseButton.LeftButton)
        else:
            number.setFocus()
            qtbot.keyClick(number, Qt.Key.Key_Space)
        assert window.page_key == "units"
        shown = [row.id for row in units.table.shown_rows()]
        assert len(shown) == int(number.text().split("家")[0]), number.accessibleName()
        assert set(shown) == recount(drive, asked[-1]), number.accessibleName()
    assert len(set(asked)) == len(asked)


def test_the_people_told_are_the_sums_of_the_lists_they_open(
    qtbot: QtBot, window: MainWindow
) -> None:
    home, units = window.page("home"), window.page("units")
    for head, field in zip(home.areas.heads, ("reported", "paid", "finished"), strict=True):
        window.show_page("home")
        head.click()
        total = sum(getattr(row, field) for row in units.table.shown_rows())
        assert head.text().split()[1] == f"{total:,}"
        assert f"{total:,} 人" in units.count.text()


def test_the_chase_page_counts_what_the_first_page_counts(
    qtbot: QtBot, window: MainWindow, drive: Staff
) -> None:
    home, chase = window.page("home"), window.page("chase")
    window.show_page("chase")
    qtbot.waitUntil(lambda: chase.table.proxy.rowCount() > 0)
    for at, (mark, count) in enumerate(zip(chase.kinds, home.board.chase, strict=True), start=1):
        qtbot.keyClick(chase.table, Qt.Key(Qt.Key.Key_0 + at), Qt.KeyboardModifier.AltModifier)
        assert chase.kinds[mark].text() == f"{count.label} {count.units} 家"
        assert {row.unit_id for row in chase.table.shown_rows()} == recount(drive, Slice(mark))


def test_a_logged_call_is_seen_and_the_next_unit_is_at_hand(
    qtbot: QtBot, window: MainWindow, tasks: TaskRunner
) -> None:
    chase, home = window.page("chase"), window.page("home")
    window.show_page("chase")
    qtbot.waitUntil(lambda: chase.table.proxy.rowCount() > 0)
    called = next(row for row in chase.table.shown_rows() if row.again_on)
    chase.table.selectRow(chase.table.shown_rows().index(called))
    following = chase.table.shown_rows()[chase.table.currentIndex().row() + 1]
    before = home.board.due.units
    dialog = chase.log_call()
    dialog.accept()
    qtbot.waitUntil(lambda: home.board.due.units == before - 1)
    qtbot.waitUntil(lambda: tasks.pending == 0)
    assert chase.table.current_row().unit_id == following.unit_id
    now = next(row for row in chase.table.shown_rows() if row.unit_id == called.unit_id)
    assert (now.calls, now.again_on) == (called.calls + 1, None)
    assert Mark.CALL not in now.due_text
