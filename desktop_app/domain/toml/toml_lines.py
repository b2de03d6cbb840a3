"""Key path -> line of a TOML text, which the standard reader does not tell; valid TOML only."""

from __future__ import annotations

import re
from collections.abc import Mapping

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACES = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\r\n]*")
_ESCAPES = re.compile(r"\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.S)
_LONGEST_PATH = 400
_PLAIN_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}
_STRINGS = (
    re.compile(r'"""(?:\\.|[^\\])*?"""+', re.S),
    re.compile(r"'''.*?'''+", re.S),
    re.compile(r'"(?:\\.|[^"\\\n])*"'),
    re.compile(r"'[^'\n]*'"),
)


def key_lines(text: str) -> dict[str, int]:
    """The line of each key path such as `plans[1].fee_fen`; items of lists count from 1."""
    return Scanner(text).lines


def line_of(lines: Mapping[str, int], path: str) -> int:
    """The line of the path, or of the nearest table around it; 1 for the file as a whole."""
    while path:
        if path in lines:
            return lines[path]
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return 1


def below(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


class Scanner:
    """Walks a text that the standard reader has accepted, noting where each key begins."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._line, self._counted = 1, 0
        self._items: dict[str, int] = {}  # list of tables -> tables so far
        self.lines: dict[str, int] = {}
        table = ""
        while self._skip(_BLANK) < len(text):
            if text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    def _here(self) -> int:
        """The line of this place; places only move on."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _note(self, path: str) -> None:
        if len(path) > _LONGEST_PATH:  # each nested key would repeat all those around it
            raise RecursionError(_LONGEST_PATH)
        self.lines.setdefault(path, self._here())

    def _header(self) -> str:
        several = self._text.startswith("[[", self._at)
        self._here()
        self._at += 2 if several else 1
        *parents, last = self._key()
        self._at += 2 if several else 1
        path = ""
        for part in parents:
            path = self._newest(below(path, part))
            self._note(path)
        path = below(path, last)
        self._note(path)
        if several:
            self._items[path] = self._items.get(path, 0) + 1
        path = self._newest(path)
        self._note(path)
        return path

    def _newest(self, path: str) -> str:
        return f"{path}[{self._items[path]}]" if path in self._items else path

    def _key(self) -> list[str]:
        parts = []
        while True:
            self._skip(_SPACES)
            start = self._at
            if self._text[start] in "\"'":
                parts.append(_unquoted(self._string()))
            else:
                parts.append(self._text[start : self._skip(_BARE)])
            self._skip(_SPACES)
            if self._text[self._at] != ".":
                return parts
            self._at += 1

    def _pair(self, table: str) -> None:
        self._here()
        path = table
        for part in self._key():
            path = below(path, part)
            self._note(path)
        self._at += 1  # the equals sign
        self._skip(_SPACES)
        self._value(path)

    def _value(self, path: str) -> None:
        first = self._text[self._at]
        if first in "\"'":
            self._string()
        elif first == "[":
            self._list(path)
        elif first == "{":
            self._inline(path)
        else:
            self._skip(_SCALAR)

    def _list(self, path: str) -> None:
        self._at += 1
        place = 0
        self._skip(_BLANK)
        while self._text[self._at] != "]":
            place += 1
            self._note(f"{path}[{place}]")
            self._value(f"{path}[{place}]")
            self._comma()
        self._at += 1

    def _inline(self, path: str) -> None:
        self._at += 1
        self._skip(_BLANK)
        while self._text[self._at] != "}":
            self._pair(path)
            self._comma()
        self._at += 1

    def _comma(self) -> None:
        self._skip(_BLANK)
        if self._text[self._at] == ",":
            self._at += 1
            self._skip(_BLANK)

    def _string(self) -> str:
        start = self._at
        found = (pattern.match(self._text, start) for pattern in _STRINGS)
        self._at = next(match.end() for match in found if match)
        return self._text[start : self._at]


def _unquoted(text: str) -> str:
    return text[1:-1] if text[0] == "'" else _ESCAPES.sub(_escaped, text[1:-1])


def _escaped(found: re.Match[str]) -> str:
    code = found[0][1:]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return _PLAIN_ESCAPES.get(code, code)
