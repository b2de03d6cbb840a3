"""A scheme's keys and values in words, for people who never see its file."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import resources
from desktop_app.domain.scheme_editor.scheme_terms import (
    PARTS,
    choices_of,
    key_word,
    part_of,
    path_words,
)
from desktop_app.domain.scheme_editor.scheme_terms import value_text as text_of
from desktop_app.domain.toml.toml_edit import leaves, values_of

SCHEMES = sorted(Path(resources.__file__).parent.joinpath("schemes").glob("*.toml"))


@pytest.mark.parametrize("file", SCHEMES, ids=lambda file: file.stem)
def test_every_key_of_every_scheme_has_a_word_and_a_part(file: Path) -> None:
    text = file.read_text("utf-8")
    values = values_of(text)
    for leaf in leaves(text):
        assert part_of(leaf.path) in PARTS
        for word in path_words(leaf.path, values):
            assert not word.isascii(), (leaf.path, word)


@pytest.mark.parametrize("file", SCHEMES, ids=lambda file: file.stem)
def test_a_choice_is_among_those_offered(file: Path) -> None:
    for leaf in leaves(file.read_text("utf-8")):
        if choices := choices_of(leaf.path):
            assert leaf.value in choices, leaf.path


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("title", "basic"),
        ("plans[2].fee_fen", "plans"),
        ("plans[2].benefits.parts[1].share", "benefits"),
        ("claims.paper_threshold_fen", "benefits"),
        ("claims.papers[1].label", "papers"),
        ("claims.steps[1].label", "steps"),
        ("windows[1].opens_at", "coverage"),
        ("payee.account", "funding"),
        ("words.join", "words"),
    ],
)
def test_a_key_belongs_to_its_part(path: str, part: str) -> None:
    assert part_of(path) == part


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [
        ("fen", 123450, "1,234.50 元"),
        ("plans[1].fee_fen", {"value": 5000, "source": "通知"}, "50.00 元"),
        ("plans[1].fee_fen", {"value": 5000, "to_confirm": True}, "50.00 元(待核对)"),
        ("plans[1].fee_fen", {"to_confirm": True}, "待核对"),
        ("participation.all_join_limit", {"value": 100, "source": "x"}, "100"),
        ("eligibility.health_declaration", True, "是"),
        ("eligibility.max_age", 60, "60"),
        ("min_share", "80/100", "80%"),
        ("parts[1].share", "625/1000", "62.5%"),
        ("min_share", "1/3", "1/3"),
        ("min_share", "错", "错"),
        ("coverage.kind", "yearly", "按年度"),
        ("plans[1].holders", "women", "女职工"),
        ("eligibility.employment", ["regular", "other"], "正式工、other"),
        ("areas", [], "(空)"),
        ("effective_from", datetime.date(2024, 1, 1), "2024-01-01"),
        ("opens_at", datetime.datetime(2022, 11, 11, 8), "2022-11-11 08:00"),
        ("title", None, "—"),
    ],
)
def test_a_value_in_words(path: str, value: object, text: str) -> None:
    assert text_of(path, value) == text


def test_a_path_names_the_item_it_is_about() -> None:
    values = values_of('[[plans]]\nid = "a"\nshort_name = "住院"\n[[plans]]\nx = 1\n')
    assert path_words("plans[1].fee_fen", values) == ("项目“住院”", "每份金额")
    assert path_words("plans[2].x", values) == ("项目2", "x")
    assert path_words("plans[9].id", values) == ("项目9", "标识")
    assert key_word("unheard-of") == "unheard-of"
    assert key_word("government") == "机关"
