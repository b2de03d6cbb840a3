"""The figures count the CPU time of a process and its children, and say so in the agreed shape."""

from __future__ import annotations

import json
import sys

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks import measure

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="counts as Unix does")

BURN = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BURN!r}], check=True)"
KEYS = {"name", "scale", "cpu_s", "limit_cpu_s", "ratio", "p95_ms", "goal", "peak_mb", "against"}


@pytest.mark.parametrize("code", [BURN, PARENT])
def test_work_is_counted_in_the_process_and_in_its_children(code: str) -> None:
    assert 0.3 <= measure.run([sys.executable, "-c", code], {}).cpu_s < 3


def test_waiting_is_not_counted() -> None:
    assert measure.run([sys.executable, "-c", "import time; time.sleep(0.5)"], {}).cpu_s < 0.4


def test_memory_is_the_peak_of_the_process_and_not_of_the_one_that_measures() -> None:
    ballast = bytearray(b"x" * 300_000_000)
    small = measure.run([sys.executable, "-c", "pass"], {}).peak_mb
    large = measure.run([sys.executable, "-c", "bytearray(b'x' * 100_000_000)"], {}).peak_mb
    assert len(ballast) / 2**20 > large
    assert 90 < large - small < 250


def test_a_process_that_fails_is_no_figure() -> None:
    with pytest.raises(RuntimeError, match="ended with 3"):
        measure.run([sys.executable, "-c", "raise SystemExit(3)"], {})


def test_json_has_the_agreed_fields(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fixed(scale: float) -> measure.Figures:
        return measure.Figures("start", scale, 0.3, 0.1, "cpu_s <= 0.4", peak_mb=90.0)

    monkeypatch.setitem(bench.BENCHMARKS, "start", fixed)
    assert bench.main(["start", "--scale", "0.5", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [set(one) for one in answer] == [KEYS]
    assert answer[0]["ratio"] == 3.0
    assert answer[0]["scale"] == 0.5
    assert answer[0]["p95_ms"] is None


def test_a_name_that_does_not_exist_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as caught:
        bench.main(["strat"])
    assert caught.value.code == 2
