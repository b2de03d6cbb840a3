"""The ten commonest acts by keyboard alone: how many keys each takes, as the help says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import resources
from desktop_app.services.services import Services
from desktop_app.ui.dialogs.claim_dialogs import TYPING_PAUSE_MS
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.tasks import TaskRunner
from tests.services import conftest
from tests.services.desks import Row, Staff, Template, people, seat_at_copy
from tests.services.walks import Walk, walked

office_template = conftest.office_template
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

HELP = Path(resources.__file__).parent / "help" / "keys.md"
SERIAL = count(1)
TYPED = "{}"  # stands for the words that are typed: no two offices type the same


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, office_template: Template) -> Iterator[Staff]:
    """One office for all acts; each brings a unit of its own."""
    staff = seat_at_copy(tmp_path_factory.mktemp("keys") / "office", office_template)
    yield staff
    staff.database.close()


@dataclass
class Hands:
    """Two hands on a keyboard before the window, at the desk's first page."""

    window: MainWindow
    tasks: TaskRunner
    keys: int = 0
    words: int = 0

    def press(self, *keys: str) -> None:
        """One press each, a chord counted once."""
        for key in keys:
            self.keys += 1
            chord = QKeySequence(key)[0]
            QTest.keyClick(self._held(), chord.key(), chord.keyboardModifiers())
            self.settle()

    def type(self, text: str) -> None:
        """One word or number into the field that has the cursor; Chinese as its input gives it."""
        self.words += 1
        said = QInputMethodEvent()
        said.setCommitString(text)
        QApplication.sendEvent(self._held(), said)
        self.settle()

    def see_the_pause(self, ms: int) -> None:
        """What is looked for while one types comes a moment after the last key."""
        QTest.qWait(2 * ms)
        self.settle()

    def settle(self) -> None:
        calm = 0
        while calm < 3:
            self.tasks.wait()
            QApplication.processEvents()
            calm = 0 if self.tasks.pending else calm + 1

    def _held(self) -> QWidget:
        over = QApplication.activeModalWidget() or self.window
        return over.focusWidget() or over


@pytest.fixture
def sit(qtbot: QtBot, tasks: TaskRunner, dressed: None) -> Iterator[Callable[[Services], Hands]]:
    def seated(services: Services) -> Hands:
        window = MainWindow(services, tasks)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        hands = Hands(window, tasks)
        hands.settle()
        return hands

    yield seated
    tasks.wait()


def some(heads: int = 10) -> list[Row]:
    return people(heads, start=next(SERIAL) * 40, women=2)


def unit_with(staff: Staff, until: str = "", **more: object) -> Walk:
    """A unit of its own, its case taken up to and with a step."""
    name = f"明山县演示{next(SERIAL)}厂(演示)"
    if until:
        return walked(staff, until, name=name, rows=some(), **more)
    return Walk(staff, name, rows=some()).start()


def at_unit(hands: Hands, walk: Walk) -> None:
    hands.press("Ctrl+K")
    hands.type(walk.name[3:8])
    hands.press("Return")
    assert hands.window.page_key == "unit"


def copy_roster(walk: Walk) -> None:
    lines = ["序号\t姓名\t身份证号\t手机号", *("\t".join(row) for row in walk.rows)]
    QApplication.clipboard().setText("\r\n".join(lines))


