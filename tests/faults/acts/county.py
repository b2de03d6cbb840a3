"""What the services' own acts share: an office with units whose cases wait for the act."""

from __future__ import annotations

import atexit
import functools
from dataclasses import replace
from pathlib import Path

from sqlalchemy import make_url, text

from db.errors import StorageError, StorageKind
from db.files import LEDGER
from db.identifiers import new_uid
from db.keyring import Keyring, Secrets
from desktop_app.bootstrap import create_office
from desktop_app.services.offices.offices import OfficeDraft
from desktop_app.services.readers import FileReaders
from desktop_app.services.services import services_of
from tests.db.offices import CHEAP
from tests.services.desks import FEES, NOW, USERS, YEAR, Staff, seat

PAPERS = "papers"
CLERK = USERS[0]


@functools.cache
def _readers() -> FileReaders:
    """One child for reading per process; ended with it."""
    made = FileReaders()
    atexit.register(made.close)
    return made


def prepare(folder: Path) -> Staff:
    """Make an office with confirmed 演示 figures and sit its people down."""
    draft = OfficeDraft("明山县总工会(演示)", "明山县", demo=True)
    create_office(folder, draft, USERS, now=lambda: NOW, cost=CHEAP)
    (folder / PAPERS).mkdir()
    staff = opened(folder)
    staff.head.schemes.set_year(YEAR)
    staff.head.schemes.confirm_figure("participation.all_join_limit", 100, "演示用口径")
    for plan, fee in FEES.items():
        staff.head.schemes.confirm_figure(f"plans.{plan}.fee_fen", fee, "演示用会费标准")
    return staff


def secrets_of(folder: Path) -> Secrets:
    return Keyring.load(folder).unlock(CLERK.login, CLERK.password)


def opened(folder: Path) -> Staff:
    secrets = secrets_of(folder)
    url = make_url(f"sqlite:///{folder / LEDGER}")
    staff = seat(url, folder, secrets, secrets.database_key, folder / PAPERS)
    desk = replace(staff.desk, uids=new_uid, readers=_readers())
    services = [
        services_of(replace(desk, actor=one.office.desk.actor))
        for one in (staff.clerk, staff.reviewer, staff.head, staff.admin)
    ]
    return Staff(*services, desk=desk, clock=staff.clock, papers=staff.papers)


def wait_to_be_cut(units_left: int) -> None:
    """Refuse an endless run that found time for all units: it then waits for its end."""
    if units_left == 0:
        raise StorageError(StorageKind.LOCKED, "no unit is left")


def enrolments(staff: Staff) -> list[int]:
    with staff.database.reading() as uow:
        return list(uow.session.scalars(text("SELECT id FROM enrolment ORDER BY id")))


def operations(staff: Staff, act: str) -> list[int]:
    """The numbers of the operations of an act, as the sessions number them."""
    with staff.database.reading() as uow:
        query = text("SELECT id FROM operation WHERE act = :act ORDER BY id")
        return [int.from_bytes(id_, "big") for id_ in uow.session.scalars(query, {"act": act})]


def common_faults(staff: Staff) -> list[str]:
    """What holds after any act: the chain, a line for each operation, files that open."""
    faults = []
    chain = staff.clerk.audits.verify_chain()
    if not chain.ok:
        faults.append(f"the audit chain breaks at {chain.first_bad}")
    done = staff.value("SELECT count(*) FROM operation")
    if chain.lines != done:
        faults.append(f"{done} operations, {chain.lines} audit lines")
    files = staff.clerk.audits.verify_attachments()
    if not files.ok:
        faults.append(f"attachments {files.bad} do not open")
    return faults
