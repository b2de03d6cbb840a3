"""What a bank's memo says of interest and fees."""

from __future__ import annotations

import pytest

from db.codes import BankMark
from desktop_app.domain.matching.marks import likely_mark


@pytest.mark.parametrize(
    ("memo", "mark"),
    [
        ("结息", BankMark.INTEREST),
        ("2026年三季度 利 息", BankMark.INTEREST),
        ("批量结息入账", BankMark.INTEREST),
        ("手续费", BankMark.FEE),
        ("账户管理费", BankMark.FEE),
        ("会费", None),
        ("缴费", None),
        ("互助金管理", None),
        ("", None),
    ],
)
def test_a_memo_names_interest_and_fees_and_nothing_else(memo: str, mark: BankMark | None) -> None:
    assert likely_mark(memo) is mark
