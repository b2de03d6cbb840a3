"""A whole drive, a workbook a unit, against bare work on one file and against the plain way."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.import_files import PEOPLE, UNITS, make
from tests.benchmarks.measure import Figures, in_turn
from tests.benchmarks.measure import run as run_once

GOAL = "ratio <= 1.8, peak_mb <= 100, against.times_faster_than_plain >= 8"


def run(scale: float) -> Figures:
    total, units = max(1_000, round(PEOPLE * scale)), max(10, round(UNITS * scale))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as many:
        make(Path(one), total, 1)
        make(Path(many), total, units)
        child = [sys.executable, "-m", "tests.benchmarks.import_child"]
        limit, product = in_turn([*child, one, "limit"], [*child, many, "product"], {})
        plain = run_once([*child, many, "plain"], {})
        held = subprocess.run([*child, many, "check"], capture_output=True, text=True, check=True)
    against = {
        "plain_cpu_s": round(plain.cpu_s, 4),
        "times_faster_than_plain": round(plain.cpu_s / product.cpu_s, 2),
        "limit_peak_mb": limit.peak_mb,
        "units": units,
        **json.loads(held.stdout),
    }
    return Figures(
        name="import-drive",
        scale=scale,
        cpu_s=product.cpu_s,
        limit_cpu_s=limit.cpu_s,
        goal=GOAL,
        peak_mb=product.peak_mb,
        against=against,
    )
