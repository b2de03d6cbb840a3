"""报表 · 银行流水: a file is dropped, looked at, its doubts answered, stored, and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop_app.services.samples.statements import ACCOUNT, make_statements
from desktop_app.ui.dialogs.password_dialog import PasswordDialog
from desktop_app.ui.dialogs.statement_dialog import StatementDialog
from desktop_app.ui.pages.reports.statements_report import StatementsReport
from tests.services.test_sample_statements import MARCH
from tests.services.walks import walked
from tests.ui import refused_windows
from tests.ui.refused_windows import Room

office_template, room = refused_windows.office_template, refused_windows.room
office = refused_windows.own_office
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so
HEAD = f"账号:,{ACCOUNT}\n日期,收入,支出,对方户名\n"


@pytest.fixture
def page(room: Room) -> StatementsReport:
    made = StatementsReport(room.staff.clerk, room.tasks)
    room.qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    room.settle()
    return made


@pytest.fixture
def month(room: Room) -> tuple[Path, ...]:
    return make_statements(room.staff.papers, MARCH)


def file(room: Room, name: str, *rows: str, head: str = HEAD) -> Path:
    path = room.staff.papers / name
    path.write_text(head + "".join(f"{row}\n" for row in rows), "utf-8-sig")
    return path


def taken(room: Room, page: StatementsReport, *paths: Path) -> StatementDialog:
    dialog = page.take(paths)
    assert dialog is not None
    room.settle()
    return dialog


def stored(room: Room, page: StatementsReport, path: Path, **said: Any) -> None:
    dialog = taken(room, page, path)
    if not dialog.new_account.isHidden():
        dialog.new_account.click()
    for answer in said.get("answers", ()):
        dialog._answer_all(answer)
    dialog.accept()
    room.settle()


def said(room: Room, dialog: StatementDialog, account: str) -> None:
    """Type the account's number, and say that it is new where that is asked."""
    dialog.account.setEditText(account)
    dialog.account.lineEdit().editingFinished.emit()
    room.settle()
    if not dialog.new_account.isHidden():
        dialog.new_account.click()


def states(dialog: StatementDialog) -> list[str]:
    return [row.state for row in dialog.rows]


def test_an_office_without_statements_is_told_what_to_do(page: StatementsReport) -> None:
    assert "拖到这里" in page.table.nothing_text
    assert page.files.nothing_text == "还没有读入过文件。"
    assert page.account.isHidden()
    assert not page.back_button.isEnabled()
    assert page.take_back() is None
    assert page.take(()) is None


def test_a_file_is_looked_at_and_stored(
    room: Room, page: StatementsReport, month: tuple[Path, ...]
) -> None:
    dialog = taken(room, page, month[0])
    assert dialog.sentence.text().startswith("流水 10 笔:新的 10 笔(收入 35,444.34 元")
    assert states(dialog) == ["新的"] * 10
    assert "收入金额 G列“贷方发生额”" in dialog.columns.text.text()
    assert "J列“用途”、M列" in dialog.columns.text.text()
    assert dialog.account.value() == ACCOUNT
    assert "勾选新账户" in dialog.detail.text()
    assert dialog.detail.property("tone") == "warn"
    assert not dialog.main_button.isEnabled()
    dialog.new_account.click()
    assert "读入 10 行" in dialog.detail.text()
    assert dialog.detail.property("tone") == ""
    dialog.accept()
    room.settle()
    assert "其中新的 10 笔" in page.banner.text
    assert page.card.right.text() == "10 笔 · 收入 35,444.34 元 · 支出 3,610.50 元"
    assert page.files_card.right.text() == "1 份"
    page.filter.setText("水利站")
    assert page.card.right.text() == "2 笔 · 收入 1,632.00 元 · 支出 0.00 元"
    assert "第10行" in page.where.text()
    page.filter.setText("没有这个")
    assert page.table.nothing_text == "没有这样的流水。"
    assert page.where.text() == ""


def test_the_same_file_and_another_of_the_month_bring_nothing_new(
    room: Room, page: StatementsReport, month: tuple[Path, ...]
) -> None:
    stored(room, page, month[0])
    again = taken(room, page, month[0])
    assert again.detail.text() == "这份文件以前已经读入,不用再存。"
    assert not again.main_button.isEnabled()
    again.reject()
    other = taken(room, page, month[7])
    assert other.sentence.text() == "流水 10 笔:没有新的,已有 10 笔。"
    assert other.new_account.isHidden()
    other.accept()
    room.settle()
    assert page.table.proxy.rowCount() == 10
    assert page.files.proxy.rowCount() == 2


