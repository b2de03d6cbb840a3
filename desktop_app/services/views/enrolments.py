"""One unit's application as lists and its page show it: plans, money, steps, history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.domain.enrolments import Missing, StepView
from desktop_app.domain.money import yuan
from desktop_app.domain.schemes.scheme_parts import NEUTRAL, Words
from desktop_app.services.views.funding import ChannelLine
from desktop_app.services.views.papers import FormLine, PaperLine
from desktop_app.services.views.quotes import QuoteView
from desktop_app.services.views.receipts import NO_RECEIPTS, Receipts
from desktop_app.services.views.turnout import TurnoutLine


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """One line of a list of enrolments."""

    id: int
    unit_id: int
    unit_name: str
    year: int
    handling_label: str
    step_label: str  # 待审核, 待缴费 ...
    people: int
    due_fen: int | None
    business_no: str | None
    state: str
    total_fen: int | None = None


@dataclass(frozen=True, slots=True)
class PlanLine:
    key: str
    label: str
    shares: int
    fee_fen: int | None
    people: int
    due_fen: int | None


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """What of a transfer the case is paid with: all of it, where it pays for nothing else."""

    id: int
    amount_fen: int
    people: int | None
    paid_on: date
    payer_name: str
    payer_is_person: bool
    state: str
    state_label: str
    confirmed_on: date | None
    payer_differs: str = ""  # how the payer differs from who is known to pay, in words
    whole_fen: int = 0  # of the transfer, where it pays for several cases
    cases_paid: int = 1
    by_statement: bool = False  # booked from a line of the bank, not from its slip

    @property
    def whole_text(self) -> str:
        """Of which transfer this is a part; empty where it is all of it."""
        if self.cases_paid == 1:
            return ""
        return f"整笔{yuan(self.whole_fen)}元,缴{self.cases_paid}份申请"


@dataclass(frozen=True, slots=True)
class RefundLine:
    """Money asked back; it is out until it has arrived with who paid it."""

    fen: int
    payer_name: str
    reason: str
    asked_on: date
    arrived_on: date | None


@dataclass(frozen=True, slots=True)
class EnrolmentView:
    """Everything of one case that its page shows."""

    id: int
    uid: str
    unit_id: int
    unit_name: str
    year: int
    handling: str
    handling_label: str
    state: str
    steps: tuple[StepView, ...]
    step_key: str
    step_label: str
    next_label: str  # text of the one button, without 下一步:
    next_act: str  # act key, e.g. enrolment.submit
    missing: tuple[Missing, ...]  # empty: the button is live
    plans: tuple[PlanLine, ...]
    people: int
    parked: int
    participation: str  # 在职107人,应不少于86人(80%):已够
    at_work: int | None
    women: int | None
    due_fen: int | None
    paid_fen: int
    difference: str  # money in words, empty where it agrees
    to_confirm: tuple[str, ...]
    business_no: str | None
    effective_on: date | None
    last_on: date | None
    papers: tuple[PaperLine, ...]
    payments: tuple[PaymentLine, ...]
    forms: tuple[FormLine, ...]
    returned_for: str
    submitted_by: str
    folder: str  # last upload folder's name
    total_fen: int | None = None  # with what unions bear; due_fen is what the unit transfers
    words: Words = NEUTRAL  # of its scheme
    turnout: tuple[TurnoutLine, ...] = ()  # empty where nobody has to join
    charged: tuple[ChannelLine, ...] = ()  # 列支渠道, as far as they were told
    marked: int = 0  # people whom the reviewer has marked to be returned
    refunds: tuple[RefundLine, ...] = ()
    receipts: Receipts = NO_RECEIPTS
    overpaid_fen: int = 0  # of what arrived, as far as nobody asked it back
    short: str = ""  # what is missing of money that had arrived, e.g. 已退600.00元,还差600.00元
    invoice: str = ""  # whom the receipt is made out to; empty where the scheme asks for none
    quote: QuoteView | None = None  # what it comes to and how; None where the unit works it out
    may_send: bool = False  # approved, and sent to the system above by this office
    system_people: int | None = None  # as the system above shows them, where somebody looked
    system_fen: int | None = None
    system_differs: str = ""  # how that differs from the list, in words


@dataclass(frozen=True, slots=True)
class HistoryLine:
    at: datetime
    who: str
    what: str
    note: str
