"""从备份恢复: from the sign-in page, from an empty machine, and what refuses it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from db.codes import Role, UnitKind
from db.errors import OfficeInUseError, StorageError, StorageKind, WrongPasswordError
from db.files import LEDGER
from db.keyring import FILE_NAME as KEYRING
from db.manifest import FILE_NAME as MANIFEST
from desktop_app import bootstrap
from desktop_app.services.drafts import UnitDraft
from desktop_app.services.offices.backup_glimpses import BackupGlimpse, look_for_backups
from desktop_app.services.offices.offices import NewUser, OfficeDraft
from desktop_app.ui.dialogs.restore_dialog import RestoreDialog
from desktop_app.ui.door import Door
from desktop_app.ui.doors import ProgramDoors
from desktop_app.ui.pages.first_start_page import FirstStartPage
from desktop_app.ui.pages.sign_in_page import SignInPage
from desktop_app.ui.pages.waiting_page import WaitingPage
from desktop_app.ui.tasks import TaskRunner
from tests.db.offices import CHEAP
from tests.ui.test_sign_in_page import OFFICE, FakeDoors, shown

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so
HEAD = NewUser("chenguo", "陈国华", Role.HEAD, "yanshi-chenguo-3")
CLERK = NewUser("wangli", "王丽", Role.CLERK, "yanshi-wangli-1")
NEWER = BackupGlimpse(
    Path("/usb/20261201T000200Z"), datetime(2026, 12, 1, 0, 2, tzinfo=UTC), 902,
    (("wangli", "王丽"), ("chenguo", "陈国华")),
)  # fmt: skip
OLDER = BackupGlimpse(
    Path("/usb/20261101T000200Z"), datetime(2026, 11, 1, 0, 2, tzinfo=UTC), 850,
    (("wangli", "王丽"),),
)  # fmt: skip
USB = Path("/usb")


@pytest.fixture
def doors() -> FakeDoors:
    made = FakeDoors()
    made.backups[USB] = (NEWER, OLDER)
    return made


@pytest.fixture
def door(qtbot: QtBot, tasks: TaskRunner, doors: FakeDoors, tmp_path: Path) -> Door:
    made = Door(OFFICE, doors, tasks, tmp_path / "window.json")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: shown(made, SignInPage))
    return made


@pytest.fixture
def dialog(qtbot: QtBot, door: Door) -> RestoreDialog:
    door.currentWidget().restore.click()
    made = door.findChild(RestoreDialog)
    made.folder.set_path(USB)
    qtbot.waitUntil(lambda: made.backup.count() == 2)
    return made


def test_the_newest_backup_of_a_chosen_folder_is_offered_first(dialog: RestoreDialog) -> None:
    assert dialog.backup.currentText() == "2026-12-01 08:02 · 902 人"
    assert dialog.user.itemText(1) == "陈国华(chenguo)"
    assert dialog.password.echoMode() == QLineEdit.EchoMode.Password
    dialog.backup.setCurrentIndex(1)
    assert [dialog.user.itemText(at) for at in range(dialog.user.count())] == ["王丽(wangli)"]


def test_enter_restores_and_the_sign_in_page_says_what_came_back(
    qtbot: QtBot, door: Door, doors: FakeDoors, dialog: RestoreDialog
) -> None:
    before = door.currentWidget()
    dialog.user.setCurrentIndex(1)
    dialog.password.setText("yanshi-chenguo-3")
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(door, SignInPage) and door.currentWidget() is not before)
    assert doors.made == [(NEWER.folder, OFFICE, "chenguo", "yanshi-chenguo-3")]
    assert door.currentWidget().banner.text == (
        "已恢复到 2026-12-01 08:02 的备份,902 人;编号从新的号段(第 3 段)开始。"
    )


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (WrongPasswordError(), "用户名或密码不对。"),
        (OfficeInUseError("王丽的电脑"), "这个机构的数据正由另一个窗口打开。"),
        (StorageError(StorageKind.DAMAGED), "这份备份已损坏或不完整,没有恢复,现在的数据没有动。"),
        (StorageError(StorageKind.WRONG_KEY), "这份备份是另一个机构的,没有恢复,现在的数据没有动。"),
    ],
)
def test_each_refusal_is_one_sentence_and_keeps_what_was_typed(
    qtbot: QtBot, doors: FakeDoors, dialog: RestoreDialog, error: Exception, sentence: str
) -> None:
    doors.error = error
    dialog.password.setText("yanshi-chenguo-3")
    dialog.main_button.click()
    assert dialog.strip.isVisible()
    qtbot.waitUntil(lambda: dialog.banner.text == sentence)
    assert dialog.banner.remedy.text()
    assert dialog.password.text() == "yanshi-chenguo-3"
    assert not dialog.strip.isVisible()
    assert doors.made == []


def test_a_folder_without_backups_is_said(qtbot: QtBot, dialog: RestoreDialog) -> None:
    dialog.folder.set_path(Path("/elsewhere"))
    qtbot.waitUntil(lambda: dialog.banner.text == "这个文件夹里没有可用的备份。")
    dialog.main_button.click()
    assert dialog.banner.text == "还没有选备份。"


def test_nothing_is_tried_without_a_password(doors: FakeDoors, dialog: RestoreDialog) -> None:
    dialog.main_button.click()
    assert dialog.banner.text == "请选用户并输入密码。"
    assert doors.made == []


def test_a_machine_without_data_offers_it_too(
    qtbot: QtBot, tasks: TaskRunner, doors: FakeDoors, tmp_path: Path
) -> None:
    door = Door(Path("/data/nowhere"), doors, tasks, tmp_path / "window.json")
    qtbot.addWidget(door)
    qtbot.waitUntil(lambda: shown(door, FirstStartPage))
    door.currentWidget().restore.click()
    assert door.findChild(RestoreDialog) is not None


# With real offices


def found(folder: Path) -> Path:
    """An office with one backup; after the backup a unit was registered."""
    office = OfficeDraft("青石县总工会", "青石县")
    bootstrap.create_office(folder, office, (CLERK, HEAD), cost=CHEAP)
    with bootstrap.sign_in(folder, HEAD.login, HEAD.password) as signed:
        made = signed.services.backups.back_up().value
    with bootstrap.sign_in(folder, CLERK.login, CLERK.password) as signed:
        signed.services.units.register(UnitDraft(name="备份之后登记的单位", kind=UnitKind.FIRM))
    return Path(made)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first") / "office"
    found(folder)
    return folder


@pytest.fixture
def office(first: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first, tmp_path / "office"))


@pytest.fixture
def real(qtbot: QtBot, tasks: TaskRunner, office: Path, tmp_path: Path) -> Iterator[RestoreDialog]:
    made = RestoreDialog(ProgramDoors(), tasks, office)
    qtbot.addWidget(made)
    made.open()
    qtbot.waitUntil(lambda: made.backup.count() == 1)
    yield made
    tasks.wait()


def units(office: Path) -> list[str]:
    with bootstrap.sign_in(office, HEAD.login, HEAD.password) as signed:
        services = signed.services
        return [row.name for row in services.units.list_units(services.schemes.current_year())]


def fill(dialog: RestoreDialog, user: NewUser = HEAD) -> None:
    dialog.user.setCurrentIndex(dialog.user.findData(user.login))
    dialog.password.setText(user.password)
    dialog.main_button.click()


def test_a_restore_brings_the_office_back_to_the_day_of_the_backup(
    qtbot: QtBot, real: RestoreDialog, office: Path
) -> None:
    assert units(office) == ["备份之后登记的单位"]
    with qtbot.waitSignal(real.saved, timeout=60_000) as saved:
        fill(real)
    assert saved.args[0].startswith("已恢复到 ")
    assert saved.args[0].endswith(" 的备份,0 人;编号从新的号段(第 2 段)开始。")
    assert units(office) == []


@pytest.mark.parametrize("name", [LEDGER, KEYRING, MANIFEST])
def test_a_damaged_backup_is_refused_and_nothing_is_replaced(
    qtbot: QtBot, real: RestoreDialog, office: Path, name: str
) -> None:
    file = look_for_backups(office)[0].folder / name
    content = file.read_bytes()
    at = content.index(b"0") if name == MANIFEST else len(content) // 2
    other = b"2" if content[at : at + 1] == b"1" else b"1"
    file.write_bytes(content[:at] + other + content[at + 1 :])
    fill(real)
    qtbot.waitUntil(lambda: bool(real.banner.text), timeout=60_000)
    assert "没有恢复" in real.banner.text or "密码" in real.banner.text
    assert units(office) == ["备份之后登记的单位"]


def test_another_office_s_backup_is_refused(
    qtbot: QtBot, real: RestoreDialog, office: Path, tmp_path: Path
) -> None:
    other = found(tmp_path / "other")
    real.folder.set_path(other)
    qtbot.waitUntil(lambda: real.backup.currentData().folder == other)
    fill(real)
    qtbot.waitUntil(lambda: real.banner.text.startswith("这份备份是另一个机构的"), timeout=60_000)
    assert units(office) == ["备份之后登记的单位"]


def test_an_office_in_use_is_not_restored(qtbot: QtBot, real: RestoreDialog, office: Path) -> None:
    with bootstrap.sign_in(office, CLERK.login, CLERK.password):
        fill(real)
        qtbot.waitUntil(lambda: "另一个窗口" in real.banner.text, timeout=60_000)
    assert units(office) == ["备份之后登记的单位"]


def test_a_wrong_password_restores_nothing(qtbot: QtBot, real: RestoreDialog, office: Path) -> None:
    real.user.setCurrentIndex(0)
    real.password.setText("another-password")
    real.main_button.click()
    qtbot.waitUntil(lambda: real.banner.text == "用户名或密码不对。", timeout=60_000)
    assert units(office) == ["备份之后登记的单位"]


def test_a_damaged_ledger_can_be_brought_back_from_the_office_s_own_backup(
    qtbot: QtBot, real: RestoreDialog, office: Path
) -> None:
    (office / LEDGER).write_bytes(b"not a ledger" * 1000)
    with pytest.raises(StorageError):
        bootstrap.sign_in(office, HEAD.login, HEAD.password)
    with qtbot.waitSignal(real.saved, timeout=60_000):
        fill(real)
    assert units(office) == []


def test_a_backup_chosen_as_an_office_is_refused_and_the_office_stays_the_one_asked_for(
    qtbot: QtBot, tasks: TaskRunner, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (glimpse,) = look_for_backups(office)
    door = Door(office, ProgramDoors(), tasks, office.with_name("window.json"))
    qtbot.addWidget(door)
    door.show()
    qtbot.waitUntil(lambda: isinstance(door.currentWidget(), SignInPage))
    chosen = str(glimpse.folder)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: chosen)
    door.choose_folder()
    qtbot.waitUntil(lambda: isinstance(door.currentWidget(), WaitingPage))
    page = door.currentWidget()
    qtbot.waitUntil(lambda: page.banner.text.startswith("这个文件夹看起来是备份"))
    assert door.folder == office
    dialog = door.restore()  # into the office, not into the backup itself
    qtbot.waitUntil(lambda: dialog.backup.count() == 1)
    dialog.reject()
    page.again_button.click()
    qtbot.waitUntil(lambda: isinstance(door.currentWidget(), SignInPage))
    tasks.wait()


def test_a_folder_of_other_things_has_no_backups(office: Path, tmp_path: Path) -> None:
    (glimpse,) = look_for_backups(office)
    assert look_for_backups(glimpse.folder) == (glimpse,)
    assert look_for_backups(glimpse.folder.parent) == (glimpse,)
    assert glimpse.users == (("wangli", "王丽"), ("chenguo", "陈国华"))
    (glimpse.folder / MANIFEST).write_text("{")
    assert look_for_backups(office) == ()
    assert look_for_backups(tmp_path / "nowhere") == ()
