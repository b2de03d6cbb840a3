"""The stored keys by which people and units are found: name, initials, number heads and tails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from desktop_app.domain.names import (
    initials,
    key_syllables,
    name_key,
    pinyin_table,
    sort_key,
)
from desktop_app.paths import resource_path


class NameKeys(NamedTuple):
    name_key: str
    initials: str
    sort_key: str


def load_sounds() -> Mapping[str, str]:
    """Read the carried table: character -> pinyin without tone."""
    return pinyin_table(resource_path("pinyin.tsv").read_text("utf-8"))


def keys_of(name: str, sounds: Mapping[str, str]) -> NameKeys:
    key = name_key(name)
    read = key_syllables(key, sounds)
    return NameKeys(key[:60], initials(read)[:60], sort_key(read)[:160])


def tail_of(number: str | None) -> str | None:
    """The number backwards, so that its last digits are found by prefix."""
    return number[::-1] if number else None


def masked(identity: str | None) -> str:
    """As lists show it: only the last four stand."""
    if not identity:
        return ""
    return "*" * max(0, len(identity) - 4) + identity[-4:]
