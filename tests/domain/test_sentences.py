"""The rules say what they said: every sentence, source and step of a wide set of questions."""

from __future__ import annotations

from tests.domain import sentences


def test_the_rules_say_word_by_word_what_they_said() -> None:
    kept, today = sentences.kept(), sentences.today()
    assert list(today) == list(kept)  # every question has its answer kept, none is left over
    changed = {name: (kept[name], today[name]) for name in kept if kept[name] != today[name]}
    assert changed == {}
