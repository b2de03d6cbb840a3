"""Whatever may be added to a scheme goes to its own place, and goes again without a trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.scheme_editor.scheme_block_texts import BLOCKS
from desktop_app.domain.scheme_editor.scheme_blocks import add, free_id, may_go, offers
from desktop_app.domain.scheme_editor.scheme_options import KINDS
from desktop_app.domain.scheme_editor.scheme_terms import PARTS, path_words
from desktop_app.domain.toml.toml_edit import leaves, value_at, values_of
from desktop_app.domain.toml.toml_moves import remove_item, remove_table
from tests.domain.scheme_places import TEXTS, faults_of

TO_FILL = ("不能是空的", "没有填写", "应是", "至少要有", "至少要写", "要写 value")


def every_offer(text: str) -> list[tuple[str, int]]:
    values = values_of(text)
    return [(part, at) for part in PARTS for at in range(len(offers(part, values)))]


@settings(max_examples=25, deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(TEXTS)))
def test_blocks_are_added_one_after_another_and_taken_out_again(
    data: st.DataObject, name: str
) -> None:
    text = TEXTS[name]
    before = [text]
    places: list[tuple[str, bool]] = []
    for _time in range(data.draw(st.integers(1, 3))):
        part, at = data.draw(st.sampled_from(every_offer(text)))
        offer = offers(part, values_of(text))[at]
        text, place = add(text, offer)
        _check(Before.of(before[-1]), text, place)
        before.append(text)
        places.append((place, offer.block.item))
    for place, item in reversed(places):
        text = remove_item(text, place) if item else remove_table(text, place)
        before.pop()
        assert values_of(text) == values_of(before[-1])


@dataclass(frozen=True)
class Before:
    """A scheme's text before something is added: its values and what is wrong with it."""

    text: str
    values: dict[str, Any]
    faults: list[tuple[str, str]]

    @classmethod
    def of(cls, text: str) -> Before:
        return cls(text, {leaf.path: leaf.value for leaf in leaves(text)}, faults_of(text))


def _check(before: Before, after: str, place: str) -> None:
    """Only the new table is new, and what it lacks is all that is wrong with it."""
    added = {leaf.path: leaf.value for leaf in leaves(after)}
    own = {path for path in added if path.startswith((f"{place}.", f"{place}["))}
    was = before.values
    emptied = {path for path, value in was.items() if value == [] and place.startswith(f"{path}[")}
    assert {path: value for path, value in added.items() if path not in own} == {
        path: value for path, value in was.items() if path not in emptied
    }
    assert after.count("#") == before.text.count("#")
    for key, message in faults_of(after):
        new = (key, message) not in before.faults
        assert not new or (key.startswith(place) and any(w in message for w in TO_FILL)), message


def test_fees_by_class_and_fixed_parts_are_not_offered_beside_each_other() -> None:
    def offered(name: str, part: str) -> set[str]:
        return {one.path for one in offers(part, values_of(TEXTS[name]))}

    assert "plans[1].fee_classes" in offered("yongding", "plans")
    assert "plans[2].fee_classes" not in offered("yongding", "plans")  # comes with another plan
    assert not offered("yongding", "funding") & {"funding.parts", "funding.joint"}
    assert "plans[1].fee_classes" not in offered("pinghu", "plans")
    assert offered("pinghu", "funding") >= {"funding.parts", "funding.joint"}


@pytest.mark.parametrize("name", TEXTS)
def test_each_block_can_be_added_to_each_scheme(name: str) -> None:
    text = TEXTS[name]
    before, values = Before.of(text), values_of(text)
    for part in PARTS:
        for offer in offers(part, values):
            added, place = add(text, offer)
            _check(before, added, place)
            assert value_at(values_of(added), place) is not None
            removed = remove_item(added, place) if offer.block.item else remove_table(added, place)
            assert values_of(removed) == values
            assert may_go(place) is not offer.block.item
            assert not any(word.isascii() for word in path_words(place, values_of(added)))


def test_each_block_has_its_place_in_some_scheme() -> None:
    """Blocks of parts that no carried scheme has are offered once the part is added."""
    seen = {label for text in TEXTS.values() for label in filled(text)}
    assert seen == {block.label for block in BLOCKS} - {"一个等级"}


def filled(text: str) -> set[str]:
    """The labels of what can be added, and then be added to that."""
    for path in ("coverage.renewal", "coverage.additions", "coverage.events"):
        if value_at(values_of(text), path) is not None:
            text = remove_table(text, path)
    seen = set()
    for part in (*PARTS, *PARTS):
        for offer in offers(part, values_of(text)):
            if offer.label not in seen and offer.path not in {"steps.on-behalf", "claims.steps"}:
                text, _place = add(text, offer)
            seen.add(offer.label)
    return seen


def test_lines_of_a_kind_are_offered_where_the_kind_is() -> None:
    text = TEXTS["pinghu"]
    kinds = 'kind = "steps"\nsteps = [{ from_fen = 0, fen = 1 }]'
    steps = text.replace('kind = "brackets"', kinds)
    offer = next(one for one in offers("benefits", values_of(steps)) if one.label == "一档")
    added, place = add(steps, offer)
    assert place == "plans[1].benefits.parts[1].steps[2]"
    assert value_at(values_of(added), place) == {"from_fen": 100, "fen": ""}
    kinds = 'kind = "disability"\nsum_fen = 100\ngrades = [{ key = "grade-1", share = "1/1" }]'
    grades = text.replace('kind = "brackets"', kinds)
    offer = next(one for one in offers("benefits", values_of(grades)) if one.label == "一个等级")
    added, place = add(grades, offer)
    assert value_at(values_of(added), place)["key"] == "grade-2"


def test_a_new_item_differs_from_those_there_are() -> None:
    text = TEXTS["xianfeng-2024"]
    for path, key, value in (
        ("drives", "year", 2025),
        ("funding.channels", "id", "unstated"),
        ("papers", "id", "paper-1"),
        ("claims.steps", "then", "told"),
        ("steps.by-unit", "act", "enrolment.enter-number"),
    ):
        offer = next(
            one for part in PARTS for one in offers(part, values_of(text)) if one.path == path
        )
        added, place = add(text, offer)
        assert value_at(values_of(added), place)[key] == value
        again, later = add(added, offer)
        assert value_at(values_of(again), later) != value_at(values_of(again), place)


def test_a_waiting_band_begins_where_the_last_one_ends() -> None:
    bands = 'bands = [{ from_day = 0, to_day = 29, share = "0/100" }]\n'
    text = TEXTS["pinghu"].replace("[coverage]", f"[plans.benefits.waiting]\n{bands}\n[coverage]")
    offer = next(one for one in offers("benefits", values_of(text)) if one.label == "等待期的一段")
    added, place = add(text, offer)
    assert value_at(values_of(added), place) == {"from_day": 30, "share": ""}


def test_an_id_that_is_taken_gets_the_next_number() -> None:
    assert free_id("paper", []) == "paper"
    assert free_id("paper", ["paper"]) == "paper-2"
    assert free_id("paper-2", ["paper", "paper-2"]) == "paper-3"
    assert len(free_id("a" * 40, ["a" * 40])) <= 40


def test_every_kind_of_benefit_is_a_block() -> None:
    texts = [block.text for block in BLOCKS if block.path == "plans[].benefits.parts"]
    assert len(texts) == len(KINDS["plans[].benefits.parts[].kind"])
