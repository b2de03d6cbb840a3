"""The forms of a file of the archive: the hand-over list."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.documents.forms.parts import Form, money_texts
from desktop_app.documents.sheet import Content, Rows


@dataclass(frozen=True, slots=True)
class ArchivePaper:
    """One paper of the file; `medium` is 原件, 复印件 or 电子."""

    name: str
    medium: str
    copies: int
    pages: int
    number: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ArchiveHandover(Form):
    """档案移交清单: which papers change hands, in two copies, both sides signing."""

    archive_no: str
    papers: tuple[ArchivePaper, ...]
    business_no: str = ""
    people: int = 0
    total_fen: int = 0
    reason: str = "办结归档"
    handed_by: str = ""
    received_by: str = ""
    witnessed_by: str = ""


def handover(form: ArchiveHandover) -> Content:
    texts = {
        **money_texts(form.total_fen),
        "people": str(form.people),
        "archive_no": form.archive_no,
        "reason": form.reason,
        "handed_by": form.handed_by,
        "received_by": form.received_by,
        "witnessed_by": form.witnessed_by,
        "paper_count": str(len(form.papers)),
        "copies": str(sum(paper.copies for paper in form.papers)),
        "pages_total": str(sum(paper.pages for paper in form.papers)),
    }
    rows = [
        (
            str(number),
            paper.name,
            paper.medium,
            str(paper.copies),
            str(paper.pages),
            paper.number,
            paper.remark,
        )
        for number, paper in enumerate(form.papers, 1)
    ]
    fields = ("no", "name", "medium", "copies", "pages", "number", "remark")
    return Content(texts, {"papers": Rows(fields, rows)})
