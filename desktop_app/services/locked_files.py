"""Workbooks behind an opening password: what the clerk types opens them while the desk is open."""

from __future__ import annotations

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
