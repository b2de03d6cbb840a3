"""Several files let go at once are taken one after another; what was refused is told at the end."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog

from desktop_app.errors import explain
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.pages.units.unit_reading import UnitReadingPage
from desktop_app.ui.pasted import Source


class FileQueue:
    """`handle` is given one file; the next comes when its dialog or its save has ended."""

    def __init__(self, page: UnitReadingPage, handle: Callable[[Source], object]) -> None:
        self._page, self._handle = page, handle
        self._left: deque[Source] = deque()
        self._busy, self._kept, self._at, self._of = False, 0, 0, 0
        self._refused: list[tuple[str, str]] = []
        self.dialog: QDialog | None = None  # the one that is open

    def add(self, sources: tuple[Source, ...]) -> None:
        self._left.extend(sources)
        self._of += len(sources)
        if not self._busy:
            self._page.banner.clear()
            self._next()

    @property
    def place(self) -> str:
        return f"第 {self._at} 个,共 {self._of} 个" if self._of > 1 else ""

    def open(self, dialog: QDialog) -> None:
        dialog.finished.connect(self.go_on)
        self.dialog = opened(dialog)

    def save(self, call: Callable[[], Any]) -> None:
        self._page.tasks.save(
            self._page, call, self._on_kept, on_error=self._on_refused, on_ended=self.go_on
        )

    def refuse(self, text: str, remedy: str) -> None:
        self._refused.append((text, remedy))
        if self._left:
            self.go_on()
        else:
            self._next()

    def stop(self) -> None:
        self._left.clear()

    def go_on(self, _answer: int = 0) -> None:
        QTimer.singleShot(0, self._page, self._next)  # the dialog before it closes first

    def _next(self) -> None:
        self._busy, self.dialog = bool(self._left), None
        if self._left:
            self._at += 1
            self._handle(self._left.popleft())
        else:
            self._tell()

    def _tell(self) -> None:
        banner = self._page.banner
        kept = f"材料已存入{f' {self._kept} 份' if self._kept > 1 else ''}。" if self._kept else ""
        if self._refused:
            texts = "\n".join(text for text, _remedy in self._refused)
            remedies = dict.fromkeys(remedy for _text, remedy in self._refused)
            banner.show_warning(f"{kept}{texts}", "\n".join(remedies))
        elif kept:
            banner.show_good(kept)
        self._kept, self._at, self._of, self._refused = 0, 0, 0, []

    def _on_kept(self, _value: object) -> None:
        self._kept += 1

    def _on_refused(self, error: BaseException) -> None:
        known = explain(error)
        if known is None:
            raise error
        self._refused.append((known.message, known.remedy))
