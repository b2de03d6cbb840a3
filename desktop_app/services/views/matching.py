"""What the window shows of matching: each line's money, what it would pay for, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from desktop_app.domain.matching.values import State

RECORDED = "recorded"  # a transfer that was recorded from its slip before
STATE_LABELS: Mapping[State, str] = MappingProxyType(
    {
        State.EXACT: "相符",
        State.SHORT: "少缴",
        State.OVER: "多缴",
        State.REPEATED: "重复缴费",
        State.UNCLEAR: "待核对",
        State.UNKNOWN: "认不出",
        State.NO_FEE: "不是缴费",
    }
)


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A bank line; what went out is below zero."""

    id: int
    day: date
    fen: int
    payer_name: str
    payer_account: str
    memo: str


@dataclass(frozen=True, slots=True)
class OwedLine:
    """An application that is paid for, or comes into question; `fen` of a part is its part."""

    enrolment_id: int
    unit_id: int
    unit_name: str
    fen: int
    line: int = 0


@dataclass(frozen=True, slots=True)
class RecordedLine:
    """A transfer recorded from its slip that a line may be; sent back since, or not."""

    payment_id: int
    day: date
    fen: int
    payer_name: str
    unit_names: tuple[str, ...]
    returned: bool


@dataclass(frozen=True, slots=True)
class MatchLine:
    """One proposal.

    Args:
        state: key of how the money stands to what is owed.
        certain: whether it may be booked with the others that are.
        payment: the transfer that it was recorded as before, where it was.
        candidates: with what they still owe.
        may_be: the transfers of which it may be one, where nobody can tell which.
    """

    lines: tuple[MoneyLine, ...]
    parts: tuple[OwedLine, ...]
    remainder_fen: int
    shortfall_fen: int
    state: str
    state_label: str
    certain: bool
    reasons: tuple[str, ...]
    candidates: tuple[OwedLine, ...]
    payment: int | None = None
    may_be: tuple[RecordedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class BookedLine:
    """A bank line, and the transfer that it is booked as.

    Args:
        parts: what each application was paid of the transfer.
        left_fen: of the transfer, neither used nor asked back.
        recorded: whether the transfer was recorded from its slip before.
        person: whether it was paid from a person's account.
        note: why it pays for nothing, or went back, where that was said.
        back_on: the day the same money went out again, where nobody asked for a refund.
    """

    line: MoneyLine
    payment_id: int
    parts: tuple[OwedLine, ...]
    left_fen: int
    recorded: bool
    person: bool
    state_label: str
    note: str
    back_on: date | None = None


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line that is no contribution, in or out (below zero), and who said so and when.

    Args:
        mark: key of its kind.
        note: what else was said of it.
    """

    line: MoneyLine
    mark: str
    mark_label: str
    note: str
    user: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LineEvent:
    """What once was done with a bank line, and why."""

    at: datetime
    user: str
    what: str
    note: str


@dataclass(frozen=True, slots=True)
class RemainderLine:
    """A transfer of which something pays for nothing, or did until it went back.

    Args:
        left_fen: neither used nor asked back.
        waiting_fen: asked back and not arrived with who paid.
        back_fen: arrived there.
        note: why it pays for nothing, where that was said, and why it goes back.
    """

    payment_id: int
    paid_on: date
    payer_name: str
    payer_account: str
    fen: int
    left_fen: int
    waiting_fen: int
    asked_on: date | None
    back_fen: int
    note: str


@dataclass(frozen=True, slots=True)
class Matches:
    """All free lines; the sums add up to what they hold."""

    proposals: tuple[MatchLine, ...]
    fen: int
    booked_fen: int  # what the proposals would book
    remainder_fen: int
