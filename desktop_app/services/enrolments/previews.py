"""What an application would be before it is begun: in time or not, cover, amounts a head."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.codes import EnrolmentKind
from db.queries import enrolments as queries
from desktop_app.domain.enrolment_facts import Facts, Missing
from desktop_app.domain.figures import figure_label
from desktop_app.domain.issues import Severity
from desktop_app.domain.labels import label
from desktop_app.domain.quotes import cover_by_rule, quote
from desktop_app.errors import UserError
from desktop_app.services.acts import look
from desktop_app.services.cases.applications import (
    Basis,
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
from desktop_app.services.views.turnout import turnout_lines


class PreviewService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def start(
        self,
        unit_id: int,
        draft: EnrolmentDraft,
        joining: tuple[int | None, int | None] = (None, None),
    ) -> StartPreview:
        """Say what beginning this application would answer; nothing is saved.

        Args:
            unit_id: whose application.
            draft: as it is typed so far.
            joining: the people, and the women among them, who are thought to join.

        Raises:
            UserError: where kind or last covered day cannot be as they are told.
        """
        with self.desk.database.reading() as uow:
            unit = open_unit(uow.session, unit_id)
            scheme = scheme_in_force(uow.session, drive_version(uow.session, self.desk).id)
            year = year_of(uow.session, self.desk)
            basis = basis_of(uow.session, unit, year, scheme, (draft.kind, draft.ends))
            known = _turnout(uow.session, basis, draft, joining)
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
            turnout=turnout_lines(known, scheme),
        )


def _turnout(
    session: Session,
    basis: Basis,
    draft: EnrolmentDraft,
    joining: tuple[int | None, int | None],
) -> Facts:
    """What participation is judged by: with those who joined before, where this adds to them."""
    adds = basis.kind is EnrolmentKind.ADDITION
    before = [queries.count_people(session, one.id) for one in basis.this_year if adds]
    people, women = joining
    return Facts(
        people=people or 0,
        women=women or 0,
        at_work=draft.at_work or None,
        women_at_work=draft.women,
        plans=tuple(key for key, _shares in draft.plans),
        before_people=sum(count for count, _women in before),
        before_women=sum(count for _people, count in before),
    )


def _told(error: UserError) -> Missing:
    return Missing(error.code, error.message.rstrip("。"), error.remedy)
