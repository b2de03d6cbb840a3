"""审核 row by row: single people marked with a reason, and returned with the case."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from db.codes import EnrolleeState
from db.models.enrolments import Enrollee
from db.models.reviews import ReviewMark
from db.queries import enrolments as queries
from db.queries.reviews import open_marks
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.recounts import recount
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import stated_reason


class ReviewService:
    """What is marked is kept, so that a long list may be read in several sittings."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("review.mark", Permission.REVIEW, Area.ENROLMENTS)
    def mark(
        self, tx: Transaction, enrolment_id: int, line_nos: tuple[int, ...], reason: str
    ) -> int:
        """Mark people to be returned; who is marked already has the new reason."""
        why = stated_reason(reason)
        case = _in_review(tx, enrolment_id)
        people = _joining(tx, enrolment_id, line_nos)
        _lift(tx, enrolment_id, people)
        for line_no, member_id in people.items():
            tx.add(
                ReviewMark(
                    enrolment_id=enrolment_id,
                    line_no=line_no,
                    member_id=member_id,
                    reason=why,
                    made_by=tx.user_id,
                    made_at=tx.now,
                )
            )
        lines = " ".join(map(str, people))
        tx.audit(f"enrolment {case.enrolment.id}", people=len(people), lines=lines)
        return len(people)

    @act("review.unmark", Permission.REVIEW, Area.ENROLMENTS)
    def unmark(self, tx: Transaction, enrolment_id: int, line_nos: tuple[int, ...]) -> int:
        """Nothing is wrong with these people after all."""
        _in_review(tx, enrolment_id)
        lifted = _lift(tx, enrolment_id, line_nos)
        if not lifted:
            raise UserError("mark-unknown", "选中的人没有退回标记。", "请刷新名单后再选。")
        tx.audit(f"enrolment {enrolment_id}", people=lifted)
        return lifted


def return_marked(tx: Transaction, case: Case) -> int:
    """Take the marked people out of the case until each is put right or given up."""
    marks = open_marks(tx.session, case.enrolment.id)
    lines = [mark.line_no for mark in marks]
    for mark in marks:
        mark.returned_at = tx.now
    query = select(Enrollee).where(
        Enrollee.enrolment_id == case.enrolment.id,
        Enrollee.line_no.in_(lines),
        Enrollee.state_code.in_(queries.IN),
    )
    for row in tx.session.scalars(query):
        row.state_code = EnrolleeState.RETURNED
    if marks:
        recount(tx, case)
    return len(marks)


def refuse_marked(tx: Transaction, case: Case) -> None:
    """Nothing is approved over a mark that the reviewer forgot."""
    marks = len(open_marks(tx.session, case.enrolment.id))
    if marks:
        raise UserError(
            "marks-open",
            f"名单里有{marks}人标记了退回,没有审核通过。",
            "请退回;确实没有问题的,先去掉标记。",
        )


def _in_review(tx: Transaction, enrolment_id: int) -> Case:
    case = cases.load(tx.session, enrolment_id)
    cases.require_step(case, "enrolment.approve")
    cases.require_other_person(tx, case)
    return case


def _joining(tx: Transaction, enrolment_id: int, line_nos: Collection[int]) -> dict[int, int]:
    """Line -> member of those who are on the list."""
    query = select(Enrollee.line_no, Enrollee.member_id).where(
        Enrollee.enrolment_id == enrolment_id,
        Enrollee.line_no.in_(line_nos),
        Enrollee.state_code.in_(queries.IN),
    )
    found = dict(tx.session.execute(query).all())
    unknown = set(line_nos) - found.keys()
    if unknown or not found:
        which = "、".join(str(one) for one in sorted(unknown)[:10])
        raise UserError(
            "person-unknown",
            f"名单上没有第{which}行的人,或已撤出。" if which else "没有选要退回的人。",
            "请刷新名单后再选。",
        )
    return dict(sorted(found.items()))


def _lift(tx: Transaction, enrolment_id: int, line_nos: Collection[int]) -> int:
    marks = [mark for mark in open_marks(tx.session, enrolment_id) if mark.line_no in line_nos]
    for mark in marks:
        mark.lifted_at = tx.now
    return len(marks)
