"""退回 on the unit's page: who waits for a decision, and the three ways on, by mouse and by key."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop_app.domain.enrolments import Missing
from desktop_app.errors import UserError
from desktop_app.services.drafts import PersonDraft
from desktop_app.ui import theme
from desktop_app.ui.dialogs.sent_back_dialogs import CorrectDialog, named
from desktop_app.ui.pages.units.unit_page import UnitPage
from desktop_app.ui.pages.units.unit_people import PERSON_COLUMNS
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.leading_label import LeadingLabel
from tests.ui.case_standins import enrolment, person
from tests.ui.test_unit_page import Pages

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

WAITS = Missing("sent-back", "上报后退回的2人还没有处理", "请在名单的“退回”里逐人改正重报。")
BACK = tuple(
    replace(person(at), state_label="省办退回", note="重复参保", sent_back=True, joining=False)
    for at in (1, 3)
)


@pytest.fixture
def waiting(qtbot: QtBot, tasks: TaskRunner) -> tuple[Pages, UnitPage]:
    pages = Pages(qtbot, tasks)
    pages.services.answers["sent_back.list_people"] = BACK
    lacking = (WAITS, Missing("number", "没有业务号", "请填写。"))
    return pages, pages.show(enrolment(next_act="enrolment.enter-number", missing=lacking))


def test_the_tab_is_there_only_while_somebody_waits(
    qtbot: QtBot, tasks: TaskRunner, waiting: tuple[Pages, UnitPage]
) -> None:
    _pages, page = waiting
    tabs = page.people.tabs
    at = tabs.indexOf(page.people.sent_back)
    assert at == 3
    assert tabs.tabText(at) == "退回 2"
    assert [row.note for row in page.people.sent_back.table.rows_model.rows] == ["重复参保"] * 2
    other = Pages(qtbot, tasks).show(enrolment())
    assert other.people.tabs.count() == at
    other.people.turn_to_sent_back()
    assert other.people.tabs.currentIndex() == 0


@pytest.mark.parametrize("way", ["click", Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_sentence_of_the_blocked_button_leads_there(
    qtbot: QtBot, waiting: tuple[Pages, UnitPage], way: Any
) -> None:
    pages, page = waiting
    [sentence] = [one for one in page.case_card.findChildren(LeadingLabel) if one.isVisible()]
    assert sentence.text().startswith("上报后退回的2人还没有处理")
    if way == "click":
        qtbot.mouseClick(sentence, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(sentence, Qt.Key.Key_A)
        assert page.people.tabs.currentIndex() == 0
        qtbot.keyClick(sentence, way)
    pages.settle()
    assert page.people.tabs.currentWidget() is page.people.sent_back


def test_one_person_is_put_right_with_the_whole_number_in_sight(
    qtbot: QtBot, waiting: tuple[Pages, UnitPage]
) -> None:
    pages, page = waiting
    page.people.turn_to_sent_back()
    qtbot.keyClick(page.people.sent_back.table, Qt.Key.Key_Return)
    pages.settle()
    dialog = page.findChild(CorrectDialog)
    assert dialog is not None
    assert dialog.identity.text() == "999999198001010011"
    assert dialog.phone.text() == "13900000001"
    wrong = UserError("identity-check-digit", "末位不对。", "请照证件改正。", "identity")
    pages.services.refusals["sent_back.correct"] = wrong
    dialog.name.setText("覃世芬")
    dialog.phone.setText("")
    dialog.accept()
    pages.settle()
    assert dialog.banner.text == "末位不对。"
    assert dialog.focusWidget() is dialog.identity
    del pages.services.refusals["sent_back.correct"]
    dialog.accept()
    given = PersonDraft("覃世芬", "999999198001010011", None)
    assert pages.made("sent_back.correct") == [((31, 1, given), {})] * 2


def test_nothing_is_stored_before_the_whole_number_is_read(
    qtbot: QtBot, waiting: tuple[Pages, UnitPage]
) -> None:
    pages, page = waiting
    pages.services.refusals["sent_back.get"] = UserError("person-unknown", "不在退回的人里。", "")
    dialog = page.acts.dialogs.correct_person(BACK[0])
    assert dialog is not None
    dialog.accept()
    pages.settle()
    assert dialog.banner.text == "不在退回的人里。"
    assert pages.made("sent_back.correct") == []


@pytest.mark.parametrize("way", ["resend", "withdraw"])
def test_several_are_decided_at_once_with_one_reason(
    waiting: tuple[Pages, UnitPage], way: str
) -> None:
    pages, page = waiting
    card = page.people.sent_back
    page.people.turn_to_sent_back()
    assert card.correct_button.isEnabled()
    card.table.selectAll()
    assert not card.correct_button.isEnabled()
    pressed = card.resend_button if way == "resend" else card.withdraw_button
    pressed.click()
    pages.settle()
    dialog: Any = page.findChild(QDialog)
    dialog.accept()
    assert dialog.focusWidget() is dialog.reason
    dialog.reason.setText("省里说是误退")
    dialog.accept()
    assert pages.made(f"sent_back.{way}") == [((31, (1, 3), "省里说是误退"), {})]


def test_many_are_named_by_the_first_and_counted() -> None:
    assert named(BACK) == "李䶮、田桂兰"
    assert named(tuple(person(at) for at in range(1, 13))) == "李䶮、向·扎西、田桂兰等 12 人"


def test_who_is_out_is_quiet_in_the_list() -> None:
    gone = replace(BACK[0], sent_back=False)
    tones = [column.tone(gone) for column in PERSON_COLUMNS if column.tone]
    assert tones == ["quiet"] * len(PERSON_COLUMNS)
    assert [column.tone(person(1)) for column in PERSON_COLUMNS if column.tone] == [""] * 9
    last = PERSON_COLUMNS[-1].tone
    assert last is not None
    assert (last(BACK[0]), last(person(5))) == ("warn", "warn")
    assert theme.colour("quiet").isValid()
