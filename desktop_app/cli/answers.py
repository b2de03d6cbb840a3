"""What a command answers: a JSON document, the same in words, an exit code; nothing is printed."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from desktop_app.errors import UserError

BUG, USAGE, INTERRUPTED = 1, 2, 130


@dataclass(frozen=True, slots=True)
class Answer:
    """One command's answer.

    Args:
        document: plain values or the services' own; printed with --json.
        lines: the same as short Chinese text.
        exit_code: 0 where the question was answered.
        notes: lines for standard error, with and without --json.
    """

    document: Any
    lines: tuple[str, ...]
    exit_code: int = 0
    notes: tuple[str, ...] = ()


class UsageError(UserError):
    """The command line itself is wrong."""

    exit_code = USAGE

    def __init__(self, message: str, remedy: str = "", where: str | None = None) -> None:
        super().__init__("usage", message, remedy, where)


def error_document(error: UserError) -> dict[str, Any]:
    return {
        "error": {
            "code": error.code,
            "message": error.message,
            "remedy": error.remedy,
            "where": error.where,
        }
    }


def plain(value: Any) -> Any:
    """JSON values of what services hand out: dataclasses, dates, instants, code values."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if dataclasses.is_dataclass(value):
        fields = dataclasses.fields(value)
        return {field.name: plain(getattr(value, field.name)) for field in fields}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(part) for part in value]
    return _word(value)


def _word(value: Any) -> str:
    if isinstance(value, datetime) and value.tzinfo is None:  # the wall clock of a window
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else str(value)


def as_json(value: Any) -> str:
    return json.dumps(plain(value), ensure_ascii=False, indent=1)
