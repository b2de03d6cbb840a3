"""查询: the list of what was found, the person whole beside it, by keyboard and by mouse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.services.done import Area, Done
from desktop_app.services.views.claims import CoveredPerson
from desktop_app.services.views.schemes import PlanChoice
from desktop_app.ui.dialogs.claim_dialogs import RegisterClaimDialog
from desktop_app.ui.pages.find.find_page import FindPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.desk_standins import HITS, NOBODY, PERSON, TODAY, Desk

ENTER = Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> FindPage:
    made = FindPage(desk, tasks)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def find(qtbot: QtBot, page: FindPage, text: str = "1248") -> None:
    page.text.setText(text)
    qtbot.waitUntil(lambda: page.table.proxy.rowCount() == len(HITS))


def person(qtbot: QtBot, page: FindPage) -> None:
    find(qtbot, page)
    qtbot.waitUntil(lambda: page.person.view is not None)


def test_what_was_typed_is_answered_and_nothing_typed_asks_nothing(
    qtbot: QtBot, page: FindPage, desk: Desk
) -> None:
    find(qtbot, page)
    assert page.card.right.text() == "共 3 条"
    desk.search.answers["find"] = lambda _text, _limit: ()
    page.text.setText("没有的人")
    qtbot.waitUntil(lambda: page.table.proxy.rowCount() == 0)
    assert page.person.view is None
    page.text.setText("")
    qtbot.waitUntil(lambda: page.card.right.text() == "")


def test_the_person_is_told_whole_beside_the_list(qtbot: QtBot, page: FindPage) -> None:
    person(qtbot, page)
    card = page.person
    assert (card.title.text(), card.right.text()) == ("覃世芳", "保障中")
    assert card.facts.text() == "**************1248 · 女 · 45岁 · 在职 · 清溪镇政府"
    assert card.sentence.text() == PERSON.sentence
    titles = [card.tabs.tabText(at) for at in range(card.tabs.count())]
    assert titles == ["保障 2", "申请 3", "申领 2", "退回、待补正 1", "历史"]
    first = [card.covers.model().index(0, at).data() for at in range(5)]
    assert first == ["住院医疗", "2026-12-01", "2027-11-30", "保障中", "清溪镇政府"]
    assert card.cases.model().index(0, 5).data() == "登记缴费(单位)"
    assert card.claims.model().index(0, 6).data() == "登记省办决定(省办)"
    assert card.waiting.model().index(0, 3).data() == "已由清溪镇政府申报。"


def test_f4_copies_the_sentence_with_the_period_and_what_is_owed(
    qtbot: QtBot, page: FindPage
) -> None:
    person(qtbot, page)
    qtbot.keyClick(page.text, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: page.banner.text == "已复制一句话。")
    assert QGuiApplication.clipboard().text() == PERSON.sentence
    page.table.selectRow(1)
    page.copy_sentence()
    assert QGuiApplication.clipboard().text() == "县第一小学:待审核。"


def test_enter_opens_the_case_one_asks_about_and_a_unit_itself(
    qtbot: QtBot, page: FindPage
) -> None:
    person(qtbot, page)
    with qtbot.waitSignal(page.open_case) as opened:
        qtbot.keyClick(page.text, ENTER)
    assert opened.args == [7, 71]
    page.table.selectRow(1)
    assert page.person.sentence.text() == "县第一小学:待审核。按 Enter 打开它。"
    with qtbot.waitSignal(page.open_hit) as hit:
        qtbot.keyClick(page.table, ENTER)
    assert hit.args == [HITS[1]]
    page.text.setText("1249")
    qtbot.keyClick(page.text, ENTER)  # before the pause is over: asks, opens nothing
    qtbot.waitUntil(lambda: page.person.view is not None)


def test_each_line_of_the_person_opens_its_own_case_or_claim(qtbot: QtBot, page: FindPage) -> None:
    person(qtbot, page)
    card = page.person
    for table, row, told in (
        (card.covers, 1, [8, 60]),
        (card.cases, 1, [7, 70]),
        (card.waiting, 0, [8, 81]),
    ):
        card.tabs.setCurrentWidget(table)
        table.selectRow(row)  # type: ignore[attr-defined]
        with qtbot.waitSignal(page.open_case) as opened:
            qtbot.keyClick(table, ENTER)
        assert opened.args == told
    card.tabs.setCurrentWidget(card.cases)
    card.cases.selectRow(2)
    with qtbot.waitSignal(page.open_case) as chosen:
        card.case_button.click()
    assert chosen.args == [8, 60]
    card.claims.selectRow(1)
    for press in (card.show_claim, lambda: qtbot.keyClick(card.claims, ENTER)):
        with qtbot.waitSignal(page.open_claim) as claim:
            press()
        assert claim.args == [5]


def test_a_person_with_nothing_says_so_and_offers_nothing(qtbot: QtBot, page: FindPage) -> None:
    person(qtbot, page)
    page.table.selectRow(2)
    card = page.person
    qtbot.waitUntil(lambda: card.view == NOBODY)
    assert card.right.text() == "现在没有保障"
    titles = [card.tabs.tabText(at) for at in range(card.tabs.count())]
    assert titles == ["保障 0", "申请 0", "申领 0", "历史"]
    for button in (card.case_button, card.claim_button, card.register_button):
        assert not button.isEnabled()
    card.show_case()
    card.show_claim()
    assert page.register_claim() is None
    qtbot.keyClick(page.text, ENTER)
    assert page.banner.text == "查无单位的人没有申请可以打开。"


def test_a_claim_is_registered_for_the_person_who_is_shown(
    qtbot: QtBot, page: FindPage, desk: Desk
) -> None:
    person(qtbot, page)
    covered = CoveredPerson(1, "覃世芳", "****", "清溪镇政府", (("hospital", "住院医疗"),))
    desk.schemes.answers["plan_choices"] = (PlanChoice("hospital", "住院医疗", "all", 6000, 1),)
    desk.claims.answers["cover_of"] = (covered,)
    desk.claims.answers["register"] = Done(12, frozenset({Area.CLAIMS}))
    qtbot.waitUntil(lambda: page._today is not None)
    qtbot.keyClick(page, Qt.Key.Key_N, CTRL)
    dialog = page.findChild(RegisterClaimDialog)
    assert dialog is not None
    assert dialog.person.text() == "覃世芳"
    dialog.event_on.setText(TODAY.isoformat())
    qtbot.waitUntil(lambda: dialog.people.current_row() == covered)
    assert desk.claims.calls[-1] == ("cover_of", (1, TODAY))
    with qtbot.waitSignal(page.open_claim) as opened:
        dialog.main_button.click()
    assert opened.args == [12]


def test_a_change_elsewhere_reads_the_person_again(
    qtbot: QtBot, page: FindPage, desk: Desk, tasks: TaskRunner
) -> None:
    person(qtbot, page)
    page.person.tabs.setCurrentWidget(page.person.claims)
    desk.persons.answers["get"] = lambda _id: replace(PERSON, waiting=(), covered=False)
    tasks.changed.emit(frozenset({Area.CLAIMS}))
    qtbot.waitUntil(lambda: page.person.right.text() == "现在没有保障")
    assert page.person.tabs.currentWidget() is page.person.claims
    assert page.person.tabs.count() == 4
    tasks.changed.emit(frozenset({Area.BACKUPS}))
