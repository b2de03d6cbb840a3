"""What a scheme offers and what of it is still to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.schemes.scheme_parts import Plan


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan that may be taken; fee_fen is None while it is to be confirmed."""

    key: str
    label: str
    holders: str  # all | women
    fee_fen: int | None
    max_shares: int


def plan_choice(plan: Plan, limit: int | None) -> PlanChoice:
    """A plan with the shares that one person may hold of it; one where nothing is said."""
    return PlanChoice(
        key=plan.id,
        label=plan.short_name,
        holders="women" if plan.women_only else "all",
        fee_fen=None if plan.fee_fen.open else plan.fee_fen.value,
        max_shares=limit or 1,
    )


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure of the scheme that the head has to confirm before it may be used."""

    path: str
    label: str
    value: int | None
    state: str
    state_label: str
    document_no: str


@dataclass(frozen=True, slots=True)
class SchemeOffer:
    """A carried scheme that an office may begin by; `figures` are those it still needs."""

    key: str
    title: str
    about: str
    figures: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True)
class StartView:
    """What the office has said of its start.

    Args:
        scheme: the id of the scheme it goes by.
        title: of that scheme.
        year: of the drive.
        target: of that year; None where there is none yet.
        figures: of the scheme, those its text leaves open, as they are confirmed now.
        offers: the schemes there are to choose from.
        may_choose: nothing has gone by the scheme yet.
    """

    scheme: str
    title: str
    year: int
    target: int | None
    figures: tuple[FigureLine, ...]
    offers: tuple[SchemeOffer, ...]
    may_choose: bool
