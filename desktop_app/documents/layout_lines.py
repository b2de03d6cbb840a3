"""In which line of a layout's text a fault stands, so that it can be shown where it is."""

from __future__ import annotations

import re

from desktop_app.documents.layout_faults import FaultyLayoutError
from desktop_app.errors import FileError, UserError

_HEADER = re.compile(r"\s*\[\[?\s*[\w.]+\s*\]\]?\s*(#.*)?$")
_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?$")


FILLED = "字"  # what stands for every text while a layout is tried
_SAID = re.compile(r"第(\d+)行")


class LayoutError(FileError):
    """What is wrong with a layout; `line` counts from 1, 0 where no line can be named."""

    def __init__(self, told: UserError, line: int, where: str) -> None:
        message = told.said if isinstance(told, FaultyLayoutError) else told.message
        place = f"第{line}行:" if line and not _SAID.search(message) else ""
        super().__init__("layout-invalid", f"{place}{message}", told.remedy, where)
        self.line = line


def in_line(error: UserError, text: str, where: str) -> LayoutError:
    """The same refusal with the line of the layout's text that it is about."""
    said, place = _SAID.search(error.message), (error.where or "").rpartition(":")[2]
    if said:
        line = int(said[1])
    elif place.startswith("{"):
        line = _line_of_name(text, place[1:-1])
    else:
        line = line_of(text, place) or line_that_says(text, error.message)
    return LayoutError(error, line, where)


def line_of(text: str, path: str) -> int:
    """The line at which a place such as `body[2].items[3].size` stands; 0 where unknown."""
    lines = text.splitlines()
    first, *steps = path.split(".")
    start, end = _section(lines, first)
    if start is None:
        return 0
    at = start
    for step in steps:
        found = _STEP.match(step)
        if found is None:
            break
        key, number = found[1], found[2]
        if at != start:  # within one entry, which stands on one line
            break
        row = _key_line(lines, start, end, key)
        if row is None:
            break
        at = row
        if number is not None:
            entry = _entry_line(lines, row, end, int(number))
            at = row if entry is None else entry
    return at + 1


def _line_of_name(text: str, name: str) -> int:
    """The line that asks for this text, or for this column of a list; 0 where none does."""
    field = re.escape(name.rpartition(".")[2])
    asks = re.compile(rf'\{{{field}\}}|(?:when|field)\s*=\s*["\']{field}["\']')
    for number, line in enumerate(text.splitlines(), 1):
        if asks.search(line):
            return number
    return 0


def line_that_says(text: str, message: str) -> int:
    """The line with what the message quotes in “”; 0 where none has it."""
    quoted = [one.rstrip("…") for one in re.findall(r"“([^”]+)”", message)]
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#") and any(
            one not in ("", FILLED) and one in line for one in quoted
        ):
            return number
    return 0


def _section(lines: list[str], step: str) -> tuple[int | None, int]:
    """Where `[head]`, the nth `[[body]]` or a key at the top begins, and where it ends."""
    found = _STEP.match(step)
    if found is None:
        return None, 0
    key, number = found[1], int(found[2] or 0)
    headers = [at for at, line in enumerate(lines) if _HEADER.match(line)]
    pattern = re.compile(rf"\s*\[\[?\s*{key}\s*\]")
    begins = [at for at in headers if pattern.match(lines[at])]
    if number < len(begins):
        at = begins[number]
        return at, next((later for later in headers if later > at), len(lines))
    top = headers[0] if headers else len(lines)
    return _key_line(lines, -1, top, key), top


def _key_line(lines: list[str], start: int, end: int, key: str) -> int | None:
    pattern = re.compile(rf"\s*{re.escape(key)}\s*=")
    rows = range(start + 1, end)
    return next((at for at in rows if pattern.match(lines[at])), None)


def _entry_line(lines: list[str], start: int, end: int, number: int) -> int | None:
    """The nth `{ … }` behind a key; entries that share the key's line are not told apart."""
    entries = [at for at in range(start + 1, end) if lines[at].lstrip().startswith("{")]
    return entries[number] if number < len(entries) else None
