"""Whoever reviews or takes money sees the papers beside the fields; others open them by a press."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.services.views.scans import ScanLine
from desktop_app.services.views.units import UnitView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.arrival_dialog import ConfirmPaymentDialog
from desktop_app.ui.dialogs.case import Case
from desktop_app.ui.dialogs.payment_dialogs import RecordPaymentDialog
from desktop_app.ui.dialogs.review_dialogs import ReviewDialog, SubmitDialog
from desktop_app.ui.dialogs.scan_dialog import ScanDialog
from desktop_app.ui.dialogs.unit_review_dialog import UnitReviewDialog
from desktop_app.ui.pages.units.unit_page import UnitPage
from desktop_app.ui.pasted import PastedPicture
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import PAPERS, SHORT, TODAY, StandIns, enrolment, unit
from tests.ui.scans import BROKEN

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

PROOF = ScanLine(41, "insurance-proof", "社会保险缴纳证明", "证明.pdf", "pdf", 2)
SLIP = ScanLine(42, "bank-slip", "银行回单 11-30 8,400.00 元", "回单.png", "png", 1)
CODE = ScanLine(43, "code-certificate", "统一社会信用代码证书", "证书.png", "png", 1)


def attached(*keys: str) -> EnrolmentView:
    papers = tuple(replace(one, attachment_id=40 if one.key in keys else None) for one in PAPERS)
    return enrolment(papers=papers, submitted_by="王丽", payments=(SHORT,))


def registered() -> UnitView:
    made = unit(state="registered")
    return replace(made, papers=tuple(replace(one, attachment_id=43) for one in made.papers))


class Desk:
    """Stand-ins with scans, and a window to open dialogs over."""

    def __init__(self, qtbot: QtBot, tasks: TaskRunner) -> None:
        self.qtbot, self.tasks, self.services = qtbot, tasks, StandIns()
        self.services.answers |= {
            "scans.of_unit": lambda _id: (CODE,),
            "scans.of_enrolment": lambda _id: (PROOF, SLIP),
            "scans.slips": lambda _id: (SLIP,),
        }
        self.window = QWidget()
        self.window.resize(1366, 768)
        qtbot.addWidget(self.window)

    def case(self, view: EnrolmentView) -> Case:
        return Case(self.services, self.tasks, unit(view), view, TODAY)  # type: ignore[arg-type]

    def open(self, dialog: Any) -> Any:
        self.qtbot.addWidget(dialog)
        dialog.open()
        self.settle()
        return dialog

    def page(self, view: EnrolmentView | None, owner: UnitView) -> UnitPage:
        self.services.answers["units.get"] = lambda _id: owner
        self.services.answers["enrolments.get"] = lambda _id: view
        page = UnitPage(self.services, self.tasks, 5, self.window)  # type: ignore[arg-type]
        self.window.show()
        self.settle()
        return page

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.pending)

    def drawn(self) -> list[tuple[int, int]]:
        """Which attachment's which page was asked for."""
        self.settle()
        return [(args[0], more["number"]) for args, more in self.services.made("scans.page")]


@pytest.fixture
def desk(qtbot: QtBot, tasks: TaskRunner) -> Desk:
    return Desk(qtbot, tasks)


@pytest.fixture
def large() -> Iterator[None]:
    app = QApplication.instance()
    theme.apply(app, large=True)
    yield
    theme.apply(app)


def test_a_registration_is_opened_or_returned_beside_its_certificates(desk: Desk) -> None:
    asked = (desk.services, desk.tasks, registered(), desk.window)
    dialog = desk.open(UnitReviewDialog(*asked))  # type: ignore[arg-type]
    assert dialog.scans.choice.currentText() == "统一社会信用代码证书"
    assert desk.drawn() == [(43, 1)]
    assert dialog.main_button.hasFocus()
    dialog.return_button.click()
    assert dialog.banner.text == "“退回原因”还没有填。"
    dialog.reason.setText("证书看不清")
    dialog.return_button.click()
    desk.settle()
    assert desk.services.made("units.return_") == [((5, "证书看不清"), {})]
    dialog = desk.open(UnitReviewDialog(*asked))  # type: ignore[arg-type]
    dialog.accept()
    desk.settle()
    assert desk.services.made("units.open") == [((5,), {})]


def test_without_certificates_the_registration_stands_alone(desk: Desk) -> None:
    bare = unit(state="registered", at_work=None, employer_code=None, contact_name=None)
    dialog = desk.open(UnitReviewDialog(desk.services, desk.tasks, bare, desk.window))
    assert dialog.scans is None
    assert desk.services.made("scans.of_unit") == []
    told = {
        dialog.form.labelForField(one).text(): one.text()
        for one in (dialog.form.itemAt(at).widget() for at in range(dialog.form.count()))
        if dialog.form.labelForField(one) is not None
    }
    assert (told["在职职工"], told["统一社会信用代码"]) == ("未填", "未填")
    assert told["证书"] == "统一社会信用代码证书:1页"
    assert told["开票"] == "抬头 清溪镇人民政府 · 税号 81422826MC01234567"


