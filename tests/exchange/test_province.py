"""The province's folder and package: text stays text, hashes agree, whole or absent."""

from __future__ import annotations

import csv
import dataclasses
import errno
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from db.errors import StorageError, StorageKind
from desktop_app.domain.texts import file_name
from desktop_app.errors import FileError
from desktop_app.exchange import files
from desktop_app.exchange.package import write_package
from desktop_app.exchange.province import (
    Attachment,
    UploadColumn,
    plan_workbook,
    write_upload_folder,
)
from desktop_app.exchange.text_workbook import text_workbook
from tests.exchange import samples
from tests.exchange.libreoffice import SOFFICE, as_csv

FILES = [
    "01_社会保险缴纳证明.pdf",
    "02_超龄证明.jpg",
    "manifest.json",
    "名单1_住院医疗.xlsx",
    "名单2_女职工_特殊疾病.xlsx",
    "清单.txt",
]
EXPECTED = [
    ["序号", "参保人姓名", "身份证号", "手机号"],
    *(
        [str(number), person.name, person.identity, person.phone]
        for number, person in enumerate(samples.PEOPLE, 1)
    ),
]


def test_the_folder_holds_a_workbook_per_plan_ordered_papers_and_a_list(tmp_path: Path) -> None:
    target = tmp_path / "上报"
    manifest = write_upload_folder(target, samples.upload())
    assert sorted(path.name for path in target.iterdir()) == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["上报"]
    for file in manifest.files:
        data = (target / file.name).read_bytes()
        assert (file.size, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert [(file.rows, file.total_fen) for file in manifest.files[:2]] == [(4, 20000), (2, 6100)]
    written = (target / "manifest.json").read_bytes()
    assert manifest.sha256 == hashlib.sha256(written).hexdigest()


def test_the_manifest_and_the_list_say_the_same(tmp_path: Path) -> None:
    target = tmp_path / "up"
    manifest = write_upload_folder(target, samples.upload())
    document = json.loads((target / "manifest.json").read_text("utf-8"))
    assert (document["people"], document["total_fen"]) == (4, 26100)
    assert document["created_at"] == "2026-12-01T01:02:03+00:00"
    text = (target / "清单.txt").read_text("utf-8-sig")
    assert "合计:4人,261.00元,4个文件" in text
    assert "【演示】" in text
    for file in manifest.files:
        assert file.name in text
        assert file.sha256 in text
    assert "名单2_女职工_特殊疾病.xlsx    2人,61.00元" in text


def test_openpyxl_reads_every_cell_back_as_text() -> None:
    data = plan_workbook(samples.upload().plans[0], samples.upload().columns)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert rows == EXPECTED
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.value is None or (cell.data_type, cell.number_format) == ("s", "@")


def test_calamine_reads_every_cell_back_as_text() -> None:
    data = plan_workbook(samples.upload().plans[0], samples.upload().columns)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    assert sheet.to_python() == EXPECTED


@pytest.mark.integration
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_every_cell_back_as_text(tmp_path: Path) -> None:
    book = tmp_path / "list.xlsx"
    book.write_bytes(plan_workbook(samples.upload().plans[0], samples.upload().columns))
    text = as_csv(book, 1)
    assert list(csv.reader(io.StringIO(text))) == EXPECTED
    assert text.count('"') == 2 * sum(bool(cell) for row in EXPECTED for cell in row)  # all text


@given(
    st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]), max_size=12)] * 2),
        max_size=20,
    )
)
def test_any_text_comes_back_unchanged(rows: list[tuple[str, str]]) -> None:
    data = text_workbook("表", ["甲", "乙"], rows, [10, 10])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    read = [
        tuple(openpyxl.utils.escape.unescape(value or "") for value in row)
        for row in sheet.iter_rows(min_row=2, max_row=len(rows) + 1, max_col=2, values_only=True)
    ]
    assert read[: len(rows)] == rows


