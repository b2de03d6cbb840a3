"""One screen for the run; a clerk at a fresh office for each test.

These tests wait more than they work: as one group they begin first, on one worker, beside others.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from desktop_app.services.samples.shapes import County
from tests import print_queue
from tests.made_once import county_once, office_once
from tests.print_queue import PrintQueue
from tests.window.clerk import Clerk
from tests.window.screen import Screen, install


class StartClerk(Protocol):
    def __call__(
        self, office: Path, hands: type[Clerk] = Clerk, printer: dict[str, str] | None = None
    ) -> Clerk: ...


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    missing = install()
    if missing:
        pytest.skip(f"the screen's programs are not here; install them: {missing}")
    with Screen() as made:
        yield made


@pytest.fixture
def start_clerk(screen: Screen, tmp_path: Path) -> Iterator[StartClerk]:
    """Seat a clerk in front of the program on an office folder."""
    seated: list[Clerk] = []

    def start(
        office: Path, hands: type[Clerk] = Clerk, printer: dict[str, str] | None = None
    ) -> Clerk:
        seated.append(hands(screen, office, tmp_path / f"home-{len(seated)}", printer))
        return seated[-1]

    yield start
    for clerk in seated:
        clerk.leave()


@pytest.fixture
def queue() -> Iterator[PrintQueue]:
    missing = print_queue.install()
    if missing:
        pytest.skip(f"no print server here; install it: {missing}")
    with PrintQueue() as made:
        yield made


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """What the sample county's units send."""
    return county_once(tmp_path_factory)


@pytest.fixture(scope="session")
def sample_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return office_once(tmp_path_factory)


@pytest.fixture
def office(sample_office: Path, tmp_path: Path) -> Path:
    """A copy of the sample county's office."""
    copy = tmp_path / "office"
    shutil.copytree(sample_office, copy)
    return copy
