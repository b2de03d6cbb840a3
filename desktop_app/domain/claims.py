"""Claims, thin: which papers are asked for and in which form."""

from __future__ import annotations

from collections.abc import Collection

from desktop_app.domain.schemes.scheme_parts import ClaimPaper
from desktop_app.domain.schemes.schemes import Scheme


def needs_paper(scheme: Scheme, claimed_fen: int) -> bool:
    """Whether the papers must also come on paper; it goes by the amount claimed."""
    threshold = scheme.claims.paper_threshold_fen.value
    return threshold is not None and claimed_fen >= threshold


def papers_for(scheme: Scheme, plans: Collection[str]) -> tuple[ClaimPaper, ...]:
    """The checklist of a claim under these plans, in the scheme's order."""
    return tuple(
        paper
        for paper in scheme.claims.papers
        if not paper.plans or any(plan in paper.plans for plan in plans)
    )


def optional_papers(scheme: Scheme) -> frozenset[str]:
    """Ids of the papers that a claim can do without."""
    return frozenset(paper.id for paper in scheme.claims.papers if not paper.required)
