"""Claims with stand-in services: the list, the papers by digit, the next step, the dialogs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.errors import UserError
from desktop_app.services.drafts import ClaimDraft
from desktop_app.services.views.forms import PrintedForm
from desktop_app.ui.dialogs.claim_dialogs import (
    BusinessNumberDialog,
    DecideDialog,
    RegisterClaimDialog,
    TypeAmountDialog,
)
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.dialogs.preview_dialog import PdfPreviewDialog
from desktop_app.ui.dialogs.scan_dialog import ScanDialog
from desktop_app.ui.pages.claims.claims_page import ClaimsPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.calm import settled
from tests.ui.case_standins import TODAY, StandIns, claim

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


@pytest.fixture
def services() -> StandIns:
    return StandIns()


def settle(tasks: TaskRunner) -> None:
    settled(tasks)


def show(qtbot: QtBot, tasks: TaskRunner, services: StandIns) -> ClaimsPage:
    page = ClaimsPage(services, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.show()
    settle(tasks)
    return page


@pytest.fixture
def page(qtbot: QtBot, tasks: TaskRunner, services: StandIns) -> ClaimsPage:
    return show(qtbot, tasks, services)


def made(services: StandIns, tasks: TaskRunner, name: str) -> list[Any]:
    settle(tasks)
    return services.made(name)


def test_the_scans_of_a_claim_are_looked_at(
    page: ClaimsPage, tasks: TaskRunner, services: StandIns
) -> None:
    page.detail.look_button.click()
    settle(tasks)
    (dialog,) = page.findChildren(ScanDialog)
    assert dialog.windowTitle().startswith("覃世芳")
    assert [args for args, _ in made(services, tasks, "claims.list_scans")] == [(9,)]
    dialog.reject()


def test_the_first_claim_is_shown_beside_the_list(
    page: ClaimsPage, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(page.table.rows_model)
    assert page.count.text().strip() == "2 笔 · 1 笔资料待补"
    assert page.detail.title.text() == "覃世芳 · 住院医疗"
    assert "自2026年1月1日0时起" in page.detail.facts.text()
    assert page.detail.notice.isVisible()
    assert page.detail.lacks.text() == "还缺2份资料,请补齐。"
    assert not page.detail.next_button.isEnabled()


def test_choosing_another_row_shows_that_claim(
    page: ClaimsPage, tasks: TaskRunner, services: StandIns
) -> None:
    page.table.selectRow(1)
    settle(tasks)
    assert page.claim is not None
    assert page.claim.id == 10


@pytest.mark.parametrize(("digit", "state"), [("1", "kept"), ("2", "seen"), ("3", "missing")])
def test_a_digit_sets_the_papers_state(
    qtbot: QtBot, page: ClaimsPage, tasks: TaskRunner, services: StandIns, digit: str, state: str
) -> None:
    page.detail.papers.selectRow(1)
    qtbot.keyClick(page.detail.papers, digit)
    assert made(services, tasks, "claims.set_paper") == [((9, "identity-copy", state, None), {})]
    last = page.detail.papers.proxy.rowCount() - 1
    assert page.detail.papers.currentIndex().row() == min(2, last)  # the next paper is in hand


@pytest.mark.parametrize(("row", "after"), [(0, "seen"), (1, "kept")])
def test_space_takes_the_next_state(
    qtbot: QtBot, page: ClaimsPage, tasks: TaskRunner, services: StandIns, row: int, after: str
) -> None:
    page.detail.papers.selectRow(row)
    qtbot.keyClick(page.detail.papers, Qt.Key.Key_Space)
    assert made(services, tasks, "claims.set_paper")[0][0][2] == after


def test_a_scan_dropped_on_the_checklist_is_a_copy_kept(
    page: ClaimsPage, tasks: TaskRunner, services: StandIns
) -> None:
    page.detail.papers.selectRow(2)
    page.attach(Path("/scan/结算单.pdf"))
    expected = (9, "settlement", "kept", Path("/scan/结算单.pdf"))
    assert made(services, tasks, "claims.set_paper") == [(expected, {})]


def test_a_refused_paper_is_told_on_the_page(
    page: ClaimsPage, tasks: TaskRunner, services: StandIns
) -> None:
    services.refusals["claims.set_paper"] = UserError("paper-unknown", "没有这份资料。", "请刷新。")
    page.detail.papers.selectRow(0)
    page.attach(Path("/x.pdf"))
    settle(tasks)
    assert page.banner.text == "没有这份资料。"


@pytest.mark.parametrize(
    ("act_key", "kind", "saves"),
    [
        ("claim.move-on", QDialog, "claims.move_on"),
        ("claim.decide", DecideDialog, "claims.decide"),
        ("claim.type-amount", TypeAmountDialog, "claims.type_amount"),
    ],
)
def test_the_next_step_opens_the_dialog_of_its_act(
    qtbot: QtBot,
    tasks: TaskRunner,
    services: StandIns,
    act_key: str,
    kind: type[QDialog],
    saves: str,
) -> None:
    services.answers["claims.get"] = lambda claim_id: claim(
        id=claim_id, next_act=act_key, next_label="下一", missing=()
    )
    page = show(qtbot, tasks, services)
    assert page.detail.next_button.isEnabled()
    dialog = page.take_next()
    assert isinstance(dialog, kind)
    if isinstance(dialog, DecideDialog):
        dialog.amount.setText("3100.5")
    dialog.accept()
    calls = made(services, tasks, saves)
    expected = {
        "claims.move_on": (9,),
        "claims.decide": (9, 310050, TODAY, False),
        "claims.type_amount": (9, 320000),
    }
    assert calls == [(expected[saves], {})]


def test_a_finished_claim_has_no_next_step(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    services.answers["claims.get"] = lambda claim_id: claim(
        id=claim_id, next_act="", next_label="", missing=(), decided_fen=310050,
        decided_on=date(2026, 12, 20),
    )  # fmt: skip
    page = show(qtbot, tasks, services)
    assert page.detail.next_button.text() == "已办结"
    assert not page.detail.next_button.isEnabled()
    assert "省办核定 3,100.50 元(2026-12-20)" in page.detail.facts.text()


def test_an_empty_list_says_how_to_begin(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    services.answers["claims.list_claims"] = ()
    page = show(qtbot, tasks, services)
    assert page.claim is None
    assert "选一笔申领" in page.detail.facts.text()
    assert page.take_next() is None


def open_register(qtbot: QtBot, tasks: TaskRunner, services: StandIns) -> RegisterClaimDialog:
    dialog = RegisterClaimDialog(services, tasks, TODAY)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.open()
    settle(tasks)
    return dialog


def test_a_person_found_by_the_last_four_brings_the_covers_of_the_day(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    dialog = open_register(qtbot, tasks, services)
    dialog.event_on.set_day(date(2026, 11, 2))
    dialog.person.setText("1248")
    dialog.look()
    settle(tasks)
    assert dialog.plan.currentText() == "住院医疗 至2026年12月31日24时"
    assert not dialog.name.isEnabled()
    dialog.amount.setText("3200")
    qtbot.keyClick(dialog.amount, Qt.Key.Key_Return)
    draft = ClaimDraft("hospital", date(2026, 11, 2), 1001, "覃世芳", None, 320000)
    assert made(services, tasks, "claims.register") == [((draft,), {})]
    assert made(services, tasks, "claims.find_covered")[-1] == (("1248", date(2026, 11, 2)), {})


def test_a_person_not_found_is_registered_by_name(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    services.answers["claims.find_covered"] = ()
    dialog = open_register(qtbot, tasks, services)
    assert dialog.event_on.hasFocus()
    dialog.accept()
    assert dialog.banner.text == "“事发日期”还没有填。"
    dialog.event_on.set_day(TODAY)
    dialog.person.setText("查无此人")
    dialog.look()
    settle(tasks)
    dialog.accept()
    assert dialog.banner.text == "“姓名”还没有填。"
    dialog.name.setText("向·扎西")
    dialog.plan.setCurrentIndex(1)
    dialog.accept()
    draft = ClaimDraft("women", TODAY, None, "向·扎西", None, None)
    assert made(services, tasks, "claims.register") == [((draft,), {})]


def test_typing_waits_for_a_pause_before_it_looks(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    dialog = open_register(qtbot, tasks, services)
    dialog.event_on.set_day(TODAY)
    for text in ("1", "12", "124", "1248"):
        dialog.person.setText(text)
    qtbot.waitUntil(lambda: bool(services.made("claims.find_covered")), timeout=3000)
    assert [args[0] for args, _ in made(services, tasks, "claims.find_covered")] == ["1248"]


def test_a_registered_claim_is_shown_at_once(
    qtbot: QtBot, page: ClaimsPage, tasks: TaskRunner, services: StandIns
) -> None:
    services.answers["claims.register"] = services.answers["claims.register"].__class__(
        10, services.answers["claims.register"].changed
    )
    dialog = page.register()
    assert dialog is not None
    settle(tasks)
    dialog.event_on.set_day(TODAY)  # type: ignore[attr-defined]
    dialog.name.setText("某人")  # type: ignore[attr-defined]
    dialog.accept()
    settle(tasks)
    assert page.claim is not None
    assert page.claim.id == 10


def test_nobody_is_looked_for_before_the_day_can_be_read(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    dialog = open_register(qtbot, tasks, services)
    dialog.person.setText("1248")
    for text in ("", "2026-1"):
        dialog.event_on.setText(text)
        dialog.look()
    assert made(services, tasks, "claims.find_covered") == []


def test_a_claim_entered_twice_is_asked_about_and_a_tick_says_that_it_is_another(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    dialog = open_register(qtbot, tasks, services)
    dialog.event_on.set_day(TODAY)
    dialog.name.setText("某人")
    assert not dialog.sure.isVisible()
    services.refusals["claims.register"] = UserError(
        "claim-again", "此人同日同项目已有SL-1。", "请先核对那一件。", "again"
    )
    dialog.accept()
    settle(tasks)
    assert dialog.banner.text == "此人同日同项目已有SL-1。"
    assert dialog.sure.isVisible()
    assert dialog.sure.hasFocus()
    dialog.sure.setChecked(True)
    dialog.name.setText("另一人")  # another person: the question is open again
    assert not dialog.sure.isVisible()
    del services.refusals["claims.register"]
    dialog.sure.setChecked(True)
    dialog.accept()
    assert made(services, tasks, "claims.register")[-1][0][0].again


def test_a_decision_above_what_was_asked_for_is_ticked(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    dialog = DecideDialog(services, tasks, claim(), TODAY)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.open()
    services.refusals["claims.decide"] = UserError("above-asked", "多于申领。", "请核对。", "above")
    dialog.amount.setText("9999")
    dialog.accept()
    settle(tasks)
    assert dialog.sure.isVisible()
    del services.refusals["claims.decide"]
    dialog.sure.setChecked(True)
    dialog.accept()
    assert made(services, tasks, "claims.decide")[-1] == ((9, 999900, TODAY, True), {})


def test_number_and_voiding_are_offered_where_they_may_be(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    page = show(qtbot, tasks, services)
    assert not page.detail.number_button.isVisible()
    services.answers["claims.get"] = lambda claim_id: claim(
        id=claim_id, may_number=True, may_void=True, business_no="HB1"
    )
    page.open_claim(9)
    settle(tasks)
    assert "业务号 HB1" in page.detail.facts.text()
    page.detail.number_button.click()
    number = page.findChild(BusinessNumberDialog)
    assert number is not None
    number.number.setText("HB2")
    number.accept()
    assert made(services, tasks, "claim_mending.enter_number") == [((9, "HB2"), {})]
    page.detail.void_button.click()
    void = page.findChild(ReasonDialog)
    assert void is not None
    void.reason.setText("重复登记")
    void.accept()
    assert made(services, tasks, "claim_mending.void") == [((9, "重复登记"), {})]


def test_a_voided_claim_says_why_and_offers_nothing(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    services.answers["claims.get"] = lambda claim_id: claim(
        id=claim_id, next_act="", next_label="", missing=(), voided="重复登记"
    )
    page = show(qtbot, tasks, services)
    assert page.detail.next_button.text() == "已作废"
    assert "已作废:重复登记" in page.detail.facts.text()
    assert not page.detail.receipt_button.isEnabled()


def test_the_receipt_is_fixed_and_shown(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    services.answers["forms.get"] = lambda issued: PrintedForm(
        issued, "收件回执", "HZ-A-2026-00001", 0, 1
    )
    page = show(qtbot, tasks, services)
    page.detail.receipt_button.click()
    assert made(services, tasks, "claim_prints.issue_receipt") == [((9,), {})]
    preview = page.findChild(PdfPreviewDialog)
    assert preview is not None
    assert preview.windowTitle() == "收件回执 HZ-A-2026-00001"
    assert preview.printing.copies.value() == 1  # both copies stand on the page
    preview.reject()


def test_a_claim_that_was_searched_for_is_marked_in_the_list(
    page: ClaimsPage, tasks: TaskRunner
) -> None:
    page.open_claim(10)
    settle(tasks)
    assert page.claim is not None
    assert page.claim.id == 10
    row = page.table.current_row()
    assert row is not None
    assert row.id == 10
