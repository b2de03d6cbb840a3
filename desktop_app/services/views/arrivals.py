"""Money of the office's own statements that waits for its arrival, as one list shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ArrivingLine:
    """An application paid whole by lines of statements.

    Args:
        fen: what they pay of it, without what arrived before.
        on: the day of the last of them.
        payers: who paid, each once.
        differs: how a payer differs from who is known to pay for the unit, or empty.
        refusal: why it cannot be confirmed here and now, or empty.
    """

    enrolment_id: int
    unit_id: int
    unit_name: str
    people: int
    fen: int
    on: date
    payers: tuple[str, ...]
    differs: str = ""
    refusal: str = ""
    remedy: str = ""
