"""A worksheet's inputs and outputs in words and yuan, the same on screen and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from desktop_app.domain.benefits.benefit_facts import LABELS
from desktop_app.domain.benefits.worksheets import percent, yuan_exact
from desktop_app.domain.rule_steps import RuleStep

_WORDS = {
    "fen": "金额",
    "counted_fen": "计入",
    "bands": "各段",
    "above_fen": "超过",
    "deductible_fen": "起付线",
    "before_fen": "此前计入",
    "paid_fen": "已付",
    "total_fen": "合计",
    "ceiling_fen": "最高",
    "other_plans_fen": "其他项目已付",
    "paid_days": "补贴天数",
    "from_fen": "达到",
    "day": "第几天",
    "share": "比例",
    "benefit_fen": "已付",
}


def input_text(step: RuleStep) -> str:
    """What a rule was given; empty where it was given nothing."""
    names = LABELS if step.rule == "base" else {**LABELS, **_WORDS}
    return _said("", step.input, names)


def output_text(step: RuleStep) -> str:
    """What a rule gave: an amount with its unit, a day or a class as it is."""
    if step.output is None:
        return "—"
    value = _fraction(step.output)
    return str(step.output) if value is None else f"{yuan_exact(value)}元"


def facts_text(facts: Mapping[str, Any]) -> str:
    """All that a worksheet was figured from, in one line."""
    return _said("", facts, {**_WORDS, **LABELS})


def _said(name: str, value: Any, names: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        parts = [f"{names.get(key, key)}{_said(key, one, names)}" for key, one in value.items()]
        return ",".join(parts) if not name else f"({','.join(parts)})"
    if isinstance(value, list):
        return ";".join(_said("", one, names) for one in value)
    if name == "share":
        return percent(Fraction(str(value)))
    amount = None if _plain(name, value) else _fraction(value)
    return str(value) if amount is None else f"{yuan_exact(amount)}元"


def _plain(name: str, value: Any) -> bool:
    """Whether a value is no money: a count, a day, a word, or money by its plan."""
    if not name or name.endswith("fen"):
        return False
    return not isinstance(value, int) or name in LABELS or name in _WORDS


def _fraction(value: Any) -> Fraction | None:
    """Exact fen as a step keeps them: a whole number, or a fraction as text."""
    if isinstance(value, int):
        return Fraction(value)
    try:
        return Fraction(str(value)) if "/" in str(value) else None
    except (ValueError, ZeroDivisionError):
        return None
