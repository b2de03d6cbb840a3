"""What is known of an office before anybody signs in; loads no database library."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from db.keyring import FILE_NAME as KEYRING
from db.keyring import Keyring

NOTE = "demo.json"  # the sample county's passwords, shown on its sign-in page


@dataclass(frozen=True, slots=True)
class OfficeGlimpse:
    """What is known of an office before anybody signs in."""

    exists: bool
    users: tuple[tuple[str, str], ...] = ()
    name: str = ""
    demo: bool = False
    passwords: tuple[tuple[str, str, str], ...] = ()  # of the sample county only


def look_at(folder: Path) -> OfficeGlimpse:
    """Say whose office lies in a folder, without opening it."""
    if not (folder / KEYRING).exists():
        return OfficeGlimpse(exists=False)
    users = tuple((user.login, user.display_name) for user in Keyring.load(folder).users)
    note = folder / NOTE
    if not note.exists():
        return OfficeGlimpse(exists=True, users=users)
    told = json.loads(note.read_text("utf-8"))
    passwords = tuple((row["login"], row["name"], row["password"]) for row in told["users"])
    return OfficeGlimpse(True, users, told["office"], demo=True, passwords=passwords)
