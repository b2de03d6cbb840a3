"""对照录入: value by value onto the clipboard, on top of the site, and nothing left behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop_app.errors import UserError
from desktop_app.services.done import Area
from desktop_app.services.views.submissions import EntryField, EntryPart
from desktop_app.ui.dialogs import exchange_sending
from desktop_app.ui.dialogs.exchange_dialog import ENTER, ExchangeDialog
from desktop_app.ui.pages.units import unit_exchange
from desktop_app.ui.pages.units.unit_page import UnitPage
from desktop_app.ui.remembered import Remembered
from desktop_app.ui.strip import places
from desktop_app.ui.strip.entry_strip import ALL_DONE, BLANK, NOT_COPIED, EntryJob, EntryStrip
from desktop_app.ui.strip.own_clipboard import OwnClipboard
from desktop_app.ui.strip.stops import Key
from desktop_app.ui.strip.strips import Strips, strips
from desktop_app.ui.tasks import TaskRunner
from tests.ui.calm import settled
from tests.ui.case_standins import ENTRY, enrolment
from tests.ui.test_unit_page import Pages

# The offscreen screen says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "support raise")

NUMBER = "999999198001010011"
WAITING = enrolment(next_act=ENTER, next_label="登记业务号", may_send=True)


class Held:
    """A clipboard that another program holds: what is put there does not arrive."""

    def __init__(self) -> None:
        self.held, self.on_it = True, "别的程序的内容"

    def setMimeData(self, data: QMimeData, /) -> None:  # noqa: N802 - as Qt names it
        if not self.held:
            self.on_it = data.text()

    def text(self) -> str:
        return self.on_it

    def clear(self) -> None:
        self.on_it = ""


class Site:
    """Opens strips; what the clerk could paste into the site is `pasted`."""

    def __init__(self, qtbot: QtBot, tasks: TaskRunner) -> None:
        self.qtbot, self.tasks, self.parts = qtbot, tasks, ENTRY
        self.reached: dict[str, Key] = {}

    def open(self, key: str = "ab hzbz", clipboard: Any = None) -> EntryStrip:
        job = EntryJob(key, "清溪镇人民政府", "省系统", lambda: self.parts)
        strip = EntryStrip(self.tasks, job, self.reached, clipboard and OwnClipboard(clipboard))
        self.qtbot.addWidget(strip)
        strip.show()
        self.settle()
        return strip

    def settle(self) -> None:
        settled(self.tasks)

    def press(self, strip: EntryStrip, *keys: Qt.Key, shift: bool = False) -> None:
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        for key in keys:
            self.qtbot.keyClick(strip.focusWidget() or strip, key, held)

    @property
    def pasted(self) -> str:
        return QGuiApplication.clipboard().text()


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Remembered:
    made = Remembered()
    for module in (places, unit_exchange, exchange_sending):
        monkeypatch.setattr(module, "remembered", made)
    return made


@pytest.fixture
def site(qtbot: QtBot, tasks: TaskRunner, kept: Remembered) -> Iterator[Site]:
    QGuiApplication.clipboard().clear()  # another test of the process may have copied something
    yield Site(qtbot, tasks)
    QGuiApplication.clipboard().clear()


def value(strip: EntryStrip) -> str:
    return strip.shown.box.value.text()


def test_the_strip_stays_on_top_and_is_no_part_of_the_desks_window(site: Site) -> None:
    strip = site.open()
    assert strip.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert strip.parentWidget() is None
    assert not strip.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    assert strip.windowTitle() == "对照录入 · 清溪镇人民政府"
    assert strip.focusWidget() is strip.shown.box
    assert (strip.shown.name.text(), value(strip)) == ("单位名称", "清溪镇人民政府")
    assert strip.shown.where.text() == "单位和申请"
    assert strip.shown.at.text() == "1/8"


@pytest.mark.parametrize(
    "way", [Qt.Key.Key_F8, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, "click", "button"]
)
def test_every_way_copies_the_value_and_goes_on_to_the_next(site: Site, way: Any) -> None:
    strip = site.open()
    if way == "click":
        site.qtbot.mouseClick(strip.shown.box, Qt.MouseButton.LeftButton)
    elif way == "button":
        strip.shown.take_button.click()
    else:
        site.press(strip, way)
    assert site.pasted == "清溪镇人民政府"
    assert strip.shown.name.text() == "联系电话"
    assert strip.shown.told.text() == "已复制“单位名称”,到网页里粘贴。"


def test_a_double_click_takes_one_value_only(site: Site) -> None:
    box = (strip := site.open()).shown.box
    site.qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    site.qtbot.mouseDClick(box, Qt.MouseButton.LeftButton)
    site.qtbot.mouseClick(box, Qt.MouseButton.RightButton)
    assert (strip.route.at, site.pasted) == (1, "清溪镇人民政府")


def test_a_blank_value_takes_the_one_before_off_the_clipboard(site: Site) -> None:
    strip = site.open()
    site.press(strip, Qt.Key.Key_F8)
    assert value(strip) == BLANK
    assert strip.shown.take_button.text() == "空着,到下一项(F8)"
    site.press(strip, Qt.Key.Key_F8)
    assert site.pasted == ""
    assert strip.shown.told.text() == "“联系电话”没有内容,网页上空着。"
    assert value(strip) == "覃世芳"


def test_an_identity_number_is_copied_as_its_eighteen_characters_of_text(site: Site) -> None:
    strip = site.open()
    site.press(strip, Qt.Key.Key_PageDown, Qt.Key.Key_F8)
    assert site.pasted == "覃世芳"
    assert strip.shown.where.text() == "名单 住院医疗 · 第 1 人 覃世芳(共 2 人)"
    site.press(strip, Qt.Key.Key_F8)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == NUMBER
    assert not data.hasHtml()
    assert data.data("x-kde-passwordManagerHint") == b"secret"  # kept out of histories
    site.press(strip, Qt.Key.Key_Down, Qt.Key.Key_F8)
    assert site.pasted == "99999919900303002X"


def test_back_skip_and_from_person_to_person(site: Site) -> None:
    strip = site.open()
    walked = []
    for keys in (
        (Qt.Key.Key_PageDown,), (Qt.Key.Key_Down,), (Qt.Key.Key_PageUp,), (Qt.Key.Key_PageUp,),
        (Qt.Key.Key_PageUp,), (Qt.Key.Key_F9, Qt.Key.Key_F9, Qt.Key.Key_F9), (Qt.Key.Key_Up,),
        (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown), (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown),
        (Qt.Key.Key_PageUp,),
    ):  # fmt: skip
        site.press(strip, *keys)
        walked.append(strip.route.at)
    assert walked == [2, 3, 2, 0, 0, 3, 2, 6, 8, 6]
    site.press(strip, Qt.Key.Key_F8, shift=True)
    assert strip.route.at == 5
    assert site.pasted == ""


def test_a_person_is_found_by_name_or_number_and_a_part_by_choice(site: Site) -> None:
    strip = site.open()
    with site.qtbot.waitActive(strip):
        strip.activateWindow()
    site.qtbot.keyClick(strip, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    person = strip.shown.person
    assert person.hasFocus()
    site.press(strip, Qt.Key.Key_Return)
    assert strip.route.at == 0
    for text, at in (("2", 4), ("覃世", 6), ("覃世", 2), ("无名", 2)):
        person.setText(text)
        person.setFocus()
        site.press(strip, Qt.Key.Key_Return)
        assert strip.route.at == at
    assert strip.shown.told.text() == "名单里没有“无名”。"
    strip.shown.part.setCurrentText("名单 重大疾病")
    strip.shown.part.activated.emit(2)
    assert strip.route.at == 6
    assert strip.shown.box.hasFocus()


def test_a_clipboard_held_by_another_program_is_told_and_nothing_is_passed_over(
    site: Site,
) -> None:
    clipboard = Held()
    strip = site.open(clipboard=clipboard)
    site.press(strip, Qt.Key.Key_F8)
    assert strip.shown.told.text() == NOT_COPIED
    assert strip.route.at == 0
    clipboard.held = False
    site.press(strip, Qt.Key.Key_F8)
    assert (clipboard.on_it, strip.route.at) == ("清溪镇人民政府", 1)


def test_what_was_copied_goes_from_the_clipboard_with_the_strip(site: Site) -> None:
    strip = site.open()
    site.press(strip, Qt.Key.Key_F8, Qt.Key.Key_Escape)
    assert not strip.isVisible()
    assert site.pasted == ""


def test_what_somebody_else_copied_since_stays(site: Site) -> None:
    strip = site.open()
    site.press(strip, Qt.Key.Key_F8)
    QGuiApplication.clipboard().setText("别的内容")
    strip.close()
    assert site.pasted == "别的内容"


def test_the_end_of_the_program_takes_it_away_too(site: Site) -> None:
    strip = site.open()
    site.press(strip, Qt.Key.Key_F8)
    app = QApplication.instance()
    assert app is not None
    app.aboutToQuit.emit()
    assert (strip.isVisible(), site.pasted) == (False, "")


def test_a_case_goes_on_where_it_was_and_another_begins_anew(site: Site) -> None:
    strip = site.open()
    site.press(strip, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown)
    strip.close()
    assert value(site.open()) == "李䶮"
    assert value(site.open("cd hzbz")) == "清溪镇人民政府"
    site.parts = ENTRY[:1]  # everybody has been taken since
    assert value(site.open()) == "清溪镇人民政府"


def test_a_change_of_the_case_is_shown_at_once_at_the_same_value(site: Site) -> None:
    strip = site.open()
    site.press(strip, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown)
    more = (EntryField("银行", "农行"), *ENTRY[0].fields)
    site.parts = (EntryPart("单位和申请", more), *ENTRY[1:])
    site.tasks.changed.emit(frozenset({Area.MEMBERS}))
    site.settle()
    assert (value(strip), strip.shown.at.text()) == ("李䶮", "6/9")
    site.parts = ()
    site.tasks.changed.emit(frozenset({Area.CALLS}))
    site.settle()
    assert strip.shown.at.text() == "6/9"


def test_past_the_last_value_the_number_is_asked_for(site: Site) -> None:
    strip = site.open()
    asked: list[bool] = []
    strip.number_wanted.connect(lambda: asked.append(True))
    site.press(strip, *[Qt.Key.Key_F8] * 8)
    assert (value(strip), strip.shown.at.text(), asked) == (ALL_DONE, "8/8", [])
    assert strip.shown.where.text() == "省系统里提交以后,把业务号登记回来"
    site.press(strip, Qt.Key.Key_F8)
    assert asked == [True]
    site.press(strip, Qt.Key.Key_Up)
    assert value(strip) == NUMBER


def test_with_nothing_read_a_key_does_nothing(site: Site) -> None:
    def refuse() -> Any:
        raise UserError("not-approved", "审核通过后才能录入。", "请先完成审核。")

    strip = EntryStrip(site.tasks, EntryJob("x", "某单位", "省系统", refuse), {})
    site.qtbot.addWidget(strip)
    strip.number_wanted.connect(pytest.fail)
    strip.show()
    site.settle()
    assert strip.shown.banner.text == "审核通过后才能录入。"
    site.press(strip, Qt.Key.Key_F8, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
    assert site.pasted == ""


def test_its_place_is_kept_and_one_off_the_screen_is_not_taken(
    site: Site, kept: Remembered
) -> None:
    strip = site.open()
    strip.move(40, 60)
    stood = strip.geometry()
    strip.close()
    site.settle()
    assert (kept.get("strip_x", 0), kept.get("strip_y", 0)) == (stood.x(), stood.y())
    assert site.open().geometry().topLeft() == stood.topLeft()
    kept.put(strip_x=90_000, strip_y=20)
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.contains(site.open().geometry().topLeft())


def test_tab_reaches_every_part_of_it(site: Site) -> None:
    strip = site.open()
    with site.qtbot.waitActive(strip):
        strip.activateWindow()
    seen: list[QWidget] = []
    while (now := QApplication.focusWidget()) is not None and now not in seen:
        seen.append(now)
        site.press(strip, Qt.Key.Key_Tab)
    shown = strip.shown
    assert {
        shown.box, shown.take_button, shown.back_button, shown.skip_button, shown.before_button,
        shown.person_button, shown.part, shown.person, shown.close_button,
    } <= set(seen)  # fmt: skip


# From the unit's page


@pytest.fixture
def pages(qtbot: QtBot, tasks: TaskRunner, site: Site) -> Iterator[Pages]:
    yield Pages(qtbot, tasks)
    strips.close()


def current() -> EntryStrip:
    strip = strips.current
    assert strip is not None
    return strip


def test_f8_opens_the_strip_of_the_case_and_again_brings_it_to_the_front(
    pages: Pages, site: Site, qtbot: QtBot
) -> None:
    page = pages.show(WAITING)
    assert page.case_card.strip_button.text() == "对照录入(F8)"
    qtbot.keyClick(page, Qt.Key.Key_F8)
    pages.settle()
    strip = current()
    assert value(strip) == "清溪镇人民政府"
    site.press(strip, Qt.Key.Key_F8)
    page.case_card.strip_button.click()
    assert current() is strip
    assert pages.made("exchanges.entry") == [((31, None), {})]
    assert site.pasted == "清溪镇人民政府"


def test_the_entrance_that_was_used_last_is_typed_into(pages: Pages, kept: Remembered) -> None:
    kept.put(upload_entrance="hzbz")
    pages.show(WAITING).acts.exchange.open_strip()
    assert pages.made("exchanges.entry") == [((31, "hzbz"), {})]
    strips.close()
    kept.put(upload_entrance="of another scheme")
    page = pages.show(WAITING)
    page.acts.exchange.open_strip()
    assert pages.made("exchanges.entry")[-1] == ((31, None), {})
    page.acts.exchange.open_strip("hzbz")
    pages.settle()
    assert kept.get("upload_entrance", "") == "hzbz"


def test_before_approval_f8_says_why_there_is_no_strip(pages: Pages, qtbot: QtBot) -> None:
    page = pages.show(enrolment())
    assert page.case_card.strip_button.isHidden()
    assert page.case_card.exchange_button.isHidden()
    qtbot.keyClick(page, Qt.Key.Key_F8)
    assert page.banner.text == "这份申请还不能对照录入。"
    assert strips.current is None
    assert page.acts.exchange.open() is None


def test_another_cases_strip_takes_the_place_of_the_one_that_is_open(
    pages: Pages, site: Site
) -> None:
    pages.show(WAITING).acts.exchange.open_strip()
    pages.settle()
    first = current()
    site.press(first, Qt.Key.Key_F8)
    pages.show(replace(WAITING, uid="cd")).acts.exchange.open_strip()
    pages.settle()
    assert current() is not first
    assert site.pasted == ""
    assert not isValid(first)


def test_the_strip_goes_with_its_page_and_clears_the_clipboard(
    pages: Pages, site: Site, qtbot: QtBot, tasks: TaskRunner
) -> None:
    pages.show(WAITING)
    page = UnitPage(pages.services, tasks, 5)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: page.shown is not None)
    page.acts.exchange.open_strip()
    pages.settle()
    site.press(current(), Qt.Key.Key_F8)
    page.deleteLater()
    qtbot.waitUntil(lambda: not isValid(page))
    assert strips.current is None
    assert site.pasted == ""


def test_the_number_ends_the_entering(pages: Pages, site: Site) -> None:
    page = pages.show(WAITING)
    page.acts.exchange.open_strip()
    pages.settle()
    site.press(current(), *[Qt.Key.Key_F8] * 9)
    pages.settle()
    assert strips.current is None
    dialog = page.findChild(ExchangeDialog)
    assert dialog is not None
    assert dialog.focusWidget() is dialog.number
    dialog.reject()


@pytest.mark.parametrize("way", ["step", "button"])
def test_from_the_dialog_of_the_exchange_the_strip_opens_over_the_freed_page(
    pages: Pages, way: str
) -> None:
    page = pages.show(WAITING)
    if way == "step":
        page.acts.dialogs.take_next()
    else:
        page.case_card.exchange_button.click()
    pages.settle()
    dialog = page.findChild(ExchangeDialog)
    assert dialog is not None
    dialog.sending.strip_button.click()
    pages.settle()
    assert value(current()) == "清溪镇人民政府"
    assert pages.made("exchanges.entry") == [((31, "hzbz"), {})]


def test_after_the_step_the_way_to_the_exchange_stays(pages: Pages) -> None:
    later = enrolment(next_act="payment.record", may_send=True, business_no="HB-1")
    card = pages.show(later).case_card
    assert (card.exchange_button.isHidden(), card.strip_button.isHidden()) == (False, True)
    assert card.exchange_button.text() == "上报往来(&U)…"
    card = pages.show(replace(later, may_send=False)).case_card
    assert card.exchange_button.text() == "更正业务号(&U)…"
    card = pages.show(replace(later, state="void")).case_card
    assert card.exchange_button.isHidden()
    card = pages.show(None).case_card
    assert card.exchange_button.isHidden()


def test_there_is_no_strip_before_one_is_opened() -> None:
    none = Strips()
    none.close()
    assert none.current is None
