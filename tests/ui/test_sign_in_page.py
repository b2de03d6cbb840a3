"""Sign-in, the first start, and the door that leads from one to the other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from db.errors import OfficeInUseError, StorageError, StorageKind, WrongPasswordError
from desktop_app.services.done import Done
from desktop_app.services.drafts import StartDraft
from desktop_app.services.offices.backup_glimpses import BackupGlimpse
from desktop_app.services.schemes.scheme_offers import fresh_start
from desktop_app.services.views.schemes import StartView
from desktop_app.ui import preferences, theme
from desktop_app.ui.door import Door
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.first_start_page import FirstStartPage
from desktop_app.ui.pages.sign_in_page import SignInPage
from desktop_app.ui.pages.waiting_page import WaitingPage
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.tasks import TaskRunner
from tests.ui.desk_standins import Desk

OFFICE = Path("/data/office")


@dataclass
class Glimpse:
    exists: bool = True
    name: str = "明山县总工会(演示)"
    demo: bool = True
    users: tuple[tuple[str, str], ...] = (("wangli", "王丽"), ("zhangmin", "张敏"))
    passwords: tuple[tuple[str, str, str], ...] = (("zhangmin", "张敏", "yanshi-2"),)


@dataclass
class Signed:
    services: Any
    closed: list[bool] = field(default_factory=list)

    def close(self) -> None:
        assert threading.current_thread() is not threading.main_thread()
        self.closed.append(True)


class FakeDoors:
    """Every way into the program, refused on the window's thread."""

    def __init__(self) -> None:
        self.glimpses: dict[Path, Glimpse] = {OFFICE: Glimpse()}
        self.made: list[Any] = []
        self.signed = Signed(Desk())
        self.error: Exception | None = None
        self.backups: dict[Path, tuple[BackupGlimpse, ...]] = {}

    def look_at(self, folder: Path) -> Glimpse:
        self._off_thread()
        return self.glimpses.get(folder, Glimpse(exists=False, users=(), passwords=()))

    def warm_up(self) -> None:
        self._off_thread()

    def make_sample(self, folder: Path, step: Callable[[int, int], None]) -> None:
        self._off_thread()
        for done in range(3):
            step(done, 3)
        self.glimpses[folder] = Glimpse()
        self.made.append(folder)

    def fresh_start(self) -> StartView:
        self._off_thread()
        return fresh_start(date(2026, 12, 1))

    def create_office(
        self, folder: Path, office: tuple[str, str], users: tuple[Any, ...], start: StartDraft
    ) -> None:
        self._off_thread()
        if self.error:
            raise self.error
        self.glimpses[folder] = Glimpse(demo=False, passwords=())
        self.made.append((folder, *office, users, start))

    def sign_in(self, folder: Path, login: str, password: str) -> Signed:
        self._off_thread()
        if self.error:
            raise self.error
        if password != "yanshi-2":
            raise WrongPasswordError
        return self.signed

    def look_for_backups(self, place: Path) -> tuple[BackupGlimpse, ...]:
        self._off_thread()
        return self.backups.get(place, ())

    def restore(self, backup: Path, folder: Path, login: str, password: str) -> int:
        self._off_thread()
        if self.error:
            raise self.error
        self.made.append((backup, folder, login, password))
        return 3

    def new_user(self, login: str, name: str, role: str, password: str) -> tuple[str, ...]:
        return (login, name, role, password)

    def _off_thread(self) -> None:
        assert threading.current_thread() is not threading.main_thread()


@pytest.fixture
def doors() -> FakeDoors:
    return FakeDoors()


@pytest.fixture
def page(qtbot: QtBot, tasks: TaskRunner, doors: FakeDoors) -> SignInPage:
    made = SignInPage(OFFICE, Glimpse(), doors, tasks)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def door(qtbot: QtBot, tasks: TaskRunner, doors: FakeDoors, tmp_path: Path) -> Door:
    made = Door(OFFICE, doors, tasks, tmp_path / "window.json")
    qtbot.addWidget(made)
    made.show()
    return made


def shown(door: Door, kind: type) -> bool:
    return isinstance(door.currentWidget(), kind)


def test_the_password_is_hidden_and_enter_signs_in(
    qtbot: QtBot, page: SignInPage, doors: FakeDoors
) -> None:
    assert page.password.echoMode() == QLineEdit.EchoMode.Password
    page.user.setCurrentIndex(1)
    page.password.setText("yanshi-2")
    with qtbot.waitSignal(page.signed_in) as signed:
        qtbot.keyClick(page.password, Qt.Key.Key_Return)
    assert signed.args == [doors.signed]


def test_the_sample_county_s_passwords_fill_the_form(page: SignInPage) -> None:
    page.fill("zhangmin", "yanshi-2")
    assert page.user.currentData() == "zhangmin"
    assert page.password.text() == "yanshi-2"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (WrongPasswordError(), "用户名或密码不对。"),
        (OfficeInUseError("王丽的电脑,进程 41"), "这个机构的数据正由另一个窗口打开。"),
        (StorageError(StorageKind.NEWER), "这份数据由更新版本的程序保存,本程序不能打开。"),
    ],
)
def test_each_refusal_is_one_sentence_and_the_page_stays(
    qtbot: QtBot, page: SignInPage, doors: FakeDoors, error: Exception, sentence: str
) -> None:
    doors.error = error
    page.password.setText("yanshi-2")
    page.sign_in()
    assert not page.enter.isEnabled()
    qtbot.waitUntil(lambda: page.banner.text == sentence)
    assert page.banner.remedy.text()
    assert page.enter.isEnabled()


