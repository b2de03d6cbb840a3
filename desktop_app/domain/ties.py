"""The tie of one application's money: list, slips, arrival and receipt beside one another.

Nothing is asked and nothing is read here: the sums come in, what is still open goes out in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain.dates import chinese_date
from desktop_app.domain.money import yuan
from desktop_app.domain.payments import difference_in_words, due_text, system_in_words


class TieState(StrEnum):
    """How the money of an application stands; the first that holds."""

    DIFFERS = "differs"  # what one source says is not what another says
    UNDECIDED = "undecided"  # nothing is due yet
    UNPAID = "unpaid"
    UNCONFIRMED = "unconfirmed"
    REFUND = "refund"  # asked back, and not arrived
    NO_RECEIPT = "no-receipt"
    TIED = "tied"


_TURN = {state: at for at, state in enumerate(TieState)}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the way of an application asks for, and what its scheme calls it.

    Args:
        money: the unit pays anything.
        arrival: somebody confirms that the money arrived.
        receipt: a receipt is recorded before the file is finished.
        arrived_word: 省办确认到账, or 登记到账.
        receipt_word: 会费票据.
        system_word: 省系统.
    """

    money: bool
    arrival: bool
    receipt: bool
    arrived_word: str = "登记到账"
    receipt_word: str = "票据"
    system_word: str = "上报系统"


@dataclass(frozen=True, slots=True)
class Sums:
    """One application's people and fen as each source has them; None where it says nothing.

    Args:
        people: on the list.
        total_fen: what the list comes to, whoever bears it.
        due_fen: of it what the unit transfers; None while it is an estimate.
        plans_fen: the plans' own sums together.
        parts_fen: the payers' parts together.
        unions_fen: of them what other unions bear.
        paid_fen: on the slips, as far as they pay for this application; without those sent back.
        paid_people: for how many, where each slip says it.
        confirmed_fen: of it what was confirmed to have arrived.
        back_fen: of it what was asked back, arrived or not.
        waiting_fen: of that what has not arrived.
        receipt_fen: on the receipts that count.
        system_people, system_fen: as the upper office's system shows them.
        from_person: some of it came from somebody's own account.
        taken_back_on: the day some of it went out again from the office's account, unasked.
    """

    people: int
    total_fen: int | None
    due_fen: int | None
    plans_fen: int | None = None
    parts_fen: int | None = None
    unions_fen: int = 0
    paid_fen: int | None = None
    paid_people: int | None = None
    confirmed_fen: int = 0
    back_fen: int = 0
    waiting_fen: int = 0
    receipt_fen: int | None = None
    system_people: int | None = None
    system_fen: int | None = None
    from_person: bool = False
    taken_back_on: date | None = None

    @property
    def kept_fen(self) -> int:
        """What was paid and not asked back."""
        return (self.paid_fen or 0) - self.back_fen

    @property
    def gap_fen(self) -> int:
        """What is missing; below zero what is too much; 0 while nothing is due."""
        return 0 if self.due_fen is None else self.due_fen - self.kept_fen


@dataclass(frozen=True, slots=True)
class Tie:
    """How an application's money stands, and a sentence for each thing that is open."""

    state: TieState
    open: tuple[str, ...] = ()


def tie(sums: Sums, asked: Asked) -> Tie:
    """Say whether an application's money agrees from its list to its receipt."""
    found = list(_open(sums, asked))
    if not found:
        return Tie(TieState.TIED)
    first = min(found, key=lambda one: _TURN[one[0]])
    return Tie(first[0], tuple(text for _state, text in found))


def _open(sums: Sums, asked: Asked) -> Iterator[tuple[TieState, str]]:
    yield from ((TieState.DIFFERS, text) for text in _not_adding_up(sums))
    shown = system_in_words(
        asked.system_word, (sums.people, sums.total_fen), (sums.system_people, sums.system_fen)
    )
    if shown:
        yield TieState.DIFFERS, shown
    if sums.due_fen is None:
        yield TieState.UNDECIDED, "应缴的金额还没有定:没有审核,或有标准待核对"
        if sums.kept_fen:
            yield TieState.DIFFERS, f"应缴没有定,已缴{yuan(sums.kept_fen)}元"
        return
    if asked.money:
        yield from _money(sums, sums.due_fen, asked)
    if asked.receipt:
        yield from _receipt(sums, sums.due_fen, asked)


def _not_adding_up(sums: Sums) -> Iterator[str]:
    """Parts of the list's own sum that do not add up to it; nothing does this but a fault."""
    if sums.total_fen is None:
        return
    for what, fen in (("各项目", sums.plans_fen), ("各出资方", sums.parts_fen)):
        if fen is not None and fen != sums.total_fen:
            yield f"{what}合计{yuan(fen)}元,名单合计{yuan(sums.total_fen)}元"
    if sums.due_fen is not None and sums.due_fen + sums.unions_fen != sums.total_fen:
        borne = f"单位应缴{yuan(sums.due_fen)}元和工会承担{yuan(sums.unions_fen)}元"
        yield f"{borne},加起来不是名单合计{yuan(sums.total_fen)}元"


def _money(sums: Sums, due: int, asked: Asked) -> Iterator[tuple[TieState, str]]:
    if sums.paid_fen is None:
        if due:
            yield TieState.UNPAID, f"还没有缴款:应缴{due_text(due, sums.total_fen)}"
        return
    if sums.from_person:
        yield TieState.DIFFERS, "付款的是个人账户:须退回,由单位对公账户重缴"
    if sums.taken_back_on is not None:
        day = chinese_date(sums.taken_back_on)
        yield TieState.DIFFERS, f"{day}同样一笔钱又从账户付出:请核对后撤回认款,或登记退费"
    people = None if sums.back_fen else sums.paid_people
    gap = difference_in_words(due, sums.kept_fen, sums.people, people, sums.total_fen)
    if gap:
        yield TieState.DIFFERS, gap
    waits = sums.paid_fen - sums.confirmed_fen
    if asked.arrival and waits:
        yield TieState.UNCONFIRMED, f"已缴的{yuan(waits)}元还没有{asked.arrived_word}"
    if sums.waiting_fen:
        yield TieState.REFUND, f"申请退费的{yuan(sums.waiting_fen)}元还没有到账"


def _receipt(sums: Sums, due: int, asked: Asked) -> Iterator[tuple[TieState, str]]:
    """A receipt is wanted once the money has arrived."""
    word = asked.receipt_word
    arrived = not asked.arrival or sums.confirmed_fen == (sums.paid_fen or 0)
    if sums.receipt_fen is None:
        if due and sums.kept_fen and arrived:
            yield TieState.NO_RECEIPT, f"还没有登记{word}"
    elif sums.receipt_fen != sums.kept_fen:
        told = f"{word}{yuan(sums.receipt_fen)}元,已缴{yuan(sums.kept_fen)}元"
        yield TieState.DIFFERS, f"{word}的金额不符:{told}"
