"""What 撤销 and 取回提交 would take back, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UndoOffer:
    """The last act of a case.

    Args:
        operation: its id; empty where there is none.
        label: what it was, such as 提交审核.
        may: whether the signed-in user may take it back now.
        why_not: else the sentence that says what stands in the way.
        remedy: and what to do instead.
        fresh: whether the signed-in user did it today, so that he may be looking for 撤销.
        take_back: whether he handed the case in and nobody has reviewed it yet.
    """

    operation: str
    label: str
    may: bool
    why_not: str = ""
    remedy: str = ""
    fresh: bool = False
    take_back: bool = False
