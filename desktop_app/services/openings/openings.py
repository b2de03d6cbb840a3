"""期初建账: last year's books planned outside the ledger, stored whole or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from db.codes import BatchState, RowState
from db.files import write_atomically
from db.models.imports import ImportBatch, ImportRow
from db.models.office import Office
from db.models.schemes import SchemeVersion
from db.queries import openings as queries
from db.queries.many import among
from desktop_app.documents.corrections import corrections_workbook
from desktop_app.domain.coverage import period
from desktop_app.domain.names import name_key
from desktop_app.domain.openings.opening_units import unit_key
from desktop_app.domain.rosters.mended import may_be_mended
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.schemes.version_days import in_force_on
from desktop_app.errors import UserError
from desktop_app.intake.workbooks import Step
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.openings.opening_ledger import booked_units, look_up, objections
from desktop_app.services.openings.opening_letters import letter_of
from desktop_app.services.openings.opening_reading import File, Gatherer, expand, read_files
from desktop_app.services.openings.opening_rows import Accepted, accepted_of, waiting_rows
from desktop_app.services.openings.opening_store import Books, Stored, Storing
from desktop_app.services.openings.opening_sums import doubt_sums
from desktop_app.services.openings.opening_views import plan_view, waiting_lines
from desktop_app.services.permissions import Permission
from desktop_app.services.versions.drive_versions import YEARS
from desktop_app.services.versions.scheme_texts import scheme_in_force
from desktop_app.services.versions.scheme_versions import activated, days_of, office_scheme_id
from desktop_app.services.views.openings import OpeningDraft, OpeningPlan, WaitingLine


class OpeningService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("opening.plan", Permission.REGISTER, Area.UNITS)
    def plan_files(
        self, tx: Transaction, draft: OpeningDraft, step: Step | None = None
    ) -> list[int]:
        """Keep what the files would do as waiting batches, one a file; the ledger stays.

        A plan that the same user left before is dropped.
        """
        _check_year(self.desk, draft.year)
        paths = expand(draft.files)
        with self.desk.database.reading() as uow:  # reading must not hold the write lock
            scheme = scheme_in_force(uow.session, self._version(uow.session, draft).id)
            units = booked_units(uow.session, draft.year)
        _check_plans(scheme, draft)
        on = draft.first or _first_day(scheme, draft.year) or date(draft.year, 12, 31)
        with self.desk.readers.lent() as reader:
            files = read_files(reader, paths, scheme, on, step)
        gatherer = Gatherer(scheme, draft, units)
        gatherer.units(files)
        gatherer.people(files)
        with self.desk.database.reading() as uow:
            _object(uow.session, draft.year, files, gatherer)
        doubt_sums(files)
        _drop(tx.session, queries.planned_by(tx.session, tx.user_id))
        batches = [self._keep(tx, draft.year, file) for file in files]
        tx.audit("opening", files=len(files), rows=sum(file.rows_read for file in files))
        return batches

    @look()
    def plan_view(self, batch_ids: Sequence[int]) -> OpeningPlan:
        with self.desk.database.reading() as uow:
            batches = _batches(uow.session, batch_ids)
            return plan_view(uow.session, batches, _year(batches))

    @act("opening.carry-out", Permission.REVIEW, Area.UNITS, Area.MEMBERS, Area.ENROLMENTS)
    def carry_out(
        self, tx: Transaction, batch_ids: Sequence[int], step: Step | None = None
    ) -> dict[str, int]:
        """Store every accepted row of all files or none; refused rows stay as 待补正.

        Books that bring nothing new change nothing: their plan is dropped.
        """
        batches = _planned(tx.session, batch_ids)
        ids, year = [batch.id for batch in batches], _year(batches)
        accepted = accepted_of(queries.rows_of(tx.session, ids, RowState.ACCEPTED))
        stored = self._store(tx, year, accepted, step)
        if not any(stored):
            _drop(tx.session, batches)
        else:
            _work_off(tx.session, ids, batches, accepted)
            _delete_rows(tx.session, ids, RowState.ACCEPTED)
            for batch in batches:
                batch.state_code = BatchState.STORED
        tx.audit("opening", year=year, **stored._asdict())
        return stored._asdict()

    @act("opening.drop-plan", Permission.REGISTER, Area.UNITS)
    def drop_plan(self, tx: Transaction, batch_ids: Sequence[int]) -> None:
        batches = _planned(tx.session, batch_ids)
        _drop(tx.session, batches)
        tx.audit("opening", files=len(batches))

    @look()
    def save_corrections(self, batch_ids: Sequence[int], target: Path) -> str:
        """Write every refused row into one workbook that can be read in again once mended."""
        with self.desk.database.reading() as uow:
            batches = _batches(uow.session, batch_ids)
            office = uow.session.scalars(select(Office.name)).one()
            letter = letter_of(uow.session, batches, office, self.desk.today())
        write_atomically(target, corrections_workbook(letter))
        return str(target)

    @look()
    def list_waiting(self) -> tuple[WaitingLine, ...]:
        """Return the refused rows of books stored before that nobody mended yet."""
        with self.desk.database.reading() as uow:
            return waiting_lines(uow.session)

    def _version(self, session: Session, draft: OpeningDraft) -> SchemeVersion:
        """The version in force on the first covered day; last year's may have been before any."""
        versions = activated(session, office_scheme_id(session, self.desk.today()))
        on = in_force_on(days_of(versions), draft.first or date(draft.year, 1, 1))
        return next((row for row in versions if row.id == on), versions[0])

    def _keep(self, tx: Transaction, year: int, file: File) -> int:
        batch = tx.add(
            ImportBatch(
                subject=f"{queries.SUBJECT}{year}",
                file_name=file.name,
                file_sha256=file.sha256,
                state_code=BatchState.PLANNED,
                rows_read=file.rows_read,
                accepted=len(file.units) + len(file.people),
                rejected=len(file.refused_units) + len(file.refused_people),
                skipped=file.skipped,
                made_at=tx.now,
                made_by=tx.user_id,
            )
        )
        tx.session.flush()
        rows = list(waiting_rows(batch.id, file))
        if rows:
            tx.session.execute(insert(ImportRow), rows)
        return batch.id

    def _store(self, tx: Transaction, year: int, accepted: Accepted, step: Step | None) -> Stored:
        people = accepted.everyone
        known = look_up(tx.session, year, people)
        gone = accepted.people.keys() - accepted.units.keys() - known.units.keys()
        if gone or next(objections(known, people), None) is not None:
            raise UserError(
                "plan-stale", "台账在预览之后有变动,没有存入。", "请重新读入文件,看过预览后再存。"
            )
        first = min((person.first for person in people), default=None)
        version = self._version(tx.session, OpeningDraft(year, (), first))
        storing = Storing(tx, Books(year, version, known))
        keys = list(dict.fromkeys((*accepted.units, *accepted.people)))
        if not all(known.has(person) for person in people):
            storing.members(people)
        for done, key in enumerate(keys, start=1):
            unit = accepted.units.get(key)
            if unit is not None:
                storing.unit(key, unit)
            storing.people(key, unit, accepted.people.get(key, ()))
            if step is not None:
                step(done, len(keys))
        return storing.made


