"""What an application would be before it is begun: in time or not, cover, amounts a head."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from db.codes import EnrolmentKind, Handling
from db.queries import enrolments as queries
from desktop_app.domain.enrolment_facts import Facts, Missing
from desktop_app.domain.figures import figure_label
from desktop_app.domain.issues import Severity
from desktop_app.domain.labels import label
from desktop_app.domain.quotes import Application, Quote, cover_by_rule, quote
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.errors import UserError
from desktop_app.services.acts import look
from desktop_app.services.cases import cases
from desktop_app.services.cases.applications import (
    Basis,
    PlanShares,
    asked_by,
    basis_of,
    gap_words,
    hangs_on_end,
    open_unit,
    require_end,
    require_same_plans,
)
from desktop_app.services.cases.case_facts import facts_of
from desktop_app.services.cases.draft_plans import PLANS_AND_SHARES, refuse_anew, require_plans
from desktop_app.services.cases.mendable import draft_case
from desktop_app.services.cases.quotes import asked_of, due_of, refuse
from desktop_app.services.desk import Desk
from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.services.versions.drive_versions import drive_version, year_of
from desktop_app.services.versions.scheme_texts import scheme_in_force
from desktop_app.services.views.quotes import ChangePreview, StartPreview, head_lines
from desktop_app.services.views.schemes import PlanChoice, plan_choice
from desktop_app.services.views.turnout import TurnoutLine, turnout_lines


class PreviewService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def plan_choices(self, enrolment_id: int) -> tuple[PlanChoice, ...]:
        """The plans that a case may take, by the version of the scheme that it goes by."""
        with self.desk.database.reading() as uow:
            case = cases.load(uow.session, enrolment_id)
        kind = case.unit.kind_code
        return tuple(plan_choice(one, one.share_limit(kind).value) for one in case.scheme.plans)

    @look()
    def change(self, enrolment_id: int, plans: PlanShares) -> ChangePreview:
        """Say what a draft would come to with these plans; nothing is saved."""
        with self.desk.database.reading() as uow:
            case = draft_case(uow.session, enrolment_id, PLANS_AND_SHARES)
            facts = facts_of(uow.session, case, self.desk)
            calendar = self.desk.calendar(uow.session)
            now = asked_of(uow.session, self.desk, case.enrolment, case.unit)
        chosen = tuple(key for key, _shares in plans)
        asked = replace(now, plans=chosen, plan_shares=plans)
        found = quote(case.scheme, asked, calendar)
        refusal = None
        try:
            require_plans(case, plans, (facts.people, facts.women))
            refuse_anew(case.scheme, quote(case.scheme, now, calendar), found)
        except UserError as error:
            refusal = _told(error)
        kind, scheme = EnrolmentKind(case.enrolment.kind_code), case.scheme
        asks = kind is EnrolmentKind.RENEWAL and hangs_on_end(scheme)
        standing = _Standing(kind, case.enrolment.ends_on, ends_known=True, asks_ends=asks)
        told = turnout_lines(replace(facts, plans=chosen, plan_shares=plans), scheme)
        by_unit = case.enrolment.handling_code == Handling.BY_UNIT
        return ChangePreview(
            told=_told_start(scheme, standing, (asked, found), refusal, told),
            people=facts.people,
            before_fen=facts.due_fen,
            after_fen=facts.due_fen if by_unit else due_of(found),
        )

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
        standing = _Standing(
            basis.kind, basis.ends, ends_known=basis.known, asks_ends=basis.asks_ends
        )
        return _told_start(scheme, standing, (asked, found), refusal, turnout_lines(known, scheme))


@dataclass(frozen=True, slots=True)
class _Standing:
    """Of which kind an application is, and which cover it renews."""

    kind: EnrolmentKind
    ends: date | None
    _: KW_ONLY
    ends_known: bool
    asks_ends: bool


def _told_start(
    scheme: Scheme,
    standing: _Standing,
    judged: tuple[Application, Quote],
    refusal: Missing | None,
    turnout: tuple[TurnoutLine, ...],
) -> StartPreview:
    """Amounts a head, cover and open figures as the dialogs tell them."""
    asked, found = judged
    cover = cover_by_rule(scheme, found)
    warnings = [one.message for one in found.problems if one.severity is Severity.WARNING]
    gap = gap_words(standing.ends, cover.first if cover is not None else None)
    return StartPreview(
        kind=standing.kind.value,
        kind_label=label(standing.kind),
        ends=standing.ends,
        ends_known=standing.ends_known,
        asks_ends=standing.asks_ends,
        refusal=refusal,
        months=found.months,
        first=cover.first if cover is not None else None,
        last=cover.last if cover is not None else None,
        estimate=found.estimate,
        to_confirm=tuple(figure_label(scheme, key) for key in found.to_confirm),
        heads=head_lines(found.heads) if asked.plans else (),
        warnings=(*warnings, gap) if gap else tuple(warnings),
        turnout=turnout,
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
