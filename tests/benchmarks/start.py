"""Start of the program to its sign-in page, against a bare QApplication with one shown table."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measure import Figures, in_turn

GOAL = "cpu_s <= 0.4"
ENVIRONMENT = {"QT_QPA_PLATFORM": "offscreen"}


def run(scale: float) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        office = _sample_office(Path(folder) / "county")
        child = [sys.executable, "-m", "tests.benchmarks.start_child"]
        product, limit = in_turn([*child, str(office)], [*child, "--bare"], ENVIRONMENT)
    return Figures(
        name="start",
        scale=scale,
        cpu_s=product.cpu_s,
        limit_cpu_s=limit.cpu_s,
        goal=GOAL,
        peak_mb=product.peak_mb,
        against={"bare_peak_mb": limit.peak_mb},
    )


def _sample_office(county: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "desktop_app", "--json", "demo", str(county)],
        check=True,
        capture_output=True,
    )
    return county / "office"
