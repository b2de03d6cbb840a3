"""What an application comes to, asked of the rules with what the ledger knows; kept as it was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.codes import EnrolmentKind, Handling
from db.models.enrolments import Enrolment, EnrolmentPlan, EnrolmentQuote
from db.models.schemes import PlanRecord, SchemeRecord, SchemeVersion
from db.models.units import Unit
from db.queries import enrolments as queries
from desktop_app.domain.contributions import own_fen
from desktop_app.domain.enrolment_facts import Missing
from desktop_app.domain.figures import figure_label, figures_of
from desktop_app.domain.issues import Severity
from desktop_app.domain.quotes import Application, Quote, quote
from desktop_app.domain.schemes.scheme_parts import Figure
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.uscc import division_of
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.desk import Desk

_NEXT = "请与上级工会确认;不能补办的,请在下一次集中办理时间内办理。"
_REMEDIES = {
    "renewal-late": "请与上级工会确认能否补办;不能补办的,请在下一年度办理。",
    "already-covered": "请核对原保障的最后一天。",
    "window-kind": "请核对原保障的最后一天;在期内满期的,请在满期前按规定的工作日办理。",
    "shares": "请改正份数;若文件另有规定,请负责人先核对限购份数。",
    "plan-not-allowed": "请把两项一并选上,或都不选。",
    "women-missing": "请填写女职工人数。",
    "unit-kind": "请核对单位资料(F2)里的单位类别;确属范围以外的,不能参加这个方案。",
}


class Asking(NamedTuple):
    """Whom a case is for and what: people, women among them, and shares a person by plan."""

    people: int
    women: int
    shares: tuple[tuple[str, int], ...]


class Standing(NamedTuple):
    """What the ledger has of a case, asked once for all who need it."""

    people: int
    women: int
    plans: Sequence[Row[EnrolmentPlan, PlanRecord]]

    @property
    def asking(self) -> Asking:
        shares = tuple((record.plan_key, plan.shares) for plan, record in self.plans)
        return Asking(self.people, self.women, shares)


def standing_of(session: Session, enrolment: Enrolment) -> Standing:
    people, women = queries.count_people(session, enrolment.id)
    return Standing(people, women, queries.plans_of(session, enrolment.id))


def asked_of(
    session: Session,
    desk: Desk,
    enrolment: Enrolment,
    unit: Unit,
    at: datetime | None = None,
    asking: Asking | None = None,
) -> Application:
    """What the case asks for, with its people as they stand; `at` where it was not handed in."""
    people, women, shares = asking or standing_of(session, enrolment).asking
    if enrolment.handling_code == Handling.BY_UNIT:  # whose roster only the unit has
        people = enrolment.people
        women = min(enrolment.women or 0, people)
    kind = enrolment.kind_code
    return Application(
        people=people,
        plans=tuple(key for key, _count in shares),
        women=women,
        ends=enrolment.ends_on,
        new_unit=kind == EnrolmentKind.FIRST,
        at=desk.local(enrolment.applied_at or enrolment.submitted_at or at),
        unit_kind=unit.kind_code,
        division=division_of(unit.employer_code) or division_of(unit.union_code),
        plan_shares=shares,
        renewal=kind == EnrolmentKind.RENEWAL,
        addition=kind == EnrolmentKind.ADDITION,
        year=enrolment.year,
    )


def quote_of(
    session: Session,
    desk: Desk,
    enrolment: Enrolment,
    unit: Unit,
    scheme: Scheme,
    asking: Asking | None = None,
) -> Quote:
    asked = asked_of(session, desk, enrolment, unit, asking=asking)
    return quote(scheme, asked, desk.calendar(session))


def refusals(found: Quote, scheme: Scheme) -> tuple[Missing, ...]:
    """What stands against an application, in the rule's own sentence, and what to do."""
    return tuple(
        Missing(problem.code, problem.message, _remedy(problem.code, found, scheme))
        for problem in found.problems
        if problem.severity is Severity.ERROR
    )


def refuse(found: Quote, scheme: Scheme) -> None:
    """Refuse an application that the rules do not take."""
    for one in refusals(found, scheme):
        raise UserError(one.code, f"{one.message}。", one.remedy)
    if found.coverage is None and not found.months:
        raise UserError(
            "nothing-to-renew", found.steps[0].text, "这一期不用办理;请在下一年度集中办理时续保。"
        )


def _remedy(code: str, found: Quote, scheme: Scheme) -> str:
    closing = [step.clause for step in found.steps if step.output == "closed"]
    renewal = scheme.coverage.renewal
    if code == "renewal-late" and renewal is not None:
        closing = [renewal.source]
    rule = f"依据:{closing[-1].rstrip('。')}。" if closing and closing[-1] else ""
    return rule + _REMEDIES.get(code, _NEXT)


def content_of(
    session: Session, enrolment: Enrolment, asked: Application, found: Quote, scheme: Scheme
) -> dict[str, Any]:
    """The worksheet as screen, form and archive show it, with all it was worked out from."""
    version = session.get_one(SchemeVersion, enrolment.scheme_version_id)
    record = session.get_one(SchemeRecord, version.scheme_id)
    values = {
        "scheme": record.scheme_key,
        "version_id": version.id,
        "version_no": version.version_no,
        "sha256": version.sha256,
        "figures": {path: _figure(figure) for path, figure in figures_of(scheme).items()},
        "asked": asdict(asked),
        "kind": asked.kind,
        "to_confirm_labels": [figure_label(scheme, key) for key in found.to_confirm],
        "due_fen": due_of(found),
        **asdict(found),
    }
    plain: dict[str, Any] = json.loads(json.dumps(values, ensure_ascii=False, default=str))
    return plain


def due_of(found: Quote) -> int | None:
    """What the unit transfers; None where nothing may be demanded yet."""
    return None if found.total_fen is None or found.estimate else own_fen(found.parts)


def total_of(found: Quote) -> int | None:
    """What the application comes to, the unions' parts included; None while it is an estimate."""
    return None if found.estimate else found.total_fen


def keep_quote(
    tx: Transaction, enrolment: Enrolment, asked: Application, found: Quote, scheme: Scheme
) -> None:
    """Keep what the act went by; the row never changes."""
    tx.session.add(
        EnrolmentQuote(
            enrolment_id=enrolment.id,
            act=tx.key,
            operation_id=tx.operation_id,
            made_at=tx.now,
            content=content_of(tx.session, enrolment, asked, found, scheme),
        )
    )


def kept_quote(session: Session, enrolment: Enrolment) -> EnrolmentQuote | None:
    """What an approved case came to, people sent back since left out; None while it is a draft."""
    if enrolment.approved_at is None:
        return None
    query = (
        select(EnrolmentQuote)
        .where(
            EnrolmentQuote.enrolment_id == enrolment.id, EnrolmentQuote.act != "enrolment.submit"
        )
        .order_by(EnrolmentQuote.id.desc())
        .limit(1)
    )
    return session.scalars(query).first()


def _figure(figure: Figure) -> dict[str, Any]:
    return {"value": figure.value, "state": figure.state.value, "source": figure.source}
