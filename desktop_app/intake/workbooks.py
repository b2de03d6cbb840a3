"""One way in for spreadsheets: a path becomes a Workbook whose rows know their address."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

from desktop_app.domain.tables import Line, Sheet, Workbook
from desktop_app.intake import frames
from desktop_app.intake.children import Child
from desktop_app.intake.refusals import Refusal, refusal

Step: TypeAlias = Callable[[int, int], None]
_FileKey: TypeAlias = tuple[str, int, int]  # where it lies, its size, when it was written

SECONDS = 20.0
BYTES_PER_SECOND = 1 << 20  # what a larger file may take longer
_AS_LINE = partial(tuple.__new__, Line)  # a tenth of the time of calling it


@dataclass(frozen=True, slots=True)
class SheetPart:
    """Some lines of a sheet that follow each other; a sheet without rows gives one empty part."""

    kind: str
    sheet: int
    name: str | None
    hidden: bool
    lines: tuple[Line, ...]


class WorkbookReader:
    """Reads files one after the other through one child process; a context manager.

    Args:
        seconds: wall time for a small file; each MiB adds a second.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._passwords: dict[_FileKey, str] = {}
        self.child = Child()

    def __enter__(self) -> WorkbookReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self.child.close()

    def unlock(self, path: Path, password: str | None) -> None:
        """Open this file with a password from now on, while it stays as it is; None: with none."""
        if password is None:
            self._passwords.pop(_key_of(path), None)
        else:
            self._passwords[_key_of(path)] = password

    def password_of(self, path: Path) -> str | None:
        """What was given to open this file as it lies; None where nothing was."""
        return self._passwords.get(_key_of(path))

    def key_to(self, path: Path) -> dict[str, str]:
        """What a question about this file has to carry so that the child can open it."""
        password = self.password_of(path)
        return {} if password is None else {"password": password}

    def read(self, path: Path, *, step: Step | None = None, data: bytes | None = None) -> Workbook:
        """Read a whole file.

        Args:
            path: the file.
            step: told how far it is; may stop it.
            data: the bytes of a file that is kept and stands nowhere; `path` is then its name.

        Raises:
            FileError: the file cannot be read; `where` is its name.
            Cancelled: `step` raised it; the child is gone by then.
        """
        kind = ""
        sheets: list[tuple[str | None, bool, list[Line]]] = []
        for part in self.parts(path, step=step, data=data):
            kind = part.kind
            if part.sheet == len(sheets):
                sheets.append((part.name, part.hidden, []))
            sheets[part.sheet][2].extend(part.lines)
        return Workbook(
            path.name,
            kind,
            tuple(Sheet(name, tuple(lines), hidden) for name, hidden, lines in sheets),
        )

    def parts(
        self, path: Path, *, step: Step | None = None, data: bytes | None = None
    ) -> Iterator[SheetPart]:
        """Read a file piece by piece, so that memory stays flat; errors as in `read`."""
        progress = _Progress(step)
        try:
            kind, sheet, name, hidden = "", -1, None, False
            request = self._request(path, data)
            for code, body in self.child.ask(request, self._allowance(path), progress.beat):
                if code == frames.OPENED:
                    kind = str(frames.read_note(body)["kind"])
                elif code == frames.SHEET:
                    note = frames.read_note(body)
                    sheet, name, hidden = sheet + 1, note["name"], bool(note["hidden"])
                    progress.expect(int(note["height"]))
                    yield SheetPart(kind, sheet, name, hidden, ())
                elif code == frames.ROWS:
                    rows = frames.unpack_rows(body)
                    yield SheetPart(kind, sheet, name, hidden, _lines(rows))
                    progress.advance(len(rows.rows))
        except (frames.FrameError, KeyError, ValueError) as error:
            self.child.kill()
            raise refusal("crashed", path.name) from error
        except Refusal as refused:
            raise refusal(refused.reason, path.name) from refused

    def _request(self, path: Path, data: bytes | None) -> dict[str, str]:
        request = {"task": "workbook", "path": str(path.absolute())}
        if data is not None:
            request["data"] = base64.b64encode(data).decode("ascii")
            return request
        return request | self.key_to(path)

    def _allowance(self, path: Path) -> float:
        try:
            return self._seconds + path.stat().st_size / BYTES_PER_SECOND
        except OSError:
            return self._seconds


def _key_of(path: Path) -> _FileKey:
    try:
        about = path.stat()
    except OSError:
        return str(path.absolute()), 0, 0
    return str(path.absolute()), about.st_size, about.st_mtime_ns


def read_workbook(path: Path, *, step: Step | None = None) -> Workbook:
    """Read one file; for several, keep a WorkbookReader."""
    with WorkbookReader() as reader:
        return reader.read(path, step=step)


def _lines(rows: frames.Rows) -> tuple[Line, ...]:
    if not rows.hidden:
        numbers = range(rows.first_row, rows.first_row + len(rows.rows))
        return tuple(map(_AS_LINE, zip(numbers, rows.rows, repeat(False))))
    return tuple(
        Line(number, cells, number in rows.hidden)
        for number, cells in enumerate(rows.rows, start=rows.first_row)
    )


class _Progress:
    def __init__(self, step: Step | None) -> None:
        self._step, self._done, self._total = step, 0, 0

    def expect(self, rows: int) -> None:
        self._total += rows

    def advance(self, rows: int) -> None:
        self._done += rows
        self.beat()

    def beat(self) -> None:
        if self._step:
            self._step(self._done, max(self._total, self._done))
