"""The ledger, its attachments, backup and restore under kills, full disks and I/O errors."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.disks import can_mount, small_disk
from tests.faults.harness import Bench, FaultFoundError

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(
        not sys.platform.startswith("linux"), reason="kills and strace are of Linux"
    ),
]
needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")

STORAGE = "tests.faults.acts.{}"


@pytest.fixture
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with Bench(STORAGE.format(request.param), tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("bench", "times"), [("ledger", 12), ("backup", 8), ("restore", 6)], indirect=["bench"]
)
def test_killed_at_any_instant_acts_are_whole(bench: Bench, times: int) -> None:
    figures = bench.kill_at_random(times, seed=1)
    assert figures.points == times
    assert figures.acked > 0


@needs_strace
@pytest.mark.parametrize(
    ("bench", "every"), [("ledger", 2), ("backup", 20), ("restore", 32)], indirect=["bench"]
)
def test_killed_at_each_system_call_acts_are_whole(bench: Bench, every: int) -> None:
    """The ledger's at every other call, the longer acts at every few; `soak` leaves none out."""
    figures = bench.kill_at_each_call(count=1, every=every)
    assert figures.by_call["pwrite64"] > 3
    assert figures.by_call["fsync"] + figures.by_call["fdatasync"] > 0


@needs_strace
@pytest.mark.parametrize(
    ("bench", "every"), [("ledger", 8), ("backup", 80), ("restore", 128)], indirect=["bench"]
)
@pytest.mark.parametrize(("errno_name", "sticky"), [("ENOSPC", True), ("EIO", False)])
def test_a_call_that_fails_costs_no_act(
    bench: Bench, every: int, errno_name: str, sticky: bool
) -> None:
    figures = bench.fail_each_call(errno_name, sticky=sticky, count=1, every=every)
    assert figures.refused > 0


@pytest.mark.skipif(not can_mount(), reason="mounting needs root")
@pytest.mark.parametrize("bench", ["ledger"], indirect=True)
def test_a_full_disk_stops_the_act_and_not_the_session(bench: Bench, tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "4m") as disk:
        assert bench.fill_the_disk(disk).acked > 1


@pytest.mark.parametrize(
    "kind", ["forgets to commit", "writes in two transactions", "answers differently"]
)
def test_the_harness_notices_a_broken_act(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BROKEN_ACT", kind)
    with Bench(STORAGE.format("broken"), tmp_path) as bench, pytest.raises(FaultFoundError):
        bench.kill_at_random(300, seed=1)


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("bench", ["ledger", "backup", "restore"], indirect=True)
def test_soak_kills(bench: Bench) -> None:
    figures = bench.kill_at_random(2000, seed=2)
    sys.stdout.write(f"{figures}\n")
    assert figures.points == 2000


@needs_strace
@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("bench", ["ledger", "backup", "restore"], indirect=True)
def test_soak_every_call(bench: Bench) -> None:
    for figures in (
        bench.kill_at_each_call(count=2),
        *(
            bench.fail_each_call(name, sticky=sticky, count=1)
            for name in ("ENOSPC", "EIO", "EACCES")
            for sticky in (False, True)
        ),
    ):
        sys.stdout.write(f"{figures}\n")
        assert figures.points > 50
