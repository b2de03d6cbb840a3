"""`roster import-folder`: a folder of lists, each to its unit, and again without doing it twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl

from desktop_app.domain.identity import identity_18
from tests.cli.desk import Person, told
from tests.cli.test_refusals import DRAFT
from tests.intake.test_locked import lock


def test_a_folder_is_imported_with_a_report_by_file_and_unit(
    clerk: Person, county: Path, tmp_path: Path
) -> None:
    unit = clerk.does("enrolment", "show", DRAFT)["enrolment"]["unit_name"]
    folder = tmp_path / "各单位"
    folder.mkdir()
    book = openpyxl.Workbook()
    for row in (
        [f"{unit}职工医疗互助花名册"],
        ["姓名", "身份证号", "手机号"],
        ["王甲", identity_18("99999919800307001"), ""],
        ["王错", "123", ""],
    ):
        book.worksheets[0].append(row)
    book.save(folder / "1.xlsx")
    (folder / "2 坏的.xlsx").write_text("不是表格")
    (came_before,) = (path for path in county.glob("单位报送/05*/*名*.xls*"))
    shutil.copy(came_before, folder / "3.xls")
    read = clerk.does("roster", "import-folder", folder)
    files = {line["file"]: (line["state"], line["stored"]) for line in read["files"]}
    assert files == {"1.xlsx": ("stored", 1), "2 坏的.xlsx": ("refused", 0), "3.xls": ("again", 0)}
    assert (read["total"]["stored"], read["total"]["people"]) == (1, 1)
    (line,) = (one for one in read["units"] if one["files"] == 2)
    assert (line["unit_name"], line["rejected"] > 0) == (unit, True)
    again = clerk.does("roster", "import-folder", folder)["total"]
    assert (again["stored"], again["again"], again["refused"]) == (0, 2, 1)
    said = told(*clerk.signs(), "roster", "import-folder", folder).out.splitlines()
    assert said[0] == "3个文件:存入0,以前已存入2,没有读入1。共存入0人。"
    assert said[2].startswith("没有读入  2 坏的.xlsx")
    nothing = clerk.tries("roster", "import-folder", tmp_path / "没有")
    assert (nothing.code, nothing.error["code"]) == (4, "folder-empty")


def test_the_locked_lists_of_a_folder_are_read_with_whichever_password_opens_them(
    clerk: Person, tmp_path: Path
) -> None:
    unit = clerk.does("enrolment", "show", DRAFT)["enrolment"]["unit_name"]
    folder, secrets = tmp_path / "各单位", (tmp_path / "甲.txt", tmp_path / "乙.txt")
    folder.mkdir()
    lock(folder / f"{unit}.xlsx", "乙 2026")
    for secret in secrets:
        secret.write_text(f"{secret.stem} 2026\n", "utf-8")
    (locked,) = clerk.does("roster", "import-folder", folder)["files"]
    assert (locked["state"], locked["code"]) == ("refused", "file-password")
    keys = [word for secret in secrets for word in ("--opens-with", secret)]
    (read,) = clerk.does("roster", "import-folder", folder, *keys)["files"]
    assert (read["state"], read["unit_name"]) == ("stored", unit)
