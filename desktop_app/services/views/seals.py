"""Plain values about the journal of uses of a seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SealLine:
    """A use of a seal: on which prints, for whom."""

    id: int
    used_on: date
    seal: str
    copies: int  # of each form
    numbers: tuple[str, ...]
    units: tuple[str, ...]
    asked_by: str
    kept_by: str
    recorded_by: str
    void_for: str  # why it is void; empty where it stands

    @property
    def prints_text(self) -> str:
        """MD-A-2027-00001、SQ-A-2027-00001等5张."""
        named = "、".join(self.numbers[:2])
        return f"{named}等{len(self.numbers)}张" if len(self.numbers) > 2 else named
