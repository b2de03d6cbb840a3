"""Forms of many units at once: what can be printed, in the units' order; what cannot, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.units import Unit
from db.queries import enrolments as queries
from db.queries.many import among
from db.queries.prints import in_force
from desktop_app.documents.kinds import BY_KEY
from desktop_app.domain.enrolments import Facts, Missing
from desktop_app.errors import UserError
from desktop_app.intake.workbooks import Step
from desktop_app.services.acts import look
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_facts import facts_of_many
from desktop_app.services.cases.cases import Case
from desktop_app.services.desk import Desk
from desktop_app.services.papers.batch_forms import (
    FORMS,
    FURTHER,
    BatchForms,
    case_for,
    unknown_form,
)
from desktop_app.services.papers.form_parts import title_of
from desktop_app.services.permissions import Permission
from desktop_app.services.versions.drive_versions import drive_version, year_of
from desktop_app.services.versions.scheme_texts import scheme_of
from desktop_app.services.views.print_batches import BatchLine, BatchPlan

PORTION = 100  # units that are read at once
Named = tuple[str, str]  # a form's key and its title


class PrintBatchService:
    """Plans a batch; each form is then issued and counted by an act of its own.

    So whatever stops a batch, each form before it is numbered, printed and registered whole.
    """

    def __init__(self, desk: Desk, forms: BatchForms) -> None:
        self.desk, self._forms = desk, forms

    @look(Permission.PRINT)
    def plan(
        self, unit_ids: Sequence[int], form_keys: Collection[str], step: Step | None = None
    ) -> BatchPlan:
        """Return a line for each form of each unit; it writes nothing and uses up no number.

        Raises:
            UserError: a form or a unit is not known.
        """
        with self.desk.database.reading() as uow:
            session = uow.session
            words = scheme_of(drive_version(session, self.desk)).words
            offered = tuple((key, words.forms[key]) for key in FORMS if key in words.forms)
            further = tuple((key, title_of(BY_KEY[key], words)) for key in FURTHER)
            unknown = set(form_keys) - {key for key, _title in (*offered, *further)}
            if unknown:
                raise unknown_form(min(unknown))
            year = year_of(session, self.desk)
            wanted = [named for named in (*offered, *further) if named[0] in form_keys]
            lines: list[BatchLine] = []
            for done in range(0, len(unit_ids), PORTION):
                portion = unit_ids[done : done + PORTION]
                lines.extend(self._of_units(session, portion, year, wanted))
                if step is not None:
                    step(done + len(portion), len(unit_ids))
        return BatchPlan(offered, tuple(lines), further)

    def _of_units(
        self, session: Session, unit_ids: Sequence[int], year: int, wanted: Sequence[Named]
    ) -> Iterator[BatchLine]:
        units = _units(session, unit_ids)
        every = queries.of_units(session, unit_ids)
        picked = [
            (units[id_], named, case_for(named[0], units[id_], every[id_], year))
            for id_ in unit_ids
            for named in wanted
        ]
        of_forms = {(named[0], of.id) for _, named, of in picked if not isinstance(of, Missing)}
        read = self._read(session, of_forms)
        for unit, named, of in picked:
            if isinstance(of, Missing):
                yield _refused(unit, None, named, of)
            else:
                yield self._line(session, read[of.id], named[0])

    def _read(self, session: Session, of_forms: Collection[tuple[str, int]]) -> dict[int, _Read]:
        """The cases that forms are of; the facts of those of which one is on the way."""
        known = cases.load_many(session, {id_ for _key, id_ in of_forms})
        on_way = {id_ for key, id_ in of_forms if key in FORMS}
        facts = facts_of_many(session, [known[id_] for id_ in sorted(on_way)], self.desk)
        issued: dict[int, dict[str, Issued]] = {id_: {} for id_ in known}
        for of, key, form_id, number, pages, copies in in_force(session, known):
            issued[of][key] = Issued(form_id, number, pages, copies)
        return {id_: _Read(case, facts.get(id_), issued[id_]) for id_, case in known.items()}

    def _line(self, session: Session, read: _Read, key: str) -> BatchLine:
        case = read.case
        named = key, title_of(BY_KEY[key], case.scheme.words)
        waits = self._forms.why_not(session, self.desk, key, case, read.facts)
        if waits is not None:
            return _refused(case.unit, case.enrolment.id, named, waits)
        form = read.issued.get(key, NOT_YET)
        return BatchLine(
            case.unit.name, case.enrolment.id, *named, form.id, form.number, form.pages, form.copies
        )


class Issued(NamedTuple):
    """A valid print of a form, with how many copies there are."""

    id: int | None
    number: str
    pages: int
    copies: int


NOT_YET = Issued(None, "", 0, 0)


@dataclass(frozen=True, slots=True)
class _Read:
    """A case as far as its forms ask: `facts` only where one of them is on its way."""

    case: Case
    facts: Facts | None
    issued: Mapping[str, Issued]


def _refused(unit: Unit, enrolment_id: int | None, named: Named, why: Missing) -> BatchLine:
    return BatchLine(unit.name, enrolment_id, *named, None, "", 0, 0, why.message, why.remedy)


def _units(session: Session, unit_ids: Sequence[int]) -> dict[int, Unit]:
    query = select(Unit).where(among(session, Unit.id, sorted(unit_ids)))
    found = {unit.id: unit for unit in session.scalars(query)}
    if set(unit_ids) - found.keys():
        raise UserError("unit-unknown", "没有这家单位。", "请刷新后再试。")
    return found