def _object(session: Session, year: int, files: Sequence[File], gatherer: Gatherer) -> None:
    """Refuse whom the ledger speaks against."""
    people = [(file, person) for file in files for person in file.people]
    known = look_up(session, year, [person for _file, person in people])
    against = {at: told for at, *told in objections(known, [person for _, person in people])}
    for file in files:
        file.people = []
    for at, (file, person) in enumerate(people):
        if at not in against:
            file.people.append(person)
            continue
        code, text, field = against[at]
        file.refuse_person(person.as_told(gatherer.name_of(person.unit)), code, text, field)


def _check_year(desk: Desk, year: int) -> None:
    if year not in YEARS or year > desk.today().year:
        raise UserError(
            "year",
            f"{year}年度不是以前的年度。",
            "期初建账导入的是上年或本年已经办结的名单。",
            "year",
        )


def _check_plans(scheme: Scheme, draft: OpeningDraft) -> None:
    known = {plan.id for plan in scheme.plans}
    for key, shares in draft.plans:
        if key not in known or shares < 1:
            raise UserError("plans", f"方案里没有项目“{key}”,或份数不对。", "请重新选。", "plans")


def _first_day(scheme: Scheme, year: int) -> date | None:
    whole = period(scheme.coverage, year)
    return whole.first if whole is not None else None


def _batches(session: Session, ids: Sequence[int]) -> Sequence[ImportBatch]:
    found = queries.batches(session, list(ids))
    if not found or len(found) != len(set(ids)):
        raise UserError("plan-gone", "没有这份预览。", "请重新读入文件。")
    return found


def _planned(session: Session, ids: Sequence[int]) -> Sequence[ImportBatch]:
    batches = _batches(session, ids)
    if any(batch.state_code != BatchState.PLANNED for batch in batches):
        raise UserError("plan-gone", "这份预览已经存入或放弃。", "请重新读入文件。")
    return batches


def _year(batches: Sequence[ImportBatch]) -> int:
    return int(batches[0].subject.removeprefix(queries.SUBJECT))


def _drop(session: Session, batches: Sequence[ImportBatch]) -> None:
    _delete_rows(session, [batch.id for batch in batches])
    for batch in batches:
        batch.state_code = BatchState.DROPPED


def _delete_rows(session: Session, ids: Sequence[int], *states: RowState) -> None:
    query = delete(ImportRow).where(among(session, ImportRow.batch_id, ids))
    if states:
        query = query.where(ImportRow.state_code.in_(states))
    session.execute(query)


def _work_off(
    session: Session, ids: Sequence[int], batches: Sequence[ImportBatch], accepted: Accepted
) -> None:
    """A refused row of earlier books no longer waits once it came in, mended or as it was."""
    again = {batch.file_sha256 for batch in batches}
    named: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for person in accepted.everyone:
        named[person.unit, name_key(person.row.name)].append(person.row.identity)
    numbers = {person.row.identity for person in accepted.everyone}
    for row, batch in queries.waiting(session):
        texts = row.cells.get("texts", {})
        unit, written = unit_key(texts.get("unit", "")), texts.get("identity", "")
        namesakes = named.get((unit, name_key(texts.get("name", ""))), ())
        mended = written in numbers or any(may_be_mended(written, one) for one in namesakes)
        of_unit = row.cells["kind"] == "unit" and unit in accepted.units
        if batch.file_sha256 in again or mended or of_unit:
            session.execute(
                update(ImportRow)
                .where(ImportRow.batch_id == row.batch_id, ImportRow.seq == row.seq)
                .values(state_code=RowState.DROPPED, cells=row.cells | {"mended_in": min(ids)})
            )
