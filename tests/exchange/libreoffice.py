"""A workbook as LibreOffice reads it: one sheet as CSV text with every text cell in quotes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

SOFFICE = shutil.which("soffice")


def as_csv(book: Path, sheet: int) -> str:
    """Convert one sheet (from 1) beside the workbook; comma, quotes, UTF-8, cells as stored."""
    assert SOFFICE is not None
    options = f"Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,{sheet}"
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={(book.parent / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            f"csv:{options}",
            "--outdir",
            str(book.parent),
            str(book),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    (found,) = book.parent.glob(f"{book.stem}*.csv")
    return found.read_text("utf-8-sig")
