"""An act as services do it: an attachment, then rows of several tables under one operation id."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import select, text

from db.errors import StorageError
from db.identifiers import new_uid
from db.uow import UnitOfWork
from tests.db.offices import Office
from tests.faults.acts import common

prepare, secrets_of = common.prepare, common.secrets_of

AT = "2026-12-01 00:00:00.000000"
CONTACTS = 3
INSERTS = {
    "operation": "INSERT INTO operation (id, act, actor_id, desk_id, at, result)"
    " VALUES (:operation, 'area', 1, 1, :at, :result)",
    "area": "INSERT INTO area (uid, name, sort_no, row_version) VALUES (:uid, :name, :number, 1)",
    "area_contact": "INSERT INTO area_contact (area_id, name, from_on) SELECT id, :contact,"
    " '2026-01-01' FROM area WHERE name = :name",
    "attachment": "INSERT INTO attachment (uid, stored_name, sha256, size, kind, file_name, pages,"
    " created_at, created_by) VALUES (:uid, :stored, :sha256, :size, 'png', :name, 1, :at, 1)",
}


def scan(number: int) -> bytes:
    return f"演示扫描 {number}".encode() * 500


class Session:
    def __init__(self, office: Office) -> None:
        self._office = office

    def perform(self, number: int) -> str:
        operation = number.to_bytes(16, "big")
        stored = self._office.attachments.put(scan(number))
        with self._office.database.writing() as uow:
            if (result := _result(uow, operation)) is not None:
                return result
            result = f"area {number}"
            values = {
                "operation": operation,
                "uid": new_uid(),
                "at": AT,
                "name": f"片区{number}",
                "number": number,
                "stored": stored.name,
                "sha256": stored.sha256,
                "size": stored.size,
                "result": json.dumps(result),
            }
            for table in ("operation", "area", "attachment"):
                uow.session.execute(text(INSERTS[table]), values)
            for contact in range(CONTACTS):
                uow.session.execute(
                    text(INSERTS["area_contact"]), values | {"contact": f"联系人{contact}"}
                )
            uow.commit()
        return result

    def close(self) -> None:
        self._office.database.close()


def open_session(folder: Path) -> Session:
    office = common.opened_office(folder)
    with office.database.reading() as uow:  # what is wrong shows now, not at the first act
        uow.session.execute(select(1))
    return Session(office)


def found(folder: Path) -> tuple[list[int], list[str]]:
    """The numbers of whole acts; a row without its fellows or its file is a fault."""
    office = common.opened_office(folder)
    faults = []
    with office.database.reading() as uow:
        numbers = common.numbered_areas(office)
        operations = [
            int.from_bytes(at, "big")
            for at in uow.session.scalars(text("SELECT id FROM operation"))
        ]
        if sorted(operations) != sorted(numbers):
            faults.append(f"operations {sorted(operations)}, areas {sorted(numbers)}")
        contacts = uow.session.scalar(text("SELECT count(*) FROM area_contact"))
        if contacts != CONTACTS * len(numbers):
            faults.append(f"{contacts} contacts of {len(numbers)} areas")
        names = {
            (row.stored_name, row.sha256)
            for row in uow.session.execute(text("SELECT stored_name, sha256 FROM attachment"))
        }
    if len(names) != len(numbers):
        faults.append(f"{len(names)} attachments of {len(numbers)} areas")
    for name, sha256 in names:
        try:
            office.attachments.get(name, sha256)
        except StorageError as error:
            faults.append(f"attachment {error!r}")
    office.database.close()
    return numbers, faults


def _result(uow: UnitOfWork, operation: bytes) -> str | None:
    stored = uow.session.scalar(
        text("SELECT result FROM operation WHERE id = :id"), {"id": operation}
    )
    return None if stored is None else str(json.loads(stored))
