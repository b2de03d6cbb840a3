"""Which applications are paid by lines of statements and wait for somebody to confirm that."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from db.queries import matching as queries
from desktop_app.domain.dates import chinese_date
from desktop_app.domain.enrolments import Facts, Missing, missing
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_facts import facts_of_many
from desktop_app.services.cases.cases import Case
from desktop_app.services.desk import Desk
from desktop_app.services.money.taken_back import cases_taken_back
from desktop_app.services.views.arrivals import ArrivingLine

CONFIRM = "payment.confirm"


def arriving_lines(session: Session, desk: Desk) -> tuple[ArrivingLine, ...]:
    """In the units' order."""
    parts = _paid_by_lines(session)
    known = cases.load_many(session, parts)
    waiting = {id_: case for id_, case in known.items() if case.step.act == CONFIRM}
    facts = facts_of_many(session, list(waiting.values()), desk)
    back = cases_taken_back(session)
    found = []
    for id_, case in sorted(waiting.items(), key=lambda one: (one[1].unit.sort_key, one[0])):
        why = _gone(back[id_]) if id_ in back else _why_not(session, case, facts[id_], desk)
        found.append(
            ArrivingLine(
                enrolment_id=id_,
                unit_id=case.unit.id,
                unit_name=case.unit.name,
                people=case.enrolment.people,
                fen=sum(part.fen for part in parts[id_]),
                on=max(part.paid_on for part in parts[id_]),
                payers=tuple(dict.fromkeys(part.payer_name for part in parts[id_])),
                refusal=f"{why.message}。" if why else "",
                remedy=why.remedy if why else "",
            )
        )
    return tuple(found)


def _paid_by_lines(session: Session) -> dict[int, list[Any]]:
    """What came in for each application, where all of it is lines and some of it waits."""
    parts: dict[int, list[Any]] = defaultdict(list)
    for part in queries.counted_parts(session):
        parts[part.enrolment_id].append(part)
    return {
        id_: of
        for id_, of in parts.items()
        if all(part.line for part in of) and any(part.confirmed_on is None for part in of)
    }


def _gone(day: date) -> Missing:
    return Missing(
        "money-back",
        f"{chinese_date(day)}同样一笔钱又从账户付出",
        "请先在“已认款”里核对,是银行退回的请撤回认款。",
    )


def _why_not(session: Session, case: Case, facts: Facts, desk: Desk) -> Missing | None:
    if facts.effective_on is None and facts.asks_effective:
        document = case.scheme.words.document
        remedy = "请在单位页面登记到账,同时填生效日。"
        return Missing("effective-date", f"生效日要照{document}填", remedy)
    lacking = missing(case.step, facts, case.scheme)
    return lacking[0] if lacking else cases.not_by_this_user(session, case, desk)
