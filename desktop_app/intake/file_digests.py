"""By which a file is known again: taken before it is read, so that it never speaks for more."""

from __future__ import annotations

import hashlib
from pathlib import Path

from desktop_app.intake.refusals import Refusal, reason_of, refusal
from desktop_app.intake.worker import LARGEST_FILE, read_bytes


def file_digest(path: Path) -> str:
    """The SHA-256 of a file as it lies; FileError where it cannot be read."""
    if path.is_dir():
        raise refusal("folder", path.name)
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise refusal(reason_of(error), path.name) from error


def file_content(path: Path) -> bytes:
    """A workbook's bytes, to be kept; FileError where they cannot be read or are too many."""
    try:
        return read_bytes(path, LARGEST_FILE, "too-large")
    except Refusal as refused:
        raise refusal(refused.reason, path.name) from refused
