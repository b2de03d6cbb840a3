"""上报往来: the folder at once, what came back by file, and the number, first or corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.errors import FileError, UserError
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.services.views.submissions import AnswerResult, ProfileChoice
from desktop_app.ui import folders
from desktop_app.ui.dialogs import exchange_dialog, exchange_sending
from desktop_app.ui.dialogs.exchange_dialog import ENTER, ExchangeDialog
from desktop_app.ui.dialogs.exchange_lines import answer_text
from desktop_app.ui.remembered import Remembered
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import EXCHANGED, enrolment
from tests.ui.test_dialogs import Bench

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

WAITING = enrolment(next_act=ENTER, next_label="登记业务号", may_send=True)
LATER = enrolment(next_act="payment.record", may_send=True, business_no="HB-1")


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Remembered:
    made = Remembered()
    monkeypatch.setattr(exchange_sending, "remembered", made)
    return made


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the file manager was asked to open; it always does."""
    asked: list[str] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return asked


@pytest.fixture
def bench(qtbot: QtBot, tasks: TaskRunner, kept: Remembered, shown: list[str]) -> Iterator[Bench]:
    yield Bench(qtbot, tasks)
    QGuiApplication.clipboard().clear()


def opened(bench: Bench, view: EnrolmentView = WAITING) -> Any:
    return bench.open(ExchangeDialog(bench.case(view), None))


def exported_to(bench: Bench, folder: Path) -> None:
    sent = replace(EXCHANGED[2], folder=str(folder))
    view = replace(bench.services.answers["exchanges.view"], lines=(*EXCHANGED[:2], sent))
    bench.services.answers["exchanges.view"] = view


def test_the_place_is_asked_for_once_and_the_folder_opened_at_once(
    bench: Bench, tmp_path: Path, kept: Remembered, shown: list[str], monkeypatch: Any
) -> None:
    exported_to(bench, tmp_path)
    asked: list[str] = []
    monkeypatch.setattr(
        exchange_dialog, "ask_folder", lambda _parent, title: asked.append(title) or tmp_path
    )
    dialog = opened(bench)
    assert dialog.sending.change_button.isHidden()
    dialog.sending.export_button.click()
    bench.settle()
    assert dialog.banner.text == "已导出 S-0004:86 人,8,600.00 元,共 2 个文件。"
    assert dialog.detail.toPlainText().split("\n")[1:] == [
        "　住院医疗.xlsx　86 人　8,600.00 元", "　01_回单.png", f"放在:{tmp_path}",
    ]  # fmt: skip
    assert shown == [str(tmp_path)]
    assert kept.get("upload_folder", "") == str(tmp_path)
    assert dialog.focusWidget() is dialog.number
    opened(bench).export()
    assert bench.made("submissions.export") == [((31, tmp_path, "hzbz"), {})] * 2
    assert asked == ["上报文件夹放在哪里"]


def test_nothing_is_exported_where_no_place_is_chosen_and_another_one_may_be(
    bench: Bench, tmp_path: Path, kept: Remembered, monkeypatch: Any
) -> None:
    monkeypatch.setattr(exchange_dialog, "ask_folder", lambda _parent, _title: None)
    opened(bench).export()
    assert bench.made("submissions.export") == []
    kept.put(upload_folder="/gone")
    dialog = opened(bench)
    dialog.change_folder()
    assert dialog.sending.folder == Path("/gone")
    monkeypatch.setattr(exchange_dialog, "ask_folder", lambda _parent, _title: tmp_path)
    dialog.sending.change_button.click()
    dialog.export()
    assert bench.made("submissions.export") == [((31, tmp_path, "hzbz"), {})]


def test_a_place_that_is_gone_is_told_and_not_remembered(bench: Bench, kept: Remembered) -> None:
    bench.services.refusals["submissions.export"] = FileError(
        "folder-missing", "没有这个文件夹。", "请另选一个文件夹。", "/gone"
    )
    dialog = opened(bench)
    dialog.export_to(Path("/gone"))
    bench.settle()
    assert dialog.banner.text == "没有这个文件夹。(/gone)"
    assert kept.get("upload_folder", "") == ""
    assert dialog.main_button.isEnabled()


def test_a_folder_that_does_not_open_is_named(bench: Bench, shown: list[str]) -> None:
    dialog = opened(bench)
    dialog.export_to(Path("/out"))
    bench.settle()
    assert dialog.banner.text.endswith("共 2 个文件。文件夹没有打开。")
    assert dialog.banner.remedy.text() == "请在文件管理器里打开:/out/清溪镇_2027"
    assert shown == []


def test_every_line_tells_its_files_or_its_result(
    bench: Bench, tmp_path: Path, shown: list[str], qtbot: QtBot
) -> None:
    exported_to(bench, tmp_path)
    dialog = opened(bench)
    assert [row.kind for row in dialog.table.rows_model.rows] == ["失败名单", "回执", "导出"]
    bench.settle()
    assert dialog.detail.toPlainText() == "省系统收下 84 人,退回 2 人\n　李䶮:身份证号有误"
    assert not dialog.sending.open_button.isEnabled()
    dialog.table.selectRow(2)
    bench.settle()
    assert dialog.detail.toPlainText().startswith("S-0004:86 人,8,600.00 元")
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    bench.settle()
    dialog.sending.open_button.click()
    bench.settle()
    assert shown == [str(tmp_path)] * 2


