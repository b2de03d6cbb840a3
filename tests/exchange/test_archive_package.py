"""An archive package is whole or absent, repeats byte for byte, and is verified without us."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.errors import StorageError, StorageKind
from desktop_app.errors import Cancelled, FileError
from desktop_app.exchange import archive_package, files
from desktop_app.exchange.archive_package import (
    CASES,
    FILES,
    README,
    SUMS,
    VERIFIER,
    Archive,
    ArchivedCase,
    ArchivedFile,
    path_of,
    write_archive,
)

BYTES = {1: b"%PDF one", 2: b"\xff\xd8 two", 3: b"%PDF one", 4: b"II*\0 four"}
WATERWORKS = ArchivedCase(
    "DA-A-2027-00001", 2027, "明山县演示水厂(演示)", "91999999演示", "HB000001", "演示方案", 10,
    50_000, date(2026, 12, 2), date(2027, 12, 1), date(2026, 12, 3), "12", "三排二层",
    (
        ArchivedFile(1, "申请书", "SQ-A-2027-00001", "开出的单据", 1, ".pdf"),
        ArchivedFile(2, "银行回单 12-01 500.00 元", "", "收回的材料", 2, ".jpg"),
    ),
)  # fmt: skip
SCHOOL = replace(
    WATERWORKS, number="DA-A-2027-00002", unit="明山县演示小学", due_fen=None, first=None,
    files=(
        ArchivedFile(3, "申请书", "SQ-A-2027-00002", "开出的单据", 1, ".pdf"),
        ArchivedFile(4, "确认书", "", "收回的材料", 1, ".tif"),
    ),
)  # fmt: skip
ARCHIVE = Archive("明山县总工会", 2027, "", True, (WATERWORKS, SCHOOL))
FIRST = path_of(WATERWORKS, 1, WATERWORKS.files[0])
LAST = path_of(SCHOOL, 2, SCHOOL.files[1])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_archive(tmp_path / "档案包", ARCHIVE, BYTES.__getitem__).folder


def all_files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def verified(folder: Path, *arguments: str) -> tuple[int, str]:
    """What the carried file says, run by a Python that has nothing of ours."""
    script = folder / VERIFIER
    done = subprocess.run(
        [sys.executable, "-I", str(script), *arguments], capture_output=True, check=False,
        env={"PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}, cwd=folder.parent,
    )  # fmt: skip
    assert done.stderr == b""
    return done.returncode, done.stdout.decode()


def test_the_package_holds_every_file_and_indexes_of_plain_text(package: Path) -> None:
    found = all_files(package)
    assert set(found) == {
        FIRST, path_of(WATERWORKS, 2, WATERWORKS.files[1]),
        path_of(SCHOOL, 1, SCHOOL.files[0]), LAST, CASES, FILES, README, SUMS, VERIFIER,
    }  # fmt: skip
    assert found[FIRST] == BYTES[1]
    assert FIRST == "案卷/DA-A-2027-00001 明山县演示水厂(演示)/01 申请书 SQ-A-2027-00001.pdf"
    cases, papers = table(found[CASES]), table(found[FILES])
    assert cases[0]["档案号"] == "DA-A-2027-00001"
    assert (cases[0]["应缴(元)"], cases[0]["盒号"], cases[0]["页数"]) == ("500.00", "12", "3")
    assert (cases[1]["应缴(元)"], cases[1]["保障期起"]) == ("", "")
    assert [row["文件"] for row in papers] == [name for name in found if name.startswith("案卷/")]
    assert all(hashlib.sha256(found[row["文件"]]).hexdigest() == row["SHA-256"] for row in papers)
    assert "共 2 卷,4 个文件,5 页" in found[README].decode()
    assert "(演示)" in found[README].decode().splitlines()[0]
    assert len(found[README].decode().splitlines()) < 40


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode()), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_same_archive_gives_the_same_bytes_and_the_same_seal(
    package: Path, tmp_path: Path
) -> None:
    again = write_archive(tmp_path / "再来", ARCHIVE, BYTES.__getitem__)
    assert all_files(again.folder) == all_files(package)
    assert again.sha256 == hashlib.sha256((package / SUMS).read_bytes()).hexdigest()
    listed = [data for name, data in all_files(package).items() if name != SUMS]
    assert (again.files, again.size) == (4, sum(map(len, listed)))


def test_the_carried_verifier_agrees_and_tells_the_seal(package: Path) -> None:
    code, said = verified(package)
    assert code == 0
    assert "清单上共 8 个文件:相符 8,改动 0,缺少 0,改名 0,多出 0,读不出 0。" in said
    assert hashlib.sha256((package / SUMS).read_bytes()).hexdigest() in said
    assert said.endswith("请再把上面的 SHA-256 与移交清单上写的比对。\n")
    elsewhere = package.with_name("别处")
    package.rename(elsewhere)
    assert verified(elsewhere, str(elsewhere))[0] == 0


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="there is no sha256sum here")
def test_sha256sum_agrees_and_notices_a_changed_byte(package: Path) -> None:
    command = ["sha256sum", "--check", "--strict", "--quiet", SUMS]
    assert subprocess.run(command, cwd=package, check=False).returncode == 0
    flip(package / LAST)
    assert subprocess.run(command, cwd=package, check=False, capture_output=True).returncode == 1


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def _add(folder: Path) -> None:
    (folder / "案卷" / "夹带").mkdir()
    (folder / "案卷" / "夹带" / "多的.pdf").write_bytes(b"%PDF more")


def _link(folder: Path) -> None:
    (folder / "别处").symlink_to(folder / "不在")


TOUCHED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a changed byte": (lambda folder: flip(folder / LAST), f"改动:{LAST}\n"),
    "a changed index": (lambda folder: flip(folder / CASES), f"改动:{CASES}\n"),
    "a missing file": (lambda folder: (folder / LAST).unlink(), f"缺少:{LAST}\n"),
    "an added file": (_add, "多出:案卷/夹带/多的.pdf\n"),
    "a renamed file": (lambda folder: (folder / LAST).rename(folder / "改了.tif"),
                       f"改名:{LAST} → 改了.tif\n"),
    "a link to nowhere": (_link, "读不出:别处\n"),
}  # fmt: skip


@pytest.mark.parametrize("what", TOUCHED)
def test_whatever_was_done_to_the_package_is_told_by_its_name(package: Path, what: str) -> None:
    touch, told = TOUCHED[what]
    touch(package)
    code, said = verified(package)
    assert code == 1
    assert said.startswith(told)
    assert sum(said.count(f"{kind}:") for kind in ("改动", "缺少", "改名", "多出", "读不出")) == 1
    assert "结论:不相符" in said


def test_one_of_two_equal_files_that_goes_is_missing_and_not_renamed(package: Path) -> None:
    (package / FIRST).unlink()  # the school's application has the same bytes
    code, said = verified(package)
    assert (code, said.splitlines()[0]) == (1, f"缺少:{FIRST}")


@pytest.mark.parametrize("text", [None, "", "nonsense\n", "ab  x\n"])
def test_a_package_without_its_list_cannot_be_verified(package: Path, text: str | None) -> None:
    (package / SUMS).unlink()
    if text is not None:
        (package / SUMS).write_text(text, "utf-8")
    code, said = verified(package)
    assert code == 2
    assert "读不出校验清单 SHA256SUMS.txt" in said


def test_a_list_that_names_a_file_twice_is_none(package: Path) -> None:
    lines = (package / SUMS).read_text("utf-8")
    (package / SUMS).write_text(lines + lines, "utf-8")
    assert verified(package)[0] == 2


def test_what_a_kill_left_of_a_package_is_gone_with_the_next_one(tmp_path: Path) -> None:
    command = (
        "import os; from pathlib import Path; from desktop_app.exchange.files import write_tree\n"
        f"def files():\n    yield '案卷/1.pdf', b'%PDF'\n    os._exit(9)\n"
        f"write_tree(Path({str(tmp_path / '档案')!r}), files())"
    )
    done = subprocess.run([sys.executable, "-c", command], check=False)
    assert done.returncode == 9
    [left] = tmp_path.iterdir()
    assert (left / "案卷" / "1.pdf").exists()
    files.write_tree(tmp_path / "档案", [("案卷/2.pdf", b"%PDF")])
    assert [one.name for one in tmp_path.iterdir()] == ["档案"]
    assert [one.name for one in (tmp_path / "档案" / "案卷").iterdir()] == ["2.pdf"]


def test_a_package_that_is_there_is_kept(package: Path) -> None:
    before = all_files(package)
    with pytest.raises(FileError) as caught:
        write_archive(package, ARCHIVE, BYTES.__getitem__)
    assert caught.value.code == "target-exists"
    assert all_files(package) == before


@pytest.mark.parametrize("at", range(4))
def test_a_file_that_is_lost_or_a_stop_leaves_nothing(tmp_path: Path, at: int) -> None:
    def read(key: int) -> bytes:
        if key == at + 1:
            raise StorageError(StorageKind.DAMAGED, "damaged", "somewhere")
        return BYTES[key]

    def stop(done: int, total: int) -> None:
        assert total == 4
        if done == at + 1:
            raise Cancelled

    with pytest.raises(StorageError):
        write_archive(tmp_path / "档案包", ARCHIVE, read)
    with pytest.raises(Cancelled):
        write_archive(tmp_path / "档案包", ARCHIVE, BYTES.__getitem__, stop)
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_the_disk_at_any_file_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = files._write_synced
    for fails_at in range(9):
        left = [fails_at]

        def failing(path: Path, data: bytes, left: list[int] = left) -> None:
            if not left[0]:
                raise OSError(28, "No space left on device")
            left[0] -= 1
            write(path, data)

        monkeypatch.setattr(files, "_write_synced", failing)
        with pytest.raises(StorageError) as caught:
            write_archive(tmp_path / "档案包", ARCHIVE, BYTES.__getitem__)
        assert caught.value.kind is StorageKind.FULL
        assert list(tmp_path.iterdir()) == []


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=70), title=st.text(max_size=70), number=st.text(max_size=30))
def test_any_name_makes_one_cell_and_a_path_of_three_parts(
    text: str, title: str, number: str
) -> None:
    file = ArchivedFile(1, title, number, "收回的材料", 1, ".pdf")
    case = replace(WATERWORKS, unit=text, files=(file,))
    parts = path_of(case, 1, file).split("/")
    assert len(parts) == 3
    assert all(part.strip(". ") and len(part) < 130 for part in parts)
    line = archive_package._table(("甲", "乙", "丙"), iter([(text, title, number)])).decode()
    assert line.count("\n") == 2
    assert line.splitlines()[0].count("\t") == 2
    assert line.split("\n")[1].count("\t") == 2
