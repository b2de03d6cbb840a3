"""The short way for rows that need no word says what the rules for one person say."""

from __future__ import annotations

import random

import pytest

from desktop_app.domain.rosters.plain_rows import PlainRows
from desktop_app.domain.rosters.rosters import RosterReport, read_roster
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.tables import Cell, Line, Sheet, Workbook
from tests.domain.rosters import ON, number
from tests.domain.schemes import scheme_named

HEAD: tuple[Cell, ...] = (
    "序号", "姓名", "身份证号", "性别", "出生日期", "手机号", "银行卡号", "项目", "份数", "备注",
)  # fmt: skip
GOOD: tuple[Cell, ...] = (
    1.0, "王甲", "999999198003070010", "男", "1980-03-07", "13900000001", "6222021234567890128",
    None, None, "一车间",
)  # fmt: skip
OTHERS: tuple[tuple[Cell, ...], ...] = (
    (None, "", "#N/A", "合计", 3.0),
    ("李乙", " 王甲", "王 甲", "A", "王甲·", 7.0, "#REF!", "王\ue000"),
    ("999999198003070011", " 999999198003070010", "99999919800307001x", 9.9e17, "999999800307001"),
    ("女", "男 ", "1", 1.0, "m", "不详"),
    ("1980-03-08", "1980.03", 1980.03, "19800307", "不是日期"),
    (13900000001.0, "139 0000 0001", "1390000000", "１３９００００００01"),
    ("6222 0212 3456 7890 128", "123", 6.2e18),
    ("住院医疗", "没有的项目"),
    (1.0, "1", "9", "一份"),
    ("", " 备注 ", 5.0, "＃", "'车间"),
)


def rows(count: int) -> list[tuple[Cell, ...]]:
    chance = random.Random(7)
    made = []
    for at in range(count):
        cells = list(GOOD)
        born = f"{chance.choice((1950, 1966, 1980, 1999, 2012))}03{at % 28 + 1:02d}"
        cells[2], cells[3] = number(born, at % 1000), "男" if at % 2 else "女"
        cells[4] = f"{born[:4]}-03-{born[6:]}"
        for _change in range(chance.choice((0, 0, 0, 1, 2))):
            field = chance.randrange(len(HEAD))
            kind = OTHERS[0] if chance.random() < 0.3 or not field else OTHERS[field]
            cells[field] = chance.choice(kind)
        made.append(tuple(cells[: chance.choice((len(cells), len(cells), 6))]))
    return made


def judged(lines: tuple[Line, ...], scheme: Scheme | None) -> RosterReport:
    return read_roster(Workbook("名册.xlsx", "xlsx", (Sheet("名单", lines),)), scheme=scheme, on=ON)


@pytest.mark.parametrize("name", [None, "xianfeng-2024", "anyang-2023"])
def test_a_row_read_the_short_way_is_read_as_by_the_rules(
    name: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheme = scheme_named(name) if name else None
    lines = tuple(Line(at, row) for at, row in enumerate([HEAD, GOOD, *rows(1_500)], start=1))
    short = judged(lines, scheme)
    monkeypatch.setattr(PlainRows, "read", lambda *_: None)
    assert judged(lines, scheme) == short
    assert len(short.accepted) > 300
