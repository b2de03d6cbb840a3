"""What many tests begin with, done once by the services and kept: later tests take a copy of it.

A test that has done anything else before gets no copy: then the acts are done as they are written.
"""

from __future__ import annotations

import secrets
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import URL

from db.files import LEDGER
from desktop_app.services.offices.offices import last_hlc
from tests.servers import administer, copy_database

if TYPE_CHECKING:
    from tests.services.desks import Staff

T = TypeVar("T")
Key = tuple[str, ...]  # all that was begun with, in its order
WORTH_KEEPING = 2  # what one test alone begins with is not copied


@dataclass(frozen=True)
class Kept:
    """An office as an act left it, its papers and its clock, and what the act gave."""

    folder: Path
    database: str  # the copy's name on the server
    at: datetime
    uid: int  # how far its keys have come: later ones sort after earlier ones
    value: Any


@dataclass
class Shelf:
    """Copies of ledgers in folders, or on the server where there is one."""

    folder: Path
    server: URL | None = None
    kept: dict[Key, Kept] = field(default_factory=dict)
    done: Counter[Key] = field(default_factory=Counter)

    def begun(self, staff: Staff) -> Begun:
        return Begun(self, staff, self.state(staff))

    def clear(self) -> None:
        for kept in self.kept.values():
            if self.server is not None:
                administer(self.server, f"DROP DATABASE {kept.database}")

    def state(self, staff: Staff) -> object:
        """What differs as soon as anything has been written into the ledger."""
        if self.server is not None:
            return staff.value("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
        ledger = staff.desk.folder / LEDGER
        log, found = ledger.with_name(f"{LEDGER}-wal"), ledger.stat()
        return found.st_mtime_ns, found.st_size, log.stat().st_size if log.exists() else 0

    def keep(self, staff: Staff, key: Key, value: object) -> None:
        name = f"kept_{secrets.token_hex(6)}"
        staff.database.close()
        shutil.copytree(staff.desk.folder, self.folder / name / "office")
        shutil.copytree(staff.papers, self.folder / name / "papers")
        if self.server is not None:
            own = staff.database.engine.url.database
            copy_database(self.server, name, own)
        self.kept[key] = Kept(
            self.folder / name, name, staff.clock.at, staff.desk.uids._last, value
        )

    def take(self, staff: Staff, kept: Kept) -> None:
        staff.database.close()
        for end in ("-wal", "-shm"):  # of the ledger that goes
            (staff.desk.folder / f"{LEDGER}{end}").unlink(missing_ok=True)
        shutil.copytree(kept.folder / "office", staff.desk.folder, dirs_exist_ok=True)
        shutil.copytree(kept.folder / "papers", staff.papers, dirs_exist_ok=True)
        if self.server is not None:
            own = staff.database.engine.url.database
            administer(self.server, f"DROP DATABASE {own} WITH (FORCE)")
            copy_database(self.server, own, kept.database)
        with staff.database.reading() as uow:
            staff.desk.hlc.seen(last_hlc(uow.session))
        staff.clock.at, staff.desk.uids._last = kept.at, kept.uid


@dataclass
class Begun:
    """What a test's office has begun with, and its ledger as that left it."""

    shelf: Shelf
    staff: Staff
    state: object
    history: Key = ()

    def with_(self, act: Callable[[], T], key: tuple[object, ...]) -> T:
        if self.shelf.state(self.staff) != self.state:
            return act()
        now = (key, self.staff.clock.at, _listed(self.staff.papers))
        history = (*self.history, repr(now))
        kept = self.shelf.kept.get(history)
        if kept is not None:
            value: T = kept.value
            self.shelf.take(self.staff, kept)
        else:
            value = act()
            self.shelf.done[history] += 1
            if self.shelf.done[history] == WORTH_KEEPING:
                self.shelf.keep(self.staff, history, value)
        self.history, self.state = history, self.shelf.state(self.staff)
        return value


def _listed(papers: Path) -> list[tuple[str, int]]:
    return sorted((path.name, path.stat().st_size) for path in papers.iterdir())
