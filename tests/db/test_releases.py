"""Every release's saved office opens with today's program, with all its rows and money."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from db.migrate import pending
from desktop_app import bootstrap
from tests.db.releases import COUNTS, FOLDER, counted
from tests.services.desks import USERS, Clock

RELEASES = sorted(path.name for path in FOLDER.iterdir() if (path / COUNTS).exists())


def test_there_is_a_saved_office() -> None:
    assert RELEASES


@pytest.mark.parametrize("release", RELEASES)
def test_a_released_office_opens_with_every_row(release: str, tmp_path: Path) -> None:
    office = tmp_path / "office"
    shutil.copytree(FOLDER / release, office)
    expected = json.loads((office / COUNTS).read_text("utf-8"))
    clerk, clock = USERS[0], Clock()
    with bootstrap.sign_in(office, clerk.login, clerk.password, now=clock.now) as signed:
        assert not pending(signed.desk.database.engine)
        found = counted(signed.desk)
        assert {name: found[name] for name in expected} == expected
        services = signed.services
        assert services.audits.verify_chain().ok
        [case] = services.enrolments.list_enrolments(2027)
        issued = [form for form in services.enrolments.get(case.id).forms if form.issued_id]
        assert issued
        for form in issued:
            assert services.prints.read_pdf(form.issued_id or 0).startswith(b"%PDF")
