"""批量打印: the forms of several units one after another, with stand-in services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app.errors import FileError, UserError
from desktop_app.services.done import Area, Done
from desktop_app.services.views.print_batches import (
    BatchLine,
    BatchPlan,
    IssuedSheet,
    RunLine,
    RunView,
)
from desktop_app.ui.dialogs import printer_fields
from desktop_app.ui.dialogs.print_batch_dialog import PrintBatchDialog
from desktop_app.ui.dialogs.print_batch_lines import COLUMNS
from desktop_app.ui.pages.units.units_page import UnitsPage
from desktop_app.ui.printing import PrintJob
from desktop_app.ui.remembered import Remembered
from desktop_app.ui.table import UNREAD
from desktop_app.ui.tasks import TaskRunner
from tests.ui.calm import settled
from tests.ui.case_standins import StandIns
from tests.ui.desk_standins import unit_line

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so
FORMS = (("payment-notice", "缴费通知单"), ("application", "申请书"), ("member-list", "会员名单"))
FURTHER = (("refund-request", "退费申请"), ("renewal-notice", "续保通知"))
UNITS = {7: "清溪镇政府", 8: "县第一小学"}


def line(case: int, key: str = "application", **more: Any) -> BatchLine:
    values: dict[str, Any] = {"issued_id": None, "number": "", "pages": 0, "copies": 0}
    return BatchLine(UNITS[case // 10], case, key, dict(FORMS + FURTHER)[key], **(values | more))


LINES = (
    line(70),
    line(80, issued_id=12, number="SQ-A-2027-00012", pages=2, copies=1),
    line(80, "payment-notice", refusal="审核通过后才能打印。", remedy="请先完成前面的步骤。"),
)
CHANGED = frozenset({Area.PRINTS})
RUN = 5


def run_line(place: int, state: str) -> RunLine:
    number = "" if state == "waits" else f"SQ-A-2027-{place:05d}"
    issued = None if state == "waits" else place
    label = dict(FORMS)["application"]
    return RunLine(place, UNITS[7], 70, "application", label, issued, number, 1, state, "")


def run(*states: str, ended: bool = False) -> RunView:
    lines = tuple(run_line(place, state) for place, state in enumerate(states, start=1))
    return RunView(RUN, datetime(2026, 12, 1, 1, 2, tzinfo=UTC), "王丽", 1, "extra", ended, lines)


class Desk:
    """The dialog over stand-ins: issuing gives 100 + the case's number."""

    run: RunView | None
    begun: list[int]

    def __init__(
        self,
        qtbot: QtBot,
        tasks: TaskRunner,
        lines: tuple[BatchLine, ...],
        last: RunView | None = None,
    ) -> None:
        self.qtbot, self.tasks, self.services = qtbot, tasks, StandIns()
        answers = self.services.answers
        answers["print_batches.plan"] = lambda _units, _forms, **_more: BatchPlan(
            FORMS, lines, FURTHER
        )
        answers["forms.issue"] = lambda _key, case: Done(100 + case, CHANGED)
        answers["prints.issue"] = lambda case, _key: Done(12 if case == 80 else 100 + case, CHANGED)
        answers["print_runs.begin"] = self._begin
        answers["print_runs.send"] = lambda _run, place: Done(self._issued(place), CHANGED)
        answers["print_runs.printed"] = Done(0, CHANGED)
        answers["print_runs.take_back"] = answers["print_runs.end"] = Done(None, CHANGED)
        answers["print_runs.last"] = last
        answers["print_runs.get"] = lambda _run: self.run
        answers["print_runs.go_on_behind"] = Done(1, CHANGED)
        self.run, self.begun = last, []
        answers["prints.get"] = lambda issued: IssuedSheet(issued, f"SQ-A-2027-{issued:05d}", 3)
        answers["prints.record_copy"] = Done(1, CHANGED)
        self.dialog = PrintBatchDialog(self.services, tasks, (7, 8))  # type: ignore[arg-type]
        qtbot.addWidget(self.dialog)
        self.dialog.open()
        self.settle()

    def _begin(self, forms: list[tuple[int, str]], _copies: int, _reason: str) -> Done[int]:
        self.begun = [case for case, _key in forms]
        return Done(RUN, CHANGED)

    def _issued(self, place: int) -> int:
        case = self.begun[place - 1] if self.begun else 0
        return 12 if case == 80 else 100 + case

    def settle(self) -> None:
        settled(self.tasks)

    def states(self) -> list[str]:
        return [sheet.state for sheet in self.dialog.sheets]

    def made(self, name: str) -> list[tuple[Any, ...]]:
        return [args for args, _more in self.services.made(name)]


