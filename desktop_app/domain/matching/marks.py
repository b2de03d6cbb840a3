"""What the bank's own words say of a line that is no contribution: interest, or a fee."""

from __future__ import annotations

from db.codes import BankMark
from desktop_app.domain.matching.evidence import name_key

_WORDS = (
    (BankMark.INTEREST, ("结息", "利息", "季息")),
    (BankMark.FEE, ("手续费", "工本费", "汇划费", "账户管理费", "账户维护费")),
)


def likely_mark(memo: str) -> BankMark | None:
    """The kind that a memo names; a person still says that it is so."""
    plain = name_key(memo)
    return next((mark for mark, words in _WORDS if any(word in plain for word in words)), None)
