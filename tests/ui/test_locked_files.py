"""A roster behind a password: asked for over the page, and read as soon as it is right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app import bootstrap
from desktop_app.services.services import Services
from desktop_app.ui.dialogs.password_dialog import PasswordDialog
from desktop_app.ui.pages.roster_check_page import RosterCheckPage
from desktop_app.ui.tasks import TaskRunner
from tests.db.offices import CHEAP
from tests.intake.test_locked import PASSWORD, lock
from tests.ui.test_restore import CLERK, HEAD

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("own") / "office"
    office = bootstrap.OfficeDraft("青石县总工会", "青石县")
    bootstrap.create_office(folder, office, (CLERK, HEAD), cost=CHEAP)
    with bootstrap.sign_in(folder, CLERK.login, CLERK.password) as signed:
        yield signed.services


@pytest.fixture
def page(qtbot: QtBot, tasks: TaskRunner, services: Services) -> RosterCheckPage:
    made = RosterCheckPage(services, tasks)
    qtbot.addWidget(made)
    made.show()
    return made


def asked(qtbot: QtBot, page: RosterCheckPage) -> PasswordDialog:
    def found() -> list[PasswordDialog]:
        return [one for one in page.findChildren(PasswordDialog) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()), timeout=20_000)
    return found()[0]


def answer(qtbot: QtBot, page: RosterCheckPage, password: str) -> str:
    """What was said, answered with a password and Enter."""
    dialog = asked(qtbot, page)
    said = dialog.findChildren(QLabel)[0].text()
    assert not dialog.open_button.isEnabled()
    qtbot.keyClicks(dialog.password, password)
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    return said


def test_a_wrong_password_is_asked_for_again_and_the_right_one_opens_the_roster(
    qtbot: QtBot, page: RosterCheckPage, tmp_path: Path
) -> None:
    page.check(lock(tmp_path / "一小.xlsx", PASSWORD))
    assert "《一小.xlsx》有打开密码" in answer(qtbot, page, "not it")
    assert "《一小.xlsx》的打开密码不对" in answer(qtbot, page, PASSWORD)
    qtbot.waitUntil(lambda: page.result is not None, timeout=20_000)
    assert page.result is not None
    assert page.result.rows_read == 1
    assert page.banner.isHidden()


def test_who_has_no_password_is_told_what_to_do_and_nothing_is_read(
    qtbot: QtBot, page: RosterCheckPage, tmp_path: Path
) -> None:
    page.check(lock(tmp_path / "二小.xlsx", PASSWORD))
    dialog = asked(qtbot, page)
    assert dialog.password.echoMode() is QLineEdit.EchoMode.Password
    dialog.shown.click()
    assert dialog.password.echoMode() is QLineEdit.EchoMode.Normal
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert page.result is None
    assert page.sentence.text() == "没有读成,什么也没有保存。"
    assert page.banner.text == "《二小.xlsx》有打开密码,不能读取。"
