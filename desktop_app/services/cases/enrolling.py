"""People put on a case's list: members found or made, one row a person and plan."""

from __future__ import annotations

from sqlalchemy import insert, select

from db.codes import EnrolleeState, Sex
from db.models.enrolments import Enrollee
from db.queries import enrolments as queries
from desktop_app.domain.rosters.rosters import RosterRow
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.recounts import head_amounts
from desktop_app.services.cases.roster_members import store_members
from desktop_app.services.versions.scheme_texts import plan_ids


def enrol(tx: Transaction, case: Case, people: list[RosterRow]) -> int:
    """Write members and their enrollee rows; who is on the list already is left as he is."""
    here = queries.listed_here(tx.session, case.enrolment.id)
    new = [person for person in people if person.identity not in here]
    ids = store_members(tx, people)
    _replace_returned(tx, case, [ids[person.identity] for person in new])
    plans = plan_ids(tx.session, case.scheme_id)
    line = queries.last_line(tx.session, case.enrolment.id)
    taken = [
        (case.scheme.plan(record.plan_key), plan)
        for plan, record in queries.plans_of(tx.session, case.enrolment.id)
    ]
    found = cases.quote_of_case(tx.session, case, tx.desk)
    heads = () if found.estimate else found.heads
    amounts = {woman: head_amounts(heads, woman=woman) for woman in (False, True)}
    rows = []
    for number, person in enumerate(new, start=line + 1):
        each = amounts[person.sex == Sex.FEMALE]
        for plan, choice in taken:
            if plan.women_only and person.sex != Sex.FEMALE:
                continue
            rows.append(
                {
                    "enrolment_id": case.enrolment.id,
                    "line_no": number,
                    "member_id": ids[person.identity],
                    "plan_id": plans[plan.id],
                    "shares": choice.shares,
                    "contribution_fen": each.get(plan.id),
                    "state_code": "listed",
                }
            )
    if rows:
        tx.session.execute(insert(Enrollee), rows)
    return len(new)


def _replace_returned(tx: Transaction, case: Case, members: list[int]) -> None:
    """Who was returned in review and comes in again stands on the new line, not on both."""
    query = select(Enrollee).where(
        Enrollee.enrolment_id == case.enrolment.id,
        Enrollee.state_code == EnrolleeState.RETURNED,
    )
    for row in tx.session.scalars(query):
        if row.member_id in members:
            row.state_code = EnrolleeState.WITHDRAWN
