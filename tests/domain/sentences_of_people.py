"""Questions about people: numbers, names, cards, ages, rosters as units send them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from db.codes import PostCategory, Sex
from desktop_app.domain import (
    bank,
    claims,
    contacts,
    dates,
    eligibility,
    identity,
    money,
    names,
    payments,
    retirement,
    tables,
    texts,
    uscc,
)
from desktop_app.domain.rosters import headings, roster_cells, roster_plans, roster_values
from desktop_app.paths import resource_path
from tests.domain.rosters import HEAD, ON, check, check_rows, number, sheet
from tests.domain.schemes import scheme_named

Case = tuple[str, Callable[[], Any]]
NUMBERS = (
    "34052419800101001X", "34052419800101001x", " 340524 19800101001X ", "'34052419800101001X",
    "34052419800101001", "340524198001010011", "34052419800101000", "340524198002300019",
    "34052420990101001X", "4.20528E+17", "420528199001010000", "4205281990010100", "",
    "34052419800101001A", "340524800101001", "340524800230001", "999999199005060017",
    "810000199408230021", "830000199201300022", "710000199201300022", "943760199803056672",
    "910101199001011231", "USA110199001011", "CHN310012345678", "3４0524198001010010", "G12345678",
    "00000019800101001X", "340524188001010011", "340524198013010011", "110101202611301234",
    "110101202612021235",
)  # fmt: skip
CODES = (
    "", "91330421MA28A5X12P", "91330421MA28A5X12", "9133042IMA28A5X12P", "91ABCDEFMA28A5X12P",
    "11422826011394885Q", "81422826MC0123456X", "000000000000000000", "9199999919522170XT",
    "1991000000000000X1", "A1100000MA28A5X12P", "N2330421MF0000000A", "93999999MA28A5X120",
    "51100000500000000X", "52100000500000000U", "Y1100000500000000A", "12999999195221706H",
)  # fmt: skip
CARDS = (
    "", "6222 0200 0001 2345", "6222-0200-0001-2345", "622202000001234", "6222020000012345678",
    "62220200000123456789", "123456789012", "1234567890128", "12345678901x3", "4111111111111111",
    "4111111111111112",
)  # fmt: skip
BANK_NOS = ("", "104521020015", "104521020016", "10452102001", "1045210200155", "10452102001x",
            " 104521020015 ", "102100099996", "309100000003")  # fmt: skip
NAMES = (
    "", " 王 丽 ", "王丽", "阿依古丽·买买提", "阿依古丽．买买提", "阿依古丽..买买提", "·王丽",
    "王丽·",
    "王丽1", "王丽(大)", "Wang Li", "王L", "王\ue000", "王\u200b丽", "欧阳", "单于", "曾国",
    "王" * 31,
    "王丽\n", "JOHN SMITH", "王　丽", "𠮷野", "李 小 明",
)  # fmt: skip
PHONES = ("", "13800000000", "１３８０００００００0", "138 0000 0000", "138-0000-0000",
          "1380000000",
          "+86 13800000000", "12800000000", "0718-6822222", "13800000000/13900000000",
          "19900000001", "199000000012", "+8619900000001", "8619900000001")  # fmt: skip
AMOUNTS = ("1,234.50", "1，234.5元", "¥12", "￥12.3", "人民币12.34元", "12.345", "", "壹佰",
           "-3", "1e3",
           " 12 . 5 ", "0", "0.01", 12, 12.5, "99999999999999", "¥", "12元整")  # fmt: skip
FEN = (0, 1, 10, 11, 100, 101, 110, 1000, 1001, 10_000, 10_001, 10_010, 100_000, 100_100, 1_000_000,
       1_000_001, 1_010_000, 1_640_902, 32_504, 10_700_053, 600_714, 140_950, 10_000_000_000,
       10_000_000_100, 100_010_001_000, 1_000_000_000_000, 10_050_000_000, 10_005_000_000,
       99_999_999_999_999, 100_000_000_000_000, -1)  # fmt: skip
DAYS = ("2026-12-01", "2026/1/2", "2026.1.2", "2026年1月2日", "20260102", "2026-02-30", "2026-1",
        "", "26-1-2", 45000, 45000.0, 45000.5, "2026-01-02 00:00:00", "2026-01-02T10:00",
        "二〇二六",
        20260102, 20260102.0, "2026-13-01", "12026-01-01", "2026-1-2-3", "202601022")  # fmt: skip
FILE_NAMES = ("", " . ", "甲/乙:丙", "明山县第一中学(演示)", ".x. ", "王" * 59 + " ..甲", "a" * 70,
              'a\\b*c?"d<e>|f\n', "..", "X 单位 X")  # fmt: skip
HEADINGS = ("", "*姓 名:", "：身份证\n号码*", "PHONE No.", "X姓名X", " 姓名 ", "姓名(必填)")
AGES = ("2010-12-01", "2010-12-02", "1966-12-01", "1965-12-01", "1965-11-30", "1964-01-01",
        "1971-06-01", "1976-06-01", "1981-06-01", "1966-01-01")  # fmt: skip


def of_eligible() -> Iterator[Case]:
    facts = eligibility.PersonFacts
    young = facts(born=datetime.date(1990, 5, 6), sex=Sex.MALE)
    people = {
        "unknown": facts(),
        "young": young,
        "child": replace(young, born=datetime.date(2015, 1, 1)),
        "old": replace(young, born=datetime.date(1960, 1, 1)),
        "woman": replace(young, sex=Sex.FEMALE, born=datetime.date(1973, 6, 1)),
        "woman-55": replace(
            young, sex=Sex.FEMALE, born=datetime.date(1973, 6, 1), post=PostCategory.FEMALE_55
        ),
        "woman-50": replace(
            young, sex=Sex.FEMALE, born=datetime.date(1973, 6, 1), post=PostCategory.FEMALE_50
        ),
        "regular": replace(young, employment="regular", insurance="employee", healthy=True),
        "temporary": replace(young, employment="temporary"),
        "temporary-12": replace(young, employment="temporary", engaged_months=12),
        "temporary-13": replace(young, employment="temporary", engaged_months=13),
        "labour": replace(young, employment="dispatch"),
        "resident": replace(young, insurance="resident"),
        "none": replace(young, insurance="none"),
        "ill": replace(young, healthy=False),
        "member": replace(young, union_member=True),
        "no-member": replace(young, union_member=False),
    }
    units = {
        "unknown": eligibility.UnitFacts(),
        "firm": eligibility.UnitFacts("firm", "422826", workers=30),
        "firm-there": eligibility.UnitFacts("firm", "410502", workers=25, taking_part=True),
        "small": eligibility.UnitFacts("firm", "330482", workers=24),
        "other": eligibility.UnitFacts("other", "110101", has_union=False, workers=25),
        "government": eligibility.UnitFacts("government", "350803", workers=200),
    }
    for name in ("xianfeng-2024", "anyang-2023", "pinghu", "beijing", "yongding"):
        rule = scheme_named(name).eligibility
        for word, person in people.items():
            yield f"person {name} {word}", partial(eligibility.judge_person, rule, person, ON)
        for word, unit in units.items():
            yield f"unit {name} {word}", partial(eligibility.judge_unit, rule, unit)
            yield f"must-join {name} {word}", partial(eligibility.must_join, rule, unit)
            yield f"outstanding {name} {word}", partial(eligibility.outstanding, rule, unit)
        for day in AGES:
            born = datetime.date.fromisoformat(day)
            for sex in (None, Sex.MALE, Sex.FEMALE):
                limits = eligibility.AgeLimits(rule, ON)
                yield f"age {name} {day} {sex}", partial(limits.problem, born, sex)


def of_values() -> Iterator[Case]:
    tries: tuple[tuple[str, Callable[..., Any], tuple[Any, ...]], ...] = (
        ("identity", partial(identity.check_identity, on=ON), NUMBERS),
        ("rounded", identity.looks_rounded, NUMBERS),
        ("uscc", uscc.check_uscc, CODES),
        ("union", uscc.is_union_code, CODES),
        ("card", bank.check_bank_card, CARDS),
        ("bank-no", bank.check_bank_no, BANK_NOS),
        ("name", names.check_name, NAMES),
        ("name-normal", names.normalise_name, NAMES),
        ("name-key", names.name_key, NAMES),
        ("phone", contacts.check_phone, PHONES),
        ("amount", money.parse_yuan, AMOUNTS),
        ("yuan", money.yuan, FEN),
        ("capitals", money.capitals, FEN),
        ("day", dates.parse_date, DAYS),
        ("clean", texts.clean, (*NAMES, *NUMBERS[:5])),
        ("clean-number", texts.clean_number, NUMBERS),
        ("file-name", texts.file_name, FILE_NAMES),
        ("heading", texts.heading, HEADINGS),
        ("column", tables.column_letter, (0, 25, 26, 51, 52, 701, 702, 16383)),
        ("cell", roster_cells.text_of, (None, True, 1, 1.0, 1.5, 1e17, "x", "#N/A", ON)),
        ("cell-identity", roster_cells.read_identity, (420528199001010011, 4.2e17, None, "x", 1.5)),
        ("cell-phone", roster_cells.read_phone, (13800000000, 13800000000.0, None, "1380", 1.5)),
        ("cell-card", roster_cells.read_bank_card, (4111111111111111, "4111-1111-1111-1111", None)),
        ("cell-sex", roster_cells.read_sex, ("男", "女", "1", "2", 1, "M", "f", "未知", None)),
        ("cell-shares", roster_cells.read_shares, ("1", "一", 2.0, "999", "1000", 1.5, None)),
    )
    for word, ask, given in tries:
        for at, one in enumerate(given):
            yield f"{word} {at} {one}", partial(ask, one)
    for day in (ON, *(datetime.date(2026, month, day) for month, day in (
        (1, 1), (1, 9), (2, 10), (3, 11), (4, 19), (9, 20), (10, 21), (10, 30), (11, 30),
        (12, 31),
    ))):  # fmt: skip
        yield f"capital-date {day}", partial(dates.capital_date, day)
    for gap in (0, 1, 100, 10_000, 20_000, -10_000, 15_000, -1):
        for counted in (None, 10, 9, 11):
            told = partial(payments.difference_in_words, 100_000, 10, 100_000 - gap, counted)
            yield f"difference {gap} {counted}", told
    for born in ("1964-12-31", "1965-01-01", "1976-12-31", "1985-06-30"):
        for post in PostCategory:
            day = datetime.date.fromisoformat(born)
            yield f"retirement {born} {post}", partial(retirement.retirement, day, post)


def of_cells() -> Iterator[Case]:
    scheme = scheme_named("xianfeng-2024")
    for cell in (
        "",
        "全部",
        "住院医疗",
        "住院医疗、重大疾病",
        "女职工特殊疾病",
        "住院",
        "牙科",
        "医",
        5,
    ):
        for sex in (None, Sex.MALE, Sex.FEMALE):
            yield f"plans {cell} {sex}", partial(roster_plans.read_plans, cell, scheme, sex)
    for cell in ("", "1", "2", "0", "一", "1.0", 3):
        for kind in (None, "government", "firm"):
            for plans in (None, ("hospital",), ("women",)):
                read = partial(roster_plans.read_share_cell, cell, scheme, plans, kind)
                yield f"shares {cell} {kind} {plans}", read
    for word in ("姓名", "参保人姓名", "身份证号", "证件号码", "手机", "联系电话",
                 "银行卡号", "性别",
                 "出生日期",
                 "备注", "序号", "份数", "参加项目", "x", "", 5):  # fmt: skip
        yield f"heading {word}", partial(headings.field_of, word)
    for claimed in (0, 299_999, 300_000):
        yield f"needs-paper {claimed}", partial(claims.needs_paper, scheme, claimed)


def of_rosters() -> Iterator[Case]:
    good = ("1", "王丽演", number(), "19900000001")
    rows: dict[str, tuple[tuple[Any, ...], ...]] = {
        "good": (good,),
        "twice": (good, good),
        "same-number": (good, ("2", "李演", number(), "")),
        "spaces": (("1", " 王 丽 ", f" {number().lower()} ", ""),),
        "missing": (("1", "", number(), ""), ("2", "王丽", "", "")),
        "wrong": (("1", "王丽1", "123", "1"), ("2", "王丽", number()[:-1] + "0", "13800000000")),
        "rounded": (("1", "王丽", 420528199001010000.0, ""), ("2", "李", "4.2E+17", "")),
        "formula": (("1", "#N/A", "#REF!", "#VALUE!"),),
        "fifteen": (("1", "王丽", "340524800101001", ""),),
        "ages": (
            ("1", "王丽", number("20150506"), ""),
            ("2", "王丽", number("19600506"), ""),
        ),
        "skipped": (good, ("", "", "", ""), HEAD, ("合计", "1", "", ""), ("负责人:", "", "", "")),
        "blank-runs": (good, *((("", "", "", ""),) * 3), good),
    }
    for name in (None, "xianfeng-2024", "anyang-2023"):
        scheme = scheme_named(name) if name else None
        for word, lines in rows.items():
            yield f"roster {name} {word}", partial(check_rows, *lines, scheme=scheme)
    wide = ("序号", "姓名", "性别", "出生日期", "证件号码", "电话", "银行卡号", "参加项目", "份数")
    told = (
        ("1", "王丽", "女", "1990-05-06", number(), "1990", "4111111111111112", "住院医疗", "1"),
        ("2", "李丽", "男", "1990-05-07", number(sequence=2), "", "", "女职工特殊疾病", "2"),
        ("3", "张丽", "女", "1990-05-06", number(sequence=4), "", "", "牙科", "x"),
        ("4", "赵丽", "x", 32999, number(sequence=6), "", "", "全部", "1"),
    )
    scheme = scheme_named("xianfeng-2024")
    yield "roster wide", partial(check, sheet(wide, *told), scheme=scheme)
    yield (
        "roster government",
        partial(check, sheet(wide, *told), scheme=scheme, unit_kind="government"),
    )
    yield "roster empty", partial(check, sheet())
    yield "roster no-heading", partial(check, sheet(("a", "b"), ("c", "d")))
    yield "roster no-rows", partial(check, sheet(HEAD))
    yield "roster hidden", partial(check, sheet(HEAD, good, hidden=True))
    yield "roster two-sheets", partial(check, sheet(HEAD, good), sheet(HEAD, good, name="二"))
    yield "roster document", lambda: roster_values.report_document(check_rows(good, good))
    yield "roster encodable", partial(check, sheet(HEAD, good), encodable=lambda name: name[:1])


def of_readings() -> Iterator[Case]:
    text = resource_path("pinyin.tsv").read_text("utf-8")
    table = names.pinyin_table(text)
    for name in ("王丽", "欧阳明", "单雄信", "单", "阿依古丽·买买提", "Anna Li", "李𠮷", ""):
        read = names.syllables(name, table)
        yield f"syllables {name}", partial(names.syllables, name, table)
        for ask in (names.initials, names.sort_key):
            yield f"{ask.__name__} {name}", partial(ask, read)
    small = "# 注释\t甲\nwang\t王汪\nbare\n\nli\t李\t丽\n"
    yield "pinyin-table", partial(names.pinyin_table, small)


SUBJECTS = (of_eligible, of_values, of_cells, of_rosters, of_readings)
