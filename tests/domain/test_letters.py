"""What a letter says of a finding, and which sheet of one that came back is not a roster."""

from __future__ import annotations

import pytest

from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters.letters import EXPLANATIONS, HEADING, is_explanations, remarks_on
from desktop_app.domain.tables import Cell, Sheet
from tests.domain.rosters import HEAD, check, number, sheet

GOOD = (1, "覃世芳", number(), "13800138000")


def finding(message: str, severity: Severity = Severity.ERROR, row: int | None = 5) -> Finding:
    return Finding("名单", row, "C", "code", severity, message, "identity")


@pytest.mark.parametrize(
    ("message", "problem", "remedy", "text"),
    [
        (
            "第5行 身份证号应为18位,请向本人核对后改正",
            "身份证号应为18位",
            "请向本人核对后改正",
            "身份证号应为18位,请向本人核对后改正。",
        ),
        ("第5行 手机号应为11位", "手机号应为11位", "", "手机号应为11位。"),
        ("第3、5行是隐藏的,请核对。", "第3、5行是隐藏的", "请核对", "第3、5行是隐藏的,请核对。"),
    ],
)
def test_a_finding_is_told_as_what_is_wrong_and_what_to_do(
    message: str, problem: str, remedy: str, text: str
) -> None:
    (remark,) = remarks_on([finding(message)], {("名单", 5): "王丽"})
    assert (remark.name, remark.problem, remark.remedy, remark.text) == (
        "王丽", problem, remedy, text,
    )  # fmt: skip
    assert remark.place == "名单 第5行 C列"


def test_what_was_put_right_already_and_what_is_about_the_file_is_no_remark() -> None:
    told = [finding("已整理", Severity.INFO), finding("没有表头", row=None)]
    assert remarks_on(told, {}) == ()


@pytest.mark.parametrize("name", [EXPLANATIONS, f"{EXPLANATIONS}1"])
def test_the_sheet_of_explanations_is_skipped_and_told(name: str) -> None:
    bad: tuple[Cell, ...] = ("须改正", "名单 第2行 C列", "王丽", GOOD[2], "请核对")
    notes = sheet(("一小:名单需更正的内容",), (), HEADING, bad, name=name)
    report = check(sheet(HEAD, GOOD), notes)
    assert (report.rows_read, len(report.accepted)) == (1, 1)
    assert [(one.sheet, one.code, one.severity) for one in report.findings] == [
        (name, "letter-sheet", Severity.INFO)
    ]
    assert report.findings[0].message == f"工作表“{name}”是退回单位时附的说明,没有当作名单"


def test_a_units_own_sheet_of_that_name_is_read_like_any_other() -> None:
    own = sheet(HEAD, GOOD, name=EXPLANATIONS)
    assert not is_explanations(own)
    assert len(check(own).accepted) == 1
    assert not is_explanations(Sheet(None, own.lines))
    assert not is_explanations(sheet(HEADING, name="别的"))
