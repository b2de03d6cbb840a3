"""Which scans lie in a folder that a scanner or document camera writes into; none is opened."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from desktop_app.intake.refusals import reason_of, refusal

SCAN_ENDS = frozenset([".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"])
_UNFINISHED = (".", "~")  # how names begin that programs give to what they are still writing


@dataclass(frozen=True, slots=True, order=True)
class LyingFile:
    """A file as it lay at one look: two looks that are equal tell that nobody writes it."""

    path: Path
    size: int
    changed_ns: int


def lying_in(folder: Path) -> frozenset[LyingFile]:
    """The scans of a folder, without those of the folders in it.

    Raises:
        FileError: the folder is missing or cannot be read.
    """
    found = set()
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if _is_scan(entry.name) and (file := _lying(entry)) is not None:
                    found.add(file)
    except OSError as error:
        raise refusal(reason_of(error), folder.name) from error
    return frozenset(found)


def _lying(entry: os.DirEntry[str]) -> LyingFile | None:
    """None of an empty file, and of one that has just been taken away."""
    try:
        at = entry.stat()
    except FileNotFoundError:
        return None
    if not at.st_size or not entry.is_file():
        return None
    return LyingFile(Path(entry.path), at.st_size, at.st_mtime_ns)


def _is_scan(name: str) -> bool:
    return Path(name).suffix.lower() in SCAN_ENDS and not name.startswith(_UNFINISHED)
