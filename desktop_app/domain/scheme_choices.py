"""What a value of one scheme may be, by the scheme's own papers, plans and steps too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from desktop_app.domain.scheme_model import PAPER_REQUIREMENTS
from desktop_app.domain.scheme_terms import choices_of, items_of

_PLACE = re.compile(r"\[\d+\]")
_OF_PAPERS = MappingProxyType({"paper": "已收到", "printed": "已打印", "stamped": "已盖章收回"})
_NONE = MappingProxyType({"": "(没有)"})


def choices_in(path: str, values: Mapping[str, Any]) -> Mapping[str, str]:
    """The words a key may hold with what they mean, the document's own among them."""
    known = choices_of(path)
    if known:
        return known
    bare = _PLACE.sub("", path)
    if bare == "eligibility.over_age_paper":
        return _papers(values)
    if bare == "plans.with_plan":
        return {**_NONE, **_plans(values)}
    if bare in ("claims.steps.then", "claims.steps.returns_to", "claims.steps.refuses_to"):
        steps = values.get("claims", {}).get("steps", [])
        return {**_NONE, **{step["key"]: step.get("label", step["key"]) for step in steps}}
    return {}


def items_in(path: str, values: Mapping[str, Any]) -> Mapping[str, str]:
    """The words a list may hold with what they mean, the document's own among them."""
    bare = _PLACE.sub("", path)
    if bare in ("steps.on-behalf.requires", "steps.by-unit.requires"):
        return {**items_of(path), **_of_papers(values)}
    known = items_of(path)
    if known:
        return known
    if bare == "province.profiles.attachments":
        return _papers(values)
    if bare.startswith(("plans.benefits.", "claims.papers.")) and bare.endswith(".plans"):
        return _plans(values)
    return {}


def _of_papers(values: Mapping[str, Any]) -> dict[str, str]:
    """What the office prints is printed and stamped; the other papers are handed in."""
    found = {}
    for kind in PAPER_REQUIREMENTS:
        for paper in values.get("papers", []):
            if (paper.get("who") == "office") == (kind != "paper"):
                name = paper.get("label", paper["id"])
                found[f"{kind}:{paper['id']}"] = f"{name}{_OF_PAPERS[kind]}"
    return found


def _papers(values: Mapping[str, Any]) -> dict[str, str]:
    return {one["id"]: one.get("label", one["id"]) for one in values.get("papers", [])}


def _plans(values: Mapping[str, Any]) -> dict[str, str]:
    return {one["id"]: one.get("short_name", one["id"]) for one in values.get("plans", [])}
