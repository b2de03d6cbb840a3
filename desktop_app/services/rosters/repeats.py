"""A list that brings nothing new: this very file again, or people who are all on the list."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import BatchState, CaseState
from db.models.imports import ImportBatch
from desktop_app.domain.dates import chinese_date
from desktop_app.services.cases.cases import Case
from desktop_app.services.desk import Desk
from desktop_app.services.rosters.roster_changes import is_changed


def stored_before(session: Session, case: Case, batch: ImportBatch) -> ImportBatch | None:
    """The stored batch of the same file for the same case; none after the case was returned.

    What was returned is handed in anew, and its list with it. What a clerk put into its cells is
    not in the file.
    """
    if case.enrolment.state_code != CaseState.OPEN or is_changed(batch.changes):
        return None
    query = select(ImportBatch).where(
        ImportBatch.file_sha256 == batch.file_sha256,
        ImportBatch.subject == batch.subject,
        ImportBatch.enrolment_id == batch.enrolment_id,
        ImportBatch.state_code == BatchState.STORED,
        ImportBatch.id != batch.id,
    )
    return session.scalars(query.order_by(ImportBatch.id.desc()).limit(1)).first()


def repeat_text(desk: Desk, session: Session, case: Case, batch: ImportBatch, joining: int) -> str:
    """One sentence where a plan has nobody new; empty otherwise."""
    if joining or not batch.accepted:
        return ""
    before = stored_before(session, case, batch)
    if before is None:
        return f"名单上的{batch.accepted}人都已在这份申请里,没有新的人员。"
    day = chinese_date(desk.local(before.made_at).date())
    return f"这份文件{day}已经存入过,没有新的人员,不用再存。"
