"""Facts, worksheet and decisions of a claim with stand-in services."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app.domain.benefits.benefit_needs import FactField
from desktop_app.domain.rule_steps import RuleStep
from desktop_app.services.views.forms import PrintedForm
from desktop_app.services.views.worksheets import WorksheetView
from desktop_app.ui.dialogs.claim_decision_dialogs import DayDialog, RefuseClaimDialog
from desktop_app.ui.dialogs.claim_worksheet import (
    NOTHING_ASKED,
    FactsDialog,
    WorksheetDialog,
    summary,
)
from desktop_app.ui.dialogs.preview_dialog import PdfPreviewDialog
from desktop_app.ui.pages.claims.claims_page import ClaimsPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import TODAY, StandIns, claim
from tests.ui.test_claims_page import made, settle, show

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

FIELDS = (
    FactField("total_fen", "医疗总费用", "money", False),
    FactField("own_fen", "个人负担", "money", True),
    FactField("days", "天数", "days", True),
    FactField("severity", "轻重程度", "choice", True, (("severe", "重度"), ("light", "轻度"))),
    FactField("person_class", "人员类别", "choice", False, (("hardship", "困难"),)),
)
STEPS = (
    RuleStep("base", "介绍", {"own_fen": 300_000}, 300_000, "计算基数为个人负担3,000.00元。"),
    RuleStep("known-until", "介绍", {"event_on": "2026-11-02"}, "2023-12-31", "待核对。"),
    RuleStep("benefit", "", None, 210_000, "本次应付2,100.00元。"),
)


def sheet(**more: Any) -> WorksheetView:
    values: dict[str, Any] = {
        "id": 4, "kind": "estimate", "kind_label": "估算", "fen": 210_000, "estimate": True,
        "to_confirm": ("plans.hospital.benefits.rate",), "open_labels": ("比例",),
        "steps": STEPS, "facts": {"own_fen": 300_000}, "version_no": 2,
        "said_at": datetime(2026, 12, 1, tzinfo=UTC),
    }  # fmt: skip
    return WorksheetView(**(values | more))


def page_with(qtbot: QtBot, tasks: TaskRunner, services: StandIns, **more: Any) -> ClaimsPage:
    services.answers["claims.get"] = lambda claim_id: claim(id=claim_id, missing=(), **more)
    return show(qtbot, tasks, services)


@pytest.fixture
def services() -> StandIns:
    return StandIns()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, ("估算 2,100.00 元 · 待核对", "late")),
        ({"open_labels": ()}, ("估算 2,100.00 元 · 条款已确认,请重新核算", "warn")),
        ({"open_labels": (), "to_confirm": ()}, ("估算 2,100.00 元", "warn")),
        (
            {"open_labels": (), "to_confirm": (), "estimate": False},
            ("核算 2,100.00 元", "good"),
        ),
        ({"fen": None}, ("待遇标准待核对,算不出金额", "late")),
    ],
)
def test_what_a_worksheet_came_to_is_said_plainly(
    more: dict[str, Any], words: tuple[str, str]
) -> None:
    assert summary(sheet(**more)) == words


def test_facts_are_typed_in_yuan_and_days(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    page = page_with(
        qtbot, tasks, services, fields=FIELDS, may_figure=True,
        facts={"own_fen": 100, "severity": "轻度", "lifetime_fen": 5},
    )  # fmt: skip
    assert page.detail.facts_button.isEnabled()
    page.detail.facts_button.click()
    dialog = page.findChild(FactsDialog)
    assert dialog is not None
    assert dialog.inputs["severity"].value() == "light"  # type: ignore[call-arg]
    dialog.accept()
    assert dialog.banner.text == "“天数”还没有填。"
    dialog.inputs["days"].setText("12天")  # type: ignore[union-attr]
    dialog.inputs["own_fen"].setText("3000")  # type: ignore[union-attr]
    dialog.accept()
    facts = {"lifetime_fen": 5, "own_fen": 300_000, "days": 12, "severity": "light"}
    assert made(services, tasks, "claims.figure") == [((9, facts), {})]


def test_days_that_are_none_are_said_to_be_none(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    page = page_with(qtbot, tasks, services, fields=FIELDS[2:3], may_figure=True)
    dialog = page.take("claim.figure")
    assert isinstance(dialog, FactsDialog)
    dialog.inputs["days"].setText("十")  # type: ignore[union-attr]
    dialog.accept()
    assert dialog.banner.text == "“天数”里的“十”不是天数。"


def test_a_plan_without_a_standard_asks_for_nothing(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    page = page_with(qtbot, tasks, services, may_figure=True)
    dialog = page.take("claim.figure")
    assert dialog is not None
    assert NOTHING_ASKED in [note.text() for note in dialog.findChildren(type(page.count))]
    dialog.accept()
    assert made(services, tasks, "claims.figure") == [((9, {}), {})]


def test_the_worksheet_is_a_table_and_prints(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    page = page_with(qtbot, tasks, services, worksheet=sheet(issued_id=77, issued_no="HS-1"))
    assert page.detail.sheet.text() == "估算 2,100.00 元 · 待核对"
    dialog = page.show_worksheet()
    assert isinstance(dialog, WorksheetDialog)
    shown = [dialog.steps.model().index(0, at).data() for at in range(4)]
    assert shown == ["计算基数为个人负担3,000.00元。", "介绍", "个人负担3,000.00元", "3,000.00元"]
    assert dialog.steps.model().index(1, 3).data() == "2023-12-31"
    assert dialog.waits.text() == "待核对:比例。确认前不作为给付依据。"
    dialog.steps.selectRow(2)
    assert dialog.whole.text() == "本次应付2,100.00元。\n依据:"
    services.answers["forms.get"] = lambda issued: PrintedForm(issued, "核算单", "HS-1", 1)
    dialog.print_button.click()
    settle(tasks)
    assert services.made("claim_prints.issue_worksheet") == [((9,), {})]
    preview = page.findChild(PdfPreviewDialog)
    assert preview is not None
    assert preview.windowTitle() == "核算单 HS-1"
    preview.reject()


def test_without_a_worksheet_there_is_nothing_to_show(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    page = page_with(qtbot, tasks, services)
    assert page.detail.sheet.text() == "还没有核算"
    assert page.show_worksheet() is None
    page.claim = None
    page.print_worksheet()
    assert page.take("claim.figure") is None


@pytest.mark.parametrize(
    ("act", "call"), [("claim.pay", "pay"), ("claim.arrive", "record_arrival")]
)
def test_money_that_went_is_recorded_with_its_day(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns, act: str, call: str
) -> None:
    page = page_with(
        qtbot, tasks, services, next_act=act, next_label="登记", amount_fen=1, decided_fen=2
    )
    dialog = page.take_next()
    assert isinstance(dialog, DayDialog)
    dialog.accept()
    assert made(services, tasks, f"claim_decisions.{call}") == [((9, TODAY), {})]


@pytest.mark.parametrize("act", ["claim.move-on", "claim.pay"])
def test_who_reviews_or_pays_reads_what_the_unit_owes(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns, act: str
) -> None:
    owed = "“清溪镇人民政府”2026年度互助金还差900.00元"
    page = page_with(qtbot, tasks, services, next_act=act, next_label="复核", owed=owed)
    assert page.detail.owed.isVisible()
    assert page.detail.owed.text() == f"{owed}。"
    dialog = page.take_next()
    assert dialog is not None
    told = [one.text() for one in dialog.findChildren(QLabel)]
    assert any(text.endswith(f"注意:{owed},请核对后再办。") for text in told)


def test_nothing_is_said_of_a_unit_that_owes_nothing(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    page = page_with(qtbot, tasks, services, next_act="claim.pay", next_label="拨付")
    assert not page.detail.owed.isVisible()


def test_a_claim_is_sent_back_with_a_reason(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    page = page_with(qtbot, tasks, services, returns_to="资料齐全")
    assert page.detail.back_button.isVisible()
    assert not page.detail.refuse_button.isVisible()
    dialog = page.take("claim.send-back")
    assert dialog is not None
    dialog.reason.setText("金额有误")  # type: ignore[attr-defined]
    dialog.accept()
    assert made(services, tasks, "claim_decisions.send_back") == [((9, "金额有误"), {})]


@pytest.mark.parametrize("decides", ["province", "office"])
def test_a_refusal_names_the_rule(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns, decides: str
) -> None:
    page = page_with(
        qtbot, tasks, services, may_refuse=True, refusal_rules=("须在保障期内",), decides=decides
    )
    dialog = page.take("claim.refuse")
    assert isinstance(dialog, RefuseClaimDialog)
    dialog.accept()
    assert dialog.banner.text == "“规定原文”还没有填。"
    dialog.rule.setCurrentIndex(0)
    dialog.reason.setText("不在保障期")
    dialog.accept()
    expected = (9, "须在保障期内", "不在保障期", TODAY)
    assert made(services, tasks, "claim_decisions.refuse") == [(expected, {})]


def test_what_was_decided_stands_beside_the_claim(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    decided = {"decided_fen": 0, "decided_on": date(2026, 12, 2)}
    page = page_with(qtbot, tasks, services, refusal="须在保障期内", **decided)
    assert "不予办理(2026-12-02):须在保障期内" in page.detail.facts.text()
    page = page_with(
        qtbot, tasks, services, decides="office", pays="office", paid_on=date(2026, 12, 3),
        **decided,
    )  # fmt: skip
    assert "核定 0.00 元(2026-12-02)\n支付 2026-12-03" in page.detail.facts.text()
    page = page_with(qtbot, tasks, services, pays="hospital-bill")
    assert "医院已减免 3,200.00 元" in page.detail.facts.text()
