"""An office begins: its scheme, the drive's year and aim, figures by one document, or nothing."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from db.models.schemes import SchemeFigure
from desktop_app import bootstrap
from desktop_app.errors import UserError
from desktop_app.services.drafts import StartDraft
from desktop_app.services.offices.offices import OfficeDraft
from desktop_app.services.schemes.scheme_offers import carried_offers, fresh_start
from tests.db.offices import CHEAP
from tests.services.desks import NOW, USERS, YEAR, Staff
from tests.services.refusals import refused
from tests.services.walks import walked

HOME = "xianfeng-2024"
LIMIT = "plans.{}.share_limits.default"
OPEN = tuple((LIMIT.format(plan), 2) for plan in ("hospital", "women", "accident"))


def draft(**changed: object) -> StartDraft:
    whole = StartDraft(HOME, YEAR, 900, OPEN, "某工办发〔2026〕3号")
    return dataclasses.replace(whole, **changed)  # type: ignore[arg-type]


def test_each_carried_scheme_is_offered_with_a_line_and_what_it_still_needs() -> None:
    offers = {offer.key: offer for offer in carried_offers()}
    assert set(offers) == {HOME, "anyang-2023", "pinghu", "beijing", "yongding"}
    assert offers[HOME].about.startswith("湖北省咸丰县 · 住院医疗、重大疾病")
    assert "施行到2023年12月31日" in offers["anyang-2023"].about
    labels = [line.label for line in offers[HOME].figures]
    assert labels[:2] == ["住院医疗会费", "重大疾病会费"]
    assert offers["pinghu"].figures[0].value is not None  # an obvious reading, to be confirmed
    assert all(line.document_no or line.value is None for line in offers[HOME].figures)


def test_before_there_is_an_office_the_coming_year_is_proposed() -> None:
    years = [fresh_start(date(2026, month, 1)).year for month in (9, 10)]
    assert years == [2026, 2027]
    fresh = fresh_start(date(2026, 9, 1))
    assert (fresh.scheme, fresh.target, fresh.may_choose) == ("", None, True)
    assert fresh.offers == carried_offers()


def test_a_start_sets_year_and_aim_and_confirms_all_by_one_document(staff: Staff) -> None:
    staff.head.starts.begin(draft(year=YEAR + 1))
    view = staff.clerk.starts.view()
    assert (view.scheme, view.year, view.target, view.may_choose) == (HOME, YEAR + 1, 900, True)
    told = {line.path: line for line in view.figures}
    for path, value in OPEN:
        assert (told[path].value, told[path].document_no) == (value, "某工办发〔2026〕3号")
        assert told[path].state != "to-confirm"
    assert told[LIMIT.format("critical-illness")].state == "to-confirm"
    assert len(staff.head.scheme_editing.list_versions()) == 1  # the scheme is there already


def test_a_start_needs_neither_an_aim_nor_figures(staff: Staff) -> None:
    staff.head.starts.begin(StartDraft(HOME, YEAR + 2))
    view = staff.clerk.starts.view()
    assert (view.year, view.target) == (YEAR + 2, None)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"scheme": "nowhere"}, "scheme-unknown"),
        ({"year": 99}, "year"),
        ({"target": 0}, "target"),
        ({"document": " "}, "document-missing"),
        ({"figures": ()}, "figures-missing"),
        ({"figures": (*OPEN, OPEN[0])}, "figure-twice"),
        ({"figures": (*OPEN, (LIMIT.format("critical-illness"), 0))}, "figure-value"),
        ({"figures": (*OPEN, ("plans.hospital.nothing", 1))}, "figure-unknown"),
        ({"figures": (*OPEN, (LIMIT.format("hospital").replace("default", "government"), 1))},
         "figure-given"),
    ],
)  # fmt: skip
def test_where_one_thing_is_wrong_nothing_of_the_start_is_kept(
    staff: Staff, changed: dict[str, object], code: str
) -> None:
    before = staff.clerk.starts.view()
    with refused(staff, code):
        staff.head.starts.begin(draft(year=YEAR + 1, scheme="pinghu") if not changed else
                                draft(**{"year": YEAR + 1, **changed}))  # fmt: skip
    assert staff.clerk.starts.view() == before


def test_another_scheme_is_taken_while_nothing_went_by_the_first(staff: Staff) -> None:
    joint = "funding.joint1.{}.weight"
    figures = ((joint.format("city-union"), 30), (joint.format("town-union"), 19))
    staff.head.starts.begin(StartDraft("pinghu", YEAR, 200_000, figures, "平工发1号"))
    view = staff.clerk.starts.view()
    assert (view.scheme, view.target) == ("pinghu", 200_000)
    assert {line.value for line in view.figures if line.state != "to-confirm"} == {30, 19}


@pytest.mark.both_databases
def test_an_office_that_has_worked_keeps_its_scheme(staff: Staff) -> None:
    walked(staff)
    assert not staff.clerk.starts.view().may_choose
    with refused(staff, "scheme-in-use"):
        staff.head.starts.begin(draft(scheme="pinghu", figures=(), document=""))
    staff.head.starts.begin(draft())  # the rest may be said at any time


def test_a_scheme_out_of_force_is_shown_and_confirmed_as_it_is(staff: Staff) -> None:
    months = (("coverage.renewal.year_months", 12),)
    staff.run("UPDATE scheme_version SET state_code = 'retired'")
    staff.head.starts.begin(StartDraft("anyang-2023", YEAR, None, months, "安工办3号"))
    view = staff.clerk.starts.view()
    assert [line.value for line in view.figures if line.state != "to-confirm"] == [12]


def test_only_the_head_begins(staff: Staff) -> None:
    for services in (staff.clerk, staff.reviewer, staff.admin):
        with refused(staff, "not-permitted"):
            services.starts.begin(draft())


def test_several_figures_are_confirmed_together_or_not_at_all(staff: Staff) -> None:
    staff.head.schemes.confirm_figures(OPEN, "演示文件")
    states = {line.path: line.state for line in staff.clerk.schemes.list_figures()}
    assert {states[path] for path, _value in OPEN} == {"demo"}
    more = ((LIMIT.format("critical-illness"), 2), ("plans.hospital.nothing", 1))
    with refused(staff, "figure-unknown"):
        staff.head.schemes.confirm_figures(more, "演示文件")


def test_an_office_is_founded_with_its_start_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    office = OfficeDraft("甲县总工会", "甲县", start=draft(figures=((OPEN[0][0], 0),)))
    with pytest.raises(UserError) as caught:
        bootstrap.create_office(folder, office, USERS, now=lambda: NOW, cost=CHEAP)
    assert caught.value.code == "figure-value"
    assert list(tmp_path.iterdir()) == []
    office = OfficeDraft("甲县总工会", "甲县", start=draft())
    bootstrap.create_office(folder, office, USERS, now=lambda: NOW, cost=CHEAP)
    head = USERS[2]
    with bootstrap.sign_in(folder, head.login, head.password, now=lambda: NOW) as signed:
        view = signed.services.starts.view()
        assert (view.scheme, view.year, view.target) == (HOME, YEAR, 900)
        with signed.desk.database.reading() as uow:
            rows = uow.session.scalars(select(SchemeFigure)).all()
            assert {row.document_no for row in rows} == {"某工办发〔2026〕3号"}
