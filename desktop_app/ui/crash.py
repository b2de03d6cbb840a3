"""A bug is logged and shown with a text to pass on; the program goes on."""

from __future__ import annotations

import logging
import platform
import sys
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app import __name__ as program
from desktop_app.logs import mask, stack_of
from desktop_app.ui import theme
from desktop_app.ui.widgets.labels import button, label, main_button
from desktop_app.ui.widgets.steady_bars import steady_bars

log = logging.getLogger(__name__)


def report_text(error: BaseException) -> str:
    """What to pass on: versions and the call stack, numbers of people masked.

    The message of the error itself may carry a name, so only its type is given.
    """
    head = f"{program} · Python {platform.python_version()} · {platform.platform()}"
    return mask(f"{head}\n{stack_of(error)}")


class CrashDialog(QDialog):
    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序出错")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QPlainTextEdit(report_text(error))
        self.text.setReadOnly(True)
        self.text.setAccessibleName("出错详情")
        steady_bars(self.text)
        self.copy_button = button("复制详情(&C)", self.copy)
        self.close_button = main_button("继续使用", self.accept)
        layout = QVBoxLayout(self)
        layout.addWidget(label("程序出了一个错,这一步没有做成。", "h2"))
        layout.addWidget(
            label(
                "已保存的内容不受影响,可以继续使用。请把下面的详情发给技术人员。",
                "quiet",
                wrap=True,
            )
        )
        layout.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        layout.addLayout(row)
        self.resize(theme.px(640), theme.px(380))

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())


class CrashHook(QObject):
    """Takes every exception nobody caught, from any thread, to the window's thread."""

    crashed = Signal(object)

    def install(self) -> None:
        sys.excepthook = self._take

    def _take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("uncaught %s", report_text(error))
        self.crashed.emit(error)
