"""The first start: the office and its people, its scheme, the figures by one document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.errors import UserError
from desktop_app.services.done import Area, Done
from desktop_app.services.drafts import StartDraft
from desktop_app.services.schemes.scheme_offers import carried_offers
from desktop_app.services.views.schemes import StartView
from desktop_app.ui.dialogs.start_dialog import StartDialog
from desktop_app.ui.pages.first_start_page import FirstStartPage
from desktop_app.ui.pages.first_start_steps import StartSteps
from desktop_app.ui.pages.home.home_page import HomePage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.desk_standins import EMPTY_BOARD, Desk
from tests.ui.test_sign_in_page import FakeDoors

KEYS = [offer.key for offer in carried_offers()]
HOSPITAL, LIMIT = "plans.hospital.fee_fen", "participation.all_join_limit"
DOCUMENT = "某工办发〔2026〕3号"


@pytest.fixture
def doors() -> FakeDoors:
    return FakeDoors()


@pytest.fixture
def first(qtbot: QtBot, tasks: TaskRunner, doors: FakeDoors) -> FirstStartPage:
    made = FirstStartPage(Path("/data/own"), Path("/data/sample"), doors, tasks)
    qtbot.addWidget(made)
    made.show()
    return made


def type_office(page: FirstStartPage) -> None:
    page.name.setText("青石县总工会")
    page.county.setText("青石县")
    for person, name in zip(page.people[1:], ("甲", "乙"), strict=True):
        person.name.setText(name)
        person.password.setText("long-enough")
        person.again.setText("long-enough")


def to_schemes(qtbot: QtBot, page: FirstStartPage) -> StartSteps:
    type_office(page)
    page.go_on()
    assert page.steps is not None
    qtbot.waitUntil(lambda: page.steps is not None and page.steps.start.list.count() == len(KEYS))
    return page.steps


def to_figures(qtbot: QtBot, page: FirstStartPage, scheme: str = "xianfeng-2024") -> StartSteps:
    steps = to_schemes(qtbot, page)
    steps.start.list.setCurrentRow(KEYS.index(scheme))
    steps.go_on()
    assert steps.stack.currentIndex() == 1
    return steps


def blue(*buttons: QPushButton) -> list[str]:
    assert [b.isDefault() for b in buttons] == [b.property("class") == "main" for b in buttons]
    return [b.text() for b in buttons if b.isDefault()]


def test_the_blue_button_is_the_one_of_what_is_being_done(first: FirstStartPage) -> None:
    both = (first.sample_button, first.next_button)
    assert blue(*both) == ["看一看演示县"]
    for typed in (first.name, first.county, first.people[2].password, first.people[0].login):
        before = typed.text()
        typed.setText("x")
        assert blue(*both) == ["下一步:选方案"]
        typed.setText(before)
        assert blue(*both) == ["看一看演示县"]


def test_an_own_office_needs_two_people_with_good_passwords(first: FirstStartPage) -> None:
    assert first.problem() == "请填机构名称和所在的县(市、区)。"
    first.name.setText("青石县总工会")
    first.county.setText("青石县")
    assert first.problem() == "至少要两个人:一人提交,另一人审核。"
    for person, name in zip(first.people, ("甲", "乙"), strict=False):
        person.name.setText(name)
        person.password.setText("long-enough")
        person.again.setText("long-enough")
    first.people[1].again.setText("other")
    assert first.problem() == "要有一位负责人:方案和各项费用由负责人确认。"
    head = first.people[2]
    head.name.setText("丙")
    for field in (head.password, head.again):
        field.setText("long-enough")
    assert first.problem() == "复核员的两次密码不一样。"
    first.people[1].password.setText("9 letters")
    assert first.problem() == "复核员的密码不足 10 位。"
    first.people[1].password.setText("long-enough")
    first.people[1].again.setText("long-enough")
    first.people[1].login.setText("jingban")
    assert first.problem() == "登录名不能相同。"
    first.people[1].login.setText("fuhe")
    assert first.problem() == ""


def test_enter_leads_through_all_the_pages_and_makes_the_office_once(
    qtbot: QtBot, first: FirstStartPage, doors: FakeDoors, tasks: TaskRunner
) -> None:
    qtbot.keyClick(first.name, Qt.Key.Key_Return)
    assert first.banner.text == "请填机构名称和所在的县(市、区)。"
    assert tasks.pending == 0
    type_office(first)
    qtbot.keyClick(first.people[2].again, Qt.Key.Key_Return)
    steps = first.steps
    assert steps is not None
    qtbot.waitUntil(lambda: steps.start.list.count() == len(KEYS))
    assert not first.front.isVisible()
    assert steps.start.year.text() == "2027"
    qtbot.keyClick(steps.start.aim, Qt.Key.Key_Return)
    assert first.banner.text == "还没有选方案。"
    qtbot.keyClick(steps.start.list, Qt.Key.Key_End)
    steps.start.list.setCurrentRow(KEYS.index("xianfeng-2024"))
    steps.start.aim.setText("900")
    qtbot.keyClick(steps.start.aim, Qt.Key.Key_Return)
    steps.figures.fields[HOSPITAL].setText("60")
    steps.figures.document.setText(DOCUMENT)
    with qtbot.waitSignal(first.opened) as opened:
        qtbot.keyClick(steps.figures.document, Qt.Key.Key_Return)
        qtbot.keyClick(steps.figures.document, Qt.Key.Key_Return)  # while it is being made
    assert opened.args == [Path("/data/own")]
    (made,) = doors.made
    assert made[1:3] == ("青石县总工会", "青石县")
    assert made[3] == (
        ("fuhe", "甲", "reviewer", "long-enough"),
        ("fuze", "乙", "head", "long-enough"),
    )
    assert made[4] == StartDraft("xianfeng-2024", 2027, 900, ((HOSPITAL, 6_000),), DOCUMENT)


def test_every_figure_may_be_left_open(
    qtbot: QtBot, first: FirstStartPage, doors: FakeDoors
) -> None:
    steps = to_figures(qtbot, first, "beijing")
    with qtbot.waitSignal(first.opened):
        steps.create_button.click()
    assert doors.made[0][4] == StartDraft("beijing", 2027)


def test_the_figures_of_the_chosen_scheme_are_asked_for(
    qtbot: QtBot, first: FirstStartPage
) -> None:
    steps = to_figures(qtbot, first)
    assert next(iter(steps.figures.fields)) == HOSPITAL
    border = steps.figures.fields[LIMIT]
    assert (border.text(), border.placeholderText()) == ("", "参考 100")  # a reading, not a value
    steps.go_back()
    steps.start.list.setCurrentRow(KEYS.index("pinghu"))
    assert HOSPITAL not in steps.figures.fields
    steps.go_back()
    assert first.front.isVisible()
    assert first.name.text() == "青石县总工会"


@pytest.mark.parametrize(
    ("typed", "document", "said"),
    [
        ({HOSPITAL: "abc"}, DOCUMENT, "住院医疗会费:“abc”不能用。"),
        ({LIMIT: "99999999"}, DOCUMENT, "须全员参加的单位人数界限:这个数应在0到10000000之间。"),
        ({HOSPITAL: "60"}, "", "填了数,没有写依据文件。"),
        ({}, DOCUMENT, "填了依据文件,没有填数。"),
    ],
)
def test_what_is_wrong_with_the_figures_is_said_at_once(
    qtbot: QtBot,
    first: FirstStartPage,
    doors: FakeDoors,
    typed: dict[str, str],
    document: str,
    said: str,
) -> None:
    steps = to_figures(qtbot, first)
    for path, text in typed.items():
        steps.figures.fields[path].setText(text)
    steps.figures.document.setText(document)
    steps.finish()
    assert first.banner.text == said
    assert first.banner.remedy.text()
    assert doors.made == []


@pytest.mark.parametrize(("field", "text"), [("year", "二零二七"), ("aim", "很多")])
def test_a_year_or_an_aim_that_is_no_number_is_said_on_its_page(
    qtbot: QtBot, first: FirstStartPage, field: str, text: str
) -> None:
    steps = to_schemes(qtbot, first)
    steps.start.list.setCurrentRow(0)
    getattr(steps.start, field).setText(text)
    steps.go_on()
    assert text in first.banner.text
    assert steps.stack.currentIndex() == 0


def test_a_refusal_of_the_year_leads_back_to_its_page(
    qtbot: QtBot, first: FirstStartPage, doors: FakeDoors
) -> None:
    steps = to_figures(qtbot, first)
    doors.error = UserError("year", "年度应在2000到2199之间。", "请写四位数的年份。", "year")
    steps.finish()
    qtbot.waitUntil(lambda: bool(first.banner.text))
    assert steps.stack.currentIndex() == 0
    assert steps.isEnabled()
    assert steps.start.year.text() == "2027"


def view(**changed: Any) -> StartView:
    offers = carried_offers()
    at = KEYS.index("xianfeng-2024")
    values: dict[str, Any] = {
        "scheme": "xianfeng-2024", "title": offers[at].title, "year": 2027, "target": None,
        "figures": offers[at].figures, "offers": offers, "may_choose": True,
    }  # fmt: skip
    return StartView(**(values | changed))


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.starts.answers |= {"view": view(), "begin": Done(None, frozenset({Area.SCHEMES}))}
    return made


def opened_dialog(qtbot: QtBot, desk: Desk, tasks: TaskRunner) -> StartDialog:
    dialog = StartDialog(desk, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    qtbot.waitUntil(dialog.main_button.isEnabled)
    return dialog


def begun(desk: Desk) -> list[StartDraft]:
    return [args[0] for name, args in desk.starts.calls if name == "begin"]


def test_the_start_is_asked_for_again_by_an_empty_office(
    qtbot: QtBot, desk: Desk, tasks: TaskRunner
) -> None:
    desk.board.answers["board"] = EMPTY_BOARD
    home = HomePage(desk, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(home)
    made: list[StartDialog] = []
    begin: Callable[[], StartDialog] = home.begin
    home.first_steps.begin.disconnect(home.begin)
    home.first_steps.begin.connect(lambda: made.append(begin()))
    home.first_steps.buttons[2].click()
    (dialog,) = made
    qtbot.waitUntil(dialog.main_button.isEnabled)
    dialog.figures.fields[HOSPITAL].setText("60")
    dialog.figures.document.setText(DOCUMENT)
    with qtbot.waitSignal(dialog.saved):
        dialog.accept()
    assert begun(desk) == [StartDraft("xianfeng-2024", 2027, None, ((HOSPITAL, 6_000),), DOCUMENT)]
    assert "已保存" in home.banner.text


def test_another_scheme_asks_for_its_own_figures_and_the_first_for_what_is_confirmed(
    qtbot: QtBot, desk: Desk, tasks: TaskRunner
) -> None:
    dialog = opened_dialog(qtbot, desk, tasks)
    dialog.start.list.setCurrentRow(KEYS.index("pinghu"))
    assert HOSPITAL not in dialog.figures.fields
    dialog.start.list.setCurrentRow(KEYS.index("xianfeng-2024"))
    assert HOSPITAL in dialog.figures.fields


def test_an_office_that_has_worked_is_not_asked_for_its_scheme(
    qtbot: QtBot, desk: Desk, tasks: TaskRunner
) -> None:
    desk.starts.answers["view"] = view(may_choose=False, target=900)
    dialog = opened_dialog(qtbot, desk, tasks)
    assert not dialog.start.list.isVisibleTo(dialog)
    dialog.start.aim.setText("1000")
    with qtbot.waitSignal(dialog.saved):
        dialog.accept()
    assert begun(desk) == [StartDraft("xianfeng-2024", 2027, 1000)]


def test_a_refusal_stands_in_the_dialog_at_the_field(
    qtbot: QtBot, desk: Desk, tasks: TaskRunner
) -> None:
    dialog = opened_dialog(qtbot, desk, tasks)
    dialog.figures.fields[HOSPITAL].setText("x")
    dialog.accept()
    assert dialog.banner.text == "住院医疗会费:“x”不能用。"
    dialog.figures.fields[HOSPITAL].setText("")
    dialog.start.year.setText("")
    dialog.accept()
    assert dialog.banner.text == "“办理年度”还没有填。"
    assert begun(desk) == []
