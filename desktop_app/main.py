"""The window's door: options, logging, crash hook, the application and its one window."""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop_app import logs, paths
from desktop_app.errors import FileError
from desktop_app.settings import Settings, read_settings
from desktop_app.ui import fonts, preferences, theme
from desktop_app.ui.crash import CrashHook
from desktop_app.ui.door import Door
from desktop_app.ui.doors import ProgramDoors
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.remembered import FILE_NAME as LAST_CHOICES
from desktop_app.ui.remembered import remembered
from desktop_app.ui.tasks import TaskRunner

_PREPARED = "prepared"


def main(argv: list[str] | None = None) -> int:
    options = _options(sys.argv[1:] if argv is None else argv)
    folder = (options.office or paths.default_office()).expanduser().absolute()
    own = paths.default_office().parent  # before sign-in there may be no office folder yet
    _log_to(own, folder)
    look_file = own / preferences.FILE_NAME
    remembered.keep_in(own / LAST_CHOICES)
    app = make_application(preferences.load(look_file))
    tasks, hook = TaskRunner(app), CrashHook(app)
    door = Door(folder, ProgramDoors(), tasks, look_file)
    hook.crashed.connect(door.show_crash)
    hook.install()
    door.open_window()
    code = app.exec()
    tasks.cancel_all()
    tasks.wait()
    desk = door.take_desk()
    if desk is not None:
        tasks.read(app, partial(_close, desk), lambda _none: None)
        tasks.wait()
    logs.close()
    return code


def make_application(look: Preferences) -> QApplication:
    """Make the application: Chinese throughout, the carried font, the house's colours."""
    # The wheels carry no fcitx plugin; fcitx answers the ibus protocol, so Chinese input works.
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication(["mutual-aid-desk"])
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    if not app.property(_PREPARED):  # a second setStyle() under a style sheet corrupts memory
        app.setProperty(_PREPARED, True)
        app.setStyle("Fusion")
        fonts.install(app)
        translator = QTranslator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load("qtbase_zh_CN", folder):
            app.installTranslator(translator)
    theme.apply(app, dark=look.dark, large=look.large)
    return app


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutual-aid-desk", description="职工互助保障经办")
    parser.add_argument("--office", type=Path, metavar="DIR", help="机构数据所在的文件夹")
    return parser.parse_args(argv)


def _log_to(own: Path, office: Path) -> None:
    """Log as the office's settings say; where they are at fault, opening the office tells."""
    try:
        level = read_settings(paths.settings_file(office)).log_level
    except FileError:
        level = Settings().log_level
    try:
        logs.setup(paths.logs_folder(own), level)
    except OSError:  # a read-only profile: the window opens all the same
        logs.close()


def _close(desk: object) -> None:
    desk.close()  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())
