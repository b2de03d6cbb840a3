"""Whose waiting row a later person of the same name puts right."""

from __future__ import annotations

import pytest

from desktop_app.domain.rosters.mended import may_be_mended
from tests.domain.rosters import number

WHOLE = number("19900506", 3)


@pytest.mark.parametrize(
    "written",
    [
        "", "无", "13800138000", "9.99999E+17",  # no number that is written out
        WHOLE[:17], WHOLE[:15] + "000", WHOLE[:16] + "O" + WHOLE[17:], f" {WHOLE.lower()}",
        WHOLE[:6] + "90" + WHOLE[8:], WHOLE[:10] + "60" + WHOLE[12:], WHOLE + "1",
    ],
)  # fmt: skip
def test_a_wrong_number_may_be_that_of_whom_it_nearly_names(written: str) -> None:
    assert may_be_mended(written, WHOLE)


@pytest.mark.parametrize("written", [number("19881123", 7), number("19910822", 3)[:17], "1" * 18])
def test_a_namesake_with_quite_another_number_is_somebody_else(written: str) -> None:
    assert not may_be_mended(written, WHOLE)
