"""Puts the parts together: settings, engine, migrations, services; the one reader of the clock."""

from __future__ import annotations

import functools
import json
import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

from db.attachments import AttachmentStore
from db.backup import back_up
from db.codes import Role
from db.errors import WrongPasswordError
from db.files import (
    ATTACHMENTS,
    LEDGER,
    PART,
    make_folder,
    storage_errors,
    sync_folder,
    write_atomically,
)
from db.identifiers import Hlc, UidSource, new_uid
from db.keyring import FILE_NAME as KEYRING
from db.keyring import STANDARD, Cost, Keyring, Secrets, User
from db.migrate import upgrade
from db.office_lock import OfficeLock
from db.uow import Database
from desktop_app.domain.dates import CHINA
from desktop_app.errors import FileError
from desktop_app.paths import settings_file
from desktop_app.services.desk import Desk
from desktop_app.services.offices.glimpses import NOTE, look_at, refuse_backup
from desktop_app.services.offices.offices import (
    NewUser,
    OfficeDraft,
    actor_of,
    check_office,
    desk_of,
    found_office,
    last_hlc,
)
from desktop_app.services.offices.restores import bring_back
from desktop_app.services.readers import FileReaders
from desktop_app.services.schemes.schemes import home_scheme_file
from desktop_app.services.search_keys import load_sounds
from desktop_app.services.services import services_of
from desktop_app.settings import read_settings

Clock = Callable[[], datetime]

_sounds = functools.cache(load_sounds)


def system_clock() -> datetime:
    return datetime.now(UTC)


def local_day(now: Clock) -> date:
    """The date in China: what an office writes on paper."""
    return now().astimezone(CHINA).date()


class SignedIn:
    """An open office: its services until it is closed."""

    def __init__(self, desk: Desk, lock: OfficeLock) -> None:
        self._desk, self._lock = desk, lock
        self.services = services_of(desk)

    @property
    def desk(self) -> Desk:
        return self._desk

    def close(self) -> None:
        self._desk.readers.close()
        self._desk.database.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def create_office(
    folder: Path,
    draft: OfficeDraft,
    users: Sequence[NewUser],
    *,
    now: Clock = system_clock,
    uids: UidSource = new_uid,
    cost: Cost = STANDARD,
) -> None:
    """Make an office in an absent or empty folder; UserError where one lies there."""
    check_office(draft, users)
    if folder.exists() and any(folder.iterdir()):
        raise FileError(
            "folder-not-empty",
            "这个文件夹里已有文件,没有在里面建立机构。",
            "请选一个空文件夹。",
            str(folder),
        )
    part = folder.with_name(folder.name + PART)
    shutil.rmtree(part, ignore_errors=True)  # an earlier try that was cut short
    try:
        _found(part, draft, users, (now, uids), cost)
        with storage_errors(folder):
            if folder.exists():
                folder.rmdir()
            part.rename(folder)
            sync_folder(folder.parent)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _found(
    folder: Path,
    draft: OfficeDraft,
    users: Sequence[NewUser],
    given: tuple[Clock, UidSource],
    cost: Cost,
) -> None:
    """Fill a folder with keyring, ledger, users and scheme."""
    now, uids = given
    make_folder(folder)
    office_uid = uids()
    first, *others = users
    keyring, secrets = Keyring.create(
        folder, office_uid, User(first.login, first.name), first.password, cost
    )
    for user in others:
        keyring.add_user(secrets, User(user.login, user.name), user.password, cost)
    database = Database.open(_url(folder), secrets.database_key)
    try:
        upgrade(database.engine)
        found_office(database, draft, users, uids, now(), office_uid)
    finally:
        database.close()
    head = next(user for user in users if user.role is Role.HEAD)
    with sign_in(folder, head.login, head.password, now=now, uids=uids) as signed:
        if draft.start is None:
            signed.services.schemes.take_over(home_scheme_file())
        else:
            signed.services.starts.begin(draft.start)
    if draft.demo:
        told = [{"login": u.login, "name": u.name, "password": u.password} for u in users]
        text = json.dumps({"office": draft.name, "users": told}, ensure_ascii=False, indent=1)
        write_atomically(folder / NOTE, text.encode())


def sign_in(
    folder: Path,
    login: str,
    password: str,
    *,
    now: Clock = system_clock,
    uids: UidSource = new_uid,
) -> SignedIn:
    """Open the office for a user.

    Raises:
        WrongPasswordError: name and password do not fit.
        OfficeInUseError: another copy of the program holds the office.
        StorageError: the ledger cannot be opened, is damaged or newer than this program.
    """
    _require_office(folder)
    secrets = Keyring.load(folder).unlock(login, password)
    lock = OfficeLock.take(folder)
    try:
        return SignedIn(_desk(folder, login, secrets, (now, uids)), lock)
    except BaseException:
        lock.release()
        raise


def _require_office(folder: Path) -> None:
    """Refuse a folder without an office, with a part of one, or a backup: nothing is made there."""
    refuse_backup(folder)
    keyring, ledger = folder / KEYRING, folder / LEDGER
    own = read_settings(settings_file(folder)).database_url is None
    whole = not own or (ledger.is_file() and ledger.stat().st_size > 0)
    if keyring.exists() and whole:
        return
    if not keyring.exists() and not ledger.exists():
        raise FileError("no-office", "这个文件夹里没有机构数据。", "请核对文件夹。", str(folder))
    lost = LEDGER if keyring.exists() else KEYRING
    raise FileError(
        "office-incomplete",
        f"机构数据缺少{lost},程序没有改动其余的文件。",
        "请找回这个文件,或从最近的备份恢复。",
        str(folder / lost),
    )


def restore(
    backup: Path, folder: Path, login: str, password: str, *, now: Clock = system_clock
) -> int:
    """Bring an office back from a backup; its own users' passwords open it."""
    return bring_back(backup, folder, login, password, now())


def _desk(folder: Path, login: str, secrets: Secrets, given: tuple[Clock, UidSource]) -> Desk:
    now, uids = given
    settings = read_settings(settings_file(folder))
    database = Database.open(settings.database_url or _url(folder), secrets.database_key)
    try:
        upgrade(
            database.engine,
            lambda _revision: back_up(database.readers, secrets, folder, now()),
        )
        with database.reading() as uow:
            actor = actor_of(uow.session, login)
            desk_id, letter = desk_of(uow.session)
            hlc = Hlc(now, last_hlc(uow.session))
    except BaseException:
        database.close()
        raise
    return Desk(
        database=database,
        attachments=AttachmentStore(folder / ATTACHMENTS, secrets.attachment_key),
        secrets=secrets,
        actor=actor,
        desk_id=desk_id,
        letter=letter,
        folder=folder,
        now=now,
        today=functools.partial(local_day, now),
        uids=uids,
        hlc=hlc,
        readers=FileReaders(),
        sounds=_sounds,
    )


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / LEDGER}"


__all__ = ["WrongPasswordError", "create_office", "look_at", "restore", "sign_in"]
