"""The batch of a file: kept while somebody looks at it, stored as a whole or dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import delete, insert

from db.codes import BatchState, CaseState
from db.models.imports import ImportBatch, ImportRow
from db.queries import enrolments as queries
from db.queries.members import Known
from desktop_app.domain.rosters.rosters import RosterRow
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.enrolling import enrol, enrol_first
from desktop_app.services.cases.fundings import ACCOUNTS, accounts_now
from desktop_app.services.cases.recounts import recount
from desktop_app.services.rosters.parked_again import work_off
from desktop_app.services.rosters.repeats import stored_before
from desktop_app.services.rosters.roster_changes import changes_text, without_proposals
from desktop_app.services.rosters.roster_columns import without_samples
from desktop_app.services.rosters.roster_ledger import Told
from desktop_app.services.rosters.roster_readings import Reading
from desktop_app.services.rosters.roster_rows import waiting_rows


def kept_batch(
    tx: Transaction,
    case: Case,
    reading: Reading,
    told: Told,
    waiting: bytes | None,
) -> ImportBatch:
    """Keep a file as a batch with the rows that are refused or told of.

    Args:
        tx: the act.
        case: the application as the act found it.
        reading: what the file says.
        told: what the ledger says of rows that would be good.
        waiting: the good rows, where they wait to be looked at.
    """
    report, extra = reading.report, told.refused
    if noted := (*told.within, *told.noted):
        report = replace(report, findings=(*report.findings, *noted))
    batch = tx.add(
        ImportBatch(
            subject="roster",
            enrolment_id=case.enrolment.id,
            unit_id=case.unit.id,
            file_name=reading.file_name[:400],
            file_sha256=reading.file_sha256,
            state_code=BatchState.PLANNED,
            rows_read=report.rows_read,
            accepted=len(report.accepted) - len(extra),
            rejected=report.rejected + len(extra),
            skipped=report.skipped,
            base_version=case.enrolment.row_version,
            waiting=waiting,
            columns=reading.columns,
            changes=reading.changes,
            made_at=tx.now,
            made_by=tx.user_id,
        )
    )
    tx.session.flush()
    if rows := list(waiting_rows(batch.id, report, extra)):
        tx.session.execute(insert(ImportRow), rows)
    return batch


def waiting_batch(tx: Transaction, batch_id: int) -> ImportBatch:
    """A batch that was neither stored nor dropped."""
    batch = tx.session.get(ImportBatch, batch_id)
    if batch is None or batch.state_code != BatchState.PLANNED:
        raise UserError("plan-gone", "这份预览已经存入或放弃。", "请重新读入文件。")
    return batch


def store_batch(
    tx: Transaction,
    case: Case,
    batch: ImportBatch,
    people: Sequence[RosterRow],
    known: Mapping[str, Known],
) -> int:
    """Put a batch's people on the case's list; how many are new there.

    A file that was stored before and brings nobody new changes nothing: its batch is dropped.

    Args:
        tx: the act.
        case: the application, as the batch found it.
        batch: planned.
        people: its good rows.
        known: what the ledger has of their numbers.
    """
    is_first = not queries.last_line(tx.session, case.enrolment.id)
    here = set() if is_first else queries.listed_here(tx.session, case.enrolment.id)
    nobody_new = here.issuperset(one.identity for one in people)
    if nobody_new and stored_before(tx.session, case, batch) is not None:
        drop(tx, batch)
        tx.audit(f"enrolment {case.enrolment.id}", batch=batch.id, people=0)
        return 0
    accounts = {ACCOUNTS: accounts_now(tx.session, case)}
    case.enrolment.state_code = CaseState.OPEN
    if is_first:
        stored = enrol_first(tx, case, people, known)
    else:
        stored = enrol(tx, case, people, here, known)
        recount(tx, case)
    with tx.session.no_autoflush:
        work_off(tx, case, batch.id, people, here)
    batch.waiting = None
    batch.state_code = BatchState.STORED
    batch.columns = without_samples(batch.columns)
    told = "".join(f";{text}" for text in (changes_text(batch.changes),) if text)
    batch.changes = without_proposals(batch.changes)
    with tx.session.no_autoflush:  # it goes out with the rest, at the end of the act
        cases.note(tx, case, f"存入名单《{batch.file_name}》{stored}人{told}")
    tx.audit(f"enrolment {case.enrolment.id}", batch=batch.id, people=stored, **accounts)
    return stored


def drop(tx: Transaction, batch: ImportBatch) -> None:
    batch.state_code, batch.waiting, batch.changes = BatchState.DROPPED, None, None
    tx.session.execute(delete(ImportRow).where(ImportRow.batch_id == batch.id))
