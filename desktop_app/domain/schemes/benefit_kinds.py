"""One reader for each kind of benefit: its keys in the scheme file in, a frozen rule out."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.domain.schemes.benefit_parts import (
    Band,
    Brackets,
    Choice,
    Daily,
    FixedSteps,
    FixedSum,
    Kind,
    Table,
)
from desktop_app.domain.schemes.scheme_nodes import Node


def _rising(node: Node, key: str, borders: list[int]) -> None:
    if borders != sorted(set(borders)):
        node.note(key, "的界限应由低到高,不重复")


def _brackets(node: Node) -> Brackets | None:
    bands = node.each("bands", _band)
    _rising(node, "bands", [band.above_fen for band in bands])
    return Brackets(bands) if bands else None


def _band(node: Node) -> Band:
    band = Band(node.count("above_fen"), node.share("share"), node.flag("to_confirm"))
    node.finish()
    return band


def _rate(node: Node) -> Brackets | None:
    return Brackets((Band(0, node.share("share")),)) if node.has("share") else None


def _daily(node: Node) -> Daily | None:
    if not node.has("day_fen"):
        return None
    return Daily(
        day_fen=node.count("day_fen"),
        waiting_days=node.count("waiting_days", most=3660) if node.has("waiting_days") else 0,
        limit_days=node.count("limit_days", least=1, most=3660) if node.has("limit_days") else None,
    )


def _severity(node: Node) -> Table | None:
    return _table(node, "severity", per_share=True)


def _grade(node: Node) -> Table | None:
    return _table(node, "grade", per_share=node.flag("per_share"))


def _disability(node: Node) -> Table | None:
    """Shares of a sum by grade; each must come to whole fen, so that nothing hides in rounding."""
    if not node.has("sum_fen"):
        return None
    whole = node.count("sum_fen", least=1)
    choices = []
    for line in node.nodes("grades", least=1):
        sum_fen = whole * line.share("share")
        if sum_fen.denominator != 1:
            line.note("share", "乘以 sum_fen 应是整分")
        key = line.text("key")
        choices.append(Choice(key, line.text("label", key), sum_fen.numerator))
        line.finish()
    return Table("grade", _one_meaning(node, "grades", choices), node.flag("per_share"))


def _table(node: Node, fact: str, *, per_share: bool) -> Table | None:
    choices = []
    for line in node.nodes("amounts"):
        key = line.text("key")
        choices.append(Choice(key, line.text("label", key), line.count("fen")))
        line.finish()
    found = _one_meaning(node, "amounts", choices)
    return Table(fact, found, per_share) if found else None


def _one_meaning(node: Node, key: str, choices: list[Choice]) -> tuple[Choice, ...]:
    seen: set[str] = set()
    for choice in choices:
        words = {choice.key, choice.label}
        if words & seen:
            node.note(key, f"里“{choice.key}”出现了两次")
        seen |= words
    return tuple(choices)


def _fixed(node: Node) -> FixedSum | None:
    per_share = node.flag("per_share")
    return FixedSum(node.count("fen"), per_share) if node.has("fen") else None


def _steps(node: Node) -> FixedSteps | None:
    steps = []
    for line in node.nodes("steps"):
        steps.append((line.count("from_fen"), line.count("fen")))
        line.finish()
    _rising(node, "steps", [border for border, _fen in steps])
    return FixedSteps(tuple(steps)) if steps else None


READERS: dict[str, Callable[[Node], Kind | None]] = {
    "brackets": _brackets,
    "rate": _rate,
    "daily": _daily,
    "severity": _severity,
    "grade": _grade,
    "disability": _disability,
    "fixed": _fixed,
    "steps": _steps,
}
