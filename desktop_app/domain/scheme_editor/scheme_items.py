"""Items of a scheme copied under an id of their own, and words changed with what hangs on them."""

from __future__ import annotations

from typing import Any

from desktop_app.domain.scheme_editor.scheme_blocks import free_id, next_channel, next_year
from desktop_app.domain.scheme_editor.scheme_options import DEFAULTS, KINDS, asked_for, pattern_of
from desktop_app.domain.toml.toml_edit import set_value, unset, value_at, values_of
from desktop_app.domain.toml.toml_map import ITEM
from desktop_app.domain.toml.toml_moves import copy_item, remove_table

_WITH_PLAN = "plans[].with_plan"


def copied(text: str, path: str) -> str:
    """Put a copy of an item behind it; what must differ from the others does.

    Raises:
        KeyError: there is no such item.
    """
    new = copy_item(text, path)
    found = ITEM.match(path)
    assert found is not None  # copy_item knows items only
    there = value_at(values_of(text), found["list"])
    place = f"{found['list']}[{int(found['place']) + 1}]"
    for key, value in _own(found["list"], value_at(values_of(text), path), there).items():
        new = set_value(new, f"{place}.{key}", value)
    return new


def _own(path: str, item: dict[str, Any], there: list[Any]) -> dict[str, Any]:
    if path == "funding.channels":
        return next_channel(there)
    if path == "drives":
        return next_year(there)
    return {
        key: free_id(item[key], [one.get(key) for one in there])
        for key in ("id", "key")
        if isinstance(item.get(key), str)
    }


def with_value(text: str, path: str, value: Any) -> str:
    """Set a value; where other keys hang on the word, they come and go with it.

    Raises:
        KeyError: the text's shape has no place for it.
    """
    pattern = pattern_of(path)
    text = set_value(text, path, value)
    if pattern == _WITH_PLAN:
        return _without_key(text, f"{path.rpartition('.')[0]}.fee_fen")
    return _with_kind(text, path, value) if pattern in KINDS else text


def without_value(text: str, path: str) -> str:
    """Take a key out; what then has to stand there comes with it.

    Raises:
        KeyError: the key is not there.
    """
    pattern = pattern_of(path)
    text = unset(text, path)
    if pattern == _WITH_PLAN:
        return set_value(text, f"{path.rpartition('.')[0]}.fee_fen", {"to_confirm": True})
    return _with_kind(text, path, DEFAULTS[pattern]) if pattern in DEFAULTS else text


def _with_kind(text: str, path: str, value: Any) -> str:
    pattern, above = pattern_of(path), path.rpartition(".")[0]
    known = {key for keys in KINDS[pattern].values() for key in keys}
    kept = KINDS[pattern].get(value, {})
    here = value_at(values_of(text), above)
    for key in sorted(known - kept.keys()):
        text = _without_key(text, f"{above}.{key}")
    for key, start in asked_for(pattern, value).items():
        if key not in here:
            text = set_value(text, f"{above}.{key}", start)
    return text


def _without_key(text: str, path: str) -> str:
    found = value_at(values_of(text), path)
    if found is None:
        return text
    return remove_table(text, path) if isinstance(found, list) else unset(text, path)
