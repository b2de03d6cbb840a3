"""打开密码: asked for where a file is behind one, and the file is read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.errors import explain
from desktop_app.intake.refusals import LOCKED
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import form_layout, opened
from desktop_app.ui.pasted import Source
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services


class PasswordDialog(QDialog):
    """One field; the password is typed as dots and shown by a tick."""

    given = Signal(str)

    def __init__(self, name: str, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"打开密码 · {name}")
        self.setModal(True)
        self.setMinimumWidth(theme.px(460))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("打开密码")
        self.shown = QCheckBox("显示密码(&S)")
        self.shown.toggled.connect(self._show_password)
        self.open_button = main_button("打开", self.accept)
        self.open_button.setEnabled(False)
        self.password.textChanged.connect(lambda text: self.open_button.setEnabled(bool(text)))
        form = form_layout()
        form.addRow("打开密码", self.password)
        form.addRow("", self.shown)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button("取消(Esc)", self.reject, name="取消"))
        foot.addWidget(self.open_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        layout.setSpacing(theme.px(12))
        layout.addWidget(label(said, wrap=True))
        layout.addLayout(form)
        layout.addLayout(foot)
        self.password.setFocus()

    def accept(self) -> None:
        if self.open_button.isEnabled():
            self.given.emit(self.password.text())
            super().accept()

    def _show_password(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.password.setEchoMode(mode)


def ask_password(
    over: QWidget,
    services: Services,
    tasks: TaskRunner,
    sources: Iterable[Source],
    error: BaseException,
    again: Callable[[], None],
) -> bool:
    """Ask for the password of the file that was refused, then read `again`; False if none was."""
    told = explain(error)
    if told is None or told.code != LOCKED:
        return False
    found = [one for one in sources if isinstance(one, Path) and one.name == told.where]
    if not found:
        return False
    dialog = PasswordDialog(found[0].name, f"{told.message}{told.remedy}", over)

    def unlock(password: str) -> None:
        call = partial(services.locked_files.unlock, found[0], password)
        tasks.read(over, call, lambda _none: again())

    dialog.given.connect(unlock)
    opened(dialog)
    return True
