"""What the storage's own acts share: a small office, cheaply opened."""

from __future__ import annotations

from pathlib import Path

from db.engine import open_engine
from db.keyring import Keyring, Secrets
from db.migrate import upgrade
from tests.db.offices import PASSWORD, Office, make_office, open_office

_KEY = bytes(32)


def prepare(folder: Path) -> None:
    template = folder.with_name("template.db")
    engine = open_engine(f"sqlite:///{template}", _KEY)
    upgrade(engine)
    engine.dispose()
    make_office(folder, template, _KEY).database.close()


def secrets_of(folder: Path) -> Secrets:
    return Keyring.load(folder).unlock("zhang", PASSWORD)


def opened_office(folder: Path) -> Office:
    return open_office(folder, secrets_of(folder))


def numbered_areas(office: Office) -> list[int]:
    """The areas' numbers; one that is named as no whole act names it counts as -1."""
    names = (name.removeprefix("片区") for name in office.areas())
    return [int(name) if name.isdecimal() else -1 for name in names]
