"""What the ledger knows of printed forms that come back, however many are asked about at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.papers import EnrolmentPaper, IssuedForm, ScannedPage
from db.models.units import Unit
from db.queries.many import among
from desktop_app.domain.schemes.scheme_parts import Paper
from desktop_app.services.cases import cases
from desktop_app.services.papers.form_codes import title_in


@dataclass(frozen=True, slots=True)
class PagesIn:
    """Which scanned pages of a form are in: by their number, and how many that bear none."""

    known: frozenset[int]
    unknown: int
    of: int

    @property
    def count(self) -> int:
        return len(self.known) + self.unknown

    @property
    def all_in(self) -> bool:
        return self.count >= self.of

    @property
    def missing(self) -> tuple[int, ...]:
        """The pages that are still to come, where all that are in say which they are."""
        return () if self.unknown else tuple(sorted(set(range(1, self.of + 1)) - self.known))

    @property
    def missing_text(self) -> str:
        if self.all_in:
            return "各页都收到了"
        if not self.missing:
            return f"还缺{self.of - self.count}页"
        return f"还缺第{'、'.join(map(str, self.missing))}页"


@dataclass(frozen=True, slots=True)
class FormFacts:
    """A printed form with what it belongs to.

    `stands` is the form that took its place, the last where several did one after another.
    """

    form: IssuedForm
    title: str
    unit: str
    case: cases.Case | None
    line: EnrolmentPaper | None
    pages: PagesIn
    stands: IssuedForm

    @property
    def paper(self) -> Paper | None:
        """What it is on the checklist of its case, where it comes back stamped."""
        papers = self.case.scheme.papers if self.case else ()
        return next((one for one in papers if one.id == self.form.form_key and one.seal), None)

    @property
    def whose(self) -> str:
        return f"{self.unit}的“{self.title}”" if self.unit else f"“{self.title}”"


def form_facts_of(session: Session, forms: Sequence[IssuedForm]) -> dict[int, FormFacts]:
    """The facts of each form by its id, in as many queries for one form as for many."""
    found = cases.load_many(session, {one.enrolment_id for one in forms if one.enrolment_id})
    names = _names(session, {one.unit_id for one in forms if one.unit_id})
    lines = _lines(session, found)
    pages = pages_of_forms(session, forms)
    stands = _standing(session, forms)
    return {
        form.id: FormFacts(
            form=form,
            title=title_in(form, found.get(form.enrolment_id or 0)),
            unit=names.get(form.unit_id or 0, ""),
            case=found.get(form.enrolment_id or 0),
            line=lines.get((form.enrolment_id or 0, form.form_key)),
            pages=pages[form.id],
            stands=stands[form.id],
        )
        for form in forms
    }


def pages_of_forms(session: Session, forms: Sequence[IssuedForm]) -> dict[int, PagesIn]:
    ids = [form.id for form in forms]
    query = select(ScannedPage.issued_form_id, ScannedPage.form_page).where(
        among(session, ScannedPage.issued_form_id, ids)
    )
    pages: dict[int, list[int | None]] = {}
    for form_id, page in session.execute(query):
        pages.setdefault(form_id or 0, []).append(page)
    return {form.id: _pages_in(form, pages.get(form.id, [])) for form in forms}


def _pages_in(form: IssuedForm, pages: Sequence[int | None]) -> PagesIn:
    known = frozenset(page for page in pages if page is not None)
    return PagesIn(known, pages.count(None), form.pages)


def _names(session: Session, ids: Collection[int]) -> dict[int, str]:
    query = select(Unit.id, Unit.name).where(among(session, Unit.id, sorted(ids)))
    return {row.id: row.name for row in session.execute(query)}


def _lines(
    session: Session, found: Mapping[int, cases.Case]
) -> dict[tuple[int, str], EnrolmentPaper]:
    query = select(EnrolmentPaper).where(among(session, EnrolmentPaper.enrolment_id, sorted(found)))
    return {(line.enrolment_id, line.paper_key): line for line in session.scalars(query)}


def _standing(session: Session, forms: Sequence[IssuedForm]) -> dict[int, IssuedForm]:
    """Step by step through all chains at once: one query a step, however many forms."""
    stands = {form.id: form for form in forms}
    while True:
        wanted = {one.replaced_by_id for one in stands.values() if one.replaced_by_id}
        if not wanted:
            return stands
        query = select(IssuedForm).where(among(session, IssuedForm.id, sorted(wanted)))
        after = {one.id: one for one in session.scalars(query)}
        stands = {
            key: after[one.replaced_by_id] if one.replaced_by_id else one
            for key, one in stands.items()
        }
