"""Clauses and claims: of which version they are confirmed, what stays open, what holds them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db.errors import ConflictError
from desktop_app.domain.schemes.clauses import GIVEN, READ, Ruling
from desktop_app.paths import resource_path
from tests.services.desks import Staff
from tests.services.refusals import refused
from tests.services.test_claim_ways import EVENT, PERIOD, office

BASE = "plans.above-ceiling.benefits"
BAND = f"{BASE}.brackets.above-25000000"
HOSPITAL = "plans.hospital.benefits"
PAPER = "演示用标准"


def next_version(staff: Staff, of: int, **values: object) -> int:
    editing = staff.head.scheme_editing
    made = editing.new_draft(of).value
    editing.save_part(made, values)
    editing.activate(made, "演示文件")
    return int(made)


def version_of(staff: Staff, claim: int) -> object:
    return staff.value("SELECT scheme_version_id FROM claim WHERE id = :id", id=claim)


# --- which version is confirmed


def test_an_older_versions_clauses_are_confirmed_while_its_claims_are_open(staff: Staff) -> None:
    made = office(staff, "beijing")
    first = made.staff.head.schemes.list_confirmable()[0].id
    claim = made.figured("above-ceiling", {"eligible_own_fen": 1_000_000})
    staff.clerk.claims.type_amount(claim, 400_000)
    staff.reviewer.claims.move_on(claim)
    second = next_version(staff, first, effective_from=date(2027, 1, 1))
    made.confirm(f"{BASE}.known_until")  # of the drive's version: the claim goes by the other
    assert staff.value("SELECT scheme_version_id FROM scheme_figure WHERE path LIKE '%known%'") == (
        second
    )
    view = made.view(claim)
    assert "(方案第1版)待核对" in view.missing[0].message
    with refused(staff, "to-confirm") as caught:
        staff.clerk.claim_decisions.pay(claim, made.today)
    assert "标准用到哪一天(方案第1版)待核对" in caught.value.message
    assert "选第1版" in caught.value.remedy
    offered = staff.head.schemes.list_confirmable()
    assert [(one.id, one.name) for one in offered] == [(second, "2"), (first, "1")]
    assert [one.label for one in offered] == ["第2版(新申请用)", "第1版(2件在办)"]
    staff.head.clauses.confirm_clause(f"{BASE}.known_until", Ruling(READ, PAPER), first)
    staff.clerk.claim_decisions.pay(claim, made.today)
    assert made.view(claim).decided_fen == 400_000


def test_figures_of_an_older_version_are_confirmed_by_its_number(staff: Staff) -> None:
    schemes, path = staff.head.schemes, "plans.hospital.fee_fen"
    first = schemes.find_version("1")
    second = next_version(staff, first, **{"plans[1].fee_fen": {"to_confirm": True, "value": 7000}})
    assert schemes.find_version("xianfeng-2024:2") == second
    schemes.confirm_figure(path, 6_000, PAPER, first)
    told = [
        next(one.value for one in schemes.list_figures(version) if one.path == path)
        for version in (first, second, None)
    ]
    assert told == [6_000, 7_000, 7_000]
    for name in ("3", "pinghu:1", "一"):
        with refused(staff, "version-unknown"):
            schemes.find_version(name)


def test_what_is_open_in_a_draft_is_not_confirmed_but_written(staff: Staff) -> None:
    made = staff.head.scheme_editing.new_draft(1).value
    with refused(staff, "version-draft"):
        staff.head.schemes.confirm_figure("plans.hospital.fee_fen", 1, PAPER, made)


def test_a_year_without_a_version_still_offers_those_of_open_cases(staff: Staff) -> None:
    made = office(staff, "xianfeng-2024")
    made.claim("hospital")
    staff.head.schemes.set_year(2020)
    assert [one.label for one in staff.head.schemes.list_confirmable()] == ["第1版(2件在办)"]


def test_an_office_that_went_over_to_another_scheme_is_offered_both(staff: Staff) -> None:
    made = office(staff, "xianfeng-2024")
    made.claim("hospital")
    staff.head.schemes.take_over(resource_path("schemes", "beijing.toml"))
    offered = staff.head.schemes.list_confirmable()
    assert [one.name for one in offered] == ["1", "xianfeng-2024:1"]
    assert offered[1].label.endswith("第1版(2件在办)")
    assert len(offered[1].label) > len("第1版(2件在办)")
    assert staff.head.schemes.find_version(offered[1].name) == offered[1].id == 1


# --- open for this event


def test_a_standard_given_until_before_the_event_stays_open_and_is_named(staff: Staff) -> None:
    made = office(staff, "beijing")
    claim = made.figured("above-ceiling", {"eligible_own_fen": 1_000_000})
    made.confirm(f"{BASE}.known_until", GIVEN, known_until="2027-01-31")
    for _again in range(2):
        sheet = made.sheet(claim)
        assert (sheet.estimate, sheet.stale) == (True, False)
        assert sheet.open_labels == ("标准用到哪一天",)
        staff.clerk.claims.figure(claim)
    staff.clerk.claims.type_amount(claim, 400_000)
    staff.reviewer.claims.move_on(claim)
    with refused(staff, "to-confirm") as caught:
        staff.clerk.claim_decisions.pay(claim, made.today)
    assert "标准用到哪一天" in caught.value.message
    made.confirm(f"{BASE}.known_until", GIVEN, known_until=str(EVENT))
    assert made.sheet(claim).stale
    staff.clerk.claim_decisions.pay(claim, made.today)


def test_a_ruling_that_asks_for_a_fact_which_is_out_leaves_the_sheet_as_it_was(
    staff: Staff,
) -> None:
    made = office(staff, "yongding")
    key = "plans.condolence-death.benefits.condolence"
    claim = made.figured("condolence-death", {})
    amounts = [{"key": "work", "label": "因公", "fen": 300_000}]
    made.confirm(key, GIVEN, amounts=amounts)
    assert made.sheet(claim).open_labels == ("等级标准",)


# --- what holds a clause


def test_a_clause_that_a_paid_claim_went_by_is_held_and_no_other(staff: Staff) -> None:
    made = office(staff, "beijing")
    made.confirm(f"{BASE}.known_until")
    made.paid("above-ceiling", {"eligible_own_fen": 1_000_000})
    with refused(staff, "figure-used") as caught:
        made.confirm(f"{BASE}.known_until", GIVEN, known_until="2030-01-01")
    assert "1件定过的申领" in caught.value.message
    with pytest.raises(ConflictError):
        staff.run(
            "UPDATE scheme_figure SET value = '1' WHERE path = :key", key=f"{BASE}.known_until"
        )
    made.confirm(BAND, GIVEN, share="90/100")
    made.confirm(BAND, GIVEN, share="80/100")  # the claim was paid before it was ruled on
    made.confirm("plans.inpatient.benefits.known_until")
    made.confirm("plans.inpatient.benefits.known_until", GIVEN, known_until="2030-01-01")


def test_an_estimate_beside_the_provinces_decision_holds_nothing(staff: Staff) -> None:
    made = office(staff, "xianfeng-2024")
    made.confirm(f"{HOSPITAL}.rate")
    claim = made.claim("hospital", claimed_fen=88_000, facts={"own_fen": 300_000})
    staff.run("UPDATE claim SET decided_fen = 80000 WHERE id = :id", id=claim)
    made.confirm(f"{HOSPITAL}.rate", GIVEN, share="60/100")
    staff.run("DELETE FROM scheme_figure WHERE path = :key", key=f"{HOSPITAL}.rate")


@pytest.mark.both_databases
def test_the_threshold_of_papers_is_held_by_decided_claims(staff: Staff) -> None:
    made, path = office(staff, "beijing"), "claims.paper_threshold_fen"
    for value in (100_000, 200_000):
        staff.head.schemes.confirm_figure(path, value, PAPER)
    made.confirm(f"{BASE}.known_until")
    made.paid("above-ceiling", {"eligible_own_fen": 1_000_000})
    with refused(staff, "figure-used") as caught:
        staff.head.schemes.confirm_figure(path, 300_000, PAPER)
    assert "1件定过的申领" in caught.value.message
    with pytest.raises(ConflictError):
        staff.run("DELETE FROM scheme_figure WHERE path = :path", path=path)


# --- which version a claim goes by


@pytest.mark.parametrize(
    ("on", "newer"),
    [
        (PERIOD[0], False),
        (EVENT - timedelta(days=1), False),
        (EVENT, True),
        (PERIOD[1] - timedelta(days=1), True),
    ],
)
def test_a_claim_goes_by_the_version_of_its_events_day(staff: Staff, on: date, newer: bool) -> None:
    made = office(staff, "xianfeng-2024")
    staff.clock.at += timedelta(days=300)
    second = next_version(staff, 1, effective_from=EVENT)
    assert version_of(staff, made.claim("hospital", on)) == (second if newer else 1)


@pytest.mark.parametrize("on", [PERIOD[0], EVENT - timedelta(days=1), EVENT, PERIOD[1]])
def test_a_version_without_the_plan_leaves_its_claims_to_the_applications(
    staff: Staff, on: date
) -> None:
    made = office(staff, "xianfeng-2024")
    staff.clock.at += timedelta(days=300)
    _without_hospital(staff)
    if on == PERIOD[1]:
        with refused(staff, "not-covered"):
            made.claim("hospital", on)
        return
    claim = made.claim("hospital", on, facts={"own_fen": 300_000})
    assert version_of(staff, claim) == 1
    assert made.sheet(claim).version_no == 1


def _without_hospital(staff: Staff) -> int:
    """A version from the event's day on without the plan that covers everybody."""
    editing = staff.head.scheme_editing
    made = editing.new_draft(1).value
    editing.save_part(made, {"effective_from": EVENT})
    text = editing.text_of(made).text
    start = text.index('id = "hospital"')
    first = text.rindex("[[plans]]", 0, start)
    after = text.index("[[plans]]", start)
    text = (text[:first] + text[after:]).replace('"hospital", ', "").replace('["hospital"]', "[]")
    editing.save_text(made, text)
    editing.activate(made, "演示文件")
    return int(made)
