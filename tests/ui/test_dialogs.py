"""Every dialog with stand-in services: what it saves, what it refuses, what it keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.errors import StorageError, StorageKind
from desktop_app.domain.enrolments import Missing
from desktop_app.errors import UserError
from desktop_app.services.done import Area, Done
from desktop_app.services.drafts import EnrolmentDraft, PaymentDraft, UnitDraft
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.services.views.quotes import HeadLine, PartLine
from desktop_app.ui.dialogs import printer_fields
from desktop_app.ui.dialogs.acts import ACTS
from desktop_app.ui.dialogs.archive_dialogs import FinishDialog, ReceiptDialog, ReceiveStampedDialog
from desktop_app.ui.dialogs.arrival_dialog import ConfirmPaymentDialog
from desktop_app.ui.dialogs.base import ActDialog
from desktop_app.ui.dialogs.case import Case
from desktop_app.ui.dialogs.enrolment_dialog import NewEnrolmentDialog
from desktop_app.ui.dialogs.exchange_dialog import ENTER, ExchangeDialog
from desktop_app.ui.dialogs.fields import ChoiceField, CountField, FileField, MoneyField
from desktop_app.ui.dialogs.import_plan_dialog import ImportPlanDialog
from desktop_app.ui.dialogs.payment_dialogs import RecordPaymentDialog, difference_text
from desktop_app.ui.dialogs.preview_dialog import Form, PdfPreviewDialog
from desktop_app.ui.dialogs.review_dialogs import ReviewDialog, SubmitDialog
from desktop_app.ui.dialogs.unit_dialog import UnitDialog
from desktop_app.ui.printing import PrintJob, print_pages, record_copies
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.drop_area import ROSTERS
from tests.ui.calm import settled
from tests.ui.case_standins import (
    PAPERS,
    SHORT,
    TODAY,
    StandIns,
    enrolment,
    paper,
    picture,
    preview,
    unit,
)

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

REFUSED = UserError("wrong-step", "这份申请已经在下一步。", "请刷新后再看。")


class Bench:
    """Opens dialogs on one set of stand-ins."""

    def __init__(self, qtbot: QtBot, tasks: TaskRunner) -> None:
        self.qtbot, self.tasks, self.services = qtbot, tasks, StandIns()

    def case(self, view: EnrolmentView | None = None) -> Case:
        shown = view or enrolment()
        return Case(self.services, self.tasks, unit(shown), shown, TODAY)  # type: ignore[arg-type]

    def open(self, dialog: Any) -> Any:
        self.qtbot.addWidget(dialog)
        dialog.open()
        self.settle()
        return dialog

    def settle(self) -> None:
        settled(self.tasks)

    def made(self, name: str) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
        self.settle()
        return self.services.made(name)


@pytest.fixture
def bench(qtbot: QtBot, tasks: TaskRunner) -> Bench:
    return Bench(qtbot, tasks)


def press(bench: Bench, dialog: QDialog, key: Qt.Key = Qt.Key.Key_Return) -> None:
    target = dialog.focusWidget() or dialog
    bench.qtbot.keyClick(target, key)
    bench.settle()


# What all dialogs share


def test_enter_saves_and_closes_and_esc_saves_nothing(bench: Bench) -> None:
    dialog = bench.open(SubmitDialog(bench.case(), None))
    press(bench, dialog)
    assert bench.made("enrolments.submit") == [((31,), {})]
    assert not dialog.isVisible()
    dialog = bench.open(SubmitDialog(bench.case(), None))
    press(bench, dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert len(bench.made("enrolments.submit")) == 1


def test_a_refusal_is_told_inline_with_its_remedy_and_nothing_typed_is_lost(bench: Bench) -> None:
    bench.services.refusals["business_numbers.enter"] = REFUSED
    dialog = bench.open(ExchangeDialog(bench.case(enrolment(next_act=ENTER)), None))
    dialog.number.setText("HB-1")
    press(bench, dialog)
    assert dialog.isVisible()
    assert dialog.banner.text == REFUSED.message
    assert dialog.banner.remedy.text() == REFUSED.remedy
    assert dialog.number.text() == "HB-1"
    assert dialog.main_button.isEnabled()
    assert dialog.focusWidget() is dialog.number
    del bench.services.refusals["business_numbers.enter"]
    press(bench, dialog)
    assert not dialog.isVisible()


def test_a_full_disk_is_told_inline_too(bench: Bench) -> None:
    bench.services.refusals["enrolments.submit"] = StorageError(StorageKind.FULL)
    dialog = bench.open(SubmitDialog(bench.case(), None))
    dialog.accept()
    bench.settle()
    assert "磁盘已满" in dialog.banner.text


def test_a_bug_goes_to_the_window_and_leaves_the_dialog_usable(bench: Bench) -> None:
    bench.services.refusals["enrolments.submit"] = ZeroDivisionError("bug")
    dialog = bench.open(SubmitDialog(bench.case(), None))
    with bench.qtbot.waitSignal(bench.tasks.failed) as failed:
        dialog.accept()
    assert failed.args[0] is dialog
    assert dialog.isVisible()
    assert dialog.main_button.isEnabled()


def test_while_a_save_is_under_way_neither_esc_nor_a_second_enter_does_anything(
    bench: Bench,
) -> None:
    dialog = bench.open(SubmitDialog(bench.case(), None))
    dialog.accept()
    assert dialog.main_button.text() == "正在保存…"
    dialog.accept()
    dialog.reject()
    assert dialog.isVisible()
    bench.settle()
    assert len(bench.made("enrolments.submit")) == 1
    assert not dialog.isVisible()


def at_step(act: str) -> EnrolmentView:
    return enrolment(next_act=act, may_send=act == ENTER)


def all_dialogs(bench: Bench) -> dict[str, Callable[[], QDialog]]:
    services: Any = bench.services
    made: dict[str, Callable[[], QDialog]] = {
        key: (lambda key=key, act=act: act.open(bench.case(at_step(key)), None))
        for key, act in ACTS.items()
    }
    made["unit-new"] = lambda: UnitDialog(services, bench.tasks)
    made["unit-edit"] = lambda: UnitDialog(services, bench.tasks, unit())
    made["start"] = lambda: NewEnrolmentDialog(services, bench.tasks, unit())
    made["import"] = lambda: ImportPlanDialog(services, bench.tasks, 31, Path("/x/名册.xlsx"))
    made["preview"] = lambda: PdfPreviewDialog(services, bench.tasks, Form(12, "申请书", "", 1))
    return made


@pytest.mark.parametrize("name", [*ACTS, "unit-new", "unit-edit", "start", "import", "preview"])
def test_every_field_and_button_has_a_name_to_be_read_aloud(bench: Bench, name: str) -> None:
    dialog = bench.open(all_dialogs(bench)[name]())
    assert dialog.windowTitle()
    for widget in dialog.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            inner = widget.parent() is not None and widget.objectName().startswith("qt_")
            assert inner or widget.accessibleName(), f"{name}: {type(widget).__name__}"


@pytest.mark.parametrize("name", [*ACTS, "unit-new", "unit-edit", "start", "import", "preview"])
def test_every_dialog_fits_a_small_screen(bench: Bench, name: str) -> None:
    dialog = bench.open(all_dialogs(bench)[name]())
    least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
    assert least.width() <= 1300
    assert least.height() <= 700


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("unit-new", "单位名称"),
        ("payment.record", "金额(元)"),
        ("enrolment.enter-number", "业务号"),
        ("payment.confirm", "到账日期"),
        ("archive.receipt", "票据号码"),
        ("start", "申请种类"),
        ("enrolment.submit", "提交审核"),
    ],
)
def test_the_cursor_starts_where_the_work_does(bench: Bench, name: str, first: str) -> None:
    dialog = bench.open(all_dialogs(bench)[name]())
    assert dialog.focusWidget().accessibleName() == first


def test_tab_goes_through_the_fields_and_then_to_the_buttons(bench: Bench) -> None:
    dialog = bench.open(ReceiptDialog(bench.case()))
    passed: list[str] = []
    for _turn in range(6):  # a date is one field of them: Tab leaves it at once
        passed.append(dialog.focusWidget().accessibleName())
        bench.qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    fields = ["票据号码", "开票日期", "金额(元)", "票据文件:选择文件"]
    assert passed == [*fields, "取消", "登记"]


# Copied pictures


def copy_picture(size: tuple[int, int] = (40, 30)) -> None:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    QApplication.clipboard().setImage(image)


def paste(bench: Bench, dialog: QDialog) -> None:
    target = dialog.focusWidget() or dialog
    bench.qtbot.keyClick(target, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("size", [(40, 30), (2100, 2000)])
def test_a_copied_picture_becomes_the_slip_and_leaves_the_amount(
    bench: Bench, size: tuple[int, int]
) -> None:
    kept: list[tuple[str, bytes]] = []
    bench.services.answers["payments.record"] = lambda _id, draft: (
        kept.append((draft.slip.suffix, draft.slip.read_bytes()[:3])),
        Done(7, frozenset({Area.ENROLMENTS})),
    )[1]
    dialog = bench.open(RecordPaymentDialog(bench.case()))
    copy_picture(size)
    paste(bench, dialog)
    assert dialog.amount.text() == "8,600.00"
    assert dialog.slip.label.text() == "粘贴的图片"
    dialog.accept()
    bench.settle()
    small = size[0] == 40
    assert kept == [(".png", b"\x89PN") if small else (".jpg", b"\xff\xd8\xff")]


def test_a_file_field_with_the_cursor_takes_the_picture_itself(bench: Bench) -> None:
    dialog = bench.open(ReceiptDialog(bench.case()))
    copy_picture()
    dialog.file.setFocus()
    paste(bench, dialog)
    assert dialog.file.source is not None
    assert dialog.file.path is None


def test_copied_words_still_go_into_the_field_with_the_cursor(bench: Bench) -> None:
    dialog = bench.open(RecordPaymentDialog(bench.case()))
    QApplication.clipboard().setText("8500")
    paste(bench, dialog)
    assert dialog.amount.text() == "8500"
    assert dialog.slip.source is None


def test_an_empty_amount_agrees_with_nothing(bench: Bench) -> None:
    dialog = bench.open(RecordPaymentDialog(bench.case()))
    assert dialog.difference.text() == "金额和人数与名单一致。"
    dialog.amount.clear()
    assert dialog.difference.text() == "金额还没有填,请照回单填写。"
    assert dialog.difference.property("tone") == "late"
    dialog.people.clear()
    assert dialog.difference.text() == "金额和人数还没有填,请照回单填写。"


# Units


def test_codes_are_checked_while_they_are_typed(bench: Bench) -> None:
    dialog = bench.open(UnitDialog(bench.services, bench.tasks))
    dialog.employer_code.setText("11422826")
    assert "现在是8位" in dialog.employer_note.text()
    assert dialog.employer_note.property("tone") == "late"
    dialog.employer_code.setText("")
    assert not dialog.employer_note.isVisible()


def test_enter_on_an_incomplete_unit_says_all_that_is_missing(bench: Bench) -> None:
    dialog = bench.open(UnitDialog(bench.services, bench.tasks))
    assert dialog.kind.currentText() == ""
    assert dialog.kind.placeholderText() == "请选择"
    press(bench, dialog)
    assert dialog.banner.text == "“单位名称”、“单位类型”还没有填。"
    assert dialog.focusWidget() is dialog.name
    dialog.name.setText("3687")
    press(bench, dialog)
    assert dialog.banner.text == "“单位类型”还没有填。"
    assert dialog.focusWidget() is dialog.kind
    assert bench.made("units.register") == []
    bench.qtbot.keyClick(dialog.kind, Qt.Key.Key_2)
    assert dialog.kind.value() == "institution"


def test_a_copied_picture_is_no_workbook_for_a_field_of_rosters(bench: Bench) -> None:
    field = FileField("花名册", ROSTERS)
    bench.qtbot.addWidget(field)
    copy_picture()
    bench.qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.source is None
    assert field.label.text() == "花名册"


def test_a_wrong_code_is_not_saved_and_the_cursor_goes_there(bench: Bench) -> None:
    dialog = bench.open(UnitDialog(bench.services, bench.tasks))
    dialog.name.setText("县第9小学")
    dialog.kind.setCurrentIndex(0)
    dialog.employer_code.setText("114228260114567890")
    press(bench, dialog)
    assert "统一社会信用代码不对" in dialog.banner.text
    assert dialog.focusWidget() is dialog.employer_code
    assert bench.made("units.register") == []


def test_a_new_unit_is_registered_as_typed(bench: Bench) -> None:
    dialog = bench.open(UnitDialog(bench.services, bench.tasks))
    dialog.name.setText(" 县第9小学 ")
    dialog.kind.setCurrentIndex(1)
    dialog.area.setEditText("东片")
    dialog.at_work.setText("50 人")
    dialog.women.setText("20")
    dialog.accept()
    expected = UnitDraft("县第9小学", "institution", area="东片", at_work=50, women=20)
    assert bench.made("units.register") == [((expected,), {})]


def test_more_women_than_workers_is_refused_at_once(bench: Bench) -> None:
    dialog = bench.open(UnitDialog(bench.services, bench.tasks))
    dialog.name.setText("县第9小学")
    dialog.kind.setCurrentIndex(0)
    dialog.at_work.setText("5")
    dialog.women.setText("6")
    dialog.accept()
    assert "女职工 6 人多于在职职工 5 人" in dialog.banner.text
    assert dialog.focusWidget() is dialog.women


def test_the_areas_arriving_late_do_not_wipe_what_was_typed(bench: Bench) -> None:
    dialog = UnitDialog(bench.services, bench.tasks)
    dialog.area.setEditText("南")
    bench.open(dialog)
    assert dialog.area.count() == 2
    assert dialog.area.currentText() == "南"


def test_a_dropped_certificate_is_saved_after_the_particulars(bench: Bench) -> None:
    dialog = bench.open(
        UnitDialog(bench.services, bench.tasks, unit(employer_code=None, union_code=None))
    )
    dialog.papers["code-certificate"].set_path(Path("/scan/证.png"))
    dialog.accept()
    bench.settle()
    made = bench.made("units.attach_paper")
    assert made == [((5, "code-certificate", Path("/scan/证.png")), {})]
    assert bench.made("units.edit") == []  # nothing else was changed
    assert not dialog.isVisible()


# A case from its start


def test_a_fee_nobody_confirmed_is_marked_and_still_lets_the_case_begin(bench: Bench) -> None:
    dialog = bench.open(NewEnrolmentDialog(bench.services, bench.tasks, unit()))
    for tick, _spin in dialog.plans.values():
        tick.setChecked(True)
    bench.settle()
    assert "女职工特殊疾病会费待核对" in dialog.preview.money.text()
    dialog.plans["women"][1].setValue(2)
    dialog.accept()
    plans = (("hospital", 1), ("women", 2))
    draft = EnrolmentDraft("on-behalf", plans, 107, 48)
    assert bench.made("enrolments.start") == [((5, draft), {})]


def test_a_renewal_asks_for_its_last_day_and_tells_months_parts_and_cover(bench: Bench) -> None:
    parts = (
        PartLine("upper-union", "上级工会", 1250, False),
        PartLine("unit-and-member", "单位和职工", 2500, True),
    )
    bench.services.answers["previews.start"] = lambda _unit, draft, _joining: preview(
        5, draft, asks_ends=True, months=6, first=date(2023, 7, 1), last=date(2023, 12, 31),
        estimate=True, to_confirm=("全年费用折合的月数",),
        heads=(HeadLine("每人", 1, 3750, parts),),
    )  # fmt: skip
    dialog = bench.open(NewEnrolmentDialog(bench.services, bench.tasks, unit()))
    dialog.plans["hospital"][0].setChecked(True)
    dialog.ends.setText("2023-6-15")
    dialog.ends.editingFinished.emit()
    bench.settle()
    assert dialog.form.isRowVisible(dialog.ends)
    assert dialog.preview.money.text() == (
        "估算 每人 37.50 元:上级工会 12.50 元(不由单位缴),单位和职工 25.00 元"
        "(全年费用折合的月数待核对,核对前不得据此收款)"
    )
    assert dialog.preview.cover.text() == (
        "原保障到2023年6月15日;缴 6 个月;保障期自2023年7月1日0时起至2023年12月31日24时止"
    )
    dialog.accept()
    draft = EnrolmentDraft("on-behalf", (("hospital", 1),), 107, 48, None, date(2023, 6, 15))
    assert bench.made("enrolments.start") == [((5, draft), {})]


def test_a_refusal_is_told_before_anyone_presses(bench: Bench) -> None:
    closed = Missing("new-unit-closed", "保障期限内不办理当年度新增单位参保", "请下一年度办理。")
    bench.services.answers["previews.start"] = lambda _unit, draft, _joining: preview(
        5, draft, refusal=closed
    )
    dialog = bench.open(NewEnrolmentDialog(bench.services, bench.tasks, unit()))
    dialog.kind.setCurrentIndex(0)
    dialog.kind.activated.emit(0)
    bench.settle()
    assert dialog.preview.refusal.text() == ("保障期限内不办理当年度新增单位参保,请下一年度办理。")
    assert not dialog.preview.money.text()
    dialog.kind.setCurrentIndex(1)
    dialog.form.setRowVisible(dialog.ends, True)
    dialog.ends.setText("六月底")
    dialog.ends.editingFinished.emit()
    assert "不是日期" in dialog.preview.refusal.text()


def test_a_day_the_ledger_knows_stands_there_and_cannot_be_typed_over(bench: Bench) -> None:
    bench.services.answers["previews.start"] = lambda _unit, draft, _joining: preview(
        5, draft, asks_ends=True, ends=date(2022, 12, 31), ends_known=True, warnings=("请核对。",)
    )
    dialog = bench.open(NewEnrolmentDialog(bench.services, bench.tasks, unit()))
    assert (dialog.ends.text(), dialog.ends.isEnabled()) == ("2022-12-31", False)
    assert dialog.preview.cover.text() == "原保障到2022年12月31日;请核对"
    bench.services.refusals["previews.start"] = UserError("no-version", "没有方案。", "请启用。")
    dialog.plans["hospital"][0].setChecked(True)
    bench.settle()
    assert dialog.preview.refusal.text() == "没有方案,请启用。"


def test_how_many_must_join_is_told_while_the_number_is_typed(bench: Bench) -> None:
    dialog = bench.open(NewEnrolmentDialog(bench.services, bench.tasks, unit()))
    told = {}
    for typed in ("99", "100", "101", "107", "", "约100"):
        dialog.at_work.setText(typed)
        bench.settle()
        told[typed] = dialog.participation.text()
    assert told["99"] == "在职 99 人,应不少于 99 人(须全员参加)"
    assert "不少于 100 人(须全员参加)" in told["100"]
    assert "不少于 81 人" in told["101"]
    assert told["107"] == "在职 107 人,应不少于 86 人"
    assert told[""] == ""
    assert "不是人数" in told["约100"]


def test_who_joins_and_who_is_missing_is_told_while_it_is_typed(bench: Bench) -> None:
    dialog = bench.open(NewEnrolmentDialog(bench.services, bench.tasks, unit()))
    dialog.at_work.setText("107")
    dialog.joining.setText("80")
    bench.settle()
    assert dialog.participation.text() == "在职 107 人,参加 80 人,应不少于 86 人,还差 6 人"
    assert dialog.participation.property("tone") == "warn"
    assert not dialog.form.isRowVisible(dialog.joining_women)
    dialog.joining.setText("90")
    bench.settle()
    assert dialog.participation.text().endswith("已够")
    assert dialog.participation.property("tone") == ""


def test_women_are_counted_for_a_plan_of_theirs(bench: Bench) -> None:
    dialog = bench.open(NewEnrolmentDialog(bench.services, bench.tasks, unit()))
    dialog.at_work.setText("107")
    dialog.women.setText("48")
    dialog.plans["hospital"][0].setChecked(True)
    dialog.plans["women"][0].setChecked(True)
    bench.settle()
    assert dialog.form.isRowVisible(dialog.joining_women)
    whole, women = dialog.participation.text().split("\n")
    assert (whole, women) == ("在职 107 人,应不少于 86 人", "女职工 48 人,应不少于 39 人")
    dialog.joining_women.setText("30")
    bench.settle()
    assert dialog.participation.text().endswith("女职工 48 人,参加 30 人,应不少于 39 人,还差 9 人")


def test_a_case_without_a_plan_is_not_begun(bench: Bench) -> None:
    dialog = bench.open(NewEnrolmentDialog(bench.services, bench.tasks, unit()))
    dialog.accept()
    assert dialog.banner.text == "还没有选保障项目。"
    assert bench.made("enrolments.start") == []


def test_a_plan_of_one_share_cannot_be_given_more(bench: Bench) -> None:
    dialog = bench.open(NewEnrolmentDialog(bench.services, bench.tasks, unit()))
    tick, spin = dialog.plans["hospital"]
    tick.setChecked(True)
    spin.setValue(5)
    assert spin.value() == 1
    assert not spin.isEnabled()


def test_the_plan_of_a_roster_says_what_it_would_do_before_anything_is_stored(
    bench: Bench,
) -> None:
    dialog = bench.open(ImportPlanDialog(bench.services, bench.tasks, 31, Path("/x/名册.xlsx")))
    assert dialog.sentence.text() == "读入 135 行　可用 129 人　待补 3 人"
    assert "应缴 12,900.00 元" in dialog.detail.text()
    assert dialog.table.rows_model.index(0, 0).data() == "Sheet1 第7行 C列"
    assert bench.made("rosters.carry_out") == []


def test_closing_the_plan_drops_it(bench: Bench) -> None:
    dialog = bench.open(ImportPlanDialog(bench.services, bench.tasks, 31, Path("/x/名册.xlsx")))
    dialog.reject()
    assert bench.made("rosters.drop_plan") == [((77,), {})]


def test_a_file_that_cannot_be_read_stores_nothing_and_says_why(bench: Bench) -> None:
    bench.services.refusals["rosters.plan_file"] = UserError(
        "file-password", "这个文件有密码。", "请单位去掉密码后再发。"
    )
    dialog = bench.open(ImportPlanDialog(bench.services, bench.tasks, 31, Path("/x/名册.xlsx")))
    assert dialog.banner.text == "这个文件有密码。"
    assert not dialog.main_button.isEnabled()
    dialog.accept()
    assert bench.made("rosters.carry_out") == []
    dialog.reject()
    assert bench.made("rosters.drop_plan") == []


# Review and the province


def test_the_reviewer_approves_with_enter_or_sends_back_with_a_reason(bench: Bench) -> None:
    dialog = bench.open(ReviewDialog(bench.case(enrolment(submitted_by="王丽")), None))
    dialog.return_button.click()
    assert dialog.banner.text == "“退回原因”还没有填。"
    assert dialog.focusWidget() is dialog.reason
    dialog.reason.setText("缺2人")
    dialog.return_button.click()
    assert bench.made("enrolments.return_") == [((31, "缺2人"), {})]
    dialog = bench.open(ReviewDialog(bench.case(), None))
    press(bench, dialog)
    assert bench.made("enrolments.approve") == [((31,), {})]


def test_the_arrival_and_the_first_day_of_cover_are_saved_together(bench: Bench) -> None:
    dialog = bench.open(ConfirmPaymentDialog(bench.case(), None))
    dialog.on.set_day(date(2026, 12, 5))
    dialog.effective.setText("2026-12-8")
    dialog.document.setText("计-8")
    dialog.accept()
    bench.settle()
    names = [name for name, _args, _kwargs in bench.services.calls]
    assert names == ["payments.confirm"]
    told = (31, date(2026, 12, 5), date(2026, 12, 8), "计-8")
    assert bench.made("payments.confirm") == [(told, {})]


def test_the_first_day_of_cover_is_never_guessed(bench: Bench) -> None:
    dialog = bench.open(ConfirmPaymentDialog(bench.case(), None))
    assert dialog.effective.text() == ""
    assert "请照计划书填写" in dialog.effective.placeholderText()
    dialog.document.setText("计-8")
    dialog.accept()
    assert dialog.banner.text == "“保障生效日”还没有填。"
    assert dialog.focusWidget() is dialog.effective
    dialog.effective.setText("12月8日")
    dialog.accept()
    assert dialog.banner.text == "“保障生效日”里的“12月8日”不是日期。"
    assert bench.made("payments.confirm") == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "生效日以省办计划书为准,请照抄。"),
        ("2026", "“保障生效日”里的“2026”不是日期。"),
        ("2026-02-29", "“保障生效日”里的“2026-02-29”不是日期。"),
        ("2026-12-8", "保障期自2026年12月8日0时起,止期按方案的月数算出。"),
        ("2026.12.08", "保障期自2026年12月8日0时起,止期按方案的月数算出。"),
        ("20261208", "保障期自2026年12月8日0时起,止期按方案的月数算出。"),
        ("2026年12月8日", "保障期自2026年12月8日0时起,止期按方案的月数算出。"),
    ],
)
def test_the_typed_first_day_is_repeated_in_words(bench: Bench, typed: str, told: str) -> None:
    dialog = bench.open(ConfirmPaymentDialog(bench.case(), None))
    dialog.effective.setText(typed)
    assert dialog.cover.text() == told


def test_a_refused_arrival_keeps_what_was_typed_to_be_put_right(bench: Bench) -> None:
    bench.services.refusals["payments.confirm"] = UserError("same-person", "须由另一位同事。")
    dialog = bench.open(ConfirmPaymentDialog(bench.case(), None))
    dialog.effective.set_day(date(2026, 12, 8))
    dialog.document.setText("计-8")
    dialog.accept()
    bench.settle()
    assert dialog.banner.text == "须由另一位同事。"
    assert dialog.effective.isEnabled()
    dialog.effective.set_day(date(2026, 12, 9))
    del bench.services.refusals["payments.confirm"]
    dialog.accept()
    bench.settle()
    days = [args[2] for args, _kwargs in bench.made("payments.confirm")]
    assert days == [date(2026, 12, 8), date(2026, 12, 9)]


def test_a_day_already_set_is_not_asked_again(bench: Bench) -> None:
    view = enrolment(effective_on=date(2026, 12, 8), last_on=date(2027, 12, 7))
    dialog = bench.open(ConfirmPaymentDialog(bench.case(view), None))
    assert not dialog.effective.isEnabled()
    assert dialog.cover.text() == "保障期自2026年12月8日0时起至2027年12月7日24时止。"
    dialog.accept()
    assert len(bench.made("payments.confirm")) == 1


# Money


def test_a_payment_stands_as_it_should_be_and_is_corrected_to_the_slip(bench: Bench) -> None:
    dialog = bench.open(RecordPaymentDialog(bench.case()))
    assert dialog.amount.text() == "8,600.00"
    assert dialog.people.text() == "86"
    assert dialog.difference.text() == "金额和人数与名单一致。"
    dialog.amount.setText("8400")
    dialog.people.setText("84")
    assert "少 200.00 元(合 2 人的钱)" in dialog.difference.text()
    assert "人数比名单少 2 人" in dialog.difference.text()
    dialog.slip.set_path(Path("/scan/回单.png"))
    dialog.accept()
    expected = PaymentDraft(
        840000, 84, TODAY, "清溪镇人民政府", False, None, Path("/scan/回单.png"), None
    )
    assert bench.made("payments.record") == [((31, expected), {})]


def test_a_payer_who_is_not_known_is_told_and_recorded(bench: Bench) -> None:
    dialog = bench.open(RecordPaymentDialog(bench.case()))
    assert dialog.payer_differs.isHidden()
    dialog.payer.setText("清溪镇财政所")
    assert dialog.payer_differs.text() == ("付款户名“清溪镇财政所”不是“清溪镇人民政府”。请核对。")
    dialog.account.setText("9901")
    dialog.slip.set_path(Path("/scan/回单.png"))
    dialog.accept()
    ((_, draft),) = [args for args, _ in bench.made("payments.record")]
    assert (draft.payer_name, draft.payer_account) == ("清溪镇财政所", "9901")


def test_a_slip_booked_already_is_recorded_again_only_by_a_tick(bench: Bench) -> None:
    dialog = bench.open(RecordPaymentDialog(bench.case()))
    again = UserError("slip-again", "回单号A-1已登记。", "请核对。", "again")
    bench.services.refusals["payments.record"] = again
    dialog.slip.set_path(Path("/scan/回单.png"))
    dialog.slip_no.setText("A-1")
    assert dialog.sure.isHidden()
    dialog.accept()
    bench.settle()
    assert dialog.banner.text == "回单号A-1已登记。"
    dialog.sure.setChecked(True)
    dialog.accept()
    asked = [args[1].again for args, _ in bench.made("payments.record")]
    assert asked == [False, True]
    dialog.slip_no.setText("A-2")
    assert dialog.sure.isHidden()
    assert not dialog.sure.isChecked()


def test_without_the_slip_nothing_is_recorded_on_behalf_of_a_unit(bench: Bench) -> None:
    dialog = bench.open(RecordPaymentDialog(bench.case()))
    dialog.accept()
    assert dialog.banner.text == "还没有附银行回单。"
    assert bench.made("payments.record") == []
    dialog = bench.open(RecordPaymentDialog(bench.case(enrolment(handling="by-unit"))))
    dialog.accept()
    assert len(bench.made("payments.record")) == 1


def test_a_second_payment_is_offered_what_the_first_left(bench: Bench) -> None:
    dialog = bench.open(RecordPaymentDialog(bench.case(enrolment(payments=(SHORT,)))))
    assert dialog.amount.text() == "200.00"
    assert dialog.people.text() == "2"


@pytest.mark.parametrize(
    ("due", "told", "text"),
    [
        ((860000, 86), (860000, 86), ""),
        ((860000, 86), (None, None), ""),
        ((860000, 86), (870000, 86), "金额比应缴 8,600.00 元多 100.00 元(合 1 人的钱)。"),
        ((860000, 86), (859999, 86), "金额比应缴 8,600.00 元少 0.01 元。"),
        ((860000, 86), (860000, 87), "人数比名单多 1 人。"),
        ((None, 86), (860000, 86), "标准待核对,应缴金额还没有算出。"),
        ((0, 0), (100, 0), "金额比应缴 0.00 元多 1.00 元。"),
    ],
)
def test_a_difference_is_told_in_words(
    due: tuple[int | None, int], told: tuple[int | None, int | None], text: str
) -> None:
    assert difference_text(due, told) == text


def test_an_amount_that_is_none_is_refused_with_its_text(bench: Bench) -> None:
    dialog = bench.open(RecordPaymentDialog(bench.case()))
    dialog.amount.setText("八千")
    assert "“八千”不是金额" in dialog.difference.text()
    dialog.slip.set_path(Path("/scan/回单.png"))
    dialog.accept()
    assert "“八千”不是金额" in dialog.banner.text
    assert dialog.focusWidget() is dialog.amount


@pytest.mark.parametrize(
    ("typed", "fen"), [("8600", 860000), ("¥8,600.50", 860050), ("８６００元", 860000), ("", None)]
)
def test_money_is_read_as_people_write_it(qtbot: QtBot, typed: str, fen: int | None) -> None:
    field = MoneyField()
    qtbot.addWidget(field)
    field.setText(typed)
    assert field.value("amount", "金额") == fen


@pytest.mark.parametrize("typed", ["-1", "1.5", "①", "12345678", "一百"])
def test_what_is_no_number_of_people_is_refused(qtbot: QtBot, typed: str) -> None:
    field = CountField()
    qtbot.addWidget(field)
    field.setText(typed)
    with pytest.raises(UserError):
        field.value("people", "人数")


def test_a_digit_chooses_in_a_list(qtbot: QtBot) -> None:
    field = ChoiceField((("a", "甲"), ("b", "乙")))
    qtbot.addWidget(field)
    qtbot.keyClick(field, Qt.Key.Key_2)
    assert field.value() == "b"
    qtbot.keyClick(field, Qt.Key.Key_9)
    assert field.value() == "b"


# The paper file


def test_only_printed_forms_can_come_back_stamped(bench: Bench) -> None:
    dialog = bench.open(ReceiveStampedDialog(bench.case()))
    assert list(dialog.ticks) == ["application", "member-list", "confirmation"]
    assert not dialog.ticks["confirmation"].isEnabled()
    dialog.accept()
    assert dialog.banner.text == "还没有勾选收回了哪几份。"
    dialog.ticks["application"].setChecked(True)
    dialog.scans["member-list"].set_path(Path("/scan/名单.pdf"))
    assert dialog.ticks["member-list"].isChecked()
    dialog.accept()
    assert bench.made("archives.receive_stamped") == [
        ((31, "application", None), {}),
        ((31, "member-list", Path("/scan/名单.pdf")), {}),
    ]


def test_a_unit_on_its_own_brings_forms_that_were_printed_elsewhere(bench: Bench) -> None:
    dialog = bench.open(ReceiveStampedDialog(bench.case(enrolment(handling="by-unit"))))
    assert all(tick.isEnabled() for tick in dialog.ticks.values())


def test_the_receipt_stands_at_what_is_due(bench: Bench) -> None:
    dialog = bench.open(ReceiptDialog(bench.case()))
    assert dialog.amount.text() == "8,600.00"
    dialog.number.setText("00123")
    dialog.accept()
    assert bench.made("archives.record_receipt") == [((31, "00123", TODAY, 860000, None), {})]


def test_the_file_is_finished_only_when_every_paper_was_ticked(bench: Bench) -> None:
    dialog = bench.open(FinishDialog(bench.case()))
    there = [paper for paper in PAPERS if paper.state != "missing"]
    assert len(dialog.ticks) == len(there)
    dialog.accept()
    assert dialog.banner.text.startswith("还没有核对:湖北省社会保险缴纳证明(单位专用)、")
    for tick in dialog.ticks:
        tick.setChecked(True)
    dialog.accept()
    assert bench.made("archives.finish") == [((31,), {})]


def test_a_slip_that_bank_lines_stand_for_is_not_ticked(bench: Bench) -> None:
    stands = {"note": "凭银行流水", "by_statement": True}
    papers = (PAPERS[0], replace(paper("bank-slip", "银行回单", "kept"), **stands))
    dialog = bench.open(FinishDialog(bench.case(enrolment(papers=papers))))
    assert [tick.accessibleName() for tick in dialog.ticks] == [f"{PAPERS[0].label}已核对"]
    told = [one.text() for one in dialog.findChildren(QLabel)]
    assert "银行回单　凭银行流水,没有纸质件,不用核对" in told
    dialog.ticks[0].setChecked(True)
    dialog.accept()
    assert bench.made("archives.finish") == [((31,), {})]


# Printing


def test_the_preview_shows_every_page(bench: Bench) -> None:
    form = Form(12, "申请书", "A-2026-0012", 0)
    dialog = bench.open(PdfPreviewDialog(bench.services, bench.tasks, form))
    assert len(dialog.page_labels) == 2
    assert not dialog.page_labels[0].pixmap().isNull()
    assert not dialog.printing.reason.isVisible()
    assert not dialog.renew_button.isVisible()


@pytest.fixture
def printers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The printers of the machine: one, until a test takes it away."""
    names = ["办公室"]
    asked = SimpleNamespace(availablePrinterNames=lambda: list(names))
    monkeypatch.setattr(printer_fields, "QPrinterInfo", asked)
    return names


