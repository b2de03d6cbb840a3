"""高级 · 方案: versions listed, a draft edited by forms and as text, compared and activated."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.scheme_editor.scheme_terms import PARTS
from desktop_app.domain.toml.toml_edit import is_figure, leaves, set_value, values_of
from desktop_app.errors import UserError
from desktop_app.services.rehearsals.rehearsal_views import Rehearsal
from desktop_app.services.versions.scheme_views import SchemeText
from desktop_app.ui.dialogs.scheme_dialogs import ActivateDialog, PresetDialog
from desktop_app.ui.pages.more.more_schemes import SchemesCard
from desktop_app.ui.pages.schemes.scheme_choice_fields import TicksField
from desktop_app.ui.pages.schemes.scheme_editor import SchemeEditor
from desktop_app.ui.pages.schemes.scheme_fields import FigureField, LineField, ShownField
from desktop_app.ui.pages.schemes.scheme_parts_list import TEXT, TRIAL
from desktop_app.ui.pages.schemes.scheme_rehearsal import sentence
from desktop_app.ui.tasks import TaskRunner
from tests.ui.desk_standins import DRAFT, IN_FORCE, SCHEME_TEXT, TODAY, Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


@pytest.fixture
def card(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> SchemesCard:
    made = SchemesCard(desk, tasks)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    qtbot.waitUntil(lambda: made.table.proxy.rowCount() == 2)
    return made


@pytest.fixture
def editor(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> SchemeEditor:
    made = SchemeEditor(desk, tasks, SchemeText(DRAFT, SCHEME_TEXT))
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    return made


def go(editor: SchemeEditor, part: str) -> None:
    for row in range(editor.parts.count()):
        if editor.parts.item(row).data(Qt.ItemDataRole.UserRole) == part:
            editor.parts.setCurrentRow(row)
    assert editor.part == part


def type_into(editor: SchemeEditor, path: str, text: str) -> None:
    field = editor.form.fields[path]
    assert isinstance(field, LineField)
    field.text.setText(text)
    field.text.editingFinished.emit()


def press(editor: SchemeEditor, name: str) -> None:
    next(b for b in editor.findChildren(QAbstractButton) if b.accessibleName() == name).click()


def test_every_value_of_the_scheme_stands_in_one_form(editor: SchemeEditor) -> None:
    shown: list[str] = []
    for row in range(len(PARTS)):
        editor.parts.setCurrentRow(row)
        shown += editor.form.fields
    assert sorted(shown) == sorted(leaf.path for leaf in leaves(SCHEME_TEXT))


def test_looking_at_a_draft_changes_nothing(editor: SchemeEditor) -> None:
    for row in range(editor.parts.count()):
        editor.parts.setCurrentRow(row)
        for field in editor.form.fields.values() if editor.form else ():
            if not isinstance(field, LineField | FigureField):
                continue
            field.read()
    assert editor.text == SCHEME_TEXT
    assert not editor.save_button.isEnabled()
    assert editor.activate_button.isEnabled()


def test_a_typed_value_changes_that_line_of_the_text_only(
    qtbot: QtBot, desk: Desk, editor: SchemeEditor
) -> None:
    go(editor, "eligibility")
    type_into(editor, "eligibility.max_age", "63")
    assert editor.text == SCHEME_TEXT.replace("max_age = 60", "max_age = 63")
    assert not editor.activate_button.isEnabled()
    editor.save_button.click()
    qtbot.waitUntil(lambda: editor.banner.text == "草稿已保存。")
    assert desk.scheme_editing.calls[-1] == ("save_text", (DRAFT.id, editor.text))
    assert not editor.draft.changed


def test_what_cannot_be_read_is_said_at_its_field_and_not_taken(editor: SchemeEditor) -> None:
    go(editor, "eligibility")
    type_into(editor, "eligibility.max_age", "六十")
    assert editor.form.fields["eligibility.max_age"].fault.text() == "请填整数。"
    assert editor.text == SCHEME_TEXT


def test_a_fault_is_told_at_the_field_at_the_part_and_on_top(editor: SchemeEditor) -> None:
    go(editor, "eligibility")
    type_into(editor, "eligibility.min_age", "99")
    told = [f for f in editor.form.fields.values() if f.fault.isVisibleTo(editor)]
    assert len(told) == 1
    assert "eligibility" not in told[0].fault.text()
    assert editor.parts.currentItem().text() == "资格 · 1处错"
    assert editor.banner.remedy.text() == "请在“资格”里改这一项。"
    assert editor.banner.text.startswith("资格 · ")
    assert not editor.save_button.isEnabled()
    type_into(editor, "eligibility.min_age", "16")
    assert editor.banner.text == ""
    assert editor.parts.currentItem().text() == "资格"


def test_a_figure_is_a_value_a_tick_and_its_source(editor: SchemeEditor) -> None:
    go(editor, "plans")
    field = editor.form.fields["plans[1].fee_fen"]
    assert isinstance(field, FigureField)
    field.number.setText("60")
    field.source.setText("省办通知(演示)")
    field.open.click()
    fee = values_of(editor.text)["plans"][0]["fee_fen"]
    assert is_figure(fee)
    assert fee == {"value": 6000, "source": "省办通知(演示)"}
    field.source.setText("")
    field.source.editingFinished.emit()
    assert field.fault.text().startswith("要么写数值和依据,要么写“待核对”")
    field.number.setText("")
    field.number.editingFinished.emit()
    assert field.fault.text() == "请填数值和依据,或者选“待核对”。"


def test_ticks_and_choices_speak_chinese(editor: SchemeEditor) -> None:
    go(editor, "eligibility")
    field = editor.form.fields["eligibility.employment"]
    assert isinstance(field, TicksField)
    assert [box.text() for box in field.boxes.values()] == ["正式工", "合同工", "临时工"]
    field.boxes["contract"].click()
    assert values_of(editor.text)["eligibility"]["employment"] == ["regular", "temporary"]
    go(editor, "coverage")
    assert editor.form.fields["coverage.kind"].box.currentText() == "按计划书生效日"


def test_an_item_is_copied_and_taken_out(qtbot: QtBot, editor: SchemeEditor) -> None:
    go(editor, "papers")
    papers = values_of(SCHEME_TEXT)["papers"]
    press(editor, "复制这一项:材料“银行回单”")
    qtbot.waitUntil(lambda: f"papers[{len(papers) + 1}].id" in editor.form.fields)
    ids = [paper["id"] for paper in values_of(editor.text)["papers"]]
    assert ids.count("bank-slip-2") == 1
    qtbot.waitUntil(lambda: editor.faults == ())
    at = ids.index("bank-slip-2") + 1
    editor.form.removed.emit(f"papers[{at}]")
    qtbot.waitUntil(lambda: f"papers[{len(papers) + 1}].id" not in editor.form.fields)
    assert values_of(editor.text) == values_of(SCHEME_TEXT)


def test_a_key_that_may_be_there_is_added_and_taken_out(qtbot: QtBot, editor: SchemeEditor) -> None:
    go(editor, "basic")
    adder = next(
        b for b in editor.findChildren(QAbstractButton) if b.accessibleName() == "添加:基本"
    )
    (action,) = adder.menu().actions()
    assert action.text() == "停用日期"
    action.trigger()
    qtbot.waitUntil(lambda: "effective_until" in editor.form.fields)
    type_into(editor, "effective_until", "2027-06-30")
    assert "effective_until = 2027-06-30" in editor.text
    press(editor, "去掉基本 · 停用日期")
    qtbot.waitUntil(lambda: "effective_until" not in editor.form.fields)
    assert values_of(editor.text) == values_of(SCHEME_TEXT)


def test_the_text_itself_can_be_edited_and_a_fault_has_its_line(
    qtbot: QtBot, editor: SchemeEditor
) -> None:
    go(editor, TEXT)
    assert editor.source.toPlainText() == SCHEME_TEXT
    editor.source.setPlainText(SCHEME_TEXT + "\n[broken")
    qtbot.waitUntil(lambda: bool(editor.faults))
    line = SCHEME_TEXT.count("\n") + 2
    assert editor.banner.text.startswith(f"方案文件第{line}行第8列:段名后面少了方括号")
    go(editor, "plans")  # no form can be made of it
    assert editor.pages.currentWidget() is editor.source
    assert editor.source.textCursor().blockNumber() == line - 1
    editor.source.setPlainText(set_value(SCHEME_TEXT, "title", "另一个名称"))
    go(editor, "basic")
    assert editor.form.fields["title"].value == "另一个名称"


def test_a_rehearsal_runs_the_text_as_it_stands_and_says_who_gets_more(
    qtbot: QtBot, desk: Desk, editor: SchemeEditor
) -> None:
    go(editor, "eligibility")
    type_into(editor, "eligibility.max_age", "63")
    go(editor, TRIAL)
    trial = editor.trial
    qtbot.waitUntil(lambda: trial.since.value() == date(2025, 1, 1))
    assert trial.until.value() == TODAY
    trial.run_button.click()
    qtbot.waitUntil(lambda: bool(trial.result.text()))
    assert trial.result.text() == ("多得 4 · 少得 2 · 不变 20 · 算不出 1;总共相差 -140.00 元")
    ((asked, (text, since, until)),) = desk.rehearsals.calls
    assert (asked, text, since, until) == ("rehearse", editor.text, date(2025, 1, 1), TODAY)
    shown = [
        [trial.table.model().index(row, at).data() for at in (1, 2, 5)]
        for row in range(trial.table.proxy.rowCount())
    ]
    assert shown == [
        ["向阳", "unknown", "-300.00"],
        ["覃世芳", "住院医疗", "+110.00"],
        ["多 3 少 1 不变 20", "住院医疗", "+50.00"],
        ["田大山", "住院医疗", ""],
    ]


def test_a_text_with_faults_is_not_rehearsed(editor: SchemeEditor) -> None:
    go(editor, "eligibility")
    type_into(editor, "eligibility.min_age", "99")
    go(editor, TRIAL)
    assert not editor.trial.run_button.isEnabled()


def test_a_rehearsal_that_is_refused_says_why(
    qtbot: QtBot, desk: Desk, editor: SchemeEditor
) -> None:
    desk.rehearsals.answers["rehearse"] = UserError("scheme-unknown", "没有数据。", "请先启用。")
    go(editor, TRIAL)
    editor.trial.run()
    qtbot.waitUntil(lambda: editor.trial.banner.text == "没有数据。")
    assert editor.trial.run_button.isEnabled()
    assert sentence(Rehearsal((), ())) == "多得 0 · 少得 0 · 不变 0;总共相差 0.00 元"


def test_leaving_with_edits_asks_once(qtbot: QtBot, editor: SchemeEditor) -> None:
    go(editor, "eligibility")
    type_into(editor, "eligibility.max_age", "63")
    left: list[bool] = []
    editor.back.connect(lambda: left.append(True))
    editor.leave()
    assert left == []
    assert editor.banner.text == "有修改还没有保存。"
    editor.leave()
    assert left == [True]


def test_a_refused_save_keeps_what_was_edited(
    qtbot: QtBot, desk: Desk, editor: SchemeEditor
) -> None:
    desk.scheme_editing.answers["save_text"] = UserError(
        "version-frozen", "已经启用。", "新建草稿。"
    )
    go(editor, "eligibility")
    type_into(editor, "eligibility.max_age", "63")
    editor.save()
    qtbot.waitUntil(lambda: editor.banner.text == "已经启用。")
    assert editor.draft.changed
    assert editor.save_button.isEnabled()


def test_an_activated_version_is_only_shown(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> None:
    editor = SchemeEditor(desk, tasks, SchemeText(IN_FORCE, SCHEME_TEXT))
    qtbot.addWidget(editor)
    editor.show()
    assert all(isinstance(field, ShownField) for field in editor.form.fields.values())
    go(editor, "plans")
    fee = editor.form.fields["plans[1].fee_fen"]
    assert isinstance(fee, ShownField)
    assert fee.shown.text() == "待核对"
    assert fee.isEnabled()
    names = [b.accessibleName() for b in editor.form.findChildren(QAbstractButton)]
    assert names == []
    assert editor.source.isReadOnly()
    assert editor.draft_button.isVisible()
    assert not editor.save_button.isVisible()
    assert not editor.activate_button.isVisible()


def test_the_list_says_what_is_in_force_and_what_may_be_done(card: SchemesCard) -> None:
    model = card.table.model()
    assert [model.index(row, 2).data() for row in range(2)] == ["草稿", "执行中"]
    card.table.selectRow(0)
    assert card.activate_button.isEnabled()
    assert card.drop_button.isEnabled()
    card.table.selectRow(1)
    assert not card.activate_button.isEnabled()
    assert not card.drop_button.isEnabled()


def test_enter_opens_a_version_and_back_returns(qtbot: QtBot, card: SchemesCard) -> None:
    card.table.selectRow(1)
    qtbot.keyClick(card.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.editor is not None)
    assert card.editor.line == IN_FORCE
    card.editor.leave()
    assert card.views.currentWidget() is card.listing
    assert card.editor is None


def test_a_new_draft_is_opened_at_once(qtbot: QtBot, desk: Desk, card: SchemesCard) -> None:
    card.table.selectRow(1)
    card.draft_button.click()
    qtbot.waitUntil(lambda: card.editor is not None and card.editor.line == DRAFT)
    assert ("new_draft", (IN_FORCE.id,)) in desk.scheme_editing.calls


def test_activating_asks_by_what_and_says_what_follows(
    qtbot: QtBot, desk: Desk, card: SchemesCard
) -> None:
    card.table.selectRow(0)
    dialog = card.activate()
    assert isinstance(dialog, ActivateDialog)
    qtbot.waitUntil(lambda: "1处不同" in dialog.lists.toPlainText())
    assert dialog.lists.toPlainText().splitlines() == [
        "与第1版相比,有1处不同:",
        "  · 名称:旧名 → 新名",
        "",
        "还有1项待核对:",
        "  · 项目“住院医疗” · 每份金额",
    ]
    dialog.accept()
    assert dialog.banner.text == "“依据”还没有填。"
    dialog.reason.setText("省办2027年通知(演示)")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.banner.text.startswith("已启用"))
    assert ("activate", (DRAFT.id, "省办2027年通知(演示)")) in desk.scheme_editing.calls


def test_two_versions_are_compared_the_older_at_the_left(
    qtbot: QtBot, desk: Desk, card: SchemesCard
) -> None:
    card.table.selectAll()
    card.compare_button.click()
    qtbot.waitUntil(lambda: card.comparison.count.text() == "1 处不同")
    assert desk.scheme_editing.calls[-1] == ("compare", (IN_FORCE.id, DRAFT.id))
    assert card.comparison.old.toPlainText() == "旧名"
    assert card.comparison.new.toPlainText() == "新名"
    card.comparison.second.setCurrentIndex(1)
    qtbot.waitUntil(lambda: desk.scheme_editing.calls[-1][1] == (IN_FORCE.id, IN_FORCE.id))
    card.comparison.back.emit()
    assert card.views.currentWidget() is card.listing


def test_a_carried_scheme_can_be_begun_with(qtbot: QtBot, desk: Desk, card: SchemesCard) -> None:
    card.preset_button.click()
    qtbot.waitUntil(lambda: card.findChild(PresetDialog) is not None)
    card.findChild(PresetDialog).accept()
    qtbot.waitUntil(lambda: card.editor is not None)
    assert ("new_draft_of_preset", ("pinghu",)) in desk.scheme_editing.calls


def test_a_dropped_draft_is_said_and_a_refusal_shown(
    qtbot: QtBot, desk: Desk, card: SchemesCard
) -> None:
    card.table.selectRow(0)
    card.drop_button.click()
    qtbot.waitUntil(lambda: card.banner.text.startswith("已放弃"))
    desk.scheme_editing.answers["drop_draft"] = UserError(
        "not-permitted", "没有权限。", "请负责人办。"
    )
    card.drop()
    qtbot.waitUntil(lambda: card.banner.text == "没有权限。")
