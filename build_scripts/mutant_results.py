"""The changes that mutmut wrote, their shares, and what became of each."""

from __future__ import annotations

import json
from pathlib import Path

CHANGED = Path("mutants")  # the tree with every change beside its original, as mutmut lays it out
NOTICED, SURVIVED, NO_TESTS, TIMEOUT = "noticed", "survived", "no tests", "timeout"


def names(folder: Path) -> list[str]:
    """Every change that was written in a copy of the tree, module by module."""
    found: list[str] = []
    for meta in sorted((folder / CHANGED).rglob("*.meta")):
        found += json.loads(meta.read_text("utf-8"))["exit_code_by_key"]
    return found


def judged_in(part: int) -> Path:
    return Path(f"judged-{part}.jsonl")


def read_judged(path: Path) -> dict[str, str]:
    """What became of each change of a share."""
    return dict(json.loads(line) for line in path.read_text("utf-8").splitlines())


def function_of(change: str) -> str:
    """The function a change stands in, by the names that mutmut gives both."""
    return change.rpartition("__mutmut_")[0]


def share(changes: list[str], part: int, parts: int) -> list[str]:
    """A share of the changes; those of a function stay together, for one test may notice all."""
    turns = {name: turn for turn, name in enumerate(dict.fromkeys(map(function_of, changes)))}
    return [change for change in changes if turns[function_of(change)] % parts == part]
