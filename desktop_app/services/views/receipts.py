"""The receipts that were given for a case's money, and what may be done about them now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.codes import IssueState
from desktop_app.domain.money import yuan


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One receipt as it stands in the book.

    Args:
        red_no: of the receipt in red that took it back; empty where none did.
        ended_for: why it counts no longer.
        replaces: the number of the receipt that it was given instead of.
        has_file: whether its picture or PDF is kept.
    """

    number: str
    issued_on: date
    fen: int
    state: str
    red_no: str = ""
    ended_for: str = ""
    replaces: str = ""
    has_file: bool = False

    @property
    def counts(self) -> bool:
        return self.state == IssueState.VALID

    @property
    def standing(self) -> str:
        """有效, 已红冲(红票…), 已作废, 重开(原票…) in words."""
        if self.counts:
            return f"重开,原票{self.replaces}" if self.replaces else ""
        ended = f"已红冲,红票{self.red_no}" if self.red_no else "已作废"
        return f"{ended}:{self.ended_for}" if self.ended_for else ended

    @property
    def text(self) -> str:
        told = f"{self.number}  {yuan(self.fen)}元  {self.issued_on.isoformat()}开"
        return f"{told}  {self.standing}".rstrip()


@dataclass(frozen=True, slots=True)
class Receipts:
    """A case's receipts, the oldest first.

    Args:
        may_record: money is there, and no receipt that counts.
        may_reissue: one counts, which its issuer may have flushed in red.
        none_left: all the money went back, so that the one in red is the last.
        fen: what the next receipt is for.
    """

    lines: tuple[ReceiptLine, ...] = ()
    may_record: bool = False
    may_reissue: bool = False
    none_left: bool = False
    fen: int = 0


NO_RECEIPTS = Receipts()