def test_an_application_is_reviewed_beside_its_papers(desk: Desk) -> None:
    view = attached("insurance-proof", "bank-slip")
    dialog = desk.open(ReviewDialog(desk.case(view), desk.window))
    assert [dialog.scans.choice.itemText(at) for at in range(2)] == [PROOF.label, SLIP.label]
    assert dialog.scans.place.text() == "第1/1页"  # as the file turns out to be
    dialog.scans.change_scan(1)
    assert desk.drawn() == [(41, 1), (42, 1)]
    dialog = desk.open(ReviewDialog(desk.case(attached()), desk.window))
    assert dialog.scans is None


def test_whom_the_receipt_names_is_told_before_it_is_handed_in_and_approved(desk: Desk) -> None:
    view = enrolment(invoice="抬头 清溪镇人民政府 · 税号 81")
    for dialog in (SubmitDialog(desk.case(view), None), ReviewDialog(desk.case(view), None)):
        notes = [one.text() for one in desk.open(dialog).findChildren(QLabel)]
        assert any("开票:抬头 清溪镇人民政府 · 税号 81" in one for one in notes)
    plain = desk.open(SubmitDialog(desk.case(enrolment()), None))
    assert not any("开票" in one.text() for one in plain.findChildren(QLabel))


def test_the_money_is_confirmed_beside_its_slip(desk: Desk) -> None:
    dialog = desk.open(ConfirmPaymentDialog(desk.case(attached("bank-slip")), desk.window))
    assert desk.drawn() == [(42, 1)]
    notes = [one.text() for one in dialog.findChildren(type(dialog.cover))]
    assert "回单:8,400.00 元 · 84 人 · 2026-11-30 · 清溪镇人民政府(对公账户)" in notes
    dialog = desk.open(ConfirmPaymentDialog(desk.case(attached("insurance-proof")), desk.window))
    assert dialog.scans is None


def test_a_slip_is_seen_before_it_is_kept(desk: Desk) -> None:
    seen: list[tuple[str, int]] = []
    answer = desk.services.answers["scans.page_of_file"]

    def page_of_file(path: Path, number: int, width: int) -> object:
        seen.append((path.name, number))
        return answer(path, number, width)

    desk.services.answers["scans.page_of_file"] = page_of_file
    dialog = desk.open(RecordPaymentDialog(desk.case(enrolment()), desk.window))
    assert dialog.scan.message.text() == "把回单拖到这里或按 Ctrl+V,看着它填。"
    dialog.slip.set_path(Path("/scan/回单.jpg"))
    desk.settle()
    assert dialog.scan.pane.isVisible()
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0)
    dialog.slip.set_source(PastedPicture(image))
    desk.settle()
    assert seen == [("回单.jpg", 1), ("粘贴的图片.png", 1)]
    dialog.slip.set_path(None)
    assert dialog.scan.message.isVisible()


def test_a_file_that_cannot_be_shown_says_so_and_the_act_goes_on(desk: Desk) -> None:
    desk.services.refusals["scans.page"] = BROKEN
    dialog = desk.open(ReviewDialog(desk.case(attached("insurance-proof")), desk.window))
    assert dialog.scans.message.text() == f"{BROKEN.message}{BROKEN.remedy}"
    desk.services.refusals["scans.of_enrolment"] = BROKEN
    dialog = desk.open(ReviewDialog(desk.case(attached("insurance-proof")), desk.window))
    assert dialog.scans.message.isVisible()
    dialog.accept()
    desk.settle()
    assert len(desk.services.made("enrolments.approve")) == 1


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("make", [ReviewDialog, ConfirmPaymentDialog, RecordPaymentDialog])
def test_the_dialog_fits_the_small_screen_in_large_type(
    desk: Desk, large: None, make: Callable[..., Any]
) -> None:
    view = attached("insurance-proof", "bank-slip")
    dialog = desk.open(make(desk.case(view), desk.window))
    assert dialog.width() <= 1366
    assert dialog.height() <= 728
    assert dialog.minimumSizeHint().height() <= 700


def test_a_paper_on_the_page_is_looked_at_by_its_note(desk: Desk) -> None:
    page = desk.page(attached("bank-slip"), unit(attached("bank-slip")))
    assert set(page.papers.buttons) >= {"look:bank-slip"}
    assert "look:insurance-proof" not in page.papers.buttons
    pressed = page.papers.buttons["look:bank-slip"]
    assert (pressed.text(), pressed.accessibleName()) == ("看(复印件已收)", "银行回单:看附件")
    pressed.click()
    desk.settle()
    dialog = page.findChild(ScanDialog)
    titles = [dialog.scans.choice.itemText(at) for at in range(dialog.scans.choice.count())]
    assert titles == [PROOF.label, SLIP.label, CODE.label]
    assert dialog.scans.choice.currentText() == SLIP.label
    assert desk.drawn() == [(42, 1)]
    dialog.close_button.click()


def test_a_certificate_of_a_unit_without_a_case_is_looked_at_too(desk: Desk) -> None:
    page = desk.page(None, registered())
    page.papers.buttons["look:code-certificate"].click()
    desk.settle()
    assert page.findChild(ScanDialog).scans.choice.count() == 1
    assert desk.drawn() == [(43, 1)]
    assert page.papers.buttons["look:code-certificate"].text() == "看(1页)"


def test_nothing_is_opened_before_the_page_is_read(desk: Desk) -> None:
    page = desk.page(None, registered())
    page.shown = None
    assert page.acts.dialogs.look_at("code-certificate") is None
    assert page.acts.dialogs.open_account() is None
