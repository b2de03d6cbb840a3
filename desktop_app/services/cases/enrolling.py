"""People put on a case's list: members found or made, one row a person and plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from sqlalchemy import bindparam, select

from db.base import Base
from db.bulk import insert_rows
from db.codes import EnrolleeState, Sex
from db.models.enrolments import Enrollee
from db.queries import enrolments as queries
from db.queries.members import Known
from desktop_app.domain.quotes import Quote
from desktop_app.domain.rosters.rosters import RosterRow
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.quotes import Standing, standing_of
from desktop_app.services.cases.recounts import Counted, head_amounts, write_counts
from desktop_app.services.cases.roster_members import store_members

_COLUMNS = (
    "enrolment_id", "line_no", "member_id", "plan_id", "shares", "contribution_fen", "state_code",
    "row_version",
)  # fmt: skip

_RETURNED = select(Enrollee).where(
    Enrollee.enrolment_id == bindparam("case"), Enrollee.state_code == EnrolleeState.RETURNED
)


def enrol(
    tx: Transaction,
    case: Case,
    people: Sequence[RosterRow],
    here: Set[str] | None = None,
    known: Mapping[str, Known] | None = None,
) -> int:
    """Write members and their enrollee rows; who is on the list already is left as he is.

    `here` are the numbers on the list, `known` is what the ledger has of the people's numbers,
    where they were asked for already.
    """
    if here is None:
        here = queries.listed_here(tx.session, case.enrolment.id)
    new = [person for person in people if person.identity not in here]
    ids = store_members(tx, people, known)
    line = queries.last_line(tx.session, case.enrolment.id)
    if line:
        _replace_returned(tx, case, [ids[person.identity] for person in new])
        standing = standing_of(tx.session, case.enrolment)
    else:
        standing = Standing(0, 0, queries.plans_of(tx.session, case.enrolment.id))
    found = cases.quote_of_case(tx.session, case, tx.desk, standing.asking)
    _write(tx, case, new, _Lines(ids, line, standing, found))
    return len(new)


def enrol_first(
    tx: Transaction, case: Case, people: Sequence[RosterRow], known: Mapping[str, Known]
) -> int:
    """Write the people of a list that nobody stands on yet, and count it as `recount` would.

    `known` is what the ledger has of their numbers. Returns how many there are.
    """
    ids = store_members(tx, people, known)
    plans = queries.plans_of(tx.session, case.enrolment.id)
    women = sum(person.sex is Sex.FEMALE for person in people)
    counts = {
        plan.plan_id: women if case.scheme.plan(record.plan_key).women_only else len(people)
        for plan, record in plans
    }
    standing = Standing(max(counts.values(), default=0), women if plans else 0, plans)
    found = cases.quote_of_case(tx.session, case, tx.desk, standing.asking)
    _write(tx, case, people, _Lines(ids, 0, standing, found))
    with tx.session.no_autoflush:  # what changes goes out together, at the end of the act
        write_counts(tx, case, Counted(standing, counts), found)
    return len(people)


class _Lines(NamedTuple):
    """What people's lines are written from: their members, the last line, plans and amounts."""

    ids: Mapping[str, int]
    last: int
    standing: Standing
    found: Quote


def _write(tx: Transaction, case: Case, people: Sequence[RosterRow], lines: _Lines) -> None:
    ids, last, standing, found = lines
    taken = [(case.scheme.plan(record.plan_key), plan) for plan, record in standing.plans]
    heads = () if found.estimate else found.heads
    amounts = {woman: head_amounts(heads, woman=woman) for woman in (False, True)}
    told = {
        woman: [
            (choice.plan_id, choice.shares, each.get(plan.id))
            for plan, choice in taken
            if woman or not plan.women_only
        ]
        for woman, each in amounts.items()
    }
    enrolment_id, listed = case.enrolment.id, EnrolleeState.LISTED.value
    rows = (
        (enrolment_id, number, ids[person.identity], *each, listed, 1)
        for number, person in enumerate(people, start=last + 1)
        for each in told[person.sex is Sex.FEMALE]
    )
    insert_rows(tx.session, Base.metadata.tables[Enrollee.__tablename__], _COLUMNS, rows)


def _replace_returned(tx: Transaction, case: Case, members: list[int]) -> None:
    """Who was returned in review and comes in again stands on the new line, not on both."""
    for row in tx.session.scalars(_RETURNED, {"case": case.enrolment.id}):
        if row.member_id in members:
            row.state_code = EnrolleeState.WITHDRAWN
