"""审核 on the unit's page: people marked by the space bar, returned with the case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop_app.domain.enrolments import Missing
from desktop_app.errors import UserError
from desktop_app.ui.dialogs.review_dialogs import ReviewDialog
from desktop_app.ui.pages.units.unit_page import UnitPage
from desktop_app.ui.pages.units.unit_review import HINT
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import enrolment, person
from tests.ui.test_unit_page import Pages

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

MARKED = replace(person(2), marked=True, note="待退回:身份证看不清")
OUT = replace(person(3), joining=False)
WHY = "请附离职证明"


@pytest.fixture
def pages(qtbot: QtBot, tasks: TaskRunner) -> Pages:
    made = Pages(qtbot, tasks)
    made.services.answers["rosters.list_people"] = lambda *_: (person(1), MARKED, OUT)
    return made


def review(pages: Pages, **more: Any) -> UnitPage:
    return pages.show(enrolment(next_act="enrolment.approve", next_label="审核通过", **more))


def test_the_space_bar_marks_with_a_reason_and_goes_on(pages: Pages) -> None:
    page = review(pages)
    assert page.people.review.isVisible()
    assert page.people.review.text.text() == HINT
    pages.qtbot.keyClick(page.people.people, Qt.Key.Key_Space)
    dialog = page.findChild(QDialog)
    dialog.reason.setText(WHY)
    dialog.accept()
    assert pages.made("reviews.mark") == [((31, (1,), WHY), {})]
    assert page.people.people.current_row() == MARKED


def test_several_are_marked_at_once_and_who_is_out_is_not(pages: Pages) -> None:
    page = review(pages)
    page.people.people.selectAll()
    page.people.review.mark_button.click()
    dialog = page.findChild(QDialog)
    assert dialog.reason.text() == "身份证看不清"  # as it was said before
    dialog.accept()
    assert pages.made("reviews.mark") == [((31, (1, 2), "身份证看不清"), {})]


def test_a_mark_is_taken_off(pages: Pages) -> None:
    page = review(pages, marked=1)
    strip = page.people.review
    assert strip.text.text() == "已标记 1 人,审核时一并退回。"
    assert not strip.unmark_button.isEnabled()
    page.people.people.selectRow(1)
    strip.unmark_button.click()
    assert pages.made("reviews.unmark") == [((31, (2,)), {})]
    pages.services.refusals["reviews.unmark"] = UserError("wrong-step", "已经审核。", "请刷新。")
    page.acts.dialogs.unmark_people((MARKED,))
    pages.settle()
    assert page.banner.text == "已经审核。"


@pytest.mark.parametrize("code", ["not-permitted", "same-person"])
def test_who_may_not_review_marks_nobody(pages: Pages, code: str) -> None:
    page = review(pages, missing=(Missing(code, "这一步由审核人办理", "请审核人登录后办理。"),))
    assert not page.people.review.isVisible()
    pages.qtbot.keyClick(page.people.people, Qt.Key.Key_Space)
    assert page.findChild(QDialog) is None


def test_beside_the_history_there_is_nothing_to_mark(pages: Pages) -> None:
    page = review(pages)
    page.people.tabs.setCurrentWidget(page.people.history)
    assert not page.people.review.isVisible()
    page.people.tabs.setCurrentWidget(page.people.people)
    assert page.people.review.isVisible()
    assert not pages.show(enrolment()).people.review.isVisible()


def test_marked_people_are_returned_without_a_further_reason(pages: Pages) -> None:
    page = review(pages, marked=2)
    assert "2 人待退回" in page.people.right.text()
    dialog = page.acts.dialogs.take_next()
    assert isinstance(dialog, ReviewDialog)
    assert not dialog.main_button.isEnabled()
    dialog.accept()
    assert pages.made("enrolments.approve") == []
    pages.services.refusals["enrolments.return_"] = UserError("moved", "被改动过。", "请刷新。")
    dialog.return_button.click()
    pages.settle()
    assert not dialog.main_button.isEnabled()
    dialog.reason.setText("另缺一页")
    del pages.services.refusals["enrolments.return_"]
    dialog.return_button.click()
    made = pages.made("enrolments.return_")
    assert made == [((31, ""), {}), ((31, "另缺一页"), {})]
