"""A draft is changed by its forms, judged after each change, and taken back step by step."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop_app.domain.scheme_editor.scheme_blocks import offers
from desktop_app.domain.scheme_editor.scheme_draft import STEPS, SchemeDraft
from desktop_app.domain.toml.toml_edit import value_at, values_of
from tests.domain.scheme_places import TEXTS

TEXT = TEXTS["xianfeng-2024"]
STEP = "steps.on-behalf[2]"
Change = Callable[[SchemeDraft], str]


def add_a_step(draft: SchemeDraft) -> str:
    offered = offers("steps", values_of(draft.text))
    return draft.add(next(one for one in offered if one.path == "claims.steps"))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda draft: draft.edit("eligibility.max_age", 65), "eligibility.max_age"),
        (lambda draft: draft.edit("eligibility.insurance", None), ""),
        (lambda draft: draft.copy(STEP), "steps.on-behalf[3]"),
        (lambda draft: draft.move(STEP, 1), "steps.on-behalf[3]"),
        (lambda draft: draft.move(STEP, -1), "steps.on-behalf[1]"),
        (lambda draft: draft.remove(STEP), ""),
        (lambda draft: draft.remove("participation"), ""),
        (add_a_step, "claims.steps[8]"),
    ],
)
def test_a_change_says_where_to_go_on_and_is_taken_back(change: Change, place: str) -> None:
    draft = SchemeDraft(TEXT)
    assert (draft.changed, draft.can_undo, draft.faults) == (False, False, ())
    at = change(draft)
    assert at.partition("[")[0] == place.partition("[")[0]
    if place.startswith("steps"):
        assert at == place
    assert not at or value_at(values_of(draft.text), at) is not None
    assert draft.changed
    draft.undo()
    assert (draft.text, draft.changed, draft.can_undo, draft.faults) == (TEXT, False, False, ())
    draft.undo()
    assert draft.text == TEXT


def test_it_is_judged_after_each_change() -> None:
    draft = SchemeDraft(TEXT)
    draft.edit("eligibility.min_age", 99)
    assert [fault.key for fault in draft.faults] == ["eligibility.min_age"] or draft.faults
    draft.take("not toml [")
    assert draft.faults[0].key == ""
    draft.undo()
    draft.undo()
    assert draft.faults == ()


def test_what_has_no_place_changes_nothing() -> None:
    draft = SchemeDraft(TEXT)
    with pytest.raises(KeyError):
        draft.edit("nowhere.x", 1)
    with pytest.raises(KeyError):
        draft.move("steps.on-behalf[1]", -1)
    assert not draft.can_undo


def test_what_was_saved_is_what_it_differs_from() -> None:
    draft = SchemeDraft(TEXT)
    draft.edit("title", "新名")
    draft.saved(draft.text)
    assert not draft.changed
    draft.undo()
    assert draft.changed


def test_only_so_many_steps_are_kept() -> None:
    text = TEXTS["pinghu"]  # the shortest: it is judged after each step
    draft = SchemeDraft(text)
    for number in range(STEPS + 5):
        draft.take(f"# {number}\n{text}")
    draft.take(draft.text)  # the same is no step
    for _step in range(STEPS):
        draft.undo()
    assert not draft.can_undo
    assert draft.text == f"# 4\n{text}"
