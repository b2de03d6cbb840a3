"""Plain values about the archive."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArchiveYear:
    """A year that has finished cases, and the boxes they lie in."""

    year: int
    cases: int
    boxes: tuple[tuple[str, int], ...]  # number of the box, cases in it
