"""Where a roster's heading stands and which column is which field, by the words units use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from desktop_app.domain.tables import Cell, Line
from desktop_app.domain.texts import heading

SEARCHED_LINES = 30
_SYNONYMS = {
    "number": ("序号", "编号", "no", "no.", "顺序号", "行号"),
    "name": (
        "姓名",
        "参保人姓名",
        "职工姓名",
        "会员姓名",
        "参保人",
        "被保障人姓名",
        "员工姓名",
        "人员姓名",
        "参加人姓名",
        "入会人员姓名",
        "参保职工姓名",
        "教职工姓名",
        "名字",
    ),
    "identity": (
        "身份证号",
        "身份证号码",
        "身份证",
        "公民身份号码",
        "公民身份证号码",
        "公民身份证号",
        "居民身份证",
        "居民身份证号",
        "居民身份证号码",
        "证件号码",
        "证件号",
        "有效证件号码",
        "身份号码",
        "社会保障号码",
        "社会保障号",
        "参保人身份证号",
        "参保人身份证号码",
        "职工身份证号",
        "职工身份证号码",
        "会员身份证号",
        "会员身份证号码",
        "本人身份证号",
        "本人身份证号码",
    ),
    "phone": (
        "手机号",
        "手机号码",
        "手机",
        "联系电话",
        "电话",
        "电话号码",
        "联系方式",
        "移动电话",
        "联系手机",
        "本人手机号",
        "本人手机号码",
        "参保人手机号",
        "参保人手机号码",
    ),
    "sex": ("性别",),
    "born": ("出生日期", "出生年月", "出生年月日", "生日", "出生时间"),
    "bank_card": (
        "银行卡号",
        "卡号",
        "社保卡号",
        "社保卡号码",
        "银行账号",
        "银行卡",
        "银行卡号码",
        "工资卡号",
        "社会保障卡号",
        "个人银行卡号",
    ),
    "plans": (
        "项目",
        "险种",
        "参加项目",
        "互助项目",
        "参保项目",
        "互助保障项目",
        "参保险种",
        "入会项目",
        "保障项目",
        "参加险种",
    ),
    "shares": ("份数", "参保份数", "购买份数", "份额"),
    "remark": ("备注", "说明"),
    "unit": ("单位", "单位名称", "工作单位", "参保单位", "所在单位", "部门", "所在部门", "科室"),
}
_FIELDS = {word: field for field, words in _SYNONYMS.items() for word in words}
FIELD_NAMES = {
    "number": "序号",
    "name": "姓名",
    "identity": "身份证号",
    "phone": "手机号",
    "sex": "性别",
    "born": "出生日期",
    "bank_card": "银行卡号",
    "plans": "项目",
    "shares": "份数",
    "remark": "备注",
    "unit": "单位",
}
# Parts of longer words, such as 被保障职工姓名, unless the word is about somebody else.
_PARTS = (("name", "姓名"), ("identity", "身份证"), ("identity", "证件号"), ("phone", "手机"))
_OTHERS = (
    "联系人",
    "负责人",
    "经办",
    "填表",
    "制表",
    "配偶",
    "家属",
    "子女",
    "父",
    "母",
    "户主",
    "受益人",
    "曾用",
    "地址",
    "住址",
    "有效",
    "类型",
    "种类",
    "复印",
)
NEEDED = {"name", "identity"}
_WEAK = {"number", "remark", "unit"}  # words that also stand in title lines


@dataclass(frozen=True, slots=True)
class Heading:
    """A found heading: its lines end before `below`; `columns` maps field to column index."""

    below: int  # index into the sheet's lines of the first line under the heading
    columns: dict[str, int]
    guessed: str = ""  # the field whose column goes by its cells, not by a heading


# What a person said of columns: a heading's text, as `heading` gives it, to a field; "" to none.
Chosen: TypeAlias = Mapping[str, str]
NOTHING_CHOSEN: Chosen = MappingProxyType({})


def field_of(cell: Cell) -> str | None:
    """The field that a cell's text is the heading of; what stands in brackets is a hint."""
    if not isinstance(cell, str) or len(cell) > 60:
        return None
    text = heading(cell)
    return _FIELDS.get(text) or _FIELDS.get(text.split("(")[0].split("[")[0].strip("*:"))


def is_heading(cells: Sequence[Cell], chosen: Chosen = NOTHING_CHOSEN) -> bool:
    """Whether a row is a heading, such as one repeated on every printed page."""
    return columns_of(cells, chosen).keys() >= NEEDED


def find_heading(lines: Sequence[Line], chosen: Chosen = NOTHING_CHOSEN) -> Heading | None:
    """The first heading within the first lines; it may be two lines merged in part."""
    for at, line in enumerate(lines[:SEARCHED_LINES]):
        own = columns_of(line.cells, chosen)
        below = columns_of(lines[at + 1].cells, chosen) if at + 1 < len(lines) else {}
        if own.keys() >= NEEDED:
            if _is_second_line(lines, at + 1, own):
                return Heading(at + 2, below | own)
            return Heading(at + 1, own)
        strong = {field: column for field, column in own.items() if field not in _WEAK}
        if strong and below and (strong.keys() | below.keys()) >= NEEDED:
            return Heading(at + 2, own | below)
    return None


def columns_of(cells: Sequence[Cell], chosen: Chosen = NOTHING_CHOSEN) -> dict[str, int]:
    """Which column is which field, as far as the cells are words of a heading.

    What a person chose comes before what the words say.
    """
    columns: dict[str, int] = {}
    decided: set[int] = set()
    if chosen:
        for index, cell in enumerate(cells):
            title = heading(cell) if isinstance(cell, str) else ""
            if title and title in chosen:
                decided.add(index)
                if chosen[title]:
                    columns.setdefault(chosen[title], index)
    for known in (field_of, _field_in):
        for index, cell in enumerate(cells):
            taken = cell is None or index in decided or index in columns.values()
            field = None if taken else known(cell)
            if field is not None:
                columns.setdefault(field, index)
    return columns


def _field_in(cell: Cell) -> str | None:
    """The field that a longer word of a heading is about."""
    if not isinstance(cell, str) or len(cell) > 20:
        return None
    text = heading(cell)
    if any(other in text for other in _OTHERS):
        return None
    return next((field for field, part in _PARTS if part in text), None)


def _is_second_line(lines: Sequence[Line], at: int, columns: dict[str, int]) -> bool:
    """Whether the next line continues the heading: its own words, none under name and number."""
    if at >= len(lines):
        return False
    cells = lines[at].cells
    under = [cells[columns[field]] for field in NEEDED if columns[field] < len(cells)]
    return all(cell in (None, "") for cell in under) and bool(columns_of(cells))
