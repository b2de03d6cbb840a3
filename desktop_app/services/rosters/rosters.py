"""Rosters: checked, planned outside the ledger, carried out whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import delete, insert

from db.codes import BatchState, CaseState
from db.models.imports import ImportBatch, ImportRow
from db.queries import enrolments as queries
from db.queries import members as member_queries
from desktop_app.domain.issues import Finding
from desktop_app.domain.rosters.columns import Placed
from desktop_app.domain.rosters.repairs import NO_CHANGES, Changes
from desktop_app.domain.rosters.roster_table import RosterTable
from desktop_app.domain.rosters.rosters import RosterReport, RosterRow
from desktop_app.domain.rosters.whose import head_texts
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.tables import Workbook
from desktop_app.errors import UserError
from desktop_app.intake.file_digests import file_digest
from desktop_app.intake.workbooks import Step
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.enrolling import enrol
from desktop_app.services.cases.fundings import ACCOUNTS, accounts_now
from desktop_app.services.cases.mendable import require_roster_taken
from desktop_app.services.cases.recounts import recount
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.rosters.applied import applied_findings
from desktop_app.services.rosters.known_units import known_units
from desktop_app.services.rosters.letters import Asked, save_letter
from desktop_app.services.rosters.parked_again import work_off
from desktop_app.services.rosters.repeats import stored_before
from desktop_app.services.rosters.roster_changes import (
    changes_text,
    kept_changes,
    require_edits_made,
    without_proposals,
)
from desktop_app.services.rosters.roster_checks import (
    UnitsOwn,
    check_roster,
    file_problem,
    names_by_row,
    table_of,
)
from desktop_app.services.rosters.roster_columns import (
    checked_choice,
    columns_in,
    kept_columns,
    without_samples,
)
from desktop_app.services.rosters.roster_ledger import ledger_findings, likely_findings
from desktop_app.services.rosters.roster_rows import packed, unpacked, waiting_rows
from desktop_app.services.rosters.roster_views import (
    found_lines,
    parked_lines,
    person_lines,
    plan_of,
)
from desktop_app.services.rosters.units_own import units_own
from desktop_app.services.undisturbed import undisturbed
from desktop_app.services.versions.drive_versions import drive_version
from desktop_app.services.versions.scheme_texts import scheme_in_force
from desktop_app.services.views.rosters import (
    ImportPlan,
    ParkedLine,
    PeopleFound,
    PersonLine,
    RosterCheck,
    SavedLetter,
)

_Key = tuple[str | None, int]


class RosterService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def check_file(self, path: Path, step: Step | None = None) -> RosterCheck:
        """Say what is wrong with a roster; nothing is saved."""
        with self.desk.database.reading() as uow:
            scheme = scheme_in_force(uow.session, drive_version(uow.session, self.desk).id)
            units = known_units(uow.session)
        workbook, report = self._read(path, scheme, step)
        found = units.finder.named_in([path.stem, *head_texts(workbook)])
        unit = found.pop() if len(found) == 1 else None
        return RosterCheck(
            path.name,
            report.rows_read,
            len(report.accepted),
            report.rejected,
            report.skipped,
            report.findings,
            unit,
            units.names[unit] if unit is not None else None,
            names_by_row(report),
        )

    @look()
    def save_corrections(
        self,
        path: Path,
        target: Path | None = None,
        enrolment_id: int | None = None,
        columns: Mapping[str, str] | None = None,
        password: str | None = None,
        changes: Changes = NO_CHANGES,
    ) -> SavedLetter:
        """Write 《单位_需更正》, the unit's own file with remarks on what is wrong in it.

        Of an application the ledger is asked too, and what a clerk put into cells is told as such;
        without `password` the letter is locked as the unit's file was, with an empty one it is not.
        """
        asked = Asked(target, enrolment_id, columns, password, changes)
        return save_letter(self.desk, path, asked)

    @act("roster.plan", Permission.REGISTER, Area.ENROLMENTS)
    def plan_file(
        self,
        tx: Transaction,
        enrolment_id: int,
        path: Path,
        step: Step | None = None,
        columns: Mapping[str, str] | None = None,
        changes: Changes = NO_CHANGES,
    ) -> int:
        """Keep what a file would do as a waiting batch; the ledger is not touched.

        `columns` says of headings which field they are, "" for none; without it what was said of
        the unit's last file holds. `changes` are typed over its cells, and say which of the
        proposed repairs are taken.
        """
        own = units_own(self.desk, enrolment_id, columns, changes)
        with self.desk.database.reading() as uow:  # reading a file must not hold the write lock
            case = cases.load(uow.session, enrolment_id)
        require_roster_taken(case)
        digest = file_digest(path)
        workbook, report = self._read(path, case.scheme, step, own)
        file_problem(report, path.name)
        require_edits_made(changes, report)
        with self.desk.database.reading() as uow:
            told = ledger_findings(uow.session, case, report.accepted)
            besides = [*likely_findings(report), *applied_findings(uow.session, case, report)]
        if besides:
            report = replace(report, findings=(*report.findings, *besides))
        extra = {at: replace(one, column=report.identity_column(*at)) for at, one in told.items()}
        with undisturbed():
            waiting = packed(_but(report.accepted, extra))
        batch = tx.add(
            ImportBatch(
                subject="roster",
                enrolment_id=enrolment_id,
                unit_id=case.unit.id,
                file_name=path.name[:400],
                file_sha256=digest,
                state_code=BatchState.PLANNED,
                rows_read=report.rows_read,
                accepted=len(report.accepted) - len(extra),
                rejected=report.rejected + len(extra),
                skipped=report.skipped,
                base_version=case.enrolment.row_version,
                waiting=waiting,
                columns=kept_columns(own.columns, columns_in(workbook, own.columns)),
                changes=kept_changes(changes, report),
                made_at=tx.now,
                made_by=tx.user_id,
            )
        )
        tx.session.flush()
        if rows := list(waiting_rows(batch.id, report, extra)):
            tx.session.execute(insert(ImportRow), rows)
        tx.audit(f"import_batch {batch.id}", rows=report.rows_read, accepted=batch.accepted)
        return batch.id

    @look(Permission.REGISTER)
    def columns_of(
        self, path: Path, columns: Mapping[str, str] | None = None, step: Step | None = None
    ) -> tuple[Placed, ...]:
        """The columns of a file, to say which is which where no heading is known."""
        with self.desk.readers.lent() as reader:
            workbook = reader.read(path, step=step)
        return columns_in(workbook, checked_choice(columns or {}))

    @look()
    def plan_view(self, batch_id: int) -> ImportPlan:
        with self.desk.database.reading() as uow:
            return plan_of(uow.session, self.desk, batch_id)

    @act("roster.carry-out", Permission.REGISTER, Area.ENROLMENTS, Area.MEMBERS)
    def carry_out(self, tx: Transaction, batch_id: int) -> int:
        """Store every accepted row or none; refused rows stay with the case as 待补正.

        A file that was stored before and brings nobody new changes nothing: its plan is dropped.
        """
        batch = _waiting(tx, batch_id)
        case = cases.load(tx.session, batch.enrolment_id or 0)
        require_roster_taken(case)
        if case.enrolment.row_version != batch.base_version:
            raise UserError(
                "plan-stale",
                "名单在预览之后有变动,没有存入。",
                "请重新读入文件,看过预览后再存。",
            )
        with undisturbed():
            return self._store(tx, case, batch)

    def _store(self, tx: Transaction, case: Case, batch: ImportBatch) -> int:
        people = unpacked(batch.waiting)
        known = member_queries.known_by_identity(tx.session, [person.identity for person in people])
        clash = queries.elsewhere(
            tx.session, known, case.enrolment.year, case.scheme_id, case.enrolment.id
        )
        if clash:
            raise UserError(
                "plan-stale",
                f"预览之后有{len(clash)}人已由其他单位{case.scheme.words.join},没有存入。",
                "请重新读入文件,看过预览后再存。",
            )
        here = queries.listed_here(tx.session, case.enrolment.id)
        nobody_new = here.issuperset(one.identity for one in people)
        if nobody_new and stored_before(tx.session, case, batch) is not None:
            _drop(tx, batch)
            tx.audit(f"enrolment {case.enrolment.id}", batch=batch.id, people=0)
            return 0
        accounts = {ACCOUNTS: accounts_now(tx.session, case)}
        stored = enrol(tx, case, people, here, known)
        work_off(tx, case, batch.id, people, here)
        case.enrolment.state_code = CaseState.OPEN
        recount(tx, case)
        batch.waiting = None
        batch.state_code = BatchState.STORED
        batch.columns = without_samples(batch.columns)
        told = "".join(f";{text}" for text in (changes_text(batch.changes),) if text)
        batch.changes = without_proposals(batch.changes)
        with tx.session.no_autoflush:  # it goes out with the rest, at the end of the act
            cases.note(tx, case, f"存入名单《{batch.file_name}》{stored}人{told}")
        tx.audit(f"enrolment {case.enrolment.id}", batch=batch.id, people=stored, **accounts)
        return stored

    @act("roster.drop-plan", Permission.REGISTER, Area.ENROLMENTS)
    def drop_plan(self, tx: Transaction, batch_id: int) -> None:
        _drop(tx, _waiting(tx, batch_id))
        tx.audit(f"import_batch {batch_id}")

    @look(Permission.REGISTER)
    def rows_of(
        self,
        enrolment_id: int,
        path: Path,
        columns: Mapping[str, str] | None = None,
        changes: Changes = NO_CHANGES,
        step: Step | None = None,
    ) -> RosterTable:
        """Every row of a file to look through and type into; a plan is made of its changes."""
        own = units_own(self.desk, enrolment_id, columns, changes)
        with self.desk.database.reading() as uow:
            case = cases.load(uow.session, enrolment_id)
        with undisturbed():
            read = self._read(path, case.scheme, step, own, whole=True)
            report = read[1]
            file_problem(report, path.name)
            with self.desk.database.reading() as uow:
                told = ledger_findings(uow.session, case, report.accepted)
            besides = [
                *(replace(one, column=report.identity_column(*at)) for at, one in told.items()),
                *likely_findings(report),
            ]
            return table_of(read, case.scheme, self.desk.today(), own, besides)

    @look()
    def list_people(
        self, enrolment_id: int, after: int = 0, limit: int = 200
    ) -> tuple[PersonLine, ...]:
        with self.desk.database.reading() as uow:
            return person_lines(uow.session, self.desk.today(), enrolment_id, after, limit)

    @look()
    def find_people(self, enrolment_id: int, text: str, limit: int = 200) -> PeopleFound:
        """Search the whole list of a case; an empty text finds everyone."""
        with self.desk.database.reading() as uow:
            return found_lines(uow.session, self.desk.today(), enrolment_id, text, limit)

    @look()
    def list_parked(self, enrolment_id: int) -> tuple[ParkedLine, ...]:
        with self.desk.database.reading() as uow:
            return parked_lines(uow.session, enrolment_id)

    def _read(
        self,
        path: Path,
        scheme: Scheme,
        step: Step | None,
        own: UnitsOwn | None = None,
        *,
        whole: bool = False,
    ) -> tuple[Workbook, RosterReport]:
        today = self.desk.today()
        with self.desk.readers.lent() as reader, undisturbed():
            return check_roster(reader, path, scheme, today, own=own, step=step, whole=whole)


def _but(rows: Sequence[RosterRow], refused: Mapping[_Key, Finding]) -> Sequence[RosterRow]:
    return [row for row in rows if (row.sheet, row.row) not in refused] if refused else rows


def _waiting(tx: Transaction, batch_id: int) -> ImportBatch:
    batch = tx.session.get(ImportBatch, batch_id)
    if batch is None or batch.state_code != BatchState.PLANNED:
        raise UserError("plan-gone", "这份预览已经存入或放弃。", "请重新读入文件。")
    return batch


def _drop(tx: Transaction, batch: ImportBatch) -> None:
    batch.state_code, batch.waiting, batch.changes = BatchState.DROPPED, None, None
    tx.session.execute(delete(ImportRow).where(ImportRow.batch_id == batch.id))
