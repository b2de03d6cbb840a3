"""Workbooks behind a password: asked for, opened by it, and never by another."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from desktop_app.errors import FileError
from desktop_app.intake.workbooks import WorkbookReader
from tests.intake.test_corpus import FOLDER, PASSWORDS

PASSWORD = "xian feng·2026"


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    return lock(tmp_path / "花名册.xlsx", PASSWORD)


def lock(path: Path, password: str) -> Path:
    """A roster as Excel writes it behind a password."""
    bare, book = path.with_name("bare.xlsx"), openpyxl.Workbook()
    book.active.append(["姓名", "身份证号"])
    book.active.append(["王丽", "000123"])
    book.save(bare)
    with bare.open("rb") as source, path.open("wb") as out:
        OOXMLFile(source).encrypt(password, out)
    bare.unlink()
    return path


def refusal(reader: WorkbookReader, path: Path) -> FileError:
    with pytest.raises(FileError) as refused:
        reader.read(path)
    assert (refused.value.code, refused.value.where) == ("file-password", path.name)
    return refused.value


def test_a_locked_workbook_asks_for_its_password_and_opens_by_it(
    locked: Path, each_reader: WorkbookReader
) -> None:
    assert refusal(each_reader, locked).message == "《花名册.xlsx》有打开密码,不能读取。"
    each_reader.unlock(locked, "wrong")
    assert refusal(each_reader, locked).message == "《花名册.xlsx》的打开密码不对。"
    each_reader.unlock(locked, PASSWORD)
    workbook = each_reader.read(locked)
    assert workbook.kind == "xlsx"
    assert workbook.sheets[0].lines[1].cells == ("王丽", "000123")


def test_a_password_is_of_one_file_as_it_lies(
    locked: Path, tmp_path: Path, each_reader: WorkbookReader
) -> None:
    each_reader.unlock(locked, PASSWORD)
    each_reader.read(locked)
    other = Path(shutil.copy(locked, tmp_path / "另一份.xlsx"))
    assert "不能读取" in refusal(each_reader, other).message
    lock(locked, "another password")
    assert "不能读取" in refusal(each_reader, locked).message


def test_nothing_of_an_opened_workbook_lies_on_the_disk(
    locked: Path, tmp_path: Path, each_reader: WorkbookReader
) -> None:
    before = locked.read_bytes()
    each_reader.unlock(locked, PASSWORD)
    each_reader.read(locked)
    assert [one.name for one in tmp_path.iterdir()] == [locked.name]
    assert locked.read_bytes() == before


@pytest.mark.parametrize("name", PASSWORDS)
def test_old_and_binary_workbooks_open_too(
    name: str, tmp_path: Path, each_reader: WorkbookReader
) -> None:
    path, here = Path(shutil.copy(FOLDER / name, tmp_path)), sorted(Path.cwd().iterdir())
    refusal(each_reader, path)
    each_reader.unlock(path, "wrong")
    refusal(each_reader, path)
    each_reader.unlock(path, PASSWORDS[name])
    assert each_reader.read(path).sheets
    assert [one.name for one in tmp_path.iterdir()] == [name]
    assert sorted(Path.cwd().iterdir()) == here  # no file beside the program, which may not write


def test_a_damaged_locked_file_is_one_sentence(locked: Path, each_reader: WorkbookReader) -> None:
    data = locked.read_bytes()
    for end in (len(data) // 2, len(data) - 600, 1024):
        locked.write_bytes(data[:end])
        each_reader.unlock(locked, PASSWORD)
        with pytest.raises(FileError):
            each_reader.read(locked)
