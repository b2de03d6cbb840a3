"""待补正: a refused row put right where it waits, by the same rules as a file that is read in."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.codes import BatchState, RowState
from db.models.imports import ImportBatch, ImportRow
from db.queries import enrolments as queries
from desktop_app.documents.glyphs import missing_glyphs
from desktop_app.domain.issues import Severity
from desktop_app.domain.rosters.headings import FIELD_NAMES
from desktop_app.domain.rosters.roster_people import PersonRules
from desktop_app.domain.rosters.rosters import RosterRow
from desktop_app.domain.texts import clean_number
from desktop_app.errors import UserError
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
from desktop_app.services.rosters.roster_ledger import known_people, ledger_findings
from desktop_app.services.rosters.roster_rows import finding_of
from desktop_app.services.views.rosters import ParkedCell

ALWAYS = ("name", "identity", "phone")
_ASIDE = ("number", "unit")  # say nothing of the person
_LOST = "identity-damaged"  # a number whose end a spreadsheet rounded: its text looks whole


class ParkedService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look(Permission.REGISTER)
    def get(self, enrolment_id: int, batch_id: int, seq: int) -> tuple[ParkedCell, ...]:
        """The row's cells as they came, whole, for whoever puts them right."""
        with self.desk.database.reading() as uow:
            row = parked_row(uow.session, enrolment_id, batch_id, seq)
        found = [finding_of(stored) for stored in row.findings]
        wrong = {one.field for one in found if one.severity is Severity.ERROR}
        return tuple(
            ParkedCell(field, FIELD_NAMES[field], text, field in wrong)
            for field, text in _texts(row).items()
            if field in ALWAYS or text or field in wrong
        )

    @act("roster.mend-row", Permission.REGISTER, Area.ENROLMENTS, Area.MEMBERS)
    def mend(
        self, tx: Transaction, enrolment_id: int, batch_id: int, seq: int, cells: dict[str, str]
    ) -> int:
        """Put the row's cells right and its person on the list; gives the line there.

        Raises:
            UserError: whatever a file with this row would be told; `where` names the cell.
        """
        case = cases.load(tx.session, enrolment_id)
        require_roster_taken(case)
        row = parked_row(tx.session, enrolment_id, batch_id, seq)
        _refuse_lost(row, cells)
        person = self._judged(case, row, _texts(row) | cells)
        _refuse_known(tx.session, case, person)
        accounts = {ACCOUNTS: accounts_now(tx.session, case)}
        enrol(tx, case, [person])
        row.state_code = RowState.STORED
        _work_off(tx, case, row, person)
        recount(tx, case)
        note = f"补正后存入1人({row.sheet or '名单'}第{row.row_no}行)"
        cases.move(tx, case.enrolment, case.enrolment.step_key, note)
        tx.audit(f"enrolment {enrolment_id}", batch=batch_id, seq=seq, **accounts)
        return queries.last_line(tx.session, enrolment_id)

    def _judged(self, case: Case, row: ImportRow, texts: Mapping[str, str]) -> RosterRow:
        """The row's person where no rule of the roster speaks against it."""
        rules = PersonRules(case.scheme, self.desk.today(), missing_glyphs, case.unit.kind_code)
        columns = {field: at for at, field in enumerate(texts)}
        values = tuple(text.strip() or None for text in texts.values())
        judged = rules.judge(row.sheet, row.row_no, values, columns)
        if judged.person is not None:
            return judged.person
        errors = [told for told in judged.problems if told[1].severity is Severity.ERROR]
        text = ";".join(problem.message for _field, problem in errors)
        field, first = errors[0]
        raise UserError(first.code, f"{text}。", "请照证件改正后再存。", field)


def parked_row(session: Session, enrolment_id: int, batch_id: int, seq: int) -> ImportRow:
    """The refused row, as long as it waits."""
    query = (
        select(ImportRow)
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .where(
            ImportBatch.enrolment_id == enrolment_id,
            ImportBatch.state_code == BatchState.STORED,
            ImportRow.batch_id == batch_id,
            ImportRow.seq == seq,
            ImportRow.state_code == RowState.PARKED,
        )
    )
    row = session.scalars(query).one_or_none()
    if row is None:
        raise UserError("row-unknown", "没有这一行待补正的名单。", "请刷新后再看。")
    return row


def _texts(row: ImportRow) -> dict[str, str]:
    """The row's cells that say something of a person, the three that a person needs first."""
    others = (field for field in FIELD_NAMES if field in row.cells and field not in ALWAYS)
    fields = (*ALWAYS, *(field for field in others if field not in _ASIDE))
    return {field: str(row.cells.get(field) or "") for field in fields}


def _refuse_lost(row: ImportRow, cells: Mapping[str, str]) -> None:
    """A rounded number may pass every rule and is still not the person's: it is typed anew."""
    for finding in map(finding_of, row.findings):
        field = finding.field or ""
        if finding.code == _LOST and cells.get(field, "").strip() in ("", _texts(row)[field]):
            raise UserError(
                _LOST, f"{finding.message}。", "请照身份证重新填写整个号码,再存。", field
            )


def _refuse_known(session: Session, case: Case, person: RosterRow) -> None:
    """Whom the case or another one has already, or whose number bears another name."""
    drop = "请核对;不该办的,请放弃这一行。"
    if person.identity in queries.listed_here(session, case.enrolment.id):
        raise UserError("already-listed", "名单里已有这个身份证号的人。", drop, "identity")
    for finding in ledger_findings(
        session, case, [person], known_people(session, [person])
    ).values():
        raise UserError(finding.code, f"{finding.message}。", drop, finding.field)


def _work_off(tx: Transaction, case: Case, mended: ImportRow, person: RosterRow) -> None:
    """The same number waits on no other row any more."""
    tx.session.flush()
    for row, _file in queries.parked_rows(tx.session, case.enrolment.id):
        if clean_number(str(row.cells.get("identity") or "")).upper() == person.identity:
            tx.session.execute(
                update(ImportRow)
                .where(ImportRow.batch_id == row.batch_id, ImportRow.seq == row.seq)
                .values(
                    state_code=RowState.DROPPED,
                    cells=row.cells | {"mended_with": [mended.batch_id, mended.seq]},
                )
            )
