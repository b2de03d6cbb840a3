"""A draft changed in the window: plans and shares told live, accounts added up while typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.domain.enrolments import Missing
from desktop_app.errors import UserError
from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.services.views.enrolments import PlanLine
from desktop_app.services.views.funding import ChannelLine, PayerPart
from desktop_app.services.views.quotes import ChangePreview
from desktop_app.services.views.schemes import PlanChoice
from desktop_app.services.views.turnout import TurnoutLine
from desktop_app.ui.dialogs.enrolment_preview import change_words
from desktop_app.ui.dialogs.funding_dialog import FundingDialog
from desktop_app.ui.dialogs.plans_dialog import PlansDialog
from desktop_app.ui.pages.units.unit_page import UnitPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import enrolment, preview, steps
from tests.ui.test_unit_page import Pages

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

HOSPITAL = (PlanLine("hospital", "住院医疗", 2, 6000, 86, 516000),)
BOTH = "unit-and-member"
PARTS = (
    PayerPart("upper-union", "上级工会", 215000, ()),
    PayerPart(
        BOTH,
        "单位和职工",
        860000,
        (
            ChannelLine(BOTH, "member", "职工个人", "", 0),
            ChannelLine(BOTH, "union-funds", "工会经费", "", 0),
            ChannelLine(BOTH, "budget", "公用经费", "不得增加财政负担。", 0),
        ),
    ),
)


@pytest.fixture
def pages(qtbot: QtBot, tasks: TaskRunner) -> Pages:
    made = Pages(qtbot, tasks)
    made.services.answers |= {
        "previews.plan_choices": (
            PlanChoice("hospital", "住院医疗", "all", 6000, 4),
            PlanChoice("accident", "意外伤害", "all", 2000, 1),
            PlanChoice("women", "女职工特殊疾病", "women", None, 1),
        ),
        "previews.change": change,
        "drafting.funding": PARTS,
    }
    return made


def change(_case: int, plans: tuple[tuple[str, int], ...], **more: Any) -> ChangePreview:
    told = preview(5, EnrolmentDraft("on-behalf", plans, 107, 48))
    told = replace(told, turnout=(TurnoutLine("在职", 107, 80, 86, 6),))
    after = sum(86 * {"hospital": 6000, "accident": 2000, "women": 0}[key] * n for key, n in plans)
    return ChangePreview(**({"told": told, "people": 86, "before_fen": 1032000,
                             "after_fen": after} | more))  # fmt: skip


def pressed(pages: Pages, page: UnitPage, key: str) -> Any:
    page.money.buttons[key].click()
    pages.settle()
    return page.findChildren(PlansDialog if key == "plans" else FundingDialog)[-1]


def plans_dialog(pages: Pages, **more: Any) -> PlansDialog:
    dialog = pressed(pages, pages.show(enrolment(plans=HOSPITAL, **more)), "plans")
    assert isinstance(dialog, PlansDialog)
    return dialog


def funding_dialog(pages: Pages) -> FundingDialog:
    dialog = pressed(pages, pages.show(enrolment()), "funding")
    assert isinstance(dialog, FundingDialog)
    return dialog


def test_the_plans_of_the_draft_stand_ticked_with_their_shares(pages: Pages) -> None:
    dialog = plans_dialog(pages)
    assert dialog.grid.chosen() == (("hospital", 2),)
    assert dialog.focusWidget() is dialog.grid.plans["hospital"][0]
    assert dialog.grid.plans["hospital"][1].isEnabled()
    assert not dialog.grid.plans["accident"][1].isEnabled()
    assert dialog.money.text() == "86 人,应缴 10,320.00 元,不变。"


def test_money_and_people_follow_each_tick_and_the_change_is_saved_once(pages: Pages) -> None:
    dialog = plans_dialog(pages)
    dialog.grid.plans["accident"][0].setChecked(True)
    pages.settle()
    assert dialog.participation.text() == "在职 107 人,参加 80 人,应不少于 86 人,还差 6 人"
    assert dialog.participation.property("tone") == "warn"
    assert dialog.money.text() == ("86 人,应缴由 10,320.00 元变为 12,040.00 元,多 1,720.00 元。")
    dialog.grid.plans["hospital"][1].setValue(1)
    pages.settle()
    assert "少 3,440.00 元" in dialog.money.text()
    dialog.accept()
    expected = ((31, (("hospital", 1), ("accident", 1))), {})
    assert pages.made("drafting.set_plans") == [expected]


def test_nothing_chosen_or_nothing_changed_is_said_and_not_saved(pages: Pages) -> None:
    dialog = plans_dialog(pages)
    dialog.accept()
    assert dialog.banner.text == "项目和份数没有改动。"
    dialog.grid.plans["hospital"][0].setChecked(False)
    dialog.accept()
    assert dialog.banner.text == "还没有选保障项目。"
    assert pages.made("drafting.set_plans") == []


def test_a_refusal_takes_the_place_of_the_money(pages: Pages) -> None:
    no = Missing("women-only", "只办女职工的项目,名单里还有7名男职工", "请再选一个项目。")
    pages.services.answers["previews.change"] = lambda _case, plans: change(
        31, plans, told=replace(change(31, plans).told, refusal=no)
    )
    dialog = plans_dialog(pages)
    assert dialog.preview.refusal.text() == "只办女职工的项目,名单里还有7名男职工,请再选一个项目。"
    assert dialog.money.text() == ""
    pages.services.refusals["previews.change"] = UserError(
        "not-a-draft", "已不是草稿。", "请退回。"
    )
    dialog.grid.plans["accident"][0].setChecked(True)
    pages.settle()
    assert dialog.preview.refusal.text() == "已不是草稿,请退回。"


@pytest.mark.parametrize(
    ("more", "by_unit", "text"),
    [
        ({}, "省系统", "单位自办:金额以省系统里的为准,改好后请再登记自办情况。"),
        ({"people": 0}, "", "名单还没有读入,金额在读入后算出。"),
        ({"after_fen": None}, "", "改后的金额待核对。"),
        ({"before_fen": None}, "", "86 人,改后应缴 5,160.00 元。"),
    ],
)
def test_what_cannot_be_set_against_each_other_is_said_as_it_is(
    more: dict[str, Any], by_unit: str, text: str
) -> None:
    assert change_words(change(31, (("hospital", 1),), **more), by_unit) == text


def test_a_unit_on_its_own_changes_plans_and_tells_its_accounts_elsewhere(pages: Pages) -> None:
    page = pages.show(enrolment(plans=HOSPITAL, handling="by-unit"))
    assert "funding" not in page.money.buttons
    assert page.acts.dialogs.set_funding() is None
    dialog = pressed(pages, page, "plans")
    assert dialog.money.text().startswith("单位自办:金额以省系统里的为准")


def test_after_the_draft_neither_is_offered(pages: Pages) -> None:
    told = PARTS[1].channels[0]
    page = pages.show(
        enrolment(steps=steps(1), step_key="review", next_act="enrolment.approve",
                  charged=(replace(told, fen=860000),))
    )  # fmt: skip
    assert {"plans", "funding"}.isdisjoint(page.money.buttons)
    assert page.acts.dialogs.change_plans() is None
    texts = [one.text() for one in page.money.findChildren(QLabel)]
    assert texts[texts.index("列支渠道") + 1] == "1 个渠道"
    assert texts[texts.index("职工个人") + 1] == "8,600.00 元"


@pytest.mark.parametrize(
    ("key", "kind", "button", "tip"),
    [
        (Qt.Key.Key_M, PlansDialog, "plans", "改项目和份数  Ctrl+M"),
        (Qt.Key.Key_L, FundingDialog, "funding", "填列支渠道  Ctrl+L"),
    ],
)
def test_each_opens_by_a_key_that_stands_on_its_button(
    pages: Pages, key: Qt.Key, kind: type[QDialog], button: str, tip: str
) -> None:
    page = pages.show(enrolment(plans=HOSPITAL))
    assert page.money.buttons[button].toolTip() == tip
    page.setFocus()
    pages.qtbot.keyClick(page, key, Qt.KeyboardModifier.ControlModifier)
    pages.settle()
    [dialog] = page.findChildren(kind)
    assert dialog.isVisible()


def test_what_the_accounts_come_to_is_said_while_it_is_typed(pages: Pages) -> None:
    dialog = funding_dialog(pages)
    first = dialog.fields[BOTH, "member"]
    assert dialog.focusWidget() is first
    assert dialog.sums["upper-union"].text() == "方案没有给上级工会列出渠道,不用填。"
    said = dialog.sums[BOTH]
    assert (said.text(), said.property("tone")) == ("单位和职工的列支渠道未写明。", "warn")
    first.setText("3,600")
    assert said.text() == "单位和职工应出 8,600.00 元,各渠道合计 3,600.00 元,少 5,000.00 元。"
    dialog.fields[BOTH, "union-funds"].setText("5000.10")
    assert said.text().endswith("多 0.10 元。")
    assert said.property("tone") == "late"
    dialog.accept()
    assert dialog.banner.text == said.text()
    assert dialog.focusWidget() is first
    dialog.fields[BOTH, "union-funds"].setText("很多")
    assert "不是金额" in said.text()
    assert pages.made("drafting.set_funding") == []
    dialog.fields[BOTH, "union-funds"].setText("5000")
    assert (said.text(), said.property("tone")) == ("合计 8,600.00 元,一分不差。", "good")
    dialog.accept()
    charges = ((BOTH, "member", 360000), (BOTH, "union-funds", 500000))
    assert pages.made("drafting.set_funding") == [((31, charges), {})]


def test_accounts_left_empty_stay_unstated(pages: Pages) -> None:
    dialog = funding_dialog(pages)
    dialog.accept()
    assert pages.made("drafting.set_funding") == [((31, ()), {})]


def test_before_there_is_an_amount_the_way_to_one_is_said(pages: Pages) -> None:
    pages.services.answers["drafting.funding"] = ()
    dialog = funding_dialog(pages)
    assert dialog.hint.text().startswith("还没有算出金额:请先读入名单")
    assert not dialog.main_button.isEnabled()


def test_a_note_of_the_scheme_stands_under_its_account(pages: Pages) -> None:
    dialog = funding_dialog(pages)
    assert dialog.fields[BOTH, "budget"].accessibleDescription() == "不得增加财政负担。"
    assert "不得增加财政负担。" in [one.text() for one in dialog.findChildren(QLabel)]
