"""The keys that a table of a scheme may have or not, each with a value to begin with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from db.codes import Handling, UnitKind
from desktop_app.domain.scheme_editor.scheme_choices import choices_at
from desktop_app.domain.schemes.scheme_cover_readers import COVER_EVENTS
from desktop_app.domain.schemes.scheme_readers import FORMS
from desktop_app.domain.toml.toml_edit import value_at

_OPEN = {"to_confirm": True}
_STEP = {"other_than": "", "requires": [], "undo": True}
# Key -> the value it begins with; "" is the first word that may stand there, else to be filled.
_OPTIONAL: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "": {"effective_from": "", "effective_until": ""},
        "words.forms": dict.fromkeys(FORMS, ""),
        "notices": {"paid": "", "feedback": ""},
        "eligibility": {
            "over_age_paper": "",
            "employment": ["regular", "contract"],
            "temporary_over_months": "",
            "insurance": ["employee"],
            "health_declaration": True,
            "union_member": True,
            "areas": [],
            "unit_kinds": [],
        },
        "eligibility.must_join": {"unit_kinds": []},
        "participation": {"including": True, "women_base": "women", "women_limit": "unit"},
        "plans[]": {"short_name": "", "holders": "women", "fee_fen": _OPEN, "with_plan": ""},
        "plans[].fee_classes[]": {"unit_kinds": []},
        "plans[].share_limits": {kind.value: _OPEN for kind in UnitKind},
        "plans[].benefits": {
            "counts": "eligible_own_fen",
            "or_own": True,
            "combine": "sum",
            "known_from": "",
            "known_until": "",
            "ends_plan": True,
            "to_confirm": True,
        },
        "plans[].benefits.accumulation": _OPEN,
        "plans[].benefits.deductible": {"per": "admission", "fen": "", "later_fen": "", **_OPEN},
        "plans[].benefits.waiting": {"renewal": "exempt", "plans": [], "gap_days": "", **_OPEN},
        "plans[].benefits.waiting.bands[]": {
            "to_day": "",
            "share": "",
            "fen": "",
            "per_share": True,
        },
        "plans[].benefits.ceilings[]": {
            "fen": "",
            "per_share": True,
            "plans": [],
            "from": "",
            "until": "",
            **_OPEN,
        },
        "plans[].benefits.minimum": _OPEN,
        "plans[].benefits.classes.?": {"deductible_fen": "", "later_deductible_fen": "", **_OPEN},
        "plans[].benefits.stacking[]": _OPEN,
        "plans[].benefits.parts[]": {"optional": True, **_OPEN},
        "plans[].benefits.parts[].bands[]": _OPEN,
        "plans[].benefits.parts[].amounts[]": {"label": ""},
        "plans[].benefits.parts[].grades[]": {"label": ""},
        "coverage.additions": {"source": ""},
        "coverage.events": {event: {"effect": "to-confirm"} for event in COVER_EVENTS},
        "coverage.events.?": {"text": "", "source": ""},
        "drives[]": {"list_due_on": "", "closes_on": ""},
        "windows[]": {
            "opens_at": "",
            "closes_at": "",
            "ends_by": "",
        },
        "funding": {"default_payer": "unit-and-member"},
        "funding.channels[]": {"unit_kinds": [], "note": ""},
        "province.profiles[]": {"attachments": [], "fields": []},
        "papers[]": {"archived": True, "seal": True, "when": "over-age"},
        "claims": {"pays": "province"},
        "claims.papers[]": {"plans": [], "required": False},
        "claims.steps[]": {
            "action": "",
            "act": "claim.move-on",
            "who": "reviewer",
            "other_person": True,
            "requires": ["amount"],
            "optional": True,
            "then": "",
            "returns_to": "",
            "refuses_to": "",
        },
        **{f"steps.{way}[]": _STEP for way in Handling},
    }
)
# What the word at a path asks for: word -> key -> the value it begins with.
KINDS: Mapping[str, Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "eligibility.age_rule": {
            "years": {"min_age": "", "max_age": ""},
            "statutory": {"min_age": ""},
            "none": {"min_age": ""},
        },
        "coverage.kind": {
            "from-plan-document": {},
            "fixed": {"first": ""},
            "yearly": {"first_month": _OPEN},
        },
        "plans[].benefits.parts[].kind": {
            "rate": {"share": ""},
            "brackets": {"bands": [{"above_fen": 0, "share": ""}]},
            "steps": {"steps": [{"from_fen": 0, "fen": ""}]},
            "fixed": {"fen": "", "per_share": True},
            "daily": {"day_fen": "", "waiting_days": "", "limit_days": ""},
            "severity": {
                "amounts": [
                    {"key": "severe", "label": "重度", "fen": ""},
                    {"key": "light", "label": "轻度", "fen": ""},
                ]
            },
            "grade": {
                "amounts": [{"key": "grade-1", "label": "一级", "fen": ""}],
                "per_share": True,
            },
            "disability": {
                "sum_fen": "",
                "grades": [{"key": "grade-1", "label": "一级", "share": ""}],
                "per_share": True,
            },
        },
    }
)
# Keys that name something the scheme itself defines.
REFERENCES = frozenset(
    ("over_age_paper", "with_plan", "other_than", "then", "returns_to", "refuses_to")
)
DEFAULTS = {"eligibility.age_rule": "years"}
_MAY_LACK = frozenset(("per_share", "waiting_days", "limit_days"))
_PLACE = re.compile(r"\[\d+\]")
_NAMED = re.compile(r"(classes|events)\.[^.]+$")


def pattern_of(path: str) -> str:
    """A key path without the places of its items and the names that a scheme gives itself."""
    return _NAMED.sub(r"\1.?", _PLACE.sub("[]", path))


def optional_keys(table: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The keys that a table may have or not, each with a value to begin with."""
    pattern = pattern_of(table)
    found = dict(_OPTIONAL.get(pattern, {}))
    here = value_at(values, table) if table else values
    for place, kinds in KINDS.items():
        above, _dot, key = place.rpartition(".")
        if above == pattern and isinstance(here, Mapping):
            word = here.get(key, DEFAULTS.get(place))
            found |= _of_kind(kinds.get(str(word), {}), here)
            if place in DEFAULTS:
                found[key] = DEFAULTS[place]
    if isinstance(here, Mapping) and here.get("with_plan"):
        found.pop("fee_fen", None)  # it costs nothing of its own
    started = {key: _start(f"{table}.{key}", value, values) for key, value in found.items()}
    return {key: one for key, one in started.items() if one != "" or key not in REFERENCES}


