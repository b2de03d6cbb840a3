"""Saves one small office per release, so that later programs prove they can open it.

    python -m tests.db.releases 0.1.0      writes tests/data/releases/0.1.0

The office has one unit whose case went all the way, a parked row and a claim; its people and
passwords are those of tests/services/desks.py (all invented), its keyring is cheap to open.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from sqlalchemy import inspect, text

from db.files import BACKUPS
from db.identifiers import SeededUids
from desktop_app import bootstrap
from desktop_app.services.desk import Desk
from desktop_app.services.offices.offices import OfficeDraft, actor_of
from desktop_app.services.services import Services, services_of
from tests.db.offices import CHEAP
from tests.services.desks import FEES, USERS, YEAR, Clock, Staff
from tests.services.walks import walked

FOLDER = Path(__file__).parents[1] / "data" / "releases"
COUNTS = "counts.json"


def save(version: str) -> Path:
    """Make the office with today's program and keep it under the release's name."""
    target = FOLDER / version
    with tempfile.TemporaryDirectory() as temporary:
        office, papers = Path(temporary) / "office", Path(temporary) / "papers"
        papers.mkdir()
        clock = Clock()
        given = {"now": clock.now, "uids": SeededUids(clock.now, 1)}
        draft = OfficeDraft("明山县总工会(演示)", "明山县", demo=True)
        bootstrap.create_office(office, draft, USERS, cost=CHEAP, **given)
        head = USERS[2]
        with bootstrap.sign_in(office, head.login, head.password, **given) as signed:
            staff = _staff(signed.desk, clock, papers)
            for plan, fee in FEES.items():
                staff.head.schemes.confirm_figure(f"plans.{plan}.fee_fen", fee, "演示用会费标准")
            staff.head.schemes.set_year(YEAR)
            walked(staff, "stamped").finished()
        with bootstrap.sign_in(office, head.login, head.password, **given) as signed:
            counts = counted(signed.desk)
        shutil.rmtree(target, ignore_errors=True)
        left_out = shutil.ignore_patterns("office.lock", BACKUPS, "logs", "*-wal", "*-shm")
        shutil.copytree(office, target, ignore=left_out)
    (target / COUNTS).write_text(json.dumps(counts, indent=1, sort_keys=True) + "\n", "utf-8")
    return target


def counted(desk: Desk) -> dict[str, int]:
    """Rows by table, and the sum of all money in fen under `fen`."""
    with desk.database.reading() as uow:
        session = uow.session
        names = inspect(session.connection()).get_table_names()
        counts = {
            name: session.scalar(text(f"SELECT count(*) FROM {name}")) or 0
            for name in names
            if not name.startswith("code_") and name != "alembic_version"
        }
        counts["fen"] = session.scalar(text("SELECT sum(amount_fen) FROM payment")) or 0
    return counts


def _staff(desk: Desk, clock: Clock, papers: Path) -> Staff:
    def at(login: str) -> Services:
        with desk.database.reading() as uow:
            return services_of(replace(desk, actor=actor_of(uow.session, login)))

    clerk, reviewer, head, admin = (at(user.login) for user in USERS)
    return Staff(clerk, reviewer, head, admin, desk, clock, papers)


if __name__ == "__main__":
    save(sys.argv[1])
