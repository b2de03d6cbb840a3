"""Anyang's applications at the desk: windows to the minute, closures, working days, months."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.exc import DatabaseError

from db.codes import FigureState
from db.errors import ConflictError
from desktop_app.domain.dates import add_months, last_day
from desktop_app.domain.figures import with_figures
from desktop_app.domain.quotes import Application, quote
from desktop_app.domain.schemes.scheme_parts import Figure
from desktop_app.domain.schemes.schemes import scheme_from
from desktop_app.domain.working_days import latest_day_before
from desktop_app.errors import UserError
from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.services.views.quotes import StartPreview
from tests.services.desks import Staff, unit_draft
from tests.services.refusals import refused
from tests.services.scheme_desks import case_of, draft, local, opened_unit, use_scheme
from tests.services.walks import Walk, walked

KEY = "anyang-2023"
OPEN, WINDOW = "2023-04-03 09:00", "2022-11-21 09:30"


@pytest.fixture
def unit(staff: Staff) -> int:
    use_scheme(staff, KEY, WINDOW, 2023)
    return opened_unit(staff)


def _asked(staff: Staff, unit: int, at: str, **more: object) -> StartPreview:
    staff.clock.at = local(at)
    return staff.clerk.previews.start(unit, draft(KEY, **more))


def _code(shown: StartPreview) -> str:
    return shown.refusal.code if shown.refusal is not None else ""


def _ends_of_2023() -> Iterator[date]:
    for month in range(1, 12):
        yield date(2023, month, 15)
        yield last_day(add_months(date(2023, month, 1), 1))


def test_a_renewal_is_taken_up_to_15_working_days_before_each_end_and_not_a_minute_later(
    staff: Staff, unit: int
) -> None:
    for ends in _ends_of_2023():
        latest = latest_day_before(ends, 15, staff.desk.calendar()).date
        after = latest + timedelta(days=1)
        taken = _asked(staff, unit, f"{latest} 23:59", kind="renewal", ends=ends)
        late = _asked(staff, unit, f"{after} 00:00", kind="renewal", ends=ends)
        assert (ends, _code(taken), _code(late)) == (ends, "", "renewal-late")
        months = 12 - ends.month
        assert taken.months == months
        assert (taken.first, taken.last) == (date(2023, ends.month + 1, 1), date(2023, 12, 31))
        (head,) = taken.heads
        assert head.fen == (7500 * months * 2 + 12) // 24
        assert sum(part.fen for part in head.parts) == head.fen
        assert [part.demanded for part in head.parts] == [False, True]


@pytest.mark.parametrize(
    ("ends", "latest"),
    [("2023-06-30", "2023-06-07"), ("2023-01-31", "2023-01-04"), ("2023-10-15", "2023-09-18")],
)
def test_the_last_days_to_renew_on_are_those_of_the_years_holidays(
    staff: Staff, unit: int, ends: str, latest: str
) -> None:
    """By hand: 2023's days off and make-up Saturdays lie between these days."""
    last = date.fromisoformat(ends)
    taken = _asked(staff, unit, f"{latest} 17:00", kind="renewal", ends=last)
    after = date.fromisoformat(latest) + timedelta(days=1)
    late = _asked(staff, unit, f"{after} 08:00", kind="renewal", ends=last)
    assert (_code(taken), _code(late)) == ("", "renewal-late")


def test_a_late_renewal_is_told_its_last_day_and_its_rule(staff: Staff, unit: int) -> None:
    shown = _asked(staff, unit, "2023-06-20 09:00", kind="renewal", ends=date(2023, 6, 30))
    assert shown.refusal is not None
    assert "原保障到2023年6月30日满期,最迟应在2023年" in shown.refusal.message
    assert "到期前至少15个工作日" in shown.refusal.remedy or "通知" in shown.refusal.remedy
    with refused(staff, "renewal-late"):
        staff.clerk.enrolments.start(unit, draft(KEY, kind="renewal", ends=date(2023, 6, 30)))


def test_an_end_in_december_leaves_nothing_to_renew(staff: Staff, unit: int) -> None:
    shown = _asked(staff, unit, OPEN, kind="renewal", ends=date(2023, 12, 15))
    assert _code(shown) == "nothing-to-renew"
    late = _asked(staff, unit, OPEN, kind="renewal", ends=date(2024, 1, 15))
    assert _code(late) == "already-covered"


