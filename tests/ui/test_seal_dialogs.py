"""用印登记 with stand-in services: what the journal shows, and how a line is added or void."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.errors import UserError
from desktop_app.services.done import Area, Done
from desktop_app.services.drafts import SealDraft
from desktop_app.services.views.seals import SealLine
from desktop_app.ui.dialogs.acts import issue_form
from desktop_app.ui.dialogs.case import Case
from desktop_app.ui.dialogs.seal_dialogs import SealJournalDialog
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import enrolment, unit
from tests.ui.desk_standins import TODAY, Desk, OffThread

CHANGED = frozenset({Area.PRINTS})
LINES = (
    SealLine(2, TODAY, "县总工会公章", 2, ("SQ-A-2027-00001",), ("县水厂",), "周演示", "吴演示",
             "王丽", ""),
    SealLine(1, TODAY, "县总工会公章", 2, ("MD-A-2027-00001",), ("县水厂",), "周演示", "吴演示",
             "王丽", "登记重了"),
)  # fmt: skip


@pytest.fixture
def services(desk: Desk) -> Desk:
    desk.seals = OffThread(
        list_uses=LINES, numbers_of_batch=(), record=Done(3, CHANGED), void=Done(None, CHANGED),
        export="用印登记.xlsx",
    )  # fmt: skip
    desk.print_runs = OffThread(last=None)
    return desk


@pytest.fixture
def dialog(qtbot: QtBot, tasks: TaskRunner, services: Desk) -> SealJournalDialog:
    opened = SealJournalDialog(services, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitUntil(lambda: len(opened.table.shown_rows()) == 2)
    return opened


def test_a_line_is_added_with_the_seal_and_names_of_the_last(
    qtbot: QtBot, dialog: SealJournalDialog, services: Desk
) -> None:
    assert dialog.sentence.text() == "共登记用印 2 次,其中作废 1 次。"
    form = dialog.record()
    assert form is not None
    form.numbers.setText("SQ-A-2027-00002、HB000001")
    qtbot.keyClick(form, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.banner.text == "已登记用印。")
    (draft,) = next(args for name, args in services.seals.calls if name == "record")
    numbers = ("SQ-A-2027-00002", "HB000001")
    assert draft == SealDraft(numbers, "县总工会公章", 2, TODAY, "周演示", "吴演示")


def test_what_is_refused_stands_in_the_form(
    qtbot: QtBot, dialog: SealJournalDialog, services: Desk
) -> None:
    told = "每张份数须在1至99之间。"
    services.seals.answers["record"] = UserError("seal-copies", told, "请照实填写。", "copies")
    form = dialog.record()
    assert form is not None
    form.numbers.setText("SQ-A-2027-00002")
    form.copies.setText("500")
    qtbot.keyClick(form, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.banner.text == told)


def test_a_wrong_line_is_void_with_its_reason(
    qtbot: QtBot, dialog: SealJournalDialog, services: Desk
) -> None:
    dialog.table.selectRow(0)
    form = dialog.void()
    assert form is not None
    form.reason.setText("登记重了")
    qtbot.keyClick(form, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.banner.text == "已作废。")
    assert ("void", (2, "登记重了")) in services.seals.calls


def test_a_void_line_is_not_offered_again(dialog: SealJournalDialog) -> None:
    dialog.table.selectRow(1)
    assert not dialog.void_button.isEnabled()
    assert dialog.void() is None


def test_the_word_is_ticked_before_a_form_gets_its_number(
    qtbot: QtBot, tasks: TaskRunner, services: Desk
) -> None:
    told = "“会员名单”正式的已打印(MD-A-2027-00001)。"
    services.prints = OffThread(
        issue=Done(5, CHANGED), issue_provisional=UserError("final-printed", told, "请用正式的。")
    )
    view = enrolment()
    case = Case(services, tasks, unit(view), view, TODAY)  # type: ignore[arg-type]
    form = issue_form("member-list", case, None)
    qtbot.addWidget(form)
    form.provisional.setChecked(True)
    form.main_button.click()
    qtbot.waitUntil(lambda: form.banner.text == told)
    assert [name for name, _args in services.prints.calls] == ["issue_provisional"]
