"""Power goes off while the window stores a roster: the next start opens without trouble."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from db.codes import Role
from desktop_app import bootstrap
from desktop_app.bootstrap import SignedIn
from desktop_app.sample_office import SAMPLE_USERS
from desktop_app.services.drafts import EnrolmentDraft, UnitDraft
from desktop_app.services.offices.offices import NewUser, OfficeDraft
from desktop_app.services.samples.shapes import County, SampleUnit
from tests.db.offices import CHEAP
from tests.window import main_job as do
from tests.window.conftest import StartClerk
from tests.window.test_refusals import sign_in

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("window")]


@pytest.mark.parametrize(
    "pause",
    [0.05, pytest.param(0.0, marks=pytest.mark.soak), pytest.param(0.3, marks=pytest.mark.soak)],
)
def test_a_window_killed_while_it_stores_a_roster_opens_again_with_all_of_it_or_nothing(
    start_clerk: StartClerk, county: County, tmp_path: Path, pause: float
) -> None:
    unit = next(unit for unit in county.units if "人民医院" in unit.name)
    office = tmp_path / "office"
    case_id = open_case(office, unit)
    clerk = start_clerk(office)
    job = do.Job(clerk, unit, tmp_path)
    sign_in(clerk)
    do.find_unit(job)
    do.drop_roster(job)
    clerk.key("Return")
    time.sleep(pause)
    clerk.program.send_signal(signal.SIGKILL)
    assert clerk.program.wait(timeout=10) == -signal.SIGKILL

    clerk.restart()
    sign_in(clerk)
    do.find_unit(job)
    shown = clerk.see("人在内").name
    clerk.shot("after-kill")
    assert clerk.close_window() == 0
    with signed_in(office, Role.CLERK) as signed:
        people = signed.services.enrolments.get(case_id).people
        assert people in (0, len(unit.accepted))
        assert shown.startswith(f"{people} 人在内")
        assert signed.services.audits.verify_chain().ok
        assert signed.services.audits.verify_attachments().ok


def open_case(office: Path, unit: SampleUnit) -> int:
    """Make an office where a unit's roster is awaited."""
    users = [NewUser(*user) for user in SAMPLE_USERS]
    bootstrap.create_office(
        office, OfficeDraft("明山县总工会(演示)", "明山县", demo=True), users, cost=CHEAP
    )
    draft = UnitDraft(unit.name, unit.kind, at_work=unit.at_work, women=unit.women)
    with signed_in(office, Role.CLERK) as signed:
        unit_id = signed.services.units.register(draft).value
    with signed_in(office, Role.REVIEWER) as signed:
        signed.services.units.open(unit_id)
    plans = tuple((plan, unit.shares) for plan in unit.plans)
    with signed_in(office, Role.CLERK) as signed:
        start = signed.services.enrolments.start
        made = EnrolmentDraft(unit.handling, plans, unit.at_work, unit.women)
        return start(unit_id, made).value


def signed_in(office: Path, role: Role) -> SignedIn:
    login, password = next((user[0], user[3]) for user in SAMPLE_USERS if user[2] is role)
    return bootstrap.sign_in(office, login, password)
