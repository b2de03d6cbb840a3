"""All tables; importing this module fills Base.metadata."""

from __future__ import annotations

from db.models import (
    acts,
    calendar,
    claims,
    codes,
    enrolments,
    imports,
    members,
    office,
    papers,
    payments,
    prints,
    reviews,
    schemes,
    seals,
    settlements,
    statements,
    submissions,
    units,
)

__all__ = [
    "acts",
    "calendar",
    "claims",
    "codes",
    "enrolments",
    "imports",
    "members",
    "office",
    "papers",
    "payments",
    "prints",
    "reviews",
    "schemes",
    "seals",
    "settlements",
    "statements",
    "submissions",
    "units",
]
