"""The free lines of all statements with what they would pay for, as the window shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from db.queries import matching as queries
from desktop_app.domain.dates import chinese_date
from desktop_app.domain.matching.proposals import propose
from desktop_app.domain.matching.recorded import Known, Recorded, recorded_before
from desktop_app.domain.matching.values import Line, Owed, Proposal
from desktop_app.services.desk import Desk
from desktop_app.services.money.owing import lines_in, owed_of, recorded_transfers
from desktop_app.services.views.matching import (
    RECORDED,
    STATE_LABELS,
    Matches,
    MatchLine,
    MoneyLine,
    OwedLine,
    RecordedLine,
)


def free_of(session: Session) -> tuple[list[Line], Known, dict[int, Recorded]]:
    """Free lines, which of them were recorded from slips before, and the transfers by id."""
    lines, recorded = lines_in(session), recorded_transfers(session)
    return lines, recorded_before(lines, recorded), {one.id: one for one in recorded}


def proposals_of(session: Session, desk: Desk) -> tuple[Proposal, ...]:
    """What is proposed for the free lines that nobody recorded before."""
    lines, known, _recorded_by_id = free_of(session)
    told = {*known.pairs, *known.unclear}
    return propose([one for one in lines if one.id not in told], owed_of(session, desk))


def matches(session: Session, desk: Desk) -> Matches:
    lines, known, recorded = free_of(session)
    by_id = {one.id: one for one in lines}
    told = {*known.pairs, *known.unclear}
    owed = {one.id: one for one in owed_of(session, desk)}
    made = propose([one for one in lines if one.id not in told], owed.values())
    shown = tuple(_proposed(one, by_id, owed) for one in made)
    paid = queries.unseen_parts(session)
    before = []
    for one in sorted(told):
        payment = known.pairs.get(one)
        cases = [owed[case] for case in paid.get(payment or 0, ()) if case in owed]
        may_be = tuple(
            _may_be(recorded[number], [owed[case] for case in paid.get(number, ()) if case in owed])
            for number in known.unclear.get(one, ())
        )
        candidates = tuple(_open(case, case.fen) for case in cases)
        before.append(_recorded(by_id[one], payment, candidates, may_be))
    booked = sum(part.fen for one in shown for part in one.parts)
    whole = sum(one.fen for one in lines)
    return Matches((*before, *shown), whole, booked, whole - booked)


def _proposed(one: Proposal, lines: Mapping[int, Line], owed: Mapping[int, Owed]) -> MatchLine:
    return MatchLine(
        lines=tuple(money_line(lines[line]) for line in one.lines),
        parts=tuple(_open(owed[part.owed], part.fen, part.line) for part in one.parts),
        remainder_fen=one.remainder_fen,
        shortfall_fen=one.shortfall_fen,
        state=one.state.value,
        state_label=STATE_LABELS[one.state],
        certain=one.certain,
        reasons=one.reasons,
        candidates=tuple(_open(owed[of], owed[of].fen) for of in one.candidates),
    )


def still_owed(session: Session, desk: Desk) -> tuple[OwedLine, ...]:
    """Every application of which something is still to be paid."""
    return tuple(_open(one, one.fen) for one in owed_of(session, desk) if one.fen)


def _open(owed: Owed, fen: int, line: int = 0) -> OwedLine:
    return OwedLine(owed.id, owed.unit, owed.name, fen, line)


def _may_be(one: Recorded, paid: Sequence[Owed]) -> RecordedLine:
    names = tuple(dict.fromkeys(case.name for case in paid))
    return RecordedLine(one.id, one.day, one.fen, one.payer_name, names, one.returned)


def _told(may_be: Sequence[RecordedLine]) -> str:
    """Why a line is not booked for certain: all that it may be, what was sent back among it."""
    if not may_be:
        return "金额、日期和付款人与已登记的一笔缴费相同。"
    back = [one for one in may_be if one.returned]
    if not back:
        return "可能是已登记的缴费,可是对得上的不止一笔,请人工核对。"
    day = chinese_date(back[0].day)
    return f"可能是登记过、已退回的缴费({day}),也可能是重新付的,请人工核对。"


def _recorded(
    line: Line,
    payment: int | None,
    paid: tuple[OwedLine, ...],
    may_be: tuple[RecordedLine, ...],
) -> MatchLine:
    """A line whose transfer was recorded before, or may have been."""
    return MatchLine(
        lines=(money_line(line),),
        parts=(),
        remainder_fen=line.fen,
        shortfall_fen=0,
        state=RECORDED,
        state_label="已登记" if payment is not None else "可能已登记",
        certain=False,
        reasons=(_told(may_be),),
        candidates=paid,
        payment=payment,
        may_be=may_be,
    )


def money_line(line: Line) -> MoneyLine:
    return MoneyLine(line.id, line.day, line.fen, line.payer_name, line.payer_account, line.memo)