def test_files_that_come_together_are_read_one_after_another(
    room: Room, page: StatementsReport, month: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = ([str(month[0]), str(month[1])], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: chosen)
    page.choose()
    room.settle()
    [first] = page.findChildren(StatementDialog)
    assert month[0].name in first.windowTitle()
    first.reject()
    room.settle()
    titles = [one.windowTitle() for one in page.findChildren(StatementDialog) if one.isVisible()]
    assert titles == [f"读入流水 · {month[1].name}"]


def test_a_file_copied_where_files_are_kept_is_pasted(
    room: Room, page: StatementsReport, month: tuple[Path, ...]
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(month[0]))])
    QGuiApplication.clipboard().setMimeData(data)
    page.filter.setFocus()
    room.qtbot.keyClick(page.filter, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    [dialog] = page.findChildren(StatementDialog)
    assert month[0].name in dialog.windowTitle()
    dialog.reject()
    QGuiApplication.clipboard().setText("甲校")
    page.paste()
    assert page.filter.text() == "甲校"


def test_what_is_doubtful_is_said_row_by_row_or_at_once(room: Room, page: StatementsReport) -> None:
    stored(room, page, file(room, "一.csv", "20260302,60.00,,甲校(演示)", "20260302,70.00,,乙"))
    path = file(room, "二.csv", "20260302,60.00,,甲校(演示)", "20260302,70.00,,乙", "合计")
    dialog = taken(room, page, path)
    assert states(dialog) == ["看不准", "看不准"]
    assert "有 2 笔看不出" in dialog.detail.text()
    assert not dialog.main_button.isEnabled()
    assert dialog.like.text() == "第3行可能是以前读入的:《一.csv》 · 第3行"
    dialog.table.setFocus()
    dialog.table.selectRow(0)
    room.qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert states(dialog) == ["算新的", "看不准"]
    dialog.table.selectRow(0)
    room.qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert states(dialog) == ["算已有", "看不准"]
    dialog.all_known.click()
    assert dialog.sentence.text() == "流水 2 笔:没有新的,已有 2 笔。"
    dialog.all_new.click()
    assert states(dialog) == ["算新的", "算新的"]
    dialog.accept()
    room.settle()
    assert page.table.proxy.rowCount() == 4


def test_whole_days_leave_no_doubt(room: Room, page: StatementsReport) -> None:
    path = file(room, "一.csv", "20260302,60.00,,甲校(演示)")
    dialog = taken(room, page, path)
    dialog.whole_days.click()
    room.settle()
    dialog.new_account.click()
    dialog.accept()
    room.settle()
    again = taken(room, page, file(room, "二.csv", "20260302,60.00,,甲校(演示)", "合计,60.00"))
    assert again.whole_days.isChecked()
    assert states(again) == ["已有"]
    again._turn(again.rows[0])  # nobody is asked about it
    assert states(again) == ["已有"]


def test_columns_that_are_not_known_are_said_once(room: Room, page: StatementsReport) -> None:
    head = f"账号:,{ACCOUNT}\n哪天,多少钱,谁\n"
    dialog = taken(room, page, file(room, "一.csv", "20260302,60.00,甲校(演示)", head=head))
    assert "没有找到流水的表头" in dialog.banner.text
    assert dialog.columns.text.text() == "表头不认得,可以自己指定各列。"
    assert dialog.sentence.text() == "还没有读到流水。"
    choose = dialog.columns.check()
    room.settle()
    assert choose is not None
    assert choose.told.text() == "还没有指定交易日期和金额(或收入、支出)。"
    for key, field in (("哪天", "day"), ("多少钱", "in"), ("谁", "name")):
        choose.fields[key].setCurrentIndex(choose.fields[key].findData(field))
    choose.accept()
    room.settle()
    assert states(dialog) == ["新的"]
    dialog.new_account.click()
    dialog.accept()
    room.settle()
    later = taken(room, page, file(room, "二.csv", "20260305,70.00,乙", head=head))
    assert states(later) == ["新的"]
    assert later.banner.isHidden()


def test_amounts_without_a_sign_are_asked_about(room: Room, page: StatementsReport) -> None:
    head = f"账号:,{ACCOUNT}\n日期,金额,摘要,附言\n"
    dialog = taken(room, page, file(room, "一.csv", "20260302,60.00,a,b", head=head))
    assert "看不出是收入还是支出" in dialog.banner.text
    choose = dialog.columns.check()
    room.settle()
    assert choose is not None
    assert choose.ok_button.isEnabled()  # what it is taken for may be right, if it is said
    assert choose.fields["摘要"].value() == choose.fields["附言"].value() == "memo"
    choose.accept()
    room.settle()
    assert states(dialog) == ["新的"]


def test_an_account_is_named_where_the_file_does_not(room: Room, page: StatementsReport) -> None:
    stored(room, page, file(room, "一.csv", "20260302,60.00,,甲校(演示)"))
    head = "日期,收入\n"
    dialog = taken(room, page, file(room, "二.csv", "20260402,60.00", head=head))
    assert dialog.detail.text().startswith("文件里没有写账号")
    dialog.account.setCurrentIndex(0)
    dialog.account.activated.emit(0)
    room.settle()
    assert dialog.main_button.isEnabled()
    dialog.account.setEditText("77700001234")
    dialog.account.lineEdit().editingFinished.emit()
    room.settle()
    assert "台账里还没有账号77700001234" in dialog.detail.text()
    dialog.new_account.click()
    dialog.accept()
    room.settle()
    assert not page.account.isHidden()
    page.account.setCurrentText("77700001234")
    assert page.table.proxy.rowCount() == 1


def test_a_row_that_cannot_be_read_keeps_the_file_out(room: Room, page: StatementsReport) -> None:
    dialog = taken(room, page, file(room, "一.csv", "20260302,六十,,甲校(演示)"))
    assert "“收入金额”是“六十”,不是金额" in dialog.banner.text
    assert dialog.tabs.tabText(1) == "问题 1"
    assert not dialog.main_button.isEnabled()
    with room.nothing_stored():
        dialog.accept()


def test_a_locked_file_asks_for_its_password(
    room: Room, page: StatementsReport, month: tuple[Path, ...]
) -> None:
    path = room.staff.papers / "加密.xlsx"
    with month[0].open("rb") as source, path.open("wb") as out:
        OOXMLFile(source).encrypt("演示", out)
    dialog = taken(room, page, path)
    [asks] = dialog.findChildren(PasswordDialog)
    asks.password.setText("演示")
    asks.accept()
    room.settle()
    assert states(dialog) == ["新的"] * 10


def test_a_file_that_is_gone_says_so(room: Room, page: StatementsReport) -> None:
    dialog = taken(room, page, room.staff.papers / "没有.csv")
    assert dialog.sentence.text() == "没有读成这份文件。"
    assert "没有.csv" in dialog.banner.text
    assert dialog.calls() == []


def test_a_file_changed_behind_the_preview_is_not_stored(
    room: Room, page: StatementsReport
) -> None:
    path = file(room, "一.csv", "20260302,60.00,,甲校(演示)")
    dialog = taken(room, page, path)
    dialog.new_account.click()
    file(room, "一.csv", "20260302,61.00,,甲校(演示)")
    room.refused(dialog, "在预览之后有变动")


def test_a_file_of_another_account_is_refused(room: Room, page: StatementsReport) -> None:
    dialog = taken(room, page, file(room, "一.csv", "20260302,60.00,,甲校(演示)"))
    dialog.account.setEditText("777")
    dialog.account.lineEdit().editingFinished.emit()
    room.settle()
    assert f"写的账号是{ACCOUNT},不是777" in dialog.banner.text
    assert not dialog.main_button.isEnabled()
    dialog.account.setEditText(ACCOUNT)
    dialog.account.lineEdit().editingFinished.emit()
    room.settle()
    assert dialog.banner.isHidden()
    assert states(dialog) == ["新的"]


def test_a_file_that_another_account_has_is_not_stored_for_a_second_one(
    room: Room, page: StatementsReport
) -> None:
    head = "日期,收入,对方户名\n"
    rows = ("20260302,60.00,甲校(演示)", "20260303,70.00,乙校(演示)")
    first = file(room, "一.csv", *rows, head=head)
    dialog = taken(room, page, first)
    said(room, dialog, "99900010000001")
    dialog.accept()
    room.settle()
    copied = taken(room, page, file(room, "副本.csv", *rows, head=head))
    assert "这份文件已读入尾号0001的账户(《一.csv》)" in copied.banner.text
    said(room, copied, "99900010000002")
    assert "这份文件已读入尾号0001的账户(《一.csv》),不能再读入别的账户。" in copied.banner.text
    assert copied.both.isHidden()
    assert not copied.main_button.isEnabled()
    copied.reject()


def test_lines_that_another_account_has_are_asked_about(room: Room, page: StatementsReport) -> None:
    rows = ("20260302,60.00,甲校(演示)", "20260303,70.00,乙校(演示)")
    dialog = taken(room, page, file(room, "一.csv", *rows, head="日期,收入,对方户名\n"))
    said(room, dialog, "99900010000001")
    dialog.accept()
    room.settle()
    other = file(room, "二.csv", *rows, head="交易日期,收入金额,对方单位\n")
    again = taken(room, page, other)
    said(room, again, "99900010000002")
    assert "有2笔和尾号0001的账户里《一.csv》的流水相同,可能选错了账户。" in again.banner.text
    assert not again.main_button.isEnabled()
    again.both.click()
    assert again.main_button.isEnabled()
    again.accept()
    room.settle()
    assert page.table.proxy.rowCount() == 4


def test_an_account_that_is_no_number_is_refused_and_may_be_put_right(
    room: Room, page: StatementsReport
) -> None:
    dialog = taken(room, page, file(room, "一.csv", "20260302,60.00", head="日期,收入\n"))
    dialog.account.setEditText("abc 我的账号")
    dialog.account.lineEdit().editingFinished.emit()
    room.settle()
    assert "“abc 我的账号”不是账号,账号是8至40位数字。" in dialog.banner.text
    assert not dialog.main_button.isEnabled()
    said(room, dialog, "99900010000001")
    assert dialog.banner.isHidden()
    assert dialog.main_button.isEnabled()


def test_a_wrong_file_is_taken_back(
    room: Room, page: StatementsReport, month: tuple[Path, ...]
) -> None:
    stored(room, page, month[0])
    dialog = page.take_back()
    assert dialog is not None
    dialog.reason.setText("拿错了文件")
    dialog.accept()
    room.settle()
    assert "已撤回,去掉 10 笔。" in page.banner.text
    assert page.table.proxy.rowCount() == 0
    assert not page.back_button.isEnabled()
    assert page.files.current_row().note == "拿错了文件"


def test_a_statement_that_went_back_meanwhile_says_so(
    room: Room, page: StatementsReport, month: tuple[Path, ...]
) -> None:
    stored(room, page, month[0])
    dialog = page.take_back()
    room.staff.reviewer.statements.take_back(1, "拿错了文件")
    room.refused(dialog, "已经撤回", lambda one: one.reason.setText("拿错了文件"))


def test_a_line_that_was_booked_keeps_its_statement(
    room: Room, page: StatementsReport, month: tuple[Path, ...]
) -> None:
    walked(room.staff, "paid")
    stored(room, page, month[0])
    with room.staff.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE bank_line SET payment_id = 1 WHERE id = 1")
    page.reload()
    room.settle()
    assert page.table.rows_model.rows[-1].used
    dialog = page.take_back()
    room.refused(dialog, "已经登记成缴费", lambda one: one.reason.setText("拿错了文件"))


def test_balances_that_do_not_join_are_told(room: Room, page: StatementsReport) -> None:
    head = HEAD.replace("对方户名", "余额")
    stored(room, page, file(room, "一.csv", "20260302,60.00,,60.00", head=head))
    assert page.gaps.isHidden()
    rows = ("20260401,10.00,,80.00", "20260501,1,,90", "20260601,1,,100")
    stored(room, page, file(room, "二.csv", *rows, head=head))
    assert page.gaps.text() == (
        "余额接不上,可能还有流水没有读入:"
        "尾号0123:2026-03-02末余额60.00元,2026-04-01第一笔之前是70.00元,差10.00元;"
        "尾号0123:2026-04-01末余额80.00元,2026-05-01第一笔之前是89.00元,差9.00元等3处。"
    )
