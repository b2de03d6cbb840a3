"""待遇条款确认 with stand-in services: each clause in its own way, with its document."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.schemes.clauses import Ruling
from desktop_app.errors import UserError
from desktop_app.ui.pages.more.more_clauses import BY_DRAFT, ClausesCard
from desktop_app.ui.tasks import TaskRunner
from tests.ui.desk_standins import Desk


@pytest.fixture
def card(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> ClausesCard:
    made = ClausesCard(desk, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: bool(made.table.shown_rows()))
    return made


def ways(card: ClausesCard) -> list[str]:
    return [card.way.itemText(at) for at in range(card.way.count())]


def confirmed(desk: Desk) -> list[tuple[str, tuple[object, ...]]]:
    return [call for call in desk.clauses.calls if call[0] == "confirm_clause"]


def test_a_clause_offers_the_ways_it_may_be_confirmed_in(card: ClausesCard) -> None:
    card.table.selectRow(0)
    assert ways(card) == ["照此标准", "填文件里的数"]
    card.table.selectRow(1)
    assert ways(card) == ["填文件里的数", "没有这项规定"]
    assert list(card.inputs) == ["fen"]
    card.table.selectRow(2)
    assert ways(card) == []
    assert not card.confirm_button.isEnabled()
    assert card.note.text() == BY_DRAFT
    card.confirm()
    card.table.selectRow(3)
    assert card.document.text() == "某号"


def test_a_clause_is_confirmed_as_read_with_its_document(
    qtbot: QtBot, desk: Desk, card: ClausesCard
) -> None:
    card.table.selectRow(0)
    card.confirm()
    assert card.banner.text == "请填依据文件。"
    card.document.setText(" 某工办发〔2026〕3号 ")
    card.confirm()
    qtbot.waitUntil(lambda: card.banner.text == "已确认:住院医疗 · 比例。")
    ruling = Ruling("read", "某工办发〔2026〕3号", {})
    assert confirmed(desk) == [("confirm_clause", ("plans.hospital.benefits.rate", ruling, 1))]


@pytest.mark.parametrize(
    ("row", "typed", "expected"),
    [
        (0, "12.5", Ruling("given", "某号", {"share": "125/1000"})),
        (1, "500", Ruling("given", "某号", {"fen": 50_000})),
        (1, "", Ruling("none", "某号", {})),
        (3, "", Ruling("given", "某号", {"over": "case"})),
    ],
)
def test_values_are_typed_in_yuan_and_percent(
    qtbot: QtBot, desk: Desk, card: ClausesCard, row: int, typed: str, expected: Ruling
) -> None:
    card.table.selectRow(row)
    card.way.setCurrentIndex(card.way.findData(expected.way))
    for made in card.inputs.values():
        if typed:
            made.setText(typed)  # type: ignore[union-attr]
    card.document.setText("某号")
    card.confirm()
    qtbot.waitUntil(lambda: bool(confirmed(desk)))
    assert confirmed(desk)[0][1][1] == expected


@pytest.mark.parametrize(("row", "words"), [(0, "请填0%到100%之间的比例"), (1, "请填金额")])
def test_what_is_no_number_is_not_confirmed(card: ClausesCard, row: int, words: str) -> None:
    card.table.selectRow(row)
    card.way.setCurrentIndex(card.way.findData("given"))
    card.document.setText("某号")
    card.confirm()
    assert "不能用" in card.banner.text
    assert card.banner.remedy.text().startswith(words)


def test_a_refusal_stands_on_the_card(qtbot: QtBot, desk: Desk, card: ClausesCard) -> None:
    desk.clauses.answers["confirm_clause"] = UserError("denied", "没有权限。", "请找负责人。")
    card.table.selectRow(0)
    card.document.setText("某号")
    card.confirm()
    qtbot.waitUntil(lambda: card.banner.text == "没有权限。")
    qtbot.waitUntil(card.confirm_button.isEnabled)
