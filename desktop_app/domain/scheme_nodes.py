"""A table of a scheme file with its key path, so that every complaint names the place."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, NoReturn, TypeVar

from db.codes import FigureState
from desktop_app.domain.scheme_faults import Fault, SchemeError
from desktop_app.domain.scheme_lines import below, line_of
from desktop_app.domain.scheme_parts import Figure

_TYPES = {
    str: "文字",
    int: "整数",
    bool: " true 或 false",
    datetime.date: "日期(如 2024-12-31)",
    datetime.datetime: "时刻(如 2022-11-11T08:00:00)",
}
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Book:
    """The file a node is of: its name, and the line of each key path."""

    file: str | None
    lines: Mapping[str, int]


class Node:
    """One table of the file. Keys that nobody asked for are a mistake in the file."""

    def __init__(self, values: Mapping[str, Any], path: str, book: Book) -> None:
        self._values, self.path, self._book = values, path, book
        self._asked: set[str] = set()

    def fail(self, key: str, what: str) -> NoReturn:
        place = below(self.path, key)
        fault = Fault(place, line_of(self._book.lines, place), f"{place} {what}")
        raise self.error((fault,))

    def error(self, faults: Sequence[Fault]) -> SchemeError:
        return SchemeError(faults, self._book.file)

    def finish(self) -> None:
        """Refuse keys that no rule reads: a misspelt rule must not be silently without effect."""
        for key in self._values:
            if key not in self._asked:
                self.fail(key, "不是方案文件认识的项,请检查拼写")

    def has(self, key: str) -> bool:
        self._asked.add(key)
        return key in self._values

    def _take(self, key: str, kind: type[_Value]) -> _Value:
        if not self.has(key):
            self.fail(key, "没有填写")
        value = self._values[key]
        if type(value) is not kind:
            self.fail(key, f"应是{_TYPES.get(kind, '表')}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        if default is not None and not self.has(key):
            return default
        value = self._take(key, str)
        if not value.strip() and default is None:
            self.fail(key, "不能是空的")
        return value

    def count(self, key: str, least: int = 0) -> int:
        value = self._take(key, int)
        if value < least:
            self.fail(key, f"不能小于{least}")
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        return self._take(key, bool) if self.has(key) else default

    def day(self, key: str) -> datetime.date | None:
        return self._take(key, datetime.date) if self.has(key) else None

    def moment(self, key: str) -> datetime.datetime | None:
        """A local time of the wall clock, to the minute."""
        if not self.has(key):
            return None
        moment = self._take(key, datetime.datetime)
        if moment.tzinfo is not None or moment.second or moment.microsecond:
            self.fail(key, "应是当地时刻,到分钟为止(如 2022-11-11T08:00:00)")
        return moment

    def some_of(self, key: str, allowed: type[StrEnum] | tuple[str, ...]) -> tuple[str, ...]:
        """A list of words out of those allowed; empty where the key is not there."""
        found = self.texts(key)
        for word in found:
            if word not in list(allowed):
                self.fail(key, f"里的“{word}”不在允许的取值内({'、'.join(allowed)})")
        return found

    def one_of(self, key: str, allowed: type[StrEnum] | tuple[str, ...], default: str = "") -> str:
        value = self.text(key, default or None)
        if value not in list(allowed):
            self.fail(key, f"“{value}”不在允许的取值内({'、'.join(allowed)})")
        return value

    def share(self, key: str) -> Fraction:
        """An exact fraction from 0 to 1, written "80/100" or 0.8."""
        if not self.has(key):
            self.fail(key, "没有填写")
        raw = self._values[key]
        try:
            value = Fraction(raw) if isinstance(raw, (str, Decimal)) else None
        except (ValueError, ZeroDivisionError, OverflowError):
            value = None
        if value is None or not 0 <= value <= 1:
            self.fail(key, '应是0到1之间的比例,如 "80/100" 或 0.8')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        if not self.has(key):
            return ()
        values = self._values[key]
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.fail(key, '应是一列文字,如 ["a", "b"]')
        return tuple(values)

    def node(self, key: str) -> Node:
        return Node(self._take(key, dict), below(self.path, key), self._book)

    def nodes(self, key: str, least: int = 0) -> tuple[Node, ...]:
        values = self._values[key] if self.has(key) else []
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            self.fail(key, "应是一列表")
        if len(values) < least:
            self.fail(key, f"至少要有{least}项")
        return tuple(
            Node(value, f"{below(self.path, key)}[{place}]", self._book)
            for place, value in enumerate(values, start=1)
        )

    def names(self) -> tuple[str, ...]:
        return tuple(self._values)

    def figure(self, key: str) -> Figure:
        """A number with its state and source; a confirmed one needs both value and source."""
        table = self.node(key)
        to_confirm = table.flag("to_confirm")
        value = table.count("value") if table.has("value") else None
        source = table.text("source", "")
        table.finish()
        if not to_confirm and (value is None or not source):
            self.fail(key, "要么写 value 和 source,要么写 to_confirm = true")
        return Figure(
            value, FigureState.TO_CONFIRM if to_confirm else FigureState.CONFIRMED, source
        )
