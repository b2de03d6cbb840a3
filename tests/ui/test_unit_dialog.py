"""A unit is registered with its certificates in one act, and not twice by mistake."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.services.done import Area, Done
from desktop_app.services.drafts import UnitDraft
from desktop_app.services.units.unit_twins import KnownUnitError
from desktop_app.ui.dialogs.unit_dialog import UnitDialog
from desktop_app.ui.pasted import PastedPicture
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import StandIns, unit

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


class Desk:
    def __init__(self, qtbot: QtBot, tasks: TaskRunner) -> None:
        self.qtbot, self.tasks, self.services = qtbot, tasks, StandIns()

    def open(self, known: Any = None) -> UnitDialog:
        dialog = UnitDialog(self.services, self.tasks, known)  # type: ignore[arg-type]
        self.qtbot.addWidget(dialog)
        dialog.open()
        self.settle()
        return dialog

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.pending)


@pytest.fixture
def desk(qtbot: QtBot, tasks: TaskRunner) -> Desk:
    return Desk(qtbot, tasks)


def typed(dialog: UnitDialog) -> UnitDraft:
    dialog.name.setText("县第9小学")
    dialog.kind.setCurrentIndex(1)
    return UnitDraft("县第9小学", "institution")


def drop(dialog: UnitDialog, *paths: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    over = QDragEnterEvent(QPoint(3, 3), copy, data, left, none.NoModifier)
    QApplication.sendEvent(dialog, over)
    assert over.isAccepted()
    QApplication.sendEvent(dialog, QDropEvent(QPointF(3, 3), copy, data, left, none.NoModifier))


def test_certificates_let_go_on_the_dialog_are_registered_with_the_unit(desk: Desk) -> None:
    dialog = desk.open()
    draft = typed(dialog)
    drop(dialog, "/scan/证书.png", "/scan/工会.pdf")
    assert dialog.papers["code-certificate"].label.text() == "证书.png"
    dialog.accept()
    desk.settle()
    papers = (
        ("code-certificate", Path("/scan/证书.png")), ("union-certificate", Path("/scan/工会.pdf")),
    )  # fmt: skip
    assert desk.services.made("units.register") == [((draft, papers), {})]
    assert desk.services.made("units.attach_paper") == []


def test_two_copied_pictures_are_two_files_while_the_act_reads_them(desk: Desk) -> None:
    read: list[tuple[str, bytes]] = []

    def register(_draft: UnitDraft, papers: tuple[tuple[str, Path], ...]) -> Done[int]:
        read.extend((key, path.read_bytes()[:4]) for key, path in papers)
        assert len({path for _key, path in papers}) == 2
        return Done(5, frozenset({Area.UNITS}))

    desk.services.answers["units.register"] = register
    dialog = desk.open()
    typed(dialog)
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    dialog.take_scans((PastedPicture(image), PastedPicture(image)))
    dialog.accept()
    desk.settle()
    assert read == [("code-certificate", b"\x89PNG"), ("union-certificate", b"\x89PNG")]


def test_nothing_is_taken_while_a_save_is_under_way(desk: Desk) -> None:
    dialog = desk.open()
    dialog.set_busy(True)
    assert not dialog.take_scans((Path("/scan/证书.png"),))
    assert dialog.papers["code-certificate"].source is None


def test_a_known_unit_shows_which_certificates_it_has(desk: Desk) -> None:
    dialog = desk.open(unit())
    assert dialog.papers["code-certificate"].label.text().startswith("1页 · ")
    assert dialog.papers["union-certificate"].label.text().startswith("拖到这里")


SIMILAR = KnownUnitError(
    "unit-similar", ("已有相近的单位:“第9小学”。", "是同一家就打开它。"), "name", [(8, "第9小学")]
)
EXISTS = KnownUnitError(
    "unit-exists", ("已经有名叫“县第9小学”的单位。", "请打开它。"), "name", [(9, "县第9小学")]
)


def asked(desk: Desk, error: KnownUnitError) -> UnitDialog:
    desk.services.refusals["units.register"] = error
    dialog = desk.open()
    typed(dialog)
    dialog.accept()
    desk.settle()
    return dialog


def test_a_unit_that_is_there_is_opened_from_the_refusal_by_enter(desk: Desk) -> None:
    dialog = asked(desk, EXISTS)
    assert dialog.banner.text == EXISTS.message
    assert [one.text() for one in dialog.known.buttons] == ["打开它"]
    wanted: list[int] = []
    dialog.open_wanted.connect(wanted.append)
    focused = dialog.focusWidget()
    assert focused is dialog.known.buttons[0]
    desk.qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert wanted == [9]
    assert not dialog.isVisible()
    assert len(desk.services.made("units.register")) == 1


def test_a_similar_unit_is_opened_or_the_new_one_added_all_the_same(desk: Desk) -> None:
    dialog = asked(desk, SIMILAR)
    assert [one.text() for one in dialog.known.buttons] == ["打开它", "仍然新增(&Y)"]
    dialog.name.setText("县第9小学分校")
    dialog.accept()  # without an answer it is asked again
    desk.settle()
    assert dialog.known.isVisible()
    del desk.services.refusals["units.register"]
    dialog.known.buttons[1].click()
    desk.settle()
    draft = UnitDraft("县第9小学分校", "institution")
    assert desk.services.made("units.register")[1:] == [((draft,), {}), ((draft,), {"again": True})]
    assert not dialog.isVisible()


def test_several_similar_units_are_named_on_their_buttons(desk: Desk) -> None:
    units = [(8, "第9小学"), (7, "第九小学")]
    dialog = asked(desk, KnownUnitError("unit-similar", ("已有相近的单位。", ""), "name", units))
    texts = [one.text() for one in dialog.known.buttons]
    assert texts == ["打开第1家", "打开第2家", "仍然新增(&Y)"]
    assert [one.accessibleName() for one in dialog.known.buttons[:2]] == [
        "打开第9小学",
        "打开第九小学",
    ]


def test_another_unit_s_name_for_a_known_unit_is_only_refused(desk: Desk) -> None:
    desk.services.refusals["units.edit"] = EXISTS
    dialog = desk.open(unit(employer_code=None, union_code=None))
    dialog.town.setText("别处")
    dialog.accept()
    desk.settle()
    assert dialog.banner.text == EXISTS.message
    assert dialog.known.buttons == []


def test_the_receipt_s_title_and_tax_number_are_registered(desk: Desk) -> None:
    dialog = desk.open()
    typed(dialog)
    dialog.invoice_title.setText("县教育局")
    dialog.invoice_code.setText("4210")
    dialog.accept()
    assert dialog.banner.text == "税号应为15、17、18或20位,现在是4位,请对照证件改正。"
    assert dialog.focusWidget() is dialog.invoice_code
    dialog.invoice_code.setText("4210 2219 9901 011")
    dialog.accept()
    desk.settle()
    ((draft,), _more), *_ = desk.services.made("units.register")
    assert (draft.invoice_title, draft.invoice_code) == ("县教育局", "421022199901011")