def test_without_a_printer_the_pages_can_still_be_kept(bench: Bench, printers: list[str]) -> None:
    printers.clear()
    dialog = bench.open(PdfPreviewDialog(bench.services, bench.tasks, Form(12, "申请书", "", 0)))
    assert not dialog.print_button.isEnabled()
    assert dialog.print_button.text() == "这台电脑没有打印机,请另存PDF"
    assert dialog.print_button.accessibleName() == dialog.print_button.text()
    assert not dialog.printing.isVisible()
    assert dialog.focusWidget() is dialog.save_button
    dialog.save_to(Path("/out/申请书.pdf"))
    bench.settle()
    assert dialog.banner.text == "已另存为 /out/申请书.pdf"


def test_with_a_printer_the_button_prints(bench: Bench, printers: list[str]) -> None:
    dialog = bench.open(PdfPreviewDialog(bench.services, bench.tasks, Form(12, "申请书", "", 1)))
    assert dialog.printing.printer.value() == printers[0]
    assert dialog.print_button.isEnabled()
    assert dialog.print_button.isDefault()
    assert dialog.print_button.text() == "打印"


def test_printing_fills_the_paper_and_then_counts_the_copy(bench: Bench, tmp_path: Path) -> None:
    dialog = bench.open(PdfPreviewDialog(bench.services, bench.tasks, Form(12, "申请书", "", 0)))
    target = tmp_path / "paper.pdf"
    dialog.print_to(PrintJob("办公室", 1, target))
    bench.settle()
    assert bench.made("prints.record_copy") == [((12, "first", "办公室"), {})]
    assert not dialog.isVisible()
    pages = pypdf.PdfReader(target).pages
    assert len(pages) == 2
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
    assert covered(target) > 0.98


