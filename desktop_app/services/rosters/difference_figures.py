"""What the two lists of a difference come to: people, what the unit transfers, participation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from db.codes import CaseState, Sex
from db.queries import enrolments as queries
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.enrolment_views import participation_text
from desktop_app.services.cases.quotes import due_of
from desktop_app.services.desk import Desk
from desktop_app.services.rosters.difference_sides import Base
from desktop_app.services.rosters.roster_views import due_after
from desktop_app.services.views.differences import ListFigures


class Stored(NamedTuple):
    """What a waiting roster would store."""

    people: int  # on the case's list then
    sexes: Sequence[Sex | None]  # of those who would come


def figures_of(
    session: Session, desk: Desk, case: Case, base: Base, planned: Stored | None
) -> tuple[ListFigures, ...]:
    """The list before, the case's list where it has anybody, and as it would be once stored."""
    before = _before(session, case, base)
    found = [before] if base.cases else []
    people = queries.count_people(session, case.enrolment.id)[0]
    if planned is None or people:
        title = "存入前" if planned is not None else f"{case.enrolment.year}年度名单"
        found.append(_with(case, base, before, title, people, _due(session, desk, case)))
    if planned is not None:
        due = due_after(session, desk, case, [*planned.sexes])
        found.append(_with(case, base, before, "存入后", planned.people, due))
    return tuple(found)


def _before(session: Session, case: Case, base: Base) -> ListFigures:
    people = sum(queries.count_people(session, one)[0] for one in base.ids)
    dues = [one.due_fen for one in base.cases]
    due = None if None in dues else sum(fen for fen in dues if fen is not None)
    if base.addition or not base.cases:
        text = participation_text(case.scheme, case.enrolment.at_work, people)
        return ListFigures("本年度已有", people, due, text)
    last = cases.load(session, base.ids[0])
    text = participation_text(last.scheme, last.enrolment.at_work, people)
    return ListFigures(f"{base.year}年度名单", people, due, text)


def _due(session: Session, desk: Desk, case: Case) -> int | None:
    enrolment = case.enrolment
    if enrolment.approved_at is not None or enrolment.state_code == CaseState.FINISHED:
        return enrolment.due_fen
    return due_of(cases.quote_of_case(session, case, desk))


def _with(
    case: Case, base: Base, before: ListFigures, title: str, people: int, due: int | None
) -> ListFigures:
    """What an addition makes of the period: it stands on top of those who are in already."""
    if base.addition:
        people += before.people
        due = None if due is None or before.due_fen is None else due + before.due_fen
    text = participation_text(case.scheme, case.enrolment.at_work, people)
    return ListFigures(title, people, due, text)
