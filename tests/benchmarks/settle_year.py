"""A year of settlements accumulated per member, by brackets, against SQL written by hand."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measure import Figures, in_turn
from tests.benchmarks.settle_year_file import MEMBERS, SETTLEMENTS, make

GOAL = "ratio <= 1.3, peak_mb <= 250"


def run(scale: float) -> Figures:
    settlements = max(1_000, round(SETTLEMENTS * scale))
    members = max(400, round(MEMBERS * scale))
    with tempfile.TemporaryDirectory() as folder:
        file = str(make(Path(folder), settlements, members))
        child = [sys.executable, "-m", "tests.benchmarks.settle_year_child", file]
        product, limit = in_turn([*child, "product"], [*child, "limit"], {})
        checked = _checked(child)
    return Figures(
        name="settle-year",
        scale=scale,
        cpu_s=product.cpu_s,
        limit_cpu_s=limit.cpu_s,
        goal=GOAL,
        peak_mb=product.peak_mb,
        against={"limit_peak_mb": limit.peak_mb, "settlements": settlements, **checked},
    )


def _checked(child: list[str]) -> dict[str, float]:
    """Every row of the last two runs agrees, and members of every band with the reference rule."""
    done = subprocess.run([*child, "check"], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found
