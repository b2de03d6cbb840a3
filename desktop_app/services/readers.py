"""The desk's one child process for reading files, lent to one call at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from desktop_app.errors import FileError
from desktop_app.intake.refusals import LOCKED
from desktop_app.intake.workbooks import WorkbookReader


class FileReaders:
    """Reads may overlap on the pool, the child answers one question at a time."""

    def __init__(self) -> None:
        self._reader, self._guard = WorkbookReader(), Lock()
        self._closed = False

    @contextmanager
    def lent(self) -> Iterator[WorkbookReader]:
        with self._guard:
            try:
                yield self._reader
            finally:
                if self._closed:  # a call that came late has started a child of its own
                    self._reader.close()

    def unlock(self, path: Path, password: str) -> None:
        """Open this file with a password from now on; it is kept in memory alone."""
        self._reader.unlock(path, password)

    def unlock_with(self, path: Path, passwords: Sequence[str]) -> bool:
        """Open this file with the first of these that fits; where none does, it stays as it was."""
        with self.lent() as reader:
            before = reader.password_of(path)
            for password in passwords:
                reader.unlock(path, password)
                try:
                    reader.read(path)
                except FileError as error:
                    if error.code != LOCKED:
                        raise
                else:
                    return True
            reader.unlock(path, before)
            return False

    def rest(self) -> None:
        """End the child; the next call starts another."""
        with self._guard:
            self._reader.close()

    def close(self) -> None:
        """End the child for good: what is still asked on the pool leaves none behind."""
        with self._guard:
            self._closed = True
            self._reader.close()
