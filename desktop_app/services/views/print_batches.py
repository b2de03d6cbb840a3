"""A batch of forms as the print dialog and the command line see it: one line a form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One form of one unit's case; `refusal` says why it cannot be printed now, or is empty."""

    unit: str
    enrolment_id: int | None  # None: the unit has no application this year
    form_key: str
    form_label: str
    issued_id: int | None  # None: it gets its number when it is printed
    number: str
    pages: int
    copies: int  # printed before
    refusal: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """Lines in the order of the units asked for, each unit's forms together."""

    forms: tuple[tuple[str, str], ...]  # key and label of every form that may be asked for
    lines: tuple[BatchLine, ...]
