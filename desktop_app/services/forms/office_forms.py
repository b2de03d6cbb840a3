"""What the office's own lists say: of a month's claims, and of all that is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from db.codes import CaseState
from db.models.claims import Claim
from db.models.enrolments import Enrolment
from db.models.schemes import PlanRecord
from db.models.units import Unit
from db.queries.claims import is_refused
from desktop_app.documents.forms.lists import (
    CondolenceSheet,
    GrantedLine,
    HandedOver,
    PayoutSheet,
    PublicList,
    WorkHandover,
)
from desktop_app.domain.names import masked_name
from desktop_app.domain.schemes.claim_ways import step_of
from desktop_app.services.claims.claim_moves import scheme_for
from desktop_app.services.forms.asking import Asked, not_yet
from desktop_app.services.search_keys import masked
from desktop_app.services.units.unit_views import step_label

OPEN = (CaseState.OPEN, CaseState.RETURNED)


def public_list(asked: Asked) -> PublicList:
    lines = tuple(
        GrantedLine(claim.number, masked_name(claim.person_name), "", unit, plan, fen)
        for claim, unit, plan, fen in _granted(asked, Claim.decided_on)
    )
    if not lines:
        raise not_yet(f"{asked.period}没有核定的{asked.scheme.words.benefit}。", "请换一个月份。")
    return PublicList(**asked.begin(), period=asked.period, lines=lines)


def payout_sheet(asked: Asked) -> PayoutSheet:
    """Only what the office itself pays: the province and the hospital pay by their own books."""
    lines = tuple(
        GrantedLine(claim.number, claim.person_name, masked(claim.person_identity_no),
                    unit, plan, fen)
        for claim, unit, plan, fen in _granted(asked, Claim.paid_on)
        if scheme_for(asked.session, claim).claims.pays == "office"
    )  # fmt: skip
    if not lines:
        told = f"{asked.period}没有由本机构支付的{asked.scheme.words.benefit}。"
        raise not_yet(told, "请换一个月份;由上级或医院支付的,不用发放表。")
    return PayoutSheet(**asked.begin(), period=asked.period, lines=lines)


def _granted(
    asked: Asked, day: InstrumentedAttribute[date | None]
) -> Iterator[tuple[Claim, str, str, int]]:
    query = (
        select(Claim, Unit.name, PlanRecord.name, Claim.decided_fen)
        .join(PlanRecord, PlanRecord.id == Claim.plan_id)
        .outerjoin(Unit, Unit.id == Claim.unit_id)
        .where(
            day >= asked.first,
            day < asked.until,
            Claim.decided_fen > 0,
            Claim.state_code != CaseState.VOID,
            ~is_refused(),
        )
    )
    for claim, unit, plan, fen in asked.session.execute(query.order_by(Claim.id)):
        yield claim, unit or "", plan, fen or 0


def condolence_sheet(asked: Asked) -> CondolenceSheet:
    return CondolenceSheet(**asked.begin())


def work_handover(asked: Asked) -> WorkHandover:
    """What is open, by the step where it stands."""
    session, words = asked.session, asked.scheme.words
    cases = Counter(
        step_label(session, one)
        for one in session.scalars(select(Enrolment).where(Enrolment.state_code.in_(OPEN)))
    )
    claims = Counter(
        step_of(scheme_for(session, one).claims, one.step_key).label
        for one in session.scalars(select(Claim).where(Claim.state_code.in_(OPEN)))
    )
    lines = [(f"{words.join}申请:{step}", count) for step, count in sorted(cases.items())]
    lines += [(f"{words.apply}:{step}", count) for step, count in sorted(claims.items())]
    told = tuple(HandedOver(what, "电子", f"{count}件") for what, count in lines)
    return WorkHandover(
        **asked.begin(),
        handed_by=asked.by_whom(),
        lines=told,
        rows=max(14, len(told) + 6),
    )
