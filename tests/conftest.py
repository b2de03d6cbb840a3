"""Shared fixtures: a migrated office per test, copied from one template; PostgreSQL beside it."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, make_url

import db.engine
from db.engine import open_engine
from db.files import LEDGER
from db.migrate import upgrade
from db.uow import Database
from tests import garbage
from tests.memory import stay_in_memory
from tests.servers import administer, copy_database
from tests.statements import compiling_once

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
stay_in_memory()

KEY = bytes(range(32))

db.engine.create_engine = compiling_once(db.engine.create_engine)


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    garbage.look_for_none()


def pytest_collection_finish() -> None:
    garbage.look_among_new()


@pytest.fixture(scope="session")
def template_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty, encrypted ledger to copy; nobody has it open."""
    path = tmp_path_factory.mktemp("template") / LEDGER
    engine = open_engine(f"sqlite:///{path}", KEY)
    upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a running server: the one named, or one started for this run."""
    with ExitStack() as stack:
        url = os.environ.get("TEST_DATABASE_URL")
        if not url:
            from build_scripts.postgres import running_server  # noqa: PLC0415 - not always wanted

            url = stack.enter_context(running_server())
        yield url


@pytest.fixture(scope="session")
def template_database(postgresql_server: str) -> Iterator[str]:
    """The name of a migrated database; a test's own is copied from it in a moment."""
    name = f"template_{secrets.token_hex(6)}"
    server = make_url(postgresql_server)
    administer(server, f"CREATE DATABASE {name}")
    engine = open_engine(server.set(database=name), None)
    upgrade(engine)
    engine.dispose()
    yield name
    administer(server, f"DROP DATABASE {name}")


@pytest.fixture
def office_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    return folder


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.integration)],
)
def database_url(request: pytest.FixtureRequest, office_folder: Path) -> Iterator[URL]:
    """The URL of a migrated, empty database of this test's own."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("template_ledger")
        shutil.copy(template, office_folder / LEDGER)
        yield URL.create("sqlite", database=str(office_folder / LEDGER))
        return
    server = make_url(request.getfixturevalue("postgresql_server"))
    template_name: str = request.getfixturevalue("template_database")
    name = f"test_{secrets.token_hex(6)}"
    copy_database(server, name, template_name)
    yield server.set(database=name)
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def engine(database_url: URL) -> Iterator[Engine]:
    """The writers' engine of `database`."""
    made = open_engine(database_url, KEY)
    yield made
    made.dispose()


@pytest.fixture
def database(database_url: URL, engine: Engine) -> Iterator[Database]:
    readers = open_engine(database_url, KEY, role="reader")
    yield Database(readers, engine)
    readers.dispose()