@pytest.mark.parametrize("kind", ["renewal", "first"])
@pytest.mark.parametrize(
    ("at", "taken"),
    [
        ("2022-11-11 07:59", False),
        ("2022-11-11 08:00", True),
        ("2022-12-10 17:00", True),
        ("2022-12-10 17:01", False),
    ],
)
def test_the_windows_first_and_last_minute_are_inside(
    staff: Staff, unit: int, at: str, kind: str, taken: bool
) -> None:
    ends = date(2022, 12, 31) if kind == "renewal" else None
    shown = _asked(staff, unit, at, kind=kind, ends=ends)
    assert _code(shown) == ("" if taken else "window-closed")
    assert (shown.months, shown.estimate) == (12, False)


def test_no_new_unit_joins_during_the_year(staff: Staff, unit: int) -> None:
    shown = _asked(staff, unit, OPEN)
    assert shown.refusal is not None
    assert (shown.kind, shown.refusal.code) == ("first", "new-unit-closed")
    assert shown.refusal.message == "保障期限内不办理当年度新增单位参保"
    with refused(staff, "new-unit-closed"):
        staff.clerk.enrolments.start(unit, draft(KEY))


def test_the_last_covered_day_is_the_ledgers_own_where_it_knows_it(staff: Staff, unit: int) -> None:
    walk = case_of(staff, KEY, unit_id=unit)
    walk.submitted()
    walk.approved()
    staff.run("UPDATE enrolment SET state_code = 'finished', year = 2022")
    staff.run("UPDATE enrolment SET until_on = '2023-06-01'")
    shown = _asked(staff, unit, OPEN)
    assert (shown.kind, shown.ends, shown.ends_known) == ("renewal", date(2023, 5, 31), True)
    assert (shown.months, _code(shown)) == (7, "")
    with pytest.raises(UserError, match="台账中这个单位的保障到2023年5月31日"):
        _asked(staff, unit, OPEN, kind="renewal", ends=date(2023, 6, 30))
    with pytest.raises(UserError, match="不是新增单位"):
        _asked(staff, unit, OPEN, kind="first")
    with pytest.raises(UserError, match="没有“later”这种申请"):
        _asked(staff, unit, OPEN, kind="later")


def test_a_renewal_whose_last_day_nobody_knows_is_asked_for_it(staff: Staff, unit: int) -> None:
    shown = _asked(staff, unit, WINDOW, kind="renewal")
    assert (shown.asks_ends, _code(shown)) == (True, "ends-missing")
    with refused(staff, "ends-missing"):
        staff.clerk.enrolments.start(unit, draft(KEY, kind="renewal"))


def _renewed(staff: Staff, *, confirm: bool = True) -> Walk:
    use_scheme(staff, KEY, OPEN, 2023, confirm=confirm)
    return case_of(staff, KEY, kind="renewal", ends=date(2023, 6, 15))


def test_months_due_are_told_of_the_case_of_each_person_and_of_each_payer(staff: Staff) -> None:
    walk = _renewed(staff)
    walk.submitted()
    walk.approved()
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.total_fen, view.due_fen, view.plans[0].fee_fen) == (37_500, 25_000, 3_750)
    assert (view.effective_on, view.last_on) == (date(2023, 7, 1), date(2023, 12, 31))
    people = staff.clerk.rosters.list_people(walk.id)
    assert {person.contribution_fen for person in people} == {3_750}
    assert staff.value("SELECT sum(fen) FROM funding_part") == 37_500
    form = staff.clerk.prints.issue(walk.id, "application").value
    content = staff.document("SELECT content FROM issued_form WHERE id = :i", i=form)
    assert content["coverage"].endswith("24时止，续缴6个月")
    assert [(part["payer"], part["fen"]) for part in content["funding"]] == [
        ("上级工会", 12_500),
        ("单位和职工", 25_000),
    ]


