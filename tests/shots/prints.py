"""Pictures of a batch of forms, and of each kind of printed form."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.services.services import Services
from tests.shots.album import Album, form_pages


def batch(album: Any, window: Any, name: str) -> None:
    window.show_page("units")
    album.settle()
    page = window.page("units")
    page.table.selectRow(0)
    page.table.setFocus()
    for _unit in range(5):
        QTest.keyClick(page.table, Qt.Key.Key_Space)
    album.take(window, f"{name}units-marked")
    dialog = page.print_marks.print_forms()
    album.take(dialog, f"{name}print-batch")
    further = list(dialog.ticks.boxes.values())[-4:]  # those of 更多单据
    for box in further:
        box.click()
    album.take(dialog, f"{name}print-batch-further")
    for box in further:
        box.click()
    album.settle()
    with tempfile.TemporaryDirectory() as folder:
        dialog.save_to(Path(folder))
        album.settle()
        album.take(dialog, f"{name}print-batch-kept")
    dialog.reject()
    album.settle()


def forms(album: Album, services: Services) -> None:
    """Every kind of printed form once, as the page it prints."""
    seen: set[str] = set()
    for row in services.enrolments.list_enrolments(services.schemes.current_year()):
        for form in services.enrolments.get(row.id).forms:
            if form.issued_id is None or form.key in seen:
                continue
            seen.add(form.key)
            form_pages(album, services, form.key, form.issued_id)


def further_forms(album: Album, services: Services) -> None:
    """Every form beside the way of a case or claim, as far as the sample county has one."""
    cases = services.enrolments.list_enrolments(services.schemes.current_year())
    claims = services.claims.list_claims()
    today = services.office.view().today
    owners: list[tuple[str, int | None]] = [("office", None), ("unit", None)]
    owners += [("month", today.year * 100 + today.month)]
    owners += [(of, at) for row in cases for of, at in (("unit", row.unit_id), ("case", row.id))]
    owners += [("claim", row.id) for row in claims]
    owners += [("person", hit.id) for hit in services.search.find(claims[-1].person)]
    seen: set[tuple[str, bool]] = set()
    for form in services.forms.offered(owners):
        if not form.why_not and (form.key, form.of_id is None) not in seen:
            seen.add((form.key, form.of_id is None))
            name = f"{form.key}-blank" if form.of_id is None else form.key
            issued = services.forms.issue(form.key, form.of_id).value
            form_pages(album, services, name, issued)


def further_menu(album: Any, services: Services, window: Any, name: str) -> None:
    """The menu on a unit's page, what cannot be printed yet grey with its reason."""
    row = services.enrolments.list_enrolments(services.schemes.current_year())[0]
    page = window.open_unit(row.unit_id)
    album.settle()
    page.forms.further_button.click()
    album.settle()
    album.take(page.acts.prints.forms.menu, f"{name}unit-further-forms")
    page.acts.prints.forms.menu.close()
