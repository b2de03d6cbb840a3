"""CPU seconds and peak memory of whole processes, the product and its limit in turn."""

from __future__ import annotations

import atexit
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Run:
    """What the kernel says of one ended process and the children it waited for."""

    cpu_s: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Figures:
    """One benchmark's answer; a field that does not apply is None."""

    name: str
    scale: float
    cpu_s: float
    limit_cpu_s: float | None
    goal: str
    peak_mb: float | None = None
    p95_ms: float | None = None
    against: dict[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        return round(self.cpu_s / self.limit_cpu_s, 3) if self.limit_cpu_s else None

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio}

    def as_text(self) -> str:
        values = [
            f"{key}={value}" for key, value in self.as_json().items() if value not in (None, {})
        ]
        return " ".join(values)


# A process starts with the peak memory of the one that forked it, so a small one stands between.
LAUNCHER = """
import json, resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def run(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run to its end and read its resource use; a failure is an error with its last words."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", LAUNCHER, *command],
        env={**os.environ, **_byte_code(), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    code, cpu_s, peak_mb = json.loads(done.stdout)
    if code:
        raise RuntimeError(f"{command} ended with {code}: {done.stderr[-2000:]}")
    return Run(cpu_s, peak_mb)


@cache
def _byte_code() -> dict[str, str]:
    """Where runs keep their byte code: an installed program is not compiled at each start."""
    kept = tempfile.TemporaryDirectory(prefix="byte-code-")
    atexit.register(kept.cleanup)
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": kept.name}


def in_turn(
    product: Sequence[str], limit: Sequence[str], environment: Mapping[str, str]
) -> tuple[Run, Run]:
    """Medians of alternating runs; one of each goes before and is not counted (cold files)."""
    pairs = [(run(product, environment), run(limit, environment)) for _ in range(ROUNDS + 1)][1:]
    return _median([pair[0] for pair in pairs]), _median([pair[1] for pair in pairs])


def _median(runs: list[Run]) -> Run:
    return Run(
        round(statistics.median(one.cpu_s for one in runs), 4),
        round(max(one.peak_mb for one in runs), 1),
    )
