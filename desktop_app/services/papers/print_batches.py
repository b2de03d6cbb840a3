"""Forms of many units at once: what can be printed, in the units' order; what cannot, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.codes import IssueState
from db.models.papers import IssuedForm
from db.models.units import Unit
from db.queries import enrolments as queries
from desktop_app.documents.kinds import BY_KEY
from desktop_app.domain.enrolments import Facts, Missing
from desktop_app.errors import UserError
from desktop_app.intake.workbooks import Step
from desktop_app.services.acts import look
from desktop_app.services.cases import cases
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
            for done, unit_id in enumerate(unit_ids, start=1):
                lines.extend(self._of_unit(session, unit_id, year, wanted))
                if step is not None:
                    step(done, len(unit_ids))
        return BatchPlan(offered, tuple(lines), further)

    def _of_unit(
        self, session: Session, unit_id: int, year: int, wanted: Sequence[Named]
    ) -> Iterator[BatchLine]:
        unit = session.get(Unit, unit_id)
        if unit is None:
            raise UserError("unit-unknown", "没有这家单位。", "请刷新后再试。")
        every = queries.of_unit(session, unit_id)
        on_way = any(key in FORMS for key, _text in wanted)
        read: dict[int, _Read] = {}
        for key, text in wanted:
            of = case_for(key, unit, every, year)
            if isinstance(of, Missing):
                yield _refused(unit, None, (key, text), of)
                continue
            if of.id not in read:
                read[of.id] = self._read(session, of.id, on_way=on_way)
            yield self._line(session, read[of.id], key)

    def _read(self, session: Session, enrolment_id: int, *, on_way: bool) -> _Read:
        case = cases.load(session, enrolment_id)
        facts = cases.facts_of(session, case, self.desk) if on_way else None
        return _Read(case, facts, _issued(session, enrolment_id))

    def _line(self, session: Session, read: _Read, key: str) -> BatchLine:
        case = read.case
        named = key, title_of(BY_KEY[key], case.scheme.words)
        waits = self._forms.why_not(session, self.desk, key, case, read.facts)
        if waits is not None:
            return _refused(case.unit, case.enrolment.id, named, waits)
        form, copies = read.issued.get(key, (None, 0))
        if form is None:
            return BatchLine(case.unit.name, case.enrolment.id, *named, None, "", 0, 0)
        return BatchLine(
            case.unit.name, case.enrolment.id, *named, form.id, form.number, form.pages, copies
        )


@dataclass(frozen=True, slots=True)
class _Read:
    """A case as far as its forms ask: `facts` only where one of them is on its way."""

    case: Case
    facts: Facts | None
    issued: Mapping[str, tuple[IssuedForm, int]]


def _refused(unit: Unit, enrolment_id: int | None, named: Named, why: Missing) -> BatchLine:
    return BatchLine(unit.name, enrolment_id, *named, None, "", 0, 0, why.message, why.remedy)


def _issued(session: Session, enrolment_id: int) -> dict[str, tuple[IssuedForm, int]]:
    """The valid form of each kind, with its printed copies."""
    return {
        form.form_key: (form, copies)
        for form, copies in queries.forms_of(session, enrolment_id)
        if form.state_code == IssueState.VALID
    }
