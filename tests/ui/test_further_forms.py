"""其他文书: one menu on the pages of a unit, a claim, a person and the reports, then the pages."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.dialogs.further_forms import FurtherForms
from desktop_app.ui.dialogs.preview_dialog import PdfPreviewDialog
from desktop_app.ui.pages.claims.claims_page import ClaimsPage
from desktop_app.ui.pages.find.find_page import FindPage
from desktop_app.ui.pages.reports.progress_report import ProgressReport
from desktop_app.ui.tasks import TaskRunner
from tests.ui.calm import settled
from tests.ui.case_standins import StandIns, enrolment
from tests.ui.desk_standins import PERSON, Desk
from tests.ui.test_unit_page import Pages

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support"
)  # the offscreen screen says so


@pytest.fixture
def services() -> StandIns:
    return StandIns()


def texts(forms: FurtherForms) -> list[str]:
    assert forms.menu is not None
    return [one.text() for one in forms.menu.actions()]


def test_a_form_is_chosen_from_the_menu_issued_and_shown(qtbot: QtBot, tasks: TaskRunner) -> None:
    pages = Pages(qtbot, tasks)
    page = pages.show(enrolment())
    page.forms.further_button.click()
    pages.settle()
    menu = page.acts.prints.forms.menu
    of_case, of_unit = menu.actions()
    assert (of_case.text(), of_case.isEnabled()) == ("case的文书\t还没有", False)
    assert of_case.toolTip() == "还没有。先办。"
    assert (of_unit.text(), of_unit.isEnabled()) == ("unit的文书…", True)
    assert "请本机构核对" in of_unit.toolTip()
    of_unit.trigger()
    pages.settle()
    assert pages.made("forms.issue") == [(("unit-form", page.shown.unit.id), {})]
    preview = page.findChild(PdfPreviewDialog)
    assert preview.windowTitle() == "单位的文书 XC-A-2026-00001"


def test_a_unit_without_a_case_has_forms_of_its_own(qtbot: QtBot, tasks: TaskRunner) -> None:
    pages = Pages(qtbot, tasks)
    page = pages.show(None)
    assert page.forms.isVisible()
    assert not page.forms.set_button.isVisible()
    page.forms.further_button.click()
    pages.settle()
    assert texts(page.acts.prints.forms) == ["unit的文书…"]


def test_a_claim_has_its_forms(qtbot: QtBot, tasks: TaskRunner, services: StandIns) -> None:
    page = ClaimsPage(services, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.ask_forms()
    assert page.forms.menu is None  # nothing is chosen yet
    page.show()
    settled(tasks)
    page.detail.further_button.click()
    settled(tasks)
    assert texts(page.forms) == ["claim的文书…"]


def test_a_person_and_the_office_have_theirs(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> None:
    page = FindPage(desk, tasks)
    qtbot.addWidget(page)
    page.ask_forms()
    assert page.forms.menu is None
    page.show()
    page.person.show_person(PERSON)
    page.person.further_button.click()
    settled(tasks)
    assert texts(page.forms) == ["person的文书…"]
    reports = ProgressReport(desk, tasks)
    qtbot.addWidget(reports)
    reports.show()
    reports.ask_forms()
    assert reports.forms.menu is None  # the day is not known yet
    settled(tasks)
    reports.further_button.click()
    settled(tasks)
    assert texts(reports.forms) == ["month的文书…"] * 2 + ["office的文书…", "unit的文书…"]
