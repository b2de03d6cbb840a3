"""监视文件夹 with stand-in services: looks while shown, hands over what is whole, remembers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.errors import FileError
from desktop_app.intake.lying_files import LyingFile
from desktop_app.services.papers.scan_folders import Glance
from desktop_app.ui.pages.reception import scan_folder_strip
from desktop_app.ui.pages.reception.scan_folder_strip import NONE, ScanFolderStrip
from desktop_app.ui.remembered import Remembered
from desktop_app.ui.tasks import TaskRunner
from tests.ui.desk_standins import Desk, OffThread

FILE = LyingFile(Path("/高拍仪/一.pdf"), 10, 1)
LIES = Glance(frozenset([FILE]), (), ())
WHOLE = Glance(frozenset([FILE]), (FILE,), ())


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> Remembered:
    made = Remembered()
    monkeypatch.setattr(scan_folder_strip, "remembered", made)
    return made


@pytest.fixture
def services(desk: Desk) -> Desk:
    desk.scan_folders = OffThread(look_in=LIES)
    return desk


def looks(services: Desk) -> list[tuple[Any, ...]]:
    return [args for _name, args in services.scan_folders.calls]


def shown(qtbot: QtBot, tasks: TaskRunner, services: Desk) -> ScanFolderStrip:
    strip = ScanFolderStrip(services, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(strip)
    strip.show()
    return strip


def test_a_chosen_folder_is_watched_and_remembered(
    qtbot: QtBot, tasks: TaskRunner, services: Desk, kept: Remembered,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    strip = shown(qtbot, tasks, services)
    assert strip.text.text() == NONE
    assert not strip.stop_button.isVisible()
    for answer in (None, Path("/高拍仪")):
        monkeypatch.setattr(scan_folder_strip, "ask_folder", lambda *_, chosen=answer: chosen)
        strip.choose()
    assert strip.text.text() == "正在监视 /高拍仪。"
    qtbot.waitUntil(lambda: strip._lying == LIES.lying)
    services.scan_folders.answers["look_in"] = WHOLE
    with qtbot.waitSignal(strip.files_found) as found:
        strip.look()
    assert found.args == [(FILE.path,)]
    assert strip.text.text() == "正在监视 /高拍仪,已收 1 个文件。"
    qtbot.waitUntil(lambda: tasks.pending == 0)
    strip.look()
    qtbot.waitUntil(lambda: len(looks(services)) == 3)
    assert looks(services)[2] == (Path("/高拍仪"), WHOLE.lying, frozenset([FILE]))
    assert kept.get("scan_folder", "") == "/高拍仪"
    qtbot.waitUntil(lambda: tasks.pending == 0)


def test_the_folder_of_last_time_is_looked_at_only_while_shown(
    qtbot: QtBot, tasks: TaskRunner, services: Desk, kept: Remembered
) -> None:
    kept.put(scan_folder="/高拍仪")
    strip = shown(qtbot, tasks, services)
    qtbot.waitUntil(lambda: len(looks(services)) == 1)
    qtbot.waitUntil(lambda: tasks.pending == 0)
    assert strip._timer.isActive()
    strip.hide()
    assert not strip._timer.isActive()
    strip.stop()
    strip.look()
    assert strip.text.text() == NONE
    qtbot.waitUntil(lambda: kept.get("scan_folder", "?") == "")
    assert len(looks(services)) == 1


def test_a_folder_that_is_gone_is_told_and_looked_for_again(
    qtbot: QtBot, tasks: TaskRunner, services: Desk
) -> None:
    gone = FileError("folder-missing", "没有这个文件夹。", "请先建立它。", "/高拍仪")
    services.scan_folders.answers["look_in"] = gone
    strip = shown(qtbot, tasks, services)
    strip.watch(Path("/高拍仪"))
    qtbot.waitUntil(lambda: "没有这个文件夹" in strip.text.text())
    assert strip.text.property("tone") == "late"
    qtbot.waitUntil(lambda: tasks.pending == 0)
    services.scan_folders.answers["look_in"] = LIES
    strip.look()
    qtbot.waitUntil(lambda: strip.text.text() == "正在监视 /高拍仪。")
    assert strip.text.property("tone") == ""


def test_the_answer_for_a_folder_no_longer_watched_is_left(
    qtbot: QtBot, tasks: TaskRunner, services: Desk
) -> None:
    services.scan_folders.answers["look_in"] = WHOLE
    strip = shown(qtbot, tasks, services)
    found: list[object] = []
    strip.files_found.connect(found.append)
    strip.watch(Path("/高拍仪"))
    strip.look()  # one is under way already
    strip.stop()
    qtbot.waitUntil(lambda: tasks.pending == 0)
    assert found == []
    assert len(looks(services)) == 1
