"""先查名单 with stand-in services."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.errors import FileError
from desktop_app.services.views.rosters import RosterCheck
from desktop_app.ui.pages.roster_check_page import RosterCheckPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.desk_standins import CHECK, Desk

FILE = Path("/名单/一小名单.xlsx")


@pytest.fixture
def page(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> RosterCheckPage:
    made = RosterCheckPage(desk, tasks)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def checked(qtbot: QtBot, page: RosterCheckPage) -> RosterCheckPage:
    page.check(FILE)
    qtbot.waitUntil(lambda: page.result is not None)
    return page


def drop(page: RosterCheckPage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page.drop, QDragEnterEvent(QPoint(9, 9), copy, data, left, none))
    QApplication.sendEvent(page.drop, QDropEvent(QPointF(9, 9), copy, data, left, none))


def test_a_dropped_file_is_read_and_summed_up(qtbot: QtBot, page: RosterCheckPage) -> None:
    drop(page, FILE)
    qtbot.waitUntil(lambda: page.sentence.text() == "读入 132  可用 129  待补 2")
    assert "像是“县第一小学”的名单" in page.skipped.text()
    assert not page.busy.isVisible()


def test_errors_stand_before_warnings_and_notes(checked: RosterCheckPage) -> None:
    assert [f.row for f in checked.table.shown_rows()] == [7, 8, 9]
    assert checked.table.model().index(0, 0).data() == "须改正"


def test_each_finding_names_the_person_of_its_row(checked: RosterCheckPage) -> None:
    model = checked.table.model()
    assert [model.index(row, 1).data() for row in range(3)] == ["覃世芳", "田大山", ""]
    checked.filter.setText("田大山")
    assert [f.row for f in checked.table.shown_rows()] == [8]


@pytest.mark.parametrize(("choice", "rows"), [(0, [7, 8, 9]), (1, [7]), (2, [8]), (3, [9])])
def test_one_kind_of_finding_can_be_picked(
    checked: RosterCheckPage, choice: int, rows: list[int]
) -> None:
    checked.choices.button(choice).click()
    assert [f.row for f in checked.table.shown_rows()] == rows


def test_each_filter_says_how_many_it_lets_through(checked: RosterCheckPage) -> None:
    buttons = [checked.choices.button(at) for at in range(4)]
    assert [b.text() for b in buttons] == ["全部 3", "须改正 1", "请核对 1", "已处理 1"]
    names = [b.accessibleName() for b in buttons]
    assert names == ["全部 3 条", "须改正 1 条", "请核对 1 条", "已处理 1 条"]


def test_the_counts_of_the_file_before_are_gone_at_once(checked: RosterCheckPage) -> None:
    checked.check(Path("/名单/二小.xlsx"))
    buttons = [checked.choices.button(at) for at in range(4)]
    assert [b.accessibleName() for b in buttons] == ["全部", "须改正", "请核对", "已处理"]
    assert [b.text() for b in buttons] == ["全部", "须改正", "请核对", "已处理"]


def test_typing_narrows_the_findings(checked: RosterCheckPage) -> None:
    checked.filter.setText("手机")
    assert [f.row for f in checked.table.shown_rows()] == [8]


def test_f9_saves_the_workbook_to_send_back(
    qtbot: QtBot, desk: Desk, checked: RosterCheckPage
) -> None:
    qtbot.keyClick(checked.table, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "需更正.xlsx" in checked.banner.text)
    assert ("save_corrections", (FILE,)) in desk.rosters.calls


def test_a_workbook_that_is_still_written_offers_nothing_of_the_file_shown_by_then(
    qtbot: QtBot, desk: Desk, checked: RosterCheckPage
) -> None:
    written = threading.Event()
    saved = desk.rosters.answers["save_corrections"]

    def save(path: Path, **wanted: object) -> object:
        written.wait(5)
        return saved(path, **wanted)

    desk.rosters.answers["save_corrections"] = save
    checked.save_corrections()
    assert checked.banner.text == "正在存《需更正》,请稍候。"
    desk.rosters.answers["check_file"] = replace(CHECK, findings=())
    checked.check(FILE)
    qtbot.waitUntil(lambda: checked.result is not None)
    written.set()
    qtbot.waitUntil(lambda: "需更正.xlsx" in checked.banner.text)
    assert not checked.save_button.isEnabled()
    assert checked.store_button.isEnabled()


def test_storing_offers_the_unit_the_file_speaks_of(qtbot: QtBot, checked: RosterCheckPage) -> None:
    with qtbot.waitSignal(checked.store_wanted) as wanted:
        checked.store_button.click()
    assert wanted.args == [FILE, 8]


def test_nothing_can_be_stored_or_saved_before_a_file_is_read(
    qtbot: QtBot, page: RosterCheckPage
) -> None:
    assert not page.store_button.isEnabled()
    assert not page.save_button.isEnabled()
    page.store()
    page.save_corrections()


def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(
    qtbot: QtBot, desk: Desk, page: RosterCheckPage
) -> None:
    desk.rosters.answers["check_file"] = FileError(
        "file-not-a-workbook", "这不是表格文件。", "请让单位发xlsx或xls。", "一小名单.doc"
    )
    page.check(Path("一小名单.doc"))
    qtbot.waitUntil(lambda: page.banner.text == "这不是表格文件。(一小名单.doc)")
    assert page.banner.remedy.text() == "请让单位发xlsx或xls。"
    assert page.sentence.text() == "没有读成,什么也没有保存。"
    assert not page.store_button.isEnabled()


def test_a_file_with_no_usable_row_cannot_be_stored(
    qtbot: QtBot, desk: Desk, page: RosterCheckPage
) -> None:
    nothing = RosterCheck("空.xlsx", 0, 0, 0, 0, (), None, None)
    desk.rosters.answers["check_file"] = lambda _path, step=None: nothing
    page.check(FILE)
    qtbot.waitUntil(lambda: page.result is nothing)
    assert page.sentence.text() == "没有读出名单"
    assert not page.store_button.isEnabled()


def test_reading_shows_progress_and_can_be_stopped(
    qtbot: QtBot, desk: Desk, page: RosterCheckPage
) -> None:
    steps = threading.Event()

    def slow(_path: Path, step: Callable[[int, int], None]) -> RosterCheck:
        for done in range(100_000):
            step(done, 100_000)
            steps.set()
            threading.Event().wait(0.002)
        return CHECK

    desk.rosters.answers["check_file"] = slow
    page.check(FILE)
    qtbot.waitUntil(lambda: page.busy.isVisible() and page.busy.bar.maximum() == 100_000)
    page.busy.cancel_button.click()
    qtbot.waitUntil(lambda: not page.busy.isVisible())
    assert page.result is None
    assert page.skipped.text().endswith("已停止。")
    assert steps.is_set()


def test_a_second_file_replaces_the_first(
    qtbot: QtBot, desk: Desk, checked: RosterCheckPage
) -> None:
    drop(checked, Path("/名单/二小.xlsx"), FILE)
    assert checked.result is None
    assert "一次查一份" in checked.banner.text
    qtbot.waitUntil(lambda: checked.result is not None)
    assert desk.rosters.calls[-1][1] == (Path("/名单/二小.xlsx"),)
