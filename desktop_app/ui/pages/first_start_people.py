"""The people of an office that is set up: a line for each role."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from db.codes import Role
from desktop_app.domain.labels import label as code_label
from desktop_app.domain.passwords import password_problem
from desktop_app.ui.widgets.labels import label


class PersonFields:
    """One line of the form: a user with a role."""

    def __init__(self, role: Role, login: str) -> None:
        self.role, self.role_text = role, code_label(role)
        self.name = named_field(f"{self.role_text}姓名")
        self.login, self._given_login = named_field(f"{self.role_text}登录名"), login
        self.login.setText(login)
        self.password = named_field(f"{self.role_text}密码", secret=True)
        self.again = named_field(f"{self.role_text}密码再输一次", secret=True)

    def widgets(self) -> tuple[QWidget, ...]:
        return (label(self.role_text), *self.fields())

    def fields(self) -> tuple[QLineEdit, ...]:
        return (self.name, self.login, self.password, self.again)

    def is_renamed(self) -> bool:
        return self.login.text() != self._given_login

    def is_filled(self) -> bool:
        return any(field.text() for field in (self.name, self.password, self.again))

    def problem(self) -> str:
        if not self.name.text().strip() or not self.login.text().strip():
            return f"{self.role_text}的姓名或登录名没有填。"
        problem = password_problem(self.role_text, self.password.text())
        if problem:
            return problem
        if self.password.text() != self.again.text():
            return f"{self.role_text}的两次密码不一样。"
        return ""

    def values(self) -> tuple[str, str, str, str]:
        name, login = self.name.text().strip(), self.login.text().strip()
        return (login, name, self.role.value, self.password.text())


def named_field(name: str, hint: str = "", *, secret: bool = False) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made
