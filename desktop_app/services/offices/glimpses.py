"""What is known of an office before anybody signs in; loads no database library."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from db.files import MANIFEST
from db.keyring import FILE_NAME as KEYRING
from db.keyring import Keyring
from desktop_app.errors import FileError

NOTE = "demo.json"  # the sample county's passwords, shown on its sign-in page


@dataclass(frozen=True, slots=True)
class OfficeGlimpse:
    """What is known of an office before anybody signs in."""

    exists: bool
    users: tuple[tuple[str, str], ...] = ()
    name: str = ""
    demo: bool = False
    passwords: tuple[tuple[str, str, str], ...] = ()  # of the sample county only


def refuse_backup(folder: Path) -> None:
    """Refuse a backup as an office: what was written into it would be lost with it, unseen."""
    if (folder / MANIFEST).exists():
        raise FileError(
            "folder-is-backup",
            "这个文件夹看起来是备份,不能当作机构打开,里面没有改动。",
            "要用它,请“从备份恢复”(命令行用 restore);只核对它用 verify。",
            str(folder),
        )


def look_at(folder: Path) -> OfficeGlimpse:
    """Say whose office lies in a folder, without opening it; a backup is refused."""
    refuse_backup(folder)
    if not (folder / KEYRING).exists():
        return OfficeGlimpse(exists=False)
    users = tuple((user.login, user.display_name) for user in Keyring.load(folder).users)
    note = folder / NOTE
    if not note.exists():
        return OfficeGlimpse(exists=True, users=users)
    told = json.loads(note.read_text("utf-8"))
    passwords = tuple((row["login"], row["name"], row["password"]) for row in told["users"])
    return OfficeGlimpse(True, users, told["office"], demo=True, passwords=passwords)
