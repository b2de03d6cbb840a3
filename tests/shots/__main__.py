"""Pictures of every page, dialog and printed form, for people to look at; never compared.

Run: python -m tests.shots DIR
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app import bootstrap, sample_office
from desktop_app.main import make_application
from desktop_app.services.offices.offices import NewUser, OfficeDraft
from desktop_app.services.services import Services
from desktop_app.ui import theme
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.tasks import TaskRunner
from tests.shots.album import Album, desk, say, shown
from tests.shots.beginnings import application, before_sign_in, books, start_again
from tests.shots.claims import claims
from tests.shots.differences import differences
from tests.shots.drafts import drafts
from tests.shots.failing import failing
from tests.shots.layouts import layouts
from tests.shots.matching import matching
from tests.shots.mending import mending, reviewing
from tests.shots.pages import home_that_waits, pages
from tests.shots.persons import persons
from tests.shots.prints import batch, forms, further_forms, further_menu
from tests.shots.receptions import receptions
from tests.shots.refunds import offers, refunds
from tests.shots.renewals import renewals
from tests.shots.roster_changes import roster_changes
from tests.shots.schemes import draft_a_scheme, schemes
from tests.shots.side_by_side import side_by_side
from tests.shots.signing import signing
from tests.shots.statements import statements
from tests.shots.units import rosters, units

LOGIN, PASSWORD = sample_office.SAMPLE_USERS[0][0], sample_office.SAMPLE_USERS[0][3]
REVIEWER_SEAT = sample_office.SAMPLE_USERS[1][0], sample_office.SAMPLE_USERS[1][3]
SEATS = tuple((user[0], user[3]) for user in sample_office.SAMPLE_USERS)
HEAD, REVIEWER = sample_office.SAMPLE_USERS[2][2], sample_office.SAMPLE_USERS[1][2]
OWN = NewUser("wang", "王某", HEAD, "empty-office-1")
OTHER = NewUser("li", "李某", REVIEWER, "empty-office-2")


def main(argv: list[str]) -> int:
    app = make_application(Preferences())
    album = Album(Path(argv[0] if argv else "shots"), TaskRunner(app))
    with tempfile.TemporaryDirectory() as made:
        _take_all(app, album, Path(made))
        album.tasks.wait()
    for failure in album.failures:
        say(f"FAILED {failure}")
    return 1 if album.failures else 0


def _take_all(app: QApplication, album: Album, folder: Path) -> None:
    sample = folder / "sample"
    sample_office.make_sample(sample)
    before_sign_in(album, sample)
    _of_nobody(album, folder)
    draft_a_scheme(sample)
    copies = ("large", "dark", "failing", "failing-large", "renewed", "renewed-large")
    others = {name: shutil.copytree(sample, folder / name) for name in copies}
    with desk(sample, LOGIN, PASSWORD) as services:
        _of_a_county(album, services, sample)
    with desk(sample, *REVIEWER_SEAT) as services:
        reviewing(album, services, "")
    with desk(sample, *SEATS[2]) as services:
        signing(album, services, "")
    for name in ("failing", "failing-large"):
        theme.apply(app, large=name == "failing-large")
        failing(album, others.pop(name), (LOGIN, PASSWORD), name)
    for name in ("renewed", "renewed-large"):
        theme.apply(app, large=name == "renewed-large")
        differences(album, others.pop(name), SEATS, f"{name}-")
    for name, office in others.items():
        theme.apply(app, dark=name == "dark", large=name == "large")
        with desk(office, LOGIN, PASSWORD) as services:
            _in_another_look(album, services, name)
        with desk(office, *REVIEWER_SEAT) as services:
            reviewing(album, services, f"{name}-")
        with desk(office, *SEATS[2]) as services:
            signing(album, services, f"{name}-")
        before_sign_in(album, office, f"{name}-")
    theme.apply(app)
    renewals(app, album, folder / "anyang")
    side_by_side(album, folder / "five")


def _of_nobody(album: Album, folder: Path) -> None:
    """An office that has just begun: its pages, its start asked again, its first books and unit."""
    own = folder / "own"
    bootstrap.create_office(own, OfficeDraft("青石县总工会", "青石县"), (OWN, OTHER))
    with desk(own, OWN.login, OWN.password) as services:
        pages(album, services, "empty")
        start_again(album, services)
        books(album, services, folder / "county")
    with desk(own, OTHER.login, OTHER.password) as services:
        application(album, services)


def _of_a_county(album: Album, services: Services, sample: Path) -> None:
    pages(album, services, "sample")
    home_that_waits(album, services)
    units(album, services)
    rosters(album, services, sample)
    roster_changes(album, services, "")
    claims(album, services)
    _over_the_window(album, services, "")
    mending(album, services, "")
    forms(album, services)
    further_forms(album, services)
    schemes(album, services)
    matching(album, services, "")


def _in_another_look(album: Album, services: Services, name: str) -> None:
    """The pages again, in large type or in the dark, of an office nobody has worked in since."""
    pages(album, services, name)
    units(album, services, 99 if name == "large" else 1)
    roster_changes(album, services, f"{name}-")
    _over_the_window(album, services, f"{name}-")
    mending(album, services, f"{name}-")
    schemes(album, services)
    matching(album, services, f"{name}-")


def _over_the_window(album: Album, services: Services, name: str) -> None:
    with shown(MainWindow(services, album.tasks)) as window:
        batch(album, window, name)
        further_menu(album, services, window, name)
        receptions(album, services, window, name)
        drafts(album, services, window, name)
        persons(album, services, window, name)
        refunds(album, services, window, name)
        offers(album, services, window, name)
    layouts(album, services, name)
    statements(album, services, name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
