"""Where each value, pair and table of a TOML text stands; valid TOML only."""

from __future__ import annotations

import re
from functools import lru_cache

from desktop_app.domain.toml.toml_lines import Scanner

ITEM = re.compile(r"^(?P<list>.+)\[(?P<place>\d+)\]$")
TEXTS_KEPT = 16  # what a form does at once: a text, the one it becomes, and the ways between
_COMMENTS = re.compile(r"(?<=\n)(?:[ \t]*(?:#[^\n]*)?\r?\n)*$")
_OWN_COMMENTS = re.compile(r"(?:(?:(?<=\n)|^)[ \t]*#[^\n]*\n)+$")


class TextMap(Scanner):
    """Where each value, each pair and each table of a text stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: dict[str, tuple[int, int]] = {}
        self.pairs: dict[str, tuple[int, int]] = {}  # key and value together
        self.bodies: dict[str, int] = {"": 0}  # where a table's last own pair ends
        self.inline: set[str] = set()
        self.headers: list[tuple[str, int]] = []
        super().__init__(text)

    def span_of(self, path: str) -> tuple[int, int]:
        """A table or an item of a list: its braces, or its header with all that belongs to it.

        Raises:
            KeyError: there is none.
        """
        if path in self.inline:
            return self.values[path]
        start = next((start for header, start in self.headers if header == path), None)
        if start is None:
            raise KeyError(path)
        return start, self.end_of(path, start)

    def end_of(self, path: str, start: int) -> int:
        """Where what belongs to a table ends, from its header at `start` on."""
        later = (at for header, at in self.headers if at > start and not is_within(header, path))
        end = next(later, len(self.text))
        comments = _COMMENTS.search(self.text, start, end) if end < len(self.text) else None
        return comments.start() if comments else end

    def block_of(self, item: str) -> tuple[int, int]:
        """An item with the comments right above it; those above the first one are the list's."""
        start, end = self.span_of(item)
        if item not in self.inline and not item.endswith("[1]"):
            own = _OWN_COMMENTS.search(self.text, 0, start)
            start = own.start() if own else start
        return start, start + len(self.text[start:end].rstrip())

    def _header(self) -> str:
        start = self._at
        path = super()._header()
        self.headers.append((path, start))
        self.bodies[path] = self._at
        return path

    def _pair(self, table: str) -> None:
        start = self._at
        super()._pair(table)
        path = next(reversed(self.values))  # the pair's own value is noted after those inside it
        end = self.values[path][1]
        self.pairs[path] = (start, end)
        self.bodies[table] = end

    def _value(self, path: str) -> None:
        start = self._at
        if self.text[start] == "{":
            self.inline.add(path)
        super()._value(path)
        end = start + len(self.text[start : self._at].rstrip())
        self.values.pop(path, None)
        self.values[path] = (start, end)


def is_within(path: str, table: str) -> bool:
    """Whether a path is the table's own or below it; all are below the root."""
    return not table or path == table or path.startswith((f"{table}.", f"{table}["))


@lru_cache(TEXTS_KEPT)
def map_of(text: str) -> TextMap:
    """The map of a text; nobody may change it."""
    return TextMap(text)
