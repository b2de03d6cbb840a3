"""更正 on the unit's page: one menu by key or button, each entry its dialog, grey ones say why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop_app.errors import UserError
from desktop_app.services.views.corrections import CorrectionOffer
from desktop_app.services.views.funding import ChannelLine, PayerPart
from desktop_app.ui.dialogs.archive_dialogs import ReissueDialog
from desktop_app.ui.dialogs.funding_dialog import CorrectFundingDialog
from desktop_app.ui.dialogs.mending_dialogs import (
    CorrectNumberDialog,
    EffectiveDialog,
    WorkersDialog,
)
from desktop_app.ui.pages.units.unit_page import UnitPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import SHORT, enrolment, person
from tests.ui.test_unit_page import Pages

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support"
)  # the offscreen screen says so

PAID = replace(SHORT, state="agrees")
WHY = "登记错了"
BOTH = "unit-and-member"
CHARGED = (
    PayerPart("upper-union", "上级工会", 215000, ()),
    PayerPart(BOTH, "单位和职工", 860000, (
        ChannelLine(BOTH, "member", "职工个人", "", 860000),
        ChannelLine(BOTH, "welfare", "福利费", "", 0),
    )),
)  # fmt: skip


@pytest.fixture
def pages(qtbot: QtBot, tasks: TaskRunner) -> Pages:
    return Pages(qtbot, tasks)


def entries(pages: Pages, page: UnitPage) -> list[QAction]:
    """The menu as F7 opens it."""
    pages.qtbot.keyClick(page, Qt.Key.Key_F7)
    pages.settle()
    menu = page.acts.corrections.menu
    assert menu is not None
    assert menu.isVisible()
    return [one for one in menu.actions() if not one.isSeparator()]


def chosen(pages: Pages, page: UnitPage, label: str) -> Any:
    """The dialog that the entry opens."""
    entry = next(one for one in entries(pages, page) if one.text().startswith(label))
    entry.trigger()
    pages.settle()
    return page.findChild(QDialog)


def test_the_menu_names_every_correction_and_says_why_one_is_grey(pages: Pages) -> None:
    texts = [one.text() for one in entries(pages, pages.show(enrolment(payments=(PAID,))))]
    assert texts == [
        "撤销上一步\t没有可以撤销的一步", "取回提交…\tAlt+K", "更正在职人数…",
        "撤出名单里选中的 1 人…", "更正业务号…", "更正生效日…", "更正列支渠道…", "退回缴费…",
        "审核后退回…", "作废申请…",
    ]  # fmt: skip


def test_the_button_opens_the_same_menu(pages: Pages) -> None:
    page = pages.show(enrolment())
    page.case_card.correct_button.click()
    pages.settle()
    assert page.acts.corrections.menu.isVisible()


def test_a_grey_entry_tells_the_whole_reason_in_its_tool_tip(pages: Pages) -> None:
    page = pages.show(enrolment())
    first = entries(pages, page)[0]
    assert not first.isEnabled()
    assert first.toolTip() == "没有可以撤销的一步。请由审核人退回。"
    assert page.acts.corrections.menu.toolTipsVisible()


def test_workers_are_put_right_with_a_reason(pages: Pages) -> None:
    dialog = chosen(pages, pages.show(enrolment()), "更正在职人数")
    assert isinstance(dialog, WorkersDialog)
    assert (dialog.at_work.text(), dialog.women.text()) == ("107", "48")
    dialog.at_work.setText("110")
    dialog.accept()
    assert dialog.focusWidget() is dialog.reason
    dialog.reason.setText(WHY)
    dialog.accept()
    assert pages.made("mending.set_workers") == [((31, 110, 48, WHY), {})]


def test_a_number_is_put_right_and_a_refusal_points_to_it(pages: Pages) -> None:
    page = pages.show(enrolment(business_no="HB-1"))
    taken = UserError("business-number-taken", "业务号已经登记。", "请核对。", "business_no")
    pages.services.refusals["business_numbers.correct"] = taken
    dialog = chosen(pages, page, "更正业务号")
    assert isinstance(dialog, CorrectNumberDialog)
    dialog.number.setText("HB-2")
    dialog.reason.setText(WHY)
    dialog.accept()
    pages.settle()
    assert dialog.banner.text == "业务号已经登记。"
    assert dialog.focusWidget() is dialog.number
    assert pages.made("business_numbers.correct") == [((31, "HB-2", WHY), {})]


def test_a_receipt_flushed_in_red_is_recorded_with_the_new_one(pages: Pages) -> None:
    pages.services.answers["corrections.list_offers"] = lambda *_: (
        CorrectionOffer("reissue", "红冲重开票据", True),
    )
    exists = UserError("receipt-exists", "票据00124已经登记过。", "请核对票据号码。", "number")
    pages.services.refusals["receipts.reissue"] = exists
    dialog = chosen(pages, pages.show(enrolment()), "红冲重开票据")
    assert isinstance(dialog, ReissueDialog)
    dialog.accept()
    assert dialog.focusWidget() is dialog.red_no
    dialog.red_no.setText("红00001")
    dialog.number.setText("00124")
    dialog.reason.setText("抬头写错")
    dialog.accept()
    pages.settle()
    assert (dialog.banner.text, dialog.focusWidget()) == ("票据00124已经登记过。", dialog.number)
    [((case, draft, file), _more)] = pages.made("receipts.reissue")
    assert (case, draft.red_no, draft.number, draft.reason, file) == (
        31, "红00001", "00124", "抬头写错", None,
    )  # fmt: skip


def test_after_all_money_went_back_a_new_receipt_is_refused_and_none_is_asked_for(
    pages: Pages,
) -> None:
    pages.services.answers["corrections.list_offers"] = lambda *_: (
        CorrectionOffer("reissue", "红冲重开票据", True),
    )
    pages.services.refusals["receipts.reissue"] = UserError(
        "receipt-not-due", "钱已全部退还,不再开新票据。", "新票号码请空着,金额填0。", "number"
    )
    dialog = chosen(pages, pages.show(enrolment()), "红冲重开票据")
    for field, text in ((dialog.red_no, "红1"), (dialog.number, "2"), (dialog.reason, "退了")):
        field.setText(text)
    dialog.accept()
    pages.settle()
    assert (dialog.banner.text, dialog.focusWidget()) == (
        "钱已全部退还,不再开新票据。",
        dialog.number,
    )
    del pages.services.refusals["receipts.reissue"]
    dialog.number.clear()
    dialog.amount.setText("0")
    dialog.accept()
    pages.settle()
    assert pages.made("receipts.reissue")[-1][0][1].number == ""


def test_a_day_printed_already_is_put_right_once_the_papers_may_go(pages: Pages) -> None:
    page = pages.show(enrolment(effective_on=date(2026, 12, 1)))
    printed = UserError("printed-with-date", "已打印。", "请确认作废。", "void_printed")
    pages.services.refusals["mending.correct_effective"] = printed
    dialog = chosen(pages, page, "更正生效日")
    assert isinstance(dialog, EffectiveDialog)
    assert dialog.effective.text() == "2026-12-01"
    dialog.effective.setText("2026-12-8")
    dialog.reason.setText(WHY)
    assert dialog.sure.isHidden()
    dialog.accept()
    pages.settle()
    assert dialog.banner.text == "已打印。"
    dialog.sure.setChecked(True)
    dialog.accept()
    asked = [(31, date(2026, 12, 8), WHY, "")] * 2
    made = pages.made("mending.correct_effective")
    assert [args for args, _ in made] == asked
    assert [kwargs["void_printed"] for _, kwargs in made] == [False, True]


def test_accounts_are_put_right_after_the_payment_with_a_reason(pages: Pages) -> None:
    pages.services.answers["drafting.funding"] = CHARGED
    page = pages.show(enrolment(payments=(PAID,), step_key="paid"))
    dialog = chosen(pages, page, "更正列支渠道")
    assert isinstance(dialog, CorrectFundingDialog)
    assert (dialog.windowTitle(), dialog.main_button.text()) == ("更正列支渠道", "更正")
    assert "各方应出的金额不变" in dialog.hint.text()
    member, welfare = dialog.fields[BOTH, "member"], dialog.fields[BOTH, "welfare"]
    assert (member.text(), welfare.text(), dialog.focusWidget()) == ("8,600.00", "", member)
    member.clear()
    dialog.accept()
    assert dialog.banner.text == "单位和职工的列支渠道没有写明。"
    assert dialog.focusWidget() is member
    welfare.setText("8000")
    dialog.accept()
    assert dialog.banner.text.endswith("少 600.00 元。")
    welfare.setText("8600")
    dialog.accept()
    assert dialog.focusWidget() is dialog.reason
    dialog.reason.setText(WHY)
    dialog.accept()
    assert pages.made("mending.correct_funding") == [((31, ((BOTH, "welfare", 860000),), WHY), {})]


def test_who_is_chosen_in_the_list_is_taken_off_it(pages: Pages) -> None:
    pages.services.answers["rosters.list_people"] = lambda *_: (
        person(1), replace(person(2), joining=False), person(3),
    )  # fmt: skip
    page = pages.show(enrolment())
    page.people.people.selectAll()
    dialog = chosen(pages, page, "撤出名单里选中的 2 人")
    dialog.reason.setText(WHY)
    dialog.accept()
    assert pages.made("mending.remove_people") == [((31, (1, 3), WHY), {})]


def test_without_anybody_chosen_nobody_is_taken_off(pages: Pages) -> None:
    page = pages.show(enrolment())
    page.people.people.clearSelection()
    entry = entries(pages, page)[3]
    assert not entry.isEnabled()
    assert entry.toolTip() == "没有在名单里选人。请先选要撤出的人。"


def test_a_payment_that_agrees_can_go_back_too(pages: Pages) -> None:
    page = pages.show(enrolment(payments=(PAID, replace(SHORT, id=8, state="returned"))))
    dialog = chosen(pages, page, "退回缴费")
    dialog.reason.setText(WHY)
    dialog.accept()
    assert pages.made("payments.return_") == [((7, WHY), {})]


@pytest.mark.parametrize(("label", "act"), [("审核后退回", "send_back"), ("作废申请", "void")])
def test_a_case_is_sent_back_or_made_void_with_a_reason(pages: Pages, label: str, act: str) -> None:
    dialog = chosen(pages, pages.show(enrolment()), label)
    dialog.reason.setText(WHY)
    dialog.accept()
    assert pages.made(f"mending.{act}") == [((31, WHY), {})]


def test_a_case_is_taken_back_from_the_menu_as_well(pages: Pages) -> None:
    chosen(pages, pages.show(enrolment()), "取回提交").accept()
    assert pages.made("undo.withdraw_submission") == [((31,), {})]


def test_without_a_case_the_page_says_that_there_is_none(pages: Pages) -> None:
    page = pages.show(None)
    assert not page.case_card.correct_button.isVisible()
    pages.qtbot.keyClick(page, Qt.Key.Key_F7)
    assert page.banner.text == "这家单位还没有申请可更正。"
    assert page.acts.corrections.menu is None
