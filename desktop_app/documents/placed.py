"""Where on the paper something came to stand, in millimetres from the page's top left corner."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placed:
    """One thing on a page; of a seal the area is the square around its circle.

    kind: text, table, grid, seal, code, picture.
    """

    kind: str
    page: int
    x: float
    y: float
    width: float
    height: float
    text: str = ""
