"""How each unit fills in its roster: heads, order, extra rows; data only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    field: str  # "serial", "name", "identity" ...; "" for a column the office does not read
    text: str
    group: str = ""  # the merged head above it
    hidden: bool = False
    fill: str = ""  # what stands in every line of a column the office does not read


@dataclass(frozen=True, slots=True)
class RosterStyle:
    file: str
    heads: tuple[Head, ...]
    title: str = "{unit}职工医疗互助入会人员花名册"
    subtitle: str = "填报单位:{unit}    填报日期:{on}    (演示)"
    sheets: tuple[tuple[str, int], ...] = (("Sheet1", 0),)  # sheet and its first line
    first_row: int = 1
    first_column: int = 1
    phones_as_numbers: bool = False
    births_with_dots: bool = False  # text: 1980.5.3
    heading_every: int = 0
    blank_after: tuple[int, ...] = ()
    total: bool = True
    signature: bool = True
    notes_sheet: bool = False
    last_year_hidden: bool = False
    blank_phones: int = 0  # every so many lines a phone is left out


_SERIAL = Head("serial", "序号")
_UNIT = Head("", "单位名称", fill="{unit}")
_PLAIN = (_SERIAL, Head("name", "姓名"), Head("identity", "身份证号"), Head("phone", "手机号"))

TOWN = RosterStyle(
    "清溪镇花名册(12.1改).xlsx",
    (
        _SERIAL,
        Head("name", "姓 名"),
        Head("sex", "性别", "个人信息"),
        Head("born", "出生年月", "个人信息"),
        Head("identity", "身份证号码", "个人信息"),
        Head("phone", "手机号", "联系方式"),
        Head("remark", "备注"),
    ),
    phones_as_numbers=True,
    births_with_dots=True,
)
SCHOOL = RosterStyle(
    "一小 职工互助名单.xlsx",
    (
        _SERIAL,
        Head("name", "职工\n姓名"),
        Head("identity", "身份证\n号码"),
        Head("phone", "联系电话"),
        Head("remark", "备 注"),
    ),
    sheets=(("名单", 0),),
    heading_every=40,
    notes_sheet=True,
)
POWER = RosterStyle(
    "供电公司入会花名册.xlsx",
    (
        _SERIAL,
        Head("", "工号", hidden=True, fill="YS{serial:04d}"),
        Head("name", "姓名"),
        Head("sex", "性别"),
        Head("identity", "公民身份号码"),
        Head("card", "银行卡号"),
        Head("phone", "手机号码"),
    ),
    sheets=(("花名册", 0),),
)
HOSPITAL = RosterStyle(
    "人民医院在职职工花名册2026.xlsx",
    (
        _SERIAL,
        Head("name", "姓名"),
        Head("sex", "性别"),
        Head("born", "出生日期"),
        Head("identity", "居民身份证号码"),
        Head("phone", "电话"),
    ),
    sheets=(("编内", 0), ("编外", 61)),
    last_year_hidden=True,
    signature=False,
)
TEA = RosterStyle(
    "青石茶业职工名册.xls",
    (
        _SERIAL,
        Head("", "部门", fill="生产车间"),
        Head("name", "职工姓名"),
        Head("identity", "身份证号码"),
        Head("phone", "手机"),
    ),
    phones_as_numbers=True,
    blank_after=(30, 60),
)
SCENIC = RosterStyle(
    "云台山景区.xlsx",
    (Head("name", "会员姓名"), Head("identity", "证件号码"), Head("phone", "联系电话")),
    subtitle="",
    first_row=3,
    first_column=2,
    total=False,
)
COUNTRYSIDE = RosterStyle(
    "青石乡名单.csv",
    (*_PLAIN, _UNIT),
    title="",
    subtitle="",
    total=False,
    signature=False,
    blank_phones=9,
)
TRADE = RosterStyle("茶叶协会.xlsx", _PLAIN, total=False, signature=False)
NURSERY = RosterStyle(
    "阳光幼儿园.xls", (*_PLAIN, Head("remark", "备注")), blank_phones=7, phones_as_numbers=True
)
CLINIC = RosterStyle(
    "中医院参保人信息.xlsx",
    (
        _SERIAL,
        Head("name", "参保人姓名"),
        Head("identity", "身份证号"),
        Head("phone", "手机号"),
        _UNIT,
    ),
    title="",
    subtitle="",
    total=False,
    signature=False,
)
ROADS = RosterStyle(
    "公路中心职工花名册.xls",
    (
        _SERIAL,
        Head("name", "姓名"),
        Head("sex", "性别"),
        Head("born", "出生日期"),
        Head("identity", "身份证号"),
        Head("phone", "手机号"),
    ),
    blank_after=(20,),
)
