"""Web pages that were named .xls, as many reporting systems export them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from desktop_app.intake.places import Table
from desktop_app.intake.refusals import Refusal
from desktop_app.intake.texts import decode

_UNSEEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)  # so Excel saves a hidden row


def tables_of(data: bytes) -> list[Table]:
    """All tables of the page as one sheet."""
    page = _Page()
    page.feed(decode(data))
    page.close()
    if not page.table.rows:
        raise Refusal("web-archive")
    return [page.table]


class _Page(HTMLParser):
    """All tables of a page, one below the other, as a spreadsheet opens them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.table = Table(None)
        self.row = -1
        self.column = 0
        self.across = self.down = 1
        self.taken: set[tuple[int, int]] = set()
        self.text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._finish()
            self.row, self.column = self.row + 1, 0
            if _UNSEEN.search(dict(attrs).get("style") or ""):
                self.table.hidden_rows.add(self.row + 1)
        elif tag in {"td", "th"} and self.row >= 0:
            self._finish()
            spans = dict(attrs)
            self.across = _span(spans.get("colspan"))
            self.down = _span(spans.get("rowspan"))
            self.text = []
        elif tag == "br" and self.text is not None:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._finish()

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def close(self) -> None:
        super().close()
        self._finish()

    def _finish(self) -> None:
        if self.text is None:
            return
        while (self.row, self.column) in self.taken:
            self.column += 1
        value = "".join(self.text).strip()
        self.table.put(self.row, self.column, value or None)
        for row in range(self.row + 1, self.row + self.down):
            self.taken.update((row, self.column + step) for step in range(self.across))
        self.column += self.across
        self.text = None


def _span(text: str | None) -> int:
    return min(max(int(text), 1), 1000) if text and text.isdigit() else 1
