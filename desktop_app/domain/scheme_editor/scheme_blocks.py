"""What may still be added to a scheme: a small table for each block, figures left to be filled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from db.codes import Channel
from desktop_app.domain.labels import LABELS
from desktop_app.domain.scheme_editor.scheme_block_texts import BLOCKS, Block
from desktop_app.domain.scheme_editor.scheme_options import pattern_of
from desktop_app.domain.scheme_editor.scheme_terms import part_of
from desktop_app.domain.schemes.scheme_model import STEP_ACTS
from desktop_app.domain.toml.toml_edit import value_at, values_of
from desktop_app.domain.toml.toml_lines import below
from desktop_app.domain.toml.toml_tables import add_item, add_table

# In this order new tables are put into a text.
ORDER = (
    "words", "eligibility", "participation", "plans", "coverage", "drives", "windows", "closures",
    "funding", "payee", "province", "papers", "claims", "steps", "notices",
)  # fmt: skip
_SINGLES = frozenset(block.path for block in BLOCKS if not block.item)
_CLASSES, _SPLIT = "plans[].fee_classes", frozenset(("parts", "joint"))
_NUMBER = re.compile(r"-\d+$")


@dataclass(frozen=True, slots=True)
class Offer:
    """One block at the place where a scheme can take it.

    Args:
        path: the table's key path; of an item, the path of its list.
        owner: the table that it belongs to; empty for the scheme itself.
        label: as the menu says it.
        block: its text.
    """

    path: str
    owner: str
    label: str
    block: Block


def offers(part: str, values: Mapping[str, Any]) -> tuple[Offer, ...]:
    """The blocks that a part of a scheme can still take, in the order of the format."""
    return tuple(
        offer
        for block in BLOCKS
        for offer in _offers_of(block, values)
        if part_of(below(offer.path, "")) == part
    )


def add(text: str, offer: Offer) -> tuple[str, str]:
    """The text with the block in it, and the new table's key path.

    Raises:
        KeyError: the text's shape has no place for it.
    """
    values = values_of(text)
    table = tomllib.loads(offer.block.text)
    if not offer.block.item:
        return add_table(text, offer.path, table, ORDER), offer.path
    there = value_at(values, offer.path) or []
    fill = _FILLERS.get(pattern_of(offer.path))
    if fill is not None:
        table |= fill(there)
    for key in ("id", "key"):
        if key in table:
            table[key] = free_id(table[key], [one.get(key) for one in there])
    return add_item(text, offer.path, table, ORDER), f"{offer.path}[{len(there) + 1}]"


def may_go(path: str) -> bool:
    """Whether a scheme can be without the table at a path."""
    return pattern_of(path) in _SINGLES


def free_id(wanted: str, used: list[Any]) -> str:
    """An id that is not used yet: the wanted one with the next number behind it."""
    if wanted not in used:
        return wanted
    stem = _NUMBER.sub("", wanted)[:36]
    return next(
        one for number in range(2, len(used) + 3) if (one := f"{stem}-{number}") not in used
    )


def _offers_of(block: Block, values: Mapping[str, Any]) -> Iterator[Offer]:
    for owner in _tables(block.owner, values):
        if not block.fits(value_at(values, owner) if owner else values):
            continue
        path = below(owner, block.key)
        if path.endswith(".?"):
            named = value_at(values, path[:-2]) or {}
            path = f"{path[:-1]}{free_id('class-1', list(named))}"
        there = value_at(values, path)
        if path == "funding.channels" and len(there or ()) >= len(Channel):
            continue  # each is there
        if (block.item or there is None) and not _stands_against(block, values):
            yield Offer(path, owner, block.label, block)


def _stands_against(block: Block, values: Mapping[str, Any]) -> bool:
    """Whether the scheme has what cannot be beside the block: fees by class, fixed parts of one."""
    if block.path == _CLASSES:
        return bool(values.get("funding", {}).keys() & _SPLIT)
    split = block.owner == "funding" and block.key in _SPLIT
    return split and any("fee_classes" in plan for plan in values.get("plans", ()))


def _tables(pattern: str, values: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """The key paths of the tables there are of a pattern such as plans[].benefits."""
    if not pattern:
        yield path
        return
    step, _dot, rest = pattern.partition(".")
    key = step.removesuffix("[]")
    for name in list(values) if key == "?" else [key]:
        found = values.get(name)
        if step.endswith("[]") and isinstance(found, list):
            for number, item in enumerate(found, start=1):
                if isinstance(item, dict):
                    yield from _tables(rest, item, f"{below(path, name)}[{number}]")
        elif isinstance(found, dict) and not step.endswith("[]"):
            yield from _tables(rest, found, below(path, name))


def next_year(there: list[Any]) -> dict[str, Any]:
    """The year after those there are."""
    years = [one["year"] for one in there if isinstance(one.get("year"), int)]
    return {"year": max(years) + 1} if years else {}


def next_channel(there: list[Any]) -> dict[str, Any]:
    """A channel that is not used yet."""
    used = {one.get("id") for one in there}
    free = next((one for one in Channel if one.value not in used), Channel.UNSTATED)
    return {"id": free.value, "label": LABELS[Channel][free.value]}


def _next_border(key: str) -> Callable[[list[Any]], dict[str, Any]]:
    def fill(there: list[Any]) -> dict[str, Any]:
        borders = [one[key] for one in there if isinstance(one.get(key), int)]
        return {key: max(borders) + 100} if borders else {}

    return fill


def _next_day(there: list[Any]) -> dict[str, Any]:
    last = there[-1].get("to_day") if there else None
    return {"from_day": last + 1} if isinstance(last, int) else {}


def _then_the_end(there: list[Any]) -> dict[str, Any]:
    ends = [one["key"] for one in there if not one.get("act") and "key" in one]
    return {"then": ends[0]} if len(ends) == 1 else {}


def _free_act(there: list[Any]) -> dict[str, Any]:
    used = {one.get("act") for one in there}
    return {"act": next((act for act in STEP_ACTS if act not in used), STEP_ACTS[-1])}


_PARTS = "plans[].benefits.parts[]"
_FILLERS: Mapping[str, Callable[[list[Any]], dict[str, Any]]] = {
    "drives": next_year,
    "funding.channels": next_channel,
    f"{_PARTS}.bands": _next_border("above_fen"),
    f"{_PARTS}.steps": _next_border("from_fen"),
    "plans[].benefits.waiting.bands": _next_day,
    "claims.steps": _then_the_end,
    "steps.on-behalf": _free_act,
    "steps.by-unit": _free_act,
}
