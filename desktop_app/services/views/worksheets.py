"""A worksheet as screen, form and archive show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop_app.domain.rule_steps import RuleStep


@dataclass(frozen=True, slots=True)
class IssuedOnce:
    """A form as it was issued last."""

    id: int
    number: str
    copies: int


@dataclass(frozen=True, slots=True)
class WorksheetView:
    """What a claim comes to, and how.

    Args:
        id: of the stored figure.
        kind: db.codes.ClaimFigure: `estimate` or `computed`.
        kind_label: as shown.
        fen: the amount; None where no figure is known to work it out with.
        estimate: it is not to be paid on.
        to_confirm: keys of the clauses that were open when it was figured.
        open_labels: those that are open still, in words.
        steps: the rules in their order.
        facts: all that went in, the ledger's with those that were typed.
        version_no: of the scheme.
        said_at: when it was figured.
        issued_id: the printed form that was issued last.
        issued_no: its number.
        copies: how often it was printed.
    """

    id: int
    kind: str
    kind_label: str
    fen: int | None
    estimate: bool
    to_confirm: tuple[str, ...]
    open_labels: tuple[str, ...]
    steps: tuple[RuleStep, ...]
    facts: Mapping[str, Any]
    version_no: int
    said_at: datetime
    issued_id: int | None = None
    issued_no: str = ""
    copies: int = 0

    @property
    def stale(self) -> bool:
        """What was open has been confirmed since: it is to be figured anew."""
        return bool(self.to_confirm) and not self.open_labels

    @property
    def issued(self) -> IssuedOnce | None:
        """The printed form that was issued last."""
        if self.issued_id is None:
            return None
        return IssuedOnce(self.issued_id, self.issued_no, self.copies)
