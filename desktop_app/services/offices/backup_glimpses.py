"""Backups as they lie in a folder, told before anybody's password has opened them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from db.backup import list_backups
from db.errors import StorageError
from db.files import BACKUPS
from db.keyring import Keyring
from db.manifest import FILE_NAME as MANIFEST


@dataclass(frozen=True, slots=True)
class BackupGlimpse:
    """What a backup says of itself; a restore verifies it before it replaces anything."""

    folder: Path
    made_at: datetime
    people: int
    users: tuple[tuple[str, str], ...]  # login, name


def look_for_backups(place: Path) -> tuple[BackupGlimpse, ...]:
    """The readable backups of a folder, newest first.

    `place` is a backup, a folder of backups, or an office's own folder.
    """
    return tuple(found for found in map(_glimpse, _folders(place)) if found is not None)


def _folders(place: Path) -> Iterator[Path]:
    if (place / MANIFEST).is_file():
        yield place
        return
    yield from list_backups(place)
    yield from list_backups(place / BACKUPS)


def _glimpse(folder: Path) -> BackupGlimpse | None:
    """None where it cannot be read or there is no keyring to try a password on."""
    try:
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        made_at = datetime.fromisoformat(told["made_at"])
        people = int(told["counts"].get("member", 0))
        users = tuple((user.login, user.display_name) for user in Keyring.load(folder).users)
    except (StorageError, OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return BackupGlimpse(folder, made_at, people, users)
