"""What the rules say, word by word: each refusal, warning and step as a clerk reads it.

The file of answers is read by people: a difference in it is a sentence, source or figure of a
worksheet that has changed, wanted or not.

    python -m tests.domain.sentences           print the sentences of today
    python -m tests.domain.sentences --keep    keep them as they are today
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import sys
from collections.abc import Callable, Iterator
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

from desktop_app.errors import UserError
from tests.domain import sentences_of_people, sentences_of_schemes

FILE = Path(__file__).parent / "data" / "sentences-2026.json"
Case = tuple[str, Callable[[], Any]]


def cases() -> Iterator[Case]:
    yield from sentences_of_people.cases()
    yield from sentences_of_schemes.cases()


def today() -> dict[str, Any]:
    """Every case with its answer; a refusal with its code, sentence, remedy and place."""
    found: dict[str, Any] = {}
    for name, ask in cases():
        assert name not in found, name
        found[name] = answer(ask)
    return found


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
    if isinstance(value, dict):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | frozenset | set):
        found = [plain(one) for one in value]
        return sorted(found) if isinstance(value, frozenset | set) else found
    if isinstance(value, datetime.date | Fraction):
        return str(value)
    return value


def kept() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


def keep() -> None:
    lines = [
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(told, ensure_ascii=False)}"
        for name, told in today().items()
    ]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--keep"]:
        keep()
    else:
        sys.stdout.write(json.dumps(today(), ensure_ascii=False, indent=1))
