"""A person's covers and applications, and the rows on which they wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row
from sqlalchemy.orm import Session

from db.codes import CaseState, CoverState, EnrolleeState
from db.models.enrolments import Cover, Enrolment
from db.models.members import Member
from db.models.units import Unit
from db.queries import persons as queries
from db.queries import reviews as review_queries
from db.queries import submissions as submission_queries
from db.queries.enrolments import IN, SENT_BACK
from desktop_app.domain.dates import last_day, period_text
from desktop_app.domain.labels import label
from desktop_app.domain.owed_steps import owed_of_case
from desktop_app.domain.schemes.scheme_parts import Words
from desktop_app.services.persons.person_schemes import Schemes
from desktop_app.services.rosters.roster_rows import finding_of
from desktop_app.services.units.unit_views import case_label
from desktop_app.services.views.persons import PersonCase, PersonCover, PersonWaiting

COVER_STATES = {
    "covered": "保障中",
    "later": "未开始",
    "past": "已满期",
    "void": "已作废",
}
_CLOSED = (CaseState.FINISHED, CaseState.VOID)
Listing = Row[Enrolment, Unit, str, str]


def cases_of(session: Session, schemes: Schemes, rows: Sequence[Listing]) -> tuple[PersonCase, ...]:
    """One line a case, its plans beside each other."""
    grouped: dict[int, list[Listing]] = {}
    for row in rows:
        grouped.setdefault(row[0].id, []).append(row)
    money = queries.money(session, list(grouped))
    return tuple(_case(schemes, group, money.get(case)) for case, group in grouped.items())


def _case(schemes: Schemes, group: list[Listing], money: tuple[int, int, int] | None) -> PersonCase:
    enrolment, unit = group[0][0], group[0][1]
    states = [EnrolleeState(row[2]) for row in group]
    state = next((one for one in states if one in IN), states[0])
    names = [row[3] for row, one in zip(group, states, strict=True) if one == state]
    scheme = schemes(enrolment.scheme_version_id)
    at = (enrolment.state_code, enrolment.step_key, enrolment.handling_code)
    is_open = enrolment.state_code not in _CLOSED
    step = scheme.step(enrolment.step_key, enrolment.handling_code)
    return PersonCase(
        enrolment_id=enrolment.id,
        unit_id=unit.id,
        unit=unit.name,
        year=enrolment.year,
        plans="、".join(dict.fromkeys(names)),
        listed=label(state),
        joining=state in IN and enrolment.state_code != CaseState.VOID,
        open=is_open,
        step_label=case_label(scheme, *at),
        owed=owed_of_case(step, enrolment.handling_code, scheme.words) if is_open else None,
        money_label=_money_label(enrolment, money, scheme.words),
        business_no=enrolment.business_no or "",
    )


def _money_label(enrolment: Enrolment, money: tuple[int, int, int] | None, words: Words) -> str:
    if money is None:
        if enrolment.state_code == CaseState.FINISHED:
            return "已缴"
        return "不用缴" if enrolment.due_fen == 0 and enrolment.people else "未缴"
    paid, sure, off = money
    if off:
        return "金额不符"
    if sure < paid:
        return "已缴,待确认"
    return words.arrived if words.upper else "已到账"


def covers_of(session: Session, member_id: int, today: date) -> tuple[PersonCover, ...]:
    lines = []
    for cover, plan, enrolment, unit in queries.covers(session, member_id):
        state = _cover_state(cover, today)
        lines.append(
            PersonCover(
                enrolment_id=enrolment.id,
                plan=plan,
                unit=unit,
                year=enrolment.year,
                shares=cover.shares,
                from_on=cover.from_on,
                last_on=last_day(cover.until_on),
                state=state,
                state_label=COVER_STATES[state],
                period=period_text(cover.from_on, cover.until_on),
                note=cover.ended_for or "",
            )
        )
    return tuple(lines)


def _cover_state(cover: Cover, today: date) -> str:
    if cover.state_code == CoverState.VOID:
        return "void"
    if today < cover.from_on:
        return "later"
    return "covered" if today < cover.until_on else "past"


def waiting_of(
    session: Session, member: Member, cases: tuple[PersonCase, ...]
) -> tuple[PersonWaiting, ...]:
    """Where the person was sent back, and refused rows of the same number (待补正)."""
    back = {label(state) for state in SENT_BACK}
    lines = [
        PersonWaiting(
            case.enrolment_id,
            case.unit_id,
            case.unit,
            case.year,
            case.listed,
            _why_back(session, case.enrolment_id, member.id),
            "",
        )
        for case in cases
        if case.listed in back
    ]
    rows = queries.parked(session, member.identity_no) if member.identity_no else ()
    for row, file_name, enrolment, unit in rows:
        place = " · ".join(part for part in (file_name, row.sheet, f"第{row.row_no}行") if part)
        reasons = [finding_of(stored).message for stored in row.findings if stored[4] == "error"]
        lines.append(
            PersonWaiting(
                enrolment.id,
                enrolment.unit_id,
                unit,
                enrolment.year,
                "待补正",
                ";".join(reasons),
                place,
            )
        )
    return tuple(lines)


def _why_back(session: Session, enrolment_id: int, member_id: int) -> str:
    answered = submission_queries.reasons_of(session, enrolment_id)
    return answered.get(member_id) or review_queries.reasons_of(session, enrolment_id).get(
        member_id, ""
    )
