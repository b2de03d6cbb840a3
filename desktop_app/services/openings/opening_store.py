"""Last year's books into the ledger: units opened, finished cases with their people and cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import insert

from db.codes import (
    CaseState,
    CoverState,
    EnrolleeState,
    EnrolmentKind,
    Handling,
    UnitKind,
    UnitState,
)
from db.models.enrolments import BusinessNumber, Cover, Enrollee, Enrolment, EnrolmentPlan
from db.models.office import Area as AreaRecord
from db.models.schemes import SchemeVersion
from db.models.units import Unit, UnitContact
from db.queries import enrolments as queries
from db.queries import units as unit_queries
from desktop_app.domain.openings.opening_units import OpeningUnit
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.roster_members import store_members
from desktop_app.services.openings.opening_ledger import Known
from desktop_app.services.openings.opening_reading import PlannedPerson
from desktop_app.services.openings.opening_sums import amount
from desktop_app.services.search_keys import keys_of
from desktop_app.services.versions.scheme_texts import plan_ids, scheme_in_force

NOTE = "期初建账:由上年台账导入"
ON_BEHALF = Handling.ON_BEHALF


class Books(NamedTuple):
    """Where the rows go: the year, the version its cases stand on, what was there before."""

    year: int
    version: SchemeVersion
    known: Known


class Stored(NamedTuple):
    units: int
    people: int
    cases: int


class Storing:
    """One transaction's work; nothing of it is there if any of it fails."""

    def __init__(self, tx: Transaction, books: Books) -> None:
        self._tx, self._books = tx, books
        self._scheme: Scheme = scheme_in_force(tx.session, books.version.id)
        self._plans = plan_ids(tx.session, books.version.scheme_id)
        self._areas: dict[str, int] = {}
        self._units = {key: id_ for key, (id_, _name) in books.known.units.items()}
        self._members: dict[str, int] = {}
        self.made = Stored(0, 0, 0)

    def members(self, people: Sequence[PlannedPerson]) -> None:
        """All people of the books at once: members the ledger knows are found by number."""
        self._members = store_members(self._tx, [person.row for person in people])

    def unit(self, key: str, unit: OpeningUnit) -> None:
        """Open a unit that the ledger does not have; one that it has stays as it is."""
        if key in self._units:
            return
        tx, texts, keys = self._tx, unit.texts, keys_of(unit.name, self._tx.desk.sounds())
        row = tx.add(
            Unit(
                name=unit.name,
                name_key=keys.name_key,
                initials=keys.initials,
                sort_key=keys.sort_key,
                kind_code=unit.kind or UnitKind.OTHER,
                state_code=UnitState.OPEN,
                registered_at=tx.now,
                books_operation=tx.operation_id,
                at_work=unit.counts.get("at_work"),
                women=unit.counts.get("women"),
                area_id=self._area(texts.get("area")),
                **{field: texts.get(field) for field in _UNIT_TEXTS},
            )
        )
        tx.session.flush()
        if "contact_name" in texts:
            tx.add(
                UnitContact(
                    unit_id=row.id,
                    name=texts["contact_name"],
                    phone=texts.get("contact_phone"),
                    from_on=tx.desk.today(),
                )
            )
        self._units[key] = row.id
        self.made = self.made._replace(units=self.made.units + 1)

    def people(self, key: str, unit: OpeningUnit | None, people: Sequence[PlannedPerson]) -> None:
        """Put people who are not there yet on their unit's finished case, with their cover."""
        new = [person for person in people if not self._books.known.has(person)]
        if not new:
            return
        case = self._books.known.case(key)
        enrolment = case[0] if case is not None else self._new_case(key, unit, new)
        self._keep_plans(enrolment, new)
        self._list(enrolment, new)
        enrolment.people = queries.count_people(self._tx.session, enrolment.id)[0]
        if case is not None:
            note = f"{NOTE},增加{len(new)}人"
            cases.move(self._tx, enrolment, enrolment.step_key, note)
            self._more_money(enrolment, new)
        self.made = self.made._replace(people=self.made.people + len(new))

    def _new_case(
        self, key: str, unit: OpeningUnit | None, people: Sequence[PlannedPerson]
    ) -> Enrolment:
        tx = self._tx
        number = unit.texts.get("business_no") if unit is not None else None
        fen = amount(unit, people)
        enrolment = tx.add(
            Enrolment(
                unit_id=self._units[key],
                scheme_version_id=self._books.version.id,
                year=self._books.year,
                handling_code=ON_BEHALF,
                kind_code=EnrolmentKind.FIRST,
                state_code=CaseState.FINISHED,
                step_key=self._scheme.steps[ON_BEHALF][-1].key,
                at_work=unit.counts.get("at_work") if unit is not None else None,
                women=unit.counts.get("women") if unit is not None else None,
                people=0,
                due_fen=fen,
                total_fen=fen,
                business_no=number,
                effective_on=min(person.first for person in people),
                until_on=max(person.end for person in people),
            )
        )
        tx.session.flush()
        cases.move(tx, enrolment, enrolment.step_key, NOTE)
        if number is not None:
            tx.add(
                BusinessNumber(
                    enrolment_id=enrolment.id,
                    number=number,
                    entered_at=tx.now,
                    entered_by=tx.user_id,
                )
            )
        self.made = self.made._replace(cases=self.made.cases + 1)
        return enrolment

    def _more_money(self, enrolment: Enrolment, people: Sequence[PlannedPerson]) -> None:
        more = [person.fen for person in people]
        if enrolment.total_fen is None or None in more:
            return
        enrolment.total_fen += sum(fen or 0 for fen in more)
        enrolment.due_fen = enrolment.total_fen

    def _keep_plans(self, enrolment: Enrolment, people: Sequence[PlannedPerson]) -> None:
        there = {p.plan_key: plan for plan, p in queries.plans_of(self._tx.session, enrolment.id)}
        fees = {} if there else _fees(people, self._scheme)
        for key, count, shares in _plan_counts(people):
            if key in there:
                there[key].people += count
                continue
            self._tx.session.add(
                EnrolmentPlan(
                    enrolment_id=enrolment.id,
                    plan_id=self._plans[key],
                    shares=shares,
                    fee_fen=fees.get(key),
                    people=count,
                    from_on=enrolment.effective_on,
                    until_on=enrolment.until_on,
                )
            )
        self._tx.session.flush()

    def _list(self, enrolment: Enrolment, people: Sequence[PlannedPerson]) -> None:
        last = queries.last_line(self._tx.session, enrolment.id)
        lines: list[dict[str, Any]] = []
        covers: list[dict[str, Any]] = []
        for line_no, person in enumerate(people, start=last + 1):
            member = self._members[person.row.identity]
            amounts = _amounts(person, self._scheme)
            for key, shares in person.plans:
                same = {
                    "enrolment_id": enrolment.id,
                    "member_id": member,
                    "plan_id": self._plans[key],
                    "shares": shares,
                }
                lines.append(
                    same
                    | {
                        "line_no": line_no,
                        "contribution_fen": amounts.get(key),
                        "state_code": EnrolleeState.LISTED,
                    }
                )
                covers.append(
                    same
                    | {
                        "from_on": person.first,
                        "until_on": person.end,
                        "state_code": CoverState.ACTIVE,
                    }
                )
        self._tx.session.execute(insert(Enrollee), lines)
        self._tx.session.execute(insert(Cover), covers)

    def _area(self, name: str | None) -> int | None:
        if not name:
            return None
        if name not in self._areas:
            area = unit_queries.area_by_name(self._tx.session, name)
            if area is None:
                sort_no = len(unit_queries.area_names(self._tx.session)) + 1
                area = self._tx.add(AreaRecord(name=name, sort_no=sort_no))
                self._tx.session.flush()
            self._areas[name] = area.id
        return self._areas[name]


