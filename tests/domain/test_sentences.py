"""The rules say what they said: every sentence, source and step of a wide set of questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.domain import sentences


@pytest.mark.parametrize("subject", sentences.SUBJECTS, ids=lambda subject: subject.__name__)
def test_the_rules_say_word_by_word_what_they_said(
    subject: Callable[[], Iterator[sentences.Case]],
) -> None:
    kept = sentences.kept(subject.__name__)
    answered = []
    for name, ask in subject():
        assert sentences.answer(ask) == kept.get(name), name
        answered.append(name)
    assert answered == list(kept)  # every question has its answer kept, none is left over
