"""收件 with stand-in services: beeps from anywhere, scans one after another, the tray."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.errors import FileError, UserError
from desktop_app.services.done import Area, Done
from desktop_app.services.papers.scan_sorting import Groups
from desktop_app.services.views.papers import PaperLine
from desktop_app.services.views.receptions import ReceivedPaper, ScanResult, TrayPage
from desktop_app.ui.dialogs.place_page_dialog import CaseOfUnit, PlacePageDialog
from desktop_app.ui.dialogs.scan_dialog import ScanDialog
from desktop_app.ui.pages.reception.reception_page import ReceptionPage
from desktop_app.ui.pages.units.choose_unit import ChooseUnitDialog
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import enrolment, unit
from tests.ui.desk_standins import Desk, OffThread

CHANGED = frozenset({Area.ENROLMENTS, Area.PRINTS})
PAPER = ReceivedPaper(
    issued_id=5, enrolment_id=70, unit_id=7, unit="清溪镇政府", label="申请书",
    number="SQ-A-2027-00001", back=1, of=3, missing=("会员名单", "确认书"), stamped=True,
    pages=0, pages_of=1, step_label="确认书已打印", waits=True,
)  # fmt: skip
AT = datetime(2026, 12, 1, tzinfo=UTC)
PAGES = (
    TrayPage(1, "扫描-4.pdf", 4, AT, "没有读出二维码", None, ""),
    TrayPage(2, "扫描-5.pdf", 5, AT, "没有读出二维码", None, ""),
)
FOREIGN = UserError("code-foreign", "这张单据不在本机构的台账里。", "请退回原处。")
DOUBLED = UserError("already-back", "清溪镇政府的“申请书”12月1日已经收回过。", "不用再登记。")


def png() -> bytes:
    out = io.BytesIO()
    Image.new("L", (200, 280), 200).save(out, "PNG")
    return out.getvalue()


def replaced(paper: ReceivedPaper, **more: Any) -> ReceivedPaper:
    values = {name: getattr(paper, name) for name in paper.__slots__}
    return ReceivedPaper(**{**values, **more})


@pytest.fixture
def beeps(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    heard: list[bool] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append(True))
    return heard


@pytest.fixture
def services(desk: Desk) -> Desk:
    desk.receptions = OffThread(
        receive=Done(5, CHANGED),
        get=PAPER,
        read_scan=lambda path, step: Groups(path.name, "pdf", path.name, 5, ()),
        receive_scan=Done({"forms": [5]}, CHANGED),
        result=ScanResult(5, 3, 2, 0, (PAPER,)),
        tray=lambda aside=False: () if aside else PAGES,
        page_image=png(),
        assign=Done(5, CHANGED),
        assign_to_case=Done(1, CHANGED),
        set_aside=Done(1, CHANGED),
        turn=Done(1, CHANGED),
        bring_back=Done(1, CHANGED),
    )
    return desk


@pytest.fixture
def page(qtbot: QtBot, tasks: TaskRunner, services: Desk, beeps: list[bool]) -> ReceptionPage:
    made = ReceptionPage(services, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(1250, 700)
    made.show()
    qtbot.waitUntil(lambda: len(made.tray.table.shown_rows()) == 2)
    made.text.setFocus()
    return made


def calls(services: Desk, name: str) -> list[tuple[Any, ...]]:
    told = services.receptions.calls
    return [args for one, args in told if one == name]


def answer(services: Desk, **answers: Any) -> None:
    services.receptions.answers.update(answers)


def scanned(qtbot: QtBot, widget: Any, text: str) -> None:
    qtbot.keyClicks(widget, text)
    qtbot.keyClick(QApplication.focusWidget() or widget, Qt.Key.Key_Return)


def words(page: ReceptionPage) -> list[str]:
    return [entry.word for entry in page.table.shown_rows()]


def test_a_beep_says_whose_paper_it_is_and_what_is_missing(
    qtbot: QtBot, page: ReceptionPage, services: Desk, beeps: list[bool]
) -> None:
    scanned(qtbot, page.text, "E0A0B0C0D/AF/1/8A1D8759")
    assert page.text.text() == ""
    qtbot.waitUntil(lambda: page.word.text() == "已收回")
    assert page.told.text() == "清溪镇政府　申请书　1/3"
    assert page.detail.text() == "还缺会员名单、确认书"
    assert page.word.property("tone") == "good"
    assert "还缺" in page.text.accessibleDescription()
    assert calls(services, "receive") == [("E0A0B0C0D/AF/1/8A1D8759",)]
    assert beeps == []


def test_a_line_chosen_again_is_told_in_full_below_the_list(
    qtbot: QtBot, page: ReceptionPage, services: Desk
) -> None:
    for text in ("SQ1", "SQ2"):
        scanned(qtbot, page.text, text)
    qtbot.waitUntil(lambda: words(page) == ["已收回"] * 2)
    assert not page.whole.isVisible()  # the last one stands above
    page.table.selectRow(1)
    assert page.whole.text() == "清溪镇政府　申请书。还缺会员名单、确认书"
    assert page.whole.isVisible()


def test_the_last_paper_says_where_the_case_stands(
    qtbot: QtBot, page: ReceptionPage, services: Desk
) -> None:
    done = replaced(PAPER, back=3, missing=(), step_label="盖章件已收回")
    answer(services, get=done)
    scanned(qtbot, page.text, "SQ1")
    qtbot.waitUntil(lambda: page.detail.text() == "收齐了,现在是“盖章件已收回”")


def test_a_scanner_is_heard_wherever_the_cursor_is(
    qtbot: QtBot, page: ReceptionPage, services: Desk
) -> None:
    for widget in (page.table, page.tray.table, page.drop.choose_button):
        widget.setFocus()
        scanned(qtbot, widget, "SQ-A-2027-00001")
    qtbot.waitUntil(lambda: len(page.table.shown_rows()) == 3)
    assert calls(services, "receive") == [("SQ-A-2027-00001",)] * 3
    page.tray.number.setFocus()
    qtbot.keyClicks(page.tray.number, "SQ")
    assert (page.text.text(), page.tray.number.text()) == ("", "SQ")


def test_enter_on_nothing_asks_nobody(qtbot: QtBot, page: ReceptionPage, services: Desk) -> None:
    qtbot.keyClick(page.text, Qt.Key.Key_Return)
    assert calls(services, "receive") == []


@pytest.mark.parametrize("said", [(FOREIGN, "没有收", "late"), (DOUBLED, "重复", "warn")])
def test_a_refusal_is_said_in_sound_colour_and_words(
    qtbot: QtBot, page: ReceptionPage, services: Desk, beeps: list[bool],
    said: tuple[UserError, str, str],
) -> None:  # fmt: skip
    error, word, tone = said
    answer(services, receive=error)
    scanned(qtbot, page.text, "E0")
    qtbot.waitUntil(lambda: page.word.text() == word)
    assert page.told.text() == error.message
    assert page.told.property("tone") == tone
    assert page.detail.text() == f"{error.remedy}(E0)"
    assert beeps == [True]
    qtbot.keyClick(page.table, Qt.Key.Key_Return)  # it has no unit to open


def test_enter_on_a_line_opens_its_unit(qtbot: QtBot, page: ReceptionPage) -> None:
    scanned(qtbot, page.text, "SQ1")
    qtbot.waitUntil(lambda: words(page) == ["已收回"])
    with qtbot.waitSignal(page.open_unit) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args == [7]


def test_dropped_scans_are_sorted_one_after_another(
    qtbot: QtBot, page: ReceptionPage, services: Desk
) -> None:
    page.receive_scans((Path("一.pdf"), Path("二.pdf")))
    qtbot.waitUntil(lambda: words(page) == ["已读", "已收回"] * 2)
    assert calls(services, "read_scan") == [(Path("一.pdf"),), (Path("二.pdf"),)]
    assert [groups.name for (groups,) in calls(services, "receive_scan")] == ["一.pdf", "二.pdf"]
    assert page.told.text() == "扫描件共 5 页:归入 3 页,待归 2 页"
    assert not page.busy.isVisible()
    assert page.card.right.text() == "已收回 2 份"


def test_a_form_that_lacks_pages_and_a_file_that_came_before_are_told(
    qtbot: QtBot, page: ReceptionPage, services: Desk
) -> None:
    part = replaced(PAPER, stamped=False, pages=2, pages_of=3)
    answer(services, result=ScanResult(2, 1, 0, 1, (part,)))
    page.receive_scans((Path("一.pdf"),))
    qtbot.waitUntil(lambda: words(page) == ["已读", "缺页"])
    assert page.table.shown_rows()[1].detail.startswith("收到 2/3 页")
    assert page.told.text() == "扫描件共 2 页:归入 1 页,以前收过 1 页"


def test_a_broken_file_is_told_and_the_next_one_taken(
    qtbot: QtBot, page: ReceptionPage, services: Desk, beeps: list[bool]
) -> None:
    def take(path: Path, step: Any) -> Groups:
        if path.name == "坏.pdf":
            raise FileError("scan-not-readable", "《坏.pdf》打不开。", "请重新扫描。")
        return Groups(path.name, "pdf", "", 5, ())

    answer(services, read_scan=take)
    page.receive_scans((Path("坏.pdf"), Path("好.pdf")))
    qtbot.waitUntil(lambda: words(page) == ["已读", "已收回", "没有收"])
    assert beeps == [True]


def test_stopping_leaves_out_the_files_behind(
    qtbot: QtBot, page: ReceptionPage, services: Desk
) -> None:
    def take(_path: Path, step: Any) -> Groups:
        while True:
            step(1, 9)

    answer(services, read_scan=take)
    page.receive_scans((Path("一.pdf"), Path("二.pdf")))
    qtbot.waitUntil(page.busy.isVisible)
    page.busy.cancel_button.click()
    qtbot.waitUntil(lambda: not page.busy.isVisible())
    assert calls(services, "read_scan") == [(Path("一.pdf"),)]
    assert calls(services, "receive_scan") == []
    assert words(page) == []


def test_pasting_takes_files_and_else_text(
    qtbot: QtBot, page: ReceptionPage, services: Desk
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/a/一.pdf")])
    QGuiApplication.clipboard().setMimeData(data)
    page.text.setFocus()
    qtbot.keyClick(page.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "已读" in words(page))
    assert page.text.text() == ""
    QGuiApplication.clipboard().setText("SQ-A-2027-00001")
    page.paste()
    assert page.text.text() == "SQ-A-2027-00001"


@pytest.fixture
def looked_at(qtbot: QtBot, page: ReceptionPage) -> ReceptionPage:
    page.tray.table.selectRow(0)
    qtbot.waitUntil(lambda: not page.tray.picture.pixmap().isNull())
    return page


def test_a_page_in_the_tray_has_its_picture_and_is_placed_by_number(
    qtbot: QtBot, looked_at: ReceptionPage, services: Desk
) -> None:
    tray = looked_at.tray
    assert tray.why.text() == PAGES[0].why
    qtbot.keyClick(tray.number, Qt.Key.Key_Return)  # no number yet
    assert calls(services, "assign") == []
    qtbot.keyClicks(tray.number, "SQ1")
    answer(services, tray=lambda aside=False: ())
    qtbot.keyClick(tray.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: words(looked_at) == ["已收回"])
    assert calls(services, "assign") == [((1,), "SQ1")]
    qtbot.waitUntil(lambda: tray.table.shown_rows() == ())
    assert not tray.number_button.isEnabled()
    assert not tray.why.isVisible()
    assert tray.picture.pixmap().isNull()
    assert tray.choose_unit() is None
    tray.set_aside()


def test_a_page_is_enlarged_by_enter(qtbot: QtBot, looked_at: ReceptionPage) -> None:
    qtbot.keyClick(looked_at.tray.table, Qt.Key.Key_Return)
    dialog = looked_at.tray.findChild(ScanDialog)
    assert isinstance(dialog, ScanDialog)
    assert dialog.windowTitle() == "扫描-4.pdf 第4页"
    qtbot.waitUntil(dialog.scans.pane.isVisible)
    assert dialog.scans.place.text() == "第1/1页"
    dialog.accept()


def test_a_page_is_placed_by_its_unit_and_paper(
    qtbot: QtBot, looked_at: ReceptionPage, services: Desk
) -> None:
    services.units.answers["get"] = lambda _id: unit(enrolment())
    services.enrolments.answers["get"] = lambda _id: enrolment()
    dialog = looked_at.tray.choose_unit()
    assert isinstance(dialog, ChooseUnitDialog)
    dialog.picked.emit(7)
    dialog.reject()
    qtbot.waitUntil(lambda: looked_at.tray.findChild(PlacePageDialog) is not None)
    papers = looked_at.tray.findChild(PlacePageDialog)
    assert isinstance(papers, PlacePageDialog)
    papers.main_button.click()
    qtbot.waitUntil(lambda: bool(calls(services, "assign_to_case")))
    ((pages, _case, key),) = calls(services, "assign_to_case")
    assert pages == (1,)
    assert key == enrolment().papers[0].key
    qtbot.waitUntil(lambda: looked_at.tray.banner.text == "已归入。")


def test_a_page_for_a_paper_that_has_a_scan_is_said_to_go_behind_it(
    qtbot: QtBot, tasks: TaskRunner, services: Desk
) -> None:
    papers = (
        PaperLine("insurance-proof", "证明", "kept", "复印件已收", "2页", 9),
        PaperLine("application", "申请书", "missing", "未收", "", None),
    )
    case = CaseOfUnit("清溪镇政府", 2027, 70, papers)
    dialog = PlacePageDialog(services, tasks, case, (1,))  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    assert dialog.behind.text().startswith("已有扫描件(2页),这几页接在后面。")
    dialog.paper.setCurrentIndex(1)
    assert dialog.behind.text() == ""


def test_pages_are_set_aside_and_brought_back(
    qtbot: QtBot, looked_at: ReceptionPage, services: Desk
) -> None:
    answer(services, tray=lambda aside=False: PAGES[:1] if aside else PAGES[1:])
    looked_at.tray.set_aside()
    qtbot.waitUntil(lambda: looked_at.tray.banner.text.startswith("已搁置 1 页"))
    qtbot.waitUntil(looked_at.tray.back_button.isVisible)
    assert looked_at.tray.back_button.text() == "取回搁置的 1 页"
    looked_at.tray.back_button.click()
    qtbot.waitUntil(lambda: bool(calls(services, "bring_back")))


def test_what_a_unit_without_a_case_answers_stands_in_the_tray(
    qtbot: QtBot, looked_at: ReceptionPage, services: Desk
) -> None:
    services.units.answers["get"] = lambda _id: unit()
    dialog = looked_at.tray.choose_unit()
    assert isinstance(dialog, ChooseUnitDialog)
    dialog.picked.emit(7)
    dialog.reject()
    qtbot.waitUntil(lambda: "还没有申请" in looked_at.tray.banner.text)


def test_leaving_goes_back(qtbot: QtBot, page: ReceptionPage) -> None:
    with qtbot.waitSignal(page.back):
        qtbot.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)


def test_a_page_that_lies_askew_is_turned_and_shown_anew(
    qtbot: QtBot, page: ReceptionPage, services: Desk
) -> None:
    drawn = len(calls(services, "page_image"))
    page.tray.table.selectRow(1)
    page.tray.turn_button.click()
    qtbot.waitUntil(lambda: len(calls(services, "page_image")) >= drawn + 2)
    assert calls(services, "turn") == [((2,), 90)]
    answer(services, tray=lambda aside=False: ())
    page.tray.reload()
    qtbot.waitUntil(lambda: not page.tray.turn_button.isEnabled())
    page.tray.turn()
    assert len(calls(services, "turn")) == 1
