"""Answers kept for good: what the five schemes' benefits of 2026 pay, and by which steps.

The rules stand in the file beside the answers, as an office's activated version keeps its text. A
difference means that the program reads or reckons an old version otherwise than it once did.

    python -m tests.domain.golden            print the answers of today
    python -m tests.domain.golden --add      answer the cases that have no answer yet
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import astuple
from pathlib import Path
from typing import Any

from desktop_app.domain.benefits.benefit_facts import facts_from
from desktop_app.domain.benefits.benefits import BenefitResult, evaluate
from tests.domain.benefit_texts import benefits_of

FILE = Path(__file__).parent / "data" / "benefits-2026.json"


def book() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


def answers(kept: dict[str, Any]) -> list[dict[str, Any]]:
    """Each case answered anew."""
    rules = {
        name: benefits_of("\n".join(lines), name.split("/")[1])
        for name, lines in kept["rules"].items()
    }
    return [
        _answer(evaluate(rules[one["rule"]], facts_from(one["facts"]))) for one in kept["cases"]
    ]


def _answer(found: BenefitResult) -> dict[str, Any]:
    steps = [astuple(step) for step in found.steps]
    text = json.dumps(steps, ensure_ascii=False, sort_keys=True)
    return {
        "fen": found.fen,
        "to_confirm": list(found.to_confirm),
        "base_fen": found.base_fen,
        "deductible_fen": found.deductible_fen,
        "ends_plan": found.ends_plan,
        "steps": hashlib.sha256(text.encode()).hexdigest(),
    }


def add() -> None:
    kept = book()
    for case, answer in zip(kept["cases"], answers(kept), strict=True):
        case.setdefault("answer", answer)
    lines = [json.dumps(case, ensure_ascii=False) for case in kept["cases"]]
    rules = json.dumps(kept["rules"], ensure_ascii=False, indent=1)
    cases = ",\n".join(lines)
    FILE.write_text(f'{{"rules": {rules},\n"cases": [\n{cases}\n]}}\n', "utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--add"]:
        add()
    else:
        sys.stdout.write(json.dumps(answers(book())))
