"""What the real window says to wrong input: one clear sentence, and nothing is stored."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from desktop_app import bootstrap
from desktop_app.sample_office import SAMPLE_USERS
from tests.window.clerk import Clerk
from tests.window.conftest import StartClerk

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("window")]

SPREADSHEETS = Path(__file__).parents[1] / "data" / "spreadsheets"
LOGIN, NAME, _ROLE, PASSWORD = SAMPLE_USERS[0]
DROP_HERE = "把单位发来的花名册拖到这里"

NO_HEADING = "没有找到名单的表头,表头里要有“姓名”和“身份证号”两列,请补上表头后再试"
EMPTY = "文件里没有内容,请检查是否拿错了文件"


def test_a_wrong_password_is_said_and_the_right_one_opens(
    start_clerk: StartClerk, office: Path
) -> None:
    clerk = start_clerk(office)
    clerk.fill("密码", "yanshi-wangli-2", secret=True)
    clerk.key("Return")
    clerk.see("用户名或密码不对。")
    clerk.shot("wrong-password")
    clerk.fill("密码", PASSWORD, secret=True)
    clerk.key("Return")
    clerk.see("要办的事", patience=40)


def test_a_second_copy_on_the_same_office_says_that_it_is_in_use(
    start_clerk: StartClerk, office: Path
) -> None:
    sign_in(start_clerk(office))
    second = start_clerk(office)
    second.press(NAME)
    second.press("登录")
    second.see("这个机构的数据正由另一个窗口打开。")
    second.shot("in-use")
    second.leave()


def test_files_that_hold_no_roster_are_refused_in_one_sentence_and_nothing_is_stored(
    start_clerk: StartClerk, office: Path, tmp_path: Path
) -> None:
    before = ledger(office)
    clerk = start_clerk(office)
    sign_in(clerk)
    for path, sentence in bad_files(tmp_path):
        clerk.see("工作台")
        clerk.drop(path, clerk.see(DROP_HERE))
        if path.stem == "locked":  # its password is asked for over the page
            clerk.has_keys("打开密码")
            clerk.press("取消")
        clerk.until(lambda said=sentence: is_told(clerk, said), f"“{sentence}”")
        assert clerk.shows("共 1 条") is (sentence in (NO_HEADING, EMPTY))  # not of the file before
        clerk.shot(f"refused-{path.stem}")
        clerk.press("返回")
    assert clerk.close_window() == 0
    assert ledger(office) == before


def test_a_file_copied_elsewhere_is_read_when_pasted_and_sent_back_with_its_faults(
    start_clerk: StartClerk, office: Path, tmp_path: Path
) -> None:
    people = tmp_path / "people.xlsx"
    book = Workbook()
    book.active.append(["姓名", "身份证号"])
    book.active.append(["覃演示", "999999199001011234"])
    book.save(people)
    clerk = start_clerk(office)
    sign_in(clerk)
    clerk.click(clerk.see("要办的事").middle)
    clerk.copy(f"{people.as_uri()}\r\n".encode(), "text/uri-list")
    clerk.key("ctrl+v")
    clerk.see("people.xlsx")
    clerk.see("待补 1")
    clerk.key("F9")
    clerk.see("已存:")
    letter = load_workbook(tmp_path / "people_需更正.xlsx").worksheets[0]
    assert "覃演示" in {cell.value for row in letter.iter_rows() for cell in row}


def test_the_last_four_digits_find_a_person_and_a_key_copies_the_sentence(
    start_clerk: StartClerk, office: Path
) -> None:
    with bootstrap.sign_in(office, LOGIN, PASSWORD) as signed:
        services = signed.services
        rows = services.enrolments.list_enrolments(services.schemes.current_year())
        case = next(row for row in rows if "人民医院" in row.unit_name)
        person = services.rosters.list_people(case.id)[0]
    clerk = start_clerk(office)
    sign_in(clerk)
    clerk.key("ctrl+k")
    clerk.write(person.identity[-4:])
    clerk.row("查找结果", person.name)
    clerk.shot("search")
    clerk.key("F4")
    clerk.see("已复制一句话")
    assert person.name in clerk.screen.run("xclip", "-selection", "clipboard", "-o")


def sign_in(clerk: Clerk) -> None:
    """Click the line of the sample county's clerk, then the blue button."""
    clerk.press(NAME)
    clerk.press("登录")
    clerk.see("先查名单", patience=40)


def is_told(clerk: Clerk, sentence: str) -> bool | None:
    """On the banner, or as the one finding on the whole file."""
    if clerk.shows(sentence):
        return True
    findings = clerk.rows("查到的问题")
    whole = len(findings) == 1 and sentence in [cell.name for cell in findings[0]]
    return whole or None


def bad_files(folder: Path) -> list[tuple[Path, str]]:
    nothing, letter = folder / "nothing.xlsx", folder / "letter.xlsx"
    letter.write_bytes(b"%PDF-1.7 this is a letter" * 40)
    nothing.touch()
    empty, headless = folder / "empty.xlsx", folder / "headless.xlsx"
    Workbook().save(empty)
    book = Workbook()
    for row in range(8):
        book.active.append([f"通知第{row}条", "请各单位按时报送", 2026])
    book.save(headless)
    locked = folder / "locked.xls"
    shutil.copy(SPREADSHEETS / "poi_xor-encryption-abc.xls", locked)
    return [
        (letter, "《letter.xlsx》不是表格文件。"),
        (nothing, "《nothing.xlsx》是空文件,里面没有内容。"),
        (empty, EMPTY),
        (headless, NO_HEADING),
        (locked, "《locked.xls》有打开密码,不能读取。"),
    ]


def ledger(office: Path) -> tuple[dict[str, int], int]:
    """Rows by table, and how many acts the audit has seen."""
    with bootstrap.sign_in(office, LOGIN, PASSWORD) as signed:
        audits = signed.services.audits
        return audits.count_ledger(), audits.verify_chain().lines
