"""Scans of many papers in: which code stands on which page, pages cut out, all in the child."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from desktop_app.intake import frames
from desktop_app.intake.children import Child
from desktop_app.intake.frames import Page
from desktop_app.intake.pictures import LARGEST_STACK
from desktop_app.intake.refusals import Refusal, refusal
from desktop_app.intake.scans import reason_of_scan
from desktop_app.intake.worker import read_bytes

Step: TypeAlias = Callable[[int, int], None]
Cut: TypeAlias = tuple[int, int]  # a page and its turn

SECONDS = 600.0  # the longest scan taken has some hundred pages
CUT_SECONDS = 60.0
_SINGLE = ("png", "jpeg")  # such a file is its only page already


@dataclass(frozen=True, slots=True)
class CodedScan:
    """A file of scanned papers as it came, with what its pages say."""

    name: str
    kind: str  # pdf, png, jpeg or tiff
    data: bytes
    sha256: str
    pages: tuple[Page, ...]


def read_codes(path: Path, child: Child, step: Step | None = None) -> CodedScan:
    """Read the code of every page.

    Args:
        path: the scan.
        child: the process that does it.
        step: told pages done and all pages; may raise Cancelled, which ends the child.

    Raises:
        FileError: `scan-not-readable`, `scan-too-large`, or the file cannot be opened.
    """
    told = [0, 0]
    pages: list[Page] = []

    def beat() -> None:
        if step is not None:
            step(told[0], told[1])

    try:
        data = read_bytes(path, LARGEST_STACK, "scan-too-large")
        note: dict[str, object] = {}
        request = {"task": "codes", "path": str(path.absolute())}
        for kind, body in child.ask(request, SECONDS, beat):
            values = frames.read_note(body)
            if kind == frames.OPENED:
                note, told[1] = values, int(values["pages"])
            elif kind == frames.PAGE:
                pages.append(_page(values))
                told[0] += 1
                beat()
        if note["sha256"] != hashlib.sha256(data).hexdigest():
            raise Refusal("unreadable")  # it changed while we looked
    except Refusal as refused:
        raise refusal(_reason_of_stack(refused.reason), path.name) from refused
    return CodedScan(path.name, str(note["kind"]), data, str(note["sha256"]), tuple(pages))


def cut_pages(scan: CodedScan, groups: Sequence[Sequence[Cut]], child: Child) -> tuple[bytes, ...]:
    """Each group of pages as a file of its own, every page turned clockwise by its degrees.

    Raises:
        FileError: the pages cannot be cut out.
    """
    if scan.kind in _SINGLE and not any(turn for group in groups for _, turn in group):
        return tuple(scan.data for _ in groups)
    request = {"task": "cut", "kind": scan.kind, "data": _packed(scan.data)}
    request["groups"] = json.dumps(list(groups))
    try:
        return tuple(
            body for kind, body in child.ask(request, CUT_SECONDS, _go_on) if kind == frames.FILE
        )
    except Refusal as refused:
        raise refusal(_reason_of_stack(refused.reason), scan.name) from refused


def _page(values: dict[str, Any]) -> Page:
    codes, turns = tuple(map(str, values["codes"])), tuple(map(int, values["turns"]))
    return Page(int(values["number"]), codes, turns)


def _reason_of_stack(reason: str) -> str:
    """A stack may be larger than a single paper, and is scanned again in parts."""
    told = reason_of_scan(reason)
    return "stack-too-large" if told == "scan-too-large" else told


def _packed(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _go_on() -> None:
    """Cutting is soon done: nobody asks to stop."""
