"""A PDF whose signatures are looked at: the child reads it, so that a hostile one harms nobody."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.signatures import FoundSignature, unpacked
from desktop_app.intake import frames
from desktop_app.intake.children import Child
from desktop_app.intake.refusals import Refusal, refusal
from desktop_app.intake.worker import LARGEST_PDF, read_bytes

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class SignedFile:
    """The digest of the file's bytes, and the signatures in it, the first one first."""

    sha256: str
    signatures: tuple[FoundSignature, ...]


def read_signed_file(path: Path, child: Child) -> SignedFile:
    """Look at the signatures of any PDF.

    Raises:
        FileError: `pdf-not-readable`, `pdf-locked`, or the file cannot be opened.
    """
    try:
        data = read_bytes(path, LARGEST_PDF, "pdf-too-large")
        request = {"task": "signatures", "path": str(path.absolute())}
        note = frames.read_note([body for _, body in child.ask(request, SECONDS, _go_on)][-1])
        sha256 = hashlib.sha256(data).hexdigest()
        if note["sha256"] != sha256:
            raise Refusal("unreadable")  # it changed while we looked
    except Refusal as refused:
        raise refusal(_reason(refused.reason), path.name) from refused
    return SignedFile(sha256, tuple(unpacked(one) for one in note["signatures"]))


def _reason(reason: str) -> str:
    """The words for workbooks do not fit a PDF."""
    return {
        "crashed": "pdf",
        "empty": "pdf",
        "folder": "pdf",
        "memory": "pdf-too-large",
        "time": "pdf-too-large",
    }.get(reason, reason)


def _go_on() -> None:
    """A file is soon looked at: nobody asks to stop."""
