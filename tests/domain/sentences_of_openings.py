"""Questions about last year's books: tables of units, rosters beside them, and what is wrong."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from desktop_app.domain.openings.opening_headings import beside_people, unit_heading
from desktop_app.domain.openings.opening_units import unit_key
from desktop_app.domain.openings.openings import OpeningBook, read_opening
from desktop_app.domain.tables import Cell, Line, Sheet, Workbook
from tests.domain.rosters import HEAD, ON, number, sheet
from tests.domain.schemes import scheme_named

Case = tuple[str, Callable[[], Any]]
UNITS = (
    "单位名称", "统一社会信用代码", "工会代码", "单位性质", "片区", "乡镇", "联系人", "联系电话",
    "在职职工", "女职工", "人数", "参加项目", "份数", "金额", "保障起", "保障止", "业务号",
    "付款户名", "付款账号", "开户行", "行号", "开票抬头", "税号",
)  # fmt: skip
GOOD: tuple[Cell, ...] = (
    "演示水厂", "", "", "事业单位", "城区片", "城关镇", "王丽", "0724-1234567", 12, 3, "10人",
    "住院医疗、女职工特殊疾病", "1", "8,600.00", datetime.date(2026, 1, 1), "2026-12-31",
    "hb-2026-1", "演示水厂", "6222 0000", "演示银行", "1055", "演示水厂财务室",
    "42 0000 1234 5678x",
)  # fmt: skip
WRONG: dict[str, tuple[tuple[str, Cell], ...]] = {
    "no-name": (("单位名称", "  "),),
    "long-name": (("单位名称", "演" * 61),),
    "longest-name": (("单位名称", "演" * 60),),
    "spaced-name": (("单位名称", " 演示 水厂 "),),
    "code": (("统一社会信用代码", "91420000123456789X"), ("工会代码", "x")),
    "kinds": (("单位性质", "国企"),),
    "no-kind": (("单位性质", None),),
    "other-kind": (("单位性质", "个体 户"),),
    "no-invoice": (("开票抬头", None), ("税号", " ")),
    "long-title": (("开票抬头", "票" * 61),),
    "longest-title": (("开票抬头", "票" * 60),),
    "tax-number": (("税号", "4200001234"),),
    "tax-letters": (("税号", "42000012345678_"),),
    "tax-credit-code": (("税号", "91420000123456789X"),),
    "tax-plain-number": (("税号", 420000123456789.0),),
    "tax-rounded": (("税号", 4.2000012345678e16),),
    "long-text": (("片区", "片" * 41), ("联系电话", "1" * 41)),
    "longest-text": (("片区", "片" * 40),),
    "counts": (("在职职工", "十二"), ("女职工", -1), ("人数", "12345678")),
    "most": (("在职职工", "9999999"), ("人数", "1234567")),
    "women": (("女职工", 13),),
    "women-equal": (("女职工", 12),),
    "plans": (("参加项目", "牙科"),),
    "no-plans": (("参加项目", None), ("份数", None)),
    "shares": (("份数", "0"),),
    "no-shares": (("份数", "x"),),
    "amount": (("金额", "一百"),),
    "negative": (("金额", "-1"),),
    "nothing": (("金额", "0"),),
    "most-fen": (("金额", "10000000000"),),
    "beyond": (("金额", "10000000000.01"),),
    "days": (("保障起", "2026-12-31"), ("保障止", "2026-01-01")),
    "same-day": (("保障起", "2026-12-31"), ("保障止", "2026-12-31")),
    "no-day": (("保障起", "x"), ("保障止", "2026-02-30")),
    "one-day": (("保障起", None),),
    "formula": (("在职职工", "#REF!"), ("金额", "#N/A")),
}


def of_unit_tables() -> Iterator[Case]:
    yield "units good", partial(_book, sheet(UNITS, GOOD))
    for word, cells in WRONG.items():
        row = dict(zip(UNITS, GOOD, strict=True)) | dict(cells)
        yield f"units {word}", partial(_book, sheet(UNITS, tuple(row.values())))
    below = (
        ("", ""),
        ("明山县2026年台账",),
        UNITS,
        GOOD,
        ("", None),
        ("合计", 10),
        ("总计",),
        GOOD,
    )
    yield "units below", partial(_book, sheet(*below, name="单位表"))
    yield "units short-row", partial(_book, sheet(UNITS, ("演示水厂", "")))
    yield "units hidden", partial(_book, sheet(UNITS, GOOD, hidden=True))
    yield "units two", partial(_book, sheet(UNITS, GOOD), sheet(UNITS, GOOD, name="二"))
    yield "units anyang", partial(_book, sheet(UNITS, GOOD), scheme="anyang-2023")
    yield "nothing", partial(_book, sheet(("a", "b"), ("c", "d")))
    yield "no sheets", _book


def of_old_rosters() -> Iterator[Case]:
    head = (*HEAD, "工作单位", "参加项目", "份数", "应缴金额", "保障起期", "保障止期")
    good = (1, "王丽", number(), "19900000001", "演示 水厂", "住院医疗", 1, "60", "2026-01-01",
            "2026-12-31")  # fmt: skip
    rows: dict[str, Sequence[Cell]] = {
        "good": good,
        "no-unit": (*good[:4], None, *good[5:]),
        "amount": (*good[:7], "x", *good[8:]),
        "days": (*good[:8], "2026-12-31", "2026-01-01"),
        "identity": (1, "王丽", "1", *good[3:]),
        "both": (1, "", number(), "", "演示水厂", "牙科", 1, "#REF!", "x", ""),
        "bare": good[:4],
    }
    for word, row in rows.items():
        yield f"old {word}", partial(_book, sheet(head, row))
        yield f"old texts {word}", partial(_texts, sheet(head, row))
    yield "old with-units", partial(_book, sheet(UNITS, GOOD), sheet(head, good, name="名单"))
    unnamed = (head[0], head[1], "编号甲", *head[3:])
    yield "old by-looks", partial(_book, sheet(unnamed, good), sheet(UNITS, GOOD, name="单位"))
    two_lines = sheet(("", "", "", "", "所在单位"), HEAD, good[:5])
    yield "old two-lines", partial(_book, two_lines)


def of_old_headings() -> Iterator[Case]:
    for words in (
        UNITS, ("单位名称",), ("单位名称", "人数"), ("片区", "人数"),
        ("*单位名称:", "联系人(必填)"),
        ("单位 名称", "所属片区"), ("单位名称" + "x" * 40, "人数"), (5, "单位名称", "性质", "性质"),
        ("单位全称", "经办人", "经办人电话", "户名", "账号", "开户银行", "联行号", "街道", "类别"),
        HEAD, (*HEAD, "单位", "险种", "份数", "合计金额", "满期日", "生效日期", "业务流水号"),
    ):  # fmt: skip
        for above in (0, 1, 9, 10, 30):
            lines = [Line(at, ("x",)) for at in range(1, above + 1)]
            lines.append(Line(above + 1, words))
            yield f"heading {words[:2]} {len(words)} {above}", partial(unit_heading, lines)
            yield f"beside {words[:2]} {len(words)} {above}", partial(beside_people, lines)
    for name in ("演示水厂(本部)", "演示水厂（本部）", " 演示 水厂", "ＡＢ公司", "ab公司", ""):
        yield f"unit-key {name}", partial(unit_key, name)


def _book(*sheets: Sheet, scheme: str = "xianfeng-2024") -> OpeningBook:
    workbook = Workbook("台账.xlsx", "xlsx", sheets)
    return read_opening(workbook, scheme_named(scheme), ON)


def _texts(*sheets: Sheet) -> list[dict[str, str]]:
    return [person.texts for person in _book(*sheets).people]


SUBJECTS = (of_unit_tables, of_old_rosters, of_old_headings)
