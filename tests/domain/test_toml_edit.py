"""A scheme's text changed at one key: nothing else of it changes."""

from __future__ import annotations

import copy
import datetime
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from desktop_app.domain.toml.toml_edit import (
    Leaf,
    is_figure,
    leaves,
    literal,
    set_value,
    unset,
    values_of,
)
from desktop_app.domain.toml.toml_map import TextMap, is_within

SCHEMES = sorted(Path(resources.__file__).parent.joinpath("schemes").glob("*.toml"))
SCALARS = (
    st.text()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.dates()
    | st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-1000, max_value=1000)
)


def place(values: dict[str, Any], path: str) -> tuple[Any, str | int]:
    """The container a path leads into, and the last key or index."""
    steps: list[str | int] = []
    for name, at in re.findall(r"([^.\[\]]+)|\[(\d+)\]", path):
        steps.append(name or int(at) - 1)
    box: Any = values
    for step in steps[:-1]:
        box = box[step]
    return box, steps[-1]


@cache
def told_apart() -> dict[Path, list[Leaf]]:
    """The first and the last leaf of each kind, in the shortest file that has the kind.

    Those between stand in the same lines, and other files write the kind as that one does.
    """
    found, met = {}, set[tuple[str, bool]]()
    for file in sorted(SCHEMES, key=lambda one: one.stat().st_size):
        kinds: dict[tuple[str, bool], list[Leaf]] = {}
        text = file.read_text("utf-8")
        inline = TextMap(text).inline
        for leaf in leaves(text):
            braced = any(is_within(leaf.path, table) for table in inline)
            kinds.setdefault((re.sub(r"\[\d+\]", "[]", leaf.path), braced), []).append(leaf)
        own = [there for kind, there in kinds.items() if kind not in met]
        found[file] = [leaf for kind in own for leaf in (kind[0], *kind[1:][-1:])]
        met |= kinds.keys()
    return found


@pytest.mark.parametrize("file", SCHEMES, ids=lambda file: file.stem)
def test_a_value_of_each_kind_changes_alone(file: Path) -> None:
    text = file.read_text("utf-8")
    values = values_of(text)
    for leaf in told_apart()[file]:
        expected = copy.deepcopy(values)
        box, key = place(expected, leaf.path)
        assert box[key] == leaf.value
        box[key] = "换了\n的“值”"
        changed = set_value(text, leaf.path, "换了\n的“值”")
        assert values_of(changed) == expected
        assert set_value(changed, leaf.path, leaf.value).count("#") == text.count("#")


@pytest.mark.parametrize("file", SCHEMES, ids=lambda file: file.stem)
def test_a_key_of_each_kind_can_be_taken_out_and_put_back(file: Path) -> None:
    text = file.read_text("utf-8")
    values = values_of(text)
    for leaf in told_apart()[file]:
        expected = copy.deepcopy(values)
        box, key = place(expected, leaf.path)
        del box[key]
        without = unset(text, leaf.path)
        assert values_of(without) == expected
        assert values_of(set_value(without, leaf.path, leaf.value)) == values


def test_comments_stay_where_they_were() -> None:
    text = "# above\na = 1 # of a\n\n# of the table\n[t] # beside\nb = 2 # of b\n\n# below\n[u]\n"
    assert set_value(text, "t.b", 3) == text.replace("b = 2", "b = 3")
    assert set_value(text, "t.c", 4) == text.replace("# of b\n", "# of b\nc = 4\n")
    assert set_value(text, "u.x", 5) == text.replace("[u]", "[u]\nx = 5")
    assert set_value(text, "z", 6) == text.replace("# of a\n", "# of a\nz = 6\n")
    assert unset(text, "t.b") == text.replace("b = 2 # of b\n", "")
    assert set_value("# only\n", "a", 1) == "a = 1\n# only\n"


def test_what_has_no_place_is_refused() -> None:
    text = 'a = 1\nb = { c = 2 }\nwords = ["x"]\n'
    with pytest.raises(KeyError):
        set_value(text, "x.y", 1)
    for path in ("none", "b.d"):
        with pytest.raises(KeyError):
            unset(text, path)


def test_keys_come_and_go_inside_braces_too() -> None:
    text = "b = { c = 2, d = 3, e = 4 }\nf = {}\n"
    assert unset(text, "b.c") == "b = { d = 3, e = 4 }\nf = {}\n"
    assert unset(text, "b.d") == "b = { c = 2, e = 4 }\nf = {}\n"
    assert unset(text, "b.e") == "b = { c = 2, d = 3 }\nf = {}\n"
    assert values_of(set_value(text, "b.g", 5))["b"] == {"c": 2, "d": 3, "e": 4, "g": 5}
    assert set_value(text, "f.g", 5).endswith("f = { g = 5 }\n")


def test_a_figure_is_one_value_and_a_list_of_words_too() -> None:
    text = 'fee = { value = 1, source = "s" }\nwords = ["a", "b"]\nnone = []\nother = { x = 1 }\n'
    assert [leaf.path for leaf in leaves(text)] == ["fee", "words", "none", "other.x"]
    assert is_figure({"to_confirm": True})
    assert not is_figure({})
    assert not is_figure({"value": 1, "more": 2})


@given(SCALARS | st.lists(SCALARS) | st.dictionaries(st.text(), SCALARS))
def test_any_value_is_written_as_it_is_read(value: object) -> None:
    assert values_of(f"k = {literal(value)}")["k"] == value


@given(st.text(), SCALARS)
def test_any_key_can_be_added(key: str, value: object) -> None:
    changed = set_value("[t]\na = 1\n", f"t.{key}", value) if "." not in key else None
    if changed is not None:
        assert values_of(changed)["t"][key] == value or key == "a"


def test_a_moment_is_written_as_such() -> None:
    moment = datetime.datetime(2022, 11, 11, 8)
    assert values_of(set_value("", "opens_at", moment)) == {"opens_at": moment}
    assert literal(Decimal("0.80")) == "0.80"
