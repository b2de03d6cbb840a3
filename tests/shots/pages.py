"""Pictures of every page of the rail, of the first page while it reads, of the calendar."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QApplication

from desktop_app.errors import FileError
from desktop_app.services.services import Services
from desktop_app.services.views.board import Mark, Slice
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.home.home_page import HomePage
from tests.shots.album import PATIENCE, Album, shown


def pages(album: Album, services: Services, name: str) -> None:
    with shown(MainWindow(services, album.tasks)) as window:
        for key in ("home", "check", "chase", "units", "claims", "find", "reports"):
            window.show_page(key)
            album.take(window, f"{name}-{key}")
        window.page("reports").show_tab("tie")
        album.take(window, f"{name}-reports-tie")
        album.dialog(window.page("chase").log_call(), f"{name}-call")
        window.open_slice(Slice(Mark.WAITING))
        album.take(window, f"{name}-units-waiting")
        for tab in ("backups", "figures", "look", "opening", "calendar", "schemes"):
            window.go(tab)
            album.take(window, f"{name}-more-{tab}")
        _calendar(album, window, name)
        window.page("find").text.setText("0")
        window.show_page("find")
        window.page("find").ask()
        album.take(window, f"{name}-find-answers")
        window.show_page("home")
        window.search.setText("覃")
        window.search.ask()
        album.take(window, f"{name}-search")


def _calendar(album: Album, window: MainWindow, name: str) -> None:
    """A carried year, and next year with some days turned."""
    window.go("calendar")
    card = window.page("more").calendar
    album.settle()
    card.before.click()
    album.take(window, f"{name}-calendar-carried")
    card.after.click()
    album.settle()
    card.calendar.setFocus()
    for day in (5, 8, 9, 10, 11, 12, 13, 20):
        card.calendar.move_to(date(card.calendar.cursor_day.year, 2, day))
        card.calendar.turn()
    album.take(window, f"{name}-calendar-turned")
    card.undo()


class _Never:
    """A board that is still being read, or that cannot be."""

    def __init__(self, error: Exception | None) -> None:
        self._error, self.go = error, threading.Event()

    def board(self) -> Any:
        self.go.wait(PATIENCE)
        raise self._error or FileError("closed", "没有读完。")


def home_that_waits(album: Album, services: Services) -> None:
    """The first page while its numbers are read, and when they cannot be."""
    busy = FileError("store-locked", "数据正被另一程序占用。", "请稍候再试;仍不行时重新打开程序。")
    never = _Never(busy)
    page = HomePage(replace(services, board=never), album.tasks)  # type: ignore[arg-type]
    with shown(page):
        QApplication.processEvents()
        page.grab().save(str(album.folder / "home-reading.png"))
        never.go.set()
        album.take(page, "home-failed")
