"""The rules say what they said: every sentence, source and step of a wide set of questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.domain import sentences


@pytest.mark.parametrize("subject", sentences.SUBJECTS, ids=lambda subject: subject.__name__)
def test_the_rules_say_word_by_word_what_they_said(
    subject: Callable[[], Iterator[sentences.Case]],
) -> None:
    kept, today = sentences.kept(subject.__name__), sentences.told(subject)
    assert list(today) == list(kept)  # every question has its answer kept, none is left over
    changed = {name: (kept[name], today[name]) for name in kept if kept[name] != today[name]}
    assert changed == {}