def asked_for(pattern: str, word: str) -> Mapping[str, Any]:
    """What must stand beside the word at a place of KINDS."""
    keys = KINDS[pattern].get(word, {})
    if pattern == "eligibility.age_rule" and word != "years":
        return {}
    return {key: value for key, value in keys.items() if key not in _MAY_LACK}


def may_lack(table: str, key: str, values: Mapping[str, Any]) -> bool:
    """Whether a table that has the key can be without it."""
    pattern = pattern_of(table)
    here = value_at(values, table) if table else values
    if (pattern, key) == ("plans[]", "fee_fen"):
        return False
    for place in ("eligibility.age_rule", "coverage.kind"):
        above, _dot, telling = place.rpartition(".")
        word = here.get(telling, DEFAULTS.get(place, "")) if above == pattern else ""
        if key in asked_for(place, word):
            return False
    return key in optional_keys(table, values)


def _of_kind(keys: Mapping[str, Any], here: Mapping[str, Any]) -> dict[str, Any]:
    """Lists of tables are blocks; what only goes with the first key waits for it."""
    single = {key: one for key, one in keys.items() if not isinstance(one, list)}
    first = next(iter(keys), "")
    if first in single and first not in here:
        return {first: single[first]}
    return single


def _start(path: str, value: Any, values: Mapping[str, Any]) -> Any:
    return next(iter(choices_at(path, values)), value) if value == "" else value
