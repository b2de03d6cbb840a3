"""The sample county's office: made at its own day and seed, its main job walked by its people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from db.codes import Role
from db.identifiers import SeededUids
from db.keyring import Keyring
from desktop_app.bootstrap import create_office, sign_in
from desktop_app.services.desk import Desk
from desktop_app.services.offices.offices import NewUser, OfficeDraft, actor_of
from desktop_app.services.samples import County, make_county
from desktop_app.services.samples.answers_walk import Answers, walk_on
from desktop_app.services.samples.walk import Staff, Step, Trail, walk
from desktop_app.services.services import services_of

SAMPLE_SEED = 20261201
SAMPLE_FILES, SAMPLE_ANSWERS = "示例文件", "省办回复"
SAMPLE_TARGET = 970  # everyone at work in the sample county
SAMPLE_USERS = (
    ("wangli", "王丽", Role.CLERK, "yanshi-wangli-1"),
    ("zhangmin", "张敏", Role.REVIEWER, "yanshi-zhangmin-2"),
    ("chenguo", "陈国华", Role.HEAD, "yanshi-chenguo-3"),
)


def make_sample(folder: Path, step: Step | None = None) -> None:
    """Make the sample county's office in `folder`, its files beside the ledger."""
    files = folder / SAMPLE_FILES
    with sample_staff(folder) as staff:
        walk_sample(staff, make_county(files), files, step)


def walk_sample(
    staff: Staff, county: County, out: Path, step: Step | None = None
) -> tuple[Trail, Answers]:
    """Walk the whole main job; what is made or comes back on the way lies in `out`."""
    staff.head.schemes.set_year(county.on.year + 1)
    staff.head.schemes.set_target(county.on.year + 1, SAMPLE_TARGET)
    trail = walk(staff, county, out, step)
    return trail, walk_on(staff, county, trail, out / SAMPLE_ANSWERS)


@contextmanager
def sample_staff(folder: Path) -> Iterator[Staff]:
    """Make the sample county's office and sign its three people in, at its own day and seed."""
    uids = SeededUids(sample_clock, SAMPLE_SEED)
    users = [NewUser(login, name, role, password) for login, name, role, password in SAMPLE_USERS]
    office = OfficeDraft("明山县总工会(演示)", "明山县", demo=True)
    create_office(folder, office, users, now=sample_clock, uids=uids)
    clerk, reviewer, head = users
    with sign_in(folder, head.login, head.password, now=sample_clock, uids=uids) as signed:
        yield Staff(
            clerk=services_of(_as(signed.desk, clerk)),
            reviewer=services_of(_as(signed.desk, reviewer)),
            head=signed.services,
        )


def sample_clock() -> datetime:
    """Nine o'clock of the sample county's day."""
    return datetime(2026, 12, 1, 1, tzinfo=UTC)


def _as(desk: Desk, user: NewUser) -> Desk:
    """The same desk with another person at it, whose password was tried."""
    Keyring.load(desk.folder).unlock(user.login, user.password)
    with desk.database.reading() as uow:
        return replace(desk, actor=actor_of(uow.session, user.login))
