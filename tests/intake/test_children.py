"""Whatever a file does to the child, the parent gets one sentence, in time, and can go on."""

from __future__ import annotations

import json
import os
import random
import signal
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import rustpy_xlsxwriter

import desktop_app
from desktop_app.errors import Cancelled, FileError
from desktop_app.intake import children, frames
from desktop_app.intake.children import Child
from desktop_app.intake.workbooks import WorkbookReader

ROWS = 30_000
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and rlimits")


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "长名单.xlsx"
    rows = [{"序号": n, "姓名": f"职工{n}", "单位": f"第{n % 40}车间"} for n in range(ROWS)]
    rustpy_xlsxwriter.write_worksheet(rows, str(path), sheet_name="名单")
    return path


@pytest.fixture
def short_list(tmp_path: Path) -> Path:
    path = tmp_path / "短名单.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "姓名"
    book.save(path)
    return path


def _alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


@posix
def test_a_child_killed_while_it_answers_gives_a_sentence_and_a_new_child(
    long_list: Path, short_list: Path
) -> None:
    with WorkbookReader() as reader:

        def kill(done: int, _total: int) -> None:
            if done and reader.child.process_id:
                os.kill(reader.child.process_id, signal.SIGKILL)

        started = time.monotonic()
        with pytest.raises(FileError) as refused:
            reader.read(long_list, step=kill)
        assert refused.value.code == "file-damaged"
        assert time.monotonic() - started < 10
        assert reader.read(short_list).sheets[0].lines[0].cells == ("姓名",)


@posix
def test_a_child_killed_at_any_moment_never_hangs_the_parent(
    long_list: Path, short_list: Path
) -> None:
    moments = random.Random(7)
    with WorkbookReader() as reader:
        for _ in range(15):
            reader.read(short_list)
            killer = subprocess.Popen(
                ["sh", "-c", f"sleep {moments.uniform(0, 0.4)}; kill -9 {reader.child.process_id}"]
            )
            try:
                answer: object = len(reader.read(long_list).sheets[0].lines)
            except FileError as error:
                answer = error.code
            assert answer in (ROWS + 1, "file-damaged")
            killer.wait()
            time.sleep(0.05)  # the signal has arrived


@posix
def test_a_child_that_died_while_idle_is_replaced_unseen(short_list: Path) -> None:
    with WorkbookReader() as reader:
        reader.read(short_list)
        first = reader.child.process_id
        assert first
        os.kill(first, signal.SIGKILL)
        time.sleep(0.2)
        reader.read(short_list)
        assert reader.child.process_id != first


def test_cancelling_ends_the_child_at_once(long_list: Path, short_list: Path) -> None:
    seen: list[tuple[int, int]] = []

    def cancel(done: int, total: int) -> None:
        seen.append((done, total))
        raise Cancelled

    with WorkbookReader() as reader:
        reader.read(short_list)
        process = reader.child.process_id
        assert process
        with pytest.raises(Cancelled):
            reader.read(long_list, step=cancel)
        assert len(seen) == 1
        assert not _alive(process)
        assert reader.read(short_list).sheets