def test_an_empty_password_is_not_tried(page: SignInPage) -> None:
    page.sign_in()
    assert page.banner.text == "请选用户并输入密码。"


def test_an_office_leads_to_sign_in_and_then_to_the_desk(
    qtbot: QtBot, door: Door, doors: FakeDoors
) -> None:
    qtbot.waitUntil(lambda: shown(door, SignInPage))
    page = door.currentWidget()
    page.fill("zhangmin", "yanshi-2")
    page.sign_in()
    qtbot.waitUntil(lambda: shown(door, MainWindow))
    qtbot.waitUntil(lambda: door.windowTitle() == "明山县总工会(演示) · 职工互助保障经办")
    door.sign_out()
    qtbot.waitUntil(lambda: shown(door, SignInPage))
    assert doors.signed.closed == [True]


def test_a_machine_without_data_offers_the_sample_county(
    qtbot: QtBot, door: Door, doors: FakeDoors
) -> None:
    qtbot.waitUntil(lambda: shown(door, SignInPage))
    door.folder = Path("/data/nowhere")
    door.show_folder(door.folder)
    qtbot.waitUntil(lambda: shown(door, FirstStartPage))
    door.currentWidget().sample_button.click()
    qtbot.waitUntil(lambda: shown(door, SignInPage))
    assert doors.made == [Path("/data/sample-county")]


def test_an_office_that_cannot_be_looked_at_says_why(
    qtbot: QtBot, tasks: TaskRunner, doors: FakeDoors, tmp_path: Path
) -> None:
    def damaged(_folder: Path) -> Glimpse:
        raise StorageError(StorageKind.DAMAGED)

    doors.look_at = damaged  # type: ignore[method-assign]
    door = Door(OFFICE, doors, tasks, tmp_path / "window.json")
    qtbot.addWidget(door)
    qtbot.waitUntil(lambda: shown(door, WaitingPage) and bool(door.currentWidget().banner.text))
    assert door.currentWidget().banner.text == "数据文件已损坏,程序没有改动它。"
    assert door.currentWidget().restore_button.isVisibleTo(door)
    del doors.look_at  # mended meanwhile
    door.currentWidget().again_button.click()
    qtbot.waitUntil(lambda: shown(door, SignInPage))


def test_closing_waits_for_what_is_being_saved(qtbot: QtBot, door: Door, tasks: TaskRunner) -> None:
    qtbot.waitUntil(lambda: shown(door, SignInPage))
    go, saved = threading.Event(), []

    def slow() -> Done[None]:
        go.wait(10)
        return Done(None, frozenset())

    tasks.save(door, slow, lambda _none: saved.append(True))
    door.close()
    assert door.isVisible()
    go.set()
    qtbot.waitUntil(lambda: not door.isVisible())
    assert saved == [True]


def test_large_type_and_dark_are_kept_for_the_next_start(
    qtbot: QtBot, door: Door, doors: FakeDoors, dressed: None, tmp_path: Path
) -> None:
    qtbot.waitUntil(lambda: shown(door, SignInPage))
    door.show_desk(doors.signed)
    file = tmp_path / "window.json"
    door.currentWidget().page("more").large.click()
    wanted = Preferences(dark=False, large=True)
    qtbot.waitUntil(lambda: preferences.load(file) == wanted)
    assert theme.is_large()
    assert door.currentWidget().page_key == "more"
    theme.apply(QApplication.instance())


def test_preferences_that_cannot_be_read_mean_the_usual_look(tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    assert preferences.load(file) == Preferences()
    for text in ("", "[1]", '{"dark": "yes"}', "{"):
        file.write_text(text)
        assert preferences.load(file) == Preferences()


def test_a_crash_shows_one_dialog_without_the_error_s_message(qtbot: QtBot, door: Door) -> None:
    try:
        raise ValueError("覃世芳", 422826199001011234)
    except ValueError as error:
        door.show_crash(error)
        first = door._crash
        door.show_crash(error)
    assert door._crash is first
    text = first.text.toPlainText()
    assert "ValueError" in text
    assert "test_sign_in_page.py" in text
    assert "覃世芳" not in text
    assert "422826199001011234" not in text
    first.close_button.click()
    assert door.isVisible()


def test_a_window_let_go_while_answers_are_under_way_is_freed_once(
    qtbot: QtBot, tasks: TaskRunner, doors: FakeDoors, tmp_path: Path
) -> None:
    for turn in range(30):
        door = Door(Path("/data/nowhere"), doors, tasks, tmp_path / "window.json")
        door.show()
        if turn % 2:
            tasks.wait()
            QApplication.processEvents()
        del door
        QApplication.processEvents()
    tasks.wait()
    qtbot.waitUntil(lambda: tasks.pending == 0)
