"""What is wrong with a scheme file: each fault with its file, key path, line and remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.errors import UserError

MOST = 50  # faults told at once; who mends these asks again
REMEDY = "请改正方案文件中的这一项;若不清楚写法,请对照随程序提供的方案文件。"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong; `key` is empty where it is about the file as a whole."""

    key: str
    line: int
    message: str
    remedy: str = REMEDY
    file: str | None = None
    column: int | None = None  # only where the text is no TOML

    @property
    def text(self) -> str:
        file = f"“{self.file}”" if self.file else ""
        column = f"第{self.column}列" if self.column else ""
        return f"方案文件{file}第{self.line}行{column}:{self.message}。"


class SchemeError(UserError):
    """A scheme file that cannot be used, with the faults found in it, the first in front."""

    def __init__(self, faults: Sequence[Fault], file: str | None) -> None:
        first = faults[0]
        place = (file or "方案文件", f"第{first.line}行", first.key)
        super().__init__(
            "scheme-invalid", first.text, first.remedy, " · ".join(filter(None, place))
        )
        self.faults = tuple(faults)
        self.file = file


class Faults:
    """The faults of one reading: one for each place, and no consequence of one told before."""

    def __init__(self) -> None:
        self._found: dict[str, Fault] = {}
        self._more = 0

    @property
    def full(self) -> bool:
        """Whether further faults are only counted."""
        return len(self._found) >= MOST

    def add(self, fault: Fault) -> None:
        if self.full:
            self._more += 1
        elif not any(_within(key, fault.key) for key in self._found):
            self._found[fault.key] = fault

    def told(self) -> tuple[Fault, ...]:
        """As many as can be mended at once; the last one says how many more there are."""
        found = tuple(self._found.values())
        if not self._more:
            return found
        said = f"还有{self._more}处错误没有列出"
        remedy = "请先改正以上各处,再检查一次。"
        return (*found, Fault("", found[-1].line, said, remedy, found[-1].file))


def _within(key: str, place: str) -> bool:
    """Whether a fault at `key` is at the place itself or inside it."""
    return key.startswith(place) and key[len(place) : len(place) + 1] in ("", ".", "[")
