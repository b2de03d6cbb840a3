"""A proof's people, from the sheets of a workbook or the pages of a text PDF."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.proofs.page_texts import TextPage
from desktop_app.domain.proofs.proof_pages import rows_of_pages
from desktop_app.domain.proofs.proof_people import people_in
from desktop_app.domain.proofs.proof_rows import rows_of
from desktop_app.domain.proofs.proof_values import ProofPerson, ProofRow
from desktop_app.domain.tables import Workbook


def people_of_workbook(workbook: Workbook) -> tuple[ProofPerson, ...]:
    """The people of every visible sheet; none where no sheet has a heading with 姓名."""
    sheets = [sheet for sheet in workbook.sheets if not sheet.hidden]
    rows: list[ProofRow] = []
    for sheet in sheets:
        name = f"“{sheet.name}”" if sheet.name and len(sheets) > 1 else ""
        rows += rows_of(sheet.lines, name)
    return people_in(rows)


def people_of_pages(pages: Sequence[TextPage]) -> tuple[ProofPerson, ...]:
    """The people of a text PDF; none where no line has a name beside a number."""
    return people_in(rows_of_pages(pages))
