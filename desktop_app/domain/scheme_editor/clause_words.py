"""What a clause of a benefit is called, how the file reads it, and what may be typed for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop_app.domain.money import yuan
from desktop_app.domain.scheme_editor.scheme_terms import choices_of, key_word, value_text
from desktop_app.domain.schemes.clauses import ABSENT, Spot

BENEFITS = "待遇标准"
_LABELS = {
    "benefits": BENEFITS,
    "known_from": "标准从哪一天起",
    "known_until": "标准用到哪一天",
    "accumulation": "累计办法",
    "deductible": "起付线",
    "waiting": "等待期",
    "minimum": "最低补助",
    "ceilings": "封顶",
    "stacking": "与其他项目的关系",
}
_PARTS = {
    "brackets": "分段标准",
    "rate": "比例",
    "daily": "每天补贴",
    "severity": "轻重标准",
    "grade": "等级标准",
    "disability": "伤残标准",
    "fixed": "定额",
    "steps": "分档定额",
}
_SPANS = {"case": "每次", "period": "每期", "lifetime": "历年累计"}
_UNSAID = frozenset(
    ("id", "kind", "key", "to_confirm", "source", "optional", "plans", "gap_days", "from", "until")
)
_SUMS = frozenset(("deductible", "ceilings", "minimum"))


@dataclass(frozen=True, slots=True)
class ClauseField:
    """One value that may be typed: `kind` is fen, share or choice; `name` as in the file."""

    name: str
    label: str
    kind: str
    choices: tuple[tuple[str, str], ...] = ()


def clause_word(spot: Spot) -> str:
    """Such as 起付线."""
    if spot.kind == "part":
        return _PARTS[spot.table["kind"]]
    if spot.kind == "band":
        return f"{yuan(spot.table['above_fen'])}元以上一段的比例"
    if spot.kind == "class":
        return f"“{spot.table['label']}”的标准"
    span = _SPANS.get(spot.table.get("per", ""), "") if spot.kind == "ceilings" else ""
    days = _days(spot.table) if spot.kind == "ceilings" else ""
    place = spot.key.rpartition(".")[2]  # of several rules of one name
    return span + _LABELS[spot.kind] + days + (f"(第{place}条)" if place.isdigit() else "")


def _days(table: Mapping[str, Any]) -> str:
    """Such as (2020-01-01起), where a ceiling is of some days only."""
    first = f"{table['from']}起" if "from" in table else ""
    last = f"到{table['until']}" if "until" in table else ""
    return f"({first}{last})" if first or last else ""


def clause_label(spot: Spot, plan_name: str) -> str:
    """Such as 住院医疗 · 起付线."""
    return f"{plan_name} · {clause_word(spot)}"


def reading(spot: Spot) -> str:
    """The clause as the file reads it; empty where it has no reading."""
    if spot.kind == "benefits":
        return "按各部分标准" if spot.table.get("parts") else ""
    if spot.kind == "known_from":
        return f"从{spot.table['known_from']:%Y-%m-%d}起核对过,之前照此"
    if spot.kind == "known_until":
        return f"核对到{spot.table['known_until']:%Y-%m-%d},之后照旧"
    bare = spot.table.keys() <= _UNSAID | {"per", "per_share", "renewal"}
    return "" if bare else _words(spot.table, spot.kind)


def _words(table: Mapping[str, Any], kind: str) -> str:
    said = []
    for key, value in table.items():
        if key in _UNSAID:
            continue
        if isinstance(value, list) and value and isinstance(value[0], dict):
            said.append(";".join(_words(one, key) for one in value))
        elif key == "label":
            said.append(str(value))
        else:
            said.append(f"{key_word(key)}{value_text(f'{kind}.{key}', value)}")
    return " ".join(said)


def fault_words(place: str, message: str) -> str:
    """What a reader of the file said of one value, in words instead of its key path."""
    return f"“{key_word(place.rpartition('.')[2])}”{message.removeprefix(place).strip()}"


def may_be_absent(spot: Spot) -> bool:
    return spot.kind in ABSENT


def fields_of(spot: Spot) -> tuple[ClauseField, ...]:
    """The values of the document that are typed one by one; none where a table is wanted."""
    kind = spot.table.get("kind", "") if spot.kind == "part" else spot.kind
    if kind in _SUMS or kind == "fixed":
        return (ClauseField("fen", "金额(元)", "fen"),)
    if kind in {"rate", "band"}:
        return (ClauseField("share", "比例(%)", "share"),)
    if kind == "accumulation":
        choices = tuple(choices_of("accumulation.over").items())
        return (ClauseField("over", "累计办法", "choice", choices),)
    if kind in {"severity", "grade"}:
        lines = spot.table.get("amounts", [])
        return tuple(
            ClauseField(f"amounts.{one['key']}", f"{one.get('label', one['key'])}(元)", "fen")
            for one in lines
        )
    return ()


def typed_values(table: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed field by field, as the clause's own table has it."""
    found = {name: value for name, value in answers.items() if "." not in name}
    if found:
        return found
    return {
        "amounts": [
            {**one, "fen": answers.get(f"amounts.{one['key']}", one["fen"])}
            for one in table.get("amounts", [])
        ]
    }