def copy_picture() -> None:
    data = QMimeData()
    image = QImage(300, 300, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    data.setImageData(image)
    QApplication.clipboard().setMimeData(data)


def find_a_person(office: Staff, sit: Callable[[Services], Hands]) -> Hands:
    walk, hands = unit_with(office, "roster"), sit(office.clerk)
    hands.press("Ctrl+K")
    hands.type(walk.rows[0][2][-8:])
    hands.press("Return")
    page = hands.window.page("find")
    assert hands.window.page_key == "find"
    assert page.person.view is not None
    return hands


def open_a_unit(office: Staff, sit: Callable[[Services], Hands]) -> Hands:
    walk, hands = unit_with(office), sit(office.clerk)
    at_unit(hands, walk)
    return hands


def read_a_roster(office: Staff, sit: Callable[[Services], Hands]) -> Hands:
    walk, hands = unit_with(office), sit(office.clerk)
    at_unit(hands, walk)
    copy_roster(walk)
    hands.press("Ctrl+V", "Return")
    assert office.clerk.enrolments.get(walk.id).people == 10
    return hands


def submit(office: Staff, sit: Callable[[Services], Hands]) -> Hands:
    walk, hands = unit_with(office, "roster"), sit(office.clerk)
    walk.proof()
    at_unit(hands, walk)
    hands.press("Ctrl+Return", "Return")
    assert office.clerk.enrolments.get(walk.id).next_act == "enrolment.approve"
    return hands


def approve(office: Staff, sit: Callable[[Services], Hands]) -> Hands:
    walk, hands = unit_with(office, "submitted"), sit(office.reviewer)
    at_unit(hands, walk)
    hands.press("Ctrl+Return", "Return")
    assert office.clerk.enrolments.get(walk.id).next_act != "enrolment.approve"
    return hands


def enter_a_number(office: Staff, sit: Callable[[Services], Hands]) -> Hands:
    walk, hands = unit_with(office, "approved"), sit(office.clerk)
    at_unit(hands, walk)
    hands.press("Ctrl+Return")
    hands.type(f"HB2027{walk.id:05d}")
    hands.press("Return")
    assert office.clerk.enrolments.get(walk.id).business_no == f"HB2027{walk.id:05d}"
    return hands


def record_a_payment(office: Staff, sit: Callable[[Services], Hands]) -> Hands:
    walk, hands = unit_with(office, "number"), sit(office.clerk)
    at_unit(hands, walk)
    hands.press("Ctrl+Return")
    copy_picture()
    hands.press("Ctrl+V", "Return")
    assert office.clerk.enrolments.get(walk.id).paid_fen == walk.due_fen
    return hands


def confirm_the_arrival(office: Staff, sit: Callable[[Services], Hands]) -> Hands:
    walk, hands = unit_with(office, "paid"), sit(office.reviewer)
    at_unit(hands, walk)
    hands.press("Ctrl+Return", "Tab")
    hands.type("2026-12-15")
    hands.press("Tab")
    hands.type("演示计划书2号")
    hands.press("Return")
    assert office.clerk.enrolments.get(walk.id).next_act != "payment.confirm"
    return hands


def take_a_stamped_form_back(office: Staff, sit: Callable[[Services], Hands]) -> Hands:
    walk, hands = unit_with(office, "printed"), sit(office.clerk)
    issued = [form for form in office.clerk.enrolments.get(walk.id).forms if form.number]
    hands.press("Ctrl+R")
    hands.type(str(issued[0].number))
    hands.press("Return")
    forms = office.clerk.enrolments.get(walk.id).forms
    assert [form.key for form in forms if form.stamped] == [issued[0].key]
    return hands


def register_a_claim(office: Staff, sit: Callable[[Services], Hands]) -> Hands:
    walk, hands = unit_with(office, "confirmed"), sit(office.clerk)
    hands.press("Ctrl+K")
    hands.type(walk.rows[0][2][-8:])
    hands.press("Return", "Ctrl+N")
    hands.type("2026-12-01")
    hands.see_the_pause(TYPING_PAUSE_MS)
    hands.press("Tab", "Tab", "Tab")
    hands.type("3200")
    hands.press("Return")
    [claim] = office.clerk.claims.list_claims()
    assert (claim.person, claim.claimed_fen) == (walk.rows[0][1], 320_000)
    return hands


ACTS = (
    ("找人:看有没有参保、保到哪天", find_a_person),
    ("找单位,打开它的一页", open_a_unit),
    ("把单位发来的名单粘贴进来,存入", read_a_roster),
    ("提交审核", submit),
    ("审核通过", approve),
    ("登记业务号", enter_a_number),
    ("登记缴费(粘贴回单的图片)", record_a_payment),
    ("登记省办到账", confirm_the_arrival),
    ("盖章件收回(扫一张收一张)", take_a_stamped_form_back),
    ("登记申领", register_a_claim),
)


def told() -> dict[str, tuple[int, int]]:
    """What the help says: presses and words typed of each act."""
    rows = [line.strip("| \n").split("|") for line in HELP.read_text("utf-8").splitlines()]
    cells = [[cell.strip() for cell in row] for row in rows if len(row) == 4]
    return {act: (int(keys), int(words)) for act, keys, words, _how in cells if keys.isdigit()}


@pytest.mark.parametrize(("act", "do"), ACTS, ids=[do.__name__ for _act, do in ACTS])
def test_an_act_takes_as_many_keys_as_the_help_says(
    office: Staff,
    sit: Callable[[Services], Hands],
    act: str,
    do: Callable[[Staff, Callable[[Services], Hands]], Hands],
) -> None:
    hands = do(office, sit)
    assert (hands.keys, hands.words) == told()[act]


def test_the_help_tells_of_these_acts_alone() -> None:
    assert list(told()) == [act for act, _do in ACTS]
