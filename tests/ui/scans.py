"""Files to look at in tests of the window: pages of a colour, drawn off the window's thread."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass, field

from PIL import Image

from desktop_app.errors import FileError
from desktop_app.intake.scan_pages import DrawnPage

BROKEN = FileError("scan-not-shown", "《证书.pdf》第2页不能显示:文件可能已损坏。", "请换一份。")


def drawn(pages: int, width: int, height: int | None = None) -> DrawnPage:
    out = io.BytesIO()
    Image.new("RGB", (width, height or width * 1414 // 1000), "lightgrey").save(out, "PNG")
    return DrawnPage(pages, out.getvalue())


@dataclass
class Drawing:
    """Draws pages as the service does; `asked` is what was asked for."""

    pages: int = 1
    broken: frozenset[int] = frozenset()
    asked: list[tuple[int, int]] = field(default_factory=list)

    def __call__(self, *, number: int, width: int) -> DrawnPage:
        assert threading.current_thread() is not threading.main_thread()
        self.asked.append((number, width))
        if number in self.broken:
            raise BROKEN
        return drawn(self.pages, width)
