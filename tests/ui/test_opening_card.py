"""期初建账 under 更多, with stand-in services: read, looked at, stored; refusals say what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.domain.issues import Finding, Severity
from desktop_app.errors import UserError
from desktop_app.services.views.openings import (
    OpeningDraft,
    OpeningFile,
    OpeningFinding,
    OpeningPlan,
    OpeningUnitLine,
)
from desktop_app.ui.pages.more import more_opening
from desktop_app.ui.pages.more.more_opening import OpeningCard
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import StandIns

DAYS = (date(2026, 1, 1), date(2026, 12, 31))
FOUND = Finding(
    "人员", 7, "C", "identity-check-digit", Severity.ERROR, "第7行 末位不符", "identity"
)
PLAN = OpeningPlan(
    (5, 6), 2026, (OpeningFile("名册.xlsx", 3, 2, 1, 0),),
    (
        OpeningUnitLine("演示水厂", True, 2, 0, 14_000, *DAYS, "HB1", "单位表写3人,名单可用2人"),
        OpeningUnitLine("演示小学", False, 0, 4, None, None, None, "", "没有名单,只登记单位"),
    ),
    1, 2, 4, 1,
    (
        OpeningFinding("名册.xlsx", FOUND),
        OpeningFinding("名册.xlsx", replace(FOUND, severity=Severity.INFO)),
    ),
)  # fmt: skip
NOTHING_NEW = replace(PLAN, new_units=0, new_people=0)


@pytest.fixture
def services() -> StandIns:
    made = StandIns()
    made.answers["openings.plan_view"] = PLAN
    made.answers["openings.save_corrections"] = lambda _ids, target: str(target)
    return made


def shown(qtbot: QtBot, tasks: TaskRunner, services: StandIns, role: str = "reviewer") -> Any:
    office = services.answers["office.view"]
    services.answers["office.view"] = replace(office, user=replace(office.user, role=role))
    card = OpeningCard(services, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(card)
    card.resize(1200, 640)
    card.show()
    qtbot.waitUntil(lambda: bool(card.plans))
    return card


def test_files_are_read_at_once_and_stored_by_one_key(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    card = shown(qtbot, tasks, services)
    assert card.year.text() == "2026"
    assert not card.store_button.isEnabled()
    card.take((Path("/in/单位表.xlsx"), Path("/in/名册.xlsx")))
    qtbot.waitUntil(card.store_button.isEnabled)
    draft = OpeningDraft(2026, (Path("/in/单位表.xlsx"), Path("/in/名册.xlsx")))
    assert services.made("openings.plan_files") == [((draft,), {})]
    assert card.sentence.text() == "2026 年度:新登记 1 家,存入 2 人　待补 1 行"
    assert card.tabs.tabText(1) == "待补正和提醒(1)"
    assert [card.units.model().index(0, at).data() for at in range(8)] == [
        "演示水厂", "新登记", "2", "", "140.00", "2026年1月1日 至 2026年12月31日", "HB1",
        "单位表写3人,名单可用2人",
    ]  # fmt: skip
    card.store()
    qtbot.waitUntil(lambda: card.banner.text.startswith("已存入:单位 1 家,名单 1 份"))
    assert services.made("openings.carry_out") == [(((5, 6),), {})]
    assert card.plan is None
    assert not card.store_button.isEnabled()


def test_copied_files_are_pasted_from_whatever_has_the_cursor(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    card = shown(qtbot, tasks, services)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/in/名册.xlsx")])
    QGuiApplication.clipboard().setMimeData(data)
    year = card.year.text()
    for place in (card.choose_button, card.year):
        place.setFocus()
        qtbot.keyClick(place, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(card.store_button.isEnabled)
    assert len(services.made("openings.plan_files")) == 2
    assert card.files.text() == "名册.xlsx"
    assert card.year.text() == year


def test_books_that_bring_nothing_new_say_so(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    services.answers["openings.plan_view"] = NOTHING_NEW
    card = shown(qtbot, tasks, services)
    card.take((Path("/in/名册.xlsx"),))
    qtbot.waitUntil(lambda: card.plan is not None)
    assert card.sentence.text() == "这些文件里没有新的内容,以前已经导入过。"
    assert not card.store_button.isEnabled()
    card.store()
    card.take((Path("/in/又一份.xlsx"),))
    qtbot.waitUntil(lambda: len(services.made("openings.plan_files")) == 2)
    qtbot.waitUntil(lambda: card.plan is not None)


def test_a_clerk_sees_the_plan_but_another_stores_it(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    card = shown(qtbot, tasks, services, "clerk")
    assert card.note.text() == "存入要由复核员或负责人登录后办理。"
    card.take((Path("/in/名册.xlsx"),))
    qtbot.waitUntil(lambda: card.plan is not None)
    assert not card.store_button.isEnabled()


@pytest.mark.parametrize("where", ["first", "year", "plans"])
def test_what_the_files_do_not_say_is_asked_for(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns, where: str
) -> None:
    services.refusals["openings.plan_files"] = UserError(
        "missing", "文件里没有写。", "请填。", where
    )
    card = shown(qtbot, tasks, services)
    card.take((Path("/in/名册.xlsx"),))
    qtbot.waitUntil(lambda: card.banner.text == "文件里没有写。")
    field = {"first": card.first, "year": card.year}.get(where) or card.plans["hospital"][0]
    assert card.focusWidget() is field
    del services.refusals["openings.plan_files"]
    card.first.setText("2026-3-1")
    card.plans["hospital"][0].setChecked(True)
    card.read_button.click()
    qtbot.waitUntil(lambda: card.plan is not None)
    (draft,), _more = services.made("openings.plan_files")[-1]
    assert (draft.first, draft.plans) == (date(2026, 3, 1), (("hospital", 1),))


def test_what_is_typed_wrong_is_said_before_reading(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    card = shown(qtbot, tasks, services)
    card.read()
    card.year.setText("")
    card.take((Path("/in/名册.xlsx"),))
    assert card.banner.text == "没有填是哪个年度。"
    card.year.setText("前年")
    card.read()
    assert card.banner.text == "“年度”里的“前”不是年数。"
    assert services.made("openings.plan_files") == []


def test_the_letter_goes_where_the_user_says(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = shown(qtbot, tasks, services)
    card.save_corrections()
    card.take((Path("/in/名册.xlsx"),))
    qtbot.waitUntil(card.letter_button.isEnabled)
    monkeypatch.setattr(more_opening, "ask_target", lambda *_a: None)
    card.letter_button.click()
    monkeypatch.setattr(more_opening, "ask_target", lambda *_a: Path("/out/需更正.xlsx"))
    card.letter_button.click()
    qtbot.waitUntil(lambda: card.banner.text == "已存为 /out/需更正.xlsx")


def test_files_and_folders_are_chosen_by_the_system_s_own_windows(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = shown(qtbot, tasks, services)
    answers = iter((([], ""), (["/in/一.xlsx", "/in/二.xlsx"], "")))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: next(answers))
    card.choose_button.click()
    assert card.files.text() == "还没有选文件。"
    card.choose_button.click()
    qtbot.waitUntil(lambda: card.plan is not None)
    assert card.files.text() == "一.xlsx、二.xlsx"
    folders = iter((None, Path("/in/各单位")))
    monkeypatch.setattr(more_opening, "ask_folder", lambda *_a: next(folders))
    card.folder_button.click()
    card.folder_button.click()
    qtbot.waitUntil(lambda: card.files.text() == "一.xlsx、二.xlsx、各单位")
    qtbot.waitUntil(lambda: not card.busy.isVisible())
