"""Pictures of every page, dialog and printed form, for people to look at; never compared.

Run: python -m tests.shots DIR
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from desktop_app import bootstrap, sample_office
from desktop_app.domain.identity import identity_18
from desktop_app.domain.scheme_editor.scheme_draft import SchemeDraft
from desktop_app.domain.scheme_editor.scheme_terms import PARTS
from desktop_app.errors import FileError
from desktop_app.main import make_application
from desktop_app.paths import resource_path
from desktop_app.services.drafts import UnitDraft
from desktop_app.services.offices.offices import NewUser, OfficeDraft
from desktop_app.services.samples.county import make_county
from desktop_app.services.services import Services
from desktop_app.services.views.board import Mark, Slice
from desktop_app.ui import theme
from desktop_app.ui.crash import CrashDialog
from desktop_app.ui.dialogs.restore_dialog import RestoreDialog
from desktop_app.ui.doors import ProgramDoors
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.first_start_page import FirstStartPage
from desktop_app.ui.pages.home.home_page import HomePage
from desktop_app.ui.pages.schemes.scheme_editor import SchemeEditor
from desktop_app.ui.pages.sign_in_page import SignInPage
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.tasks import TaskRunner
from tests.shots_prints import batch
from tests.shots_receptions import receptions
from tests.shots_side_by_side import side_by_side

SIZE = QSize(1366, 768)
PATIENCE = 60.0
LOGIN, PASSWORD = sample_office.SAMPLE_USERS[0][0], sample_office.SAMPLE_USERS[0][3]
OWN = NewUser("wang", "王某", sample_office.SAMPLE_USERS[2][2], "empty-office-1")


def say(text: object) -> None:
    sys.stdout.write(f"{text}\n")


class Album:
    """One folder of numbered pictures; failures are said and counted, not hidden."""

    def __init__(self, folder: Path, tasks: TaskRunner) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.tasks, self.count = folder, tasks, 0
        self.failures: list[str] = []
        tasks.failed.connect(lambda _owner, error: self.failures.append(repr(error)))

    def take(self, widget: QWidget, name: str) -> None:
        self.settle()
        self.count += 1
        path = self.folder / f"{self.count:02d}-{name}.png"
        if not widget.grab().save(str(path)):
            self.failures.append(f"not saved: {path}")
        say(path)

    def settle(self) -> None:
        """Turn the event loop until nothing is under way any more."""
        end = time.monotonic() + PATIENCE
        calm = 0
        while calm < 5 and time.monotonic() < end:
            QApplication.processEvents()
            calm = 0 if self.tasks.pending else calm + 1
            time.sleep(0.01)

    def dialog(self, opened: Any, name: str) -> None:
        """Picture of a dialog that a page has opened; then it is closed undone."""
        if isinstance(opened, QDialog):
            self.take(opened, name)
            opened.reject()
            self.settle()
        else:
            say(f"-- no dialog now: {name}")


def main(argv: list[str]) -> int:
    app = make_application(Preferences())
    tasks = TaskRunner(app)
    album = Album(Path(argv[0] if argv else "shots"), tasks)
    with tempfile.TemporaryDirectory() as made:
        sample, own = Path(made, "sample"), Path(made, "own")
        sample_office.make_sample(sample)
        bootstrap.create_office(own, OfficeDraft("青石县总工会", "青石县"), _two_users())
        _before_sign_in(album, sample)
        with _desk(own, OWN.login, OWN.password) as services:
            _pages(album, services, "empty")
            _books(album, services, Path(made, "county"))
        _draft_a_scheme(sample)
        others = {name: shutil.copytree(sample, Path(made, name)) for name in ("large", "dark")}
        with _desk(sample, LOGIN, PASSWORD) as services:
            _pages(album, services, "sample")
            _home_that_waits(album, services)
            _units(album, services)
            _rosters(album, services, sample)
            _claims(album, services)
            _receptions(album, services, "")
            _forms(album, services)
            _schemes(album, services)
        for name, office in others.items():
            theme.apply(app, dark=name == "dark", large=name == "large")
            with _desk(office, LOGIN, PASSWORD) as services:
                _in_another_look(album, services, name)
        theme.apply(app)
        _renewals(app, album, Path(made, "anyang"))
        side_by_side(album, Path(made, "five"))
        tasks.wait()
    for failure in album.failures:
        say(f"FAILED {failure}")
    return 1 if album.failures else 0


def _in_another_look(album: Album, services: Services, name: str) -> None:
    """The pages again, in large type or in the dark, of an office nobody has worked in since."""
    _pages(album, services, name)
    _units(album, services, 99 if name == "large" else 1)
    _receptions(album, services, f"{name}-")
    _schemes(album, services)


def _draft_a_scheme(sample: Path) -> None:
    """A draft in which values are others, a step is new and one is moved."""
    login, _name, _role, password = sample_office.SAMPLE_USERS[2]
    with _desk(sample, login, password) as services:
        editing = services.scheme_editing
        made = editing.new_draft(editing.list_versions()[0].id).value
        draft = SchemeDraft(editing.text_of(made).text)
        draft.edit("eligibility.max_age", 63)
        draft.edit("participation.min_share", "75/100")
        step = draft.copy("claims.steps[1]")
        draft.edit(f"{step}.label", "公示(演示)")
        draft.move("papers[2]", 1)
        editing.save_text(made, draft.text)


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


def _renewals(app: QApplication, album: Album, folder: Path) -> None:
    with _anyang(folder) as services:
        for large in (False, True):
            theme.apply(app, large=large)
            _renewal(album, services)
    theme.apply(app)


def _renewal(album: Album, services: Services) -> None:
    """The dialog with its estimate and with a refusal, the unit's page, the calculation."""
    with _shown(MainWindow(services, album.tasks)) as window:
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


