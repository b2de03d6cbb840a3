"""Versions by date: one that takes effect next year leaves today's cases as they are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.paths import resource_path
from desktop_app.services.versions.drive_versions import drive_version, year_of
from desktop_app.services.versions.scheme_versions import (
    office_scheme_id,
    version_on,
    version_today,
)
from tests.services.desks import Staff
from tests.services.walks import walked


def _next(staff: Staff, **values: object) -> int:
    """Draft, change and activate a further version of the scheme."""
    editing = staff.head.scheme_editing
    draft = editing.new_draft(editing.list_versions()[0].id).value
    editing.save_part(draft, values)
    editing.activate(draft, "演示文件")
    return int(draft)


def _of_drive(staff: Staff) -> int:
    with staff.database.reading() as uow:
        return drive_version(uow.session, staff.desk).id


def test_a_version_of_next_year_takes_the_cases_of_next_year_only(staff: Staff) -> None:
    staff.head.schemes.set_year(2026)
    new = _next(staff, effective_from=date(2027, 1, 1))
    assert _of_drive(staff) == 1
    walk = walked(staff, "submitted")
    assert staff.value("SELECT scheme_version_id FROM enrolment WHERE id = :i", i=walk.id) == 1
    staff.head.schemes.set_year(2027)
    assert _of_drive(staff) == new


@pytest.mark.both_databases
def test_the_list_says_from_when_each_version_is_in_force(staff: Staff) -> None:
    new = _next(staff, effective_from=date(2027, 1, 1))
    by_id = {line.id: line for line in staff.head.scheme_editing.list_versions()}
    assert (by_id[1].in_force, by_id[1].state_label) == (True, "执行中")
    assert (by_id[new].in_force, by_id[new].state_label) == (False, "自2027-01-01起")
    staff.clock.at = datetime(2027, 1, 1, tzinfo=UTC)
    by_id = {line.id: line for line in staff.head.scheme_editing.list_versions()}
    assert [by_id[id_].state_label for id_ in (1, new)] == ["以前的", "执行中"]


def test_a_day_without_a_version_is_refused_with_the_schemes_name(staff: Staff) -> None:
    with staff.database.reading() as uow:
        scheme_id = office_scheme_id(uow.session, staff.clock.today())
        assert version_on(uow.session, scheme_id, date(2024, 1, 1)).id == 1
        with pytest.raises(UserError, match="2023年12月31日没有施行中的") as refused:
            version_on(uow.session, scheme_id, date(2023, 12, 31))
    assert refused.value.code == "no-version"


def test_an_office_whose_scheme_is_over_keeps_it_and_says_that_none_is_in_force(
    staff: Staff, tmp_path: Path
) -> None:
    text = resource_path("schemes", "anyang-2023.toml").read_text("utf-8")
    file = tmp_path / "anyang-2023.toml"
    file.write_text(text, "utf-8")
    staff.run("UPDATE scheme_version SET state_code = 'retired'")
    staff.head.schemes.take_over(file)
    with staff.database.reading() as uow:
        assert version_today(uow.session, staff.clock.today()) is None
        scheme_id = office_scheme_id(uow.session, staff.clock.today())
        assert scheme_id == version_on(uow.session, scheme_id, date(2023, 6, 1)).scheme_id


@pytest.mark.both_databases
def test_a_fixed_period_goes_by_the_version_of_its_first_day(staff: Staff, tmp_path: Path) -> None:
    text = resource_path("schemes", "anyang-2023.toml").read_text("utf-8")
    file = tmp_path / "anyang-2023.toml"
    file.write_text(text, "utf-8")
    staff.run("UPDATE scheme_version SET state_code = 'retired'")
    staff.clock.at = datetime(2022, 11, 20, tzinfo=UTC)
    staff.head.schemes.set_year(2023)
    first = staff.head.schemes.take_over(file).value
    assert _of_drive(staff) == first
    middle = {"effective_from": date(2024, 7, 1), "effective_until": date(2025, 6, 30)}
    second = _next(staff, **middle, **{"coverage.first": date(2024, 7, 1)})
    assert _of_drive(staff) == first
    staff.head.schemes.set_year(2024)
    assert _of_drive(staff) == second  # on 1 January 2024 no version is in force
    staff.head.schemes.set_year(2026)
    with pytest.raises(UserError, match="2026年1月1日没有施行中的"):
        _of_drive(staff)


def test_an_office_without_a_scheme_is_told_so(staff: Staff) -> None:
    staff.run("UPDATE scheme_version SET state_code = 'retired'")
    with staff.database.reading() as uow:
        assert version_today(uow.session, staff.clock.today()) is None
        with pytest.raises(UserError, match="还没有启用方案"):
            office_scheme_id(uow.session, staff.clock.today())
        assert year_of(uow.session, staff.desk)
