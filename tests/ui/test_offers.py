"""What a unit's page offers to begin: more people, a renewal, and why not."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.services.views.offers import Offer, UnitOffers
from desktop_app.ui.dialogs.enrolment_dialog import NewEnrolmentDialog
from desktop_app.ui.pages.units.unit_page import UnitPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import enrolment
from tests.ui.test_unit_page import Pages, lack_texts

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

NOT_NOW = Offer("年中不增加人员。", "请等下一次集中办理。")
DONE: dict[str, Any] = {"state": "finished", "next_act": "", "next_label": ""}


@pytest.fixture
def pages(qtbot: QtBot, tasks: TaskRunner) -> Pages:
    return Pages(qtbot, tasks)


def page_with(pages: Pages, offers: UnitOffers, **more: Any) -> UnitPage:
    pages.services.answers["offers.of_unit"] = lambda _id: offers
    return pages.show(enrolment(**more))


def test_people_are_added_with_the_plans_that_the_others_hold(pages: Pages) -> None:
    page = page_with(pages, UnitOffers(addition=Offer(), held=(("hospital", 1),)), **DONE)
    assert page.case_card.start_button.text() == "增加人员"
    buttons = [one for one in page.findChildren(QPushButton) if one.isVisible()]
    assert [one.text() for one in buttons if "增加人员" in one.text()] == ["增加人员"]
    page.case_card.start_button.click()
    pages.settle()
    dialog = page.findChildren(NewEnrolmentDialog)[-1]
    assert dialog.grid.chosen() == (("hospital", 1),)


def test_what_the_scheme_does_not_take_says_so_instead_of_a_button(pages: Pages) -> None:
    page = page_with(pages, UnitOffers(addition=NOT_NOW), **DONE)
    assert not page.case_card.start_button.isVisible()
    assert lack_texts(page) == ["现在不能增加人员:年中不增加人员。请等下一次集中办理。"]


def test_while_a_case_is_under_way_nobody_is_offered_to_add_people(pages: Pages) -> None:
    draft = pages.show(enrolment())
    assert draft.people.roster_button.isVisible()
    assert not draft.case_card.start_button.isVisible()
    page = page_with(pages, UnitOffers(addition=NOT_NOW), next_act="payment.record")
    assert not page.people.roster_button.isVisible()
    assert not page.case_card.start_button.isVisible()
    assert lack_texts(page) == []


def test_a_renewal_that_is_not_possible_leaves_the_application_anew(pages: Pages) -> None:
    no_list = Offer("台账里没有上年的名单,不能按上年名单续保。", "请新建申请后读入名单。")
    page = page_with(pages, UnitOffers(start=True, renewal=no_list), year=2026, **DONE)
    assert not page.case_card.renew_button.isVisible()
    assert page.case_card.start_button.isDefault()
    assert lack_texts(page)[-1].startswith("现在不能按上年名单续保:台账里没有上年的名单")


def test_a_case_of_last_year_that_never_ended_does_not_bar_this_year(pages: Pages) -> None:
    page = page_with(pages, UnitOffers(start=True, renewal=Offer()), year=2026)
    for one in (page.case_card.renew_button, page.case_card.start_button):
        assert one.isVisible()
        assert not one.isDefault()
    assert page.case_card.next_button.isDefault()
