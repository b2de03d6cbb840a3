"""The clauses of a scheme's benefits by key path: what is open, and what the head ruled on each.

A ruling is laid over the plan's own table of the file and read again by the file's readers, so
that a figure typed later is refused with the same sentences as one written in the file.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from desktop_app.domain.schemes.benefit_readers import ceiling_name, numbered, read_benefits
from desktop_app.domain.schemes.scheme_faults import SchemeError
from desktop_app.domain.schemes.scheme_model import Scheme
from desktop_app.domain.schemes.scheme_nodes import Book, Node
from desktop_app.domain.schemes.scheme_parts import Plan
from desktop_app.errors import UserError

READ, NONE, GIVEN = "read", "none", "given"
WAYS = (READ, NONE, GIVEN)
ABSENT = frozenset(("deductible", "waiting", "ceilings", "minimum"))
_SINGLE = ("accumulation", "deductible", "waiting", "minimum")
_OWN = frozenset(("id", "to_confirm", "source"))
_KNOWN = ("known_from", "known_until")


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the head said of a clause.

    Args:
        way: `read` as the file reads it, `none` where the document has no such rule, `given`.
        document: where it stands.
        values: the document's own values, keys as in the file.
    """

    way: str
    document: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spot:
    """One clause in a plan's raw table.

    Args:
        key: its key path, as answers name it in `to_confirm`.
        kind: `benefits`, `part`, `band`, `class`, a key of _KNOWN, or the table's own name.
        table: the clause's table.
        above: the table that holds it.
    """

    key: str
    kind: str
    table: dict[str, Any]
    above: dict[str, Any]

    @property
    def open(self) -> bool:
        return self.kind in _KNOWN or bool(self.table.get("to_confirm"))


