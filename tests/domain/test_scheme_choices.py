"""The words a form offers are the words the readers take, neither more nor fewer."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from desktop_app.domain.scheme_editor.scheme_blocks import add, offers
from desktop_app.domain.scheme_editor.scheme_choices import choices_at, items_at, said
from desktop_app.domain.scheme_editor.scheme_items import with_value
from desktop_app.domain.scheme_editor.scheme_options import optional_keys
from desktop_app.domain.scheme_editor.scheme_terms import PARTS
from desktop_app.domain.schemes import (
    benefit_kinds,
    benefit_readers,
    scheme_cover_readers,
    scheme_people_readers,
    scheme_readers,
)
from desktop_app.domain.schemes.scheme_model import PAPER_REQUIREMENTS, REQUIREMENTS, STEP_ACTS
from desktop_app.domain.schemes.scheme_nodes import Node
from desktop_app.domain.toml.toml_edit import leaves, set_value, value_at, values_of
from desktop_app.domain.toml.toml_lines import below
from desktop_app.domain.toml.toml_moves import remove_table
from tests.domain.scheme_places import TEXTS, faults_of

MISSPELT = "不是方案文件认识的项"
MODULES = (
    benefit_kinds,
    benefit_readers,
    scheme_cover_readers,
    scheme_people_readers,
    scheme_readers,
)
ASKING = ("one_of", "kind_of", "some_of")


def full_texts() -> Iterator[str]:
    """The carried schemes with every block and every key that they may have."""
    for name, carried in TEXTS.items():
        yield carried
        text = remove_table(carried, "coverage.renewal") if name == "anyang-2023" else carried
        for part in PARTS:
            for offer in offers(part, values_of(text)):
                text, _place = add(text, offer)
        for table, keys in tables_of_a_kind(text):
            values = values_of(text)
            for key, value in keys.items():
                if value_at(values, below(table, key)) is None:
                    text = set_value(text, below(table, key), value)
        yield text


def tables_of_a_kind(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each table with the keys it may have; not the next of a row that may have the same keys."""
    values, met = values_of(text), set()
    for table in dict.fromkeys(leaf.path.rpartition(".")[0] for leaf in leaves(text)):
        keys = optional_keys(table, values)
        kind = re.sub(r"\[\d+\]", "", table), frozenset(keys)
        if kind not in met:
            met.add(kind)
            yield table, keys


def calls(module: ModuleType) -> Iterator[tuple[str, str]]:
    """Each place of a reader's source where it asks for one word of a set."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        match node:
            case ast.Call(func=ast.Attribute(attr=name), args=[ast.Constant(value=key), *_]):
                if name in ASKING:
                    yield name, str(key)


def test_every_word_of_a_set_is_offered_as_the_readers_take_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: dict[tuple[str, str], set[str]] = {}
    values: dict[str, Any] = {}

    def spy(name: str) -> Any:
        ask = getattr(Node, name)

        def asking(self: Node, key: str, allowed: Any, *rest: Any, **more: Any) -> Any:
            path = below(self.path, key)
            words = [str(word) for word in allowed]
            find = items_at if name == "some_of" else choices_at
            assert sorted(find(path, values)) == sorted(words), path
            assert all(not one.isascii() for one in find(path, values).values()), path
            asked.setdefault((name, key), set()).add(path)
            return ask(self, key, allowed, *rest, **more)

        return asking

    for name in ASKING:
        monkeypatch.setattr(Node, name, spy(name))
    for text in full_texts():
        values.clear()
        values.update(values_of(text))
        faults_of(text)
    assert asked.keys() == {call for module in MODULES for call in calls(module)}


@pytest.mark.parametrize("name", TEXTS)
def test_a_value_that_is_one_of_a_set_is_never_shown_as_it_is_written(name: str) -> None:
    values = values_of(TEXTS[name])
    for leaf in leaves(TEXTS[name]):
        words = leaf.value if isinstance(leaf.value, list) else [leaf.value]
        known = {**choices_at(leaf.path, values), **items_at(leaf.path, values)}
        if known:
            assert set(words) <= known.keys(), leaf.path
            text = said(leaf.path, leaf.value, values)
            assert not text.isascii(), leaf.path


def test_a_step_may_take_any_act_and_require_any_fact_or_paper() -> None:
    values = values_of(TEXTS["xianfeng-2024"])
    office = [paper["id"] for paper in values["papers"] if paper["who"] == "office"]
    others = [paper["id"] for paper in values["papers"] if paper["who"] != "office"]
    for way in ("on-behalf", "by-unit"):
        assert set(choices_at(f"steps.{way}[1].act", values)) == set(STEP_ACTS)
        words = items_at(f"steps.{way}[1].requires", values)
        printed = {f"{kind}:{paper}" for kind in ("printed", "stamped") for paper in office}
        assert set(words) == REQUIREMENTS | printed | {f"paper:{paper}" for paper in others}
        assert words["stamped:application"] == "盖章件收回:申请书"


def test_a_paper_may_be_asked_for_as_it_is_and_as_it_stands_there() -> None:
    values = {
        "papers": [
            {"id": "form", "who": "unit", "seal": True},
            {"id": "list", "who": "office"},
            {},
        ],
        "steps": {"by-unit": [{"requires": ["paper:list"]}]},
    }
    words = items_at("steps.by-unit[1].requires", values)
    assert {word for word in words if ":" in word} == {
        "paper:form", "stamped:form", "paper:list", "printed:list", "stamped:list"
    }  # fmt: skip
    assert {word.partition(":")[0] for word in words if ":" in word} == {*PAPER_REQUIREMENTS}


def test_what_names_another_part_is_chosen_from_that_part() -> None:
    values = values_of(TEXTS["yongding"])
    assert choices_at("eligibility.over_age_paper", values)["application"] == "参加申请表"
    assert choices_at("plans[2].with_plan", values) == {"inpatient": "住院补助"}
    assert items_at("claims.papers[4].plans", values)["condolence-death"] == "死亡慰问"
    assert items_at("plans[1].benefits.ceilings[1].plans", values).keys() == {
        plan["id"] for plan in values["plans"]
    }
    ways = choices_at("claims.steps[2].returns_to", values)
    assert ways.keys() == {step["key"] for step in values["claims"]["steps"]}
    before = choices_at("steps.on-behalf[3].other_than", values)
    assert before == {
        "enrolment.submit": "提交审核(名单)",
        "enrolment.approve": "审核通过(审核)",
    }
    assert choices_at("steps.on-behalf[1].other_than", values) == {}
    assert choices_at("steps.other.other_than", values) == {}
    assert choices_at("title", values) == {}
    assert items_at("province.profiles[1].attachments", {}) == {}


def test_words_are_said_with_the_schemes_own_names() -> None:
    values = values_of(TEXTS["xianfeng-2024"])
    assert said("claims.papers[4].plans", ["hospital", "gone"], values) == "住院医疗、gone"
    assert said("claims.papers[4].plans", [], values) == "(空)"
    assert said("eligibility.over_age_paper", "over-age-proof", values) == "超龄证明"
    assert said("eligibility.max_age", 60, values) == "60"


@pytest.mark.parametrize("name", TEXTS)
def test_every_key_that_is_offered_is_one_the_scheme_knows(name: str) -> None:
    text = TEXTS[name]
    for table, keys in tables_of_a_kind(text):
        for key, value in keys.items():
            path = below(table, key)
            changed = with_value(text, path, value)
            assert all(MISSPELT not in message for _key, message in faults_of(changed)), path
