"""What a file that comes in may be, by its name alone; nothing is opened here."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from desktop_app.domain.tables import WORKBOOK_ENDS
from desktop_app.ui.pasted import PastedCells, PastedPicture, Source

SCAN_ENDS = frozenset([".png", ".jpg", ".jpeg", ".tif", ".tiff", ".pdf"])
PICTURE_ENDS = frozenset([".bmp", ".gif", ".heic", ".heif", ".webp", ".ofd", ".jfif"])


class Kind(Enum):
    ROSTER = "roster"
    SCAN = "scan"
    UNKNOWN = "unknown"


def kind_of(source: Source) -> Kind:
    if isinstance(source, PastedCells):
        return Kind.ROSTER
    if isinstance(source, PastedPicture):
        return Kind.SCAN
    end = source.suffix.lower()
    if end in WORKBOOK_ENDS:
        return Kind.ROSTER
    return Kind.SCAN if end in SCAN_ENDS else Kind.UNKNOWN


def unknown_text(path: Path) -> tuple[str, str]:
    """What to say of a file that is neither, and what to do."""
    if path.suffix.lower() in PICTURE_ENDS:
        return f"《{path.name}》这种图片打不开。", "请另存为 JPG、PNG 或 PDF 后再拖进来。"
    return (
        f"《{path.name}》不是表格、图片或 PDF,没有收。",
        "名单请存为 .xlsx,材料请扫描或拍照存为 PDF、JPG 或 PNG。",
    )
