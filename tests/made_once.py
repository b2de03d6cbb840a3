"""The sample county made once in a run, however many workers share the run."""

from __future__ import annotations

import json
import os
import pickle
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from db.keyring import Keyring, User
from desktop_app.sample_office import SAMPLE_USERS, make_sample
from desktop_app.services.samples import County, make_county
from tests.cli.desk import run
from tests.db.offices import CHEAP

SAMPLE_PEOPLE = {User(login, name): secret for login, name, _role, secret in SAMPLE_USERS}
_PATIENCE = 300.0  # seconds: the one that makes it may be slow


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker to come makes; nobody may change what is in it."""
    base = factory.getbasetemp()
    shared = base if "PYTEST_XDIST_WORKER" not in os.environ else base.parent
    folder, done = shared / f"once-{name}", shared / f"once-{name}.done"
    try:
        folder.mkdir()
    except FileExistsError:
        until = time.monotonic() + _PATIENCE
        while not done.exists():
            assert time.monotonic() < until, f"{name} was begun and not finished"
            time.sleep(0.05)
        assert done.read_text() == "", done.read_text()
        return folder
    try:
        make(folder)
    except BaseException as error:
        done.write_text(repr(error))
        raise
    done.touch()
    return folder


def county_once(factory: pytest.TempPathFactory) -> County:
    """What the sample county's units send."""

    def make(folder: Path) -> None:
        made = make_county(folder / "county")
        (folder / "county.pickle").write_bytes(pickle.dumps(made))

    folder = made_once(factory, "county", make)
    county: County = pickle.loads((folder / "county.pickle").read_bytes())
    return county


def office_once(factory: pytest.TempPathFactory) -> Path:
    """The sample county's office as the window makes it; passwords are tried quickly."""

    def make(folder: Path) -> None:
        make_sample(folder / "office")
        try_passwords_quickly(folder / "office", SAMPLE_PEOPLE)

    return made_once(factory, "office", make) / "office"


def demo_once(factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], str]:
    """What `demo` makes: its folder, its answer and what it told; passwords are tried quickly."""

    def make(folder: Path) -> None:
        done = run("demo", folder / "county")
        assert done.code == 0, done.err
        try_passwords_quickly(folder / "county" / "office", SAMPLE_PEOPLE)
        (folder / "told.json").write_text(json.dumps([done.document, done.err]), "utf-8")

    folder = made_once(factory, "demo", make)
    document, told = json.loads((folder / "told.json").read_text("utf-8"))
    return folder / "county", document, told


def try_passwords_quickly(office: Path, people: Mapping[User, str]) -> None:
    """Wrap the office's key for its people anew: hundreds of commands each ask for a password."""
    keyring = Keyring.load(office)
    for user, password in people.items():
        keyring.add_user(keyring.unlock(user.login, password), user, password, CHEAP)
