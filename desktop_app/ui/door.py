"""The one top-level window: first start, sign-in, the desk; looks, closing and crashes."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop_app.errors import UserError, explain
from desktop_app.ui import preferences as looks
from desktop_app.ui import theme
from desktop_app.ui.crash import CrashDialog, report_text
from desktop_app.ui.doors import Doors
from desktop_app.ui.first_field import focus_first
from desktop_app.ui.pages.first_start_page import FirstStartPage
from desktop_app.ui.pages.sign_in_page import SignInPage
from desktop_app.ui.pages.waiting_page import WaitingPage
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop_app.ui.dialogs.restore_dialog import RestoreDialog

log = logging.getLogger(__name__)
PROGRAM_NAME = "职工互助保障经办"
FULL_SIZE = QSize(1366, 768)
WARM_UP_AFTER_MS = 300  # the page is on the screen by then
FRAME = QSize(16, 48)  # about what a window manager draws around it
SAMPLE_NAME = "sample-county"


class Door(QStackedWidget):
    """Shows one page at a time; `folder` is the office that is asked for."""

    def __init__(self, folder: Path, doors: Doors, tasks: TaskRunner, look_file: Path) -> None:
        super().__init__()
        self.setObjectName("pages")
        self.setWindowTitle(PROGRAM_NAME)
        self.folder, self._doors, self._tasks, self._look_file = folder, doors, tasks, look_file
        self._desk: Any = None
        self._open = self._tried = folder  # whose sign-in page is shown; what to try again
        self._notice = ""  # what the next sign-in page says first
        self._closing = False
        self._crash: CrashDialog | None = None
        tasks.failed.connect(self._on_failed)
        tasks.busy_changed.connect(self._on_busy)
        self.resize(FULL_SIZE)
        self.show_folder(folder)

    def open_window(self) -> None:
        """Fill a small screen; its title bar and task bar take a part of the 768 lines."""
        room = QGuiApplication.primaryScreen().availableSize() - FRAME
        if room.width() < FULL_SIZE.width() or room.height() < FULL_SIZE.height():
            self.showMaximized()
        else:
            self.show()

    @property
    def sample_folder(self) -> Path:
        return self.folder.with_name(SAMPLE_NAME)

    def show_folder(self, folder: Path) -> None:
        """Look what is in a folder, then ask for a password or how to begin."""
        page = self._wait("正在打开…", folder)
        self._tasks.read(
            page,
            partial(self._doors.look_at, folder),
            partial(self._show_office, folder),
            on_error=self._not_opened,
        )

    def _not_opened(self, error: BaseException) -> None:
        """Say why; what is no office is not tried again, nor is anything restored into it."""
        page = self.currentWidget()
        if getattr(error, "code", "") == "folder-is-backup":
            self.folder = self._tried = self._open
        if isinstance(page, WaitingPage):
            page.show_failure(error)

    def _show_office(self, folder: Path, glimpse: Any) -> None:
        if glimpse.exists:
            self._open = folder
            page = SignInPage(folder, glimpse, self._doors, self._tasks)
            page.signed_in.connect(self.show_desk)
            page.other_wanted.connect(self.choose_folder)
            page.restore_wanted.connect(self.restore)
            if self._notice:
                page.banner.show_good(self._notice)
                self._notice = ""
            self.setWindowTitle(_title(glimpse.name))
            self._show(page)
            QTimer.singleShot(WARM_UP_AFTER_MS, page, self._warm_up)
            return
        waiting = self._wait("正在打开…", folder)
        self._tasks.read(
            waiting,
            partial(self._doors.look_at, self.sample_folder),
            partial(self._show_first_start, folder),
            on_error=waiting.show_failure,
        )

    def _warm_up(self) -> None:
        self._tasks.read(self, self._doors.warm_up, lambda _none: None)

    def _show_first_start(self, folder: Path, sample: Any) -> None:
        page = FirstStartPage(
            folder, self.sample_folder, self._doors, self._tasks, sample_exists=sample.exists
        )
        page.opened.connect(self.show_folder)
        page.restore_wanted.connect(self.restore)
        self._show(page)

    def choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "打开哪个机构的数据文件夹")
        if name:
            self.folder = Path(name)
            self.show_folder(self.folder)

    def restore(self) -> RestoreDialog:
        """Ask for a backup of the office whose page is shown."""
        from desktop_app.ui.dialogs.restore_dialog import RestoreDialog  # noqa: PLC0415

        dialog = RestoreDialog(self._doors, self._tasks, self._tried, self)
        dialog.saved.connect(self._on_restored)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _on_restored(self, text: str) -> None:
        self._notice = text
        self.show_folder(self._tried)

    def show_desk(self, desk: Any) -> None:
        self._desk = desk
        self._show_main("home")

    def _show_main(self, key: str) -> None:
        from desktop_app.ui.main_window import MainWindow  # noqa: PLC0415 - after the first page

        window = MainWindow(self._desk.services, self._tasks)
        window.sign_out.connect(self.sign_out)
        window.preferences_changed.connect(self.change_look)
        window.bug.connect(self.show_crash)
        window.titled.connect(self._name_window)
        if key != "home":
            window.go(key)
        self._show(window)

    def sign_out(self) -> None:
        """Close the office, so that another person can sign in; saves under way end first."""
        desk, self._desk = self._desk, None
        if desk is not None:
            page = self._wait("正在保存并退出…", self._open)
            self._tasks.read(
                page, partial(_close, self._tasks, desk), lambda _none: self.show_folder(self._open)
            )

    def change_look(self, preferences: Preferences) -> None:
        """Lengths are fixed when a page is made, so the desk is made anew."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, dark=preferences.dark, large=preferences.large)
        self._tasks.read(
            self,
            partial(looks.save, self._look_file, preferences),
            lambda _none: None,
            on_error=lambda _error: None,  # the look holds for today; nothing is lost
        )
        if self._desk is not None:
            self._show_main("look")

    def take_desk(self) -> Any:
        """Hand over the open desk for closing; None where nobody is signed in."""
        desk, self._desk = self._desk, None
        return desk

    def show_crash(self, error: BaseException) -> None:
        """One dialog at a time: a fault in drawing would open one per frame."""
        log.error("a bug was shown: %s", report_text(error))
        if self._crash is not None and isValid(self._crash):
            return
        self._crash = CrashDialog(error, self)
        self._crash.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._tasks.cancel_all()
        if self._tasks.is_saving:
            self._closing = True
            self.setWindowTitle(f"正在保存,保存完就关闭 · {PROGRAM_NAME}")
            event.ignore()
            return
        event.accept()

    def _on_busy(self, busy: bool) -> None:
        if self._closing and not busy:
            self.close()

    def _on_failed(self, _owner: object, error: BaseException) -> None:
        """Before sign-in; the desk's own window shows its failures itself."""
        if self._desk is None:
            known = explain(error)
            if known is None:
                self.show_crash(error)
                known = UserError("bug", "程序出错,没有打开。", "请重新打开程序再试。")
            page = self.currentWidget()
            if isinstance(page, WaitingPage):
                page.show_failure(known)

    # Bound methods only, no lambda or partial on self: a page that is deleted later would hold
    # the last reference to its own parent, and free it from inside its own destructor.
    def _try_again(self) -> None:
        self.show_folder(self._tried)

    def _name_window(self, office: str) -> None:
        self.setWindowTitle(_title(office))

    def _wait(self, text: str, folder: Path) -> WaitingPage:
        page = WaitingPage(text)
        self._tried = folder
        page.again.connect(self._try_again)
        page.other.connect(self.choose_folder)
        page.restore.connect(self.restore)
        self._show(page)
        return page

    def _show(self, page: Any) -> Any:
        before = self.currentWidget()
        self.addWidget(page)
        self.setCurrentWidget(page)
        focus_first(page)
        if before is not None:
            _retire(before)
        return page


def _title(office: str) -> str:
    return f"{office} · {PROGRAM_NAME}" if office else PROGRAM_NAME


def _close(tasks: TaskRunner, desk: Any) -> None:
    tasks.wait_for_saves()
    desk.close()


def _retire(page: QWidget) -> None:
    page.hide()
    page.deleteLater()
