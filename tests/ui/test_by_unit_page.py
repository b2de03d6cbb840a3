"""What a unit's page shows of a case that the unit handles itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.services.views.receipts import Receipts
from desktop_app.ui.dialogs.arrival_dialog import payment_text
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import FORMS, PAPERS, SHORT, enrolment
from tests.ui.test_unit_page import Pages

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

UNPRINTED = tuple(
    replace(one, issued_id=None, number=None, may_print=False, stamped=one.key == "application")
    for one in FORMS
)
WITHOUT_SLIP = tuple(replace(one, state="missing") for one in PAPERS)


@pytest.fixture
def pages(qtbot: QtBot, tasks: TaskRunner) -> Pages:
    return Pages(qtbot, tasks)


def own(**more: object) -> EnrolmentView:
    values = {"handling": "by-unit", "quote": None, "forms": UNPRINTED, "papers": WITHOUT_SLIP}
    return enrolment(**(values | more))


def texts(card: object) -> list[str]:
    return [one.text() for one in card.findChildren(QLabel)]  # type: ignore[attr-defined]


def test_forms_are_the_units_to_print_and_say_when_they_are_back(pages: Pages) -> None:
    shown = texts(pages.show(own()).forms)
    assert shown[shown.index("申请书") + 1] == "已盖章收回"
    assert shown[shown.index("确认书") + 1] == "由单位打印"
    assert shown[shown.index("移交清单") + 1] == "还不能打印"


def test_a_plan_is_told_with_its_shares_and_no_people_of_its_own(pages: Pages) -> None:
    shown = texts(pages.show(own()).money)
    assert shown[shown.index("住院医疗") + 1] == "1 份"


def test_its_numbers_are_changed_until_the_review(pages: Pages) -> None:
    assert pages.show(own()).people.follow_button.isVisible()
    after = own(next_act="payment.confirm")
    assert not pages.show(after).people.follow_button.isVisible()


def test_a_slip_is_asked_for_only_while_money_is_waited_for(pages: Pages) -> None:
    waits = own(next_act="payment.confirm")
    assert "bank-slip" in pages.show(waits).papers.buttons
    paid = replace(SHORT, state="agrees")
    assert "dues-receipt" not in pages.show(own(payments=(paid,))).papers.buttons
    there = {"payments": (paid,), "receipts": Receipts(may_record=True)}
    page = pages.show(own(next_act="archive.finish", **there))
    assert set(page.papers.buttons) >= {"insurance-proof", "dues-receipt"}
    assert "bank-slip" not in page.papers.buttons


def test_an_amount_and_its_yuan_stay_on_one_line(pages: Pages) -> None:
    card = pages.show(own(payments=(replace(SHORT, amount_fen=96_000),))).money
    (slip,) = [one for one in card.findChildren(QLabel) if one.text().startswith("回单")]
    assert slip.wordWrap()
    layout = QTextLayout(slip.text(), slip.font())
    narrow, lines = slip.fontMetrics().horizontalAdvance("回单 960.00"), []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(narrow)  # no room for 元 beside it
        lines.append(slip.text()[line.textStart() :][: line.textLength()])
    layout.endLayout()
    assert lines == ["回单 ", "960.00\N{NO-BREAK SPACE}元"]


def test_another_payer_is_told_beside_the_payment(pages: Pages) -> None:
    other = replace(SHORT, payer_differs="付款户名“乙厂”不是“甲厂”")
    shown = texts(pages.show(own(payments=(other,))).money)
    assert "付款户名“乙厂”不是“甲厂”。" in shown


def test_a_part_of_a_transfer_is_told_as_a_part_and_goes_back_with_the_whole(pages: Pages) -> None:
    part = replace(SHORT, whole_fen=2_000_000, cases_paid=40)
    view = own(payments=(part,))
    page = pages.show(view)
    shown = texts(page.money)
    assert "整笔20,000.00元,缴40份申请。" in shown
    page.money.buttons["return:7"].click()
    pages.settle()
    asked = page.findChildren(ReasonDialog)[-1]
    words = " ".join(one.text() for one in asked.findChildren(QLabel))
    assert "整笔20,000.00元,缴40份申请,整笔一起退回,每份都要重新登记。" in words
    assert payment_text(part) == (
        "回单:8,400.00 元 · 84 人(整笔20,000.00元,缴40份申请) · 2026-11-30"
        " · 清溪镇人民政府(对公账户)"
    )
