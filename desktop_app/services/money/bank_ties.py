"""The statements' part of a tie: what each line is, and that no line is two things or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from db.codes import BankMark
from db.queries.ties import BankKind, BankMoney
from desktop_app.domain.labels import label
from desktop_app.domain.money import yuan
from desktop_app.services.views.ties import BankSum, Proof

BOOKED, FREE = "认过款的", "还没有认的"


def bank_sums(kinds: Sequence[BankKind]) -> tuple[BankSum, ...]:
    """The lines by what they are: booked, each kind of what is no contribution, nothing yet."""
    found = [
        _sum(BOOKED, "", (one for one in kinds if one.booked)),
        *(
            _sum(label(mark), mark.value, (one for one in kinds if one.mark == mark))
            for mark in BankMark
        ),
        _sum(FREE, "", (one for one in kinds if not one.booked and one.mark is None)),
    ]
    return tuple(one for one in found if one.lines_in or one.lines_out)


def _sum(text: str, mark: str, kinds: Iterable[BankKind]) -> BankSum:
    of = list(kinds)
    return BankSum(
        text,
        mark,
        sum(one.lines_in for one in of),
        sum(one.fen_in for one in of),
        sum(one.lines_out for one in of),
        sum(one.fen_out for one in of),
    )


def bank_proofs(bank: BankMoney, kinds: Sequence[BankSum]) -> Iterator[Proof]:
    """Nothing where the office keeps no statements."""
    if not bank.whole:
        return
    back = f" + 退回的{yuan(bank.back)}元" if bank.back else ""
    yield Proof(
        "银行流水里认过款的进账", bank.matched,
        f"对应的转账{back}", bank.transfers + bank.back,
    )  # fmt: skip
    marked = [one for one in kinds if one.mark and one.fen_in]
    terms = "、".join(f"{one.label}{yuan(one.fen_in)}元" for one in marked)
    other = f" + 其他款项({terms})" if marked else ""
    yield Proof(
        "银行流水的进账", bank.whole,
        f"{BOOKED}{other} + {FREE}", bank.matched + sum(one.fen_in for one in marked) + bank.free,
    )  # fmt: skip
