"""What stands above a statement's heading: whose account it is, and which days it tells."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from desktop_app.domain.dates import parse_date
from desktop_app.domain.rosters.roster_cells import is_blank, is_rounded, text_of
from desktop_app.domain.tables import Cell, Line
from desktop_app.domain.texts import clean, clean_number, heading

_ACCOUNT = frozenset(
    ["账号", "本方账号", "查询账号", "账户", "卡号", "客户账号", "银行账号", "账户号码"]
)
_NAME = frozenset(
    ["账户名称", "户名", "账户名", "本方户名", "客户名称", "单位名称", "账号名称", "账户户名"]
)
_FIRST = frozenset(
    ["起始日期", "开始日期", "起始日", "查询起始日期", "查询开始日期", "交易起始日期", "起始时间"]
)
_LAST = frozenset(
    [
        "截止日期",
        "结束日期",
        "终止日期",
        "截止日",
        "查询截止日期",
        "查询结束日期",
        "交易截止日期",
        "截止时间",
        "结束时间",
    ]
)
_BOTH = frozenset(
    [
        "查询时间段",
        "查询期间",
        "起止日期",
        "交易日期",
        "查询日期",
        "日期范围",
        "账单期间",
        "期间",
        "查询时间",
        "时间范围",
        "起止时间",
    ]
)
_DAY = r"(\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?)"
_RANGE = re.compile(_DAY + r"(?: ?\d{1,2}:\d{2}(?::\d{2})?)?(?:至|到|-+|~|—+|－+| )+" + _DAY)
_SPACED = re.compile("([账帐户]) +([号名])")  # 账  号
_BETWEEN = re.compile("[;,]|(?<!:) {2,}")
_NUMBER = re.compile(r"[\d-]{8,40}", re.ASCII)


class Titles(NamedTuple):
    """Empty or None where the file does not say it."""

    account: str = ""
    name: str = ""
    first: datetime.date | None = None
    last: datetime.date | None = None

    def with_others(self, told: Titles) -> Titles:
        """What is said here, else what another sheet says."""
        return Titles(
            self.account or told.account,
            self.name or told.name,
            self.first or told.first,
            self.last or told.last,
        )


def read_titles(lines: Iterable[Line]) -> Titles:
    """What the lines above a heading say."""
    told = Titles()
    for line in lines:
        for word, value in titled_words(line.cells):
            told = _with(told, word, value)
    return told


def titled_words(cells: Sequence[Cell]) -> Iterator[tuple[str, Cell]]:
    """Each word with its value: behind a colon in its cell, else in the next filled cell."""
    filled = [cell for cell in cells if not is_blank(cell)]
    for at, cell in enumerate(filled):
        if not isinstance(cell, str):
            continue
        for piece in _BETWEEN.split(_SPACED.sub(r"\1\2", clean(cell))):
            word, mark, value = piece.partition(":")
            if mark and value.strip():
                yield _word(word), value.strip()
        if at + 1 < len(filled):
            yield _word(cell), filled[at + 1]


def is_account(text: str, hidden: str = "") -> bool:
    """Whether a text may be an account's number; it may have a part hidden where that is said."""
    return _NUMBER.fullmatch(text.replace(hidden, "0") if hidden else text) is not None


def _word(text: str) -> str:
    return heading(text.split("[", maxsplit=1)[0]).replace("帐", "账")


def _with(told: Titles, word: str, value: Cell) -> Titles:
    text = clean(text_of(value))
    if word in _ACCOUNT and not told.account and not is_rounded(value):
        number = clean_number(text)
        return told._replace(account=number) if is_account(number, hidden="*") else told
    if word in _NAME and not told.name:
        return told._replace(name=text)
    if word in _FIRST and told.first is None:
        return told._replace(first=parse_date(text))
    if word in _LAST and told.last is None:
        return told._replace(last=parse_date(text))
    found = _RANGE.fullmatch(text) if word in _BOTH else None
    if found and told.first is None:
        return told._replace(first=parse_date(found[1]), last=parse_date(found[2]))
    return told
