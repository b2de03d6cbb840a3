"""What an application would be before it is begun: in time or not, cover, amounts a head."""

from __future__ import annotations

from desktop_app.domain.enrolment_facts import Missing
from desktop_app.domain.figures import figure_label
from desktop_app.domain.issues import Severity
from desktop_app.domain.labels import label
from desktop_app.domain.quotes import cover_by_rule, quote
from desktop_app.errors import UserError
from desktop_app.services.acts import look
from desktop_app.services.cases.applications import (
    asked_by,
    basis_of,
    gap_words,
    open_unit,
    require_end,
    require_same_plans,
)
from desktop_app.services.cases.quotes import refuse
from desktop_app.services.desk import Desk
from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.services.versions.drive_versions import drive_version, year_of
from desktop_app.services.versions.scheme_texts import scheme_in_force
from desktop_app.services.views.quotes import StartPreview, head_lines


class PreviewService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def start(self, unit_id: int, draft: EnrolmentDraft) -> StartPreview:
        """Say what beginning this application would answer; nothing is saved.

        Raises:
            UserError: where kind or last covered day cannot be as they are told.
        """
        with self.desk.database.reading() as uow:
            unit = open_unit(uow.session, unit_id)
            scheme = scheme_in_force(uow.session, drive_version(uow.session, self.desk).id)
            year = year_of(uow.session, self.desk)
            basis = basis_of(uow.session, unit, year, scheme, (draft.kind, draft.ends))
            refusal = None
            try:
                require_end(basis)
                if draft.plans:
                    require_same_plans(uow.session, basis, draft.plans)
            except UserError as error:
                refusal = _told(error)
        asked = asked_by(self.desk, unit, basis, draft.plans, year)
        found = quote(scheme, asked, self.desk.calendar())
        try:
            refuse(found, scheme)
        except UserError as error:
            refusal = refusal or _told(error)
        cover = cover_by_rule(scheme, found)
        warnings = [one.message for one in found.problems if one.severity is Severity.WARNING]
        gap = gap_words(basis.ends, cover.first if cover is not None else None)
        return StartPreview(
            kind=basis.kind.value,
            kind_label=label(basis.kind),
            ends=basis.ends,
            ends_known=basis.known,
            asks_ends=basis.asks_ends,
            refusal=refusal,
            months=found.months,
            first=cover.first if cover is not None else None,
            last=cover.last if cover is not None else None,
            estimate=found.estimate,
            to_confirm=tuple(figure_label(scheme, key) for key in found.to_confirm),
            heads=head_lines(found.heads) if draft.plans else (),
            warnings=(*warnings, gap) if gap else tuple(warnings),
        )


def _told(error: UserError) -> Missing:
    return Missing(error.code, error.message.rstrip("。"), error.remedy)
