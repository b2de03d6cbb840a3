"""Offices to try storage on: a keyring, a migrated ledger and a few rows, cheaply made."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3
from sqlalchemy import text

import db.models  # noqa: F401 - tables refer to each other
from db.attachments import AttachmentStore, Stored
from db.files import ATTACHMENTS, LEDGER
from db.identifiers import new_uid
from db.keyring import Cost, Keyring, Secrets, User
from db.models import office as models
from db.uow import Database

NOW = datetime(2026, 12, 1, 1, 2, 3, tzinfo=UTC)
CHEAP = Cost(memory_kib=64, passes=1, lanes=1, allow_weak=True)
PASSWORD = "县工会-2026"


@dataclass
class Office:
    folder: Path
    secrets: Secrets
    database: Database

    @property
    def attachments(self) -> AttachmentStore:
        return AttachmentStore(self.folder / ATTACHMENTS, self.secrets.attachment_key)

    def add_area(self, name: str) -> None:
        with self.database.writing() as uow:
            uow.session.execute(
                text(
                    "INSERT INTO area (uid, name, sort_no, row_version) VALUES (:uid, :name, 0, 1)"
                ),
                {"uid": new_uid(), "name": name},
            )
            uow.commit()

    def areas(self) -> set[str]:
        with self.database.reading() as uow:
            return set(uow.session.scalars(text("SELECT name FROM area")))

    def attach(self, data: bytes) -> Stored:
        stored = self.attachments.put(data)
        with self.database.writing() as uow:
            uow.session.execute(
                text(
                    "INSERT INTO attachment (uid, stored_name, sha256, size, kind, file_name,"
                    " pages, created_at, created_by)"
                    " VALUES (:uid, :name, :sha256, :size, 'pdf', 'a.pdf', 1, :at, 1)"
                ),
                {
                    "uid": new_uid(),
                    "name": stored.name,
                    "sha256": stored.sha256,
                    "size": stored.size,
                    "at": "2026-12-01 00:00:00.000000",
                },
            )
            uow.commit()
        return stored


def make_office(folder: Path, template: Path, template_key: bytes) -> Office:
    """Make an office whose ledger is a copy of the migrated template, under a key of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    _keyring, secrets = Keyring.create(folder, new_uid(), User("zhang", "张三"), PASSWORD, CHEAP)
    shutil.copy(template, folder / LEDGER)
    rekey(folder / LEDGER, template_key, secrets.database_key)
    office = open_office(folder, secrets)
    with office.database.writing() as uow:
        uow.session.add_all(
            (
                models.Office(
                    id=1, uid=b"1", name="演示", county="演示县", demo=True, number_block=1,
                    created_at=NOW,
                ),
                models.AppUser(
                    id=1, uid=b"1", login="zhang", name="张三", role_code="clerk", active=True,
                    created_at=NOW,
                ),
                models.Desk(id=1, uid=b"1", letter="A", name="演示", audit_seq=0),
            )
        )  # fmt: skip
        uow.commit()
    return office


def open_office(folder: Path, secrets: Secrets) -> Office:
    return Office(
        folder, secrets, Database.open(f"sqlite:///{folder / LEDGER}", secrets.database_key)
    )


def rekey(path: Path, old: bytes, new: bytes) -> None:
    connection = sqlcipher3.dbapi2.connect(str(path))
    connection.execute(f"PRAGMA key = \"x'{old.hex()}'\"")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
    connection.close()


def flip_bit(path: Path, offset: int) -> None:
    raw = bytearray(path.read_bytes())
    raw[offset % len(raw)] ^= 1 << (offset % 8)
    path.write_bytes(raw)