def _two_users() -> tuple[NewUser, ...]:
    return (OWN, NewUser("li", "李某", sample_office.SAMPLE_USERS[1][2], "empty-office-2"))


@contextmanager
def _desk(folder: Path, login: str, password: str) -> Iterator[Services]:
    with bootstrap.sign_in(folder, login, password, now=sample_office.sample_clock) as signed:
        yield signed.services


@contextmanager
def _shown(widget: QWidget) -> Iterator[Any]:
    widget.resize(SIZE)
    widget.show()
    yield widget
    widget.close()
    widget.deleteLater()
    QApplication.processEvents()


def _before_sign_in(album: Album, sample: Path) -> None:
    doors = ProgramDoors()
    nowhere = sample.with_name("nowhere")
    with _shown(FirstStartPage(nowhere, nowhere, doors, album.tasks)) as page:
        album.take(page, "first-start")
        page.create_office()
        album.take(page, "first-start-refused")
    with _shown(RestoreDialog(doors, album.tasks, sample)) as dialog:
        dialog.adjustSize()
        album.take(dialog, "restore")
    with _shown(SignInPage(sample, bootstrap.look_at(sample), doors, album.tasks)) as page:
        album.take(page, "sign-in")
        page.password.setText("wrong")
        page.sign_in()
        album.take(page, "sign-in-refused")


def _pages(album: Album, services: Services, name: str) -> None:
    with _shown(MainWindow(services, album.tasks)) as window:
        for key in ("home", "check", "chase", "units", "claims", "find", "reports"):
            window.show_page(key)
            album.take(window, f"{name}-{key}")
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


def _receptions(album: Album, services: Services, name: str) -> None:
    with _shown(MainWindow(services, album.tasks)) as window:
        batch(album, window, name)
        receptions(album, services, window, name)


def _books(album: Album, services: Services, folder: Path) -> None:
    """Last year's books planned, stored, read again; then a unit renewed by its list."""
    ledger, wrong = make_county(folder).ledger, folder / "有错的名册.csv"
    wrong.write_text("单位名称,姓名,身份证号\n没有这家,张三,123\n", "utf-8-sig")
    with _shown(MainWindow(services, album.tasks)) as window:
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


def _home_that_waits(album: Album, services: Services) -> None:
    """The first page while its numbers are read, and when they cannot be."""
    busy = FileError("store-locked", "数据正被另一程序占用。", "请稍候再试;仍不行时重新打开程序。")
    never = _Never(busy)
    page = HomePage(replace(services, board=never), album.tasks)  # type: ignore[arg-type]
    with _shown(page):
        QApplication.processEvents()
        page.grab().save(str(album.folder / "home-reading.png"))
        never.go.set()
        album.take(page, "home-failed")


def _units(album: Album, services: Services, most: int = 99) -> None:
    with _shown(MainWindow(services, album.tasks)) as window:
        album.settle()
        for unit in services.units.list_units(services.schemes.current_year())[:most]:
            page = window.open_unit(unit.id)
            album.take(window, f"unit-{unit.step_label}")
            if page.shown and page.shown.case:
                album.dialog(
                    page.acts.dialogs.take(page.shown.case.next_act), f"next-{unit.step_label}"
                )
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
        ("crash", lambda: _crash(window)),
    )


def _crash(window: MainWindow) -> QDialog:
    try:
        raise ZeroDivisionError
    except ZeroDivisionError as error:
        dialog = CrashDialog(error, window)
    dialog.open()
    return dialog