@pytest.fixture
def printers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names = ["办公室"]
    asked = SimpleNamespace(availablePrinterNames=lambda: list(names))
    monkeypatch.setattr(printer_fields, "QPrinterInfo", asked)
    return names


@pytest.fixture
def desk(qtbot: QtBot, tasks: TaskRunner, printers: list[str]) -> Desk:
    return Desk(qtbot, tasks, LINES)


@pytest.fixture
def job(tmp_path: Path) -> PrintJob:
    return PrintJob("办公室", 1, tmp_path / "paper.pdf")


@pytest.fixture
def again(desk: Desk) -> Desk:
    """The same, those printed before wanted once more, and why."""
    desk.dialog.again.click()
    desk.settle()
    desk.qtbot.keyClick(desk.dialog.table, Qt.Key.Key_3)
    return desk


def test_what_was_printed_before_waits_only_where_it_is_wanted_again(desk: Desk) -> None:
    assert desk.states() == ["待打印", "以前已印", "不能打印"]
    assert desk.dialog.print_button.text() == "打印 1 张"
    assert not desk.dialog.printing.reason.isVisible()
    assert desk.dialog.again.isVisible()


def test_two_copies_are_printed_unless_others_were_chosen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer_fields, "remembered", Remembered())
    fields = printer_fields.PrinterFields(desk.tasks)
    desk.qtbot.addWidget(fields)
    desk.settle()
    assert (fields.job().printer, fields.job().copies) == ("办公室", 2)


def test_it_says_how_many_and_why_others_cannot_be_printed(again: Desk) -> None:
    desk, dialog = again, again.dialog
    assert dialog.sentence.text() == "要打印 2 张;1 张现在不能打印,原因在表里。"
    assert dialog.print_button.text() == "打印 2 张"
    assert desk.states() == ["待打印", "待打印", "不能打印"]
    assert dialog.sheets[2].note == "审核通过后才能打印。请先完成前面的步骤。"
    assert not dialog.whole.isVisible()
    dialog.table.selectRow(2)
    assert dialog.whole.text() == dialog.sheets[2].note  # what its column cuts
    assert dialog.whole.isVisible()
    dialog.table.selectRow(0)
    assert not dialog.whole.isVisible()
    assert dialog.printing.reason.isVisible()  # one of them was printed before


def test_nothing_is_printed_again_before_a_reason_is_chosen(desk: Desk, job: PrintJob) -> None:
    desk.dialog.again.click()
    desk.settle()
    desk.dialog.print_to(job)
    desk.settle()
    assert desk.made("print_runs.begin") == []
    assert desk.dialog.banner.text == "以前打印过,还没有选再次打印的原因。"


def test_each_form_is_issued_printed_and_counted_in_turn(again: Desk, job: PrintJob) -> None:
    desk = again
    desk.qtbot.keyClick(desk.dialog.table, Qt.Key.Key_2)
    with desk.qtbot.waitSignal(desk.dialog.ended):
        desk.dialog.print_to(job)
    assert desk.states() == ["已打印", "已打印", "不能打印"]
    forms = [(70, "application"), (80, "application")]
    assert desk.made("print_runs.begin") == [(forms, 1, "lost")]
    assert desk.made("print_runs.send") == [(RUN, 1), (RUN, 2)]
    assert desk.made("print_runs.printed") == [(RUN, 1, "办公室"), (RUN, 2, "办公室")]
    assert desk.dialog.banner.text.startswith("已完成 2 张,最后一张 SQ-A-2027-00012。")
    assert not desk.dialog.print_button.isEnabled()


