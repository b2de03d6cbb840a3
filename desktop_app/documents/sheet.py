"""A form's content ready for the layout: named texts and named lists; and how places are filled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.documents.layout_faults import FaultyLayoutError

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Rows:
    """A list for a table: the names of its fields, and one tuple of texts a row."""

    fields: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Content:
    """What a form says of its own, beside what stands on all of them."""

    texts: Mapping[str, str]
    lists: Mapping[str, Rows] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    texts: Mapping[str, str]
    lists: Mapping[str, Rows]
    code: str

    def has(self, condition: str) -> bool:
        """Whether a block with this `when` is printed: the named text is not empty."""
        return not condition or bool(self.text(condition))

    def text(self, name: str) -> str:
        try:
            return self.texts[name]
        except KeyError:
            raise FaultyLayoutError(
                f"{{{name}}} 不是这张表单的内容。",
                "请改正版式文件,或重新安装程序恢复原来的版式。",
                f"{{{name}}}",
                "表单版式里的 ",
            ) from None

    def fill(self, pattern: str) -> str:
        return _PLACE.sub(lambda found: self.text(found[1]), pattern)
