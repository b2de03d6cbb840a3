"""Fees by class: Longyan's 36 yuan for firms and contract staff beside Yongding's 100."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.codes import FigureState
from desktop_app.domain.contributions import contribution_of
from desktop_app.domain.figures import figure_label, figures_of, money_figures, with_figures
from desktop_app.domain.quotes import Application, quote
from desktop_app.domain.schemes.fee_classes import (
    Crowd,
    class_label,
    crowds_of,
    fee_for_unit,
    with_fees_of,
)
from desktop_app.domain.schemes.scheme_parts import Figure
from desktop_app.domain.schemes.schemes import Scheme, SchemeError, scheme_from
from desktop_app.domain.working_days import WorkCalendar
from tests.domain.applications import codes
from tests.domain.schemes import FOLDER

FEE, FIRM, CONTRACT = (
    f"plans.inpatient.{one}" for one in ("fee_fen", "fee_classes.firm", "fee_classes.contract")
)
PEOPLE = st.integers(0, 5_000)


def confirmed(scheme: Scheme, ordinary: int = 10_000, firm: int = 3_600) -> Scheme:
    """With the figures of the sources confirmed; the district's own document is invented."""
    values = {FEE: ordinary, FIRM: firm, CONTRACT: firm, "coverage.first_month": 1}
    state = FigureState.CONFIRMED
    return with_figures(scheme, {key: Figure(fen, state, "演示") for key, fen in values.items()})


def asked(people: int, **more: object) -> Application:
    return replace(Application(people, ("inpatient",)), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "people", "fen"),
    [
        ("firm", 1, 3_600),
        ("state-firm", 418, 418 * 3_600),
        ("government", 1, 10_000),
        ("institution", 86, 860_000),
    ],
)
def test_all_people_of_a_firm_pay_36_and_others_100(
    yongding: Scheme, calendar: WorkCalendar, kind: str, people: int, fen: int
) -> None:
    found = quote(confirmed(yongding), asked(people, unit_kind=kind), calendar)
    assert (found.total_fen, found.to_confirm) == (fen, ())
    assert [(line.people, line.total_fen) for line in found.lines] == [(people, fen)]


def test_contract_staff_of_an_institution_pay_36_each(
    yongding: Scheme, calendar: WorkCalendar
) -> None:
    told = (Crowd(12, 5, "contract"),)
    found = quote(
        confirmed(yongding), asked(86, women=40, unit_kind="institution", classes=told), calendar
    )
    assert found.total_fen == 74 * 10_000 + 12 * 3_600
    assert [(head.fee_class, head.women, head.people, head.fen) for head in found.heads] == [
        ("", False, 39, 10_000),
        ("", True, 35, 10_000),
        ("contract", False, 7, 3_600),
        ("contract", True, 5, 3_600),
    ]
    assert [(line.fee_class, line.people, line.fee_fen) for line in found.lines] == [
        ("", 74, 10_000),
        ("contract", 12, 3_600),
    ]
    assert "合同制职工每人36.00元(住院补助),7人252.00元。" in [s.text for s in found.steps]
    assert found.parts[0].fen == found.total_fen
    assert codes(found) == []


def test_the_files_own_fees_are_estimates_named_by_the_class_that_pays_them(
    yongding: Scheme, calendar: WorkCalendar
) -> None:
    for kind, key in (("firm", FIRM), ("institution", FEE)):
        found = quote(yongding, asked(3, unit_kind=kind), calendar)
        assert found.to_confirm[0] == key
        assert {FEE, FIRM, CONTRACT} & set(found.to_confirm) == {key}
    everyone = (Crowd(3, 0, "contract"),)
    found = quote(yongding, asked(3, unit_kind="institution", classes=everyone), calendar)
    assert {FEE, FIRM, CONTRACT} & set(found.to_confirm) == {CONTRACT}


