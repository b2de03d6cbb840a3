"""Last year's ledger as the office kept it: a workbook, units on one sheet, people on the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from desktop_app.domain.tables import Cell
from desktop_app.services.samples.layouts import Page
from desktop_app.services.samples.people import invent_person
from desktop_app.services.samples.shapes import Person, SampleUnit
from desktop_app.services.samples.units import fee_of
from desktop_app.services.samples.workbooks import workbook_bytes
from desktop_app.services.samples.workshop import Workshop

_UNIT_HEADS: tuple[Cell, ...] = (
    "序号", "单位名称", "统一社会信用代码", "工会代码", "片区", "联系人", "电话", "参加项目",
    "人数", "金额(元)", "保障起", "保障止", "业务号",
)  # fmt: skip
_PERSON_HEADS: tuple[Cell, ...] = (
    "序号", "单位名称", "姓名", "身份证号", "手机号", "参加项目", "份数", "会费(元)",
    "保障起", "保障止",
)  # fmt: skip
_RENEWING, _LEFT = 0.94, 0.04  # this year's people who were in already; those gone since


def ledger_bytes(units: Sequence[SampleUnit], shop: Workshop) -> bytes:
    # Last year's cover began on the first of January and ends with this year.
    year = shop.on.year
    first, last = date(year, 1, 1), date(year, 12, 31)
    book = _page("单位", f"{year}年度职工医疗互助台账(演示)", _UNIT_HEADS)
    people = _page("人员", f"{year}年度会员名册(演示)", _PERSON_HEADS)
    for serial, unit in enumerate(units, 1):
        joined = last_year_people(unit, shop)
        total = 0
        for person in joined:
            plans = [plan for plan in unit.plans if plan != "women" or person.sex == "female"]
            fee = fee_of(plans)
            total += fee
            people.rows.append(
                [float(len(people.rows) - 1), unit.name, person.name, person.identity, person.phone,
                 _named(plans, shop), 1.0, fee / 100, first, last]
            )  # fmt: skip
        book.rows.append(
            [float(serial), unit.name, unit.employer_code, unit.union_code, unit.area,
             unit.contact_name, float(unit.phone), _named(unit.plans, shop), float(len(joined)),
             total / 100, first, last, f"HB{first - timedelta(days=30):%Y%m%d}-{serial:04d}"]
        )  # fmt: skip
    return workbook_bytes(".xlsx", [book, people])


def last_year_people(unit: SampleUnit, shop: Workshop) -> list[Person]:
    """Most of this year's people, and some who have left since."""
    stayed = [each for each in unit.workers[: unit.joining] if shop.rng.random() < _RENEWING]
    gone = max(1, round(unit.joining * _LEFT))
    sexes = [shop.rng.choice(stayed).sex for _ in range(gone)]
    return stayed + [invent_person(shop, sex, shop.rng.randint(30, 59)) for sex in sexes]


def _page(name: str, title: str, heads: tuple[Cell, ...]) -> Page:
    return Page(name, [[title], list(heads)], [(1, 1, 1, len(heads))], heading=(2, 2))


def _named(plans: Sequence[str], shop: Workshop) -> str:
    return "、".join(shop.scheme.plan(plan).short_name for plan in plans)
