"""Pictures of an office's beginning: people, scheme, figures; last year's books; signing in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop_app import bootstrap
from desktop_app.services.drafts import UnitDraft
from desktop_app.services.samples.county import make_county
from desktop_app.services.services import Services
from desktop_app.ui.dialogs.enrolment_dialog import NewEnrolmentDialog
from desktop_app.ui.dialogs.restore_dialog import RestoreDialog
from desktop_app.ui.dialogs.start_dialog import StartDialog
from desktop_app.ui.doors import ProgramDoors
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.first_start_page import FirstStartPage
from desktop_app.ui.pages.sign_in_page import SignInPage
from tests.shots.album import Album, shown


def before_sign_in(album: Album, sample: Path, name: str = "") -> None:
    doors = ProgramDoors()
    nowhere = sample.with_name("nowhere")
    with shown(FirstStartPage(nowhere, nowhere, doors, album.tasks)) as page:
        first_start(album, page, name)
    with shown(RestoreDialog(doors, album.tasks, sample)) as dialog:
        dialog.adjustSize()
        album.take(dialog, f"{name}restore")
    with shown(SignInPage(sample, bootstrap.look_at(sample), doors, album.tasks)) as page:
        album.take(page, f"{name}sign-in")
        page.password.setText("wrong")
        page.sign_in()
        album.take(page, f"{name}sign-in-refused")


def books(album: Album, services: Services, folder: Path) -> None:
    """Last year's books planned, stored, read again; then a unit renewed by its list."""
    ledger, wrong = make_county(folder).ledger, folder / "有错的名册.csv"
    wrong.write_text("单位名称,姓名,身份证号\n没有这家,张三,123\n", "utf-8-sig")
    with shown(MainWindow(services, album.tasks)) as window:
        window.go("opening")
        card = window.page("more").opening
        album.settle()
        for files, name in (((ledger, wrong), "planned"), ((ledger,), "again")):
            card.take(files)
            album.take(window, f"opening-{name}")
            card.tabs.setCurrentIndex(1)
            album.take(window, f"opening-{name}-findings")
            card.store()
            album.take(window, f"opening-{name}-stored")
        window.go("units")
        page = window.open_unit(services.units.list_units(2026)[0].id)
        album.take(window, "unit-from-books")
        album.dialog(page.acts.dialogs.renew(), "renewal")


def first_start(album: Any, page: FirstStartPage, name: str = "") -> None:
    """Every page of the first start, each refusing once."""
    album.take(page, f"{name}first-start")
    page.go_on()
    album.take(page, f"{name}first-start-refused")
    page.name.setText("青石县总工会")
    page.county.setText("青石县")
    for person in page.people[1:]:
        person.name.setText("演示")
        for field in (person.password, person.again):
            field.setText("long-enough-1")
    page.go_on()
    album.settle()
    steps = page.steps
    if steps is None:
        return
    steps.go_on()
    album.take(page, f"{name}first-start-scheme")
    steps.start.list.setCurrentRow(3)
    steps.go_on()
    album.take(page, f"{name}first-start-figures")
    next(iter(steps.figures.fields.values())).setText("60")
    steps.finish()
    album.take(page, f"{name}first-start-figures-refused")


def start_again(album: Any, services: Services, name: str = "") -> None:
    """The dialog that an empty office opens from its first steps."""
    dialog = StartDialog(services, album.tasks)
    dialog.open()
    album.settle()
    album.dialog(dialog, f"{name}start-again")


def application(album: Any, services: Services, name: str = "") -> None:
    """A new application while it is typed: too few join, of all and of the women."""
    draft = UnitDraft(f"青石演示{name}中学(演示)", "institution", at_work=107, women=48)
    unit = services.units.register(draft).value
    services.units.open(unit)
    dialog = NewEnrolmentDialog(services, album.tasks, services.units.get(unit))
    dialog.open()
    album.settle()
    for key in ("hospital", "women"):
        dialog.plans[key][0].setChecked(True)
    album.settle()
    dialog.joining.setText("80")
    dialog.joining_women.setText("30")
    album.settle()
    album.dialog(dialog, f"{name}application-too-few")
