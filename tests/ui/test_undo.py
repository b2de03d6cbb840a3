"""撤销 and 取回提交 on the unit's page: what is offered, what is asked, why not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop_app.services.views.undo import UndoOffer
from desktop_app.ui.dialogs.confirm_dialogs import ConfirmDialog
from desktop_app.ui.pages.units.unit_page import UnitPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import NOTHING_TO_UNDO, enrolment
from tests.ui.test_unit_page import Pages

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

OFFER = UndoOffer("ab" * 16, "存入名单", True, fresh=True)
PRINTED = UndoOffer(
    "cd" * 16, "打印", False, "已经打印,文件可能已送出,不能撤销。", "请由审核人退回。", fresh=True
)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def pages(qtbot: QtBot, tasks: TaskRunner) -> Pages:
    return Pages(qtbot, tasks)


def shown(pages: Pages, offer: UndoOffer) -> UnitPage:
    pages.services.answers["undo.offer"] = offer
    return pages.show(enrolment())


def ctrl_z(pages: Pages, page: UnitPage) -> ConfirmDialog | None:
    page.people.people.setFocus()
    pages.qtbot.keyClick(page.people.people, Qt.Key.Key_Z, CTRL)
    pages.settle()
    return page.findChild(ConfirmDialog)


def test_the_last_act_is_undone_by_ctrl_z_after_one_question(pages: Pages) -> None:
    page = shown(pages, OFFER)
    strip = page.case_card.undo
    assert strip.isVisible()
    assert strip.text.text() == "刚办“存入名单”,接着办别的以前可以撤销"
    dialog = ctrl_z(pages, page)
    assert dialog is not None
    assert pages.made("undo.undo") == []
    dialog.accept()
    assert pages.made("undo.undo") == [((31, "ab" * 16), {})]


def test_the_button_of_the_line_asks_the_same(pages: Pages) -> None:
    page = shown(pages, OFFER)
    page.case_card.undo.button.click()
    assert isinstance(page.findChild(QDialog), ConfirmDialog)


def test_ctrl_z_in_a_field_is_the_field_s_own(pages: Pages) -> None:
    page = shown(pages, OFFER)
    field = page.people.search
    field.setFocus()
    pages.qtbot.keyClicks(field, "12")
    pages.qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    pages.settle()
    assert field.text() == ""
    pages.qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)  # nothing is left to take back there
    assert page.findChild(QDialog) is None


def test_an_act_that_stays_says_why(pages: Pages) -> None:
    page = shown(pages, PRINTED)
    strip = page.case_card.undo
    assert strip.text.text() == "“打印”不能再撤销"
    assert strip.text.toolTip() == "已经打印,文件可能已送出,不能撤销。请由审核人退回。"
    assert not strip.button.isVisible()
    assert ctrl_z(pages, page) is None
    assert page.banner.text == "已经打印,文件可能已送出,不能撤销。"
    assert page.banner.remedy.text() == "请由审核人退回。"


@pytest.mark.parametrize("offer", [NOTHING_TO_UNDO, replace(PRINTED, fresh=False)])
def test_nothing_is_said_of_acts_of_others_or_of_earlier_days(
    pages: Pages, offer: UndoOffer
) -> None:
    page = shown(pages, offer)
    assert not page.case_card.undo.isVisible()
    assert ctrl_z(pages, page) is None
    assert page.banner.text == offer.why_not


def test_a_unit_without_a_case_has_nothing_to_undo(pages: Pages) -> None:
    page = pages.show(None)
    assert not page.case_card.undo.isVisible()
    assert ctrl_z(pages, page) is None
    assert page.banner.text == "没有可以撤销的一步。"
    assert pages.services.made("undo.offer") == []


def test_who_handed_the_case_in_takes_it_back(pages: Pages) -> None:
    page = shown(pages, replace(PRINTED, take_back=True))
    button = page.case_card.take_back_button
    assert button.isVisible()
    button.click()
    dialog = page.findChild(ConfirmDialog)
    assert dialog is not None
    dialog.accept()
    assert pages.made("undo.withdraw_submission") == [((31,), {})]


def test_nobody_else_is_offered_to_take_it_back(pages: Pages) -> None:
    page = shown(pages, OFFER)
    assert not page.case_card.take_back_button.isVisible()
    page.acts.dialogs.take_back()
    other = pages.show(None)
    assert not other.case_card.take_back_button.isVisible()
    assert other.acts.dialogs.take_back() is None
