"""The words that a scheme's values are chosen from, with what they mean; some the scheme defines.

Words of the format stand in `scheme_words`; papers, plans and steps are the document's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from desktop_app.domain.scheme_editor.scheme_terms import choices_of, items_of, value_text
from desktop_app.domain.schemes.scheme_model import PAPER_REQUIREMENTS
from desktop_app.domain.toml.toml_edit import value_at

PAPER_WORDS: Mapping[str, str] = dict(
    zip(PAPER_REQUIREMENTS, ("收到", "已打印", "盖章件收回"), strict=True)
)
_PLACES = re.compile(r"\[\d+\]")
_STEP_PLACE = re.compile(r"^(?P<list>steps\.[a-z-]+)\[(?P<place>\d+)\]\.")
_BENEFIT_PLANS = re.compile(r"plans\.benefits\.(?:waiting|ceilings|stacking)\.plans")


def choices_at(path: str, values: Mapping[str, Any]) -> Mapping[str, str]:
    """The words that the key may hold in this scheme; empty where it holds anything."""
    place = _PLACES.sub("", path)
    if place == "eligibility.over_age_paper":
        return _named(values, "papers", "label")
    if place == "plans.with_plan":
        return _other_plans(path, values)
    if place in {f"claims.steps.{key}" for key in ("then", "returns_to", "refuses_to")}:
        return _named(value_at(values, "claims") or {}, "steps", "label", "key")
    if place.startswith("steps.") and place.endswith(".other_than"):
        return _acts_before(path, values)
    return choices_of(path)


def items_at(path: str, values: Mapping[str, Any]) -> Mapping[str, str]:
    """The words that the list may hold in this scheme; empty where it holds anything."""
    place = _PLACES.sub("", path)
    if place == "province.profiles.attachments":
        return _named(values, "papers", "label")
    if place == "claims.papers.plans" or _BENEFIT_PLANS.fullmatch(place):
        return _named(values, "plans", "short_name")
    if place.startswith("steps.") and place.endswith(".requires"):
        return {**items_of(path), **_paper_requirements(path, values)}
    return items_of(path)


def said(path: str, value: Any, values: Mapping[str, Any]) -> str:
    """A value in words, the scheme's own names among them; — where there is none."""
    if isinstance(value, list) and (known := items_at(path, values)):
        return "、".join(known.get(str(one), str(one)) for one in value) or "(空)"
    if isinstance(value, str) and value in (choices := choices_at(path, values)):
        return choices[value]
    return value_text(path, value)


def is_id(path: str, values: Mapping[str, Any]) -> bool:
    """Whether the program alone needs the key."""
    return path.rpartition(".")[2] in ("id", "key") and not choices_at(path, values)


def _tables(values: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    found = values.get(key)
    yield from (one for one in (found if isinstance(found, list) else ()) if isinstance(one, dict))


def _named(values: Mapping[str, Any], key: str, name: str, by: str = "id") -> dict[str, str]:
    return {
        str(one[by]): str(one.get(name) or one.get("name") or one[by])
        for one in _tables(values, key)
        if by in one
    }


def _other_plans(path: str, values: Mapping[str, Any]) -> dict[str, str]:
    own = value_at(values, f"{path.rpartition('.')[0]}.id")
    dependent = {one.get("id") for one in _tables(values, "plans") if one.get("with_plan")}
    plans = _named(values, "plans", "short_name")
    return {key: name for key, name in plans.items() if key not in {own, *dependent}}


def _acts_before(path: str, values: Mapping[str, Any]) -> dict[str, str]:
    found = _STEP_PLACE.match(path)
    steps = value_at(values, found["list"]) if found else None
    if found is None or not isinstance(steps, list):
        return {}
    before = [one for one in steps[: int(found["place"]) - 1] if isinstance(one, dict)]
    known = choices_of(f"{found['list']}.act")
    return {
        str(one["act"]): f"{known.get(one['act'], one['act'])}({one.get('label', '')})"
        for one in before
        if "act" in one
    }


def _paper_requirements(path: str, values: Mapping[str, Any]) -> dict[str, str]:
    """What can be done with each paper, and what the list asks for already."""
    there = value_at(values, path) or []
    return {
        word: f"{PAPER_WORDS[kind]}:{one.get('label') or one['id']}"
        for one in _tables(values, "papers")
        for kind in PAPER_REQUIREMENTS
        if "id" in one and ((word := f"{kind}:{one['id']}") in there or _can_be(kind, one))
    }


def _can_be(kind: str, paper: Mapping[str, Any]) -> bool:
    """The office's papers are printed and come back stamped; the others are handed in."""
    own = paper.get("who") == "office"
    if kind == "stamped":
        return own or paper.get("seal") is True
    return own is (kind == "printed")
