"""The tie of a drive as it is shown and exported: a line a unit's application, and its proofs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.ties import TieState

TIE_LABELS = {
    TieState.UNDECIDED: "应缴未定",
    TieState.DIFFERS: "不符",
    TieState.UNPAID: "未缴",
    TieState.UNCONFIRMED: "未确认到账",
    TieState.REFUND: "退费未到账",
    TieState.NO_RECEIPT: "缺票据",
    TieState.TIED: "已对平",
}


@dataclass(frozen=True, slots=True)
class TiePlan:
    """One plan of an application; `fen` is None while it is an estimate."""

    name: str
    people: int
    fen: int | None


@dataclass(frozen=True, slots=True)
class TiePart:
    """What one payer bears, and the account it is charged to (列支渠道)."""

    payer: str
    channel: str
    fen: int


@dataclass(frozen=True, slots=True)
class TieLine:
    """One application's money from its list to its receipt, in fen.

    `unions_fen` is what other unions bear, `kept_fen` what was paid and not asked back,
    `gap_fen` what is missing (below zero: too much), `open` a sentence for each open thing.
    """

    unit_id: int
    enrolment_id: int
    unit: str
    area: str
    business_no: str
    people: int
    plans: tuple[TiePlan, ...]
    parts: tuple[TiePart, ...]
    total_fen: int | None
    unions_fen: int | None
    due_fen: int | None
    paid_fen: int
    confirmed_fen: int
    back_fen: int
    kept_fen: int
    gap_fen: int
    receipt_fen: int | None
    state: TieState
    open: tuple[str, ...]
    system_people: int | None = None
    system_fen: int | None = None

    @property
    def state_label(self) -> str:
        return TIE_LABELS[self.state]

    @property
    def told_plans(self) -> tuple[TiePlan, ...]:
        """Without those that cost nothing and tell nothing: held by nobody, or by as many as pay.

        Where nothing at all is paid, who holds what is what there is to tell.
        """
        told = {plan.people for plan in self.plans if plan.fen != 0}
        return tuple(one for one in self.plans if one.fen != 0 or one.people not in {0, *told})


@dataclass(frozen=True, slots=True)
class Proof:
    """Two sums that must be the same, counted on two ways, and how each is made up."""

    left_text: str
    left_fen: int
    right_text: str
    right_fen: int

    @property
    def holds(self) -> bool:
        return self.left_fen == self.right_fen


@dataclass(frozen=True, slots=True)
class BankSum:
    """What lines of one kind on the office's own statements come to, in and out, in fen.

    Args:
        mark: key of what is no contribution; empty for what is booked and what is nothing yet.
    """

    label: str
    mark: str
    lines_in: int
    fen_in: int
    lines_out: int
    fen_out: int


@dataclass(frozen=True, slots=True)
class DriveTie:
    """A year's drive: its applications, and the sums that prove that no fen is missing."""

    year: int
    today: date
    plans: tuple[str, ...]
    payers: tuple[str, ...]
    asks_arrival: bool
    receipt_word: str
    system_word: str
    lines: tuple[TieLine, ...]
    proofs: tuple[Proof, ...]
    free_lines: int = 0  # of the office's own bank statements, booked as nothing yet
    free_fen: int = 0
    bank: tuple[BankSum, ...] = ()  # each of those lines in one kind; none without statements
    own_account: bool = (
        True  # the money comes to the office: not to the province, or statements are in
    )

    @property
    def open_lines(self) -> tuple[TieLine, ...]:
        return tuple(line for line in self.lines if line.open)
