"""Pictures of an office of another scheme: a unit that renews, its amount an estimate."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app import bootstrap, sample_office
from desktop_app.domain.identity import identity_18
from desktop_app.paths import resource_path
from desktop_app.services.drafts import UnitDraft
from desktop_app.services.offices.offices import NewUser, OfficeDraft
from desktop_app.services.services import Services
from desktop_app.ui import theme
from desktop_app.ui.main_window import MainWindow
from tests.shots.album import Album, shown


def _in_april_2023() -> datetime:
    return datetime(2023, 4, 3, 1, tzinfo=UTC)


@contextmanager
def _anyang(folder: Path) -> Iterator[Services]:
    """An office of another scheme: a unit that renews in April, its amount still an estimate."""
    now = _in_april_2023
    users = [NewUser(*user) for user in sample_office.SAMPLE_USERS]
    bootstrap.create_office(
        folder, OfficeDraft("安阳市总工会(演示)", "安阳市", demo=True), users, now=now
    )
    clerk, reviewer, head = ((user[0], user[3]) for user in sample_office.SAMPLE_USERS)
    with bootstrap.sign_in(folder, *head, now=now) as signed:
        signed.services.schemes.take_over(resource_path("schemes", "anyang-2023.toml"))
        signed.services.schemes.set_year(2023)
    draft = UnitDraft("洹河演示机械厂(演示)", "firm", at_work=4, women=2)
    with bootstrap.sign_in(folder, *clerk, now=now) as signed:
        unit = signed.services.units.register(draft).value
    with bootstrap.sign_in(folder, *reviewer, now=now) as signed:
        signed.services.units.open(unit)
    with bootstrap.sign_in(folder, *clerk, now=now) as signed:
        yield signed.services


def renewals(app: QApplication, album: Album, folder: Path) -> None:
    with _anyang(folder) as services:
        for large in (False, True):
            theme.apply(app, large=large)
            _renewal(album, services)
    theme.apply(app)


def _renewal(album: Album, services: Services) -> None:
    """The dialog with its estimate and with a refusal, the unit's page, the calculation."""
    with shown(MainWindow(services, album.tasks)) as window:
        album.settle()
        unit = services.units.list_units(2023)[0]
        page = window.open_unit(unit.id)
        album.settle()
        dialog = page.acts.dialogs.start_enrolment()
        if not unit.people and dialog is not None:
            album.settle()
            album.take(dialog, "anyang-new-unit-refused")
            dialog.kind.setCurrentIndex(1)
            dialog.kind.activated.emit(1)
            dialog.plans["medical"][0].setChecked(True)
            album.settle()
            album.take(dialog, "anyang-asks-the-last-day")
            dialog.ends.setText("2023-6-15")
            dialog.ends.editingFinished.emit()
            album.take(dialog, "anyang-renewal")
            dialog.accept()
            album.settle()
            _list_people(services, page.shown.case.id if page.shown.case else 0)
        elif dialog is not None:
            dialog.reject()
        page.reload()
        album.take(window, "anyang-unit")
        album.dialog(page.acts.dialogs.show_steps(), "anyang-steps")


def _list_people(services: Services, enrolment_id: int) -> None:
    lines = ["姓名,身份证号"]
    for place, name in enumerate(("张演示", "李演示", "王演示", "赵演示")):
        lines.append(f"{name},{identity_18(f'99999919800506{2 * place + 1:03d}')}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "花名册.csv")
        file.write_text("\n".join(lines), "utf-8-sig")
        services.rosters.carry_out(services.rosters.plan_file(enrolment_id, file).value)