_UNIT_TEXTS = (
    "employer_code", "union_code", "town", "payer_name", "payer_account", "payer_bank",
    "payer_bank_no", "invoice_title", "invoice_code",
)  # fmt: skip


def _amounts(person: PlannedPerson, scheme: Scheme) -> Mapping[str, int]:
    """A person's amount by plan, where it can be told apart."""
    if person.fen is None:
        return {}
    if len(person.plans) == 1:
        return {person.plans[0][0]: person.fen}
    fees = {
        key: (scheme.plan(key).fee_fen.value or 0) * shares
        for key, shares in person.plans
        if not scheme.plan(key).fee_fen.open
    }
    same = len(fees) == len(person.plans) and sum(fees.values()) == person.fen
    return fees if same else {}


def _plan_counts(people: Sequence[PlannedPerson]) -> list[tuple[str, int, int]]:
    """Plan, how many hold it, the most shares anyone has of it."""
    found: dict[str, list[int]] = {}
    for person in people:
        for key, shares in person.plans:
            found.setdefault(key, []).append(shares)
    return [(key, len(shares), max(shares)) for key, shares in found.items()]


def _fees(people: Sequence[PlannedPerson], scheme: Scheme) -> dict[str, int]:
    """What a share of each plan cost, where it was the same for everyone."""
    told: dict[str, set[int | None]] = {}
    for person in people:
        amounts = _amounts(person, scheme)
        for key, shares in person.plans:
            fen = amounts.get(key)
            whole = fen is not None and fen % shares == 0
            told.setdefault(key, set()).add(fen // shares if fen is not None and whole else None)
    fees = {key: next(iter(fens)) for key, fens in told.items() if len(fens) == 1}
    return {key: fen for key, fen in fees.items() if fen is not None}
