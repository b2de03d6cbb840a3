"""从备份恢复: before anyone has signed in, the office is put back to one of its backups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from db.errors import StorageError, StorageKind
from desktop_app.domain.dates import clock_text
from desktop_app.errors import FileError, UserError
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.fields import FileField, ask_folder
from desktop_app.ui.doors import Doors
from desktop_app.ui.pasted import Source
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.busy import BusyStrip

if TYPE_CHECKING:
    from desktop_app.services.offices.backup_glimpses import BackupGlimpse

    Found = tuple[BackupGlimpse, ...]

SAFE = "现在的数据没有动。"
REFUSALS = {
    StorageKind.DAMAGED: (f"这份备份已损坏或不完整,没有恢复,{SAFE}", "请换一份备份再试。"),
    StorageKind.WRONG_KEY: (
        f"这份备份是另一个机构的,没有恢复,{SAFE}",
        "请选本机构的备份;要恢复那个机构,请先打开它的文件夹。",
    ),
    StorageKind.UNREADABLE: (f"备份读不出来,没有恢复,{SAFE}", "请检查U盘或网络,再试一次。"),
}
NOTE = (
    "恢复前先逐项校验备份,不通过就不动现在的数据。恢复以后,备份之后办的事要重新办;"
    "换下来的数据留在机构文件夹的 replaced 里。"
)


def when(backup: BackupGlimpse) -> str:
    return clock_text(backup.made_at)


def restored_text(backup: BackupGlimpse, block: int) -> str:
    """What the sign-in page says afterwards."""
    return f"已恢复到 {when(backup)} 的备份,{backup.people} 人;编号从新的号段(第 {block} 段)开始。"


class FolderField(FileField):
    """One folder, dropped here or chosen."""

    def set_source(self, source: Source | None) -> None:
        if source is None or isinstance(source, Path):  # a copied picture is no folder
            super().set_source(source)
        if isinstance(source, Path):
            self.label.setText(str(source))

    def choose(self) -> None:
        chosen = ask_folder(self, self.accessibleName())
        if chosen is not None:
            self.set_path(chosen)


class RestoreDialog(ActDialog):
    """`saved` carries the sentence for the sign-in page."""

    def __init__(
        self, doors: Doors, tasks: TaskRunner, office: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, "从备份恢复", "恢复", parent)
        self._doors, self._office, self._ticket = doors, office, 0
        self.folder = FolderField("把备份文件夹拖到这里,或")
        self.folder.button.setText("选择文件夹…")
        self.backup, self.user = QComboBox(), QComboBox()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText("备份当时用的密码")
        self.strip = BusyStrip()
        self.add_row("备份文件夹", self.folder, "folder")
        self.add_row("恢复到哪一份", self.backup, "backup")
        self.add_row("用户", self.user, "user")
        self.add_row("密码", self.password, "password")
        self.body.addLayout(self.form)
        self.body.addWidget(self.strip)
        self.add_note(NOTE)
        self.folder.changed.connect(self._on_folder)
        self.backup.currentIndexChanged.connect(self._fill_users)
        self._look(office, self._show_own)

    def calls(self) -> Sequence[Call]:
        backup = self._chosen()
        if backup is None:
            raise UserError("backup-missing", "还没有选备份。", "请选备份文件夹。", "folder")
        login, password = self.user.currentData(), self.password.text()
        if not login or not password:
            raise UserError("password-missing", "请选用户并输入密码。", where="password")
        return [partial(self._doors.restore, backup.folder, self._office, login, password)]

    def finish(self, value: object) -> None:
        backup = self._chosen()
        super().finish(restored_text(backup, cast(int, value)) if backup else "")

    def show_error(self, error: BaseException) -> None:
        if isinstance(error, StorageError) and error.kind in REFUSALS:
            message, remedy = REFUSALS[error.kind]
            error = FileError(f"restore-{error.kind.value}", message, remedy)
        super().show_error(error)

    def set_busy(self, busy: bool) -> None:
        super().set_busy(busy)
        if busy:
            self.main_button.setText("正在恢复…")
            self.strip.start("正在校验备份并恢复…", may_cancel=False)
        else:
            self.strip.end()

    def _chosen(self) -> BackupGlimpse | None:
        return cast("BackupGlimpse | None", self.backup.currentData())

    def _on_folder(self) -> None:
        if self.folder.path is not None:
            self.banner.clear()
            self._look(self.folder.path, self._show_found)

    def _look(self, place: Path, then: Callable[[Found], None]) -> None:
        self.tasks.drop(self._ticket)
        call = partial(self._doors.look_for_backups, place)
        self._ticket = self.tasks.read(self, call, then, on_error=self.show_error)

    def _show_own(self, found: Found) -> None:
        """The office's own backups are offered at once."""
        if found:
            self.folder.label.setText("本机构文件夹里的备份,或")
        self._show(found)

    def _show_found(self, found: Found) -> None:
        self._show(found)
        if not found:
            self.banner.show_warning(
                "这个文件夹里没有可用的备份。",
                "请选名字像 20261201T000200Z 的文件夹,或它的上一级。",
            )

    def _show(self, found: Found) -> None:
        self.backup.clear()
        for backup in found:
            self.backup.addItem(f"{when(backup)} · {backup.people} 人", backup)
        self._fill_users()

    def _fill_users(self, _at: int = 0) -> None:
        backup, before = self._chosen(), self.user.currentData()
        self.user.clear()
        for login, name in backup.users if backup else ():
            self.user.addItem(f"{name}({login})", login)
        self.user.setCurrentIndex(max(0, self.user.findData(before)) if backup else -1)
