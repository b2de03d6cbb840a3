"""退费 on the unit's page: what is too much, asked back, arrived, taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app.domain.enrolments import Missing
from desktop_app.services.views.enrolments import PaymentLine, RefundLine
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.dialogs.refund_dialogs import RefundArrivedDialog, RefundDialog
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import TODAY, enrolment
from tests.ui.test_unit_page import Pages

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

OVER: dict[str, Any] = {
    "next_act": "archive.finish", "due_fen": 850000, "paid_fen": 860000, "overpaid_fen": 10000,
}  # fmt: skip
OUT = RefundLine(10000, "清溪镇人民政府", "退回1人", date(2026, 11, 30), None)
BACK = RefundLine(5000, "清溪镇人民政府", "退回1人", date(2026, 11, 20), date(2026, 11, 28))


@pytest.fixture
def pages(qtbot: QtBot, tasks: TaskRunner) -> Pages:
    return Pages(qtbot, tasks)


def test_what_is_too_much_stands_with_the_money_and_the_button_leads_to_it(pages: Pages) -> None:
    lacks = (Missing("overpaid", "已到账的钱比应缴多100.00元", "请登记退费。"),)
    page = pages.show(enrolment(missing=lacks, **OVER))
    assert page.case_card.next_button.text() == "下一步:申请退费"
    texts = [one.text() for one in page.money.findChildren(QLabel)]
    assert texts[texts.index("多缴 100.00\N{NO-BREAK SPACE}元") + 1] == "还没有退费"
    page.money.buttons["refund.ask"].click()
    pages.settle()
    dialog = page.findChildren(RefundDialog)[-1]
    assert dialog.amount.text() == "100.00"
    assert "已到账 8,600.00 元,应缴 8,500.00 元,多 100.00 元。" in [
        one.text() for one in dialog.findChildren(QLabel)
    ]
    dialog.accept()
    assert dialog.banner.text == "“退费原因”还没有填。"
    dialog.reason.setText("退回1人")
    dialog.accept()
    assert pages.made("refunds.ask") == [((31, 10000, TODAY, "退回1人"), {})]


def test_what_was_asked_back_is_told_until_it_arrived(pages: Pages) -> None:
    page = pages.show(enrolment(next_act="archive.finish", refunds=(BACK, OUT)))
    texts = [one.text() for one in page.money.findChildren(QLabel)]
    assert texts[texts.index("退费 50.00\N{NO-BREAK SPACE}元") + 1] == "已退到 11-28"
    assert texts[texts.index("退费 100.00\N{NO-BREAK SPACE}元") + 1] == "11-30 申请 · 未到账"
    assert "refund.ask" not in page.money.buttons
    page.money.buttons["refund.arrive"].click()
    pages.settle()
    dialog = page.findChildren(RefundArrivedDialog)[-1]
    dialog.accept()
    assert pages.made("refunds.arrive") == [((31, TODAY), {})]


def test_it_may_be_taken_back_with_a_reason(pages: Pages) -> None:
    page = pages.show(enrolment(next_act="archive.finish", refunds=(OUT,)))
    page.money.buttons["refund.cancel"].click()
    pages.settle()
    dialog = page.findChildren(ReasonDialog)[-1]
    dialog.reason.setText("写错了")
    dialog.accept()
    assert pages.made("refunds.cancel") == [((31, "写错了"), {})]


def test_a_page_without_a_case_has_nothing_to_take_back(pages: Pages) -> None:
    assert pages.show(None).acts.dialogs.cancel_refund() is None


PAID = PaymentLine(
    7, 860000, 86, date(2026, 11, 10), "清溪镇人民政府", False, "agrees", "相符", date(2026, 11, 12)
)
SHORT: dict[str, Any] = {
    "payments": (PAID,), "next_act": "print.confirmation", "due_fen": 860000, "paid_fen": 0,
    "short": "已退8,600.00元,还差8,600.00元",
    "missing": (Missing("money-short", "已退8,600.00元,还差8,600.00元", "请登记重新缴来的会费。"),),
}  # fmt: skip


def test_money_that_went_back_is_told_and_the_button_leads_to_paying_anew(pages: Pages) -> None:
    page = pages.show(enrolment(refunds=(BACK,), **SHORT))
    assert page.case_card.next_button.text() == "下一步:登记缴费"
    texts = [one.text() for one in page.money.findChildren(QLabel)]
    assert "还差 8,600.00\N{NO-BREAK SPACE}元" in texts
    assert page.money.buttons["payment.record"].isVisible()


def test_nothing_is_paid_anew_while_what_was_asked_back_waits(pages: Pages) -> None:
    page = pages.show(enrolment(refunds=(OUT,), **SHORT))
    assert page.case_card.next_button.text() != "下一步:登记缴费"
    assert "payment.record" not in page.money.buttons
    assert "refund.cancel" in page.money.buttons


def test_a_finished_case_says_what_is_short_and_offers_no_payment(pages: Pages) -> None:
    more = {**SHORT, "next_act": "", "missing": (), "state": "finished"}
    page = pages.show(enrolment(refunds=(BACK,), **more))
    assert "还差 8,600.00\N{NO-BREAK SPACE}元" in [
        one.text() for one in page.money.findChildren(QLabel)
    ]
    assert "payment.record" not in page.money.buttons
