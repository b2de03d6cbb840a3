"""The benefits of a plan, read from its table in the scheme file and checked on the way."""

from __future__ import annotations

import datetime
import functools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from desktop_app.domain.schemes.benefit_kinds import READERS
from desktop_app.domain.schemes.benefit_parts import (
    BenefitPart,
    Benefits,
    Brackets,
    Ceiling,
    Clause,
    Deductible,
    Minimum,
    PersonClass,
    Stacking,
    Waiting,
    WaitingBand,
)
from desktop_app.domain.schemes.scheme_nodes import MOST, Node

_Rule = TypeVar("_Rule", Ceiling, Stacking)
MOST_DAYS = 36_600
COUNTED = ("eligible_own_fen", "own_fen", "total_fen")
# Names of a plan's own clauses, which no part may take: a clause is known by its key path.
_TAKEN = frozenset(
    ("accumulation", "deductible", "waiting", "ceilings", "minimum", "classes", "stacking",
     "known_from", "known_until")
)  # fmt: skip


def read_benefits(node: Node, plan_id: str) -> Benefits:
    """Read `[plans.benefits]`.

    Raises:
        UserError: `scheme-invalid`, naming the key and what is wrong with it.
    """
    key = f"plans.{plan_id}.benefits"
    clause = _clause(node, key)
    parts = node.each("parts", functools.partial(_part, above=key))
    if not parts and not clause.open:
        node.note("parts", "没有填写;待遇标准未知时请写 to_confirm = true")
    accumulates, accumulation = _accumulation(node, clause)
    benefits = Benefits(
        plan_id=plan_id,
        clause=clause,
        counts=node.one_of("counts", COUNTED, COUNTED[0]),
        or_own=node.flag("or_own"),
        accumulates=accumulates,
        accumulation=accumulation,
        known_from=node.day("known_from"),
        known_until=node.day("known_until"),
        highest=node.one_of("combine", ("sum", "highest"), "sum") == "highest",
        parts=parts,
        deductible=_deductible(node, key) if node.has("deductible") else None,
        waiting=_waiting(node, key) if node.has("waiting") else None,
        ceilings=_told_apart(node.each("ceilings", functools.partial(_ceiling, above=key))),
        minimum=_minimum(node, key) if node.has("minimum") else None,
        classes=_classes(node, key, parts),
        stacking=_told_apart(node.each("stacking", functools.partial(_stacking, above=key))),
        ends_plan=node.flag("ends_plan"),
    )
    node.finish()
    _check_together(node, benefits)
    return benefits


def _check_together(node: Node, benefits: Benefits) -> None:
    """Refuse rules that no order of figuring would make exact together."""
    first, last = benefits.known_from, benefits.known_until
    if first is not None and last is not None and last < first:
        node.note("known_until", "早于 known_from")
    if benefits.accumulates and benefits.waiting is not None and benefits.waiting.bands:
        node.note("waiting", "不能与按保障期累计的待遇同时使用")
    if benefits.deductible and benefits.deductible.once and not benefits.accumulates:
        node.note("deductible", "按保障期只扣一次的起付线要求待遇按保障期累计")
    ids = [part.id for part in benefits.parts]
    for one in ids:
        if ids.count(one) > 1:
            node.note("parts", f"里“{one}”出现了两次")
        if one in _TAKEN or "." in one:
            node.note("parts", f"里“{one}”不能作部分的标识")


def _clause(node: Node, key: str, default: str = "") -> Clause:
    is_open = node.flag("to_confirm")
    source = node.text("source", default)
    if not source and not is_open:
        node.note("source", "没有填写;没有依据的标准请写 to_confirm = true")
    return Clause(key, source, is_open)


def _accumulation(node: Node, above: Clause) -> tuple[bool, Clause]:
    if not node.has("accumulation"):
        return False, above
    table = node.node("accumulation")
    over = table.one_of("over", ("case", "period"))
    clause = _clause(table, f"{above.key}.accumulation")
    table.finish()
    return over == "period", clause


def _part(node: Node, above: str) -> BenefitPart:
    part_id = node.slug("id")
    kind = node.kind_of("kind", tuple(READERS))
    clause = _clause(node, f"{above}.{part_id}")
    rule = READERS[kind](node)
    if rule is None and not clause.open:
        node.note(part_id, "没有写标准;标准未知时请写 to_confirm = true")
    part = BenefitPart(part_id, clause, rule, node.flag("optional"))
    node.finish()
    return part


def _maybe(node: Node, key: str, most: int = MOST) -> int | None:
    return node.count(key, most=most) if node.has(key) else None


