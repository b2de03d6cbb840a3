"""An office with its people on SQLite and on PostgreSQL, copied from a template made once."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url

from db.files import LEDGER
from db.identifiers import SeededUids
from db.keyring import Keyring, Secrets, User
from db.uow import Database
from desktop_app.services.offices.offices import OfficeDraft, found_office
from desktop_app.services.schemes.schemes import home_scheme_file
from tests.conftest import KEY
from tests.db.offices import CHEAP, rekey
from tests.servers import administer, copy_database
from tests.services.desks import FEES, NOW, USERS, YEAR, Staff, Template, seat
from tests.services.shelf import Shelf


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory, template_ledger: Path) -> Template:
    """An office's folder with its people, its scheme and 演示 figures."""
    folder = tmp_path_factory.mktemp("office")
    keyring, opened = _keyring(folder)
    shutil.copy(template_ledger, folder / LEDGER)
    rekey(folder / LEDGER, KEY, opened.database_key)
    _found(_sqlite(folder), Template(folder, opened), opened.database_key, keyring)
    return Template(folder, opened)


@pytest.fixture(scope="session")
def office_database(
    postgresql_server: str, template_database: str, office_template: Template
) -> Iterator[str]:
    """The same office as a database of the server."""
    name = f"office_{secrets.token_hex(6)}"
    server = make_url(postgresql_server)
    copy_database(server, name, template_database)
    keyring = Keyring.load(office_template.folder)
    _found(server.set(database=name), office_template, None, keyring)
    yield name
    administer(server, f"DROP DATABASE {name}")


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """What tests on SQLite begin with."""
    return Shelf(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="session")
def server_shelf(
    tmp_path_factory: pytest.TempPathFactory, postgresql_server: str
) -> Iterator[Shelf]:
    """What tests on the server begin with."""
    made = Shelf(tmp_path_factory.mktemp("shelf"), make_url(postgresql_server))
    yield made
    made.clear()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On PostgreSQL too: marked tests in each run, others in `soak`.

    Those marked send every statement between them that the services send, and are about locks.
    """
    test = metafunc.definition
    own = any(mark.args[0] == "staff" for mark in test.iter_markers("parametrize"))
    if own or "staff" not in metafunc.fixturenames:
        return
    marks = [pytest.mark.integration]
    if test.get_closest_marker("both_databases") is None:
        marks.append(pytest.mark.soak)
    databases = ["sqlite", pytest.param("postgresql", marks=marks)]
    metafunc.parametrize("staff", databases, indirect=True)


@pytest.fixture
def staff(
    request: pytest.FixtureRequest, tmp_path: Path, office_template: Template
) -> Iterator[Staff]:
    """The office's people on a database of this test's own."""
    folder, papers = tmp_path / "office", tmp_path / "papers"
    shutil.copytree(office_template.folder, folder)
    papers.mkdir()
    if request.param == "sqlite":
        key = office_template.secrets.database_key
        made = seat(_sqlite(folder), folder, office_template.secrets, key, papers)
        made.begin_from(request.getfixturevalue("shelf"))
        yield made
        made.database.close()
        return
    (folder / LEDGER).unlink()
    server = make_url(request.getfixturevalue("postgresql_server"))
    template: str = request.getfixturevalue("office_database")
    name = f"test_{secrets.token_hex(6)}"
    copy_database(server, name, template)
    made = seat(server.set(database=name), folder, office_template.secrets, None, papers)
    made.begin_from(request.getfixturevalue("server_shelf"))
    yield made
    made.database.close()
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _keyring(folder: Path) -> tuple[Keyring, Secrets]:
    first, *others = USERS
    keyring, opened = Keyring.create(
        folder, bytes(16), User(first.login, first.name), first.password, CHEAP
    )
    for user in others:
        keyring.add_user(opened, User(user.login, user.name), user.password, CHEAP)
    return keyring, opened


def _found(url: URL, template: Template, key: bytes | None, keyring: Keyring) -> None:
    uids = SeededUids(lambda: NOW, 1)
    draft = OfficeDraft("明山县总工会(演示)", "明山县", demo=True)
    database = Database.open(url, key)
    found_office(database, draft, USERS, uids, NOW, keyring.office_uid)
    database.close()
    staff = seat(url, template.folder, template.secrets, key, template.folder)
    staff.head.schemes.take_over(home_scheme_file())
    staff.head.schemes.set_year(YEAR)
    for plan, fee in FEES.items():
        staff.head.schemes.confirm_figure(f"plans.{plan}.fee_fen", fee, "演示用会费标准")
    staff.head.schemes.confirm_figure("participation.all_join_limit", 100, "演示用口径")
    staff.database.close()


def _sqlite(folder: Path) -> URL:
    return URL.create("sqlite", database=str(folder / LEDGER))