def test_where_nobody_tells_a_class_people_count_as_ordinary_with_a_warning(
    yongding: Scheme, calendar: WorkCalendar
) -> None:
    known = confirmed(yongding)
    for kind, labels in (("institution", "合同制职工"), (None, "企业职工、合同制职工")):
        found = quote(known, asked(3, unit_kind=kind), calendar)
        assert (found.ok, found.total_fen, codes(found)) == (True, 30_000, ["fee-class-missing"])
        assert found.problems[0].message.startswith(f"{labels}的费用另有标准")
    assert codes(quote(known, asked(3, unit_kind="firm"), calendar)) == []


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (Crowd(1, 0, "veteran"), "fee-class-unknown"),
        (Crowd(4, 0, "contract"), "fee-class-people"),
        (Crowd(2, 3, "contract"), "fee-class-people"),
        (Crowd(1, 1, "contract"), "fee-class-people"),
    ],
)
def test_people_told_by_class_are_people_of_the_application(
    yongding: Scheme, calendar: WorkCalendar, told: Crowd, code: str
) -> None:
    application = asked(3, women=0, unit_kind="institution", classes=(told,))
    found = quote(confirmed(yongding), application, calendar)
    assert codes(found) == [code]
    assert (found.ok, found.total_fen) == (False, None)


@given(PEOPLE, PEOPLE, PEOPLE, st.integers(0, 9_999), st.integers(0, 9_999))
def test_classes_lose_nothing_whatever_their_people_and_fees(
    yongding: Scheme, ordinary: int, contract: int, women: int, fee: int, other: int
) -> None:
    crowds = (
        Crowd(ordinary, min(women, ordinary)),
        Crowd(contract, min(women, contract), "contract"),
    )
    found = contribution_of(confirmed(yongding, fee, other), crowds, plans=["inpatient"])
    assert found.total_fen == ordinary * fee + contract * other
    assert sum(part.fen for part in found.parts) == found.total_fen
    assert sum(line.total_fen for line in found.lines) == found.total_fen
    assert sum(head.people * head.fen for head in found.heads) == found.total_fen


def test_people_of_one_class_are_counted_together(yongding: Scheme) -> None:
    told = (Crowd(2, 1, "firm"), Crowd(3, 0, "contract"), Crowd(1, 1, "contract"))
    found = crowds_of(yongding, ["inpatient"], "firm", Crowd(10, 4), told)
    assert found == (Crowd(6, 3, "firm"), Crowd(4, 1, "contract"))
    assert crowds_of(yongding, ["inpatient"], None, Crowd(0, 0), ()) == (Crowd(0, 0),)


def test_a_class_has_its_own_figure_and_name(yongding: Scheme) -> None:
    assert list(figures_of(yongding))[:3] == [FEE, FIRM, CONTRACT]
    assert figure_label(yongding, FIRM) == "住院补助互助金(企业职工)"
    assert class_label(yongding, ["serious-illness", "inpatient"], "contract") == "合同制职工"
    assert class_label(yongding, ["inpatient"], "") == ""
    assert list(money_figures(yongding, ["inpatient"], ["", "firm"])) == [FEE, FIRM]
    plan = yongding.plan("inpatient")
    assert [fee_for_unit(plan, kind).value for kind in ("firm", "social", None)] == [
        3_600, 10_000, 10_000,
    ]  # fmt: skip
    assert with_fees_of(yongding, "") is yongding
    assert [one.fee_fen.value for one in with_fees_of(yongding, "firm").plans][:2] == [3_600, 0]


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ('id = "contract"\nlabel', 'id = "firm"\nlabel', "plans[1].fee_classes[2]", "两次"),
        ('label = "合同制职工"\n', 'label = "合同制职工"\nunit_kinds = ["firm"]\n',
         "plans[1].fee_classes", "单位类别写在两类"),
        ('label = "合同制职工"\n', 'label = "合同制职工"\nunit_kinds = ["x"]\n',
         "plans[1].fee_classes[2].unit_kinds", "取值"),
        ('with_plan = "inpatient"\n',
         'with_plan = "inpatient"\nfee_classes = [{ id = "a", label = "甲", '
         "fee_fen = { to_confirm = true } }]\n", "plans[2].fee_classes", "不另收费"),
        ("[funding]\n", '[[funding.parts]]\npayer = "member"\nfee_fen = { value = 10000, '
         'source = "演示" }\n[funding]\n', "funding", "固定分担"),
    ],
)  # fmt: skip
def test_what_no_fee_by_class_can_be_is_refused(old: str, new: str, key: str, said: str) -> None:
    text = (FOLDER / "yongding.toml").read_text("utf-8")
    assert old in text
    with pytest.raises(SchemeError) as caught:
        scheme_from(text.replace(old, new, 1), "试.toml")
    assert any(key == one.key and said in one.message for one in caught.value.faults)
