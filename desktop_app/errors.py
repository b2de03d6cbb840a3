"""What the user can mend: one Chinese sentence, what to do, where; the texts for storage."""

from __future__ import annotations

from db.errors import OfficeInUseError, StorageError, StorageKind, WrongPasswordError

REFUSED, STORE = 3, 4


class UserError(Exception):
    """A rule or the user's input refused the act.

    Args:
        code: stable English code for scripts, e.g. `participation-too-low`.
        message: one Chinese sentence: what, whose.
        remedy: what to do about it, in Chinese.
        where: the file, sheet, row or field it is about.
    """

    exit_code = REFUSED

    def __init__(self, code: str, message: str, remedy: str = "", where: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.remedy, self.where = code, message, remedy, where


class FileError(UserError):
    """A file or the store cannot be used."""

    exit_code = STORE


class Cancelled(Exception):  # noqa: N818 - not a fault: the user stopped a long call
    """Raised by a Step to stop a long call; its transaction rolls back and nobody is shown it."""


_STORAGE = {
    StorageKind.LOCKED: (
        "数据正被其他程序占用,这一步没有保存。",
        "请稍候再试;若一直如此,请关闭其他窗口或重启电脑。",
    ),
    StorageKind.FULL: (
        "磁盘已满,这一步没有保存。",
        "请清理磁盘或换一个文件夹后再做一次;已保存的内容不受影响。",
    ),
    StorageKind.READ_ONLY: (
        "数据文件夹不能写入,这一步没有保存。",
        "请检查文件夹权限或U盘的写保护,然后再做一次。",
    ),
    StorageKind.DAMAGED: (
        "数据文件已损坏,程序没有改动它。",
        "请不要继续使用:回到登录页,按“从备份恢复…”,选最近的备份。",
    ),
    StorageKind.UNREADABLE: (
        "数据文件读写失败,这一步没有保存。",
        "请检查磁盘或网络连接;若重复出现,请从最近的备份恢复。",
    ),
    StorageKind.NEWER: (
        "这份数据由更新版本的程序保存,本程序不能打开。",
        "请安装新版本的程序后再打开。",
    ),
    StorageKind.WRONG_KEY: (
        "这份数据的密钥不符,不能打开。",
        "请确认打开的是本机构的数据文件夹,或从备份恢复。",
    ),
    StorageKind.UNSAFE: (
        "数据库的安全设置没有生效,程序没有打开数据。",
        "请重新安装程序;若重复出现,请联系技术人员。",
    ),
}


def explain(error: BaseException) -> UserError | None:
    """Turn a storage failure into its fixed sentence; None where the error is a bug."""
    if isinstance(error, UserError):
        return error
    if isinstance(error, StorageError):
        message, remedy = _STORAGE[error.kind]
        return FileError(f"store-{error.kind.value}", message, remedy, error.where or None)
    if isinstance(error, OfficeInUseError):
        return FileError(
            "office-in-use",
            "这个机构的数据正由另一个窗口打开。",
            f"请到电脑“{error.holder.split(',')[0]}”上使用已打开的窗口,或先把它关闭。",
        )
    if isinstance(error, WrongPasswordError):
        return FileError("password-wrong", "用户名或密码不对。", "请核对后再输入,注意大小写。")
    return None
