"""Long lists on paper and in a workbook, and the forms of a drive, each against work by hand."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile

from tests.benchmarks.import_files import PEOPLE, UNITS
from tests.benchmarks.measure import Figures, in_turn


def pdf_roster(scale: float) -> Figures:
    """A member list of a whole drive, against its cells alone."""
    return _measured("pdf-roster", scale, max(1_000, round(PEOPLE * scale)), 3.5)


def pdf_forms(scale: float) -> Figures:
    """Notice, application and member list of each unit, against pages of cells alone."""
    return _measured("pdf-forms", scale, max(10, round(UNITS * scale)), 3.0)


def export_workbook(scale: float) -> Figures:
    """A workbook of everyone with twelve columns, against cells joined without any care."""
    return _measured("export-workbook", scale, max(1_000, round(PEOPLE * scale)), 2.0)


def _measured(name: str, scale: float, count: int, goal: float) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        child = [sys.executable, "-m", "tests.benchmarks.papers_child", name, str(count), folder]
        product, limit = in_turn([*child, "product"], [*child, "limit"], {})
        held = subprocess.run([*child, "check"], capture_output=True, text=True, check=True)
    return Figures(
        name=name,
        scale=scale,
        cpu_s=product.cpu_s,
        limit_cpu_s=limit.cpu_s,
        goal=f"ratio <= {goal}",
        peak_mb=product.peak_mb,
        against={"limit_peak_mb": limit.peak_mb, "count": count, **json.loads(held.stdout)},
    )
