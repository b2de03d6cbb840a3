"""Each code of a roster's findings, met where the rule's words put it."""

from __future__ import annotations

import datetime

from desktop_app.domain.identity import identity_18
from desktop_app.domain.tables import Cell, CellError
from tests.domain.rosters import number
from tests.nasty.cases import GOOD, HEAD, MORE, Case, Row, Told, at, under
from tests.nasty.pages import Page

XIANFENG = "xianfeng-2024"
_FIRST: Row = ("姓名", "身份证号")


def _named(name: Cell) -> Row:
    return (3.0, name, number(sequence=3), "13700137000")


def _numbered(identity: Cell) -> Row:
    return (3.0, "王强", identity, "13700137000")


def _last_digit(text: str, *, wrong: bool) -> str:
    return text[:17] + ("0" if text[17] != "0" else "1") if wrong else text


def _one(title: str, row: Row, *told: Told) -> Case:
    """The row between two good ones: it is row 3; refused unless only warned of."""
    refused = int(title not in _TAKEN)
    return Case(title, under(HEAD, GOOD, row, MORE), (3 - refused, refused, 0), told)


_TAKEN = {
    "fifteen digits", "a region nobody knows", "a phone of ten digits", "a phone with letters",
    "a phone as a float", "spaces and full width", "an apostrophe before the number",
    "a lower-case x", "zero width characters", "a name with spaces", "dots of other kinds",
    "a name beyond the first plane", "formula-like text as a remark", "a phone with +86",
}  # fmt: skip
_WITH_X = next(n for n in (number(sequence=s) for s in range(1, 99, 2)) if n.endswith("X"))
_WIDE = "".join(chr(ord(char) + 0xFEE0) for char in number(sequence=3))
_OLD = "999999900506003"

SINGLE = (
    _one("no name", _named(None), at(3, "B", "name-missing")),
    _one("a name of blanks", _named(" \u3000 "), at(3, "B", "name-missing")),
    _one("digits in a name", _named("王强2"), at(3, "B", "name-characters")),
    _one("brackets in a name", _named("王强(临时)"), at(3, "B", "name-characters")),
    _one("a formula as a name", _named("=cmd|'/c calc'!A1"), at(3, "B", "name-characters")),
    _one("a private-use glyph", _named("王\ue863"), at(3, "B", "name-unencodable")),
    _one("a glyph of a higher private plane", _named("王\U000f0001"),
         at(3, "B", "name-unencodable")),
    _one("a lost character", _named("王\ufffd"), at(3, "B", "name-unencodable")),
    _one("no number", _numbered(None), at(3, "C", "identity-missing")),
    _one("a number of 17", _numbered(number()[:17]), at(3, "C", "identity-length")),
    _one("a number of 19", _numbered(number() + "1"), at(3, "C", "identity-length")),
    _one("a letter O for a zero", _numbered(number()[:16] + "O" + number()[17:]),
         at(3, "C", "identity-characters")),
    _one("a wrong last digit", _numbered(_last_digit(number(sequence=3), wrong=True)),
         at(3, "C", "identity-check-digit")),
    _one("the thirtieth of February", _numbered(identity_18("99999919900230001")),
         at(3, "C", "identity-birth-date")),
    _one("born after today", _numbered(number("20991231")), at(3, "C", "identity-birth-date")),
    _one("a number as a float", _numbered(999999199005060000.0), at(3, "C", "identity-damaged")),
    _one("a number in powers of ten", _numbered("9.99999E+17"), at(3, "C", "identity-damaged")),
    _one("fifteen digits", _numbered(_OLD), at(3, "C", "identity-15-digits")),
    _one("a region nobody knows", _numbered(identity_18("16000019900506003")),
         at(3, "C", "identity-region")),
    _one("an error as a name", _named(CellError("#N/A")), at(3, "B", "formula-error")),
    _one("an error as a number", _numbered(CellError("#REF!")), at(3, "C", "formula-error")),
    _one("an error as a text", _numbered("#VALUE!"), at(3, "C", "formula-error")),
    _one("a phone of ten digits", (*_named("王强")[:3], "1370013700"), at(3, "D", "phone")),
    _one("a phone with letters", (*_named("王强")[:3], "无"), at(3, "D", "phone")),
    _one("a phone as a float", (*_named("王强")[:3], 13700137000.0)),
    _one("a phone with +86", (*_named("王强")[:3], "+86 137-0013-7000"), at(3, "D", "cleaned")),
    _one("spaces and full width", _numbered(f" {_WIDE[:6]} {_WIDE[6:]}"), at(3, "C", "cleaned")),
    _one("an apostrophe before the number", _numbered(f"'{number(sequence=3)}"),
         at(3, "C", "cleaned")),
    _one("a lower-case x", _numbered(_WITH_X.lower()), at(3, "C", "cleaned")),
    _one("zero width characters", _numbered(f"\u200b{number(sequence=3)}\ufeff"),
         at(3, "C", "cleaned")),
    _one("a name with spaces", _named("王 强"), at(3, "B", "cleaned")),
    _one("dots of other kinds", _named("阿依•古丽"), at(3, "B", "cleaned")),
    _one("a name beyond the first plane", _named("王\U0002cb4e")),
    _one("a name that no carried font draws", _named("王\U00020bb7"),
         at(3, "B", "name-unencodable")),
)  # fmt: skip

