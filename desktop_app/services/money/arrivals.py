"""Which applications are paid by lines of statements and wait for somebody to confirm that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from db.models.payments import Payment, PaymentAllocation
from db.queries import matching as queries
from desktop_app.domain.dates import chinese_date
from desktop_app.domain.enrolments import Facts, Missing, missing
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_facts import facts_of_many
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.paid import payer_difference
from desktop_app.services.desk import Desk
from desktop_app.services.money.taken_back import cases_taken_back
from desktop_app.services.views.arrivals import ArrivingLine

CONFIRM = "payment.confirm"


def arriving_lines(session: Session, desk: Desk) -> tuple[ArrivingLine, ...]:
    """In the units' order."""
    parts = _by_lines(session)
    known = cases.load_many(session, parts)
    waiting = {id_: case for id_, case in known.items() if case.step.act == CONFIRM}
    facts = facts_of_many(session, list(waiting.values()), desk)
    whole = [id_ for id_, one in facts.items() if one.payment_fen == one.due_fen]
    back = cases_taken_back(session)
    found = []
    for id_ in sorted(whole, key=lambda one: (waiting[one].unit.sort_key, one)):
        case = waiting[id_]
        why = _gone(back[id_]) if id_ in back else _why_not(session, case, facts[id_], desk)
        found.append(_line(case, parts[id_], why))
    return tuple(found)


class _Part(NamedTuple):
    """What of a transfer pays for a case, and the day of its line."""

    part: PaymentAllocation
    payment: Payment
    day: date | None

    @property
    def waits(self) -> bool:
        return self.part.confirmed_on is None


def _line(case: Case, parts: Sequence[_Part], why: Missing | None) -> ArrivingLine:
    waiting = [one for one in parts if one.waits]
    differs = (payer_difference(one.payment, case.unit) for one in waiting)
    return ArrivingLine(
        enrolment_id=case.enrolment.id,
        unit_id=case.unit.id,
        unit_name=case.unit.name,
        people=case.enrolment.people,
        fen=sum(one.part.fen for one in waiting),
        on=max(one.day or one.payment.paid_on for one in parts),
        payers=tuple(dict.fromkeys(one.payment.payer_name for one in waiting)),
        differs=next((f"{one}。" for one in differs if one), ""),
        refusal=f"{why.message.rstrip('。')}。" if why else "",
        remedy=why.remedy if why else "",
    )


def _by_lines(session: Session) -> dict[int, list[_Part]]:
    """What came in for each application of which something waits, and all that waits is lines."""
    parts: dict[int, list[_Part]] = defaultdict(list)
    for row in queries.counted_parts(session):
        parts[row[0].enrolment_id].append(_Part(*row))
    found = {}
    for id_, of in parts.items():
        waiting = [one for one in of if one.waits]
        if waiting and all(one.day for one in waiting):
            found[id_] = of
    return found


def _gone(day: date) -> Missing:
    return Missing(
        "money-back",
        f"{chinese_date(day)}同样一笔钱又从账户付出",
        "请先在“已认款”里核对,是银行退回的请撤回认款。",
    )


def _why_not(session: Session, case: Case, facts: Facts, desk: Desk) -> Missing | None:
    words = case.scheme.words
    if words.upper:  # a line of the office's own account does not say that
        remedy = f"请照{words.upper}的确认,在单位页面登记。"
        return Missing("upper", f"这笔钱到没有到,由{words.upper}确认", remedy)
    if facts.effective_on is None and facts.asks_effective:
        remedy = "请在单位页面登记到账,同时填生效日。"
        return Missing("effective-date", f"生效日要照{words.document}填", remedy)
    lacking = missing(case.step, facts, case.scheme)
    return lacking[0] if lacking else cases.not_by_this_user(session, case, desk)
