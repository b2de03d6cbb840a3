"""The roster import, the payment, and the bank's money under kills, full disks and I/O errors."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.harness import Bench

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(
        not sys.platform.startswith("linux"), reason="kills and strace are of Linux"
    ),
]
needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


@pytest.fixture
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with Bench(f"tests.faults.acts.{request.param}", tmp_path) as made:
        yield made


@pytest.mark.parametrize(("bench", "times"), [("roster", 8), ("payment", 8)], indirect=["bench"])
def test_killed_at_any_instant_acts_are_whole(bench: Bench, times: int) -> None:
    figures = bench.kill_at_random(times, seed=1)
    assert figures.points == times
    assert figures.acked > 0


@pytest.mark.parametrize("bench", ["bank"], indirect=True)
def test_a_statement_and_what_is_booked_of_it_are_whole_where_they_are_cut(bench: Bench) -> None:
    """At three instants; `soak` takes a thousand."""
    assert bench.kill_at_random(3, seed=1, opened=True).points == 3


@pytest.mark.parametrize("bench", ["folder"], indirect=True)
def test_a_folder_cut_short_has_each_list_whole_and_goes_on(bench: Bench) -> None:
    """At three instants; `soak` takes two hundred."""
    assert bench.kill_at_random(3, seed=1, opened=True).points == 3


@needs_strace
@pytest.mark.parametrize(("bench", "every"), [("roster", 32), ("payment", 12)], indirect=["bench"])
def test_killed_at_each_system_call_acts_are_whole(bench: Bench, every: int) -> None:
    """At every few calls; `soak` leaves none out."""
    figures = bench.kill_at_each_call(count=1, every=every)
    assert figures.by_call["pwrite64"] > 3


@needs_strace
@pytest.mark.parametrize(("bench", "every"), [("roster", 128), ("payment", 48)], indirect=["bench"])
@pytest.mark.parametrize(("errno_name", "sticky"), [("ENOSPC", True), ("EIO", False)])
def test_a_call_that_fails_costs_no_act(
    bench: Bench, every: int, errno_name: str, sticky: bool
) -> None:
    figures = bench.fail_each_call(errno_name, sticky=sticky, count=1, every=every)
    assert figures.refused > 0


@pytest.mark.soak
@pytest.mark.parametrize("bench", ["roster", "payment", "bank"], indirect=True)
@pytest.mark.parametrize("seed", range(2, 7))
def test_killed_a_thousand_times_acts_are_whole(bench: Bench, seed: int) -> None:
    assert bench.kill_at_random(200, seed=seed).points == 200


@pytest.mark.soak
@pytest.mark.parametrize("bench", ["folder"], indirect=True)
def test_a_folder_cut_short_two_hundred_times_has_each_list_whole(bench: Bench) -> None:
    figures = bench.kill_at_random(200, seed=2, opened=True)
    assert figures.points == 200
    assert figures.acked > 0


@needs_strace
@pytest.mark.soak
@pytest.mark.parametrize("bench", ["roster", "payment", "bank"], indirect=True)
def test_killed_at_every_system_call_acts_are_whole(bench: Bench) -> None:
    assert bench.kill_at_each_call(count=1).points > 80


@needs_strace
@pytest.mark.soak
@pytest.mark.parametrize("bench", ["roster", "payment"], indirect=True)
@pytest.mark.parametrize("errno_name", ["ENOSPC", "EIO"])
@pytest.mark.parametrize("sticky", [False, True], ids=["once", "for good"])
def test_every_call_that_fails_costs_no_act(bench: Bench, errno_name: str, sticky: bool) -> None:
    assert bench.fail_each_call(errno_name, sticky=sticky, count=1).refused > 0
