"""Rosters as pages see them: the list, the rows that wait, what a plan would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.codes import EnrolleeState, Sex
from db.models.enrolments import Enrollee, Enrolment
from db.models.imports import ImportBatch, ImportRow
from db.models.members import Member
from db.queries import enrolments as queries
from db.queries import members as member_queries
from db.queries import reviews as review_queries
from db.queries import roster_search
from db.queries import submissions as submission_queries
from desktop_app.domain.dates import age
from desktop_app.domain.labels import label
from desktop_app.domain.names import name_key
from desktop_app.domain.quotes import quote
from desktop_app.errors import UserError
from desktop_app.services.cases import cases
from desktop_app.services.cases.enrolment_views import participation_text
from desktop_app.services.cases.quotes import asked_of, due_of
from desktop_app.services.desk import Desk
from desktop_app.services.rosters.known_units import others_named
from desktop_app.services.rosters.repeats import repeat_text
from desktop_app.services.rosters.roster_changes import counts_of, edits_of, repairs_of
from desktop_app.services.rosters.roster_columns import drift_of, placed_of
from desktop_app.services.rosters.roster_rows import finding_of, unpacked
from desktop_app.services.search_keys import masked
from desktop_app.services.views.rosters import ImportPlan, ParkedLine, PeopleFound, PersonLine


def person_lines(
    session: Session, today: date, enrolment_id: int, after: int, limit: int
) -> tuple[PersonLine, ...]:
    """One line a person, the plans beside each other."""
    return _lines(
        session, today, enrolment_id, queries.people_rows(session, enrolment_id, after, limit)
    )


def found_lines(
    session: Session, today: date, enrolment_id: int, text: str, limit: int
) -> PeopleFound:
    """Those of the whole list whom a name, initials, digits, a plan or a state names."""
    wanted = text.strip()
    if wanted[:-1].isdigit() or wanted.isdigit():
        fits = roster_search.by_number(wanted.upper())
    else:
        states = [state for state in EnrolleeState if wanted in label(state)]
        fits = roster_search.by_words(wanted, name_key(wanted), states)
    rows = roster_search.rows(session, enrolment_id, fits, limit)
    return PeopleFound(
        roster_search.count(session, enrolment_id, fits), _lines(session, today, enrolment_id, rows)
    )


def sent_back_lines(session: Session, today: date, enrolment_id: int) -> tuple[PersonLine, ...]:
    """Those of the list whom an answer refused and about whom nobody has decided yet."""
    return _lines(session, today, enrolment_id, queries.sent_back_rows(session, enrolment_id))


class _Notes(NamedTuple):
    """Why people were sent back, and whom the reviewer wants returned."""

    back: Mapping[int, str]  # by member: an answer's reason, or a review's
    before: Mapping[int, str]  # by member: what a review found, while the case is not approved
    open: Mapping[int, str]  # by line

    def of(self, line_no: int, member_id: int, state: str) -> str:
        if line_no in self.open:
            return f"待退回:{self.open[line_no]}"
        if state in queries.IN:
            before = self.before.get(member_id)
            return f"曾退回:{before}" if before else ""
        return self.back.get(member_id, "")


def _notes(session: Session, enrolment_id: int) -> _Notes:
    returned = review_queries.reasons_of(session, enrolment_id)
    marks = review_queries.open_marks(session, enrolment_id)
    approved = session.get_one(Enrolment, enrolment_id).approved_at is not None
    return _Notes(
        returned | submission_queries.reasons_of(session, enrolment_id),
        {} if approved else returned,
        {mark.line_no: mark.reason for mark in marks},
    )


def _lines(
    session: Session, today: date, enrolment_id: int, rows: Sequence[Row[int, Member, Enrollee]]
) -> tuple[PersonLine, ...]:
    plans = {plan.plan_id: record.name for plan, record in queries.plans_of(session, enrolment_id)}
    told = _notes(session, enrolment_id)
    lines: dict[int, PersonLine] = {}
    for line_no, member, enrollee in rows:
        before = lines.get(line_no)
        fen = enrollee.contribution_fen
        if before is not None:
            total = None if fen is None or before.contribution_fen is None else (
                before.contribution_fen + fen
            )  # fmt: skip
            text = "、".join(filter(None, (before.plans, plans.get(enrollee.plan_id, ""))))
        else:
            total, text = fen, plans.get(enrollee.plan_id, "")
        lines[line_no] = PersonLine(
            line_no=line_no,
            member_id=member.id,
            name=member.name,
            identity=masked(member.identity_no),
            sex_label=label(Sex(member.sex_code)) if member.sex_code else "",
            age=age(member.born_on, today) if member.born_on else None,
            plans=text,
            contribution_fen=total,
            state_label=label(EnrolleeState(enrollee.state_code)),
            note=told.of(line_no, member.id, enrollee.state_code),
            sent_back=enrollee.state_code in queries.SENT_BACK,
            joining=enrollee.state_code in queries.IN,
            marked=line_no in told.open,
        )
    return tuple(lines.values())


def parked_lines(session: Session, enrolment_id: int) -> tuple[ParkedLine, ...]:
    lines = []
    for row, file_name in queries.parked_rows(session, enrolment_id):
        place = " · ".join(part for part in (file_name, row.sheet, f"第{row.row_no}行") if part)
        reasons = [finding_of(stored).message for stored in row.findings if stored[4] == "error"]
        name = str(row.cells.get("name", ""))
        lines.append(ParkedLine(row.batch_id, row.seq, place, name, ";".join(reasons)))
    return tuple(lines)


def plan_of(session: Session, desk: Desk, batch_id: int) -> ImportPlan:
    batch = session.get(ImportBatch, batch_id)
    if batch is None or batch.enrolment_id is None:
        raise UserError("plan-gone", "没有这份预览。", "请重新读入文件。")
    rows = session.scalars(
        select(ImportRow).where(ImportRow.batch_id == batch_id).order_by(ImportRow.seq)
    ).all()
    people = unpacked(batch.waiting)
    here = queries.listed_here(session, batch.enrolment_id)
    joining = [person for person in people if person.identity not in here]
    known = member_queries.names_by_identity(session, [person.identity for person in joining])
    case = cases.load(session, batch.enrolment_id)
    total = len(here) + len(joining)
    findings = [finding_of(stored) for row in rows for stored in row.findings]
    return ImportPlan(
        batch_id=batch.id,
        file_name=batch.file_name,
        rows_read=batch.rows_read,
        accepted=batch.accepted,
        rejected=batch.rejected,
        skipped=batch.skipped,
        new_people=len(joining) - len(known),
        known_people=len(known),
        findings=tuple(sorted(findings, key=lambda f: (f.sheet or "", f.row or 0))),
        participation=participation_text(case.scheme, case.enrolment.at_work, total),
        due_fen=due_after(session, desk, case, [person.sex for person in joining]),
        columns=placed_of(batch.columns),
        drift=drift_of(session, batch),
        repairs=repairs_of(batch.changes),
        edits=edits_of(batch.changes),
        repair_counts=counts_of(batch.changes),
        again=repeat_text(desk, session, case, batch, len(joining)),
        digest=batch.file_sha256,
        others=others_named(session, batch),
    )


def due_after(
    session: Session, desk: Desk, case: cases.Case, sexes: list[Sex | None]
) -> int | None:
    """What the unit would owe with the joining people; None while it is an estimate."""
    asked = asked_of(session, desk, case.enrolment, case.unit)
    more = replace(
        asked,
        people=asked.people + len(sexes),
        women=(asked.women or 0) + sexes.count(Sex.FEMALE),
    )
    return due_of(quote(case.scheme, more, desk.calendar(session)))
