"""Scans and photos in: certificates, bank slips, proofs; looked at before they are kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from desktop_app.intake import frames
from desktop_app.intake.children import Child
from desktop_app.intake.pictures import LARGEST_SCAN
from desktop_app.intake.refusals import Refusal, refusal
from desktop_app.intake.worker import read_bytes

SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Scan:
    """A picture as it came; `kind` is pdf, png, jpeg or tiff."""

    kind: str
    pages: int
    data: bytes
    sha256: str


def read_scan(path: Path, *, child: Child | None = None) -> Scan:
    """Read a scan; a child process decodes it, so that a hostile one harms nobody.

    Args:
        path: the file.
        child: the process of a reader that is open anyway.

    Raises:
        FileError: `scan-not-readable`, `scan-too-large`, or the file cannot be opened.
    """
    used = child or Child()
    try:
        data = read_bytes(path, LARGEST_SCAN, "scan-too-large")
        request = {"task": "scan", "path": str(path.absolute())}
        answer = [body for _, body in used.ask(request, SECONDS, _go_on)][-1]
        note = frames.read_note(answer)
        if note["sha256"] != hashlib.sha256(data).hexdigest():
            raise Refusal("unreadable")  # it changed while we looked
        return Scan(str(note["kind"]), int(note["pages"]), data, str(note["sha256"]))
    except Refusal as refused:
        raise refusal(reason_of_scan(refused.reason), path.name) from refused
    finally:
        if child is None:
            used.close()


def reason_of_scan(reason: str) -> str:
    """The words for workbooks do not fit a picture."""
    return {
        "crashed": "scan",
        "empty": "scan",
        "folder": "scan",
        "memory": "scan-too-large",
        "time": "scan-too-large",
    }.get(reason, reason)


def _go_on() -> None:
    """A scan is soon looked at: nobody asks to stop."""
