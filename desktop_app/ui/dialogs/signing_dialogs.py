"""Electronic signatures asked for: the office's certificate or program, one form signed.

A password goes into the one call that needs it; the dialog goes, and it with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.errors import UserError
from desktop_app.services.drafts import KeyDraft
from desktop_app.services.views.signing import SigningView
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.fields import FileField, TextField
from desktop_app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop_app.services.services import Services

KEY_FILES = "证书文件 (*.pfx *.p12);;所有文件 (*)"
CERTIFICATES = "证书 (*.cer *.crt *.pem);;所有文件 (*)"
PROGRAMS = "程序 (*.exe *.com);;所有文件 (*)"
ONCE = "密码只用这一次,不保存。"
STAMP = "盖章仍以纸面印章为准。"
TRIED = (
    "保存前先试签一次。程序从标准输入读到要签的内容,把签名写到标准输出;"
    "密钥留在UKey或程序里,本程序拿不到。参数用空格分开,里面有空格的加双引号。"
)
_WORD = re.compile(r'"([^"]*)"|(\S+)')


def words_of(text: str) -> tuple[str, ...]:
    """What a program is started with: parted at blanks, save within double quotes."""
    return tuple(one.group(1) or one.group(2) or "" for one in _WORD.finditer(text))


class _SigningDialog(ActDialog):
    """Says 正在签名 and not 正在保存 while it waits."""

    waits = "正在签名…"

    def set_busy(self, busy: bool) -> None:
        super().set_busy(busy)
        if busy:
            self.main_button.setText(self.waits)


def password_field() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


class KeyFileDialog(_SigningDialog):
    """选证书文件: a PKCS#12 file, opened once to see that it signs."""

    waits = "正在核对…"

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, "选证书文件", "用这张证书签名", parent)
        self._services = services
        self.file, self.password = FileField(kinds=KEY_FILES), password_field()
        self.add_row("证书文件", self.file, "file")
        self.add_row("证书密码", self.password, "password")
        self.body.addLayout(self.form)
        self.add_note(f"{ONCE}证书文件留在原来的地方,本程序不复制;签名时再选它、再输密码。")

    def calls(self) -> Sequence[Call]:
        path = needed(self.file, "file", "证书文件")
        key = KeyDraft(self.password.text())
        return (partial(self._services.signing.use_file, path, key),)


class ProgramDialog(_SigningDialog):
    """用外部签名程序: what is started, and the certificate whose key it signs with."""

    waits = "正在试签,请照签名程序的提示输入PIN…"

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, "用外部签名程序", "试签并使用", parent)
        self._services = services
        self.program, self.certificate = FileField(kinds=PROGRAMS), FileField(kinds=CERTIFICATES)
        self.arguments = TextField(hint="没有的不填")
        self.add_row("签名程序", self.program, "program")
        self.add_row("参数", self.arguments)
        self.add_row("它的证书", self.certificate, "file")
        self.body.addLayout(self.form)
        self.add_note(TRIED)

    def calls(self) -> Sequence[Call]:
        program = needed(self.program, "program", "签名程序")
        certificate = needed(self.certificate, "file", "它的证书")
        words = words_of(self.arguments.text())
        return (partial(self._services.signing.use_program, program, words, certificate),)


class SignDialog(_SigningDialog):
    """签名: one issued form, with the file's password or by the program; `saved` tells its id."""

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        view: SigningView,
        form: tuple[int, str],
        parent: QWidget | None = None,
    ) -> None:
        """`form` is the issued form's id and number."""
        super().__init__(tasks, f"签名 · {form[1]}", "签名", parent)
        self._services, self._issued_id = services, form[0]
        self._place = Path(view.place)
        self.file, self.password = FileField(kinds=KEY_FILES), password_field()
        subject = view.certificate.subject if view.certificate else ""
        self.add_note(f"签名人:{subject}", "")
        if view.way == "file":
            self.file.set_path(self._place)
            self.add_row("证书密码", self.password, "password")
            self.add_row("证书文件", self.file, "file")
            self.body.addLayout(self.form)
            self.add_note(f"{ONCE}证书在U盘上的,请先插好。")
        else:
            self.waits = "正在等签名程序…"
            self.add_note(
                f"由外部签名程序“{self._place.name}”签名。它要PIN的,请照它的提示输入;最多等两分钟。"
            )
        self.add_note(f"签名件另存一份,原来的单据不变。{STAMP}")

    def calls(self) -> Sequence[Call]:
        chosen = self.file.path
        key = KeyDraft(self.password.text(), None if chosen == self._place else chosen)
        return (partial(self._services.signatures.sign, self._issued_id, key),)


def needed(field: FileField, key: str, title: str) -> Path:
    """The chosen file's path.

    Raises:
        UserError: `field-missing`.
    """
    if field.path is None:
        raise UserError("field-missing", f"“{title}”还没有选。", "请选好文件再保存。", key)
    return field.path
