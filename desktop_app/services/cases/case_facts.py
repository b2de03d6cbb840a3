"""What the rules ask about cases, gathered from the ledger for however many at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypedDict

from sqlalchemy.orm import Session

from db.codes import CaseState, EnrolleeState, Handling, PaperState
from db.queries.case_rows import CaseRows, rows_of
from desktop_app.domain.eligibility import AgeLimits
from desktop_app.domain.enrolments import Facts
from desktop_app.domain.figures import figure_label, open_border
from desktop_app.domain.quotes import Quote, cover_by_rule, quote
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.quotes import Asking, asked_of, due_of, refusals, total_of
from desktop_app.services.cases.unit_invoices import unit_invoice
from desktop_app.services.desk import Desk

_THERE = (PaperState.KEPT, PaperState.SEEN, PaperState.STAMPED)


def facts_of(session: Session, case: Case, desk: Desk) -> Facts:
    """Gather what the steps ask about."""
    return facts_of_many(session, [case], desk)[case.enrolment.id]


def facts_of_many(session: Session, cases: Collection[Case], desk: Desk) -> dict[int, Facts]:
    """The same of many cases, by their ids, in as many queries as for one."""
    rows = rows_of(session, [case.enrolment.id for case in cases])
    calendar, today = desk.calendar(session), desk.today()
    found: dict[int, Facts] = {}
    for case in cases:
        of = rows[case.enrolment.id]
        asked = asked_of(session, desk, case.enrolment, case.unit, asking=_asking(of))
        over_age = _over_age(of, AgeLimits(case.scheme.eligibility, today))
        found[case.enrolment.id] = _facts(case, of, quote(case.scheme, asked, calendar), over_age)
    return found


def _facts(case: Case, of: CaseRows, found: Quote, over_age: int) -> Facts:
    enrolment, unit = case.enrolment, case.unit
    people, women, shares = _asking(of)
    by_unit = enrolment.handling_code == Handling.BY_UNIT
    first = cover_by_rule(case.scheme, found)
    due, total = enrolment.due_fen, enrolment.total_fen
    waits = enrolment.approved_at is None and enrolment.state_code != CaseState.FINISHED
    if waits and not by_unit:  # what it comes to by today's figures
        due, total = due_of(found), total_of(found)
    sent_back = {row.state_code: row.people for row in of.sent_back}
    return Facts(
        people=enrolment.people if by_unit else people,
        parked=sum(row.rows for row in of.parked),
        women=(enrolment.women or 0) if by_unit else women,  # whose roster only the unit has
        at_work=enrolment.at_work,
        women_at_work=enrolment.women,
        over_age=over_age,
        plans=tuple(key for key, _count in shares),
        plan_shares=shares,
        unit_kind=unit.kind_code,
        due_fen=due,
        total_fen=total,
        payment_confirmed=(due == 0 and enrolment.people > 0)
        or (bool(of.parts) and all(part.confirmed_on for part in of.parts)),
        effective_on=enrolment.effective_on or (first.first if first is not None else None),
        business_no=enrolment.business_no,
        invoice=bool(unit_invoice(unit).code),
        receipt=bool(of.receipts),
        papers=frozenset(row.paper_key for row in of.papers if row.state_code in _THERE),
        printed=frozenset(row.form_key for row in of.printed),
        stamped=frozenset(
            row.paper_key for row in of.papers if row.state_code == PaperState.STAMPED
        ),
        void=tuple((row.form_key, row.note or "") for row in of.void),
        to_confirm=tuple(figure_label(case.scheme, key) for key in _open(case, found)),
        refused=refusals(found, case.scheme),
        before_people=sum(row.people for row in of.before),
        before_women=sum(row.women for row in of.before),
        sent_back=sent_back.get(EnrolleeState.REFUSED, 0),
        returned=sent_back.get(EnrolleeState.RETURNED, 0),
        asks_effective=case.scheme.coverage.kind == "from-plan-document",
        **_money(of),
    )


class _Money(TypedDict):
    payment_fen: int | None
    back_fen: int
    back_waits: bool
    payment_people: int | None
    slip: bool
    corporate: bool


def _money(of: CaseRows) -> _Money:
    """What came in for the case, what went back, and how it was paid."""
    back = sum(row.fen for row in of.refunds)
    people = [part.people for part in of.parts if part.people is not None]
    return _Money(
        payment_fen=sum(part.fen for part in of.parts) - back if of.parts else None,
        back_fen=back,
        back_waits=any(row.arrived_on is None for row in of.refunds),
        payment_people=sum(people) if people and not of.refunds else None,
        # every instalment has its slip, or a line of the office's own statements
        slip=bool(of.parts) and all(part.slip or part.line for part in of.parts),
        corporate=not any(part.payer_is_person for part in of.parts),
    )


def _asking(of: CaseRows) -> Asking:
    shares = tuple((row.plan_key, row.shares) for row in of.plans)
    people, women = (of.people[0].people, of.people[0].women) if of.people else (0, 0)
    return Asking(people, women, shares)


def _over_age(of: CaseRows, limits: AgeLimits) -> int:
    return sum(row.people for row in of.born if limits.is_above(row.born_on))


def _open(case: Case, found: Quote) -> tuple[str, ...]:
    """Keys of the open figures that amount, cover and participation of the case hang on."""
    border = open_border(case.scheme, case.enrolment.at_work)
    if case.enrolment.handling_code == Handling.BY_UNIT:  # its amount is worked out elsewhere
        return tuple(border)
    return tuple(dict.fromkeys((*found.to_confirm, *border)))
