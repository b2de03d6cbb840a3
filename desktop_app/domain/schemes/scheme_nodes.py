"""A table of a scheme file with its key path, so that every complaint names the place.

What is wrong with a single value is noted and the reading goes on with a harmless stand-in, so that
a file is answered once with all its faults; `fail` gives a part up that cannot be read further.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, NoReturn, TypeVar

from db.codes import FigureState
from desktop_app.domain.schemes.scheme_faults import Fault, Faults, SchemeError
from desktop_app.domain.schemes.scheme_parts import Figure
from desktop_app.domain.schemes.scheme_remedies import (
    to_bound,
    to_choose,
    to_compare,
    to_fill,
    to_spell,
)
from desktop_app.domain.toml.toml_lines import below, line_of

_TYPES = {
    str: "文字",
    int: "整数",
    bool: " true 或 false",
    datetime.date: "日期(如 2024-12-31)",
    datetime.datetime: "时刻(如 2022-11-11T08:00:00)",
}
MOST = 10**12  # fen, people, anything counted
LONGEST = 2000  # characters of a text
_YEARS = range(1949, 2200)
_SHARE = re.compile(r"\d{1,12}(?:/\d{1,12}|\.\d{1,12})?", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_LONGEST_SLUG = 40
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Book:
    """The file a node is of: its name, the line of each key path, and what was found wrong."""

    file: str | None
    lines: Mapping[str, int]
    faults: Faults = field(default_factory=Faults)


class Node:
    """One table of the file. Keys that nobody asked for are a mistake in the file.

    A table that is not there is told as one fault, not as one for each of its keys (`beyond`).
    """

    def __init__(
        self, values: Mapping[str, Any], path: str, book: Book, beyond: Fault | None = None
    ) -> None:
        self._values, self.path, self._book, self._beyond = values, path, book, beyond
        self._asked: set[str] = set()

    def _fault(self, key: str, what: str, remedy: str) -> Fault:
        place = below(self.path, key)
        line = line_of(self._book.lines, place)
        return Fault(place, line, f"{place} {what}", remedy or to_compare(place), self._book.file)

    def note(self, key: str, what: str, remedy: str = "") -> None:
        """Tell what is wrong, and read on."""
        if self._beyond is None:
            self._book.faults.add(self._fault(key, what, remedy))

    def fail(self, key: str, what: str, remedy: str = "") -> NoReturn:
        """Tell what is wrong, and give the part up."""
        raise self.error((self._beyond or self._fault(key, what, remedy),))

    def error(self, faults: Sequence[Fault]) -> SchemeError:
        return SchemeError(faults, self._book.file)

    def collect(self, read: Callable[[], _Value]) -> _Value | None:
        """What `read` gives; None where it gave up, its faults kept with the others."""
        try:
            return read()
        except SchemeError as error:
            for fault in error.faults:
                self._book.faults.add(fault)
            return None

    def finish(self) -> None:
        """Refuse keys that no rule reads: a misspelt rule must not be silently without effect."""
        free = {key for key in self._asked if key not in self._values}
        for key in self._values:
            if key not in self._asked:
                remedy = "" if self._book.faults.full else to_spell(key, free)
                self.note(key, "不是方案文件认识的项,请检查拼写", remedy)

    def has(self, key: str) -> bool:
        self._asked.add(key)
        return key in self._values

    def _take(self, key: str, kind: type[_Value]) -> _Value | None:
        remedy = to_fill(below(self.path, key), kind)
        if not self.has(key):
            self.note(key, "没有填写", remedy)
            return None
        value = self._values[key]
        if type(value) is not kind:
            self.note(key, f"应是{_TYPES.get(kind, '表')}", remedy)
            return None
        return value

    def text(self, key: str, default: str | None = None, longest: int = LONGEST) -> str:
        if default is not None and not self.has(key):
            return default
        value = self._take(key, str)
        if value is None:
            return default or ""
        if not value.strip() and default is None:
            self.note(key, "不能是空的", "请按文件填写。")
        if len(value) > longest:
            self.note(key, f"有{len(value)}个字,太长", f"请写成{longest}个字以内。")
        if any(char < " " and char not in "\n\t" for char in value):
            self.note(key, "里有看不见的控制字符", "请删去后重新输入这一项。")
        return value

    def slug(self, key: str) -> str:
        """An id: what cases are stored with, files named by and commands given."""
        value = self.text(key)
        if value.strip() and not (_SLUG.fullmatch(value) and len(value) <= _LONGEST_SLUG):
            said = f"不能用作标识,只能用小写字母、数字和连字符,不超过{_LONGEST_SLUG}个字符"
            self.note(key, said, '请写成 "hospital" 或 "over-age-proof" 这样。')
        return value

    def count(self, key: str, least: int = 0, most: int = MOST) -> int:
        value = self._take(key, int)
        if value is None:
            return least
        if value < least:
            self.note(key, f"不能小于{least}", to_bound(least, most))
        if value > most:
            self.note(key, f"不能大于{most}", to_bound(least, most))
        return value if least <= value <= most else least

    def flag(self, key: str, default: bool = False) -> bool:
        return bool(self._take(key, bool)) if self.has(key) else default

    def day(self, key: str) -> datetime.date | None:
        return self._in_years(key, self._take(key, datetime.date)) if self.has(key) else None

    def moment(self, key: str) -> datetime.datetime | None:
        """A local time of the wall clock, to the minute."""
        if not self.has(key):
            return None
        moment = self._take(key, datetime.datetime)
        if moment and (moment.tzinfo is not None or moment.second or moment.microsecond):
            said = "应是当地时刻,到分钟为止(如 2022-11-11T08:00:00)"
            self.note(key, said, "请去掉时区,把秒写成 00。")
            return None
        return self._in_years(key, moment)

    def _in_years(self, key: str, day: _Value | None) -> _Value | None:
        if isinstance(day, datetime.date) and day.year not in _YEARS:
            said = f"应在{_YEARS[0]}年到{_YEARS[-1]}年之间"
            self.note(key, said, "请按文件核对年份。")
            return None
        return day

    def some_of(self, key: str, allowed: type[StrEnum] | tuple[str, ...]) -> tuple[str, ...]:
        """A list of words out of those allowed; empty where the key is not there."""
        found = self.texts(key)
        unknown = [word for word in found if word not in list(allowed)]
        if unknown:
            said = f"里的“{'、'.join(unknown)}”不在允许的取值内({'、'.join(allowed)})"
            self.note(key, said, to_choose(allowed))
        return found

    def one_of(self, key: str, allowed: type[StrEnum] | tuple[str, ...], default: str = "") -> str:
        value = self.text(key, default or None)
        if value and value not in list(allowed):
            self._not_among(self.note, key, value, allowed)
        return value if value in list(allowed) else next(iter(allowed))

    def kind_of(self, key: str, allowed: tuple[str, ...], default: str = "") -> str:
        """The word that the meaning of the other keys hangs on; without it nothing is read."""
        value = self.text(key, default or None)
        if value not in allowed:
            self._not_among(self.fail, key, value, allowed)
        return value

    def _not_among(
        self,
        tell: Callable[[str, str, str], None],
        key: str,
        value: str,
        allowed: type[StrEnum] | tuple[str, ...],
    ) -> None:
        tell(key, f"“{value}”不在允许的取值内({'、'.join(allowed)})", to_choose(allowed))

    def share(self, key: str) -> Fraction:
        """An exact fraction from 0 to 1, written "80/100" or 0.8."""
        remedy = f'请写成 {key} = "80/100" 这样。'
        if not self.has(key):
            self.note(key, "没有填写", remedy)
            return Fraction(0)
        value = _fraction(self._values[key])
        if value is None or not 0 <= value <= 1:
            self.note(key, '应是0到1之间的比例,如 "80/100" 或 0.8', remedy)
            return Fraction(0)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        if not self.has(key):
            return ()
        values = self._values[key]
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.note(key, '应是一列文字,如 ["a", "b"]', f'请写成 {key} = ["a", "b"] 这样。')
            return ()
        return tuple(values)

    def node(self, key: str) -> Node:
        values = self._take(key, dict)
        beyond = self._beyond
        if values is None:
            beyond = beyond or self._fault(key, "没有填写", "")
        return Node(values or {}, below(self.path, key), self._book, beyond)

    def nodes(self, key: str, least: int = 0) -> tuple[Node, ...]:
        values = self._values[key] if self.has(key) else []
        place = below(self.path, key)
        remedy = f"请写成 [[{place}]] 开头的一段,每项一段。"
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            self.note(key, "应是一列表", remedy)
            return ()
        if len(values) < least:
            self.note(key, f"至少要有{least}项", remedy)
        return tuple(
            Node(value, f"{place}[{number}]", self._book)
            for number, value in enumerate(values, start=1)
        )

    def each(self, key: str, read: Callable[[Node], _Value], least: int = 0) -> tuple[_Value, ...]:
        """What `read` makes of each table of a list; one that is faulty hides no other's faults."""
        found: list[_Value] = []
        for node in self.nodes(key, least):
            self.collect(functools.partial(_append, found, read, node))
        return tuple(found)

    def names(self) -> tuple[str, ...]:
        return tuple(self._values)

    def figure(self, key: str, least: int = 0, most: int = MOST) -> Figure:
        """A number with its state and source; a confirmed one needs both value and source."""
        table = self.node(key)
        to_confirm = table.flag("to_confirm")
        value = table.count("value", least, most) if table.has("value") else None
        source = table.text("source", "")
        table.finish()
        if not to_confirm and (value is None or not source):
            said = "要么写 value 和 source,要么写 to_confirm = true"
            remedy = '没有文件依据的数写 { to_confirm = true },有的写 { value = 1, source = "…" }。'
            self.note(key, said, remedy)
        return Figure(
            value, FigureState.TO_CONFIRM if to_confirm else FigureState.CONFIRMED, source
        )


def _append(found: list[_Value], read: Callable[[Node], _Value], node: Node) -> None:
    found.append(read(node))


def _fraction(raw: Any) -> Fraction | None:
    """The exact share; None where it is none, or longer than any document would write it."""
    text = format(raw, "f") if isinstance(raw, Decimal) and _is_short(raw) else raw
    if not isinstance(text, str) or not _SHARE.fullmatch(text.strip()):
        return None
    try:
        return Fraction(text.strip())
    except ZeroDivisionError:
        return None


def _is_short(number: Decimal) -> bool:
    return number.is_finite() and abs(number.adjusted()) <= 12
