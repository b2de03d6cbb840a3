"""Rosters as units send them: which rows are taken, which are refused, and what is said."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.codes import IdentityKind, Sex
from desktop_app.domain.identity import identity_18, longer_form
from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters.roster_cells import is_blank
from desktop_app.domain.rosters.rosters import RosterReport, file_report, report_document
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.tables import Cell, CellError, Line, Sheet, column_letter
from tests.domain.rosters import HEAD, check, check_rows, number, sheet, told

GOOD = (1.0, "覃世芳", number(), 19900001111.0)
SKIPPED = {"blank-row", "total-row", "title-row"}


def _one(*row: Cell, head: tuple[Cell, ...] = HEAD, scheme: Scheme | None = None) -> RosterReport:
    return check(sheet(head, row), scheme=scheme)


def test_a_clean_row_is_taken_without_a_word() -> None:
    report = check_rows(GOOD)
    assert told(report) == []
    (person,) = report.accepted
    assert (person.sheet, person.row, person.name) == ("名单", 2, "覃世芳")
    assert (person.identity, person.identity_kind) == (number(), IdentityKind.RESIDENT)
    assert (person.sex, person.born) == (Sex.MALE, datetime.date(1990, 5, 6))
    assert (person.phone, person.plans, person.over_age) == ("19900001111", None, False)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (None, "identity-missing"),
        ("", "identity-missing"),
        (number()[:-1], "identity-length"),
        ("护照E1234567", "identity-characters"),
        (number()[:-1] + "?", "identity-characters"),
        (number()[:-1] + str((int(number()[-1]) + 1) % 10), "identity-check-digit"),
        (identity_18("99999919900230001"), "identity-birth-date"),
        (number("20270101"), "identity-birth-date"),
        (999999199005060000.0, "identity-damaged"),
        (999999199005060000, "identity-damaged"),
        (1234567890123456.0, "identity-damaged"),
        ("9.99999E+17", "identity-damaged"),
        (CellError("#N/A"), "formula-error"),
        ("#REF!", "formula-error"),
        (True, "identity-characters"),
        (datetime.datetime(1990, 5, 6), "identity-characters"),
        (12.5, "identity-characters"),
    ],
)
def test_a_wrong_identity_refuses_the_row_with_its_code(cell: Cell, code: str) -> None:
    report = _one(1.0, "覃世芳", cell, None)
    assert told(report) == [(2, "C", code)]
    (refused,) = report.refused
    assert refused.codes == (code,)
    assert refused.cells["name"] == "覃世芳"
    assert report.findings[0].severity is Severity.ERROR
    assert report.findings[0].message.startswith("第2行 ")


@pytest.mark.parametrize(
    ("name", "code"),
    [(None, "name-missing"), ("张三(大)", "name-characters"), ("张\ue863", "name-unencodable")],
)
def test_a_wrong_name_refuses_the_row_with_its_code(name: Cell, code: str) -> None:
    assert told(_one(1.0, name, number(), None)) == [(2, "B", code)]


def test_an_error_cell_as_name_is_not_told_twice() -> None:
    assert told(_one(1.0, CellError("#NAME?"), number(), None)) == [(2, "B", "formula-error")]


@pytest.mark.parametrize("error", ["#N/A", "Err:502", "#ERROR!"])
@pytest.mark.parametrize("place", ["姓名", "身份证号", "性别", "出生日期", "手机号"])
def test_an_error_of_any_program_is_said_and_not_read_as_nothing(error: str, place: str) -> None:
    head = ("姓名", "身份证号", "性别", "出生日期", "手机号")
    row: list[Cell] = ["覃世芳", number(), "男", "1990-05-06", "19900001111"]
    row[head.index(place)] = CellError(error)
    report = check(sheet(head, row))
    assert told(report) == [(2, column_letter(head.index(place)), "formula-error")]
    assert error in report.findings[0].message


def test_error_cells_where_nobody_reads_them_harm_nobody() -> None:
    head = (*HEAD, "备注", "随便")
    row = (CellError("#REF!"), "覃世芳", number(), None, CellError("#N/A"), CellError("#N/A"))
    assert told(_one(*row, head=head)) == []


def test_a_character_that_no_font_draws_refuses_the_row() -> None:
    rows = sheet(HEAD, (1.0, "李䶮", number(), None), (2.0, "李四", number(sequence=2), None))
    report = check(rows, encodable=lambda text: "䶮" if "䶮" in text else "")
    assert told(report) == [(2, "B", "name-unencodable")]
    assert [person.name for person in report.accepted] == ["李四"]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ((1.0, " 覃 世芳", number(), None), "B"),
        ((1.0, "覃世芳", f"'{number()}", None), "C"),
        ((1.0, "覃世芳", f"{number()[:6]} {number()[6:]}\u200b", None), "C"),
        ((1.0, "覃世芳", number().replace("9", "９"), None), "C"),
        ((1.0, "覃世芳", number(sequence=2).lower() + " ", None), "C"),
        ((1.0, "覃世芳", "34052419800101001x", None), "C"),
        ((1.0, "覃世芳", number(), "199-0000 1111"), "D"),
    ],
)
def test_loss_free_cleaning_takes_the_row_and_says_so(row: tuple[Cell, ...], column: str) -> None:
    report = check_rows(row)
    assert told(report) == [(2, column, "cleaned")]
    assert report.findings[0].severity is Severity.INFO
    (person,) = report.accepted
    assert person.name == "覃世芳"
    assert person.identity == person.identity.strip().upper()
    assert len(person.identity) == 18


def test_a_refused_row_is_not_called_cleaned() -> None:
    assert told(check_rows((1.0, " 覃世芳", number()[:-1], None))) == [(2, "C", "identity-length")]


def test_fifteen_digits_are_taken_as_eighteen_with_a_warning() -> None:
    old = "999999900506001"
    for cell in (old, float(old)):
        report = check_rows((1.0, "覃世芳", cell, None))
        assert told(report) == [(2, "C", "identity-15-digits")]
        (person,) = report.accepted
        assert (person.identity, person.identity_kind) == (
            longer_form(old),
            IdentityKind.RESIDENT_15,
        )


def test_an_unknown_place_is_taken_with_a_warning() -> None:
    report = check_rows((1.0, "覃世芳", identity_18("19000019900506001"), None))
    assert told(report) == [(2, "C", "identity-region")]
    assert len(report.accepted) == 1


@pytest.mark.parametrize("cell", ["12345", 12345.0, "无", "1.99E+10", 0.0])
def test_a_doubtful_phone_only_warns(cell: Cell) -> None:
    report = check_rows((1.0, "覃世芳", number(), cell))
    assert told(report) == [(2, "D", "phone")]
    assert len(report.accepted) == 1


@pytest.mark.parametrize(
    ("cell", "stored"),
    [
        ("12345678", "12345678"),
        (9999990000000006.0, None),
        ("9.99999E+15", None),
    ],
)
def test_a_doubtful_card_only_warns_and_a_rounded_one_is_not_kept(
    cell: Cell, stored: str | None
) -> None:
    report = _one(1.0, "覃世芳", number(), cell, head=("序号", "姓名", "身份证", "银行卡号"))
    assert told(report) == [(2, "D", "bank-card")]
    assert report.accepted[0].bank_card == stored


def test_a_good_card_is_kept_without_spaces() -> None:
    head = ("序号", "姓名", "身份证", "社保卡号")
    report = check(
        sheet(
            head,
            (1.0, "覃世芳", number(), "9999990000000006"),
            (2.0, "李四", number("19910101"), ""),
        )
    )
    assert told(report) == []
    assert [person.bank_card for person in report.accepted] == ["9999990000000006", None]


SEX_HEAD = ("姓名", "身份证号", "性别", "出生日期")


@pytest.mark.parametrize("cell", ["男", " 男 ", "1", 1.0, "M", "", None, "不详"])
def test_a_sex_that_fits_or_says_nothing_is_taken(cell: Cell) -> None:
    assert told(_one("覃世芳", number(), cell, None, head=SEX_HEAD)) == []


@pytest.mark.parametrize("cell", ["女", "2", 2.0, "F"])
def test_another_sex_than_the_number_s_refuses_the_row(cell: Cell) -> None:
    report = _one("覃世芳", number(), cell, None, head=SEX_HEAD)
    assert told(report) == [(2, "C", "sex-mismatch")]
    assert "男" in report.findings[0].message


def test_a_foreigner_s_sex_comes_from_the_roster_alone() -> None:
    report = _one("Maria Lee", "943760199803056672", "女", None, head=SEX_HEAD)
    assert told(report) == []
    assert report.accepted[0].sex is Sex.FEMALE


@pytest.mark.parametrize(
    "cell",
    [
        "1990-05-06",
        "1990.5.6",
        datetime.date(1990, 5, 6),
        datetime.datetime(1990, 5, 6, 12),
        "1990年5月",
        "1990-05",
        "199005",
        199005.0,
        1990.05,
        "不详",
        True,
        datetime.time(8),
        32999.0,
    ],
)
def test_a_birth_date_or_month_that_fits_is_taken(cell: Cell) -> None:
    assert told(_one("覃世芳", number(), None, cell, head=SEX_HEAD)) == []


@pytest.mark.parametrize(
    "cell", ["1990-05-07", datetime.datetime(1991, 5, 6), "1990年6月", "199006", "19900507"]
)
def test_another_birth_date_than_the_number_s_refuses_the_row(cell: Cell) -> None:
    report = _one("覃世芳", number(), None, cell, head=SEX_HEAD)
    assert told(report) == [(2, "D", "birth-mismatch")]


def test_ages_are_full_years_on_the_day(scheme: Scheme) -> None:
    report = check_rows(
        (1.0, "甲一", number("20101201"), None),
        (2.0, "乙二", number("20101202"), None),
        (3.0, "丙三", number("19651202"), None),
        (4.0, "丁四", number("19651201"), None),
        scheme=scheme,
    )
    assert told(report) == [(3, "C", "age-below"), (5, "C", "age-above")]
    assert [one.severity for one in report.findings] == [Severity.ERROR, Severity.WARNING]
    assert [(one.name, one.over_age) for one in report.accepted] == [
        ("甲一", False),
        ("丙三", False),
        ("丁四", True),
    ]


def test_a_scheme_that_takes_no_paper_refuses_people_above_the_age(scheme: Scheme) -> None:
    strict = replace(scheme, eligibility=replace(scheme.eligibility, over_age_paper=None))
    report = check_rows((1.0, "丁四", number("19651201"), None), scheme=strict)
    assert told(report) == [(2, "C", "age-above")]
    assert report.refused[0].codes == ("age-above",)


def test_without_a_scheme_no_age_is_judged() -> None:
    assert told(check_rows((1.0, "甲一", number("20201202"), None))) == []


def test_of_two_equal_rows_the_later_is_refused_and_the_first_warned() -> None:
    report = check_rows(GOOD, (2.0, "李四", number(sequence=3), None), GOOD, GOOD)
    assert told(report) == [
        (2, "C", "duplicate-in-file"),
        (4, "C", "duplicate-in-file"),
        (5, "C", "duplicate-in-file"),
    ]
    first, later, latest = report.findings
    assert (first.severity, later.severity) == (Severity.WARNING, Severity.ERROR)
    assert "第4行" in first.message
    assert "第2行" in later.message
    assert "第2行" in latest.message
    assert (len(report.accepted), report.rejected) == (2, 2)


def test_an_equal_row_on_another_sheet_is_named_with_its_sheet() -> None:
    report = check(sheet(HEAD, GOOD, name="一车间"), sheet(HEAD, GOOD, name="二车间"))
    assert ["二车间" in report.findings[0].message, "一车间" in report.findings[1].message] == [
        True,
        True,
    ]
    assert [(one.sheet, one.severity.value) for one in report.findings] == [
        ("一车间", "warning"),
        ("二车间", "error"),
    ]


def test_a_refused_row_does_not_make_the_next_one_a_duplicate() -> None:
    report = check_rows((1.0, None, number(), None), GOOD)
    assert told(report) == [(2, "B", "name-missing")]
    assert len(report.accepted) == 1


def test_old_and_new_form_of_one_number_are_equal() -> None:
    report = check_rows((1.0, "覃世芳", "999999900506001", None), GOOD)
    assert (len(report.accepted), report.refused[0].codes) == (1, ("duplicate-in-file",))


PLAN_HEAD = ("姓名", "身份证号", "参加项目", "份数")


@pytest.mark.parametrize(
    ("cell", "plans"),
    [
        ("住院医疗", ("hospital",)),
        ("住院医疗、重大疾病", ("hospital", "critical-illness")),
        ("住院医疗,意外伤害,住院医疗", ("hospital", "accident")),
        ("在职职工住院医疗互助保障", ("hospital",)),
        ("hospital", ("hospital",)),
        ("住院", ("hospital",)),
        ("重大疾病互助", ("critical-illness",)),
        ("全部", ("hospital", "critical-illness", "accident")),
        ("", None),
        (None, None),
    ],
)
def test_plans_are_read_as_units_name_them(
    scheme: Scheme, cell: Cell, plans: tuple[str, ...] | None
) -> None:
    report = _one("覃世芳", number(), cell, None, head=PLAN_HEAD, scheme=scheme)
    assert told(report) == []
    assert report.accepted[0].plans == plans


@pytest.mark.parametrize("cell", ["养老", "住院医疗、养老", "女职工特殊疾病", "在"])
def test_a_plan_the_person_may_not_hold_refuses_the_row(scheme: Scheme, cell: Cell) -> None:
    report = _one("覃世芳", number(), cell, None, head=PLAN_HEAD, scheme=scheme)
    assert told(report) == [(2, "C", "plan-not-allowed")]


def test_a_woman_may_hold_the_women_s_plan(scheme: Scheme) -> None:
    report = _one("向红", number(sequence=2), "女职工、全部", None, head=PLAN_HEAD, scheme=scheme)
    assert told(report) == [(2, "C", "plan-not-allowed")]  # 全部 stands alone
    report = _one("向红", number(sequence=2), "全部", 1.0, head=PLAN_HEAD, scheme=scheme)
    assert report.accepted[0].plans == ("hospital", "critical-illness", "women", "accident")
    assert report.accepted[0].shares == 1


@pytest.mark.parametrize("cell", ["0", -1.0, 1.5, "两份", "2份", 2.0, "2"])
def test_shares_outside_the_limit_refuse_the_row(scheme: Scheme, cell: Cell) -> None:
    report = _one("覃世芳", number(), "住院医疗", cell, head=PLAN_HEAD, scheme=scheme)
    assert told(report) == [(2, "D", "shares")]


def test_an_empty_share_cell_names_none(scheme: Scheme) -> None:
    report = _one("覃世芳", number(), "住院医疗", " ", head=PLAN_HEAD, scheme=scheme)
    assert (told(report), report.accepted[0].shares) == ([], None)


def test_shares_without_a_scheme_are_only_read() -> None:
    report = _one("覃世芳", number(), "住院医疗", "3份", head=PLAN_HEAD)
    assert told(report) == []
    assert (report.accepted[0].shares, report.accepted[0].plans) == (3, None)


def test_the_share_limit_goes_by_the_unit_s_kind(scheme: Scheme) -> None:
    row = ("覃世芳", number(), None, 2.0)
    report = check(sheet(PLAN_HEAD, row), scheme=scheme, unit_kind="government")
    assert "待负责人核对" not in report.findings[0].message
    report = check(sheet(PLAN_HEAD, row), scheme=scheme, unit_kind="firm")
    assert "待负责人核对" in report.findings[0].message


def test_a_remark_is_kept_cleaned() -> None:
    head = (*HEAD, "备注")
    report = check(sheet(head, (*GOOD, " 新调入 "), (2.0, "李四", number(sequence=3), None, "  ")))
    assert [person.remark for person in report.accepted] == ["新调入", None]


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.text(max_size=20),
                st.floats(allow_nan=False),
                st.booleans(),
                st.dates(),
                st.times(),
                st.datetimes(),
                st.integers(-5, 10**18),
                st.sampled_from(
                    [
                        "姓名",
                        "身份证号",
                        "合计",
                        "经办人:",
                        "",
                        number(),
                        CellError("#N/A"),
                        CellError("Err:502"),
                        "手机号",
                        "王强",
                        " \u3000",
                    ]
                ),
            ),
            max_size=6,
        ),
        max_size=12,
    )
)
@settings(max_examples=300)
def test_every_row_read_is_taken_refused_or_skipped(rows: list[list[Cell]]) -> None:
    rows = [[9.0, "赵敏", number(sequence=9), None], *rows]  # else they may belong to the heading
    report = check(sheet(HEAD, *rows), scheme=None)
    refused = [row.row for row in report.refused]
    skipped = [one.row for one in report.findings if one.code in SKIPPED]
    became = sorted((*(one.row for one in report.accepted), *refused, *skipped))
    # each row from the first on is exactly one of the three, up to the last that says something
    assert became == list(range(2, 2 + report.rows_read))
    assert report.skipped == len(skipped)
    filled = [at for at, row in enumerate(rows, start=2) if not all(map(is_blank, row))]
    assert became[-1] >= filled[-1]
    numbered = {at for at, row in enumerate(rows, start=2) if number() in row[2:3]}
    assert not numbered & set(skipped)
    assert set(refused) == {
        one.row for one in report.findings if one.severity is Severity.ERROR and one.row is not None
    }


@given(
    st.lists(
        st.tuples(
            st.dates(datetime.date(1970, 1, 1), datetime.date(2005, 12, 31)), st.integers(0, 999)
        ),
        min_size=1,
        max_size=30,
        unique=True,
    ),
    st.integers(0, 8),
    st.permutations(HEAD),
)
def test_good_people_are_taken_wherever_heading_and_columns_stand(
    people: list[tuple[datetime.date, int]], above: int, head: list[str]
) -> None:
    values = [
        {
            "序号": float(at),
            "姓名": "覃世芳",
            "身份证号": number(f"{born:%Y%m%d}", sequence),
            "手机号": "19900001111",
        }
        for at, (born, sequence) in enumerate(people)
    ]
    rows = [[None, *(value[word] for word in head)] for value in values]
    titles: list[list[Cell]] = [["演示单位职工名单"]] * above
    report = check(sheet(*titles, [None, *head], *rows))
    assert told(report) == []
    assert [person.identity for person in report.accepted] == [one["身份证号"] for one in values]


def test_the_report_is_printed_as_the_command_promises() -> None:
    report = check_rows(GOOD, (2.0, "李四", "1", None))
    assert report_document(report) == {
        "rows_read": 2,
        "accepted": 1,
        "rejected": 1,
        "skipped": 0,
        "findings": [
            {
                "sheet": "名单",
                "row": 3,
                "column": "C",
                "code": "identity-length",
                "severity": "error",
                "message": "第3行 身份证号应为18位,现在是1位,请核对后改正",
            }
        ],
    }


def test_a_file_that_cannot_be_read_is_reported_in_the_same_shape() -> None:
    finding = Finding(None, None, None, "file-damaged", Severity.ERROR, "文件已损坏。")
    document = report_document(file_report(finding))
    assert (document["rows_read"], document["findings"][0]["code"]) == (0, "file-damaged")


def test_rows_keep_the_address_the_spreadsheet_shows() -> None:
    lines = (Line(5, HEAD), Line(9, GOOD))
    report = check(Sheet(None, lines))
    assert (report.accepted[0].row, report.accepted[0].sheet) == (9, None)
    assert told(report) == []


def test_an_empty_file_is_said_to_be_empty() -> None:
    [finding] = check(Sheet("Sheet1", ())).findings
    assert (finding.code, finding.row) == ("header-not-found", None)
    assert finding.message.startswith("文件里没有内容")
