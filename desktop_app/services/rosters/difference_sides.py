"""The two lists of a difference out of the ledger, and what it knows of the people elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db.codes import CaseState, EnrolmentKind
from db.identifiers import stamp_at
from db.models.enrolments import Enrolment
from db.models.imports import ImportRow
from db.queries import differences as queries
from db.queries import enrolments as enrolment_queries
from db.queries import members as member_queries
from db.queries import namesakes as namesake_queries
from desktop_app.domain.names import name_key
from desktop_app.domain.rosters.differences import Elsewhere, Key, Listed
from desktop_app.domain.rosters.likely import Sign
from desktop_app.domain.rosters.rosters import RosterRow
from desktop_app.domain.texts import clean_number
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.years_before import cases_before


@dataclass(frozen=True, slots=True)
class Base:
    """What a case's list is laid beside: last year's cases, or this year's of an addition."""

    addition: bool
    cases: tuple[Enrolment, ...]

    @property
    def year(self) -> int | None:
        return self.cases[0].year if self.cases else None

    @property
    def ids(self) -> list[int]:
        return [case.id for case in self.cases]


def base_of(session: Session, case: Case) -> Base:
    enrolment = case.enrolment
    if enrolment.kind_code != EnrolmentKind.ADDITION:
        return Base(False, cases_before(session, case.unit.id, enrolment.year))
    so_far = [
        one
        for one in enrolment_queries.of_unit(session, case.unit.id)
        if one.year == enrolment.year
        and one.id != enrolment.id
        and one.state_code != CaseState.VOID
    ]
    return Base(True, tuple(so_far))


def list_before(
    session: Session, base: Base, local: Callable[[datetime], datetime]
) -> list[Listed]:
    """Last year's list with the names and numbers of then; nobody leaves by an addition."""
    if base.addition or not base.cases:
        return []
    approved = [case.approved_at for case in base.cases if case.approved_at is not None]
    since = min(approved) if len(approved) == len(base.cases) else None
    day = local(since).date() if since is not None else None
    numbers = queries.former_numbers(session, base.ids, day)
    names = queries.former_names(session, base.ids, stamp_at(since) if since is not None else 0)
    return [
        Listed(id_, number or "", names.get(id_, name), born, numbers.get(id_, ""))
        for id_, number, name, born in queries.people(session, base.ids)
    ]


def list_now(session: Session, case: Case) -> list[Listed]:
    return [
        Listed(id_, number or "", name, born)
        for id_, number, name, born in queries.people(session, [case.enrolment.id])
    ]


def joining(session: Session, rows: Sequence[RosterRow]) -> list[Listed]:
    """The good rows of a file, by the ledger's keys where it knows the people."""
    keys = _keys(session, [row.identity for row in rows])
    return [
        Listed(keys.get(row.identity, row.identity), row.identity, row.name, row.born)
        for row in rows
    ]


def refused(session: Session, rows: Iterable[ImportRow]) -> list[Listed]:
    """Rows that wait to be put right, whose numbers may be damaged."""
    told = [
        (
            f"{row.batch_id} {row.seq}",
            clean_number(str(row.cells.get("identity", ""))).upper(),
            str(row.cells.get("name", "")),
        )
        for row in rows
    ]
    keys = _keys(session, [number for _at, number, _name in told if number])
    return [Listed(keys.get(number, number or at), number, name) for at, number, name in told]


def _keys(session: Session, numbers: Sequence[str]) -> dict[str, int]:
    known = member_queries.known_by_identity(session, numbers)
    return {number: one.id for number, one in known.items() if not one.merged}


def beyond(
    session: Session,
    case: Case,
    sides: tuple[Sequence[Listed], Sequence[Listed], Sequence[Listed]],
) -> Elsewhere:
    """What the ledger knows of those who are on one list only."""
    before, after, waiting = sides
    old, new = {one.key for one in before}, {one.key for one in after}
    come = [one.key for one in after if one.key not in old and isinstance(one.key, int)]
    rows = [row.key for row in waiting if isinstance(row.key, int)]
    gone = [one.key for one in before if one.key not in new and isinstance(one.key, int)]
    unit, year = case.unit.id, case.enrolment.year
    then = queries.other_lists(session, come, unit, year - 1)
    now = queries.other_lists(session, [*gone, *rows], unit, year)
    return Elsewhere(
        then=dict[Key, str](then.items()),
        now=dict[Key, str](now.items()),
        years=dict[Key, int](queries.last_years(session, come, year).items()),
        names=dict[Key, str](queries.names(session, rows).items()),
        likely=_likely(session, case, [one for one in after if one.key not in old]),
    )


def _likely(session: Session, case: Case, come: Sequence[Listed]) -> dict[Key, str]:
    """Another unit that may have somebody already, under another number."""
    keys: defaultdict[Sign, list[Key]] = defaultdict(list)
    for one in come:
        if one.born is not None:
            keys[name_key(one.name), one.born].append(one.key)
    mine = {one.key for one in come}
    found = namesake_queries.namesakes(session, keys)
    others = [id_ for id_ in found if id_ not in mine]
    likely: dict[Key, str] = {}
    if others:
        year = case.enrolment.year
        for id_, at in namesake_queries.insured(session, others, year, case.scheme_id):
            if at.unit_id != case.unit.id:
                likely |= dict.fromkeys(keys[found[id_]], at.unit)
    return likely
