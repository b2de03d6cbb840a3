"""What went up to the province and what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
    accepted: int  # people
    failed: int  # people, whoever is named twice counted once
    unknown: int  # rows that name nobody of the submission
    lines: tuple[tuple[str, str], ...]  # (name, reason), row by row
    repeated: int = 0  # rows that name somebody again


@dataclass(frozen=True, slots=True)
class ProfileChoice:
    """One entrance of the system above."""

    id: str
    title: str
    site: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One workbook of an export: a plan's people."""

    name: str
    people: int
    due_fen: int


@dataclass(frozen=True, slots=True)
class ExchangeLine:
    """One export, or one file that came back."""

    id: int  # of the submission or of the answer
    at: datetime
    kind: str  # 导出, 失败名单, 回执
    name: str  # the export's number, or the name of the file that came back
    people: int
    detail: str
    who: str
    folder: str = ""
    files: tuple[str, ...] = ()
    due_fen: int | None = None
    sheets: tuple[SheetLine, ...] = ()
    unknown: int = 0  # rows of an answer that name nobody of the submission


@dataclass(frozen=True, slots=True)
class ExchangeView:
    profiles: tuple[ProfileChoice, ...]  # empty where the scheme sends nothing up
    may_send: bool  # approved, and sent by this office
    lines: tuple[ExchangeLine, ...]  # the newest first


@dataclass(frozen=True, slots=True)
class EntryField:
    """One value to be copied into a field of the system above."""

    label: str
    value: str
    whose: str = ""  # the person it belongs to


@dataclass(frozen=True, slots=True)
class EntryPart:
    title: str
    fields: tuple[EntryField, ...]
