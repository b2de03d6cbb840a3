"""A unit's file with remarks on it, made in the child process: the file is a stranger's."""

from __future__ import annotations

import datetime
import json
from dataclasses import astuple, dataclass
from pathlib import Path

from desktop_app.domain.rosters.letters import Letter, Remark
from desktop_app.intake import frames
from desktop_app.intake.refusals import Refusal, refusal
from desktop_app.intake.workbooks import BYTES_PER_SECOND, WorkbookReader

SECONDS = 60.0  # a letter of ten thousand rows needs a tenth of it
_SLOWER = 8  # writing takes longer by so much than reading


@dataclass(frozen=True, slots=True)
class Written:
    """The letter's bytes, and whether it looks as the unit's own file does."""

    data: bytes
    same_looks: bool


def written(
    reader: WorkbookReader, path: Path, letter: Letter, password: str | None = None
) -> Written:
    """Write the remarks into a copy of the file.

    Args:
        reader: that has read the file; it knows its opening password.
        path: the unit's file.
        letter: the remarks.
        password: what the copy is locked with; None for none.

    Raises:
        FileError: the file cannot be read any more.
    """
    request = {"task": "letter", "path": str(path.absolute()), "letter": packed(letter)}
    request |= {"lock": password} if password else {}
    request |= reader.key_to(path)
    same_looks, data = False, b""
    try:
        for code, body in reader.child.ask(request, _allowance(path), _go_on):
            if code == frames.OPENED:
                same_looks = bool(frames.read_note(body)["same_looks"])
            elif code == frames.FILE:
                data = body
    except Refusal as refused:
        raise refusal(refused.reason, path.name) from refused
    return Written(data, same_looks)


def _allowance(path: Path) -> float:
    try:
        return SECONDS + _SLOWER * path.stat().st_size / BYTES_PER_SECOND
    except OSError:
        return SECONDS  # the child will say what is wrong with the file


def _go_on() -> None:
    """It is soon written: nobody asks to stop."""


def packed(letter: Letter) -> str:
    told = [
        letter.title,
        letter.notes,
        letter.dated.isoformat(),
        list(map(astuple, letter.remarks)),
    ]
    return json.dumps(told)


def unpacked(text: str) -> Letter:
    title, notes, dated, remarks = json.loads(text)
    return Letter(
        title,
        tuple(notes),
        datetime.date.fromisoformat(dated),
        tuple(Remark(*remark) for remark in remarks),
    )
