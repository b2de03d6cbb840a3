"""What each form of a file of the archive says."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.queries import enrolments as queries
from desktop_app.documents.forms.archives import ArchiveHandover, ArchivePaper
from desktop_app.documents.forms.parts import Marks
from desktop_app.services.cases.cases import Case
from desktop_app.services.papers.form_parts import case_code, unit_particulars


def handover(session: Session, case: Case, marks: Marks) -> ArchiveHandover:
    kept = queries.papers_of(session, case.enrolment.id)
    papers = tuple(
        ArchivePaper(
            name=paper.label,
            medium="原件",
            copies=1,
            pages=kept[paper.id].pages or 1,
            remark="已盖章" if kept[paper.id].state_code == "stamped" else "",
        )
        for paper in case.scheme.papers
        if paper.archived and paper.id in kept
    )
    return ArchiveHandover(
        marks=marks,
        unit=unit_particulars(session, case),
        year=case.enrolment.year,
        archive_no=case_code(case.enrolment.uid),
        papers=papers,
        business_no=case.enrolment.business_no or "",
        people=case.enrolment.people,
        total_fen=case.enrolment.total_fen or 0,
    )
