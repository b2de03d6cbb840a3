"""A paper that came back and where its case stands; pages that nobody could place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReceivedPaper:
    """One printed paper beside the others of its case."""

    issued_id: int
    enrolment_id: int | None
    unit_id: int | None
    unit: str
    label: str
    number: str
    back: int  # stamped papers of the case that are back
    of: int
    missing: tuple[str, ...]  # labels of those that are not
    stamped: bool  # this one is back, all its pages
    pages: int  # scanned pages of this one so far
    pages_of: int
    step_label: str
    waits: bool  # the case still waits for stamped papers
    missing_pages: tuple[int, ...] = ()  # where the pages that are in say which they are
    filed_with: str = ""  # of a form that nothing waits for: the case, claim or unit


@dataclass(frozen=True, slots=True)
class TrayPage:
    """A scanned page without a place: why, and whose it may be."""

    id: int
    file_name: str
    page_no: int  # in the file it came in
    received_at: datetime
    why: str
    form_id: int | None  # the form its code speaks of, where there is one
    unit: str


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What became of the pages of a scan."""

    pages: int
    filed: int
    tray: int
    again: int  # pages of the same file that had come before
    papers: tuple[ReceivedPaper, ...]
