"""What a unit may begin now: an application, a renewal by last year's list, more people."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.codes import CaseState, EnrolmentKind, Handling, UnitState
from db.models.enrolments import Enrolment
from db.models.units import Unit
from db.queries import enrolments as queries
from desktop_app.domain.quotes import quote
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.errors import UserError
from desktop_app.services.acts import look
from desktop_app.services.cases.applications import PlanShares, asked_by, basis_of
from desktop_app.services.cases.quotes import refuse
from desktop_app.services.desk import Desk
from desktop_app.services.enrolments.renewal_people import before
from desktop_app.services.units.unit_views import step_label
from desktop_app.services.versions.drive_versions import drive_version, year_of
from desktop_app.services.versions.scheme_texts import scheme_in_force
from desktop_app.services.views.offers import Offer, UnitOffers


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose offers, by which scheme and for which year."""

    session: Session
    desk: Desk
    unit: Unit
    scheme: Scheme
    year: int


class OfferService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def of_unit(self, unit_id: int) -> UnitOffers:
        """Say what may be begun for a unit, and what stands against the rest."""
        with self.desk.database.reading() as uow:
            unit = uow.session.get(Unit, unit_id)
            if unit is None or unit.state_code != UnitState.OPEN:
                return UnitOffers()
            year = year_of(uow.session, self.desk)
            scheme = scheme_in_force(uow.session, drive_version(uow.session, self.desk).id)
            asked = _Asked(uow.session, self.desk, unit, scheme, year)
            cases = [
                case
                for case in queries.of_unit(uow.session, unit_id)
                if case.state_code != CaseState.VOID
            ]
            of_year = [case for case in cases if case.year == year]
            if of_year:
                return _addition(asked, of_year)
            earlier = any(case.year < year for case in cases)
            return UnitOffers(start=True, renewal=_renewal(asked, cases) if earlier else None)


def _addition(asked: _Asked, of_year: list[Enrolment]) -> UnitOffers:
    """More people of a unit whose application of the year is done, as the scheme takes them."""
    plans = queries.plans_of(asked.session, of_year[-1].id)
    held = tuple((record.plan_key, plan.shares) for plan, record in plans)
    under_way = queries.open_of_unit(asked.session, asked.unit.id, asked.year)
    if under_way is not None:
        state = step_label(asked.session, under_way)
        offer = Offer(
            f"{asked.year}年度的申请正在办理(现在:{state}),办结后才能另行增加人员。",
            "还没有审核通过的,请退回后直接读入名单;已审核的,请等这份申请办结。",
        )
    else:
        offer = _judged(asked, EnrolmentKind.ADDITION, held)
    return UnitOffers(addition=offer, held=held)


def _renewal(asked: _Asked, cases: list[Enrolment]) -> Offer:
    """By last year's list: where there is one, and the scheme takes the unit now."""
    if before(asked.session, asked.unit.id, asked.year) is None:
        by_unit = cases[0].handling_code == Handling.BY_UNIT
        whose = "上年由单位自办,这里没有名单" if by_unit else "台账里没有上年的名单"
        return Offer(f"{whose},不能按上年名单续保。", "请新建申请后读入名单。")
    return _judged(asked, None, ())


def _judged(asked: _Asked, kind: EnrolmentKind | None, plans: PlanShares) -> Offer:
    """What the rules say to it today."""
    told = (kind.value if kind else None, None)
    try:
        basis = basis_of(asked.session, asked.unit, asked.year, asked.scheme, told)
        if basis.asks_ends and basis.ends is None:
            return Offer()  # the day is asked for before anything is judged
        application = asked_by(asked.desk, asked.unit, basis, plans, asked.year)
        refuse(quote(asked.scheme, application, asked.desk.calendar(asked.session)), asked.scheme)
    except UserError as error:
        return Offer(error.message, error.remedy)
    return Offer()
