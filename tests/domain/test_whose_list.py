"""Whose a list is, by names and codes as offices write them on files and above lists."""

from __future__ import annotations

import pytest

from desktop_app.domain.rosters.whose import KnownUnit, UnitFinder, head_texts
from desktop_app.domain.tables import Line, Sheet, Workbook

UNITS = (
    KnownUnit(1, "明山县第一小学", ("51000001",)),
    KnownUnit(2, "明山县青石茶业有限公司", ("91999999MA0000001X",)),
    KnownUnit(3, "明山县第一小学(城东校区)", ()),
    KnownUnit(4, "明山县职工医院", ()),
    KnownUnit(5, "明山县3号水厂", ()),
    KnownUnit(6, "明山县演示信息公司", ("51000006",)),
    KnownUnit(7, "明山县演示信息合作社", ("51000006",)),
)
FINDER = UnitFinder(UNITS, "明山县")


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("明山县第一小学", {1}),
        ("第一小学名单", {1}),
        ("第一小学2027年度职工医疗互助花名册(2)", {1}),
        ("05 明山县第一小学花名册 最终版", {1}),
        ("填报单位:明山县第一小学", {1}),
        ("单位名称: 明山县第一小学", {1}),
        ("明山县第一小学工会委员会入会人员花名册(12.1改)", {1}),
        ("青石茶业职工名册", {2}),
        ("名单51000001", {1}),
        ("91999999ma0000001x", {2}),
        ("明山县第一小学(城东校区)名册", {3}),
        ("职工医院在职职工花名册2026", {4}),
        ("3号水厂", {5}),
        ("明山县3号水厂名单3", {5}),
        ("演示信息公司", {6, 7}),
        ("演示信息", {6, 7}),
        ("明山县演示信息合作社名单", {7}),
        ("51000006", {6, 7}),
    ],
)
def test_a_unit_is_found_under_the_words_around_its_name(text: str, units: set[int]) -> None:
    assert FINDER.named_in([text]) == units


@pytest.mark.parametrize(
    "text",
    [
        "城关第一小学名单",
        "第一小学分校名单",
        "明山县第一小学和第二小学",
        "第一小学(城西校区)",
        "13号水厂",
        "青石",
        "名单",
        "花名册(2)",
        "2027-01-01",
        "510000011",
        "",
    ],
)
def test_a_part_of_a_name_or_a_longer_one_is_nobodys(text: str) -> None:
    assert FINDER.named_in([text]) == set()


def test_the_head_of_a_list_and_its_sheets_names_tell_whose_it_is() -> None:
    head = Line(1, (None, "填报单位:明山县第一小学    填报日期:2026-12-01", 3))
    titles = Line(2, ("姓名", "身份证号", "单位"))
    sent_out = Line(3, ("王甲", "999999198003070010", "青石茶业"))
    book = Workbook(
        "名单.xlsx",
        "xlsx",
        (
            Sheet("职工医院", (head, titles, sent_out)),
            Sheet(None, (sent_out, sent_out)),
            Sheet("青石茶业", (), hidden=True),
        ),
    )
    assert FINDER.named_in(head_texts(book)) == {1, 4}