OF_CODES = (
    *SINGLE,
    Case(
        "sex against the number",
        under((*_FIRST, "性别"), ("覃世芳", number(sequence=1), "女"),
              ("李娜", number(sequence=2), "女")),
        (1, 1, 0), [at(2, "C", "sex-mismatch")],
    ),
    Case(
        "birth dates as text, as a day and as a serial's month",
        under((*_FIRST, "出生日期"), ("覃世芳", number(sequence=1), "1990年5月7日"),
              ("李娜", number(sequence=2), datetime.date(1990, 5, 6)),
              ("王强", number(sequence=3), datetime.date(1991, 5, 6)),
              ("赵敏", number(sequence=4), "1990.5"), ("周明", number(sequence=5), "199006")),
        (2, 3, 0),
        [at(2, "C", "birth-mismatch"), at(4, "C", "birth-mismatch"), at(6, "C", "birth-mismatch")],
    ),
    Case(
        "one number three times",
        under(HEAD, GOOD, MORE, GOOD, (4.0, "覃世芳", GOOD[2], None)),
        (2, 2, 0),
        [at(2, "C", "duplicate-in-file"), at(4, "C", "duplicate-in-file"),
         at(5, "C", "duplicate-in-file")],
    ),
    Case(
        "two people of one name",
        under(HEAD, GOOD, (2.0, "覃世芳", MORE[2], "13900139000")), (2, 0, 0),
    ),
    Case(
        "ages about the limits, on the birthday itself",
        under(_FIRST, ("甲一", number("20101201", 1)), ("乙一", number("20101202", 1)),
              ("丙一", number("19651201", 1)), ("丁一", number("19900506", 1))),
        (3, 1, 0), [at(3, "B", "age-below"), at(4, "B", "age-above")], scheme=XIANFENG,
    ),
    Case(
        "bank cards",
        under((*_FIRST, "银行卡号"), ("覃世芳", number(sequence=1), "6222020000000000001"),
              ("李娜", number(sequence=2), "12"), ("王强", number(sequence=3), 6.22202e18),
              ("赵敏", number(sequence=4), "4111 1111 1111 1111")),
        (4, 0, 0),
        [at(2, "C", "bank-card"), at(3, "C", "bank-card"), at(4, "C", "bank-card"),
         at(5, "C", "cleaned")],
    ),
    Case(
        "plans and shares that the scheme has not",
        under((*_FIRST, "项目", "份数"), ("覃世芳", number(sequence=1), "住院医疗", 1.0),
              ("李娜", number(sequence=2), "登月", 1.0), ("王强", number(sequence=3),
              "女职工特殊疾病", 1.0), ("赵敏", number(sequence=4), "住院医疗", 0.0),
              ("周明", number(sequence=5), "住院医疗", "一点五"),
              ("吴刚", number(sequence=7), "住院医疗", 999.0)),
        (1, 5, 0),
        [at(3, "C", "plan-not-allowed"), at(4, "C", "plan-not-allowed"), at(5, "D", "shares"),
         at(6, "D", "shares"), at(7, "D", "shares")],
        scheme=XIANFENG,
    ),
    Case(
        "all of a row at once",
        under((*HEAD, "性别", "出生日期"),
              (1.0, "王2", number(sequence=1), "1", "女", "1999-01-01")),
        (0, 1, 0),
        [at(2, "B", "name-characters"), at(2, "D", "phone"), at(2, "E", "sex-mismatch"),
         at(2, "F", "birth-mismatch")],
    ),
    Case("no heading", [Page([("甲", "乙"), ("王丽", "1")])], (0, 0, 0),
         [at(None, None, "header-not-found")]),
    Case("nobody below the heading", under(HEAD), (0, 0, 0), [at(None, None, "no-rows")]),
    Case("a workbook without a single cell", [Page([])], (0, 0, 0),
         [at(None, None, "header-not-found")]),
)  # fmt: skip
