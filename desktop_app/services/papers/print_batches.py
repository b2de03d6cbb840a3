"""Forms of many units at once: what can be printed, in the units' order; what cannot, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy.orm import Session

from db.codes import CaseState, IssueState
from db.models.enrolments import Enrolment
from db.models.papers import IssuedForm
from db.models.units import Unit
from db.queries import enrolments as queries
from desktop_app.errors import UserError
from desktop_app.intake.workbooks import Step
from desktop_app.services.acts import look
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.form_rules import FORMS, why_not
from desktop_app.services.desk import Desk
from desktop_app.services.permissions import Permission
from desktop_app.services.versions.drive_versions import drive_version, year_of
from desktop_app.services.versions.scheme_texts import scheme_of
from desktop_app.services.views.print_batches import BatchLine, BatchPlan

NO_CASE = "今年还没有申请。"


class PrintBatchService:
    """Plans a batch; each form is then issued and counted by an act of its own.

    So whatever stops a batch, each form before it is numbered, printed and registered whole.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

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
            words = scheme_of(drive_version(session, self.desk)).words.forms
            offered = tuple((key, words[key]) for key in FORMS if key in words)
            unknown = set(form_keys) - {key for key, _label in offered}
            if unknown:
                raise UserError("form-unknown", f"没有“{min(unknown)}”这种单据。", "请重新选择。")
            year = year_of(session, self.desk)
            wanted = [(key, text) for key, text in offered if key in form_keys]
            lines: list[BatchLine] = []
            for done, unit_id in enumerate(unit_ids, start=1):
                lines.extend(self._of_unit(session, unit_id, year, wanted))
                if step is not None:
                    step(done, len(unit_ids))
        return BatchPlan(offered, tuple(lines))

    def _of_unit(
        self, session: Session, unit_id: int, year: int, wanted: Sequence[tuple[str, str]]
    ) -> Iterator[BatchLine]:
        unit = session.get(Unit, unit_id)
        if unit is None:
            raise UserError("unit-unknown", "没有这家单位。", "请刷新后再试。")
        enrolment = _newest(session, unit_id, year)
        if enrolment is None:
            remedy = "请先在单位页面办理新的申请。"
            for key, text in wanted:
                yield BatchLine(unit.name, None, key, text, None, "", 0, 0, NO_CASE, remedy)
            return
        case = cases.load(session, enrolment.id)
        facts = cases.facts_of(session, case, self.desk)
        issued = _issued(session, enrolment.id)
        for key, text in wanted:
            label = case.scheme.words.forms.get(key, text)
            waits = why_not(key, case, facts)
            form, copies = issued.get(key, (None, 0))
            yield _line(case, (key, label), form, copies) if waits is None else BatchLine(
                unit.name, case.enrolment.id, key, label, None, "", 0, 0,
                waits.message, waits.remedy,
            )  # fmt: skip


def _line(case: Case, named: tuple[str, str], form: IssuedForm | None, copies: int) -> BatchLine:
    key, label = named
    if form is None:
        return BatchLine(case.unit.name, case.enrolment.id, key, label, None, "", 0, 0)
    return BatchLine(
        case.unit.name, case.enrolment.id, key, label, form.id, form.number, form.pages, copies
    )


def _newest(session: Session, unit_id: int, year: int) -> Enrolment | None:
    of_year = (
        one
        for one in queries.of_unit(session, unit_id)
        if one.year == year and one.state_code != CaseState.VOID
    )
    return next(of_year, None)


def _issued(session: Session, enrolment_id: int) -> dict[str, tuple[IssuedForm, int]]:
    """The valid form of each kind, with its printed copies."""
    return {
        form.form_key: (form, copies)
        for form, copies in queries.forms_of(session, enrolment_id)
        if form.state_code == IssueState.VALID
    }
