"""Sign-in: who is at this desk; the sample county shows its passwords here."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.doors import Doors
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.offices.glimpses import OfficeGlimpse


class SignInPage(QWidget):
    signed_in = Signal(object)  # Desk
    other_wanted = Signal()
    restore_wanted = Signal()

    def __init__(
        self,
        folder: Path,
        glimpse: OfficeGlimpse,
        doors: Doors,
        tasks: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._folder, self._glimpse, self._doors, self._tasks = folder, glimpse, doors, tasks
        self.banner = Banner()
        self.user, self.password = QComboBox(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.enter = main_button("登录", self.sign_in)
        self.other = button("打开另一个机构…", self.other_wanted.emit, kind="link")
        self.restore = button("从备份恢复…", self.restore_wanted.emit, kind="link")
        for login, name in glimpse.users:
            self.user.addItem(f"{name}({login})", login)
        self._name_fields()
        self._lay_out()
        self.user.currentIndexChanged.connect(lambda _at: self.password.clear())
        self.password.returnPressed.connect(self.sign_in)
        self.first_field = self.password

    def _name_fields(self) -> None:
        self.user.setAccessibleName("用户")
        self.password.setAccessibleName("密码")
        self.password.setPlaceholderText("密码")

    def _lay_out(self) -> None:
        card = Card(self._glimpse.name or "登录", "演示数据" if self._glimpse.demo else "")
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(10))
        grid.setColumnStretch(1, 1)
        for row, (text, field) in enumerate((("用户(&U)", self.user), ("密码(&P)", self.password))):
            named = label(text)
            named.setBuddy(field)
            grid.addWidget(named, row, 0)
            grid.addWidget(field, row, 1)
        card.add(grid)
        card.add(self.banner)
        row_of_buttons = QHBoxLayout()
        row_of_buttons.addWidget(self.other)
        row_of_buttons.addWidget(self.restore)
        row_of_buttons.addStretch(1)
        row_of_buttons.addWidget(self.enter)
        card.add(row_of_buttons)
        if self._glimpse.passwords:
            card.add(self._sample_passwords())
        card.setFixedWidth(theme.px(440))
        title = label("职工互助保障经办", "h1")
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(14))
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _sample_passwords(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, theme.px(6), 0, 0)
        column.setSpacing(theme.px(2))
        column.addWidget(
            label("演示县的人和事都是编的。点一行就填好用户和密码:", "quiet", wrap=True)
        )
        for login, name, password in self._glimpse.passwords:
            fill = partial(self.fill, login, password)
            column.addWidget(button(f"{name}  用户 {login}  密码 {password}", fill, kind="link"))
        return box

    def fill(self, login: str, password: str) -> None:
        self.user.setCurrentIndex(self.user.findData(login))
        self.password.setText(password)
        self.enter.setFocus()

    def sign_in(self) -> None:
        if not self.enter.isEnabled():
            return
        login, password = self.user.currentData(), self.password.text()
        if not login or not password:
            self.banner.show_warning("请选用户并输入密码。")
            self.password.setFocus()
            return
        self._set_busy(True)
        self._tasks.read(
            self,
            partial(self._doors.sign_in, self._folder, login, password),
            self.signed_in.emit,
            on_error=self._refuse,
            on_ended=partial(self._set_busy, False),
        )

    def _refuse(self, error: BaseException) -> None:
        self.banner.show_failure(error)
        self.password.setFocus()
        self.password.selectAll()

    def _set_busy(self, busy: bool) -> None:
        self.enter.setEnabled(not busy)
        self.enter.setText("正在打开…" if busy else "登录")
        if busy:
            self.banner.clear()
