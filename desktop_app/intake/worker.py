"""The child process: takes a file, answers its rows or codes; bounded, no Qt, no database.

A hostile file can make a parser crash, hang or eat memory: here it costs this process only.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from desktop_app.intake import limits
from desktop_app.intake.frames import (
    DONE,
    FILE,
    OPENED,
    PAGE,
    REFUSED,
    REQUEST_HEAD,
    SHEET,
    frame,
    note,
    pack_rows,
)
from desktop_app.intake.refusals import FULL, Refusal, reason_of

LARGEST_FILE = 200 << 20
LARGEST_PDF = 100 << 20


def main() -> int:
    """Answer requests on standard input until it ends."""
    asked, answers = _take_streams()
    limits.bound_process()
    while (head := _read(asked, REQUEST_HEAD.size)) is not None:
        body = _read(asked, REQUEST_HEAD.unpack(head)[0])
        if body is None:
            break
        request = json.loads(body)
        limits.allow_seconds(int(request["seconds"]))
        try:
            _answer(request, answers)
        except BrokenPipeError:
            break
    return 0


def _answer(request: dict[str, str], answers: int) -> None:
    try:
        _TASKS[request["task"]](request, answers)
    except Refusal as refused:
        _write(answers, note(REFUSED, reason=refused.reason))
    except MemoryError:
        _write(answers, note(REFUSED, reason=FULL))
    except BrokenPipeError:
        raise
    except BaseException as error:
        # A panic of the Rust reader arrives as a BaseException of its own.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        _write(answers, note(REFUSED, reason="crashed"))


def _workbook(request: dict[str, str], answers: int) -> None:
    from desktop_app.intake import grids  # noqa: PLC0415 - heavy, not for scans

    data = _asked_bytes(request, LARGEST_FILE, "too-large")
    try:
        kind, sheets = grids.grids_of(data)
    except Refusal as refused:
        if refused.reason != "password":
            raise
        from desktop_app.intake import locked  # noqa: PLC0415 - few files are

        kind, sheets = grids.grids_of(locked.opened(data, request.get("password")))
    _write(answers, note(OPENED, kind=kind))
    for sheet in sheets:
        _write(answers, note(SHEET, name=sheet.name, hidden=sheet.hidden, height=sheet.height))
        for chunk in sheet.chunks:
            _write(answers, pack_rows(chunk.first_row, chunk.rows, chunk.hidden))
    _write(answers, note(DONE))


def _letter(request: dict[str, str], answers: int) -> None:
    from desktop_app.intake import letter_files, letters  # noqa: PLC0415 - heavy, asked for seldom

    data = read_bytes(Path(request["path"]), LARGEST_FILE, "too-large")
    letter = letters.unpacked(request["letter"])
    made, same_looks = letter_files.letter_bytes(data, letter, request.get("password"))
    if "lock" in request:
        made = letter_files.lock(made, request["lock"])
    _write(answers, note(OPENED, same_looks=same_looks))
    _write(answers, frame(FILE, made))
    _write(answers, note(DONE))


def _scan(request: dict[str, str], answers: int) -> None:
    from desktop_app.intake import pictures  # noqa: PLC0415 - heavy, not for workbooks

    data = read_bytes(Path(request["path"]), pictures.LARGEST_SCAN, "scan-too-large")
    _write(answers, note(DONE, **pictures.check_picture(data)))


def _codes(request: dict[str, str], answers: int) -> None:
    from desktop_app.intake import page_codes, pictures  # noqa: PLC0415 - heavy

    data = read_bytes(Path(request["path"]), pictures.LARGEST_STACK, "scan-too-large")
    looked = pictures.check_picture(data)
    _write(answers, note(OPENED, **looked))
    for page in page_codes.read_pages(data, str(looked["kind"])):
        _write(answers, note(PAGE, number=page.number, codes=page.codes, turns=page.turns))
    _write(answers, note(DONE))


def _cut(request: dict[str, str], answers: int) -> None:
    from desktop_app.intake import page_cuts  # noqa: PLC0415 - heavy

    data = base64.b64decode(request["data"])
    for part in page_cuts.cut(data, request["kind"], json.loads(request["groups"])):
        _write(answers, frame(FILE, part))
    _write(answers, note(DONE))


def _page(request: dict[str, str], answers: int) -> None:
    from desktop_app.intake import page_pictures  # noqa: PLC0415 - heavy

    if "data" in request:
        page_pictures.hold(base64.b64decode(request["data"]))
    number, width = int(request["page"]), int(request["width"])
    pages, picture = page_pictures.draw(request["sha256"], number, width)
    _write(answers, note(OPENED, pages=pages))
    _write(answers, frame(FILE, picture))
    _write(answers, note(DONE))


def _words(request: dict[str, str], answers: int) -> None:
    from desktop_app.intake import page_words, pictures  # noqa: PLC0415 - heavy

    data = _asked_bytes(request, pictures.LARGEST_SCAN, "scan-too-large")
    for number, lines in page_words.read_words(data):
        _write(answers, note(PAGE, number=number, lines=lines))
    _write(answers, note(DONE))


def _signatures(request: dict[str, str], answers: int) -> None:
    from desktop_app.domain.signatures import packed  # noqa: PLC0415 - not for workbooks
    from desktop_app.intake import signature_reading  # noqa: PLC0415 - heavy

    data = read_bytes(Path(request["path"]), LARGEST_PDF, "pdf-too-large")
    found = [packed(one) for one in signature_reading.read_signatures(data)]
    _write(answers, note(DONE, sha256=hashlib.sha256(data).hexdigest(), signatures=found))


_TASKS: dict[str, Callable[[dict[str, str], int], None]] = {
    "workbook": _workbook,
    "letter": _letter,
    "scan": _scan,
    "codes": _codes,
    "cut": _cut,
    "page": _page,
    "words": _words,
    "signatures": _signatures,
}


def _asked_bytes(request: dict[str, str], largest: int, reason: str) -> bytes:
    """The bytes that were sent along, of a file that is kept; else those of the file named."""
    if "data" in request:
        return base64.b64decode(request["data"])
    return read_bytes(Path(request["path"]), largest, reason)


def read_bytes(path: Path, largest: int, reason: str) -> bytes:
    """The bytes of a file; a Refusal says why not."""
    try:
        if path.is_dir():
            raise Refusal("folder")
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise Refusal(reason_of(error)) from error
    if len(data) > largest:
        raise Refusal(reason)
    return data


def _take_streams() -> tuple[int, int]:
    """Keep the pipes to ourselves, so that a stray print cannot stand between two frames."""
    asked, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows only

        msvcrt.setmode(asked, os.O_BINARY)
        msvcrt.setmode(answers, os.O_BINARY)
    return asked, answers


def _read(stream: int, size: int) -> bytes | None:
    """Exactly `size` bytes, or None where the parent has gone."""
    parts = b""
    while len(parts) < size:
        piece = os.read(stream, size - len(parts))
        if not piece:
            return None
        parts += piece
    return parts


def _write(stream: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(stream, view) :]
