"""The line of every key of a TOML text, against what the standard reader finds in it."""

from __future__ import annotations

import contextlib
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.schemes.schemes import SchemeError, scheme_from
from desktop_app.domain.toml.toml_lines import key_lines, line_of

SCHEMES = sorted((Path(__file__).parents[2] / "resources" / "schemes").glob("*.toml"))

MIXED = (
    """# a comment = 1
id = "x # y"  # not a key = 2
"quoted key" = 'it"""
    + """'
a.b.c = 1
text = \"\"\"
not = 1
[not]
\"\"\"\"
raw = '''
no = [
'''
list = [
  1,  # [one]
  [2, { deep = "]" }],
]
inline = { p = 1, "q.r" = { s = 2 } }

[table]
day = 2024-01-01T08:00:00
[[rows]]
n = 1
[rows.part]
m = 1
[[rows.subs]]
k = 1
[[rows.subs]]
k = 2
[[rows]]
n = 2
[[rows.subs]]
k = 3
"""
)


def test_each_kind_of_key_is_found_on_its_line() -> None:
    lines = key_lines(MIXED)
    at = {path: lines[path] for path in lines if not path.startswith("text")}
    assert at == {
        "id": 2,
        "quoted key": 3,
        "a": 4,
        "a.b": 4,
        "a.b.c": 4,
        "raw": 9,
        "list": 12,
        "list[1]": 13,
        "list[2]": 14,
        "list[2][1]": 14,
        "list[2][2]": 14,
        "list[2][2].deep": 14,
        "inline": 16,
        "inline.p": 16,
        "inline.q.r": 16,
        "inline.q.r.s": 16,
        "table": 18,
        "table.day": 19,
        "rows": 20,
        "rows[1]": 20,
        "rows[1].n": 21,
        "rows[1].part": 22,
        "rows[1].part.m": 23,
        "rows[1].subs": 24,
        "rows[1].subs[1]": 24,
        "rows[1].subs[1].k": 25,
        "rows[1].subs[2]": 26,
        "rows[1].subs[2].k": 27,
        "rows[2]": 28,
        "rows[2].n": 29,
        "rows[2].subs": 30,
        "rows[2].subs[1]": 30,
        "rows[2].subs[1].k": 31,
    }


def test_escapes_in_quoted_keys_are_read() -> None:
    text = r""""\u540d\"\\\t\U0001F600" = 1
'raw\n' = 2"""
    assert key_lines(text) == {'名"\\\t😀': 1, "raw\\n": 2}
    assert set(key_lines(text)) == set(tomllib.loads(text))


def test_a_key_that_is_not_there_stands_where_its_table_stands() -> None:
    lines = key_lines(MIXED)
    assert line_of(lines, "rows[2].subs[1].missing") == 30
    assert line_of(lines, "rows[2].missing.deeper") == 28
    assert line_of(lines, "missing") == 1
    assert line_of(lines, "") == 1


def _paths(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            here = f"{path}.{key}" if path else key
            yield here
            yield from _paths(part, here)
    elif isinstance(value, list):
        for place, part in enumerate(value, start=1):
            yield f"{path}[{place}]"
            yield from _paths(part, f"{path}[{place}]")


@pytest.mark.parametrize("file", SCHEMES, ids=lambda file: file.stem)
def test_every_key_of_every_scheme_has_its_line(file: Path) -> None:
    text = file.read_text("utf-8")
    lines, rows = key_lines(text), text.splitlines()
    assert set(lines) == set(_paths(tomllib.loads(text)))
    for path, line in lines.items():
        name = path.rsplit(".", 1)[-1].split("[")[0]
        if not path.endswith("]"):
            assert name in rows[line - 1]


_NAMES = st.one_of(
    st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=6),
    st.sampled_from(["a b", "名", "x#y", "[z]", "é", "eq=1", 'q"', "b\\", "n\n"]),
)
_WORDS = st.text(st.sampled_from("ab=#[]{},.\"'\\ \n\t名"), max_size=8)


def _quoted(word: str) -> str:
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(escapes.get(char, char) for char in word) + '"'


def _key(name: str) -> str:
    bare = name.isascii() and all(char.isalnum() or char in "_-" for char in name)
    return name if bare else _quoted(name)


_SCALARS = st.one_of(
    st.integers(-9, 99).map(str),
    st.sampled_from(["true", "0.5", "2024-01-01", "07:30:00", "inf", "''", "'a#b'"]),
    _WORDS.map(_quoted),
    _WORDS.map(lambda word: '"""\n' + _quoted(word)[1:-1] + '"""'),
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: "[\n  " + ", # c\n  ".join(parts) + "\n]"),
        st.dictionaries(_NAMES, inner, max_size=3).map(
            lambda table: "{ " + ", ".join(f"{_key(k)} = {v}" for k, v in table.items()) + " }"
        ),
    ),
    max_leaves=5,
)
_PAIRS = st.dictionaries(_NAMES, _VALUES, max_size=3).map(
    lambda table: "".join(f"{_key(k)} = {v}  # c\n" for k, v in table.items())
)
_HEADERS = st.lists(_NAMES, min_size=1, max_size=3).map(
    lambda parts: ".".join(_key(part) for part in parts)
)
_TABLES = st.tuples(_HEADERS, st.booleans(), _PAIRS).map(
    lambda table: (f"[[{table[0]}]]\n" if table[1] else f"[{table[0]}]\n") + table[2]
)


@given(_PAIRS, st.lists(_TABLES, max_size=4))
def test_the_index_names_exactly_the_keys_that_the_reader_finds(
    pairs: str, tables: list[str]
) -> None:
    text = "\n".join([pairs, *tables])
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return  # two tables of one name
    lines = key_lines(text)
    assert set(lines) == set(_paths(values))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


@given(st.data())
def test_a_broken_scheme_is_answered_with_a_line_of_the_file(
    scheme_text: str, data: st.DataObject
) -> None:
    rows = scheme_text.splitlines()
    at = data.draw(st.integers(0, len(rows) - 1))
    rows[at] = data.draw(
        st.sampled_from(["", "x = 1", "[x]", "[[y]]", "= 5", '"', "a = [", rows[3]])
    )
    text = "\n".join(rows)
    with contextlib.suppress(SchemeError):
        scheme_from(text, "试.toml")
        return
    with pytest.raises(SchemeError) as caught:
        scheme_from(text, "试.toml")
    for fault in caught.value.faults:
        assert 1 <= fault.line <= len(rows) + 1
        assert fault.remedy