def test_an_open_formula_leaves_an_estimate_that_is_not_demanded(staff: Staff) -> None:
    walk = _renewed(staff, confirm=False)
    walk.submitted()
    view = staff.reviewer.enrolments.get(walk.id)
    assert (view.due_fen, view.to_confirm) == (None, ("全年费用折合的月数",))
    assert view.quote is not None
    assert view.quote.total_fen == 37_500
    assert [person.contribution_fen for person in staff.clerk.rosters.list_people(walk.id)] == (
        [None] * 10
    )
    with pytest.raises(UserError, match="全年费用折合的月数待核对"):
        walk.approved()
    staff.head.schemes.confirm_figure("coverage.renewal.year_months", 12, "演示文件")
    walk.approved()
    assert staff.clerk.enrolments.get(walk.id).due_fen == 25_000


def test_a_case_handed_in_in_time_may_be_mended_after_the_window(staff: Staff) -> None:
    use_scheme(staff, KEY, "2022-12-10 16:59", 2023)
    walk = case_of(staff, KEY)
    walk.submitted()
    staff.reviewer.enrolments.return_(walk.id, "请补一份证明")
    staff.clock.at = local("2022-12-12 09:00")
    staff.clerk.enrolments.submit(walk.id)
    walk.approved()
    assert staff.clerk.enrolments.get(walk.id).due_fen == 50_000


def test_a_draft_that_misses_the_window_is_told_so_beside_the_button(staff: Staff) -> None:
    use_scheme(staff, KEY, "2022-12-10 16:59", 2023)
    walk = case_of(staff, KEY)
    walk.proof()
    staff.clock.at = local("2022-12-10 17:01")
    view = staff.clerk.enrolments.get(walk.id)
    assert [one.code for one in view.missing] == ["window-closed"]
    assert view.quote is not None
    assert view.quote.problems[0].startswith("不在新增单位的办理时间内")
    with refused(staff, "window-closed"):
        staff.clerk.enrolments.submit(walk.id)


@pytest.mark.both_databases
def test_the_kept_worksheet_recomputes_to_the_same_fen_and_never_changes(staff: Staff) -> None:
    walk = _renewed(staff)
    walk.submitted()
    walk.approved()
    query = "SELECT content FROM enrolment_quote WHERE act = 'enrolment.approve'"
    content = staff.document(query)
    text = str(
        staff.value("SELECT text FROM scheme_version WHERE id = :i", i=content["version_id"])
    )
    figures = {
        path: Figure(kept["value"], FigureState(kept["state"]), kept["source"])
        for path, kept in content["figures"].items()
    }
    asked = content["asked"]
    again = quote(
        with_figures(scheme_from(text), figures),
        Application(
            **asked
            | {
                "plans": tuple(asked["plans"]),
                "plan_shares": tuple((plan, count) for plan, count in asked["plan_shares"]),
                "ends": date.fromisoformat(asked["ends"]),
                "at": datetime.fromisoformat(asked["at"]),
            }
        ),
        staff.desk.calendar(),
    )
    assert again.total_fen == content["total_fen"] == 37_500
    assert [part.fen for part in again.parts] == [part["fen"] for part in content["parts"]]
    assert [step.text for step in again.steps] == [step["text"] for step in content["steps"]]
    for change in ("UPDATE enrolment_quote SET act = 'x'", "DELETE FROM enrolment_quote"):
        with pytest.raises((ConflictError, DatabaseError), match="never changes"):
            staff.run(change)


def test_kept_worksheets_are_recomputed_and_one_that_was_changed_is_found(staff: Staff) -> None:
    walk = _renewed(staff)
    walk.submitted()
    walk.approved()
    report = staff.admin.audits.verify_quotes()
    assert (report.ok, report.quotes, report.bad) == (True, 2, ())
    staff.run("DROP TRIGGER enrolment_quote_no_update") if _on_sqlite(staff) else staff.run(
        "DROP TRIGGER enrolment_quote_stays ON enrolment_quote"
    )
    for change in (
        {"total_fen": 1},
        {"due_fen": 1},
        {"months": 1},
        {"sha256": "0"},
        {"to_confirm": ["coverage.renewal.year_months"]},
        {"steps": []},
    ):
        kept = staff.document("SELECT content FROM enrolment_quote ORDER BY id DESC LIMIT 1")
        _write(staff, {**kept, **change})
        found = staff.admin.audits.verify_quotes()
        assert found.bad == ("明山县演示水厂(演示) 2023年度",), change
        assert not staff.admin.audits.verify_all().ok
        _write(staff, kept)
    told = {**kept, "steps": [{**step, "text": "换了说法。"} for step in kept["steps"]]}
    told["asked"] = {**kept["asked"], "asked_by_an_older_release": 1}
    _write(staff, told)
    assert staff.admin.audits.verify_quotes().ok


