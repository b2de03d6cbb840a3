"""What a scheme offers and what of it is still to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan that may be taken; fee_fen is None while it is to be confirmed."""

    key: str
    label: str
    holders: str  # all | women
    fee_fen: int | None
    max_shares: int


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure of the scheme that the head has to confirm before it may be used."""

    path: str
    label: str
    value: int | None
    state: str
    state_label: str
    document_no: str