def test_a_form_that_a_rule_refuses_is_told_and_the_others_go_on(
    again: Desk, job: PrintJob
) -> None:
    desk = again

    def send(_run: int, place: int) -> Done[int]:
        if place == 1:
            raise UserError("not-yet-printable", "刚刚退回了。", "请看单位页面。")
        return Done(12, CHANGED)

    desk.services.answers["print_runs.send"] = send
    with desk.qtbot.waitSignal(desk.dialog.ended):
        desk.dialog.print_to(job)
    assert desk.states() == ["不能打印", "已打印", "不能打印"]
    assert desk.dialog.sheets[0].note == "刚刚退回了。请看单位页面。"
    desk.settle()
    assert desk.made("print_runs.end") == [(RUN,)]  # it is not offered as one that was cut


def test_a_printer_that_fails_stops_the_rest_and_counts_nothing_of_it(
    again: Desk, job: PrintJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = again

    def fail(*_args: object) -> None:
        raise FileError("printer-refused", "打印机“办公室”没有接受这次打印。", "请检查打印机。")

    monkeypatch.setattr("desktop_app.ui.dialogs.print_batch_lines.print_pages", fail)
    desk.run = run("waits", "waits")
    with desk.qtbot.waitSignal(desk.dialog.ended):
        desk.dialog.print_to(job)
    desk.settle()
    assert desk.states() == ["待打印", "待打印"]
    assert desk.made("print_runs.take_back") == [(RUN, 1)]
    assert desk.made("print_runs.printed") == []
    assert desk.dialog.banner.text.startswith("打印机“办公室”没有接受这次打印。")
    assert desk.dialog.print_button.isEnabled()


def test_nothing_can_be_pressed_twice_while_it_prints(again: Desk, job: PrintJob) -> None:
    seen: list[tuple[bool, ...]] = []
    dialog = again.dialog

    def look() -> None:
        buttons = (dialog.print_button, dialog.save_button, dialog.close_button)
        seen.append(tuple(one.isEnabled() for one in buttons))

    dialog.table.chosen.connect(look)
    with again.qtbot.waitSignal(dialog.ended):
        dialog.print_to(job)
    assert seen
    assert set(seen) == {(False, False, False)}
    assert dialog.close_button.isEnabled()


def test_a_fault_of_the_program_does_not_lock_the_dialog(again: Desk, job: PrintJob) -> None:
    def send(_run: int, _place: int) -> Done[int]:
        raise ZeroDivisionError

    again.services.answers["print_runs.send"] = send
    with again.qtbot.waitSignal(again.tasks.failed):
        again.dialog.print_to(job)
    assert again.states() == ["待打印", "待打印", "不能打印"]
    assert again.dialog.print_button.isEnabled()
    again.dialog.reject()
    assert not again.dialog.isVisible()


def test_after_a_jam_it_goes_on_behind_the_last_good_one(again: Desk, job: PrintJob) -> None:
    desk, dialog = again, again.dialog
    assert not dialog.good.isVisible()
    with desk.qtbot.waitSignal(dialog.ended):
        dialog.print_to(job)
    jobs: list[PrintJob] = []
    dialog.print_to = jobs.append  # type: ignore[method-assign]
    assert dialog.good.isVisible()
    dialog.table.selectRow(0)
    assert dialog.good.number.text() == "SQ-A-2027-00170"
    desk.run = run("printed", "waits")
    dialog.good.button.click()
    desk.settle()
    assert desk.made("print_runs.go_on_behind") == [(RUN, "SQ-A-2027-00170", "办公室")]
    assert [one.printer for one in jobs] == ["办公室"]
    assert desk.states() == ["已打印", "待打印"]


def test_a_number_that_the_batch_has_not_printed_is_told(again: Desk, job: PrintJob) -> None:
    def go_on(_run: int, number: str, _printer: str) -> Done[int]:
        raise UserError(
            "batch-number",
            f"这一批打印过的单据里,编号是“{number}”的没有。",
            "请照最后一张好的单据右上角的编号再输一次。",
        )

    again.services.answers["print_runs.go_on_behind"] = go_on
    with again.qtbot.waitSignal(again.dialog.ended):
        again.dialog.print_to(job)
    again.dialog.good.number.setText("SQ-A-2027-77777")
    again.qtbot.keyClick(again.dialog.good.number, Qt.Key.Key_Return)
    again.settle()
    assert again.dialog.banner.text.startswith(
        "这一批打印过的单据里,编号是“SQ-A-2027-77777”的没有。"
    )
    assert again.states() == ["已打印", "已打印", "不能打印"]


def test_without_the_last_good_one_nothing_is_printed_again(again: Desk, job: PrintJob) -> None:
    with again.qtbot.waitSignal(again.dialog.ended):
        again.dialog.print_to(job)
    again.dialog.good.number.clear()
    again.dialog.good.button.click()
    again.settle()
    assert again.dialog.banner.text.startswith("没有填最后一张好的是哪一张。")
    assert again.made("print_runs.go_on_behind") == []
    again.run = run("printed", ended=True)
    again.dialog.good.number.setText("0")  # none is good
    again.dialog.good.button.click()
    again.settle()
    assert again.made("print_runs.go_on_behind") == [(RUN, "", "办公室")]
    assert again.dialog.good.number.text() == ""


def test_a_printer_that_breaks_off_asks_for_the_last_good_one(
    again: Desk, job: PrintJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise FileError("printer-failed", "打印中断了。", "请检查打印机,再打印一次。")

    monkeypatch.setattr("desktop_app.ui.dialogs.print_batch_lines.print_pages", fail)
    again.run = run("sent", "waits")
    with again.qtbot.waitSignal(again.dialog.ended):
        again.dialog.print_to(job)
    again.settle()
    assert again.made("print_runs.take_back") == []
    assert again.states() == ["没有印完", "待打印"]
    assert again.dialog.banner.text.startswith("打到 SQ-A-2027-00001 时中断了")
    assert not again.dialog.print_button.isEnabled()
    assert again.dialog.good.isVisible()


def test_a_batch_that_was_stopped_is_offered_and_goes_on(
    qtbot: QtBot, tasks: TaskRunner, printers: list[str], job: PrintJob
) -> None:
    desk = Desk(qtbot, tasks, LINES, run("printed", "waits", "waits"))
    left = desk.dialog.left
    assert left.isVisible()
    assert "王丽的一批没有打完:共 3 张,打到 SQ-A-2027-00001,还有 2 张。" in left.sentence.text()
    left.go_on_button.click()
    assert desk.states() == ["已打印", "待打印", "待打印"]
    assert desk.dialog.print_button.text() == "打印 2 张"
    with qtbot.waitSignal(desk.dialog.ended):
        desk.dialog.print_to(job)
    assert desk.made("print_runs.begin") == []
    assert desk.made("print_runs.send") == [(RUN, 2), (RUN, 3)]


def test_a_batch_that_was_stopped_may_be_given_up(
    qtbot: QtBot, tasks: TaskRunner, printers: list[str]
) -> None:
    desk = Desk(qtbot, tasks, LINES, run("waits"))
    assert "打到" not in desk.dialog.left.sentence.text()
    desk.dialog.left.drop_button.click()
    desk.settle()
    assert desk.made("print_runs.end") == [(RUN,)]
    assert not desk.dialog.left.isVisible()


def test_a_batch_one_form_of_which_may_lie_in_the_tray_is_given_up_once_that_is_told(
    qtbot: QtBot, tasks: TaskRunner, printers: list[str]
) -> None:
    desk = Desk(qtbot, tasks, LINES, run("sent", "waits"))
    desk.dialog.left.drop_button.click()
    desk.settle()
    assert desk.made("print_runs.end") == []
    assert desk.dialog.banner.text.startswith("打到 SQ-A-2027-00001 时中断了")
    assert desk.dialog.good.button.text() == "记下,剩下的不打(&R)"
    desk.dialog.good.number.setText("00001")
    desk.dialog.good.button.click()
    desk.settle()
    assert [made[:2] for made in desk.made("print_runs.go_on_behind")] == [(RUN, "00001")]
    assert desk.made("print_runs.end") == [(RUN,)]
    assert desk.made("print_runs.send") == []
    assert desk.dialog.good.button.text() == "从它后面接着打(&R)"


def test_a_batch_the_last_form_of_which_came_out_needs_no_giving_up(
    qtbot: QtBot, tasks: TaskRunner, printers: list[str]
) -> None:
    desk = Desk(qtbot, tasks, LINES, run("sent"))
    desk.services.answers["print_runs.go_on_behind"] = Done(0, CHANGED)
    desk.dialog.left.drop_button.click()
    desk.dialog.good.number.setText("00001")
    desk.dialog.good.button.click()
    desk.settle()
    assert desk.made("print_runs.end") == []
    assert desk.states() == ["待打印", "以前已印", "不能打印"]


def test_a_batch_at_its_end_is_not_offered(
    qtbot: QtBot, tasks: TaskRunner, printers: list[str]
) -> None:
    desk = Desk(qtbot, tasks, LINES, run("printed", ended=True))
    assert not desk.dialog.left.isVisible()


def test_esc_stops_behind_the_form_at_work(again: Desk, job: PrintJob) -> None:
    desk = again
    dialog = desk.dialog

    def send(_run: int, place: int) -> Done[int]:
        dialog._stopping = True  # as Esc does, whatever moment it comes in
        return Done(100 + place, CHANGED)

    desk.services.answers["print_runs.send"] = send
    with desk.qtbot.waitSignal(dialog.ended):
        dialog.print_to(job)
    assert desk.states() == ["已打印", "待打印", "不能打印"]
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()


def test_every_form_is_kept_as_a_file(again: Desk, tmp_path: Path) -> None:
    desk = again
    with desk.qtbot.waitSignal(desk.dialog.ended):
        desk.dialog.save_to(tmp_path)
    assert desk.made("prints.save_in") == [(170, tmp_path), (12, tmp_path)]
    assert desk.made("print_runs.begin") == []
    assert desk.states() == ["已存PDF", "已存PDF", "不能打印"]


def test_the_forms_beside_the_way_stand_below_and_are_asked_for_when_ticked(desk: Desk) -> None:
    boxes = desk.dialog.ticks.boxes
    assert [box.accessibleName() for box in boxes.values()] == [
        "缴费通知单", "申请书", "会员名单", "退费申请", "续保通知",
    ]  # fmt: skip
    assert [key for key, box in boxes.items() if box.isChecked()] == [key for key, _text in FORMS]
    assert boxes["renewal-notice"].y() > boxes["member-list"].y()
    headings = [one.text() for one in desk.dialog.ticks.findChildren(QLabel)]
    assert headings == ["办理单据", "更多单据"]
    for key in (*(key for key, _text in FORMS), "renewal-notice"):
        boxes[key].click()
        desk.settle()  # what is asked side by side is not written down in its order
    assert desk.made("print_batches.plan")[-1][1] == ("renewal-notice",)
    assert len(boxes) == 5  # offered once, whatever the plans after it say


def test_a_form_beside_the_way_is_printed_and_kept_like_the_others(
    qtbot: QtBot, tasks: TaskRunner, printers: list[str], job: PrintJob, tmp_path: Path
) -> None:
    lines = (line(70, "renewal-notice"), line(80))
    kept = Desk(qtbot, tasks, lines)
    with qtbot.waitSignal(kept.dialog.ended):
        kept.dialog.save_to(tmp_path)
    assert kept.made("forms.issue") == [("renewal-notice", 70)]
    assert kept.made("prints.issue") == [(80, "application")]
    assert kept.made("prints.save_in") == [(170, tmp_path), (12, tmp_path)]
    printed = Desk(qtbot, tasks, lines)
    with qtbot.waitSignal(printed.dialog.ended):
        printed.dialog.print_to(job)
    assert printed.made("print_runs.begin")[0][0] == [(70, "renewal-notice"), (80, "application")]
    assert printed.states() == ["已打印", "已打印"]


def test_a_unit_that_a_form_is_not_for_is_told_without_alarm(
    qtbot: QtBot, tasks: TaskRunner, printers: list[str], job: PrintJob
) -> None:
    not_for = line(70, "refund-request", refusal="没有登记了还没到账的退费。", remedy="请先登记。")
    desk = Desk(qtbot, tasks, (not_for, line(80, "refund-request"), LINES[2]))
    sheets = desk.dialog.sheets
    assert [(sheet.state, sheet.tone) for sheet in sheets] == [
        ("不能打印", "quiet"), ("待打印", ""), ("不能打印", "late"),
    ]  # fmt: skip
    assert sheets[0].note == "没有登记了还没到账的退费。请先登记。"
    assert desk.dialog.sentence.text() == "要打印 1 张;2 张现在不能打印,原因在表里。"
    with qtbot.waitSignal(desk.dialog.ended):
        desk.dialog.print_to(job)
    assert desk.states() == ["不能打印", "已打印", "不能打印"]


def test_the_pages_of_a_form_are_told_as_soon_as_it_is_made(again: Desk, job: PrintJob) -> None:
    pages = next(at for at, column in enumerate(COLUMNS) if column.title == "页数")

    def told() -> list[str]:
        rows = range(again.dialog.table.rows_model.rowCount())
        return [again.dialog.table.model().index(row, pages).data() for row in rows]

    assert told() == ["", "2", ""]
    with again.qtbot.waitSignal(again.dialog.ended):
        again.dialog.print_to(job)
    assert told() == ["3", "3", ""]


def test_behind_a_jam_the_end_counts_what_came_out_behind_the_last_good_one(
    again: Desk, job: PrintJob
) -> None:
    dialog = again.dialog
    with again.qtbot.waitSignal(dialog.ended):
        dialog.print_to(job)
    again.begun = []
    again.run = run("printed", "printed", "printed", "waits", "waits")
    dialog.print_ = lambda: dialog.print_to(job)  # type: ignore[method-assign]
    dialog.good.number.setText("SQ-A-2027-00003")
    with again.qtbot.waitSignal(dialog.ended):
        dialog.good.button.click()
    assert dialog.banner.text == "已完成 2 张,最后一张 SQ-A-2027-00100。"
    assert dialog.banner.remedy.text() == "连同前面打好的,这一批共 5 张。"


def test_the_ticked_forms_are_asked_for(desk: Desk) -> None:
    desk.dialog.ticks.boxes["member-list"].click()
    desk.settle()
    asked = [args[1] for args in desk.made("print_batches.plan")]
    assert asked == [
        ("payment-notice", "application", "member-list"), ("payment-notice", "application"),
    ]  # fmt: skip


def test_nothing_is_printed_before_what_is_ticked_has_been_read(desk: Desk) -> None:
    assert desk.dialog.print_button.isEnabled()
    desk.dialog.ticks.boxes["member-list"].click()
    assert not desk.dialog.print_button.isEnabled()
    assert not desk.dialog.save_button.isEnabled()
    desk.settle()
    assert desk.dialog.print_button.isEnabled()


def test_a_batch_taken_up_while_it_is_read_what_can_be_printed_can_be_printed(
    qtbot: QtBot, tasks: TaskRunner, printers: list[str]
) -> None:
    desk = Desk(qtbot, tasks, LINES, run("printed", "waits"))
    desk.dialog.read()
    desk.dialog.left.go_on_button.click()
    desk.settle()
    assert desk.states() == ["已打印", "待打印"]
    assert desk.dialog.print_button.isEnabled()
    assert not desk.dialog.busy.isVisible()


def test_forms_are_ticked_by_the_space_bar_one_after_another_and_none_is_printed(
    desk: Desk,
) -> None:
    first, second = (desk.dialog.ticks.boxes[key] for key in ("payment-notice", "member-list"))
    first.setFocus()
    for tick in (first, second):
        desk.qtbot.keyClick(desk.dialog.focusWidget(), Qt.Key.Key_Space)
        desk.settle()
        assert not tick.isChecked()
        assert desk.dialog.focusWidget() is tick
        desk.dialog.focusNextChild()
        desk.dialog.focusNextChild()
    assert desk.made("print_runs.begin") == []


def test_without_a_printer_it_says_so_and_offers_files(
    qtbot: QtBot, tasks: TaskRunner, printers: list[str]
) -> None:
    printers.clear()
    dialog = Desk(qtbot, tasks, LINES).dialog
    assert not dialog.print_button.isEnabled()
    assert dialog.print_button.text() == "这台电脑没有打印机,请另存PDF"
    assert not dialog.printing.isVisible()
    assert dialog.save_button.isEnabled()


def test_a_plan_that_was_not_read_does_not_say_that_nothing_can_be_printed(
    qtbot: QtBot, tasks: TaskRunner, printers: list[str]
) -> None:
    desk = Desk(qtbot, tasks, ())
    desk.services.refusals["print_batches.plan"] = FileError("busy", "数据被占用。", "请再试。")
    desk.dialog.read()
    desk.settle()
    assert printers
    assert desk.dialog.banner.text == "数据被占用。"
    assert desk.dialog.table.nothing_text == UNREAD
    del desk.services.refusals["print_batches.plan"]
    desk.dialog.read()
    desk.settle()
    assert desk.dialog.table.nothing_text.startswith("没有可以打印的单据")


@pytest.fixture
def page(qtbot: QtBot, tasks: TaskRunner, printers: list[str]) -> UnitsPage:
    services = StandIns()
    lines = tuple(unit_line(at, f"县第{at}小学", "东片", "待打印") for at in (1, 2, 3))
    services.answers["board.list_lines"] = lambda: lines
    services.answers["print_batches.plan"] = lambda _units, _forms, **_more: BatchPlan(FORMS, ())
    made = UnitsPage(services, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: len(made.table.shown_rows()) == 3)
    return made


def units_of(page: UnitsPage) -> Callable[[], tuple[int, ...]]:
    return page.print_marks.units


def test_space_marks_units_and_goes_to_the_next(qtbot: QtBot, page: UnitsPage) -> None:
    page.table.setFocus()
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert "(已选 2 家)" in page.count.text()
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)  # taken back
    assert units_of(page)() == (2,)
    page.search.setText("第3")
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert units_of(page)() == (3, 2)  # a mark outlives the search
    dialog = page.print_marks.print_forms()
    assert dialog is not None
    assert dialog.windowTitle() == "批量打印 · 2 家单位"
    dialog.ended.emit()
    assert "已选" not in page.count.text()


def test_without_a_mark_the_selected_units_are_printed(page: UnitsPage) -> None:
    page.table.selectAll()
    assert units_of(page)() == (1, 2, 3)
    page.table.clearSelection()
    assert page.print_marks.print_forms() is None
