"""Pages of a scan for the eye: drawn by the child, which keeps the file it drew last."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.errors import FileError
from desktop_app.intake import frames
from desktop_app.intake.children import Child
from desktop_app.intake.pictures import LARGEST_SCAN
from desktop_app.intake.refusals import Refusal, refusal
from desktop_app.intake.scans import reason_of_scan
from desktop_app.intake.worker import read_bytes

SECONDS = 20.0
_TOO_LARGE, _AGAIN = "画面太大", "请用较低的分辨率重新扫描后换一份。"
_WHY = {
    "memory": (_TOO_LARGE, _AGAIN),
    "time": ("画面太复杂", _AGAIN),
    "scan-too-large": (_TOO_LARGE, _AGAIN),
    "scan-password": ("有打开密码", "请取消 PDF 的密码后换一份。"),
    "start": ("读取文件的后台程序没有启动", "请重新启动本程序。"),
}
_DAMAGED = ("文件可能已损坏", "请重新扫描或拍照后换一份。")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Which page of which file is asked for, how many pixels wide."""

    name: str
    sha256: str
    number: int = 1
    width: int = 1200


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page as PNG, and how many there are in its file."""

    pages: int
    png: bytes = field(repr=False)


def draw_page(sheet: Sheet, read: Callable[[], bytes], child: Child) -> DrawnPage:
    """A page of a kept file; `read` gives its bytes where the child does not hold them.

    Raises:
        FileError: `scan-not-shown`: it is damaged, locked, or too large to draw.
    """
    try:
        return _drawn(sheet, read, child)
    except Refusal as refused:
        why, remedy = _WHY.get(refused.reason, _DAMAGED)
        text = f"《{sheet.name}》第{sheet.number}页不能显示:{why}。"
        raise FileError("scan-not-shown", text, remedy, sheet.name) from refused


def draw_file(path: Path, number: int, width: int, child: Child) -> DrawnPage:
    """A page of a file that is not kept yet.

    Raises:
        FileError: `scan-not-readable`, `scan-too-large`, or the file cannot be opened.
    """
    try:
        data = read_bytes(path, LARGEST_SCAN, "scan-too-large")
        sheet = Sheet(path.name, hashlib.sha256(data).hexdigest(), number, width)
        return _drawn(sheet, lambda: data, child)
    except Refusal as refused:
        raise refusal(reason_of_scan(refused.reason), path.name) from refused


def _drawn(sheet: Sheet, read: Callable[[], bytes], child: Child) -> DrawnPage:
    try:
        return _asked(sheet, child, {})
    except Refusal as refused:
        if refused.reason != "not-held":
            raise
    packed = base64.b64encode(read()).decode("ascii")
    return _asked(sheet, child, {"data": packed})


def _asked(sheet: Sheet, child: Child, more: dict[str, str]) -> DrawnPage:
    request = {"task": "page", "sha256": sheet.sha256, **more}
    request |= {"page": str(sheet.number), "width": str(sheet.width)}
    answers = dict(child.ask(request, SECONDS, _go_on))
    pages = int(frames.read_note(answers[frames.OPENED])["pages"])
    return DrawnPage(pages, answers[frames.FILE])


def _go_on() -> None:
    """A page is soon drawn: nobody asks to stop."""
