"""证明与名单 in the window: a line where one reviews, the table behind it, another file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.errors import FileError
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.case import Case
from desktop_app.ui.dialogs.proof_dialog import READING, ProofDialog
from desktop_app.ui.dialogs.proof_strip import COMPARING, UNREADABLE, ProofStrip
from desktop_app.ui.dialogs.review_dialogs import ReviewDialog
from desktop_app.ui.pages.units.unit_page import UnitPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.calm import settled
from tests.ui.case_standins import PAPERS, PROOF, TODAY, StandIns, enrolment, unit

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so
SCAN = FileError(
    "proof-without-text", "《证明.png》是扫描件或图片,里面没有文字,不能逐人核对。", "请人工核对。"
)


def proved(**more: Any) -> EnrolmentView:
    papers = tuple(
        replace(one, attachment_id=41 if one.key == "insurance-proof" else None) for one in PAPERS
    )
    return enrolment(papers=papers, submitted_by="王丽", **more)


class Desk:
    def __init__(self, qtbot: QtBot, tasks: TaskRunner) -> None:
        self.qtbot, self.tasks, self.services = qtbot, tasks, StandIns()
        self.window = QWidget()
        self.window.resize(1366, 768)
        qtbot.addWidget(self.window)

    def strip(self, view: EnrolmentView | None) -> ProofStrip:
        strip = ProofStrip(self.services, self.tasks)  # type: ignore[arg-type]
        strip.setParent(self.window)
        self.window.show()
        strip.show_case(view)
        return strip

    def dialog(self, view: Any = PROOF) -> ProofDialog:
        dialog = ProofDialog(self.services, self.tasks, 31, view, self.window)  # type: ignore[arg-type]
        self.qtbot.addWidget(dialog)
        dialog.open()
        return dialog


@pytest.fixture
def large() -> Iterator[None]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, large=True)
    yield
    theme.apply(app)


@pytest.fixture
def desk(qtbot: QtBot, tasks: TaskRunner) -> Desk:
    return Desk(qtbot, tasks)


def said(strip: ProofStrip) -> str:
    return strip.text.text().replace("\N{NO-BREAK SPACE}", " ")


def told(dialog: ProofDialog) -> list[tuple[str, str]]:
    return [(one.standing_label, one.name or one.proof_name) for one in dialog.table.shown_rows()]


def test_the_line_says_how_proof_and_list_stand_and_opens_the_table(desk: Desk) -> None:
    strip = desk.strip(proved())
    assert strip.text.text() == COMPARING
    settled(desk.tasks)
    assert said(strip) == f"{PROOF.sentence}。"
    assert strip.text.property("tone") == "warn"
    dialog = strip.open()
    assert dialog.sentence.text() == f"{PROOF.sentence}。"
    assert dialog.windowTitle() == "证明与名单 · 证明.pdf"
    assert told(dialog) == [
        ("名单有证明无", "田桂兰"), ("姓名不同", "李䶮"), ("证明有名单无", "=向某离"),
        ("对上", "覃世芳"),
    ]  # fmt: skip
    dialog.reject()


def test_a_list_that_is_wholly_on_the_proof_is_said_in_green(desk: Desk) -> None:
    view = replace(PROOF, roster_only=0, name_differs=0)
    desk.services.answers["proofs.compare_kept"] = lambda _id: view
    strip = desk.strip(proved())
    settled(desk.tasks)
    assert strip.text.property("tone") == "good"


@pytest.mark.parametrize(
    "view",
    [
        None,
        enrolment(),  # no proof is kept
        proved(people=0),
        proved(handling="by-unit"),
        proved(state="void"),
        proved(next_act="payment.record"),  # reviewed already
    ],
)
def test_without_a_list_and_a_proof_there_is_no_line(
    desk: Desk, view: EnrolmentView | None
) -> None:
    strip = desk.strip(view)
    settled(desk.tasks)
    assert strip.isHidden()
    assert not desk.services.made("proofs.compare_kept")


def test_a_proof_that_cannot_be_read_is_said_and_why(desk: Desk) -> None:
    desk.services.refusals["proofs.compare_kept"] = SCAN
    strip = desk.strip(proved())
    settled(desk.tasks)
    assert strip.text.text() == UNREADABLE
    assert strip.text.toolTip() == f"{SCAN.message}{SCAN.remedy}"
    assert strip.button.accessibleName() == "证明与名单:看原因…"
    dialog = strip.open()
    assert dialog.sentence.text() == READING
    settled(desk.tasks)
    assert dialog.sentence.text() == "没有核对。"
    assert (dialog.banner.text, dialog.banner.remedy.text()) == (SCAN.message, SCAN.remedy)
    assert not dialog.save_button.isEnabled()
    dialog.reject()


def test_another_file_can_be_compared_in_its_place(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = desk.dialog()
    desk.services.refusals["proofs.compare_file"] = SCAN
    chosen = Path("/unit/新证明.pdf")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(chosen), ""))
    dialog.choose()
    assert not dialog.file_button.isEnabled()
    settled(desk.tasks)
    assert dialog.file_button.isEnabled()
    assert dialog.banner.text == SCAN.message
    del desk.services.refusals["proofs.compare_file"]
    desk.services.answers["proofs.compare_file"] = lambda _id, _path: PROOF
    dialog.choose()
    settled(desk.tasks)
    assert desk.services.made("proofs.compare_file")[-1][0] == (31, chosen)
    assert dialog.banner.text == ""
    assert len(told(dialog)) == 4
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: ("", ""))
    dialog.choose()
    assert len(desk.services.made("proofs.compare_file")) == 2
    dialog.reject()


def test_the_table_is_filtered_copied_and_saved_as_every_list(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = desk.dialog()
    dialog.copy_button.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0].split("\t")[:3] == ["结果", "行", "名单姓名"]
    assert len(copied) == 5
    dialog.filter.setText("证明有名单无")
    assert told(dialog) == [("证明有名单无", "=向某离")]
    target = tmp_path / "核对"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    dialog.save_button.click()
    settled(desk.tasks)
    saved = (tmp_path / "核对.csv").read_text("utf-8-sig").splitlines()
    assert len(saved) == 2
    assert "'=向某离" in saved[1]  # no cell of it runs
    assert dialog.banner.text.startswith("已存:")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: ("", ""))
    dialog.save()
    dialog.close_button.click()
    assert not dialog.isVisible()


def test_the_reviewer_and_the_unit_s_page_have_the_line(desk: Desk) -> None:
    view = proved()
    desk.services.answers |= {
        "units.get": lambda _id: unit(view),
        "enrolments.get": lambda _id: view,
    }
    case = Case(desk.services, desk.tasks, unit(view), view, TODAY)  # type: ignore[arg-type]
    dialog = ReviewDialog(case, desk.window)
    desk.qtbot.addWidget(dialog)
    page = UnitPage(desk.services, desk.tasks, 5, desk.window)  # type: ignore[arg-type]
    settled(desk.tasks)
    for strip in (dialog.proof, page.proof):
        assert said(strip) == f"{PROOF.sentence}。"
        assert not strip.isHidden()
    assert page.proof_button.isHidden()


def test_after_the_review_a_link_beside_the_papers_opens_the_table(desk: Desk) -> None:
    view = proved(next_act="payment.record")
    desk.services.answers["units.get"] = lambda _id: unit(view)
    desk.services.answers["enrolments.get"] = lambda _id: view
    page = UnitPage(desk.services, desk.tasks, 5, desk.window)  # type: ignore[arg-type]
    settled(desk.tasks)
    assert page.proof.isHidden()
    assert not page.proof_button.isHidden()
    assert not desk.services.made("proofs.compare_kept")
    dialog = page.proof.open()
    settled(desk.tasks)
    assert len(told(dialog)) == 4
    dialog.reject()


def test_a_workbook_let_go_on_the_line_of_the_proof_is_the_proof_and_elsewhere_a_list(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = proved()
    desk.services.answers |= {
        "units.get": lambda _id: unit(view),
        "enrolments.get": lambda _id: view,
    }
    page = UnitPage(desk.services, desk.tasks, 5, desk.window)  # type: ignore[arg-type]
    settled(desk.tasks)
    asked: list[str] = []

    def choose(_parent: QWidget, _title: str, _at: str, kinds: str) -> tuple[str, str]:
        asked.append(kinds)
        return "/unit/证明.xlsx", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    page.acts.files.take_for("insurance-proof", (Path("/unit/证明.xlsx"),))
    settled(desk.tasks)
    made = desk.services.made("enrolments.attach_paper")
    assert made == [((31, "insurance-proof", Path("/unit/证明.xlsx")), {})]
    for key, takes in (("insurance-proof", True), ("over-age-proof", False)):
        page.acts.files.choose_paper(key)
        settled(desk.tasks)
        assert ("*.xlsx" in asked[-1]) is takes
        if dialog := page.acts.files._queue.dialog:
            dialog.reject()
            settled(desk.tasks)


@pytest.mark.usefixtures("dressed")
def test_the_dialog_fits_the_small_screen_in_large_type(desk: Desk, large: None) -> None:
    dialog = desk.dialog()
    assert dialog.width() <= 1366
    assert dialog.height() <= 728
    assert dialog.minimumSizeHint().width() <= 1326
