"""What the rules say, word by word: each refusal, warning and step as a clerk reads it.

The files of answers are read by people: a difference in them is a sentence, source or figure of a
worksheet that has changed, wanted or not.

    python -m tests.domain.sentences           print the sentences of today
    python -m tests.domain.sentences --keep    keep them as they are today
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

from desktop_app.errors import UserError
from tests.domain import (
    sentences_of_benefits,
    sentences_of_faults,
    sentences_of_openings,
    sentences_of_people,
    sentences_of_schemes,
)

FOLDER = Path(__file__).parent / "data" / "sentences-2026"
Case = tuple[str, Callable[[], Any]]


SUBJECTS: tuple[Callable[[], Iterator[Case]], ...] = (
    *sentences_of_people.SUBJECTS,
    *sentences_of_schemes.SUBJECTS,
    *sentences_of_benefits.SUBJECTS,
    *sentences_of_faults.SUBJECTS,
    *sentences_of_openings.SUBJECTS,
)


def told(subject: Callable[[], Iterator[Case]]) -> dict[str, Any]:
    """Every case with its answer; a refusal with its code, sentence, remedy and place."""
    found: dict[str, Any] = {}
    for name, ask in subject():
        assert name not in found, name
        found[name] = answer(ask)
    return found


def today() -> dict[str, dict[str, Any]]:
    """What each subject tells."""
    return {subject.__name__: told(subject) for subject in SUBJECTS}


def answer(ask: Callable[[], Any]) -> Any:
    try:
        return plain(ask())
    except UserError as error:
        return [error.code, error.message, error.remedy, error.where]
    except (ValueError, OverflowError) as error:
        return [type(error).__name__, str(error)]


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | frozenset | set):
        found = [plain(one) for one in value]
        return sorted(found) if isinstance(value, frozenset | set) else found
    if isinstance(value, datetime.date | Fraction):
        return str(value)
    return value


def kept(subject: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_file(subject).read_text("utf-8"))
    return found


def keep() -> None:
    for subject, answers in today().items():
        lines = [
            f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(one, ensure_ascii=False)}"
            for name, one in answers.items()
        ]
        _file(subject).write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def _file(subject: str) -> Path:
    return FOLDER / f"{subject.removeprefix('of_')}.json"


if __name__ == "__main__":
    if sys.argv[1:] == ["--keep"]:
        keep()
    else:
        sys.stdout.write(json.dumps(today(), ensure_ascii=False, indent=1))
