"""The sample county made once by `demo`; each test that acts gets a copy of its office."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.desk import Person, sample_person
from tests.made_once import demo_once


@pytest.fixture(autouse=True)
def _own_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The log of a command without an office lies in the user's data: here the test's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_once(tmp_path_factory)[0]


@pytest.fixture
def office(county: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "office"
    shutil.copytree(county / "office", copy, ignore=shutil.ignore_patterns("backups", "logs"))
    return copy


@pytest.fixture
def clerk(office: Path, tmp_path: Path) -> Person:
    return sample_person(office, tmp_path, 0)


@pytest.fixture
def reviewer(office: Path, tmp_path: Path) -> Person:
    return sample_person(office, tmp_path, 1)


@pytest.fixture
def head(office: Path, tmp_path: Path) -> Person:
    return sample_person(office, tmp_path, 2)


@pytest.fixture
def counts(head: Person) -> Any:
    """Asks the ledger how many rows each table holds; acts and sign-ins leave no trace in it."""

    def count() -> dict[str, int]:
        rows: dict[str, int] = head.does("verify")["counts"]
        return rows

    return count
