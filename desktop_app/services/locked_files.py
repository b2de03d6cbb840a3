"""Workbooks behind an opening password: what the clerk types opens them while the desk is open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop_app.services.acts import look
from desktop_app.services.desk import Desk


class LockedFileService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def unlock(self, path: Path, password: str) -> None:
        """Read this file with a password from now on; never waits, nothing is stored.

        Whether it opens the file, the next reading says: `file-password` where it does not.
        """
        self.desk.readers.unlock(path, password)

    @look()
    def unlock_with(self, path: Path, passwords: Sequence[str]) -> bool:
        """Read this file from now on with the first of these that opens it; False if none does."""
        return self.desk.readers.unlock_with(path, passwords)
