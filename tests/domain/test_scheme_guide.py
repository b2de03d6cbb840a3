"""Each part says what it is about, each field what it is, and what is still to be confirmed."""

from __future__ import annotations

import pytest

from desktop_app.domain.scheme_guide import (
    INTROS,
    field_word,
    open_counts,
    open_paths,
    open_words,
)
from desktop_app.domain.scheme_terms import PARTS
from desktop_app.domain.toml_edit import leaves
from tests.domain.scheme_places import TEXTS


def test_each_part_says_what_it_is_about() -> None:
    assert INTROS.keys() == PARTS.keys()
    assert all(20 <= len(text) <= 90 for text in INTROS.values())


@pytest.mark.parametrize("name", TEXTS)
def test_each_field_is_called_something(name: str) -> None:
    assert all(not field_word(leaf.path).isascii() for leaf in leaves(TEXTS[name]))
    assert field_word("funding.channels[1].id") == "渠道"


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_open_is_counted_by_part(name: str) -> None:
    text = TEXTS[name]
    assert sum(open_counts(text).values()) == len(open_paths(text)) == len(open_words(text))
    written = text.partition("id =")[2]
    told = written.count("to_confirm = true") + written.count('effect = "to-confirm"')
    assert len(open_paths(text)) == told
    assert all("待核对" not in words for words in open_words(text))


def test_what_is_open_is_said_with_its_place() -> None:
    words = open_words(TEXTS["xianfeng-2024"])
    assert words[:2] == ("参加比例 · 全员参加的人数界限", "项目“住院医疗” · 每份金额")
    assert "项目“住院医疗” · 待遇 · 起付线" in words
    assert "保障期 · 变动 · 退休" in words
    assert open_counts(TEXTS["xianfeng-2024"])["coverage"] == 3
