"""What was once worked out is worked out again to the same fen, by the same steps."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.domain.golden import answers, book

KEPT = book()
CASES = KEPT["cases"]
ROOT = Path(__file__).parents[2]


def test_every_case_comes_to_the_fen_and_the_steps_that_were_kept() -> None:
    for case, answer in zip(CASES, answers(KEPT), strict=True):
        assert answer == case["answer"], case


@pytest.mark.parametrize("seed", ["0", "20260101"])
def test_a_fresh_process_comes_to_the_same(seed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.domain.golden"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout) == [case["answer"] for case in CASES]


def test_the_cases_go_over_all_five_schemes() -> None:
    assert len(CASES) >= 60
    assert {case["rule"].split("/")[0] for case in CASES} == {
        "anyang-2023", "beijing", "pinghu", "xianfeng-2024", "yongding", "yongding-demo"
    }  # fmt: skip
    assert {case["rule"] for case in CASES} == set(KEPT["rules"])
