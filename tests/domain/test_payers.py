"""Who paid, held against who is known to pay: said in words where it is somebody else."""

from __future__ import annotations

import pytest

from db.codes import PaymentState
from desktop_app.domain.payments import part_state, payer_in_words, whole_state

UNIT, OFFICE = "甲县演示学校", "甲县教育局"


@pytest.mark.parametrize("payer", [UNIT, OFFICE, "甲县 演示学校 ", "甲县演示学校\u200b"])
def test_the_unit_and_the_payer_it_named_may_pay(payer: str) -> None:
    assert payer_in_words((payer, None), (OFFICE, UNIT), "9901") == ""


def test_brackets_of_either_width_are_the_same() -> None:
    assert payer_in_words(("甲厂(演示)", None), (None, "甲厂(演示)"), None) == ""


def test_another_name_and_another_account_are_told() -> None:
    assert payer_in_words(("乙厂", "99 02"), (None, UNIT), "9901") == (
        "付款户名“乙厂”不是“甲县演示学校”;付款账号99 02不是登记的9901"
    )
    assert payer_in_words(("乙厂", None), (OFFICE, UNIT), None) == (
        "付款户名“乙厂”不是“甲县教育局”或“甲县演示学校”"
    )


@pytest.mark.parametrize(("told", "known"), [("99 01", "9901"), (None, "9901"), ("9902", None)])
def test_an_account_is_compared_where_both_are_known(told: str | None, known: str | None) -> None:
    assert payer_in_words((UNIT, told), (None, UNIT), known) == ""


@pytest.mark.parametrize(
    ("agree", "left", "state"),
    [
        ((True, True), 0, PaymentState.AGREES),
        ((True, False), 0, PaymentState.DIFFERS),
        ((None, False), 0, PaymentState.DIFFERS),
        ((True, None), 0, PaymentState.RECORDED),
        ((), 0, PaymentState.RECORDED),
        ((True,), 1, PaymentState.DIFFERS),
    ],
)
def test_a_transfer_agrees_where_all_of_it_does(
    agree: tuple[bool | None, ...], left: int, state: PaymentState
) -> None:
    assert whole_state(agree, left) == state


@pytest.mark.parametrize(
    ("whole", "agrees", "state"),
    [
        ("differs", True, "agrees"),
        ("agrees", False, "differs"),
        ("recorded", None, "recorded"),
        ("returned", True, "returned"),
        ("void", False, "void"),
    ],
)
def test_a_part_stands_as_its_own_enrolment_says_until_the_whole_is_gone(
    whole: str, agrees: bool | None, state: str
) -> None:
    assert part_state(whole, agrees) == state
