"""One large workbook checked and stored, against bare reading and bare inserts."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.import_files import PEOPLE, make
from tests.benchmarks.measure import Figures, in_turn

GOAL = "ratio <= 1.3, peak_mb <= 350"


def run(scale: float) -> Figures:
    total = max(1_000, round(PEOPLE * scale))
    with tempfile.TemporaryDirectory() as made:
        make(Path(made), total, 1)
        child = [sys.executable, "-m", "tests.benchmarks.import_child", made]
        limit, product = in_turn([*child, "limit"], [*child, "product"], {})
        checked = subprocess.run([*child, "check"], capture_output=True, text=True, check=True)
    return Figures(
        name="import-one",
        scale=scale,
        cpu_s=product.cpu_s,
        limit_cpu_s=limit.cpu_s,
        goal=GOAL,
        peak_mb=product.peak_mb,
        against={"limit_peak_mb": limit.peak_mb, **json.loads(checked.stdout)},
    )
