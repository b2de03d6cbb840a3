"""No service, database or file call on the window's thread: a real office, every page used."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop_app import bootstrap, sample_office
from desktop_app.services.services import Services
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.strip.strips import strips
from desktop_app.ui.tasks import TaskRunner
from tests.made_once import office_once

WATCHED = ("open", "os.", "shutil.", "pathlib.", "sqlite3.", "socket.", "subprocess.")
LOGIN, _NAME, _ROLE, PASSWORD = sample_office.SAMPLE_USERS[0]


class _Watch:
    """One audit hook for the process (hooks cannot be taken off), switched on while in use."""

    def __init__(self) -> None:
        self.on, self.seen = False, []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if (
            self.on
            and event.startswith(WATCHED)
            and threading.current_thread() is threading.main_thread()
            and not _is_import()
        ):
            self.seen.append((event, str(args[:1])))

    @contextmanager
    def watching(self) -> Iterator[list[tuple[str, str]]]:
        self.seen.clear()
        self.on = True
        try:
            yield self.seen
        finally:
            self.on = False


def _is_import() -> bool:
    """Modules of a page are read when it is first shown; that is code, not data.

    PySide's own import hook reads a module's source once more.
    """
    frame = sys._getframe(2)
    while frame is not None:
        if any(part in frame.f_code.co_filename for part in ("importlib", "shibokensupport")):
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False


@pytest.fixture(scope="module")
def watch() -> _Watch:
    return _Watch()


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county") / "office"
    shutil.copytree(office_once(tmp_path_factory), folder)
    return folder


@pytest.fixture
def services(county: Path) -> Iterator[Services]:
    with bootstrap.sign_in(county, LOGIN, PASSWORD, now=sample_office.sample_clock) as signed:
        yield signed.services


class _Guard:
    """A service whose every method refuses the window's thread."""

    def __init__(self, service: Any, told: list[str]) -> None:
        self._service, self._told = service, told

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._service, name)
        if not callable(found):
            return found

        def call(*args: Any, **kwargs: Any) -> Any:
            if threading.current_thread() is threading.main_thread():
                self._told.append(f"{type(self._service).__name__}.{name}")
            return found(*args, **kwargs)

        return call


class _Guarded:
    def __init__(self, services: Services) -> None:
        self.told: list[str] = []
        for name in services.__slots__:
            setattr(self, name, _Guard(getattr(services, name), self.told))


def settle(qtbot: QtBot, tasks: TaskRunner) -> None:
    for _turn in range(3):
        qtbot.waitUntil(lambda: tasks.pending == 0, timeout=30_000)
        QApplication.processEvents()


def test_the_watch_itself_sees_a_file_opened_on_this_thread(watch: _Watch, county: Path) -> None:
    with watch.watching() as seen:
        (county / "demo.json").read_bytes()
    assert ("open", f"('{county / 'demo.json'}',)") in seen


def test_the_guard_itself_sees_a_service_called_on_this_thread(services: Services) -> None:
    guarded = _Guarded(services)
    guarded.office.view()  # type: ignore[attr-defined]
    assert guarded.told == ["OfficeService.view"]


def test_using_every_page_touches_no_service_and_no_file_on_this_thread(
    qtbot: QtBot, tasks: TaskRunner, services: Services, watch: _Watch, county: Path, dressed: None
) -> None:
    guarded = _Guarded(services)
    year = services.schemes.current_year()
    units = services.units.list_units(year)
    rosters = sorted(county.rglob("*花名册*.xls*"))
    window = MainWindow(guarded, tasks)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    failed: list[object] = []
    tasks.failed.connect(lambda _owner, error: failed.append(error))
    with watch.watching() as seen:
        for key in ("home", "units", "chase", "claims", "find", "reports", "more"):
            window.show_page(key)
            settle(qtbot, tasks)
        _use_numbers(window, lambda: settle(qtbot, tasks))
        window.search.setText("覃")
        window.search.ask()
        settle(qtbot, tasks)
        window.check_files((rosters[0],))
        settle(qtbot, tasks)
        window.page("check").save_corrections()
        window.page("more").backups.back_up()
        settle(qtbot, tasks)
        _use_schemes(window, lambda: settle(qtbot, tasks))
        for unit in units:
            _use_unit(window, unit.id, lambda: settle(qtbot, tasks))
        _look_at_dialog(window.page("units").register(), lambda: settle(qtbot, tasks))
        _look_at_dialog(window.page("claims").register(), lambda: settle(qtbot, tasks))
    assert failed == []
    assert guarded.told == []
    assert seen == []


def _use_numbers(window: MainWindow, settled: Callable[[], None]) -> None:
    window.page("home").copy_progress()
    window.page("home").waiting.number.click()
    settled()
    _look_at_dialog(window.page("chase").log_call(), settled)


def _use_unit(window: MainWindow, unit_id: int, settled: Callable[[], None]) -> None:
    page = window.open_unit(unit_id)
    settled()
    assert page.shown is not None
    if page.shown.case is not None:
        _look_at_dialog(page.acts.dialogs.take(page.shown.case.next_act), settled)
    _look_at_dialog(page.acts.dialogs.edit_unit(), settled)
    _look_at_dialog(page.acts.exchange.open(), settled)
    if page.acts.exchange.open_strip() is not None:
        settled()
        strips.close()
        settled()


def _use_schemes(window: MainWindow, settled: Callable[[], None]) -> None:
    card = window.page("more").schemes
    card.open_chosen()
    settled()
    assert card.editor is not None
    for row in range(card.editor.parts.count()):
        card.editor.parts.setCurrentRow(row)
    card.show_list()
    card.compare()
    settled()


def _look_at_dialog(dialog: object, settled: Callable[[], None]) -> None:
    settled()
    if isinstance(dialog, QDialog):
        dialog.reject()
        settled()
