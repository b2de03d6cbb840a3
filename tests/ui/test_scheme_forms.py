"""The forms of a scheme: chosen in Chinese, added to by menus, items moved, no code typed."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from desktop_app.domain.scheme_editor.scheme_block_texts import BLOCKS
from desktop_app.domain.scheme_editor.scheme_blocks import Offer
from desktop_app.domain.scheme_editor.scheme_choices import is_id
from desktop_app.domain.scheme_editor.scheme_guide import INTROS
from desktop_app.domain.scheme_editor.scheme_terms import PARTS
from desktop_app.domain.toml.toml_edit import leaves, set_value, value_at, values_of
from desktop_app.services.versions.scheme_views import SchemeText
from desktop_app.ui.pages.schemes.scheme_choice_fields import (
    ChoiceField,
    RequirementsField,
    TicksField,
)
from desktop_app.ui.pages.schemes.scheme_editor import SHAPE, SchemeEditor
from desktop_app.ui.pages.schemes.scheme_fields import IdField, LineField
from desktop_app.ui.tasks import TaskRunner
from tests.domain.scheme_places import TEXTS
from tests.ui.desk_standins import DRAFT, IN_FORCE, SCHEME_TEXT, Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so
# What is typed as it is: an id, a code of an area, a date, a number, an address.
PLAIN = re.compile(r"[\d.,:% /-]*|https?://.*")


class Opened:
    """An editor on a draft of a text."""

    def __init__(self, qtbot: QtBot, tasks: TaskRunner, desk: Desk, text: str) -> None:
        self.editor = SchemeEditor(desk, tasks, SchemeText(DRAFT, text))
        qtbot.addWidget(self.editor)
        self.editor.resize(1200, 640)
        self.editor.show()
        self.qtbot = qtbot

    def go(self, part: str) -> None:
        self.editor.parts.setCurrentRow(list(PARTS).index(part))

    def button(self, name: str) -> QAbstractButton:
        found = self.editor.form.findChildren(QAbstractButton)
        return next(one for one in found if one.accessibleName() == name)

    def menu(self, name: str) -> dict[str, QAction]:
        made = self.button(name)
        assert isinstance(made, QPushButton)
        return {action.text(): action for action in made.menu().actions()}

    def focus_name(self) -> str:
        widget = QApplication.focusWidget()
        return widget.accessibleName() if widget is not None else ""

    def until(self, path: str) -> None:
        self.qtbot.waitUntil(lambda: path in self.editor.form.fields)

    def value(self, path: str) -> object:
        return value_at(values_of(self.editor.text), path)


@pytest.fixture
def opened(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> Opened:
    return Opened(qtbot, tasks, desk, SCHEME_TEXT)


@pytest.mark.parametrize("name", TEXTS)
def test_no_word_of_the_file_is_shown_but_ids(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk, name: str
) -> None:
    opened = Opened(qtbot, tasks, desk, TEXTS[name])
    for part in PARTS:
        opened.go(part)
        for path, field in opened.editor.form.fields.items():
            for line in field.findChildren(QLineEdit):
                assert (
                    isinstance(field, IdField)
                    or PLAIN.fullmatch(line.text())
                    or (not line.text().isascii())
                ), path
            for box in field.findChildren(QComboBox):
                assert not box.currentText().isascii(), path


def test_each_part_says_what_it_is_about_and_what_is_open(opened: Opened) -> None:
    for part in PARTS:
        opened.go(part)
        assert INTROS[part] in [one.text() for one in opened.editor.form.findChildren(QLabel)]
    shown = [opened.editor.parts.item(row).text() for row in range(len(PARTS))]
    assert "待遇 · 9项待核对" in shown
    assert "费用" in shown


def test_ids_come_last_and_say_what_they_are(opened: Opened) -> None:
    opened.go("papers")
    fields = list(opened.editor.form.fields)
    own = [path for path in fields if path.startswith("papers[1].")]
    assert own[-1] == "papers[1].id"
    assert isinstance(opened.editor.form.fields[own[-1]], IdField)
    assert not is_id("funding.channels[1].id", values_of(SCHEME_TEXT))


def test_requirements_are_ticks_and_a_row_for_each_paper(opened: Opened) -> None:
    opened.go("steps")
    field = opened.editor.form.fields["steps.on-behalf[1].requires"]
    assert isinstance(field, RequirementsField)
    assert field.boxes["paper:insurance-proof"].isChecked()
    assert field.boxes["stamped:application"].text() == "盖章件收回"
    name = field.boxes["stamped:application"].accessibleName()
    assert name.endswith("条件:盖章件收回:申请书")
    before = list(field.value)
    field.boxes["stamped:application"].click()
    assert opened.value("steps.on-behalf[1].requires") == [*before, "stamped:application"]
    field.boxes["people"].click()
    assert "people" not in opened.value("steps.on-behalf[1].requires")


def test_papers_to_upload_keep_the_order_in_which_they_were_ticked(opened: Opened) -> None:
    opened.go("papers")
    field = opened.editor.form.fields["province.profiles[1].attachments"]
    assert isinstance(field, TicksField)
    assert field.order.text().startswith("顺序:湖北省社会保险缴纳证明")
    field.boxes["insurance-proof"].click()
    field.boxes["insurance-proof"].click()
    assert field.order.text().endswith("→ 湖北省社会保险缴纳证明(单位专用)")
    assert opened.value("province.profiles[1].attachments")[-1] == "insurance-proof"


def test_a_word_that_is_not_known_is_shown_and_can_be_changed(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk
) -> None:
    text = set_value(SCHEME_TEXT, "steps.on-behalf[1].act", "enrolment.send")
    text = set_value(text, "steps.on-behalf[1].requires", ["plans", "moon", "paper:gone", "x:y"])
    opened = Opened(qtbot, tasks, desk, text)
    opened.go("steps")
    act = opened.editor.form.fields["steps.on-behalf[1].act"]
    assert isinstance(act, ChoiceField)
    assert act.box.currentText() == "“enrolment.send”(没有这一项)"
    requires = opened.editor.form.fields["steps.on-behalf[1].requires"]
    assert isinstance(requires, RequirementsField)
    for word in ("moon", "paper:gone", "x:y"):
        assert requires.boxes[word].isChecked()
        requires.boxes[word].click()
    act.box.setCurrentIndex(act.box.findText("提交审核"))
    assert opened.value("steps.on-behalf[1].act") == "enrolment.submit"
    assert opened.editor.faults == ()


def test_a_part_that_is_not_there_is_added_and_taken_out_again(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk
) -> None:
    opened = Opened(qtbot, tasks, desk, TEXTS["pinghu"])
    opened.go("participation")
    assert opened.editor.form.fields == {}
    opened.menu("添加到参加比例")["参加比例"].trigger()
    opened.until("participation.min_share")
    field = opened.editor.form.fields["participation.min_share"]
    assert isinstance(field, LineField)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is field.text)
    assert field.fault.text() == "还没有填"
    assert opened.editor.parts.currentItem().text() == "参加比例 · 3处错"
    assert opened.editor.banner.text.startswith("参加比例 · ")
    assert not opened.editor.save_button.isEnabled()
    field.text.setText("80")
    field.text.editingFinished.emit()
    assert opened.value("participation.min_share") == "80/100"
    assert field.text.text() == "80%"
    opened.button("删去:参加比例").click()
    qtbot.waitUntil(lambda: opened.editor.form.fields == {})
    assert values_of(opened.editor.text) == values_of(TEXTS["pinghu"])


def test_a_card_offers_the_blocks_and_the_keys_that_its_table_may_have(opened: Opened) -> None:
    opened.go("benefits")
    menu = opened.menu("添加:项目“住院医疗” · 待遇")
    assert {"给付标准:按天补贴", "人员类别:困难职工", "最低支付", "标准从哪天起"} <= menu.keys()
    assert "起付线" not in menu
    menu["给付标准:按天补贴"].trigger()
    opened.until("plans[1].benefits.parts[2].kind")
    assert opened.value("plans[1].benefits.parts[2].kind") == "daily"
    assert opened.editor.faults == ()
    kind = opened.editor.form.fields["plans[1].benefits.parts[2].kind"]
    assert isinstance(kind, ChoiceField)
    kind.box.setCurrentIndex(kind.box.findText("每次定额"))
    opened.until("plans[1].benefits.parts[2].fen")
    field = opened.editor.form.fields["plans[1].benefits.parts[2].fen"]
    assert isinstance(field, LineField)
    field.text.setText("300")
    field.text.editingFinished.emit()
    assert opened.value("plans[1].benefits.parts[2].fen") == 30000


def test_what_belongs_to_no_card_is_offered_for_its_plan(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk
) -> None:
    text = TEXTS["yongding"] + '\n[[plans]]\nid = "new"\nname = "新项目"\n'
    text += "fee_fen = { to_confirm = true }\nshare_limits.default = { to_confirm = true }\n"
    opened = Opened(qtbot, tasks, desk, text)
    opened.go("benefits")
    opened.menu("添加到待遇")["项目“新项目”:待遇"].trigger()
    opened.until("plans[5].benefits.source")
    assert opened.value("plans[5].benefits.to_confirm") is True


def test_a_step_is_moved_and_the_cursor_goes_with_it(qtbot: QtBot, opened: Opened) -> None:
    opened.go("steps")
    opened.button("下移:步骤 · 代单位办理“名单”").click()
    qtbot.waitUntil(lambda: opened.value("steps.on-behalf[2].key") == "roster")
    qtbot.waitUntil(lambda: opened.focus_name() == "步骤 · 代单位办理“名单” · 这一步叫什么")
    assert [fault.key for fault in opened.editor.faults] == ["steps.on-behalf[1].other_than"]
    opened.button("上移:步骤 · 代单位办理“名单”").click()
    qtbot.waitUntil(lambda: values_of(opened.editor.text) == values_of(SCHEME_TEXT))
    names = [one.accessibleName() for one in opened.editor.form.findChildren(QAbstractButton)]
    assert "上移:申领 · 步骤“登记”" not in names


@pytest.mark.parametrize(
    ("path", "menu", "offer"),
    [
        ("steps.on-behalf", "添加到步骤", "参加的步骤:代单位办理"),
        ("steps.by-unit", "添加到步骤", "参加的步骤:单位自办"),
        ("claims.steps", "添加:申领", "申领的步骤"),
    ],
)
def test_a_step_is_added_named_moved_and_taken_out(
    qtbot: QtBot, opened: Opened, path: str, menu: str, offer: str
) -> None:
    opened.go("steps")
    names = {b.accessibleName() for b in opened.editor.form.findChildren(QPushButton)}
    opened.menu(menu if menu in names else "添加到步骤")[offer].trigger()
    count = len(opened.value(path))
    opened.until(f"{path}[{count}].label")
    name = opened.editor.form.fields[f"{path}[{count}].label"]
    assert isinstance(name, LineField)
    name.text.setText("公示")
    name.text.editingFinished.emit()
    assert opened.value(f"{path}[{count}].label") == "公示"
    opened.editor.form.moved.emit(f"{path}[{count}]", -1)
    qtbot.waitUntil(lambda: opened.value(f"{path}[{count - 1}].label") == "公示")
    opened.until(f"{path}[{count}].label")
    opened.editor.form.removed.emit(f"{path}[{count - 1}]")
    qtbot.waitUntil(lambda: values_of(opened.editor.text) == values_of(SCHEME_TEXT))


def test_a_change_is_taken_back(qtbot: QtBot, opened: Opened) -> None:
    opened.go("papers")
    assert not opened.editor.undo_button.isEnabled()
    opened.button("删去:材料“银行回单”").click()
    qtbot.waitUntil(lambda: "papers[8].id" not in opened.editor.form.fields)
    assert opened.editor.undo_button.isEnabled()
    opened.editor.undo_button.click()
    qtbot.waitUntil(lambda: opened.editor.text == SCHEME_TEXT)
    assert not opened.editor.undo_button.isEnabled()
    assert not opened.editor.save_button.isEnabled()


def test_what_the_text_has_no_place_for_is_said_and_left(opened: Opened) -> None:
    opened.go("participation")
    opened.editor.form.edited.emit("nowhere.x", 1)
    assert opened.editor.banner.text == SHAPE
    opened.editor.banner.clear()
    block = next(block for block in BLOCKS if block.key == "participation")
    opened.editor.form.added.emit(Offer("participation", "", "", block))
    assert opened.editor.banner.text == SHAPE
    assert opened.editor.text == SCHEME_TEXT


def test_a_locked_version_is_read_like_any_other_text(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk
) -> None:
    editor = SchemeEditor(desk, tasks, SchemeText(IN_FORCE, SCHEME_TEXT))
    qtbot.addWidget(editor)
    editor.show()
    shown: set[str] = set()
    for row in range(len(PARTS)):
        editor.parts.setCurrentRow(row)
        shown |= editor.form.fields.keys()
        for path, field in editor.form.fields.items():
            assert field.isEnabled()
            assert field.shown.text(), path
            assert (
                field.shown.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
    hidden = {leaf.path for leaf in leaves(SCHEME_TEXT)} - shown
    assert all(path.endswith((".id", ".key")) for path in hidden)
