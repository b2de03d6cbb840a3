"""Rosters: checked, planned outside the ledger, carried out whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from db.queries import enrolments as queries
from db.queries.members import Known, known_by_identity
from desktop_app.domain.rosters.columns import Placed
from desktop_app.domain.rosters.repairs import NO_CHANGES, Changes
from desktop_app.domain.rosters.roster_table import RosterTable
from desktop_app.domain.rosters.rosters import RosterRow
from desktop_app.domain.rosters.whose import head_texts
from desktop_app.errors import UserError
from desktop_app.intake.workbooks import Step
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.mendable import require_roster_taken
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.rosters.former_numbers import former_numbers
from desktop_app.services.rosters.known_units import known_units
from desktop_app.services.rosters.letters import Asked, save_letter
from desktop_app.services.rosters.roster_batches import (
    drop,
    kept_batch,
    store_batch,
    waiting_batch,
)
from desktop_app.services.rosters.roster_checks import file_problem, names_by_row, table_of
from desktop_app.services.rosters.roster_columns import checked_choice, columns_in, drift_of
from desktop_app.services.rosters.roster_ledger import told_of
from desktop_app.services.rosters.roster_readings import read_for_case, read_roster
from desktop_app.services.rosters.roster_rows import packed, unpacked
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


class RosterService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def check_file(self, path: Path, step: Step | None = None) -> RosterCheck:
        """Say what is wrong with a roster; nothing is saved."""
        with self.desk.database.reading() as uow:
            scheme = scheme_in_force(uow.session, drive_version(uow.session, self.desk).id)
            units = known_units(uow.session)
        workbook, report = read_roster(self.desk, path, scheme, step)
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
        reading = read_for_case(self.desk, enrolment_id, path, step, columns, changes)
        with self.desk.database.reading() as uow:
            case = cases.load(uow.session, enrolment_id)
            told = told_of(uow.session, case, reading.report)
        with undisturbed():
            waiting = packed(told.taken)
        batch = kept_batch(tx, case, reading, told, waiting)
        tx.audit(f"import_batch {batch.id}", rows=batch.rows_read, accepted=batch.accepted)
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
        batch = waiting_batch(tx, batch_id)
        case = cases.load(tx.session, batch.enrolment_id or 0)
        require_roster_taken(case)
        if case.enrolment.row_version != batch.base_version:
            raise UserError(
                "plan-stale",
                "名单在预览之后有变动,没有存入。",
                "请重新读入文件,看过预览后再存。",
            )
        with undisturbed():
            people = unpacked(batch.waiting)
            known = known_by_identity(tx.session, [one.identity for one in people])
            _refuse_moved(tx, case, people, known)
            return store_batch(tx, case, batch, people, known)

    @act("roster.import", Permission.REGISTER, Area.ENROLMENTS, Area.MEMBERS)
    def import_list(self, tx: Transaction, enrolment_id: int, path: Path) -> list[Any]:
        """Read a file and store its good rows at once: one of many that nobody previews.

        Returns:
            how many people are new on the list; rows read, accepted, rejected and skipped; how the
            columns differ from the unit's last file.
        """
        reading = read_for_case(self.desk, enrolment_id, path, None, None, NO_CHANGES)
        with undisturbed():
            case = cases.load(tx.session, enrolment_id)
            require_roster_taken(case)  # it may have gone on while the file was read
            told = told_of(tx.session, case, reading.report)
            batch = kept_batch(tx, case, reading, told, None)
            drift = drift_of(tx.session, batch)
            stored = store_batch(tx, case, batch, told.taken, told.known)
            return [
                stored, batch.rows_read, batch.accepted, batch.rejected, batch.skipped, drift
            ]  # fmt: skip

    @act("roster.drop-plan", Permission.REGISTER, Area.ENROLMENTS)
    def drop_plan(self, tx: Transaction, batch_id: int) -> None:
        drop(tx, waiting_batch(tx, batch_id))
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
        own = units_own(self.desk, enrolment_id, path, columns, changes)
        with self.desk.database.reading() as uow:
            case = cases.load(uow.session, enrolment_id)
        with undisturbed():
            read = read_roster(self.desk, path, case.scheme, step, own, whole=True)
            report = read[1]
            file_problem(report, path.name)
            with self.desk.database.reading() as uow:
                told = told_of(uow.session, case, report)
            besides = (*told.findings, *told.within)
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


def _refuse_moved(
    tx: Transaction, case: Case, people: Sequence[RosterRow], known: Mapping[str, Known]
) -> None:
    """Refuse a plan some of whose people have joined elsewhere since, or have another number."""
    clash = queries.elsewhere(
        tx.session, known, case.enrolment.year, case.scheme_id, case.enrolment.id
    )
    if clash:
        raise UserError(
            "plan-stale",
            f"预览之后有{len(clash)}人已由其他单位{case.scheme.words.join},没有存入。",
            "请重新读入文件,看过预览后再存。",
        )
    if any(one.sure for one in former_numbers(tx.session, people, known).values()):
        raise UserError(
            "plan-stale",
            "预览之后台账更正了名单上的人的身份证号,没有存入。",
            "请重新读入文件,看过预览后再存。",
        )
