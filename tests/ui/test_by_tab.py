"""Tab goes to everything of a page that can be pressed or typed into, and around again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.offices.glimpses import OfficeGlimpse
from desktop_app.ui.dialogs.match_acts import CertainDialog
from desktop_app.ui.first_field import focus_first
from desktop_app.ui.pages.chase_page import ChasePage
from desktop_app.ui.pages.claims.claims_page import ClaimsPage
from desktop_app.ui.pages.find.find_page import FindPage
from desktop_app.ui.pages.more.more_page import MorePage
from desktop_app.ui.pages.reception.reception_page import ReceptionPage
from desktop_app.ui.pages.reports.reports_page import ReportsPage
from desktop_app.ui.pages.sign_in_page import SignInPage
from desktop_app.ui.pages.units.units_page import UnitsPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.desk_standins import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so
PAGES = (ChasePage, ClaimsPage, FindPage, ReceptionPage, UnitsPage)


def stops(page: QWidget) -> set[QWidget]:
    """What Tab has to come by: shown, switched on, and not a part of a field."""
    return {
        one
        for one in page.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and not one.objectName().startswith("qt_")
    }


def by_tab(qtbot: QtBot, page: QWidget) -> list[QWidget]:
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    focus_first(page)
    seen: list[QWidget] = []
    while (now := QApplication.focusWidget()) is not None and now not in seen:
        seen.append(now)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    return seen


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.__name__)
def test_tab_reaches_everything_on_a_page(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk, kind: Any
) -> None:
    page = kind(desk, tasks)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: not tasks.pending)
    seen = by_tab(qtbot, page)
    assert seen[0] is page.first_field
    assert stops(page) - set(seen) == set()


def test_from_where_a_report_begins_its_keys_are_heard_and_its_tabs_turn(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk
) -> None:
    page = ReportsPage(desk, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    qtbot.waitUntil(lambda: not tasks.pending)
    for report in page.reports:
        page.tabs.setCurrentWidget(report)
        focus_first(page)
        assert report.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    [dialog] = page.match.findChildren(CertainDialog)
    dialog.reject()
    page.show_tab("progress")
    focus_first(page)
    for report in page.reports[1:]:
        now = QApplication.focusWidget()
        qtbot.keyClick(now, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        assert page.tabs.currentWidget() is report


def test_the_tabs_of_more_turn_from_where_it_begins(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk
) -> None:
    page = MorePage(desk, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    qtbot.waitUntil(lambda: not tasks.pending)
    focus_first(page)
    now = QApplication.focusWidget()
    qtbot.keyClick(now, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert page.tabs.currentIndex() == 1


def test_tab_reaches_the_user_at_the_door(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk, tmp_path: Path
) -> None:
    glimpse = OfficeGlimpse(True, (("wangli", "王丽"),), "明山县总工会(演示)")
    page = SignInPage(tmp_path, glimpse, desk, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    seen = by_tab(qtbot, page)
    assert seen[0] is page.password
    assert page.user in seen
    assert stops(page) - set(seen) == set()
