"""A list saved as a file that spreadsheets open; formula-like text stays text."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from desktop_app.errors import FileError

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def save_cells(lines: Sequence[Sequence[str]], target: Path) -> str:
    """Write a CSV file (UTF-8 with mark, as spreadsheets on Windows expect); returns its path."""
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([_safe(cell) for cell in line] for line in lines)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise FileError(
            "file-not-written",
            f"文件没有存成:{target.name}。",
            "请检查文件夹能否写入、磁盘是否已满,或该文件是否正被打开。",
            str(target),
        ) from error
    return str(target)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
