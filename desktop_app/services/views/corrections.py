"""What may be put right of a case now, as its page's menu shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CorrectionOffer:
    """One way of putting something right.

    Args:
        key: which; the window and the command line know it by this.
        label: its name, such as 更正业务号.
        may: whether the signed-in user may do it now.
        why_not: else why not, and what to do instead.
    """

    key: str
    label: str
    may: bool
    why_not: str = ""