def _rosters(album: Album, services: Services, sample: Path) -> None:
    rosters = sorted(p for p in sample.rglob("*.xls*") if "更正" not in p.name)
    with _shown(MainWindow(services, album.tasks)) as window:
        for path in rosters[:4]:
            window.check_files((path,))
            album.take(window, f"check-{path.stem}")
        album.dialog(window.choose_unit(rosters[0], None), "choose-unit")
        window.check_files((sample / "demo.json",))
        album.take(window, "check-not-a-workbook")
        for unit in services.units.list_units(services.schemes.current_year()):
            page = window.open_unit(unit.id)
            album.settle()
            if page.people.roster_button.isEnabled() and page.people.roster_button.isVisible():
                album.dialog(page.acts.files.read_roster(rosters[0]), "import-plan")
                return


def _claims(album: Album, services: Services) -> None:
    with _shown(MainWindow(services, album.tasks)) as window:
        page = window.show_page("claims")
        album.settle()
        album.dialog(page.register(), "claim-register")
        for row in services.claims.list_claims():
            if services.claims.get(row.id).fields:
                services.claims.figure(row.id, {"total_fen": 1_260_000, "own_fen": 431_275})
            page.open_claim(row.id)
            album.take(window, f"claim-{row.step_label}")
            for act in ("claim.type-amount", "claim.figure", "claim.decide", "claim.arrive"):
                album.dialog(page.take(act), f"{act}-{row.step_label}")
            for act in ("claim.send-back", "claim.refuse", "claim.pay", "claim.void"):
                album.dialog(page.take(act), f"{act}-{row.step_label}")
            album.dialog(page.take("claim.enter-number"), f"claim-number-{row.step_label}")
            album.dialog(page.show_worksheet(), f"claim-worksheet-{row.step_label}")
            view = services.claims.get(row.id)
            if view.worksheet:
                issued = services.claim_prints.issue_worksheet(row.id).value
                _form_pages(album, services, f"worksheet-{row.id}", issued)
            if any(paper.state != "missing" for paper in view.papers):
                issued = services.claim_prints.issue_receipt(row.id).value
                _form_pages(album, services, f"claim-receipt-{row.id}", issued)


def _form_pages(album: Album, services: Services, name: str, issued: int) -> None:
    for at, image in enumerate(services.prints.page_images(issued, 100)[:2], 1):
        path = album.folder / f"form-{name}-{at}.png"
        path.write_bytes(image)
        say(path)


def _schemes(album: Album, services: Services) -> None:
    """The editor on a draft: some parts, a fault, the text, the comparison."""
    with _shown(MainWindow(services, album.tasks)) as window:
        window.go("schemes")
        card = window.page("more").schemes
        album.settle()
        lines = services.scheme_editing.list_versions()
        card.open_version(next(line.id for line in lines if not line.draft))
        album.settle()
        card.editor.parts.setCurrentRow(list(PARTS).index("benefits"))
        album.take(window, "scheme-locked")
        card.show_list()
        draft = next((line for line in lines if line.draft), None)
        if draft is None:
            return
        card.open_version(draft.id)
        album.settle()
        for row in range(card.editor.parts.count()):
            card.editor.parts.setCurrentRow(row)
            album.take(window, f"scheme-{card.editor.part}")
        card.editor.parts.setCurrentRow(list(PARTS).index("steps"))
        card.editor.form.go_to("steps.on-behalf[1].requires")
        album.take(window, "scheme-requirements")
        for part in ("coverage", "benefits", "steps"):
            _add_blocks(album, window, card.editor, part)
        card.editor.parts.setCurrentRow(1)
        card.editor.form.edited.emit("eligibility.min_age", 99)
        album.take(window, "scheme-fault")
        album.dialog(card._ask_activation(draft), "scheme-activate")
        card.show_list()
        card.table.selectAll()
        card.compare()
        album.take(window, "scheme-compare")


def _add_blocks(album: Album, window: MainWindow, editor: SchemeEditor, part: str) -> None:
    """The menu of what a part may still have, and the last of it added and left to be filled."""
    editor.parts.setCurrentRow(list(PARTS).index(part))
    album.settle()
    adder = next(b for b in editor.form.findChildren(QPushButton) if b.menu() is not None)
    album.take(adder.menu(), f"scheme-{part}-menu")
    adder.menu().actions()[-1].trigger()
    album.take(window, f"scheme-{part}-added")


def _forms(album: Album, services: Services) -> None:
    """Every kind of printed form once, as the page it prints."""
    seen: set[str] = set()
    for row in services.enrolments.list_enrolments(services.schemes.current_year()):
        for form in services.enrolments.get(row.id).forms:
            if form.issued_id is None or form.key in seen:
                continue
            seen.add(form.key)
            _form_pages(album, services, form.key, form.issued_id)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
