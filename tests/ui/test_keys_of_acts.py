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
from desktop_app.ui.dialogs.print_batch_dialog import PrintBatchDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.search_box import DEBOUNCE_MS
from desktop_app.ui.strip.entry_strip import EntryStrip
from desktop_app.ui.tasks import TaskRunner
from tests.services import conftest
from tests.services.desks import YEAR, Row, Staff, Template, people, seat_at_copy
from tests.services.walks import Walk, walked
from tests.ui.calm import settled

office_template = conftest.office_template
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

HELP = Path(resources.__file__).parent / "help" / "keys.md"
SERIAL = count(1)


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
    over: QWidget | None = None  # another window that the keys go to

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

    def look_up(self, text: str) -> None:
        """Type into the box on top and see the answers."""
        self.press("Ctrl+K")
        self.type(text)
        self.see_the_pause(DEBOUNCE_MS)

    def see_the_pause(self, ms: int) -> None:
        """What is looked for while one types comes a moment after the last key."""
        QTest.qWait(2 * ms)
        self.settle()

    def settle(self) -> None:
        settled(self.tasks)

    def _held(self) -> QWidget:
        over = self.over or QApplication.activeModalWidget() or self.window
        return over.focusWidget() or over


@dataclass
class Sat:
    """The office, and a window to sit down before."""

    staff: Staff
    own: Callable[[], Staff]
    down: Callable[[Services], Hands]


@pytest.fixture
def sat(
    qtbot: QtBot, tasks: TaskRunner, dressed: None, office: Staff, office_template: Template,
    tmp_path: Path,
) -> Iterator[Sat]:  # fmt: skip
    owned: list[Staff] = []

    def own() -> Staff:
        owned.append(seat_at_copy(tmp_path / "office", office_template))
        return owned[-1]

    def down(services: Services) -> Hands:
        window = MainWindow(services, tasks)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        hands = Hands(window, tasks)
        hands.settle()
        return hands

    yield Sat(office, own, down)
    tasks.wait()
    for staff in owned:
        staff.database.close()


def some(heads: int = 10) -> list[Row]:
    return people(heads, start=next(SERIAL) * 40, women=2)


def unit_with(staff: Staff, until: str = "", **more: object) -> Walk:
    """A unit of its own, its case taken up to and with a step."""
    name = f"明山县演示{next(SERIAL)}厂(演示)"
    if until:
        return walked(staff, until, name=name, rows=some(), **more)
    return Walk(staff, name, rows=some()).start()


def at_unit(hands: Hands, walk: Walk) -> None:
    hands.look_up(walk.name[3:])
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


def find_a_person(sat: Sat) -> Hands:
    walk = unit_with(sat.staff, "roster")
    hands = sat.down(sat.staff.clerk)
    hands.look_up(walk.rows[0][2][-8:])
    assert "住院医疗" in hands.window.search.answers.table.current_row().detail
    return hands


def receive_a_roster(sat: Sat) -> Hands:
    walk = unit_with(sat.staff)
    hands = sat.down(sat.staff.clerk)
    copy_roster(walk)
    hands.press("Ctrl+V")
    assert hands.window.page("check").sentence.text() == "读入 10  可用 10  待补 0"
    hands.press("F10")
    hands.type(walk.name[3:])
    hands.press("Return", "Return")
    assert sat.staff.clerk.enrolments.get(walk.id).people == 10
    return hands


def renew(sat: Sat) -> Hands:
    staff = sat.own()
    walk = unit_with(staff, "roster")
    staff.run("UPDATE enrolment SET state_code = 'finished'")
    staff.head.schemes.set_year(YEAR + 1)
    hands = sat.down(staff.clerk)
    at_unit(hands, walk)
    hands.press("Ctrl+Return", "Return")
    assert [one.year for one in staff.clerk.units.get(walk.unit_id).enrolments] == [2028, 2027]
    return hands


def enter_into_the_province(sat: Sat) -> Hands:
    walk = unit_with(sat.staff, "approved")
    hands = sat.down(sat.staff.clerk)
    at_unit(hands, walk)
    hands.press("F8")
    [strip] = [one for one in QApplication.topLevelWidgets() if isinstance(one, EntryStrip)]
    hands.over = strip
    hands.press("F8")
    assert QApplication.clipboard().text()
    strip.close()
    return hands


def record_a_slip(sat: Sat) -> Hands:
    walk = unit_with(sat.staff, "number")
    hands = sat.down(sat.staff.clerk)
    at_unit(hands, walk)
    hands.press("Ctrl+Return")
    copy_picture()
    hands.press("Ctrl+V", "Return")
    assert sat.staff.clerk.enrolments.get(walk.id).paid_fen == walk.due_fen
    return hands


def print_the_forms(sat: Sat) -> Hands:
    walk = unit_with(sat.staff, "approved")
    hands = sat.down(sat.staff.clerk)
    hands.press("Ctrl+2")
    hands.type(walk.name[3:])
    hands.press("Down", "Space", "Ctrl+P")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PrintBatchDialog)
    sheets = dialog.sheets
    dialog.close()
    assert {sheet.line.unit for sheet in sheets} == {walk.name}
    return hands


