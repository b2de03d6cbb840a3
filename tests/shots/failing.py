"""Every page while the ledger cannot be read any more: its file was cut short under the program."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app.services.services import Services
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.tasks import TaskRunner
from tests.shots.album import Album, desk, shown

PAGES = ("home", "chase", "units", "receive", "claims", "find", "reports")
TABS = ("backups", "figures", "opening", "calendar", "schemes")
LEFT = 4096  # bytes of the ledger


def failing(album: Album, office: Path, seat: tuple[str, str], name: str) -> None:
    """The pages of an office whose ledger is cut short once the window is open."""
    expected = Album(album.folder, TaskRunner(QApplication.instance()))
    expected.count = album.count
    with desk(office, *seat) as services, shown(MainWindow(services, expected.tasks)) as window:
        unit = services.units.list_units(services.schemes.current_year())[0].id
        page = window.open_unit(unit)
        expected.settle()
        _cut(services, office / "ledger.db")
        page.reload()
        expected.take(window, f"{name}-unit-open")
        page.back.emit()  # to the list, which is read now
        for key in PAGES:
            window.show_page(key)
            expected.take(window, f"{name}-{key}")
        for tab in TABS:
            window.go(tab)
            expected.take(window, f"{name}-more-{tab}")
        window.open_unit(unit + 1)
        expected.take(window, f"{name}-unit")
        window.search.setText("王")
        window.search.ask()
        expected.take(window, f"{name}-search")
    expected.tasks.wait()
    album.count = expected.count
    if not expected.failures:
        album.failures.append(f"{name}: nothing failed")


def _cut(services: Services, ledger: Path) -> None:
    """Cut the file and let go of the connections, which hold what they have read before."""
    for path in ledger.parent.glob(f"{ledger.name}*"):
        os.truncate(path, min(LEFT, path.stat().st_size))
    services.office.desk.database.readers.dispose()
    services.office.desk.database.engine.dispose()