def _deductible(node: Node, above: str) -> Deductible:
    table = node.node("deductible")
    clause = _clause(table, f"{above}.deductible")
    found = Deductible(
        clause=clause,
        fen=_maybe(table, "fen"),
        later_fen=_maybe(table, "later_fen"),
        once=table.one_of("per", ("admission", "period"), "admission") == "period",
    )
    if found.fen is None and not clause.open:
        table.note("fen", "没有填写")
    if found.later_fen is not None and (found.once or found.later_fen > (found.fen or 0)):
        table.note("later_fen", "只能用于按每次住院扣的起付线,且不能高于 fen")
    table.finish()
    return found


def _waiting(node: Node, above: str) -> Waiting:
    table = node.node("waiting")
    clause = _clause(table, f"{above}.waiting")
    bands = table.each("bands", _waiting_band)
    if not bands and not clause.open:
        table.note("bands", "没有填写")
    ends = [band.to_day for band in bands]
    for place, band in enumerate(bands[1:]):
        end = ends[place]
        if end is None or band.from_day <= end:
            table.note("bands", "的天数应由前到后,不重叠")
    found = Waiting(
        clause=clause,
        bands=bands,
        renewal=table.one_of("renewal", ("exempt", "counts-on", "again"), "again"),
        plans=table.texts("plans"),
        gap_days=_maybe(table, "gap_days", MOST_DAYS) or 0,
    )
    table.finish()
    return found


def _waiting_band(node: Node) -> WaitingBand:
    start = node.count("from_day", most=MOST_DAYS)
    band = WaitingBand(
        from_day=start,
        to_day=node.count("to_day", least=start, most=MOST_DAYS) if node.has("to_day") else None,
        share=node.share("share") if node.has("share") else None,
        fen=_maybe(node, "fen"),
        per_share=node.flag("per_share"),
    )
    if (band.share is None) == (band.fen is None):
        node.note("share", "和 fen 要写且只写一个")
    node.finish()
    return band


def _ceiling(node: Node, above: str) -> Ceiling:
    per = node.one_of("per", ("case", "period", "lifetime"))
    first, last = node.day("from"), node.day("until")
    if first is not None and last is not None and last < first:
        node.note("until", "早于 from")
    clause = _clause(node, f"{above}.{ceiling_name(per, first, last)}")
    fen = _maybe(node, "fen")
    if fen is None and not clause.open:
        node.note("fen", "没有填写")
    found = Ceiling(clause, per, fen, node.flag("per_share"), node.texts("plans"), first, last)
    node.finish()
    return found


def ceiling_name(per: str, first: datetime.date | None, last: datetime.date | None) -> str:
    """The end of a ceiling's key path, such as ceilings.period or ceilings.period-from-2020."""
    days = (f"-from-{first}" if first else "") + (f"-until-{last}" if last else "")
    return f"ceilings.{per}{days}"


def numbered(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys that each name one clause: the second of one name ends in .2, the next in .3."""
    seen: Counter[str] = Counter()
    found = []
    for key in keys:
        seen[key] += 1
        found.append(key if seen[key] == 1 else f"{key}.{seen[key]}")
    return tuple(found)


def _told_apart(rules: tuple[_Rule, ...]) -> tuple[_Rule, ...]:
    keys = numbered(one.clause.key for one in rules)
    return tuple(
        replace(one, clause=replace(one.clause, key=key))
        for one, key in zip(rules, keys, strict=True)
    )


def _minimum(node: Node, above: str) -> Minimum:
    table = node.node("minimum")
    found = Minimum(_clause(table, f"{above}.minimum"), table.count("fen"))
    table.finish()
    return found


def _classes(node: Node, above: str, parts: tuple[BenefitPart, ...]) -> Mapping[str, PersonClass]:
    if not node.has("classes"):
        return {}
    table = node.node("classes")
    found = {
        name: _class(table.node(name), f"{above}.classes.{name}", parts)
        for name in table.names()
        if table.has(name)
    }
    table.finish()
    return found


def _class(node: Node, key: str, parts: tuple[BenefitPart, ...]) -> PersonClass:
    shares = node.each("bands", _only_share)
    for part in parts:
        if shares and isinstance(part.rule, Brackets) and len(part.rule.bands) != len(shares):
            node.note("bands", "的档数应与待遇的档数相同")
    found = PersonClass(
        clause=_clause(node, key),
        label=node.text("label"),
        shares=shares,
        deductible_fen=_maybe(node, "deductible_fen"),
        later_deductible_fen=_maybe(node, "later_deductible_fen"),
    )
    node.finish()
    return found


def _only_share(node: Node) -> Fraction:
    share = node.share("share")
    node.finish()
    return share


def _stacking(node: Node, above: str) -> Stacking:
    found = Stacking(
        clause=_clause(node, f"{above}.stacking"),
        mode=node.one_of("mode", ("net-of", "tops-up", "excludes")),
        plans=node.texts("plans"),
    )
    if not found.plans:
        node.note("plans", "没有填写")
    node.finish()
    return found
