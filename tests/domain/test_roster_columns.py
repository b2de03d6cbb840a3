"""Columns of a roster: by heading, by what stands below, by a person's word; and their drift."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.identity import identity_18
from desktop_app.domain.rosters.columns import drift, placed_columns
from desktop_app.domain.rosters.rosters import RosterReport, read_roster
from desktop_app.domain.tables import Cell, Line, Sheet, Workbook

NUMBERS = [identity_18(f"99999919800101{serial:03d}") for serial in range(1, 25, 2)]
NAMES = [f"何演{one}" for one in "一二三四五六七八九十甲乙"]
ON = date(2026, 12, 1)


def sheet(*rows: tuple[Cell, ...]) -> Sheet:
    lines = (Line(at, row) for at, row in enumerate(rows, start=1))
    return Sheet("花名册", tuple(lines))


def people(*order: str, extra: str = "城关镇") -> list[tuple[Cell, ...]]:
    told = {"name": NAMES, "identity": NUMBERS, "extra": [extra] * 12, "sex": ["男"] * 12}
    return [tuple(told[key][at] for key in order) for at in range(12)]


def read(one: Sheet, **chosen: str) -> RosterReport:
    return read_roster(Workbook("名册.xlsx", "xlsx", (one,)), scheme=None, on=ON, chosen=chosen)


@pytest.mark.parametrize(
    ("title", "order", "letter", "field"),
    [
        (("姓名", "号码"), ("name", "identity"), "B", "身份证号"),
        (("性别", "人员", "身份证号"), ("sex", "name", "identity"), "B", "姓名"),
        (("籍贯", "人员", "身份证号"), ("extra", "name", "identity"), "B", "姓名"),
    ],
    ids=["number", "name", "name beside the same word everywhere"],
)
def test_a_column_under_an_unknown_heading_goes_by_its_cells_and_says_so(
    title: tuple[str, ...], order: tuple[str, ...], letter: str, field: str
) -> None:
    report = read(sheet(title, *people(*order)))
    assert [row.identity for row in report.accepted] == NUMBERS
    [found] = report.findings
    assert (found.row, found.column, found.code) == (1, letter, "column-guessed")
    assert field in found.message


def test_a_list_without_any_number_is_not_guessed_at() -> None:
    report = read(sheet(("姓名", "备注"), *people("name", "extra")))
    assert [one.code for one in report.findings] == ["header-not-found"]


def test_what_a_person_chose_comes_before_the_words() -> None:
    rows = sheet(
        ("姓名", "身份证号", "曾用名称", "原号码"), *people("extra", "extra", "name", "identity")
    )
    chosen = {"曾用名称": "name", "原号码": "identity", "姓名": "", "身份证号": ""}
    report = read(rows, **chosen)
    assert [row.name for row in report.accepted] == NAMES
    assert report.findings == ()


def test_columns_without_a_heading_are_read_by_the_letters_a_person_gave() -> None:
    rows = sheet(*people("extra", "name", "identity"))
    assert [one.code for one in read(rows).findings] == ["header-not-found"]
    report = read(rows, **{"@B": "name", "@C": "identity"})
    assert [row.identity for row in report.accepted] == NUMBERS


def test_every_column_is_shown_with_its_heading_its_field_and_samples() -> None:
    rows = sheet(("2026年名册",), ("姓名", "号码", None), *people("name", "identity", "extra"))
    assert [(one.letter, one.key, one.title, one.field) for one in placed_columns(rows)] == [
        ("A", "姓名", "姓名", "name"), ("B", "号码", "号码", "identity"), ("C", "@C", "", None),
    ]  # fmt: skip
    assert placed_columns(rows)[0].samples == tuple(NAMES[:3])


def test_columns_are_shown_to_choose_from_where_no_heading_is_found() -> None:
    shown = placed_columns(sheet(("人员",), *people("name", "identity")))
    assert [(one.letter, one.title, one.field) for one in shown] == [
        ("A", "人员", None), ("B", "", None),
    ]  # fmt: skip


def test_a_drift_from_last_time_is_said_field_by_field() -> None:
    before = [("name", "姓名"), ("identity", "身份证号"), ("phone", "手机号"), ("sex", "@D")]
    now = placed_columns(sheet(("姓名", "性别", "证件号码"), *people("name", "sex", "identity")))
    assert drift(before, now) == (
        "列与上次不同:“身份证号”上次是“身份证号”,这次是“证件号码”;这次没有“手机号”;"
        "“性别”上次是D列,这次是“性别”。"
    )
    assert drift([("name", "姓名")], now) == "列与上次不同:这次多了“性别”;这次多了“身份证号”。"
    assert drift([("name", "姓名"), ("sex", "性别"), ("identity", "证件号码")], now) == ""
    assert drift([], now) == ""


def test_of_very_many_columns_the_first_are_offered_and_those_that_are_used() -> None:
    filler = ("x",) * 300
    rows = [(*filler, *row) for row in people("name", "identity")]
    letters = [one.letter for one in placed_columns(sheet((*filler, "姓名", "身份证号"), *rows))]
    assert letters[98:] == ["CU", "CV", "KO", "KP"]
