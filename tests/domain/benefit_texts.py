"""Plans' benefits written as in a scheme file; figures that no source gives are 演示."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Any

import pytest

from desktop_app.domain.benefits.benefit_facts import facts_from
from desktop_app.domain.benefits.benefits import BenefitResult, evaluate
from desktop_app.domain.schemes.benefit_parts import Benefits
from desktop_app.domain.schemes.benefit_readers import read_benefits
from desktop_app.domain.schemes.scheme_faults import SchemeError
from desktop_app.domain.schemes.scheme_nodes import Book, Node
from desktop_app.errors import UserError


def benefits_of(text: str, plan: str = "demo") -> Benefits:
    book = Book(None, {})
    read = read_benefits(Node(tomllib.loads(text, parse_float=Decimal), "", book), plan)
    if faults := book.faults.told():
        raise SchemeError(faults, None)
    return read


def result(rules: str | Benefits, **facts: Any) -> BenefitResult:
    benefits = benefits_of(rules) if isinstance(rules, str) else rules
    return evaluate(benefits, facts_from(facts))


def fen(rules: str | Benefits, **facts: Any) -> int | None:
    return result(rules, **facts).fen


def code_of(rules: str, **facts: Any) -> tuple[str, str | None]:
    with pytest.raises(UserError) as caught:
        result(rules, **facts)
    return caught.value.code, caught.value.where


BRACKETS = """
source = "演示"
[[parts]]
id = "aid"
kind = "brackets"
source = "演示"
bands = [
  { above_fen = 60000, share = "20/100" },
  { above_fen = 500000, share = 0.5 },
  { above_fen = 1000000, share = "70/100" },
]
"""
PERIOD = BRACKETS.replace(
    "[[parts]]",
    """
[accumulation]
over = "period"
source = "演示"
[[ceilings]]
per = "period"
fen = 300000
source = "演示"
[[parts]]""",
)
RATE = """
source = "演示"
[[parts]]
id = "aid"
kind = "rate"
share = "1/3"
source = "演示"
"""
CASE_CAPPED = RATE + '[[ceilings]]\nper = "period"\nfen = 50000\nsource = "演示"\n'
DAILY = """
source = "演示"
[[parts]]
id = "allowance"
kind = "daily"
day_fen = 5000
waiting_days = 3
limit_days = 90
source = "演示"
"""
SEVERITY = """
source = "演示"
ends_plan = true
[[parts]]
id = "illness"
kind = "severity"
source = "演示"
amounts = [
  { key = "severe", label = "重度", fen = 1000000 },
  { key = "light", label = "轻度", fen = 300000 },
]
"""
STEPS = """
source = "演示"
[[parts]]
id = "illness"
kind = "steps"
source = "演示"
steps = [{ from_fen = 500000, fen = 150000 }, { from_fen = 2000000, fen = 600000 }]
"""
DISABILITY = """
source = "演示"
[[parts]]
id = "disability"
kind = "disability"
sum_fen = 2000000
per_share = true
source = "演示"
grades = [
  { key = "1", label = "一级", share = 1.0 },
  { key = "10", label = "十级", share = "5/100" },
]
"""
CONDOLENCE = """
source = "演示"
[[parts]]
id = "condolence"
kind = "grade"
source = "演示"
amounts = [{ key = "1", label = "一档", fen = 500000 }, { key = "2", label = "二档", fen = 300000 }]
"""
WAITING = (
    SEVERITY
    + """
[waiting]
renewal = "exempt"
plans = ["hospital"]
source = "演示"
bands = [
  { from_day = 0, to_day = 30, share = "0/1" },
  { from_day = 31, to_day = 60, fen = 50000, per_share = true },
]
"""
)
TWO_PARTS = RATE + RATE[RATE.index("[[") :].replace('"aid"', '"more"')
CLASS_LESS = (
    RATE
    + """
[classes.hardship]
label = "特困"
bands = [{ share = 0.5 }]
source = "演示"
"""
)
DEDUCTIBLE = RATE + '[deductible]\nsource = "演示"\nfen = 130000\nlater_fen = 65000\n'


def stacked(mode: str) -> str:
    return RATE + f'[[stacking]]\nmode = "{mode}"\nplans = ["hospital"]\nsource = "演示"\n'
