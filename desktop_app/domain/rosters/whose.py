"""Whose a list is: a unit's name or code in the file's name, in the list's head, in a folder."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain.names import is_han, name_key
from desktop_app.domain.rosters.headings import is_heading
from desktop_app.domain.tables import Workbook
from desktop_app.domain.texts import clean
from desktop_app.domain.unit_names import core_of

SHEETS, LINES = 3, 5  # where a list says whose it is
LONGEST = 80  # characters that a title with a unit's name has at most
_CODE = re.compile("[0-9A-Z]{6,}")
_NUMBER = re.compile(r"\s*\d{14}")
_HEAD = re.compile(
    r"^(?:(?:填报|参保|入会|申报|申请|所属|所在|工作|上报)?单位(?:名称|全称)?(?=[:\s])|附件|[\d\W_])+"
)
_TAIL = re.compile(
    "(?:职工|在职|在岗|医疗|大病|互助|互济|保障|保险|计划|活动|入会|入保|参保|续保|参加|投保|人员|会员"
    "|花名册|名册|名单|明细|清单|汇总|统计|登记|申报|报名|信息|表格|表|最终版?|终稿|定稿|修改|更正|版"
    "|新|改|年度|年|月|日|[A-Z]+|[0-9]+|[^\\w)]|_"
    "|\\([-0-9. 年月日]*(?:修改|更正|改|新|终|定)?[版稿]?\\)"
    "|(?:填报|申报|制表)(?:日期|时间|人)[^)]*)$"
)


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit as it may be named."""

    id: int
    name: str
    codes: tuple[str, ...]


class UnitFinder:
    """Finds units in texts; it takes no shorter name for a longer one, nor a part for the whole.

    Args:
        units: those that are registered.
        county: the office's own, which stands before many names and not before others.
    """

    def __init__(self, units: Iterable[KnownUnit], county: str) -> None:
        self._county = county
        self._keys: defaultdict[str, set[int]] = defaultdict(set)
        self._cores: defaultdict[str, set[int]] = defaultdict(set)
        self._codes: defaultdict[str, set[int]] = defaultdict(set)
        for unit in units:
            self._keys[name_key(clean(unit.name))].add(unit.id)
            self._cores[core_of(unit.name, county)].add(unit.id)
            for code in unit.codes:
                self._codes[code.upper()].add(unit.id)

    def named_in(self, texts: Iterable[str]) -> set[int]:
        """The units that any of the texts names; of several in one text, all."""
        return {unit for text in texts for unit in self._named(clean(text).upper())}

    def _named(self, text: str) -> set[int]:
        for word in _CODE.findall(text):
            if found := self._codes.get(word):
                return found
        if len(text) > LONGEST or sum(map(is_han, text)) < 2:
            return set()
        for rest in _shorter(text):
            found = self._keys.get(name_key(rest)) or self._cores.get(core_of(rest, self._county))
            if found:
                return found
        return set()


def _shorter(text: str) -> Iterator[str]:
    """The text, and what is left of it as the words of a list's title go, one after the other."""
    for rest in dict.fromkeys((text, _HEAD.sub("", text))):
        left = rest
        while left:
            yield left
            shorter = _TAIL.sub("", left)
            if shorter == left:
                break
            left = shorter


def head_texts(workbook: Workbook) -> Iterator[str]:
    """What stands in the first lines of a file's sheets, and how the sheets are called."""
    for sheet in [one for one in workbook.sheets if not one.hidden][:SHEETS]:
        if sheet.name:
            yield sheet.name
        for line in sheet.lines[:LINES]:
            if is_heading(line.cells) or any(_NUMBER.match(str(cell)) for cell in line.cells):
                break  # what follows are the people, who may be of other units
            for cell in line.cells:
                if isinstance(cell, str):
                    yield from _parts(cell)


def _parts(cell: str) -> Sequence[str]:
    """A cell as it is, and what wide gaps in it hold apart: 填报单位:…    填报日期:…."""
    parts = [part for part in re.split(r"\s{2,}", cell.strip()) if part]
    return parts if len(parts) > 1 else (cell,)
