"""What went up to the province and what came back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportedFolder:
    submission_id: int
    number: str
    folder: str  # full path
    files: tuple[str, ...]
    people: int
    due_fen: int | None
    package_sha256: str


@dataclass(frozen=True, slots=True)
class AnswerResult:
    accepted: int
    failed: int
    unknown: int
    lines: tuple[tuple[str, str], ...]  # (name, reason)
