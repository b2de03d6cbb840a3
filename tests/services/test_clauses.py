"""The head confirms clauses of benefits one by one; what is confirmed is open no longer."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.domain.benefits.benefit_cases import work_out
from desktop_app.domain.benefits.benefit_facts import facts_from
from desktop_app.domain.schemes.clauses import GIVEN, NONE, READ, Ruling
from desktop_app.services.schemes.clause_views import ClauseLine
from desktop_app.services.versions.scheme_texts import rulings_of, scheme_in_force
from tests.services.desks import Staff
from tests.services.refusals import refused
from tests.services.scheme_desks import newest_version

DOCUMENT = "演示用标准"
BASE = "plans.hospital.benefits"


def say(staff: Staff, key: str, way: str = READ, **values: Any) -> None:
    staff.head.clauses.confirm_clause(f"{BASE}.{key}", Ruling(way, DOCUMENT, values))


def line(staff: Staff, key: str) -> ClauseLine:
    return next(one for one in staff.clerk.clauses.list_clauses() if one.key == f"{BASE}.{key}")


def to_confirm(staff: Staff) -> tuple[str, ...]:
    with staff.database.reading() as uow:
        scheme = scheme_in_force(uow.session, newest_version(uow.session).id)
    return work_out(scheme, "hospital", facts_from({"own_fen": 100_000})).to_confirm


def test_confirmed_clauses_are_laid_over_one_by_one(staff: Staff) -> None:
    assert [key.removeprefix(f"{BASE}.") for key in to_confirm(staff)] == [
        "deductible", "rate", "waiting", "ceilings.period",
    ]  # fmt: skip
    say(staff, "rate")
    say(staff, "deductible", GIVEN, fen=50_000)
    say(staff, "waiting", NONE)
    assert to_confirm(staff) == (f"{BASE}.ceilings.period",)
    say(staff, "ceilings.period", GIVEN, fen=5_000_000)
    assert to_confirm(staff) == ()
    said = {key: line(staff, key).said for key in ("rate", "deductible", "waiting")}
    assert said == {"rate": "比例70%", "deductible": "金额500.00 元", "waiting": "没有这项规定"}
    assert line(staff, "rate").document_no == DOCUMENT
    assert line(staff, "rate").state_label == "演示"


def test_a_clause_may_be_confirmed_anew(staff: Staff) -> None:
    say(staff, "deductible", GIVEN, fen=50_000)
    say(staff, "deductible", NONE)
    assert line(staff, "deductible").said == "没有这项规定"
    assert staff.value("SELECT count(*) FROM scheme_figure WHERE path LIKE '%benefits%'") == 1


def test_lines_of_a_table_are_given_by_their_keys(staff: Staff) -> None:
    key = "plans.critical-illness.benefits.severity"
    ruling = Ruling(GIVEN, DOCUMENT, {"amounts.light": 400_000})
    staff.head.clauses.confirm_clause(key, ruling)
    found = next(one for one in staff.clerk.clauses.list_clauses() if one.key == key)
    assert found.said == "重度 金额10,000.00 元;轻度 金额4,000.00 元"


@pytest.mark.parametrize(
    ("key", "ruling", "code"),
    [
        ("rate", Ruling(READ, " "), "document-missing"),
        ("rate", Ruling("maybe", DOCUMENT), "way-unknown"),
        ("nothing", Ruling(READ, DOCUMENT), "clause-unknown"),
        ("rate", Ruling(NONE, DOCUMENT), "clause-way"),
        ("deductible", Ruling(GIVEN, DOCUMENT, {"fen": -5}), "scheme-invalid"),
    ],
)
def test_a_clause_is_refused_with_a_reason(
    staff: Staff, key: str, ruling: Ruling, code: str
) -> None:
    with refused(staff, code):
        staff.head.clauses.confirm_clause(f"{BASE}.{key}", ruling)


@pytest.mark.both_databases
def test_a_benefit_that_is_not_written_is_written_in_a_draft(staff: Staff) -> None:
    with refused(staff, "clause-way") as caught:
        staff.head.clauses.confirm_clause("plans.accident.benefits", Ruling(READ, DOCUMENT))
    assert "新建草稿" in caught.value.remedy
    found = {one.key: one for one in staff.clerk.clauses.list_clauses()}
    assert found["plans.accident.benefits"].by_draft


def test_only_the_head_confirms(staff: Staff) -> None:
    for services in (staff.clerk, staff.reviewer):
        with refused(staff, "not-permitted"):
            services.clauses.confirm_clause(f"{BASE}.rate", Ruling(READ, DOCUMENT))


def test_what_was_confirmed_goes_on_to_a_version_that_says_the_same(staff: Staff) -> None:
    say(staff, "rate")
    say(staff, "waiting", NONE)
    editing = staff.head.scheme_editing
    first = editing.list_versions()[0].id
    made = editing.new_draft(first).value
    text = editing.text_of(made).text.replace('share = "70/100"', 'share = "75/100"', 1)
    editing.save_text(made, text)
    editing.activate(made, "演示")
    with staff.database.reading() as uow:
        kept = rulings_of(uow.session, made)
    assert list(kept) == [f"{BASE}.waiting"]
    assert [one.state for one in staff.head.clauses.list_clauses(first)[:2]] == [
        "demo", "to-confirm",
    ]  # fmt: skip
