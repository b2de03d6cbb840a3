"""The forms of a file of the archive: hand-over list and index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.documents.forms.parts import Form, TitledForm, money_texts
from desktop_app.documents.sheet import Content, Rows


@dataclass(frozen=True, slots=True)
class ArchivePaper:
    """One paper of the file; `medium` is 原件, 复印件 or 电子.

    What nobody knows is empty, for the pen: of a receipt that is known by its number only.
    """

    name: str
    medium: str
    copies: int | None
    pages: int | None
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
        "copies": _sum([paper.copies for paper in form.papers]),
        "pages_total": _sum([paper.pages for paper in form.papers]),
    }
    rows = [
        (
            str(number),
            paper.name,
            paper.medium,
            _count(paper.copies),
            _count(paper.pages),
            paper.number,
            paper.remark,
        )
        for number, paper in enumerate(form.papers, 1)
    ]
    fields = ("no", "name", "medium", "copies", "pages", "number", "remark")
    return Content(texts, {"papers": Rows(fields, rows)})


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


def _sum(numbers: Sequence[int | None]) -> str:
    """Empty as soon as one of them is not known."""
    known = [number for number in numbers if number is not None]
    return str(sum(known)) if len(known) == len(numbers) else ""


@dataclass(frozen=True, slots=True)
class IndexedPaper:
    """One paper of the file; `pages` is None where nobody counted them."""

    name: str
    number: str
    dated: date | None
    pages: int | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class FileIndex(TitledForm):
    """卷内目录: the papers of one case in their order, with the page each begins at."""

    archive_no: str
    shelf: str
    papers: tuple[IndexedPaper, ...]
    business_no: str = ""
    people: int = 0


def file_index(form: FileIndex) -> Content:
    rows = [
        (
            str(number),
            paper.number,
            paper.name,
            f"{paper.dated:%Y.%m.%d}" if paper.dated else "",
            _count(paper.pages),
            pages,
            paper.remark,
        )
        for number, (paper, pages) in enumerate(zip(form.papers, _places(form), strict=True), 1)
    ]
    texts = {
        "title": form.title,
        "archive_no": form.archive_no,
        "shelf": form.shelf,
        "people": str(form.people),
        "paper_count": str(len(form.papers)),
        "pages_total": _sum([paper.pages for paper in form.papers]),
    }
    fields = ("no", "number", "name", "dated", "pages", "places", "remark")
    return Content(texts, {"papers": Rows(fields, rows)})


def _places(form: FileIndex) -> list[str]:
    """The pages each paper takes; behind one that nobody counted they are the pen's."""
    places, before = [], 0
    known = True
    for paper in form.papers:
        known = known and paper.pages is not None
        if not known:
            places.append("")
            continue
        first, before = before + 1, before + (paper.pages or 0)
        places.append(str(first) if before <= first else f"{first}-{before}")
    return places
