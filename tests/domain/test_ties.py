"""The tie of an application: what is open between list, slip, arrival and receipt, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.ties import Asked, Sums, TieState, tie

ALL = Asked(True, True, True, "省办确认到账", "会费票据")
OWN = Asked(True, False, False)
FREE = Asked(False, False, False)
TIED = Sums(
    people=86,
    total_fen=860_000,
    due_fen=860_000,
    plans_fen=860_000,
    parts_fen=860_000,
    paid_fen=860_000,
    paid_people=86,
    confirmed_fen=860_000,
    receipt_fen=860_000,
)


def test_what_agrees_from_list_to_receipt_is_tied() -> None:
    assert tie(TIED, ALL) == tie(replace(TIED, paid_people=None), ALL)
    assert (tie(TIED, ALL).state, tie(TIED, ALL).open) == (TieState.TIED, ())


@pytest.mark.parametrize(
    ("changed", "state", "said"),
    [
        ({"due_fen": None, "total_fen": None, "paid_fen": None, "receipt_fen": None},
         "undecided", "应缴的金额还没有定:没有审核,或有标准待核对"),
        ({"paid_fen": None, "confirmed_fen": 0, "receipt_fen": None},
         "unpaid", "还没有缴款:应缴8,600.00元"),
        ({"paid_fen": 840_000, "paid_people": 84, "confirmed_fen": 840_000, "receipt_fen": 840_000},
         "differs", "少2人的钱:名单86人应缴8,600.00元,回单84人8,400.00元"),
        ({"paid_fen": 870_000, "paid_people": 86, "confirmed_fen": 870_000, "receipt_fen": 870_000},
         "differs", "多1人的钱:名单86人应缴8,600.00元,回单86人8,700.00元"),
        ({"paid_people": 85}, "differs",
         "金额相符,人数不符:名单86人应缴8,600.00元,回单85人8,600.00元"),
        ({"from_person": True}, "differs", "付款的是个人账户:须退回,由单位对公账户重缴"),
        ({"confirmed_fen": 800_000}, "unconfirmed", "已缴的600.00元还没有省办确认到账"),
        ({"receipt_fen": None}, "no-receipt", "还没有登记会费票据"),
        ({"receipt_fen": 850_000}, "differs",
         "会费票据的金额不符:会费票据8,500.00元,已缴8,600.00元"),
        ({"paid_fen": 870_000, "paid_people": 87, "confirmed_fen": 870_000, "back_fen": 10_000,
          "waiting_fen": 10_000}, "refund", "申请退费的100.00元还没有到账"),
        ({"plans_fen": 850_000}, "differs", "各项目合计8,500.00元,名单合计8,600.00元"),
        ({"parts_fen": 850_000}, "differs", "各出资方合计8,500.00元,名单合计8,600.00元"),
        ({"unions_fen": 1}, "differs",
         "单位应缴8,600.00元和工会承担0.01元,加起来不是名单合计8,600.00元"),
    ],
)  # fmt: skip
def test_each_thing_that_is_open_has_its_state_and_sentence(
    changed: dict[str, int | bool | None], state: str, said: str
) -> None:
    told = tie(replace(TIED, **changed), ALL)  # type: ignore[arg-type]
    assert (told.state, told.open) == (state, (said,))


def test_money_that_came_before_anything_is_due_is_a_difference() -> None:
    told = tie(Sums(86, None, None, paid_fen=100), ALL)
    assert told.state is TieState.DIFFERS
    assert told.open[1] == "应缴没有定,已缴1.00元"


def test_a_refund_that_arrived_leaves_what_is_due_tied() -> None:
    back = replace(TIED, paid_fen=870_000, paid_people=87, confirmed_fen=870_000, back_fen=10_000)
    assert tie(back, ALL).state is TieState.TIED
    assert (back.kept_fen, back.gap_fen) == (860_000, 0)


def test_where_nothing_is_asked_nothing_is_open() -> None:
    assert tie(Sums(86, 0, 0), FREE).state is TieState.TIED
    assert tie(Sums(86, 490_000, 0, parts_fen=490_000, unions_fen=490_000), ALL).open == ()
    paid = replace(TIED, confirmed_fen=0, receipt_fen=None)
    assert tie(paid, OWN).state is TieState.TIED


def test_of_a_part_that_unions_bear_the_unit_s_own_is_told() -> None:
    sums = Sums(10, 75_000, 50_000, parts_fen=75_000, unions_fen=25_000)
    assert tie(sums, OWN).open == ("还没有缴款:应缴500.00元(合计750.00元,其余由工会承担)",)


FEN = st.integers(0, 10**7)


@given(due=st.none() | FEN, paid=st.none() | FEN, confirmed=FEN, back=FEN, receipt=st.none() | FEN)
def test_tied_means_that_not_a_fen_is_open(
    due: int | None, paid: int | None, confirmed: int, back: int, receipt: int | None
) -> None:
    back = min(back, paid or 0)  # what did not come is not asked back
    sums = Sums(
        10, due, due, paid_fen=paid, confirmed_fen=confirmed, back_fen=back, receipt_fen=receipt
    )
    told = tie(sums, ALL)
    assert (told.state is TieState.TIED) == (not told.open)
    if told.state is TieState.TIED:
        assert due is not None
        assert sums.gap_fen == 0
        assert receipt in (None, sums.kept_fen)
        assert paid is None or confirmed == paid
