"""The desk a user sits at: who acts, on which database, by which clock and keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from db.attachments import AttachmentStore
from db.codes import Role
from db.identifiers import Hlc, UidSource
from db.keyring import Secrets
from db.uow import Database
from desktop_app.domain.dates import CHINA
from desktop_app.domain.working_days import WorkCalendar
from desktop_app.errors import UserError
from desktop_app.services.done import Area
from desktop_app.services.office_calendar import OfficeCalendar
from desktop_app.services.permissions import GRANTS, Permission
from desktop_app.services.readers import FileReaders


@dataclass(frozen=True, slots=True)
class Actor:
    user_id: int
    uid: bytes
    login: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Desk:
    """Passed to every service by bootstrap; nothing in it changes while signed in."""

    database: Database
    attachments: AttachmentStore
    secrets: Secrets = field(repr=False)
    actor: Actor
    desk_id: int
    letter: str
    folder: Path
    now: Callable[[], datetime]
    today: Callable[[], date]
    uids: UidSource
    hlc: Hlc
    readers: FileReaders = field(repr=False)
    sounds: Callable[[], Mapping[str, str]] = field(repr=False)  # character -> pinyin
    calendars: OfficeCalendar = field(default_factory=OfficeCalendar, repr=False)
    # What looks at each act before it is closed, and says which areas it has changed beside it.
    watches: tuple[Callable[[Any], frozenset[Area]], ...] = field(default=(), repr=False)

    def local(self, at: datetime | None = None) -> datetime:
        """An instant, or now, as the office's wall clock shows it, without a zone."""
        return (at or self.now()).astimezone(CHINA).replace(tzinfo=None)

    def require(self, permission: Permission) -> None:
        """Refuse who may not; the window hides nothing that this would not refuse."""
        if permission not in GRANTS[self.actor.role]:
            raise UserError(
                "not-permitted",
                f"“{self.actor.name}”没有做这一步的权限。",
                "请由有权限的同事登录后办理。",
            )

    def calendar(self, session: Session | None = None) -> WorkCalendar:
        """The working days in force: the carried years, the office's own laid over them.

        Args:
            session: a transaction to read in; without one a reading of its own begins.
        """
        if session is not None:
            return self.calendars.read(session)
        with self.database.reading() as uow:
            return self.calendars.read(uow.session)

    def require_own_ledger(self) -> None:
        """Refuse what copies the ledger's file where the ledger lies on a server."""
        if self.database.engine.dialect.name != "sqlite":
            raise UserError(
                "server-backup",
                "共享数据库由服务器备份和检查,不在这里做。",
                "请联系管理服务器的人员。",
            )
