"""存档案包 with stand-in services: a year or a box chosen, its seal told, a stop that stops."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.errors import Cancelled, FileError
from desktop_app.services.done import Done
from desktop_app.services.views.archives import ArchiveYear
from desktop_app.ui.dialogs import archive_package_dialog
from desktop_app.ui.dialogs.archive_package_dialog import NOTHING, ArchivePackageDialog
from desktop_app.ui.pages.reception.reception_page import ReceptionPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.desk_standins import Desk, OffThread

YEARS = (ArchiveYear(2027, 14, (("1", 8), ("2", 6))), ArchiveYear(2026, 9, ()))
SEAL = "ab" * 32


def made(folder: str) -> Done[dict[str, Any]]:
    told = {"cases": 8, "files": 61, "size": 48_300_000, "sha256": SEAL, "folder": folder}
    return Done(told, frozenset())


@pytest.fixture
def services(desk: Desk, tmp_path: Path) -> Desk:
    desk.archive_packages = OffThread(
        years=YEARS, package=lambda _year, folder, _box, step: made(str(folder / "档案包"))
    )
    return desk


@pytest.fixture
def dialog(qtbot: QtBot, tasks: TaskRunner, services: Desk) -> ArchivePackageDialog:
    opened = ArchivePackageDialog(services, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitUntil(lambda: opened.year.count() == 2)
    return opened


def calls(services: Desk) -> list[tuple[Any, ...]]:
    return [args for name, args in services.archive_packages.calls if name == "package"]


def test_a_box_of_a_year_is_stored_and_its_seal_can_be_copied(
    qtbot: QtBot, dialog: ArchivePackageDialog, services: Desk, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    assert dialog.sentence.text() == "2027年度办结的档案共 14 卷。"
    dialog.box.setCurrentIndex(2)
    assert dialog.sentence.text() == "2027年度2号盒办结的档案共 6 卷。"
    assert not dialog.open_button.isVisible()
    monkeypatch.setattr(archive_package_dialog, "ask_folder", lambda *_: tmp_path)
    qtbot.keyClick(dialog.main_button, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.open_button.isVisible)
    assert calls(services) == [(2027, tmp_path, "2")]
    assert dialog.banner.text == "已存:8 卷,61 个文件,48.3 MB。"
    assert dialog.seal.text().endswith(SEAL)
    flags = dialog.seal.textInteractionFlags()
    assert flags & Qt.TextInteractionFlag.TextSelectableByMouse
    assert not dialog.busy.isVisible()
    dialog.year.setCurrentIndex(1)
    assert (dialog.box.count(), dialog.box.value()) == (1, "")
    assert dialog.sentence.text() == "2026年度办结的档案共 9 卷。"
    dialog.save_to(tmp_path)
    qtbot.waitUntil(lambda: len(calls(services)) == 2)
    assert calls(services)[1] == (2026, tmp_path, None)


def test_no_folder_chosen_stores_nothing(
    dialog: ArchivePackageDialog, services: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_package_dialog, "ask_folder", lambda *_: None)
    dialog.choose()
    assert calls(services) == []


def test_an_office_that_finished_nothing_is_told_so(
    qtbot: QtBot, tasks: TaskRunner, services: Desk
) -> None:
    services.archive_packages.answers["years"] = ()
    dialog = ArchivePackageDialog(services, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.sentence.text() == NOTHING)
    assert not dialog.main_button.isEnabled()


def test_a_refusal_is_told_and_it_may_be_tried_again(
    qtbot: QtBot, dialog: ArchivePackageDialog, services: Desk, tmp_path: Path
) -> None:
    lost = FileError("scan-lost", "《回单.png》已损坏,不能显示。", "请换一份。", "回单.png")
    services.archive_packages.answers["package"] = lambda *_a, **_k: (_ for _ in ()).throw(lost)
    dialog.save_to(tmp_path)
    qtbot.waitUntil(lambda: "回单.png" in dialog.banner.text)
    qtbot.waitUntil(dialog.main_button.isEnabled)
    assert not dialog.seal.isVisible()


def test_escape_stops_what_is_being_stored_and_only_then_closes(
    qtbot: QtBot, dialog: ArchivePackageDialog, services: Desk, tmp_path: Path
) -> None:
    stopped = threading.Event()

    def slow(_year: int, _folder: Path, _box: str | None, step: Any) -> None:
        try:
            while True:
                step(1, 9)
        except Cancelled:
            stopped.set()
            raise

    services.archive_packages.answers["package"] = slow
    dialog.save_to(tmp_path)
    assert dialog.busy.isVisible()
    assert not dialog.main_button.isEnabled()
    qtbot.waitUntil(lambda: dialog.busy.bar.maximum() == 9)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(dialog.main_button.isEnabled)
    assert stopped.is_set()
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("there", [True, False])
def test_the_folder_is_shown_where_it_still_is(
    qtbot: QtBot, dialog: ArchivePackageDialog, tmp_path: Path, there: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    shown: list[str] = []
    monkeypatch.setattr(
        "desktop_app.ui.folders.open_url", lambda url: shown.append(url.toLocalFile()) or True
    )
    dialog.save_to(tmp_path)
    qtbot.waitUntil(dialog.open_button.isVisible)
    if there:
        (tmp_path / "档案包").mkdir()
    dialog.open_button.click()
    if there:
        qtbot.waitUntil(lambda: shown == [str(tmp_path / "档案包")])
        assert "已存" in dialog.banner.text
    else:
        qtbot.waitUntil(lambda: "不在那里了" in dialog.banner.text)


def test_the_page_where_papers_come_back_opens_it(
    qtbot: QtBot, tasks: TaskRunner, services: Desk
) -> None:
    page = ReceptionPage(services, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    dialog = page.pack()
    qtbot.waitUntil(lambda: dialog.year.count() == 2)
    dialog.reject()