def test_progress_reaches_the_number_of_rows(long_list: Path, reader: WorkbookReader) -> None:
    seen: list[tuple[int, int]] = []
    reader.read(long_list, step=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (ROWS + 1, ROWS + 1)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_reading_piece_by_piece_gives_the_same_lines(
    long_list: Path, reader: WorkbookReader
) -> None:
    lines = [line for part in reader.parts(long_list) for line in part.lines]
    assert tuple(lines) == reader.read(long_list).sheets[0].lines


def test_an_abandoned_reading_does_not_disturb_the_next(
    long_list: Path, short_list: Path, reader: WorkbookReader
) -> None:
    for part in reader.parts(long_list):
        if part.lines:
            break
    assert reader.read(short_list).sheets[0].lines[0].cells == ("姓名",)


def test_a_file_that_takes_too_long_is_given_up(long_list: Path, short_list: Path) -> None:
    with WorkbookReader(seconds=-0.7) as reader:  # 0.7 MB may take longer by 0.7 s
        started = time.monotonic()
        with pytest.raises(FileError) as refused:
            reader.read(long_list)
        assert time.monotonic() - started < 2
    assert refused.value.code == "file-too-large"
    assert "用时" in str(refused.value)


def test_a_child_that_hangs_is_killed(monkeypatch: pytest.MonkeyPatch, short_list: Path) -> None:
    hang = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(children, "command", lambda: hang)
    with WorkbookReader(seconds=0.5) as reader, pytest.raises(FileError) as refused:
        reader.read(short_list)
    assert refused.value.code == "file-too-large"


@pytest.mark.parametrize(
    "answer",
    [
        b"nonsense, and more of it",
        struct.pack("<cI", b"R", 3) + b"abc",
        struct.pack("<cI", b"O", 2) + b"[]",
        struct.pack("<cI", b"R", 0xFFFFFFFF),
        b"",
    ],
)
def test_a_child_that_answers_nonsense_is_not_believed(
    answer: bytes, monkeypatch: pytest.MonkeyPatch, short_list: Path
) -> None:
    liar = f"import sys; sys.stdin.buffer.read(4); sys.stdout.buffer.write({answer!r})"
    monkeypatch.setattr(children, "command", lambda: [sys.executable, "-c", liar])
    with WorkbookReader(seconds=5) as reader, pytest.raises(FileError) as refused:
        reader.read(short_list)
    assert refused.value.code == "file-damaged"


def test_a_child_that_ran_out_of_memory_is_not_asked_again(
    monkeypatch: pytest.MonkeyPatch, short_list: Path
) -> None:
    full = frames.note(frames.REFUSED, reason="memory")
    liar = f"import sys; sys.stdout.buffer.write({full!r}); sys.stdin.buffer.read()"
    with WorkbookReader(seconds=5) as reader:
        with monkeypatch.context() as patch:
            patch.setattr(children, "command", lambda: [sys.executable, "-u", "-c", liar])
            with pytest.raises(FileError) as refused:
                reader.read(short_list)
        assert refused.value.code == "file-too-large"
        assert reader.read(short_list).sheets


def test_a_program_that_cannot_start_its_child_says_so(
    monkeypatch: pytest.MonkeyPatch, short_list: Path
) -> None:
    monkeypatch.setattr(children, "command", lambda: ["/no/such/program"])
    with WorkbookReader() as reader, pytest.raises(FileError) as refused:
        reader.read(short_list)
    assert refused.value.code == "reader-not-started"


def test_a_frozen_program_starts_itself_with_the_workers_argument(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert children.command()[1:] == ["-m", "desktop_app", "--worker"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert children.command() == [sys.executable, "--worker"]


# Files that eat memory or time.


def _sheet_of(path: Path, chunks: Iterator[bytes]) -> Path:
    """An xlsx whose sheet is `chunks`, packed as they come."""
    book = openpyxl.Workbook()
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(name, data)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for chunk in chunks:
                part.write(chunk)
    return path


HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def test_a_zip_that_unpacks_to_too_much_is_not_unpacked(
    tmp_path: Path, reader: WorkbookReader
) -> None:
    path = _sheet_of(tmp_path / "a.xlsx", iter([HEAD, *[b" " * (1 << 20)] * 600]))
    assert path.stat().st_size < 1 << 20
    with pytest.raises(FileError) as refused:
        reader.read(path)
    assert refused.value.code == "file-too-large"
    assert "展开" in str(refused.value)


def test_a_zip_that_lies_about_its_size_is_counted(tmp_path: Path, reader: WorkbookReader) -> None:
    path = _sheet_of(tmp_path / "a.xlsx", iter([HEAD, *[b" " * (1 << 20)] * 80]))
    data = path.read_bytes()
    size = struct.pack("<I", 80 * (1 << 20) + len(HEAD))
    assert size in data
    path.write_bytes(data.replace(size, struct.pack("<I", 1000)))
    with pytest.raises(FileError) as refused:
        reader.read(path)
    assert refused.value.code in {"file-too-large", "file-damaged"}


def test_too_many_parts_are_refused(tmp_path: Path, reader: WorkbookReader) -> None:
    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(2_100):
            archive.writestr(f"xl/media/{number}", b"")
    with pytest.raises(FileError) as refused:
        reader.read(path)
    assert refused.value.code == "file-too-large"


@pytest.mark.parametrize(
    "last",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="900000"><c r="ZZ900000"><v>1</v></c></row>',
    ],
)
def test_two_cells_far_apart_cost_neither_memory_nor_time(
    last: bytes, tmp_path: Path, reader: WorkbookReader, short_list: Path
) -> None:
    first = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    path = _sheet_of(tmp_path / "a.xlsx", iter([HEAD, first, last, b"</sheetData></worksheet>"]))
    started = time.monotonic()
    with pytest.raises(FileError) as refused:
        reader.read(path)
    assert refused.value.code == "file-too-large"
    assert time.monotonic() - started < 20
    assert reader.read(short_list).sheets


def test_a_file_that_took_all_the_memory_takes_none_from_the_next(
    tmp_path: Path, reader: WorkbookReader, short_list: Path
) -> None:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    far = '<Row><Cell ss:Index="16384"><Data ss:Type="String">x</Data></Cell></Row>' * 20_000
    (tmp_path / "a.xls").write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="a"><Table>{far}</Table></Worksheet></Workbook>'
    )
    with pytest.raises(FileError) as refused:
        reader.read(tmp_path / "a.xls")
    assert (refused.value.code, "内存" in refused.value.message) == ("file-too-large", True)
    assert reader.read(short_list).sheets


def test_a_bomb_of_words_is_refused_and_the_reader_goes_on(
    tmp_path: Path, reader: WorkbookReader, short_list: Path
) -> None:
    # 400 MB of different cells: within the zip's limits, beyond the child's memory.
    noise = random.Random(3)
    rows = (
        b"".join(
            b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>'
            % (row, row, noise.randbytes(16).hex().encode() * 500)
            for row in range(start, start + 100)
        )
        for start in range(1, 25_000, 100)
    )

    def content() -> Iterator[bytes]:
        yield HEAD
        yield from rows
        yield b"</sheetData></worksheet>"

    path = _sheet_of(tmp_path / "a.xlsx", content())
    with pytest.raises(FileError) as refused:
        reader.read(path)
    assert refused.value.code in {"file-too-large", "file-damaged"}
    assert reader.read(short_list).sheets


def _ask_raw(code: str) -> subprocess.CompletedProcess[bytes]:
    """Run code inside a bounded process like the child's."""
    start = "from desktop_app.intake import limits; limits.bound_process()\n"
    folder = Path(desktop_app.__file__).parents[1]
    return subprocess.run(
        [sys.executable, "-c", start + code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        check=False,
        timeout=30,
    )


@posix
@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.fork()",
        "import os; os.remove('/nonexistent')",
    ],
)
def test_the_child_may_not_leave_its_room(code: str) -> None:
    assert b"PermissionError" in _ask_raw(code).stderr