def test_a_first_application_of_a_scheme_with_plan_documents_is_recomputed_too(
    staff: Staff,
) -> None:
    walked(staff, "approved", plans=(("hospital", 1), ("women", 1)))
    report = staff.admin.audits.verify_quotes()
    assert (report.ok, report.quotes) == (True, 2)


def _on_sqlite(staff: Staff) -> bool:
    return staff.database.engine.dialect.name == "sqlite"


def _write(staff: Staff, content: object) -> None:
    """Put a kept quote's content in place of another, as no program does."""
    last = "(SELECT max(id) FROM enrolment_quote)"
    value = "CAST(:content AS JSON)" if not _on_sqlite(staff) else ":content"
    staff.run(
        f"UPDATE enrolment_quote SET content = {value} WHERE id = {last}",
        content=json.dumps(content),
    )


@pytest.mark.both_databases
def test_the_figures_that_a_case_was_approved_by_are_not_confirmed_otherwise(
    staff: Staff,
) -> None:
    walk = _renewed(staff)
    walk.submitted()
    walk.approved()
    before = staff.clerk.enrolments.get(walk.id).quote
    with refused(staff, "figure-used"):
        staff.head.schemes.confirm_figure("coverage.renewal.year_months", 10, "演示文件")
    assert staff.clerk.enrolments.get(walk.id).quote == before


def test_a_unit_that_works_by_itself_is_told_no_worksheet_of_ours(staff: Staff) -> None:
    walk = Walk(staff, handling="by-unit").start()
    assert staff.clerk.enrolments.get(walk.id).quote is None


def test_a_scheme_of_plan_documents_asks_no_last_day_and_guesses_no_cover(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    unit = staff.clerk.units.register(unit_draft("明山县演示纸厂(演示)")).value
    staff.reviewer.units.open(unit)
    plans = (("hospital", 1), ("women", 1))
    shown = staff.clerk.previews.start(unit, EnrolmentDraft("on-behalf", plans, 10, 2, "renewal"))
    assert (shown.asks_ends, shown.first, shown.refusal) == (False, None, None)
    assert [(head.label, head.fen) for head in shown.heads] == [
        ("男职工每人", 5_000),
        ("女职工每人", 7_000),
    ]
    later = staff.clerk.previews.start(walk.unit_id, EnrolmentDraft("on-behalf", (), 10, 2))
    assert (later.kind, later.heads) == ("addition", ())


def test_a_unit_of_a_kind_that_the_scheme_does_not_take_is_refused(staff: Staff) -> None:
    use_scheme(staff, KEY, WINDOW, 2023)
    unit = staff.clerk.units.register(unit_draft("明山县演示合作社(演示)", kind="other")).value
    staff.reviewer.units.open(unit)
    draft = EnrolmentDraft("on-behalf", (("medical", 1),), 10, 2)
    assert staff.clerk.previews.start(unit, draft).refusal is not None
    with refused(staff, "unit-kind") as caught:
        staff.clerk.enrolments.start(unit, draft)
    assert "单位类别不在参加范围内" in caught.value.message
    assert "单位资料" in caught.value.remedy


def test_people_are_added_to_an_application_of_the_year_only(staff: Staff, unit: int) -> None:
    with pytest.raises(UserError) as caught:
        _asked(staff, unit, WINDOW, kind="addition")
    assert caught.value.code == "nothing-to-add-to"
    staff.clerk.enrolments.start(unit, draft(KEY, kind="renewal", ends=date(2022, 12, 31)))
    with refused(staff, "already-applied"):
        staff.clerk.previews.start(unit, draft(KEY, kind="renewal", ends=date(2022, 12, 31)))
