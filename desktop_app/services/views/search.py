"""One answer of the search box."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of the search box, complete in its row."""

    kind: str  # member | unit | enrolment | claim | form
    id: int
    unit_id: int | None
    enrolment_id: int | None
    title: str
    detail: str  # unit · plan · from-to · paid · claims