@posix
def test_the_child_cannot_write_files_nor_take_more_memory(tmp_path: Path) -> None:
    written = _ask_raw(f"open({str(tmp_path / 'x')!r}, 'w').write('x' * 10000)")
    assert written.returncode != 0
    assert not (tmp_path / "x").exists() or not (tmp_path / "x").stat().st_size
    assert b"MemoryError" in _ask_raw("bytearray(2 << 30)").stderr


@posix
def test_the_kernel_ends_a_child_that_computes_too_long() -> None:
    ended = _ask_raw("limits.allow_seconds(1)\nwhile True: pass")
    assert ended.returncode == -signal.SIGXCPU


def test_the_worker_loads_neither_qt_nor_the_ledger(short_list: Path) -> None:
    code = (
        "import sys\n"
        "from desktop_app.intake import grids, worker\n"
        "heavy = {'PySide6', 'sqlalchemy', 'sqlcipher3', 'openpyxl', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert _ask_raw(code).stdout.strip() == b"[]"


def test_the_worker_ends_with_its_parents_pipe() -> None:
    process = subprocess.Popen(
        children.command(),
        cwd=Path(desktop_app.__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin
    process.stdin.close()
    assert process.wait(10) == 0
    assert process.stdout
    assert process.stdout.read() == b""
    process.stdout.close()


def test_closing_ends_the_child(short_list: Path) -> None:
    reader = WorkbookReader()
    reader.read(short_list)
    process = reader.child.process_id
    assert process
    reader.close()
    reader.close()
    assert not _alive(process)


def test_a_request_is_plain_json(short_list: Path) -> None:
    child = Child()
    request = {"task": "workbook", "path": str(short_list)}
    answer = list(child.ask(request, 10, lambda: None))
    child.close()
    assert [kind for kind, _ in answer] == [frames.OPENED, frames.SHEET, frames.ROWS, frames.DONE]
    assert json.loads(answer[1][1]) == {"name": "Sheet", "hidden": False, "height": 1}
    assert zlib.crc32(answer[3][1]) == zlib.crc32(b"{}")
