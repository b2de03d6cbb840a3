"""What is known of one enrolment, and how its steps and gaps are told; values only."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class StepView:
    """One mark of the step bar; state is `done`, `now` or `later`."""

    key: str
    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Missing:
    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one enrolment, what the act itself brings included.

    Args:
        people: good rows, each person once.
        parked: refused rows that still wait to be mended; they never block.
        women: women among `people`.
        at_work: the unit's workers on the payroll; None where not told.
        women_at_work: women among them.
        over_age: people who need the over-age paper.
        plans: ids of the plans chosen.
        shares: shares per person and plan, where `plan_shares` does not tell them by plan.
        plan_shares: shares per person of each plan.
        unit_kind: code of the unit's kind.
        due_fen: what the unit has to transfer; None while a figure it hangs on is open.
        total_fen: what the roster comes to, the unions' parts included.
        payment_fen: the money recorded, without what was asked back; None where none is.
        back_fen: what was asked back of the money, arrived or not.
        back_waits: whether some of that has not arrived.
        payment_people: people the payment names; None where it names none, or some were refunded.
        slip: whether the bank slip is filed.
        corporate: whether the payment came from a corporate account.
        payment_confirmed: whether the province confirmed the money.
        effective_on: first day of cover, from the plan document.
        business_no: the province's number.
        invoice: whether the invoice particulars are complete.
        receipt: whether the dues receipt is recorded.
        papers: ids of papers that are there.
        printed: ids of forms printed.
        stamped: ids of papers back with the seal.
        void: (id, why) of forms whose last print is void and that have none in force.
        to_confirm: labels of the open figures this case depends on.
        refused: what the scheme's windows, closures and cover say against handing it in.
        before_people: people of the unit's earlier applications, where this one adds some.
        before_women: the women among those.
        sent_back: people whom the upper office sent back and of whom nobody has decided yet.
        returned: people whom a review returned and of whom nobody has decided yet.
        asks_effective: whether the first day of cover stands on a paper, not in a rule.
    """

    people: int = 0
    parked: int = 0
    women: int = 0
    at_work: int | None = None
    women_at_work: int | None = None
    over_age: int = 0
    plans: tuple[str, ...] = ()
    shares: int = 1
    plan_shares: tuple[tuple[str, int], ...] = ()
    unit_kind: str | None = None
    due_fen: int | None = None
    total_fen: int | None = None
    payment_fen: int | None = None
    back_fen: int = 0
    back_waits: bool = False
    payment_people: int | None = None
    slip: bool = False
    corporate: bool = True
    payment_confirmed: bool = False
    effective_on: datetime.date | None = None
    business_no: str | None = None
    invoice: bool = False
    receipt: bool = False
    papers: frozenset[str] = field(default_factory=frozenset)
    printed: frozenset[str] = field(default_factory=frozenset)
    stamped: frozenset[str] = field(default_factory=frozenset)
    void: tuple[tuple[str, str], ...] = ()
    to_confirm: tuple[str, ...] = ()
    refused: tuple[Missing, ...] = ()
    before_people: int = 0
    before_women: int = 0
    sent_back: int = 0
    returned: int = 0
    asks_effective: bool = True
