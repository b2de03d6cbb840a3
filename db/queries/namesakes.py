"""Members whom a list may mean under another number than they have: by name and birth date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.codes import CaseState
from db.models.enrolments import Enrollee, Enrolment
from db.models.members import Member, MemberIdentity
from db.models.schemes import PlanRecord
from db.models.units import Unit
from db.queries.enrolments import IN
from db.queries.many import among, among_pairs, asked, is_sqlite, pair_values

PART = 20_000  # people asked for at once
_MOST_FORMER = "SELECT max(id) FROM member_identity"  # asked of each unit of a drive, twice
_FORMER = select(MemberIdentity.number)
_RENUMBERED = (
    select(MemberIdentity.number, Member.identity_no, Member.name, Member.born_on)
    .join(Member, Member.id == MemberIdentity.member_id)
    .where(Member.merged_into_id.is_(None), Member.identity_no.is_not(None))
)


class Insured(NamedTuple):
    """Somebody on a list of the year."""

    number: str
    unit_id: int
    unit: str
    year: int


class Renumbered(NamedTuple):
    """Whom a former number belongs to, as he is now."""

    number: str
    name: str
    born: date | None


def namesakes(session: Session, wanted: Iterable[tuple[str, date]]) -> dict[int, tuple[str, date]]:
    """The members who have one of the pairs of name key and birth date: found in an index alone."""
    left, found = iter(wanted), dict[int, tuple[str, date]]()
    query = _namesakes(sqlite=is_sqlite(session))
    while part := list(islice(left, PART)):
        for id_, name, born in asked(session, query, pair_values(session, part)):
            if born is not None:
                found[id_] = (name, born)
    return found


@cache
def _namesakes(*, sqlite: bool) -> Select[int, str, date | None]:
    """Asked for each of a drive's units: put together once."""
    query = select(Member.id, Member.name_key, Member.born_on)
    return among_pairs(query, Member.name_key, Member.born_on, sqlite=sqlite)


def insured(
    session: Session, member_ids: Sequence[int], year: int, scheme_id: int
) -> Iterator[tuple[int, Insured]]:
    """Where members are on a list of the year, the oldest application first."""
    of_year = func.coalesce(Enrolment.year, 0)  # its index would go through all people of the year
    from_plan = select(PlanRecord.id).where(PlanRecord.scheme_id == scheme_id)
    query = (
        select(Member.id, Member.identity_no, Unit.id, Unit.name, Enrolment.year)
        .join(Enrollee, Enrollee.member_id == Member.id)
        .join(Enrolment, Enrolment.id == Enrollee.enrolment_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .where(
            among(session, Member.id, member_ids),
            Member.merged_into_id.is_(None),
            of_year == year,
            Enrolment.state_code != CaseState.VOID,
            Enrollee.state_code.in_(IN),
            Enrollee.plan_id.in_(from_plan),
        )
        .order_by(Enrolment.id)
    )
    for id_, number, unit_id, unit, in_year in session.execute(query):
        yield id_, Insured(number or "", unit_id, unit, in_year)


def renumbered(session: Session, numbers: Sequence[str]) -> dict[str, list[Renumbered]]:
    """Those of the numbers that somebody had before, and has no more."""
    if session.autoflush:
        session.flush()
    most = session.connection().exec_driver_sql(_MOST_FORMER).scalar_one() or 0
    found: dict[str, list[Renumbered]] = {}
    if not most:
        return found
    if most < len(numbers):  # a long list of an office that has corrected few
        numbers = [*set(numbers).intersection(asked(session, _FORMER, {}).scalars())]
    if not numbers:
        return found
    query = _RENUMBERED.where(among(session, MemberIdentity.number, numbers))
    for number, now, name, born in asked(session, query, {}):
        one = Renumbered(now or "", name, born)
        if one not in found.setdefault(number, []):
            found[number].append(one)
    return found