def tables_of(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Each plan's raw table of benefits out of a scheme file's values."""
    return {plan["id"]: plan["benefits"] for plan in values["plans"] if "benefits" in plan}


def spots(plan_id: str, table: dict[str, Any]) -> Iterator[Spot]:
    """Every clause of a plan's benefits, in the order of figuring."""
    base = f"plans.{plan_id}.benefits"
    yield Spot(base, "benefits", table, table)
    for name in _KNOWN:
        if name in table:
            yield Spot(f"{base}.{name}", name, table, table)
    for name, one in table.get("classes", {}).items():
        yield Spot(f"{base}.classes.{name}", "class", one, table)
    yield from _spots_of_parts(base, table)
    for name in _SINGLE:
        if name in table:
            yield Spot(f"{base}.{name}", name, table[name], table)
    ceilings, stacking = table.get("ceilings", []), table.get("stacking", [])
    names = (ceiling_name(one["per"], one.get("from"), one.get("until")) for one in ceilings)
    for name, one in zip(numbered(names), ceilings, strict=True):
        yield Spot(f"{base}.{name}", "ceilings", one, table)
    for name, one in zip(numbered("stacking" for _ in stacking), stacking, strict=True):
        yield Spot(f"{base}.{name}", "stacking", one, table)


def _spots_of_parts(base: str, table: dict[str, Any]) -> Iterator[Spot]:
    for part in table.get("parts", []):
        key = f"{base}.{part['id']}"
        yield Spot(key, "part", part, table)
        for band in part.get("bands", []):
            yield Spot(f"{key}.above-{band['above_fen']}", "band", band, part)


def open_spots(values: Mapping[str, Any]) -> tuple[Spot, ...]:
    """The clauses that wait for the head."""
    found = (spot for plan, table in tables_of(values).items() for spot in spots(plan, table))
    return tuple(spot for spot in found if spot.open)


def with_clauses(
    scheme: Scheme, values: Mapping[str, Any], rulings: Mapping[str, Ruling]
) -> Scheme:
    """The scheme with rulings laid over; one on a clause that the file has not is not used.

    Raises:
        UserError: `scheme-invalid` where the values do not read, `clause-way` where the clause
            cannot be ruled on in this way.
    """
    tables = tables_of(values)
    plans = [
        _plan_with(plan, place, tables.get(plan.id), rulings)
        for place, plan in enumerate(scheme.plans, start=1)
    ]
    return replace(scheme, plans=tuple(plans))


def _plan_with(
    plan: Plan, place: int, table: dict[str, Any] | None, rulings: Mapping[str, Ruling]
) -> Plan:
    own = {key: one for key, one in rulings.items() if key.split(".")[1] == plan.id}
    if table is None or not own:
        return plan
    table = copy.deepcopy(table)
    absent = lay_over(plan.id, table, own)
    book = Book(None, {})
    benefits = read_benefits(Node(table, f"plans[{place}].benefits", book), plan.id)
    if faults := book.faults.told():
        raise SchemeError(faults, None)
    kept = tuple(one for one in benefits.ceilings if one.clause.key not in absent)
    return replace(plan, benefits=replace(benefits, ceilings=kept))


def lay_over(plan_id: str, table: dict[str, Any], rulings: Mapping[str, Ruling]) -> frozenset[str]:
    """Change a plan's table by rulings; the keys of ceilings that the document has not.

    Those stay in the table, so that taking one out does not give its key to the next.
    """
    absent = set()
    for key, ruling in rulings.items():
        for spot in [one for one in spots(plan_id, table) if one.key == key]:
            if spot.kind == "ceilings" and ruling.way == NONE:
                absent.add(key)
            else:
                _rule(spot, ruling)
    return frozenset(absent)


def _rule(spot: Spot, ruling: Ruling) -> None:
    if spot.kind == "benefits" and not spot.table.get("parts"):
        raise UserError(
            "clause-way",
            "这个项目的待遇在方案里还没有写,不能逐条确认。",
            "请在“更多 → 高级:方案”由现行的一版新建草稿,按文件写入待遇标准后启用。",
            spot.key,
        )
    if ruling.way == NONE:
        _take_out(spot)
        return
    if ruling.way == GIVEN:
        _check_given(spot, ruling)
        spot.table.update(_dated(ruling.values))
    elif spot.kind in _KNOWN:
        del spot.table[spot.kind]  # the standard as it stands holds for those events, too
    _settle(spot, ruling.document)


def _take_out(spot: Spot) -> None:
    if spot.kind not in ABSENT:
        raise UserError(
            "clause-way",
            "这一条不能确认为“没有这项规定”。",
            "请照文件里的标准确认;文件确实没有的,请在方案草稿里改写。",
            spot.key,
        )
    del spot.above[spot.kind]


def _check_given(spot: Spot, ruling: Ruling) -> None:
    fixed = _OWN | ({"per", "from", "until"} if spot.kind == "ceilings" else set())
    wrong = sorted(fixed & ruling.values.keys())
    if spot.kind in {"benefits", *_KNOWN}:
        wrong += sorted(ruling.values.keys() - {spot.kind})
    if wrong or not ruling.values:
        raise UserError(
            "clause-values",
            f"这一条不能这样填写{':' if wrong else '。'}{'、'.join(wrong)}",
            "请只填这一条自己的数值,依据另填。",
            spot.key,
        )


def _dated(values: Mapping[str, Any]) -> dict[str, Any]:
    """JSON has no days; the file's readers want one."""
    found = dict(values)
    for name in _KNOWN:
        if isinstance(day := found.get(name), str):
            with suppress(ValueError):  # what is no day is refused by its reader
                found[name] = datetime.date.fromisoformat(day)
    return found


def _settle(spot: Spot, document: str) -> None:
    """The clause is open no longer and stands in the document."""
    if spot.kind == "band":
        spot.table.pop("to_confirm", None)
        spot.above["source"] = _joined(spot.above, document)
    elif spot.kind in _KNOWN:
        spot.table["source"] = _joined(spot.table, document)
    else:
        spot.table.pop("to_confirm", None)
        spot.table["source"] = document


def _joined(table: Mapping[str, Any], document: str) -> str:
    return ";".join(text for text in (table.get("source", ""), document) if text)