def covered(pdf: Path) -> float:
    """How much of the first page's width the picture takes, by its frame."""
    import pypdfium2  # noqa: PLC0415

    page = pypdfium2.PdfDocument(pdf)[0]
    image = page.render(scale=1).to_pil().convert("L")
    dark = image.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert dark is not None
    frame = 747 / 827  # of the stand-in's page
    return float((dark[2] - dark[0]) / image.width / frame)


@pytest.mark.usefixtures("printers")
def test_a_second_print_asks_for_its_reason_by_a_digit(bench: Bench, tmp_path: Path) -> None:
    dialog = bench.open(PdfPreviewDialog(bench.services, bench.tasks, Form(12, "申请书", "", 1)))
    assert dialog.printing.reason.isVisible()
    bench.qtbot.keyClick(dialog.printing.reason, Qt.Key.Key_2)
    dialog.print_to(PrintJob("办公室", 1, tmp_path / "p.pdf"))
    assert bench.made("prints.record_copy") == [((12, "lost", "办公室"), {})]


def test_every_copy_has_its_line_in_the_register() -> None:
    kept: list[tuple[str, str]] = []

    def register(reason: str, printer: str) -> Done[int]:
        kept.append((reason, printer))
        return Done(len(kept), frozenset({Area.PRINTS}))

    record_copies(register, PrintJob("办公室", 3), "first")
    assert kept == [("first", "办公室"), ("extra", "办公室"), ("extra", "办公室")]


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_refuses_counts_no_copy(qtbot: QtBot, tmp_path: Path) -> None:
    job = PrintJob("办公室", 1, tmp_path / "nowhere" / "p.pdf")
    with pytest.raises(UserError) as refused:
        print_pages(lambda: (picture(),), job, "申请书", pytest.fail)
    assert refused.value.code == "printer-refused"


def test_a_page_is_a_picture() -> None:
    assert not QImage.fromData(picture()).isNull()


def test_a_dialog_without_calls_is_a_programming_error(bench: Bench) -> None:
    dialog = bench.open(ActDialog(bench.tasks, "空", "确定"))
    with pytest.raises(NotImplementedError):
        dialog.calls()
