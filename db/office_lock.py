"""One program per office: a lock of the operating system, which dies with its holder."""

from __future__ import annotations

import os
import platform
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from db.errors import OfficeInUseError
from db.files import storage_errors

FILE_NAME = "office.lock"
_BYTE = 1 << 20  # Windows keeps others from reading a locked byte, so it lies behind the text


class OfficeLock:
    """Held from `take` until `release` or the end of the process, however it ends."""

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    @classmethod
    def take(cls, folder: Path) -> OfficeLock:
        """Lock the office in `folder`; OfficeInUseError names who holds it."""
        path = folder / FILE_NAME
        with storage_errors(path):
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
        except OSError:
            holder = os.read(handle, 200).decode(errors="replace").strip()
            os.close(handle)
            raise OfficeInUseError(holder or "?") from None
        with suppress(OSError):  # the text is a courtesy; a full disk must not keep the office shut
            os.ftruncate(handle, 0)
            os.write(handle, f"{platform.node()}, {os.getpid()}\n".encode())
        return cls(handle)

    def release(self) -> None:
        """The file stays: removing it would let two programs lock two files of one name."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.release()


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, _BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(handle, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
