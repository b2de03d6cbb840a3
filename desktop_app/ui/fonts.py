"""The carried fonts: the window shows Chinese on a machine that has no Chinese font."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from desktop_app.errors import FileError
from desktop_app.paths import resource_path

WINDOW_FONT = "NotoSansSC_400Regular.ttf"


def install(app: QApplication) -> str:
    """Make the carried font the window's font; returns its family."""
    path = resource_path("fonts", WINDOW_FONT)
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    if not families:
        raise FileError(
            "font-missing", f"程序自带的字体不能读取:{path.name}。", "请重新安装程序。", str(path)
        )
    app.setFont(QFont(families[0]))
    return families[0]
