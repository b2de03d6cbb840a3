"""What is wrong with a scheme file: each fault with its key path, line and remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.errors import UserError

REMEDY = "请改正方案文件中的这一项;若不清楚写法,请对照随程序提供的方案文件。"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong; `key` is empty where it is about the file as a whole."""

    key: str
    line: int
    message: str
    remedy: str = REMEDY

    @property
    def text(self) -> str:
        return f"方案文件第{self.line}行:{self.message}。"


class SchemeError(UserError):
    """A scheme file that cannot be used, with all the faults found in it, the first in front."""

    def __init__(self, faults: Sequence[Fault], file: str | None) -> None:
        first = faults[0]
        place = (file or "方案文件", f"第{first.line}行", first.key)
        super().__init__(
            "scheme-invalid", first.text, first.remedy, " · ".join(filter(None, place))
        )
        self.faults = tuple(faults)
        self.file = file
