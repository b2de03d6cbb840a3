"""The tie of a whole drive on its page's way, against the same sums as SQL written by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.import_files import PEOPLE, UNITS
from tests.benchmarks.measure import Figures
from tests.benchmarks.tie_office import make

GOAL = "ratio <= 8, against.page_s <= 0.6"
ENVIRONMENT = {"QT_QPA_PLATFORM": "offscreen"}


def run(scale: float) -> Figures:
    """Every round of both ways runs in one process, which has the office open already."""
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), max(20, round(UNITS * scale)), PEOPLE // UNITS)
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.tie_child", folder],
            capture_output=True, text=True, check=False, env=os.environ | ENVIRONMENT,
        )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the tie's process ended so: {done.stderr[-2000:]}")
    found = json.loads(done.stdout)
    return Figures(
        name="tie",
        scale=scale,
        cpu_s=found.pop("cpu_s"),
        limit_cpu_s=found.pop("limit_cpu_s"),
        goal=GOAL,
        peak_mb=found.pop("peak_mb"),
        p95_ms=found.pop("p95_ms"),
        against=found,
    )
