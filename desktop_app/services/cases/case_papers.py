"""The checklist of a case's papers, one line at a time."""

from __future__ import annotations

from sqlalchemy import select

from db.codes import PaperState
from db.models.papers import EnrolmentPaper, ScannedPage
from desktop_app.services.acts import Transaction


def set_paper(
    tx: Transaction,
    enrolment_id: int,
    paper_key: str,
    state: PaperState,
    attachment_id: int | None = None,
    **more: int | str | None,
) -> None:
    """Set one line of the case's checklist."""
    query = select(EnrolmentPaper).where(
        EnrolmentPaper.enrolment_id == enrolment_id, EnrolmentPaper.paper_key == paper_key
    )
    paper = tx.session.scalars(query).one_or_none()
    if paper is None:
        missing = PaperState.MISSING
        paper = EnrolmentPaper(enrolment_id=enrolment_id, paper_key=paper_key, state_code=missing)
        tx.session.add(paper)
        tx.session.flush()  # so that the change log knows what it was before
    paper.state_code, paper.received_on = state, tx.desk.today()
    if attachment_id is not None:
        paper.attachment_id = attachment_id
    for field, value in more.items():
        setattr(paper, field, value)


def put_pages_aside(tx: Transaction, enrolment_id: int, paper_key: str) -> None:
    """A whole file takes the place of pages put to a paper one by one; they are kept, aside."""
    query = select(ScannedPage).where(
        ScannedPage.enrolment_id == enrolment_id, ScannedPage.paper_key == paper_key
    )
    for page in tx.session.scalars(query).all():
        page.enrolment_id = page.paper_key = None
        page.set_aside_at = tx.now
