"""The ledger, its attachments, backup and restore under kills, full disks and I/O errors."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.harness import Bench, FaultFoundError, Figures

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(
        not sys.platform.startswith("linux"), reason="kills and strace are of Linux"
    ),
]
needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")

ACTS = ("ledger", "backup", "restore")


@pytest.fixture
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with Bench(f"tests.faults.acts.{request.param}", tmp_path) as made:
        yield made


def shown(figures: Figures, record_property: object, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n  {figures}\n")


@pytest.mark.parametrize("bench", ACTS, indirect=True)
def test_killed_at_any_instant_acts_are_whole(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = bench.kill_at_random(200, seed=1)
    assert figures.points == 200
    assert figures.acked > 0


@needs_strace
@pytest.mark.parametrize("bench", ACTS, indirect=True)
def test_killed_at_each_system_call_acts_are_whole(bench: Bench) -> None:
    figures = bench.kill_at_each_call(count=1)
    assert figures.by_call["pwrite64"] > 3
    assert figures.by_call["fsync"] + figures.by_call["fdatasync"] > 3


@needs_strace
@pytest.mark.parametrize("bench", ACTS, indirect=True)
@pytest.mark.parametrize("errno_name", ["ENOSPC", "EIO"])
@pytest.mark.parametrize("sticky", [False, True], ids=["once", "for good"])
def test_a_call_that_fails_costs_no_act(bench: Bench, errno_name: str, sticky: bool) -> None:
    figures = bench.fail_each_call(errno_name, sticky=sticky, count=1)
    assert figures.refused > 0


@pytest.mark.parametrize("bench", ["broken"], indirect=True)
@pytest.mark.parametrize(
    "kind", ["forgets to commit", "writes in two transactions", "answers differently"]
)
def test_the_harness_notices_a_broken_act(
    bench: Bench, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROKEN_ACT", kind)
    with pytest.raises(FaultFoundError):
        bench.kill_at_random(300, seed=1)
