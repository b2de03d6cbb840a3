"""`rules benefit`: a figure with its steps, an estimate with what is open, or a refusal by code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.desk import Outcome, run, told


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "facts.json"


def ask(file: Path, scheme: str, plan: str, **facts: Any) -> Outcome:
    file.write_text(json.dumps(facts), encoding="utf-8")
    return run("rules", "benefit", "--scheme", scheme, "--plan", plan, "--facts", file)


def test_the_answer_has_the_figure_what_is_open_and_the_steps(file: Path) -> None:
    done = ask(file, "pinghu", "inpatient", eligible_own_fen=1_825_001)
    assert done.code == 0
    assert set(done.document) == {"benefit_fen", "to_confirm", "steps"}
    assert done.document["benefit_fen"] == 915_501
    assert done.document["to_confirm"] == ["plans.inpatient.benefits.accumulation"]
    for step in done.document["steps"]:
        assert set(step) == {"rule", "clause", "input", "output", "text"}


def test_in_words_an_estimate_is_called_one(file: Path) -> None:
    file.write_text('\ufeff{"severity": "severe", "shares": 2}', encoding="utf-8")
    where = ("--scheme", "xianfeng-2024", "--plan", "critical-illness", "--facts", file)
    done = told("rules", "benefit", *where)
    assert done.code == 0
    assert done.out.splitlines()[-1] == "20,000.00元(估算)"
    assert "重大疾病 · 等待期 待核对" in done.out


def test_a_missing_fact_is_named(file: Path) -> None:
    done = ask(file, "beijing", "inpatient", eligible_own_fen=5)
    assert (done.code, done.error["code"]) == (3, "fact-missing")
    assert done.error["where"] == "admission_no"


def test_a_plan_whose_figures_nobody_knows_is_to_be_confirmed(file: Path) -> None:
    done = ask(file, "anyang-2023", "medical", eligible_own_fen=5)
    assert (done.code, done.error["code"]) == (3, "to-confirm")
    assert done.error["where"] == "plans.medical.benefits"


def test_an_event_outside_the_cover_is_refused(file: Path) -> None:
    facts = {"event_on": "2025-01-01", "effective_on": "2024-01-01", "eligible_own_fen": 5}
    done = ask(file, "xianfeng-2024", "hospital", **facts)
    assert (done.code, done.error["code"]) == (3, "not-covered")


def test_a_fact_that_is_none_is_refused(file: Path) -> None:
    done = ask(file, "pinghu", "inpatient", eligible_own_fen="viel")
    assert (done.code, done.error["code"]) == (3, "fact-invalid")


def test_a_plan_that_the_scheme_has_not_is_wrong_usage(file: Path) -> None:
    done = ask(file, "pinghu", "dental")
    assert (done.code, done.error["code"]) == (2, "usage")


@pytest.mark.parametrize("text", ["", "[1]", "{", "[" * 100_000, "\x00", " " * 1_000_001])
def test_a_file_that_is_no_object_is_refused(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    where = ("--scheme", "pinghu", "--plan", "inpatient", "--facts", file)
    done = run("rules", "benefit", *where)
    assert (done.code, done.error["code"]) == (4, "facts-invalid")


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    done = run("rules", "benefit", "--scheme", "pinghu", "--plan", "inpatient", "--facts", file)
    assert (done.code, done.error["code"]) == (4, "file-missing")


@pytest.mark.parametrize(
    ("effective", "event"), [("9999-12-01", "9999-12-30"), ("0001-01-01", "0001-01-02")]
)
def test_days_out_of_all_sense_are_no_facts(file: Path, effective: str, event: str) -> None:
    facts = {"effective_on": effective, "event_on": event, "eligible_own_fen": 5}
    done = ask(file, "xianfeng-2024", "hospital", **facts)
    assert (done.code, done.error["code"]) == (3, "fact-invalid")


@pytest.mark.parametrize(
    "text",
    ['{"days": 1, "days": 2}', '{"days": 1, "before": {"benefit_fen": 1, "benefit_fen": 1}}'],
)
def test_a_fact_that_is_written_twice_is_refused(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    where = ("--scheme", "pinghu", "--plan", "inpatient", "--facts", file)
    done = run("rules", "benefit", *where)
    assert (done.code, done.error["code"]) == (3, "fact-invalid")
    assert "写了两次" in done.error["message"]
