"""看差异: seen from the preview and from the review, narrowed by kind, signed as it was shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.rosters.differences import LABELS, Kind
from desktop_app.errors import UserError
from desktop_app.services.views.differences import (
    ChangeLine,
    DifferenceView,
    KindCount,
    ListFigures,
)
from desktop_app.ui.dialogs.import_plan_dialog import READ_AGAIN, ImportPlanDialog
from desktop_app.ui.dialogs.review_dialogs import ReviewDialog
from desktop_app.ui.dialogs.roster_difference import DifferenceDialog
from desktop_app.ui.tasks import TaskRunner
from tests.ui import refused_windows, test_scans_beside
from tests.ui.case_standins import enrolment
from tests.ui.refused_windows import Room, case, some
from tests.ui.test_dialogs import Bench

office_template = refused_windows.office_template
office, room = refused_windows.office, refused_windows.room
large = test_scans_beside.large
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

PEOPLE = {
    Kind.NEW: ("李䶮", "0011", ""), Kind.RENEWED: ("周演示", "0022", ""),
    Kind.CORRECTED: ("覃世芳", "0033", "可能是同一人,上年证件号**************0044,请核对"),
    Kind.LEFT: ("何演示", "0055", ""),
}  # fmt: skip


def line(kind: Kind) -> ChangeLine:
    name, tail, note = PEOPLE[kind]
    return ChangeLine(kind.value, LABELS[kind], name, f"{'*' * 14}{tail}", note, bool(note), False)


def difference(digest: str = "a" * 64, **more: Any) -> DifferenceView:
    values: dict[str, Any] = {
        "unit_name": "清溪镇人民政府", "year": 2027, "from_year": 2026, "addition": False,
        "counts": tuple(KindCount(k.value, LABELS[k], int(k in PEOPLE)) for k in Kind),
        "figures": (
            ListFigures("2026年度名单", 3, 15_000, "在职4人,应不少于4人(全员):还差1人"),
            ListFigures("2027年度名单", 3, None, "在职4人,应不少于4人(全员):还差1人"),
        ),
        "lines": tuple(line(kind) for kind in PEOPLE),
        "digest": digest,
    }  # fmt: skip
    return DifferenceView(**(values | more))


def names(dialog: DifferenceDialog) -> list[str]:
    return [one.name for one in dialog.table.shown_rows()]


@pytest.fixture
def bench(qtbot: QtBot, tasks: TaskRunner) -> Bench:
    made = Bench(qtbot, tasks)
    made.services.answers["differences.of_plan"] = lambda _id: difference()
    made.services.answers["differences.of_case"] = lambda _id: difference()
    return made


def test_who_only_goes_on_is_shown_when_asked_for(bench: Bench) -> None:
    dialog = bench.open(DifferenceDialog(difference()))
    assert names(dialog) == ["李䶮", "覃世芳", "何演示"]
    assert [dialog.kind.itemText(at) for at in range(dialog.kind.count())] == [
        "除续保外 3 人", "所有人 4 人", "新增 1 人", "续保 1 人", "证件更正 1 人", "退出 1 人",
    ]  # fmt: skip
    bench.qtbot.keyClick(dialog.kind, Qt.Key.Key_2)
    assert len(names(dialog)) == 4
    bench.qtbot.keyClick(dialog.kind, Qt.Key.Key_6)
    assert names(dialog) == ["何演示"]


def test_a_name_or_the_last_digits_find_somebody(bench: Bench) -> None:
    dialog = bench.open(DifferenceDialog(difference()))
    dialog.search.setText("0033")
    assert names(dialog) == ["覃世芳"]
    dialog.search.setText("周演示")
    assert names(dialog) == []
    dialog.kind.setCurrentIndex(1)
    assert names(dialog) == ["周演示"]
    bench.qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_the_preview_tells_the_difference_and_shows_its_people(
    bench: Bench, tmp_path: Path
) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("姓名,身份证号", "utf-8")
    dialog = bench.open(ImportPlanDialog(bench.services, bench.tasks, 31, path))  # type: ignore[arg-type]
    assert dialog.difference.text.text() == (
        "与2026年度比:新增1人、续保1人、证件更正1人、退出1人\n3→3 人,应缴 150.00→待核对 元"
    )
    dialog.difference.button.click()
    shown = dialog.findChild(DifferenceDialog)
    assert names(shown) == ["李䶮", "覃世芳", "何演示"]
    shown.accept()
    dialog.reject()


def test_a_plan_gone_stale_is_read_and_shown_again(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("姓名,身份证号", "utf-8")
    dialog = bench.open(ImportPlanDialog(bench.services, bench.tasks, 31, path))  # type: ignore[arg-type]
    bench.services.refusals["rosters.carry_out"] = UserError("plan-stale", "有变动。", "请重读。")
    dialog.accept()
    bench.settle()
    assert (dialog.banner.text, dialog.banner.remedy.text()) == ("有变动。", READ_AGAIN)
    assert len(bench.made("rosters.plan_file")) == 2
    assert len(bench.made("rosters.drop_plan")) == 1
    del bench.services.refusals["rosters.carry_out"]
    dialog.accept()
    bench.settle()
    assert not dialog.isVisible()


def test_the_reviewer_signs_what_he_was_shown(bench: Bench) -> None:
    dialog = bench.open(ReviewDialog(bench.case(), None))
    assert dialog.difference.text.text().startswith("与2026年度比:新增1人")
    dialog.accept()
    assert bench.made("enrolments.approve") == [((31, "a" * 64), {})]


def test_a_difference_that_is_another_now_is_shown_again(bench: Bench) -> None:
    dialog = bench.open(ReviewDialog(bench.case(), None))
    bench.services.refusals["enrolments.approve"] = UserError(
        "difference-stale", "变了。", "再看。"
    )
    again = difference("b" * 64, from_year=2025)
    bench.services.answers["differences.of_case"] = lambda _id: again
    bench.services.answers["enrolments.get"] = lambda _id: enrolment(people=85)
    dialog.accept()
    bench.settle()
    assert dialog.banner.text == "变了。"
    assert dialog.difference.text.text().startswith("与2025年度比")
    assert "85 人" in dialog.sentence.text()
    del bench.services.refusals["enrolments.approve"]
    dialog.accept()
    assert bench.made("enrolments.approve")[-1] == ((31, "b" * 64), {})


def test_nothing_is_signed_unseen(bench: Bench) -> None:
    bench.services.refusals["differences.of_case"] = UserError("busy", "没有读到。", "请再试。")
    dialog = bench.open(ReviewDialog(bench.case(), None))
    assert dialog.banner.text == "没有读到。"
    dialog.accept()
    assert not dialog.main_button.isEnabled()
    dialog.return_button.click()
    assert dialog.banner.text == "“退回原因”还没有填。"
    assert not dialog.main_button.isEnabled()
    assert bench.made("enrolments.approve") == []


def test_a_list_changed_behind_the_review_is_not_approved(room: Room) -> None:
    walk = case(room.staff, "submitted")
    page = room.unit(room.staff.reviewer, walk.unit_id)
    dialog: Any = page.acts.dialogs.take_next()
    room.settle()
    assert "新增10人" in dialog.difference.text.text()
    head, clerk = room.staff.head, room.staff.clerk
    head.enrolments.return_(walk.id, "还有一人")
    clerk.mending.set_workers(walk.id, 11, 2, "新来一人")
    clerk.rosters.carry_out(walk.read(some(1)))
    clerk.enrolments.submit(walk.id)
    with room.nothing_stored():
        dialog.accept()
    assert "名单或金额在您看过差异之后有变动,没有审核通过" in dialog.banner.text
    assert "新增11人" in dialog.difference.text.text()
    assert "11 人" in dialog.sentence.text()
    dialog.accept()
    room.settle()
    assert clerk.enrolments.get(walk.id).next_act != "enrolment.approve"


@pytest.mark.usefixtures("dressed", "large")
def test_the_table_fits_the_small_screen_in_large_type(bench: Bench) -> None:
    dialog = bench.open(DifferenceDialog(difference()))
    assert dialog.width() <= 1366
    assert dialog.height() <= 728
    assert dialog.minimumSizeHint().height() <= 700


def test_a_list_of_a_county_is_narrowed_without_a_pause(bench: Bench) -> None:
    lines = tuple(line(Kind.RENEWED)._replace(name=f"周演示{at}") for at in range(200_000))
    dialog = bench.open(DifferenceDialog(difference(lines=lines)))
    dialog.kind.setCurrentIndex(1)
    dialog.search.setText("周演示199999")
    assert names(dialog) == ["周演示199999"]
