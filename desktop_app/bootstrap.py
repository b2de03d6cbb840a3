"""Puts the parts together: settings, engine, migrations, services; the one reader of the clock."""

from __future__ import annotations

import functools
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Self

from db.attachments import AttachmentStore
from db.backup import back_up
from db.codes import Role
from db.errors import StorageError, StorageKind, WrongPasswordError
from db.files import (
    ATTACHMENTS,
    LEDGER,
    PART,
    make_folder,
    storage_errors,
    sync_folder,
    write_atomically,
)
from db.identifiers import Hlc, SeededUids, UidSource, new_uid
from db.keyring import FILE_NAME as KEYRING
from db.keyring import STANDARD, Cost, Keyring, Secrets, User
from db.manifest import FILE_NAME as MANIFEST
from db.migrate import upgrade
from db.office_lock import OfficeLock
from db.restore import restore as restore_backup
from db.uow import Database
from desktop_app.errors import FileError
from desktop_app.paths import settings_file
from desktop_app.services.desk import Desk
from desktop_app.services.glimpses import NOTE, look_at, refuse_backup
from desktop_app.services.offices import (
    NewUser,
    OfficeDraft,
    actor_of,
    check_office,
    desk_of,
    found_office,
    last_hlc,
)
from desktop_app.services.readers import FileReaders
from desktop_app.services.samples import County, make_county
from desktop_app.services.samples.answers_walk import Answers, walk_on
from desktop_app.services.samples.walk import Staff, Step, Trail, walk
from desktop_app.services.schemes import home_scheme_file
from desktop_app.services.search_keys import load_sounds
from desktop_app.services.services import services_of
from desktop_app.settings import read_settings

CHINA = timezone(timedelta(hours=8), "CST")
SAMPLE_SEED = 20261201
SAMPLE_FILES, SAMPLE_ANSWERS = "示例文件", "省办回复"
SAMPLE_TARGET = 970  # everyone at work in the sample county
SAMPLE_USERS = (
    ("wangli", "王丽", Role.CLERK, "yanshi-wangli-1"),
    ("zhangmin", "张敏", Role.REVIEWER, "yanshi-zhangmin-2"),
    ("chenguo", "陈国华", Role.HEAD, "yanshi-chenguo-3"),
)
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
        signed.services.schemes.take_over(home_scheme_file())
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


def restore(
    backup: Path, folder: Path, login: str, password: str, *, now: Clock = system_clock
) -> int:
    """Bring an office back from a backup; its own users' passwords open it."""
    if not (backup / MANIFEST).is_file() or not (backup / KEYRING).is_file():
        raise FileError(
            "backup-unknown",
            "这里没有备份,没有恢复。",
            "请选择备份里以日期命名的文件夹。",
            str(backup),
        )
    inside = folder.resolve() in (backup.resolve(), backup.resolve().parent)
    if inside or (folder / MANIFEST).exists():  # nor into another backup
        raise FileError(
            "folder-of-backups",
            "不能恢复到存放备份的文件夹里。",
            "请指定机构的文件夹,或一个空文件夹。",
            str(folder),
        )
    secrets = Keyring.load(backup).unlock(login, password)
    try:
        return restore_backup(backup, folder, secrets, now())
    except StorageError as error:
        refusal = _backup_unfit(backup, error)
        if refusal is None:
            raise
        raise refusal from error


def _backup_unfit(backup: Path, error: StorageError) -> FileError | None:
    """Say of a fault that it is the backup's; None where it is the disk's or the office's."""
    if not error.where.startswith(str(backup.parent)):
        return None
    if error.kind is StorageKind.UNREADABLE and not Path(error.where).exists():
        lost = Path(error.where).relative_to(backup.parent).parts[0]
        return FileError(
            "backup-incomplete",
            f"这份备份缺少{lost}里的文件,没有恢复。",
            f"请把整个备份文件夹连同{ATTACHMENTS}一起拷来再恢复。",
            error.where,
        )
    if error.kind is StorageKind.DAMAGED:
        return FileError(
            "backup-damaged", "这份备份已损坏,没有恢复。", "请换一份备份再恢复。", error.where
        )
    return None


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


__all__ = ["SeededUids", "WrongPasswordError", "create_office", "look_at", "restore", "sign_in"]
