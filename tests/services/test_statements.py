"""Bank statements: each line stored once, whatever comes in twice; nothing is stored by halves."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from desktop_app.errors import FileError
from desktop_app.services.acts import operation
from desktop_app.services.money.statement_drafts import StatementDraft
from desktop_app.services.views.statements import StatementPlan
from tests.services.desks import Staff
from tests.services.refusals import refused
from tests.services.walks import walked

ACCOUNT = "1234567890123"
HEAD = ("交易日期", "收入金额", "支出金额", "余额", "对方户名", "摘要")
MARCH = (
    ("2026-03-01", "1,000.00", "", "1,000.00", "甲校(演示)", "会费"),
    ("2026-03-02", "60.00", "", "1,060.00", "乙校(演示)", "会费"),
    ("2026-03-02", "60.00", "", "1,120.00", "乙校(演示)", "会费"),
    ("2026-03-03", "", "20.00", "1,100.00", "演示银行", "手续费"),
)
BARE = tuple((row[0], row[1], row[2], "", *row[4:]) for row in MARCH)  # without balances


def file(staff: Staff, name: str, *rows: tuple[str, ...], account: str = ACCOUNT) -> Path:
    path = staff.papers / name
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        titles = [("账号:", account, "户名:", "演示县总工会")] if account else []
        csv.writer(out).writerows([*titles, HEAD, *rows])
    return path


def draft(path: Path, **said: object) -> StatementDraft:
    return replace(StatementDraft(path, new_account=True), **said)  # type: ignore[arg-type]


def store(staff: Staff, path: Path, **said: object) -> dict[str, int]:
    return staff.clerk.statements.store_file(draft(path, **said)).value


def plan(staff: Staff, path: Path, **said: object) -> StatementPlan:
    return staff.clerk.statements.plan_file(draft(path, **said))


def lines(staff: Staff) -> list[tuple[str, int, str]]:
    return [(str(one.day), one.amount_fen, one.name) for one in staff.clerk.statements.list_lines()]


ALL = [
    ("2026-03-01", 100_000, "甲校(演示)"),
    ("2026-03-02", 6_000, "乙校(演示)"),
    ("2026-03-02", 6_000, "乙校(演示)"),
    ("2026-03-03", -2_000, "演示银行"),
]


def test_looking_at_a_file_saves_nothing(staff: Staff) -> None:
    path = file(staff, "三月.csv", *MARCH)
    before = staff.counts()
    told = plan(staff, path)
    assert staff.counts() == before
    assert (told.new, told.known, told.doubtful, told.unclear) == (4, 0, 0, "")
    assert (told.new_in_fen, told.new_out_fen) == (112_000, 2_000)
    assert (told.account, told.account_name, told.account_known) == (ACCOUNT, "演示县总工会", False)
    assert (told.first_on, told.last_on) == (date(2026, 3, 1), date(2026, 3, 3))
    assert [one.standing for one in told.lines] == ["new"] * 4
    assert (told.lines[1].row, told.lines[1].balance_fen) == (4, 106_000)


def test_a_statement_is_stored_with_its_file_and_every_line(staff: Staff) -> None:
    stored = store(staff, file(staff, "三月.csv", *MARCH))
    assert stored == {"statement": 1, "lines": 4, "new": 4, "again": 0}
    assert lines(staff) == ALL
    [account] = staff.clerk.statements.list_accounts()
    assert (account.number, account.name, account.lines) == (ACCOUNT, "演示县总工会", 4)
    assert account.last_on == date(2026, 3, 3)
    [row] = staff.clerk.statements.list_statements()
    assert (row.file_name, row.lines, row.new_lines, row.state_label) == ("三月.csv", 4, 4, "有效")
    first = staff.clerk.statements.list_lines()[0]
    assert (first.where, first.account, first.memo) == ("《三月.csv》 · 第3行", ACCOUNT, "会费")
    assert (first.balance_fen, first.used) == (100_000, False)
    assert staff.value("SELECT count(*) FROM attachment") == 1
    assert staff.head.audits.verify_chain().ok


def test_the_same_file_again_changes_nothing(staff: Staff) -> None:
    path = file(staff, "三月.csv", *BARE)
    store(staff, path)
    before = staff.counts()
    again = path.rename(path.with_name("三月(1).csv"))
    told = plan(staff, again)
    assert (told.stored_as, told.known, told.doubtful) == (1, 4, 0)
    assert store(staff, again) == {"statement": 1, "lines": 4, "new": 0, "again": 1}
    after = staff.counts()
    assert {name for name in after if after[name] != before[name]} == {"operation", "audit_line"}


@pytest.mark.parametrize("rows", [MARCH, BARE])
@pytest.mark.parametrize(
    "parts", [((0, 1), (1, 4)), ((0, 4), (0, 3)), ((1, 4), (0, 4)), ((0, 3), (1, 4))]
)
def test_files_that_overlap_store_each_line_once(
    staff: Staff, rows: tuple[tuple[str, ...], ...], parts: tuple[tuple[int, int], ...]
) -> None:
    for number, (first, end) in enumerate(parts):
        store(staff, file(staff, f"{number}.csv", *rows[first:end]), whole_days=True)
    assert lines(staff) == ALL
    sightings = sum(end - first for first, end in parts)
    assert staff.value("SELECT count(*) FROM bank_sighting") == sightings


def test_a_file_of_the_newest_first_is_stored_in_time(staff: Staff) -> None:
    store(staff, file(staff, "三月.csv", *MARCH[::-1]))
    held = [one.balance_fen for one in staff.clerk.statements.list_lines()]
    assert held == [100_000, 106_000, 112_000, 110_000]


def test_what_nobody_can_tell_is_asked_before_it_is_stored(staff: Staff) -> None:
    store(staff, file(staff, "上午.csv", BARE[1]))
    path = file(staff, "下午.csv", BARE[1], BARE[3])
    told = plan(staff, path)
    assert (told.new, told.doubtful) == (1, 1)
    [line] = [one for one in told.lines if one.standing == "doubtful"]
    assert (line.row, line.like) == (3, "《上午.csv》 · 第3行")
    with refused(staff, "statement-doubtful"):
        store(staff, path)
    with refused(staff, "statement-row"):
        store(staff, path, rows=(((None, 4), "new"),))
    assert store(staff, path, rows=(((None, 3), "new"),))["new"] == 2
    assert len(lines(staff)) == 3


@pytest.mark.parametrize(("answer", "new"), [("new", 1), ("known", 0)])
def test_one_answer_may_be_for_all(staff: Staff, answer: str, new: int) -> None:
    store(staff, file(staff, "一.csv", BARE[1]))
    again = file(staff, "二.csv", BARE[1], ("合计", "", "", "", "", ""))
    assert store(staff, again, doubtful=answer)["new"] == new


def test_whole_days_are_remembered_and_leave_no_doubt(staff: Staff) -> None:
    store(staff, file(staff, "一.csv", BARE[1]), whole_days=True)
    again = file(staff, "二.csv", BARE[1], BARE[2])
    told = plan(staff, again)
    assert (told.whole_days, told.known, told.new, told.doubtful) == (True, 1, 1, 0)
    assert plan(staff, again, whole_days=False).doubtful == 1  # the day was whole, yet it grew
    assert store(staff, again)["new"] == 1


def test_a_day_that_is_not_over_is_not_whole(staff: Staff) -> None:
    today = (str(staff.clock.today()), *BARE[1][1:])
    store(staff, file(staff, "一.csv", today), whole_days=True)
    told = plan(staff, file(staff, "二.csv", today, today), whole_days=True)
    assert (told.known, told.new) == (1, 1)
    assert staff.value("SELECT last_whole FROM bank_statement") in (0, False)


def test_the_days_a_file_says_it_tells_are_whole(staff: Staff) -> None:
    path = staff.papers / "一.csv"
    path.write_text(
        f"账号:{ACCOUNT}\n起止日期:2026-03-01至2026-03-31\n交易日期,收入金额\n2026-03-02,60.00\n",
        "utf-8",
    )
    store(staff, path)
    days = "SELECT first_on || ' ' || last_on FROM bank_statement"
    assert staff.value(days) == "2026-03-01 2026-03-31"
    assert plan(staff, file(staff, "二.csv", BARE[1])).known == 1


def test_a_period_that_does_not_fit_its_lines_is_not_believed(staff: Staff) -> None:
    path = staff.papers / "一.csv"
    path.write_text(
        f"账号:{ACCOUNT}\n起止日期:2026-02-01至2026-02-28\n交易日期,收入金额\n2026-03-02,60.00\n",
        "utf-8",
    )
    store(staff, path)
    days = "SELECT first_on || ' ' || last_on FROM bank_statement"
    assert staff.value(days) == "2026-03-02 2026-03-02"


def test_a_file_with_a_row_that_cannot_be_read_is_not_stored_in_part(staff: Staff) -> None:
    path = file(staff, "三月.csv", *MARCH, ("2026-03-04", "五元", "", "", "", ""))
    assert "第7行 “收入金额”是“五元”,不是金额" in plan(staff, path).unclear
    with refused(staff, "statement-unclear") as caught:
        store(staff, path)
    assert "第7行" in caught.value.message


def test_a_line_later_than_today_keeps_the_file_out(staff: Staff) -> None:
    late = staff.clock.today().replace(year=2031)
    path = file(staff, "三月.csv", *MARCH, (str(late), "5.00", "", "", "", ""))
    assert f"第7行 “交易日期”是{late},晚于今天" in plan(staff, path).unclear
    with refused(staff, "statement-unclear"):
        store(staff, path)


def test_a_file_without_a_line_is_not_stored(staff: Staff) -> None:
    with refused(staff, "statement-unclear"):
        store(staff, file(staff, "空.csv", ("合计", "", "", "", "", "")))
    told = plan(staff, file(staff, "二.csv", ("", "5", "", "", "", ""), ("", "5", "", "", "", "")))
    assert "(另有1处)" in told.unclear


def test_columns_are_asked_once_and_remembered_for_the_account(staff: Staff) -> None:
    path = staff.papers / "一.csv"
    path.write_text(f"账号:{ACCOUNT}\n日期,多少\n2026-03-02,60.00\n", "utf-8")
    assert "没有找到流水的表头" in plan(staff, path).unclear
    with refused(staff, "statement-unclear"):
        store(staff, path)
    assert [(one.letter, one.title) for one in plan(staff, path).columns][1] == ("B", "多少")
    store(staff, path, columns=(("多少", "in"),), account=ACCOUNT)
    path.write_text(f"账号:{ACCOUNT}\n日期,多少\n2026-03-05,70.00\n", "utf-8")
    told = plan(staff, path, account=ACCOUNT)
    assert (told.new, told.chosen, told.unclear) == (1, (("多少", "in"),), "")
    assert store(staff, path, account=ACCOUNT)["new"] == 1
    assert plan(staff, path, account=ACCOUNT, columns=()).unclear
    with refused(staff, "column-field"):
        store(staff, path, columns=(("多少", "money"),))


def test_a_second_account_of_the_bank_is_read_by_the_columns_that_were_said_of_the_first(
    staff: Staff,
) -> None:
    path = staff.papers / "一.csv"
    path.write_text(f"账号:{ACCOUNT}\n日期,多少\n2026-03-02,60.00\n", "utf-8")
    store(staff, path, columns=(("多少", "in"),), whole_days=True)
    path = staff.papers / "二.csv"
    path.write_text("账号:9876543210987\n日期,多少\n2026-03-05,70.00\n", "utf-8")
    told = plan(staff, path)
    assert (told.new_in_fen, told.chosen, told.unclear) == (7_000, (("多少", "in"),), "")
    assert not told.whole_days
    assert plan(staff, path, columns=()).unclear
    with refused(staff, "statement-unclear"):
        store(staff, path)  # nobody has looked at what was only proposed
    assert store(staff, path, columns=(("多少", "out"),))["new"] == 1
    assert plan(staff, path).new_out_fen == 0  # known: what was said of this account counts
    assert plan(staff, path).chosen == (("多少", "out"),)
    third = staff.papers / "三.csv"
    third.write_text("账号:5555543210987\n日期,多少\n2026-03-06,80.00\n", "utf-8")
    assert plan(staff, third).unclear  # two accounts, two ways: it is asked


@pytest.mark.both_databases
def test_a_new_account_is_made_only_where_it_is_said(staff: Staff) -> None:
    path = file(staff, "三月.csv", *MARCH)
    with refused(staff, "statement-account-unknown"):
        store(staff, path, new_account=False)
    store(staff, path)
    assert store(staff, file(staff, "二.csv", MARCH[0]), new_account=False)["new"] == 0
    with pytest.raises(Exception, match="台账里没有账号999"):
        staff.clerk.statements.list_lines("999")
    assert len(staff.clerk.statements.list_lines(ACCOUNT, date(2026, 3, 2), date(2026, 3, 2))) == 2
    assert len(staff.clerk.statements.list_statements(ACCOUNT)) == 2


def test_whose_statement_it_is_must_be_known(staff: Staff) -> None:
    path = file(staff, "三月.csv", *MARCH, account="")
    with refused(staff, "statement-account-missing"):
        store(staff, path)
    assert store(staff, path, account="1234 5678 90123")["new"] == 4
    assert staff.value("SELECT number FROM bank_account") == ACCOUNT


def test_a_file_of_another_account_is_refused(staff: Staff) -> None:
    path = file(staff, "三月.csv", *MARCH)
    with refused(staff, "statement-account-differs"):
        store(staff, path, account="999")
    masked = file(staff, "二.csv", *MARCH, account="1234******123")
    assert plan(staff, masked).account == ""
    assert store(staff, masked, account=ACCOUNT)["new"] == 4


def test_accounts_are_told_apart(staff: Staff) -> None:
    store(staff, file(staff, "一.csv", MARCH[0]))
    assert store(staff, file(staff, "二.csv", MARCH[0], account="9876543210987"))["new"] == 1
    assert [one.lines for one in staff.clerk.statements.list_accounts()] == [1, 1]


def test_a_file_that_another_account_has_is_refused_until_it_went_back(staff: Staff) -> None:
    path = file(staff, "三月.csv", *MARCH, account="")
    store(staff, path, account="99900010000001")
    copy = file(staff, "副本.csv", *MARCH, account="")
    told = plan(staff, copy, account="99900010000002")
    assert told.elsewhere_file
    assert told.elsewhere == "这份文件已读入尾号0001的账户(《三月.csv》),不能再读入别的账户。"
    with refused(staff, "statement-elsewhere") as caught:
        store(staff, copy, account="99900010000002", again=True)
    assert "请先在“银行流水”里撤回那一份" in caught.value.remedy
    assert plan(staff, copy).elsewhere_file  # before anybody says whose it is
    assert plan(staff, copy, account="99900010000001").elsewhere == ""
    staff.clerk.statements.take_back(1, "读错了账户")
    assert plan(staff, copy, account="99900010000002").elsewhere == ""
    assert store(staff, copy, account="99900010000002")["new"] == 4
    assert lines(staff) == ALL


def test_lines_that_another_account_has_come_in_only_where_it_is_said(staff: Staff) -> None:
    store(staff, file(staff, "三月.csv", *MARCH, account=""), account="99900010000001")
    other = staff.papers / "网银.csv"
    with other.open("w", encoding="utf-8-sig", newline="") as out:
        rows = [(row[0].replace("-", ""), row[4], row[1], row[2]) for row in MARCH[:3]]
        rows.append(("20260302", "丙校(演示)", "7.00", ""))
        csv.writer(out).writerows([("日期", "对方单位", "收入", "支出"), *rows])
    told = plan(staff, other, account="99900010000002")
    assert told.elsewhere == "有3笔和尾号0001的账户里《三月.csv》的流水相同,可能选错了账户。"
    assert not told.elsewhere_file
    with refused(staff, "statement-lines-elsewhere"):
        store(staff, other, account="99900010000002")
    assert store(staff, other, account="99900010000002", again=True)["new"] == 4
    assert len(lines(staff)) == 8
    assert plan(staff, other, account="99900010000002").elsewhere == ""  # it is stored


def test_few_lines_that_another_account_has_are_nothing_to_ask_about(staff: Staff) -> None:
    store(staff, file(staff, "一.csv", *BARE, account=""), account="99900010000001")
    rows = [BARE[3], *(("2026-03-02", f"{fen}.00", "", "", "丙校", "") for fen in (11, 12))]
    path = file(staff, "二.csv", *rows, ("2026-05-02", "9.00", "", "", "丁校", ""), account="")
    assert plan(staff, path, account="99900010000002").elsewhere == ""
    one = file(staff, "三.csv", BARE[0], account="")
    assert "有1笔" in plan(staff, one, account="99900010000002").elsewhere
    named = file(staff, "四.csv", BARE[0], account="99900010000002")  # the bank says whose it is
    assert plan(staff, named).elsewhere == ""
    both = file(staff, "五.csv", *BARE[:2], account="99900010000002")
    assert "有2笔" in plan(staff, both).elsewhere


@pytest.mark.parametrize("number", ["abc 我的账号", "123", "1" * 41, "1234******123"])
def test_an_account_that_is_no_number_is_refused(staff: Staff, number: str) -> None:
    path = file(staff, "三月.csv", *MARCH, account="")
    with refused(staff, "statement-account") as caught:
        store(staff, path, account=number)
    assert caught.value.message == f"“{number}”不是账号,账号是8至40位数字。"


def test_a_file_that_changed_since_it_was_looked_at_is_not_stored(staff: Staff) -> None:
    path = file(staff, "三月.csv", *MARCH)
    told = plan(staff, path)
    file(staff, "三月.csv", MARCH[0])
    with refused(staff, "file-changed"):
        store(staff, path, sha256=told.file_sha256)


def test_a_file_that_cannot_be_read_says_so(staff: Staff) -> None:
    with pytest.raises(FileError):
        plan(staff, staff.papers / "没有.csv")


def test_a_locked_file_is_kept_as_it_came(staff: Staff) -> None:
    book = openpyxl.Workbook()
    for row in (("账号:", ACCOUNT), HEAD, *MARCH):
        book.worksheets[0].append(row)
    bare, path = staff.papers / "bare.xlsx", staff.papers / "三月.xlsx"
    book.save(bare)
    with bare.open("rb") as source, path.open("wb") as out:
        OOXMLFile(source).encrypt("演示", out)
    staff.clerk.locked_files.unlock(path, "演示")
    assert store(staff, path)["new"] == 4
    assert staff.value("SELECT kind FROM attachment") == "xlsx"


@pytest.mark.both_databases
def test_a_statement_that_was_wrong_goes_back_and_may_come_in_anew(staff: Staff) -> None:
    store(staff, file(staff, "一.csv", *MARCH[:2]))
    second = store(staff, file(staff, "二.csv", *MARCH))["statement"]
    assert staff.clerk.statements.take_back(second, "拿错了文件").value == 2
    assert lines(staff) == ALL[:2]
    newest = staff.clerk.statements.list_statements()[0]
    assert (newest.state_label, newest.note) == ("已作废", "拿错了文件")
    assert store(staff, staff.papers / "二.csv")["new"] == 2
    assert lines(staff) == ALL
    for number, code in ((second, "statement-back"), (99, "statement-unknown")):
        with refused(staff, code):
            staff.clerk.statements.take_back(number, "再撤")


def test_a_line_that_was_booked_keeps_its_statement(staff: Staff) -> None:
    walked(staff, "paid")
    stored = store(staff, file(staff, "一.csv", *MARCH))["statement"]
    payment = staff.value("SELECT max(id) FROM payment")
    with staff.database.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE bank_line SET payment_id = {payment} WHERE id = 1")
    assert [one.used for one in staff.clerk.statements.list_lines()][:2] == [True, False]
    with refused(staff, "statement-used") as caught:
        staff.clerk.statements.take_back(stored, "拿错了文件")
    assert "有1笔已经登记成缴费" in caught.value.message


def test_a_double_click_stores_once(staff: Staff) -> None:

    path = file(staff, "三月.csv", *MARCH)
    for _ in range(2):
        with operation(b"\7" * 16):
            assert store(staff, path)["new"] == 4
    assert lines(staff) == ALL


def test_a_statement_that_is_missing_shows_in_the_balances(staff: Staff) -> None:
    store(staff, file(staff, "一.csv", MARCH[0]))
    assert staff.clerk.statements.list_gaps() == ()
    store(staff, file(staff, "二.csv", MARCH[3]))
    [gap] = staff.clerk.statements.list_gaps()
    assert (gap.account, gap.begins_fen - gap.balance_fen) == (ACCOUNT, 12_000)
    assert gap.text == (
        "尾号0123:2026-03-01末余额1,000.00元,2026-03-03第一笔之前是1,120.00元,差120.00元"
    )
    store(staff, file(staff, "三.csv", MARCH[1]))
    store(staff, file(staff, "四.csv", *MARCH[1:3]))
    assert staff.clerk.statements.list_gaps() == ()


@pytest.mark.both_databases
def test_a_gap_within_a_day_says_so(staff: Staff) -> None:
    rows = [(MARCH[0][0], "1.00", "", held, "", "") for held in ("1.00", "5.00")]
    store(staff, file(staff, "一.csv", *rows))
    [gap] = staff.clerk.statements.list_gaps()
    assert gap.text == "尾号0123:2026-03-01这一天里余额接不上,差3.00元"
