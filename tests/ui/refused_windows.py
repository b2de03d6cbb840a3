"""A real office whose clock stands still, with cases to be refused on, and the window's pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.drafts import ClaimDraft
from desktop_app.services.services import Services
from desktop_app.ui.dialogs.base import ActDialog, opened
from desktop_app.ui.dialogs.case import Case as CaseShown
from desktop_app.ui.pages.claims.claims_page import ClaimsPage
from desktop_app.ui.pages.reception.reception_page import ReceptionPage
from desktop_app.ui.pages.units.unit_page import UnitPage
from desktop_app.ui.tasks import TaskRunner
from tests.services import conftest
from tests.services.desks import NOW, TODAY, Row, Staff, Template, people, seat_at_copy
from tests.services.walks import STEPS, Walk
from tests.ui.calm import settled

office_template = conftest.office_template
LATER = date(2027, 3, 8)
SERIAL = count(1)
_taken = [0]  # how many invented people have a list already
P = TypeVar("P", bound=QWidget)
Opener = Callable[[UnitPage], ActDialog | None]
CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Room:
    """The office, one window's worth of pages, and the hands in front of them."""

    staff: Staff
    tasks: TaskRunner
    qtbot: QtBot

    def unit(self, who: Services, unit_id: int) -> UnitPage:
        return self._shown(UnitPage(who, self.tasks, unit_id))

    def claim(self, who: Services, claim_id: int) -> ClaimsPage:
        page = self.claims(who)
        page.open_claim(claim_id)
        self.settle()
        return page

    def claims(self, who: Services) -> ClaimsPage:
        return self._shown(ClaimsPage(who, self.tasks))

    def received(self) -> ReceptionPage:
        return self._shown(ReceptionPage(self.staff.clerk, self.tasks))

    def settle(self) -> None:
        settled(self.tasks)

    @contextmanager
    def nothing_stored(self) -> Iterator[None]:
        """Every table keeps its rows, the audit too: a refused act is no act."""
        before = self.staff.counts()
        yield
        self.settle()
        assert self.staff.counts() == before

    def blocked(self, page: UnitPage | ClaimsPage, sentence: str) -> None:
        """The step says what it lacks; neither the blue button nor its key takes it."""
        card = page.case_card if isinstance(page, UnitPage) else page.detail
        assert sentence in texts(page), texts(page)
        with self.nothing_stored():
            assert not card.next_button.isEnabled()
            self.qtbot.mouseClick(card.next_button, Qt.MouseButton.LeftButton)
            self.qtbot.keyClick(page, Qt.Key.Key_Return, CTRL)
        assert not page.findChildren(ActDialog)

    def led(self, page: UnitPage, sentence: str, act: str) -> None:
        """The step says what it lacks, and the blue button leads there instead of taking it."""
        button = page.case_card.next_button
        assert sentence in texts(page), texts(page)
        assert button.isEnabled()
        assert act not in button.text()

    def refused(
        self, dialog: ActDialog | None, sentence: str, fill: Callable[[Any], object] | None = None
    ) -> None:
        """The dialog stays open with what was typed, and says why and what to do."""
        assert dialog is not None
        self.settle()
        if fill is not None:
            fill(dialog)
            self.settle()
        with self.nothing_stored():
            dialog.accept()
            self.settle()
            assert dialog.isVisible()
            assert sentence in dialog.banner.text, dialog.banner.text
            assert dialog.banner.remedy.text().endswith("。"), dialog.banner.text
        dialog.reject()
        self.settle()

    def _shown(self, page: P) -> P:
        self.qtbot.addWidget(page)
        page.resize(1366, 768)
        page.show()
        self.settle()
        return page


def with_case(make: Callable[[CaseShown, UnitPage], ActDialog]) -> Opener:
    """Opens a dialog of 更正 over the case that a page shows."""

    def open_one(page: UnitPage) -> ActDialog:
        found = page.case()
        assert found is not None
        return opened(make(found, page))

    return open_one


def reason(dialog: Any) -> None:
    dialog.reason.setText("演示原因")


def texts(page: QWidget) -> str:
    """Everything that labels and their tool tips say on a page."""
    shown = [one for one in page.findChildren(QLabel) if one.isVisibleTo(page)]
    return "\n".join(f"{one.text()} {one.toolTip()}" for one in shown)


# The office and its cases; a module takes the fixtures over by name


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, office_template: Template) -> Iterator[Staff]:
    """One office for all; each test brings a unit of its own."""
    yield from seated(tmp_path_factory.mktemp("refusals"), office_template)


@pytest.fixture
def own_office(tmp_path: Path, office_template: Template) -> Iterator[Staff]:
    """For what would change the office: another scheme, figures nobody confirmed."""
    yield from seated(tmp_path, office_template)


def seated(folder: Path, template: Template) -> Iterator[Staff]:
    staff = seat_at_copy(folder / "office", template)
    yield staff
    staff.database.close()


@pytest.fixture
def room(office: Staff, tasks: TaskRunner, qtbot: QtBot, dressed: None) -> Iterator[Room]:
    office.clock.at = NOW
    yield Room(office, tasks, qtbot)
    tasks.wait()


@pytest.fixture
def own_room(own_office: Staff, tasks: TaskRunner, qtbot: QtBot, dressed: None) -> Iterator[Room]:
    yield Room(own_office, tasks, qtbot)
    tasks.wait()


def some(heads: int, women: int = 0) -> list[Row]:
    """People of nobody else's list."""
    start = _taken[0]
    _taken[0] += heads
    return people(heads, start=start, women=women)


def case(staff: Staff, until: str = "", **more: Any) -> Walk:
    """A unit of its own with a case, taken up to and with a step."""
    walk = Walk(staff, f"演示单位{next(SERIAL)}", **{"rows": some(10, 2), **more}).start()
    for step in STEPS[: STEPS.index(until) + 1] if until else ():
        getattr(walk, step)()
    return walk


def gathered(staff: Staff, **more: Any) -> Walk:
    """With its list and its proof, not yet submitted."""
    walk = case(staff, "roster", **more)
    walk.proof()
    return walk


@pytest.fixture(scope="module")
def covered(office: Staff) -> Row:
    """Somebody who holds the hospital plan from today on."""
    office.clock.at = NOW
    return case(office, "confirmed").rows[0]


def claimed(room: Room, who: Row, fen: int | None = None) -> int:
    room.staff.clock.at = NOW + timedelta(days=(LATER - TODAY).days)
    member = room.staff.value("SELECT id FROM member WHERE identity_no = :no", no=who[2])
    draft = ClaimDraft("hospital", LATER, int(str(member)), claimed_fen=fen, again=True)
    return room.staff.clerk.claims.register(draft).value