def test_a_failure_list_and_a_receipt_are_read_and_told(bench: Bench) -> None:
    dialog = opened(bench)
    dialog.read_answers((Path("/in/失败.xlsx"),))
    bench.settle()
    assert dialog.banner.text == "已读入《失败.xlsx》:收下 84 人,退回 2 人。"
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile("/in/回执.JSON")])
    QGuiApplication.clipboard().setMimeData(copied)
    bench.qtbot.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert dialog.banner.text == "已读入《回执.json》:收下 86 人,退回 0 人。"
    assert bench.made("submission_answers.read_failures") == [((31, Path("/in/失败.xlsx")), {})]
    assert bench.made("submission_answers.acknowledge") == [((31, Path("/in/回执.JSON")), {})]
    assert dialog.isVisible()


def test_an_answer_that_is_chosen_may_be_refused(bench: Bench, monkeypatch: Any) -> None:
    bench.services.refusals["submission_answers.read_failures"] = UserError(
        "answer-read", "《失败.xlsx》已经读入过。", "请读入新的文件。"
    )
    chosen: list[Path | None] = [None, Path("/in/失败.xlsx")]
    monkeypatch.setattr(exchange_dialog, "ask_file", lambda *_asked: chosen.pop(0))
    dialog = opened(bench)
    dialog.sending.answer_button.click()
    assert bench.made("submission_answers.read_failures") == []
    dialog.sending.answer_button.click()
    bench.settle()
    assert dialog.banner.text == "《失败.xlsx》已经读入过。"


def test_the_number_is_kept_at_its_step(bench: Bench) -> None:
    dialog = opened(bench)
    assert dialog.main_button.text() == "登记业务号"
    assert dialog.reason.isHidden()
    dialog.accept()
    assert dialog.focusWidget() is dialog.number
    dialog.number.setText("HB-7")
    dialog.accept()
    assert bench.made("business_numbers.enter") == [((31, "HB-7", None, None), {})]
    assert not dialog.isVisible()


def test_what_the_system_shows_is_kept_beside_the_number(bench: Bench) -> None:
    dialog = opened(bench, LATER)
    dialog.people.setText("84人")
    assert dialog.main_button.text() == "登记省系统的数"
    dialog.fen.setText("八千")
    dialog.accept()
    assert "不是金额" in dialog.banner.text
    dialog.fen.setText("8,400")
    dialog.accept()
    assert bench.made("business_numbers.record_system") == [((31, 84, 840_000), {})]
    assert not dialog.isVisible()


def test_a_wrong_number_is_corrected_with_a_reason_at_any_later_step(bench: Bench) -> None:
    dialog = opened(bench, LATER)
    assert dialog.focusWidget() is dialog.table
    assert dialog.main_button.isHidden()
    dialog.number.setText("HB-2")
    assert not dialog.main_button.isHidden()
    dialog.accept()
    assert dialog.focusWidget() is dialog.reason
    dialog.reason.setText("抄错一位")
    dialog.accept()
    assert bench.made("business_numbers.correct") == [((31, "HB-2", "抄错一位"), {})]
    assert not dialog.isVisible()


def test_of_a_unit_on_its_own_only_the_number_is_shown(bench: Bench) -> None:
    dialog = opened(bench, enrolment(handling="by-unit", business_no="HB-1"))
    assert dialog.sending.isHidden()
    assert dialog.table.isHidden()
    assert dialog.detail.isHidden()
    assert dialog.focusWidget() is dialog.number
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile("/in/失败.xlsx")])
    QGuiApplication.clipboard().setMimeData(copied)
    bench.qtbot.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert bench.made("submission_answers.read_failures") == []


def test_one_of_two_entrances_is_chosen_and_chosen_again_the_next_time(
    bench: Bench, kept: Remembered
) -> None:
    view = bench.services.answers["exchanges.view"]
    both = (*view.profiles, ProfileChoice("cwmia", "中互会平台", "https://example.org/"))
    bench.services.answers["exchanges.view"] = replace(view, profiles=both)
    dialog = opened(bench)
    assert not dialog.sending.entrance.isHidden()
    assert dialog.sending.chosen == "hzbz"
    dialog.sending.entrance.setCurrentIndex(1)
    dialog.export_to(Path("/out"))
    assert bench.made("submissions.export") == [((31, Path("/out"), "cwmia"), {})]
    assert opened(bench).sending.chosen == "cwmia"


def test_the_strip_is_asked_for_by_its_key_and_the_dialog_makes_room(bench: Bench) -> None:
    dialog = opened(bench)
    wanted: list[object] = []
    dialog.strip_wanted.connect(wanted.append)
    bench.qtbot.keyClick(dialog, Qt.Key.Key_F8)
    assert wanted == ["hzbz"]
    assert not dialog.isVisible()


def test_many_refused_people_are_counted_after_the_first_fifty() -> None:
    told = answer_text(AnswerResult(1, 60, 3, (("李䶮", "重复"),) * 60), "省系统").split("\n")
    assert told[0] == "省系统收下 1 人,退回 60 人,另有 3 行对不上本单位名单"
    assert len(told) == 52
    assert told[-1] == "　…共 60 行,全部在名单的“退回”里"


@pytest.mark.parametrize("before", ["/usr/lib/own", None])
def test_the_file_manager_is_not_given_the_packaged_programs_libraries(
    monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    given: list[str | None] = []
    monkeypatch.setenv(folders.SEARCHED, "/opt/desk")
    if before is None:
        monkeypatch.delenv(f"{folders.SEARCHED}_ORIG", raising=False)
    else:
        monkeypatch.setenv(f"{folders.SEARCHED}_ORIG", before)
    monkeypatch.setattr(
        QDesktopServices,
        "openUrl",
        lambda _url: given.append(folders.os.environ.get(folders.SEARCHED)) or True,
    )
    assert folders.open_url(QUrl("file:///tmp"))
    assert given == [before]
    assert folders.os.environ[folders.SEARCHED] == "/opt/desk"
