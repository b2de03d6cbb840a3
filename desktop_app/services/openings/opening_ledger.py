"""Last year's books beside the ledger: what is there, and what speaks against a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.models.enrolments import Enrolment
from db.queries import enrolments as queries
from db.queries import members as member_queries
from db.queries import openings
from db.queries import units as unit_queries
from desktop_app.domain.dates import chinese_date, last_day
from desktop_app.domain.names import name_key
from desktop_app.domain.openings.opening_units import unit_key
from desktop_app.services.openings.opening_reading import Booked, PlannedPerson


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger has of the year and of the people of the books."""

    units: Mapping[str, tuple[int, str]]  # key -> id, name
    cases: Mapping[int, tuple[Enrolment, bool]]  # by unit; whether it came from the books
    listed: Mapping[int, frozenset[str]]  # identities by case of the books
    names: Mapping[str, str]
    covered: Mapping[str, Sequence[tuple[str, int, str]]]  # plan, case, sentence

    def case(self, unit: str) -> tuple[Enrolment, bool] | None:
        found = self.units.get(unit)
        return self.cases.get(found[0]) if found else None

    def has(self, person: PlannedPerson) -> bool:
        """Whether the books brought him in before."""
        case = self.case(person.unit)
        return case is not None and person.row.identity in self.listed.get(case[0].id, frozenset())


def known_units(session: Session) -> dict[str, tuple[int, str]]:
    return {unit_key(row.name): (row.id, row.name) for row in unit_queries.names_of_all(session)}


def booked_units(session: Session, year: int) -> dict[str, Booked]:
    """Every unit of the ledger, with what books stored before said of its year."""
    cases, plans = openings.cases_of(session, year), openings.plans_of_year(session, year)
    found = {}
    for key, (unit_id, name) in known_units(session).items():
        case, booked = cases.get(unit_id, (None, False))
        found[key] = Booked(name)
        if case is not None and booked and case.effective_on and case.until_on:
            days = (case.effective_on, case.until_on)
            found[key] = Booked(name, tuple(plans.get(case.id, ())), days)
    return found


def look_up(session: Session, year: int, people: Sequence[PlannedPerson]) -> Known:
    identities = [person.row.identity for person in people]
    cases = openings.cases_of(session, year)
    listed = {
        case.id: frozenset(queries.listed_here(session, case.id))
        for case, booked in cases.values()
        if booked
    }
    days = (
        min((person.first for person in people), default=None),
        max((person.end for person in people), default=None),
    )
    covered: dict[str, list[tuple[str, int, str]]] = {}
    if days[0] is not None and days[1] is not None:
        for identity, plan, case_id, first, end in openings.covers_of(
            session, identities, (days[0], days[1])
        ):
            text = f"{chinese_date(first)}至{chinese_date(last_day(end))}"
            covered.setdefault(identity or "", []).append((plan, case_id, text))
    return Known(
        known_units(session),
        cases,
        listed,
        member_queries.names_by_identity(session, identities),
        covered,
    )


def objections(
    known: Known, people: Sequence[PlannedPerson]
) -> Iterator[tuple[int, str, str, str]]:
    """Give (place among `people`, code, sentence, field) of everyone the ledger speaks against."""
    for at, person in enumerate(people):
        told = _objection(known, person)
        if told is not None:
            yield (at, *told)


def _objection(known: Known, person: PlannedPerson) -> tuple[str, str, str] | None:
    row = person.row
    name = known.names.get(row.identity)
    if name is not None and name_key(name) != name_key(row.name):
        text = f"台账中这个身份证号的姓名是“{name}”,名册上是“{row.name}”,请核对"
        return "name-differs", text, "identity"
    case = known.case(person.unit)
    if case is not None and not case[1]:
        text = f"这家单位{case[0].year}年度已在台账中办理,不从旧账导入"
        return "year-in-ledger", text, "unit"
    own = case[0].id if case is not None else 0
    plans = {plan for plan, _shares in person.plans}
    for plan, case_id, days in known.covered.get(row.identity, ()):
        if plan in plans and case_id != own:
            text = f"{row.name}在台账中已有{days}的保障,与名册上的重叠,请核对"
            return "cover-overlaps", text, "identity"
    return None
