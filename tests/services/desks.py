"""The people of a small office at their desks, and the papers units bring them."""

from __future__ import annotations

import csv
import functools
import io
import itertools
import json
import shutil
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from PIL import Image
from sqlalchemy import URL, Connection, inspect, text

from db.attachments import AttachmentStore
from db.codes import Role
from db.files import ATTACHMENTS, LEDGER
from db.identifiers import Hlc, SeededUids
from db.keyring import Secrets
from db.uow import Database
from desktop_app.domain.identity import identity_18
from desktop_app.domain.uscc import credit_check_character
from desktop_app.services.acts import HasDesk
from desktop_app.services.desk import Desk
from desktop_app.services.drafts import PaymentDraft, UnitDraft
from desktop_app.services.offices.offices import NewUser, actor_of, desk_of, last_hlc
from desktop_app.services.readers import FileReaders
from desktop_app.services.search_keys import load_sounds
from desktop_app.services.services import Services, services_of
from tests.services.shelf import Begun, Shelf

NOW = datetime(2026, 12, 1, 1, 2, 3, tzinfo=UTC)
TODAY = date(2026, 12, 1)
YEAR = 2027
LATE = datetime(2027, 9, 30, 1, tzinfo=UTC)
FEES = {"hospital": 5_000, "critical-illness": 3_000, "women": 2_000, "accident": 1_000}  # 演示
USERS = (
    NewUser("wangli", "王丽", Role.CLERK, "yanshi-wangli-1"),
    NewUser("zhangmin", "张敏", Role.REVIEWER, "yanshi-zhangmin-2"),
    NewUser("chenguo", "陈国华", Role.HEAD, "yanshi-chenguo-3"),
    NewUser("admin", "管理员", Role.ADMIN, "yanshi-admin-0004"),
)
PNG = io.BytesIO()
Image.new("L", (300, 300), 255).save(PNG, "png")

WATERWORKS = "明山县演示水厂(演示)"

_sounds = functools.cache(load_sounds)
_readers = functools.cache(FileReaders)  # one reading child for all tests; it ends with them
_seeds = itertools.count(2)  # an office's copies give no key twice; 1 founded it
_TABLES: dict[str, tuple[str, ...]] = {}
Row = tuple[str, ...]
T = TypeVar("T")


@dataclass(frozen=True)
class Template:
    """An office made once, to be copied."""

    folder: Path
    secrets: Secrets


@dataclass
class Clock:
    """Stands still until it is told otherwise."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()


@dataclass(frozen=True)
class Staff:
    """A clerk, a reviewer, the head and the administrator of one office."""

    clerk: Services
    reviewer: Services
    head: Services
    admin: Services
    desk: Desk
    clock: Clock
    papers: Path
    _begun: list[Begun] = field(default_factory=list)  # one, where there is a shelf

    @property
    def database(self) -> Database:
        return self.desk.database

    @property
    def by_role(self) -> dict[Role, Services]:
        return {
            Role.CLERK: self.clerk,
            Role.REVIEWER: self.reviewer,
            Role.HEAD: self.head,
            Role.ADMIN: self.admin,
        }

    def begin_from(self, shelf: Shelf) -> None:
        """From now on take what this office begins with from the shelf, where it lies there."""
        self._begun.append(shelf.begun(self))

    def begin(self, act: Callable[[], T], *key: object) -> T:
        """Do what many tests begin with, or take a copy of what came of it when it was done."""
        return self._begun[0].with_(act, key) if self._begun else act()

    def picture(self, name: str = "材料.png") -> Path:
        path = self.papers / name
        if not path.exists():
            path.write_bytes(PNG.getvalue())
        return path

    def slip(self) -> Path:
        """Another bank slip each time."""
        count = sum(1 for _ in self.papers.glob("回单*.png")) + 1
        path = self.papers / f"回单{count}.png"
        Image.new("L", (300, 300), 255 - count).save(path, "png")
        return path

    def roster(self, rows: list[Row], name: str = "花名册.csv") -> Path:
        path = self.papers / name
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([("序号", "姓名", "身份证号", "手机号"), *rows])
        return path

    def counts(self) -> dict[str, int]:
        """Rows of every table: what a refused act must leave as it was."""
        with self.database.reading() as uow:
            connection = uow.session.connection()
            names = tables(connection)
            counted = ", ".join(f'(SELECT count(*) FROM "{name}")' for name in names)
            row = connection.exec_driver_sql(f"SELECT {counted}").one()
            return dict(zip(names, row, strict=True))

    def value(self, statement: str, **values: object) -> object:
        with self.database.reading() as uow:
            return uow.session.scalar(text(statement), values)

    def document(self, statement: str, **values: object) -> Any:
        """A JSON column: text on SQLite, read already on PostgreSQL."""
        found = self.value(statement, **values)
        return json.loads(found) if isinstance(found, str) else found

    def run(self, statement: str, **values: object) -> None:
        """Change the ledger behind the program's back."""
        with self.database.writing() as uow:
            uow.session.execute(text(statement), values)
            uow.commit()


