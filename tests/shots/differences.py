"""Pictures of a list beside last year's: in the preview, in its table, before it is signed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from PIL import Image

from desktop_app.domain.identity import identity_18
from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.services.services import Services
from desktop_app.services.views.units import UnitRow
from desktop_app.ui.main_window import MainWindow
from tests.shots.album import Album, desk, shown

FINISHED = "办结"
NEW = ("覃演示", "何演示", "向演示")
Seat = tuple[str, str]


def differences(album: Album, office: Path, seats: tuple[Seat, ...], name: str = "") -> None:
    """A unit of the sample county renews: two leave, three come, two numbers are put right."""
    clerk, reviewer, head = seats
    with desk(office, *head) as services:
        year = services.schemes.current_year() + 1
        services.schemes.set_year(year)
    with desk(office, *clerk) as services:
        unit, case = _begun(services, year)
        roster = _roster(services, unit, office / "续保名单")
        with shown(MainWindow(services, album.tasks)) as window:
            _preview(album, window, unit, roster, name)
        _submitted(services, case, office)
    with desk(office, *reviewer) as services, shown(MainWindow(services, album.tasks)) as window:
        page = window.open_unit(unit.id)
        album.settle()
        album.dialog(page.acts.dialogs.take_next(), f"{name}review-difference")


def _begun(services: Services, year: int) -> tuple[UnitRow, int]:
    units = services.units.list_units(year - 1)
    unit = next(one for one in units if one.step_label == FINISHED and one.people > 12)
    plan = services.renewals.plan(unit.id)
    draft = EnrolmentDraft(
        handling="on-behalf",
        plans=tuple((key, shares) for key, _name, shares in plan.plans),
        at_work=len(plan.people) + len(NEW) - 2,
        women=plan.women,
    )
    return unit, services.enrolments.start(unit.id, draft).value


def _roster(services: Services, unit: UnitRow, folder: Path) -> Path:
    """Last year's list as the unit sends it back."""
    [file] = services.renewals.save_rosters((unit.id,), folder).value["files"]
    book: Any = openpyxl.load_workbook(folder / file)
    sheet = book.active
    numbers = [sheet.cell(row, 4).value for row in (2, 3, 4)]
    sheet.delete_rows(2, 2)
    sheet.cell(2, 4).value = _next_number(numbers[2], 60)  # the same day of birth
    for place, name in enumerate(NEW):
        sheet.append((99, unit.name, name, _next_number(numbers[place], 300 + 2 * place), "", ""))
    book.save(folder / file)
    return folder / file


def _next_number(number: str, further: int) -> str:
    return identity_18(f"{number[:14]}{(int(number[14:17]) + further) % 1000:03d}")


def _preview(album: Album, window: Any, unit: UnitRow, roster: Path, name: str) -> None:
    page = window.open_unit(unit.id)
    album.settle()
    dialog = page.acts.files.read_roster(roster)
    album.settle()
    album.take(dialog, f"{name}import-difference")
    album.dialog(dialog.difference.look(), f"{name}difference")
    dialog.accept()
    album.settle()


def _submitted(services: Services, case: int, office: Path) -> None:
    proof = office / "保险证明.png"
    Image.new("L", (400, 560), 255).save(proof)
    for paper in services.enrolments.get(case).papers:
        if paper.key in ("insurance-proof", "over-age-proof"):
            services.enrolments.attach_paper(case, paper.key, proof)
    services.enrolments.submit(case)
