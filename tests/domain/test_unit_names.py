"""Two names of one unit, written with more or fewer words, are told from two units."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.domain.names import pinyin_table
from desktop_app.domain.unit_names import alike, core_of

COUNTY = "明山县"
SOUNDS = pinyin_table(
    (Path(__file__).parents[2] / "resources" / "pinyin.tsv").read_text(encoding="utf-8")
)


def same(one: str, other: str, county: str = COUNTY) -> bool:
    return alike(core_of(one, county), core_of(other, county), SOUNDS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("明山县青石茶业有限公司", "青石茶业有限责任公司"),
        ("明山青石茶业公司", "湖北省明山县青石茶业股份有限公司"),
        ("湖北青石茶业集团有限公司", "青石茶业(集团)有限公司"),
        ("恩施州明山县青石茶业有限公司", "青石茶业有限公司"),
        ("恩施土家族苗族自治州明山县第一小学", "第一小学"),
        ("明山县第一小学工会委员会", "明山县第一小学"),
        ("明山县第一小学基层工会", "明山第一小学"),
        ("广西壮族自治区明山县第一小学", "明山县第一小学"),
        ("中国青石茶业有限公司", "青石茶业"),
        ("明山县 第一小学", "明山县第一小学"),
        ("明山县青石茶业有限公司", "明山县清石茶业有限公司"),
        ("明山县青石茶业有限公司", "明山县青石茶页有限公司"),
        ("明山县青石茶叶专业合作社", "青石茶叶合作社"),
        ("ABC茶业有限公司", "abc茶业"),
    ],
)
def test_one_unit_written_in_two_ways_is_found(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("明山县第一小学", "明山县第二小学"),
        ("第1厂", "第2厂"),
        ("甲厂", "乙厂"),
        ("清溪镇人民政府", "清溪乡人民政府"),
        ("城关区中心小学", "高新区中心小学"),
        ("明山县青石茶业有限公司", "明山县白石茶业有限公司"),
        ("明山县第一小学(东校区)", "明山县第一小学(西校区)"),
        ("青石茶业有限公司武汉分公司", "青石茶业有限公司"),
        ("水厂", "税厂"),
        ("青石农贸市场管理中心", "白石农贸市场管理中心"),
        ("九州商贸公司", "明山商贸公司"),
        ("明山县人民医院", "明山县人民医院分院"),
    ],
)
def test_two_units_are_two(one: str, other: str) -> None:
    assert not same(one, other)


@pytest.mark.parametrize(
    ("name", "county", "core"),
    [
        ("明山县总工会", COUNTY, "明山县"),
        ("有限公司", COUNTY, "有限公司"),
        ("明山县青石茶业有限公司(演示)", COUNTY, "青石茶业演示"),
        ("明山县", COUNTY, "明山县"),
        ("某县一中学校", "某县", "一中学校"),
        ("某一中学校", "某县", "某一中学校"),
        ("明山一中学校", "", "明山一中学校"),
        ("武汉市第一中学", COUNTY, "第一中学"),
    ],
)
def test_what_is_left_still_tells_something(name: str, county: str, core: str) -> None:
    assert core_of(name, county) == core