def tables(connection: Connection) -> tuple[str, ...]:
    """Names of all tables; looked up once for each kind of database."""
    dialect = connection.dialect.name
    if dialect not in _TABLES:
        _TABLES[dialect] = tuple(inspect(connection).get_table_names())
    return _TABLES[dialect]


def seat(url: URL, folder: Path, secrets: Secrets, key: bytes | None, papers: Path) -> Staff:
    """Open an office for its four people at once, at a clock that stands still."""
    clock = Clock()
    database = Database.open(url, key)
    with database.reading() as uow:
        actors = [actor_of(uow.session, user.login) for user in USERS]
        desk_id, letter = desk_of(uow.session)
        hlc = Hlc(clock.now, last_hlc(uow.session))
    desk = Desk(
        database=database,
        attachments=AttachmentStore(folder / ATTACHMENTS, secrets.attachment_key),
        secrets=secrets,
        actor=actors[0],
        desk_id=desk_id,
        letter=letter,
        folder=folder,
        now=clock.now,
        today=clock.today,
        uids=SeededUids(clock.now, next(_seeds)),
        hlc=hlc,
        readers=_readers(),
        sounds=_sounds,
    )
    people = [services_of(replace(desk, actor=actor)) for actor in actors]
    return Staff(*people, desk=desk, clock=clock, papers=papers)


def seat_at_copy(folder: Path, template: Template) -> Staff:
    """The template's people at a copy of their office, on SQLite, in a new folder."""
    shutil.copytree(template.folder, folder)
    papers = folder.with_name("papers")
    papers.mkdir()
    url = URL.create("sqlite", database=str(folder / LEDGER))
    return seat(url, folder, template.secrets, template.secrets.database_key, papers)


def desk_at(service: HasDesk) -> Desk:
    return service.desk


def people(count: int, *, start: int = 0, women: int = 0) -> list[Row]:
    """Invented people, each with a number of nobody; the first `women` are women."""
    rows = []
    for place in range(count):
        serial = start + place
        sequence = 2 * (serial % 400) + (2 if place < women else 1)
        born = f"{1970 + serial // 400:04d}0506"
        name = "张王李赵陈杨黄周吴徐"[serial % 10] + _han(serial)
        number = identity_18(f"999999{born}{sequence:03d}")
        rows.append((str(place + 1), name, number, f"1990000{serial:04d}"))
    return rows


def _han(serial: int) -> str:
    digits = "一二三四五六七八九十"
    return "".join(digits[int(digit)] for digit in f"{serial:03d}")


def unit_draft(name: str = WATERWORKS, **more: object) -> UnitDraft:
    draft = UnitDraft(
        name=name,
        kind="firm",
        area="城区片",
        at_work=10,
        women=2,
        contact_name="周演示",
        contact_phone="19900009999",
        payer_name=name,
        employer_code=_code_of(name),
    )
    return replace(draft, **more)  # type: ignore[arg-type]


def _code_of(name: str) -> str:
    """A code of nobody for each name: another unit has another one."""
    if name == WATERWORKS:
        return "9199999919522170XT"
    body = f"91999999{zlib.crc32(name.encode()) % 10**8:08d}0"
    return body + credit_check_character(body)


def transfer(fen: int, people_count: int | None, slip: Path | None, **more: object) -> PaymentDraft:
    draft = PaymentDraft(
        amount_fen=fen,
        people=people_count,
        paid_on=TODAY,
        payer_name="明山县演示水厂(演示)",
        slip=slip,
    )
    return replace(draft, **more)  # type: ignore[arg-type]
