"""The storage failures callers may handle; any other database error is a bug."""

from __future__ import annotations

from enum import StrEnum


class StorageKind(StrEnum):
    LOCKED = "locked"
    FULL = "full"
    READ_ONLY = "read-only"
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"  # I/O error, missing file, no server
    NEWER = "newer"
    WRONG_KEY = "wrong-key"
    UNSAFE = "unsafe"  # a required setting or library version is not in force


class StorageError(Exception):
    """The database could not be used; `kind` says why, `where` names the file or folder."""

    def __init__(self, kind: StorageKind, detail: str = "", where: str = "") -> None:
        super().__init__(f"{kind.value}: {detail}" if detail else kind.value)
        self.kind, self.detail, self.where = kind, detail, where


class ConflictError(Exception):
    """A constraint refused the change: someone else saved the same key first."""


class StaleError(ConflictError):
    """The row was changed by someone else after it was read."""


class OfficeInUseError(Exception):
    """Another copy of the program holds the office."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


class WrongPasswordError(Exception):
    """No key in the office opens with this name and password."""


class StatementStoppedError(Exception):
    """A long statement was ended by `UnitOfWork.interrupt()`; its transaction rolls back."""
