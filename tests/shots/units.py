"""Pictures of units' pages at each step, of their dialogs, of rosters checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog

from desktop_app.services.services import Services
from desktop_app.ui.crash import CrashDialog
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.corrections import LetterPasswordDialog
from desktop_app.ui.dialogs.roster_folder_dialog import RosterFolderDialog
from desktop_app.ui.main_window import MainWindow
from tests.shots.album import Album, shown
from tests.shots.asked import sent_back, what_is_it
from tests.shots.exchanges import corrected, exchanges


def units(album: Album, services: Services, most: int = 99) -> None:
    with shown(MainWindow(services, album.tasks)) as window:
        album.settle()
        numbered = False
        for unit in services.units.list_units(services.schemes.current_year())[:most]:
            page = window.open_unit(unit.id)
            album.take(window, f"unit-{unit.step_label}")
            sent_back(album, page, "")
            exchanges(album, page, "")
            if not numbered and page.shown and page.shown.case and page.shown.case.business_no:
                numbered = True
                corrected(album, page, "")
            if page.shown and page.shown.case:
                album.dialog(
                    page.acts.dialogs.take(page.shown.case.next_act), f"next-{unit.step_label}"
                )
        what_is_it(album, window.unit_page, "")
        for name, act in _unit_dialogs(window):
            album.dialog(act(), name)
        for form in window.unit_page.shown.case.forms if window.unit_page.shown.case else ():
            if form.issued_id is not None:
                album.dialog(window.unit_page.acts.prints.print_form(form), f"preview-{form.key}")


def _unit_dialogs(window: MainWindow) -> tuple[tuple[str, Callable[[], Any]], ...]:
    page = window.unit_page
    assert page is not None
    return (
        ("unit-edit", page.acts.dialogs.edit_unit),
        ("unit-open-account", page.acts.dialogs.open_account),
        ("unit-send-back", page.acts.dialogs.send_unit_back),
        ("enrolment-new", page.acts.dialogs.start_enrolment),
        ("unit-follow", page.acts.dialogs.follow),
        ("unit-new", window.page("units").register),
        ("unit-similar", lambda: _similar(window)),
        ("crash", lambda: _crash(window)),
    )


def _similar(window: MainWindow) -> QDialog:
    """A unit that is there already under nearly the same name is registered."""
    page = window.unit_page
    assert page is not None
    assert page.shown is not None
    dialog = window.page("units").register()
    dialog.name.setText(page.shown.unit.draft.name.replace("(演示)", "工会(演示)"))
    dialog.kind.setCurrentIndex(0)
    dialog.accept()
    return dialog


def _crash(window: MainWindow) -> QDialog:
    try:
        raise ZeroDivisionError
    except ZeroDivisionError as error:
        dialog = CrashDialog(error, window)
    dialog.open()
    return dialog


def rosters(album: Album, services: Services, sample: Path) -> None:
    rosters = sorted(p for p in sample.rglob("*.xls*") if "更正" not in p.name)
    with shown(MainWindow(services, album.tasks)) as window:
        for path in rosters[:4]:
            window.check_files((path,))
            album.take(window, f"check-{path.stem}")
        album.dialog(window.choose_unit(rosters[0], None), "choose-unit")
        window.check_files((sample / "demo.json",))
        album.take(window, "check-not-a-workbook")
        folder = RosterFolderDialog(services, album.tasks, rosters[0].parent, window)
        album.dialog(opened(folder), "folder-of-lists")
        for unit in services.units.list_units(services.schemes.current_year()):
            page = window.open_unit(unit.id)
            album.settle()
            if page.people.roster_button.isEnabled() and page.people.roster_button.isVisible():
                plan = page.acts.files.read_roster(rosters[0])
                album.settle()
                album.dialog(plan.columns.check(), "import-columns")
                plan.ask_lock()
                album.dialog(plan.findChild(LetterPasswordDialog), "corrections-lock")
                album.dialog(plan, "import-plan")
                return
