"""Further forms as a menu offers them, and one that was issued."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """One form that is of the unit, case, claim or person that is shown; or why it is not yet."""

    key: str
    of_id: int | None
    label: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A form that is in the print register, and how often it was printed."""

    id: int
    label: str
    number: str
    copies: int
    wanted: int = 2  # copies printed at first


@dataclass(frozen=True, slots=True)
class LayoutLine:
    """One form and whether the office laid its own layout over the one that is carried."""

    key: str
    label: str
    own: bool


@dataclass(frozen=True, slots=True)
class LayoutText:
    """A form's layout as texts: the one that goes now, the one that is carried."""

    text: str
    carried: str
    own: bool


@dataclass(frozen=True, slots=True)
class LayoutPreview:
    """An invented form by a layout: its PDF, and each of its pages as PNG."""

    pdf: bytes
    pages: tuple[bytes, ...]