def test_the_columns_are_those_of_the_scheme() -> None:
    columns = (UploadColumn("姓名", "name"), UploadColumn("性别", "sex"))
    plan = dataclasses.replace(samples.upload().plans[0], people=samples.PEOPLE[:1])
    sheet = CalamineWorkbook.from_filelike(
        io.BytesIO(plan_workbook(plan, columns))
    ).get_sheet_by_index(0)
    assert sheet.to_python() == [["姓名", "性别"], ["李䶮", ""]]


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from tests.exchange import samples\n"
        "from desktop_app.exchange.province import write_upload_folder\n"
        "from desktop_app.exchange.package import write_package\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "write_upload_folder(folder / 'up', samples.upload())\n"
        "print(write_package(folder / 'up', folder / 'up.zip').sha256)\n"
    )
    hashes = set()
    for seed in ("1", "2"):
        place = tmp_path / seed
        place.mkdir()
        run = subprocess.run(
            [sys.executable, "-c", code, str(place)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            check=True,
            capture_output=True,
            text=True,
        )
        hashes.add(run.stdout.strip())
        packed = (place / "up.zip").read_bytes()
        assert hashlib.sha256(packed).hexdigest() == run.stdout.strip()
    assert len(hashes) == 1


def test_an_existing_target_is_refused_and_kept(tmp_path: Path) -> None:
    target = tmp_path / "up"
    target.mkdir()
    (target / "mine.txt").write_text("mine")
    with pytest.raises(FileError) as caught:
        write_upload_folder(target, samples.upload())
    assert caught.value.code == "target-exists"
    assert [path.name for path in target.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, StorageKind.FULL),
        (errno.EACCES, StorageKind.READ_ONLY),
        (errno.EROFS, StorageKind.READ_ONLY),
        (errno.EIO, StorageKind.UNREADABLE),
    ],
)
@pytest.mark.parametrize("after", [0, 3])
def test_a_fault_of_the_disk_leaves_nothing_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: StorageKind, after: int
) -> None:
    calls = 0

    def fsync(_handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls > after:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files.os, "fsync", fsync)
    with pytest.raises(StorageError) as caught:
        write_upload_folder(tmp_path / "up", samples.upload())
    assert caught.value.kind is kind
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, pathlib, signal, sys
from desktop_app.exchange import files
from desktop_app.exchange.province import write_upload_folder
from tests.exchange import samples
left, real = int(sys.argv[2]), os.fsync
def fsync(handle):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    real(handle)
files.os.fsync = fsync
write_upload_folder(pathlib.Path(sys.argv[1]) / "up", samples.upload())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("call", range(1, 9))
def test_a_kill_at_any_sync_leaves_the_whole_folder_or_none(tmp_path: Path, call: int) -> None:
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), str(call)],
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert run.returncode == -signal.SIGKILL
    target = tmp_path / "up"
    if target.exists():
        write_package(target, tmp_path / "up.zip")  # everything there, every hash right
    assert target.exists() == (call == 8)


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_only_the_writer_may_read_the_folder_and_the_package(tmp_path: Path) -> None:
    write_upload_folder(tmp_path / "up", samples.upload())
    write_package(tmp_path / "up", tmp_path / "up.zip")
    assert (tmp_path / "up").stat().st_mode & 0o077 == 0
    assert (tmp_path / "up.zip").stat().st_mode & 0o077 == 0


def test_a_missing_parent_folder_is_a_storage_fault(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        write_upload_folder(tmp_path / "gone" / "up", samples.upload())
    assert caught.value.kind is StorageKind.UNREADABLE


@pytest.mark.parametrize(
    "change",
    [
        {"total_fen": 26101},
        {"people": 5},
        {"plans": ()},
        {"created_at": samples.upload().created_at.replace(tzinfo=None)},
        {"columns": (UploadColumn("x", "shoe_size"),)},
        {"attachments": (Attachment("证明", "/../x", b""),)},
    ],
)
def test_counts_that_do_not_agree_are_never_written(
    tmp_path: Path, change: dict[str, object]
) -> None:
    upload = dataclasses.replace(samples.upload(), **change)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"upload|plan|zone|column"):
        write_upload_folder(tmp_path / "up", upload)
    assert list(tmp_path.iterdir()) == []


def test_a_package_holds_the_folder_and_its_hash(tmp_path: Path) -> None:
    write_upload_folder(tmp_path / "up", samples.upload())
    package = write_package(tmp_path / "up", tmp_path / "up.zip")
    data = package.path.read_bytes()
    assert (package.size, package.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    with zipfile.ZipFile(package.path) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == sorted(FILES)
        for name in FILES:
            assert archive.read(name) == (tmp_path / "up" / name).read_bytes()


@pytest.mark.parametrize("what", ["changed", "added", "removed", "manifest", "no manifest"])
def test_a_folder_that_was_touched_is_not_packed(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "up"
    write_upload_folder(folder, samples.upload())
    if what == "changed":
        (folder / FILES[0]).write_bytes(b"other")
    elif what == "added":
        (folder / "notes.txt").write_text("x")
    elif what == "removed":
        (folder / FILES[1]).unlink()
    elif what == "manifest":
        (folder / "manifest.json").write_text("[]")
    else:
        (folder / "manifest.json").unlink()
    with pytest.raises(FileError) as caught:
        write_package(folder, tmp_path / "up.zip")
    assert caught.value.code == "upload-changed"
    assert not (tmp_path / "up.zip").exists()


@pytest.mark.parametrize(
    ("text", "name"),
    [("住院/医疗:1?", "住院_医疗_1_"), (" .. ", "_"), ("长" * 200, "长" * 60), ("CON\x00", "CON_")],
)
def test_file_names_are_ones_that_any_system_takes(text: str, name: str) -> None:
    assert file_name(text) == name
