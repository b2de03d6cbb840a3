"""Each layout that units send: where the heading stands and what else is on the sheet."""

from __future__ import annotations

import datetime

from desktop_app.domain.tables import CellError
from tests.domain.rosters import number
from tests.nasty.cases import GOOD, HEAD, MORE, Case, at, under
from tests.nasty.pages import Page

_THIRD = (3.0, "王强", number(sequence=3), "13700137000")
_BAD = (3.0, "王强", number(sequence=3)[:17], "13700137000")
_SIGNED = ("单位负责人:          经办人:          (盖章)",)

OF_LAYOUTS = (
    Case(
        "title rows above",
        [Page([("某县某局入会人员花名册",), ("填报单位:某县某局", None, "2026年12月"), (),
               HEAD, GOOD, _BAD],
              merges=[(1, 1, 1, 4)])],
        (1, 1, 0), [at(6, "C", "identity-length")],
    ),
    Case(
        "a merged head of two lines",
        [Page([("花名册",), ("序号", "职工基本情况", None, "联系方式"),
               (None, "姓名", "身份证号码", "手机"), GOOD, _BAD],
              merges=[(1, 1, 1, 4), (2, 1, 3, 1), (2, 2, 2, 3)])],
        (1, 1, 0), [at(5, "C", "identity-length")],
    ),
    Case(
        "a head whose first columns reach down two lines",
        [Page([("序号", "姓名", "身份证号", "联系方式", None), (None, None, None, "手机号", "备注"),
               (*GOOD, "新"), (*_BAD, None)],
              merges=[(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 5)])],
        (1, 1, 0), [at(4, "C", "identity-length")],
    ),
    Case(
        "several sheets, one of them a note",
        [Page([HEAD, GOOD], "机关"), Page([("请如实填写",)], "填表说明"),
         Page([("二级单位",), HEAD, MORE, _BAD], "下属")],
        (2, 1, 0), [at(4, "C", "identity-length", "下属")],
    ),
    Case(
        "a sheet of people without a heading",
        [Page([HEAD, GOOD], "机关"), Page([("二车间",), MORE], "车间")],
        (1, 0, 0), [at(2, "C", "sheet-unread", "车间")],
    ),
    Case(
        "two lists side by side on one sheet",
        under((*HEAD, *HEAD), (*GOOD, *MORE), _BAD),
        (1, 1, 0), [at(1, "G", "people-beside"), at(3, "C", "identity-length")],
    ),
    Case(
        "the same person on two sheets",
        [Page([HEAD, GOOD], "机关"), Page([HEAD, GOOD, MORE], "下属")],
        (2, 1, 0), [at(2, "C", "duplicate-in-file"), at(2, "C", "duplicate-in-file", "下属")],
    ),
    Case(
        "a heading repeated on every page",
        under(HEAD, GOOD, HEAD, MORE, HEAD, _BAD),
        (2, 1, 2), [at(3, None, "title-row"), at(5, None, "title-row"),
                    at(6, "C", "identity-length")],
    ),
    Case(
        "a second block with its columns the other way",
        under(HEAD, GOOD, ("身份证号", "姓名", "手机号", "序号"), (_BAD[2], "王强", None, 3.0)),
        (1, 1, 1), [at(3, None, "title-row"), at(4, "A", "identity-length")],
    ),
    Case(
        "hidden rows are read and told",
        [Page([HEAD, GOOD, MORE, _BAD], hidden_rows=frozenset((3, 4)))],
        (2, 1, 0), [at(3, None, "hidden-rows"), at(4, "C", "identity-length")],
    ),
    Case(
        "a hidden sheet is not read and told",
        [Page([HEAD, GOOD]), Page([("去年",), HEAD, MORE, _BAD], "旧", hidden=True)],
        (1, 0, 0), [at(2, None, "hidden-sheet", "旧")],
    ),
    Case(
        "a hidden column of numbers is read",
        [Page([HEAD, GOOD, _BAD], hidden_columns=frozenset((3, 4)))],
        (1, 1, 0), [at(3, "C", "identity-length")],
    ),
    Case(
        "subtotals and a total",
        under(HEAD, GOOD, ("小计", None, None, "1人"), MORE, (None, "合 计", 2.0, None)),
        (2, 0, 2), [at(3, None, "total-row"), at(5, None, "total-row")],
    ),
    Case(
        "a total in words",
        under(HEAD, GOOD, MORE, ("共2人",)), (2, 0, 1), [at(4, None, "total-row")],
    ),
    Case(
        "blank rows between people and a signature at the end",
        under(HEAD, (), GOOD, (), (None, " ", "\u3000"), MORE, (), _SIGNED, (), ("",)),
        (2, 0, 4),
        [at(4, None, "blank-row"), at(5, None, "blank-row"), at(7, None, "blank-row"),
         at(8, None, "title-row")],
    ),
    Case(
        "rows numbered in advance",
        under(HEAD, GOOD, (2.0,), (3.0,), (4.0, *MORE[1:])),
        (2, 0, 2), [at(3, None, "blank-row"), at(4, None, "blank-row")],
    ),
    Case(
        "workshops above their people",
        under(HEAD, ("一车间",), GOOD, ("二车间",), MORE),
        (2, 0, 2), [at(2, None, "title-row"), at(4, None, "title-row")],
    ),
    Case(
        "leading empty columns and rows",
        [Page([(), (), (None, None, *HEAD), (None, None, *GOOD), (None, None, *_BAD)])],
        (1, 1, 0), [at(5, "E", "identity-length")],
    ),
    Case(
        "a far column",
        [Page([(None,) * 26 + HEAD, (None,) * 26 + _BAD])], (0, 1, 0),
        [at(2, "AC", "identity-length")],
    ),
    Case(
        "headings in full width, with spaces, breaks and marks",
        under((" 序 号 ", "姓　　名", "＊身份证\n号码：", "手机号（必填）"), GOOD, _BAD),
        (1, 1, 0), [at(3, "C", "identity-length")],
    ),
    Case(
        "other words for the headings",
        under(("No.", "参保人姓名", "公民身份号码", "联系电话"), GOOD, _BAD),
        (1, 1, 0), [at(3, "C", "identity-length")],
    ),
    Case(
        "longer words and columns about others",
        under(("被保障职工姓名", "职工居民身份证号码", "配偶姓名", "配偶身份证号"),
              (*GOOD[1:3], "王", "1"), (*_BAD[1:3], None, None)),
        (1, 1, 0), [at(3, "B", "identity-length")],
    ),
    Case(
        "a number's column under a foreign word goes by its looks",
        under(("姓名", "号码", "手机号"), GOOD[1:], MORE[1:]),
        (2, 0, 0), [at(1, "B", "column-guessed")],
    ),
    Case(
        "a name's column without a heading goes by its looks",
        under((None, "身份证号"), GOOD[1:3], MORE[1:3], _BAD[1:3]),
        (2, 1, 0), [at(1, "A", "column-guessed"), at(4, "B", "identity-length")],
    ),
    Case(
        "formula-like text where anything may stand",
        under((*HEAD, "备注"), (*GOOD, "=1+1"), (*MORE, "@SUM(A1)"), (*_THIRD, "-2+3")), (3, 0, 0),
    ),
    Case(
        "error cells where they harm nobody",
        under((*HEAD, "备注"), (CellError("#REF!"), *GOOD[1:], CellError("#N/A")), MORE), (2, 0, 0),
    ),
    Case(
        "other things below the table and beside it",
        under((*HEAD, None, "工龄"), (*GOOD, None, 12.5), (*MORE, "x", datetime.date(2000, 1, 1)),
              ("注:请于12月10日前报送",), ("填表人:李", None, "填表日期:2026-12-01"),
              (None, None, "2026年12月1日"), ("联系人:李", None, "13800138000")),
        (2, 0, 4), [at(row, None, "title-row") for row in range(4, 8)],
    ),
)  # fmt: skip