def receive_a_stamped_form(sat: Sat) -> Hands:
    walk = unit_with(sat.staff, "printed")
    hands = sat.down(sat.staff.clerk)
    issued = [form for form in sat.staff.clerk.enrolments.get(walk.id).forms if form.number]
    hands.press("Ctrl+R")
    hands.type(str(issued[0].number))
    hands.press("Return")
    forms = sat.staff.clerk.enrolments.get(walk.id).forms
    assert [form.key for form in forms if form.stamped] == [issued[0].key]
    return hands


def receive_claim_papers(sat: Sat) -> Hands:
    walk = unit_with(sat.staff, "confirmed")
    hands = sat.down(sat.staff.clerk)
    hands.look_up(walk.rows[0][2][-8:])
    hands.press("Return", "Ctrl+N")
    hands.type("2026-12-01")
    hands.see_the_pause(TYPING_PAUSE_MS)
    hands.press("Tab", "Tab", "Tab")
    hands.type("3200")
    hands.press("Return")
    [claim] = sat.staff.clerk.claims.list_claims()
    assert (claim.person, claim.claimed_fen) == (walk.rows[0][1], 320_000)
    lines = sat.staff.clerk.claims.get(claim.id).papers
    hands.press(*["1"] * len(lines))
    assert {one.state for one in sat.staff.clerk.claims.get(claim.id).papers} == {"kept"}
    return hands


def chase(sat: Sat) -> Hands:
    walk = unit_with(sat.staff)
    hands = sat.down(sat.staff.clerk)
    hands.press("F7", "F6")
    page = hands.window.page("chase")
    assert page.message.text() in QApplication.clipboard().text()
    called = page.table.current_row().unit_id
    hands.press("Return", "Return")
    assert len(sat.staff.clerk.calls.list_calls(called)) == 1
    assert walk.unit_id in {row.unit_id for row in page.table.shown_rows()}
    return hands


def report(sat: Sat) -> Hands:
    hands = sat.down(sat.staff.clerk)
    hands.press("F6")
    assert "截至" in QApplication.clipboard().text()
    return hands


def submit(sat: Sat) -> Hands:
    walk = unit_with(sat.staff, "roster")
    walk.proof()
    hands = sat.down(sat.staff.clerk)
    at_unit(hands, walk)
    hands.press("Ctrl+Return", "Return")
    assert sat.staff.clerk.enrolments.get(walk.id).next_act == "enrolment.approve"
    return hands


def approve(sat: Sat) -> Hands:
    walk = unit_with(sat.staff, "submitted")
    hands = sat.down(sat.staff.reviewer)
    at_unit(hands, walk)
    hands.press("Ctrl+Return", "Return")
    assert sat.staff.clerk.enrolments.get(walk.id).next_act != "enrolment.approve"
    return hands


def enter_a_number(sat: Sat) -> Hands:
    walk = unit_with(sat.staff, "approved")
    hands = sat.down(sat.staff.clerk)
    at_unit(hands, walk)
    hands.press("Ctrl+Return")
    hands.type(f"HB2027{walk.id:05d}")
    hands.press("Return")
    assert sat.staff.clerk.enrolments.get(walk.id).business_no == f"HB2027{walk.id:05d}"
    return hands


def confirm_the_arrival(sat: Sat) -> Hands:
    walk = unit_with(sat.staff, "paid")
    hands = sat.down(sat.staff.reviewer)
    at_unit(hands, walk)
    hands.press("Ctrl+Return", "Tab")
    hands.type("2026-12-15")
    hands.press("Tab")
    hands.type("演示计划书2号")
    hands.press("Return")
    assert sat.staff.clerk.enrolments.get(walk.id).next_act != "payment.confirm"
    return hands


ACTS = (
    ("找人", find_a_person),
    ("收名单", receive_a_roster),
    ("续保", renew),
    ("对照录入省系统", enter_into_the_province),
    ("登记回单", record_a_slip),
    ("打印", print_the_forms),
    ("收盖章件", receive_a_stamped_form),
    ("收申领材料", receive_claim_papers),
    ("催办", chase),
    ("报进度", report),
    ("提交审核", submit),
    ("审核通过", approve),
    ("登记业务号", enter_a_number),
    ("登记省办到账", confirm_the_arrival),
)


def told() -> dict[str, tuple[int, int]]:
    """What the help says: presses and words typed of each act."""
    rows = [line.strip("| \n").split("|") for line in HELP.read_text("utf-8").splitlines()]
    cells = [[cell.strip() for cell in row] for row in rows if len(row) == 4]
    return {act: (int(keys), int(words)) for act, keys, words, _how in cells if keys.isdigit()}


@pytest.mark.parametrize(("act", "do"), ACTS, ids=[do.__name__ for _act, do in ACTS])
def test_an_act_takes_as_many_keys_as_the_help_says(
    sat: Sat, act: str, do: Callable[[Sat], Hands]
) -> None:
    hands = do(sat)
    assert (hands.keys, hands.words) == told()[act]


def test_the_help_tells_of_these_acts_alone() -> None:
    assert list(told()) == [act for act, _do in ACTS]
