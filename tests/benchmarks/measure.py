"""CPU seconds and peak memory of whole processes, the product and its limit in turn."""

from __future__ import annotations

import os
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
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


def run(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run to its end and read its resource use; a failure is an error with its last words."""
    with subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        said = process.stderr.read().decode(errors="replace")
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}: {said[-2000:]}")
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


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
