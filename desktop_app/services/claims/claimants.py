"""Who claims and for which plan, as registered: both are known, or said to be unknown."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.members import Member
from db.models.schemes import PlanRecord
from desktop_app.domain.identity import check_identity
from desktop_app.domain.issues import Severity
from desktop_app.errors import UserError
from desktop_app.services.claims.claim_versions import version_for
from desktop_app.services.drafts import ClaimDraft
from desktop_app.services.versions.scheme_texts import scheme_in_force


def stated_identity(text: str | None, today: date) -> str | None:
    """The number of a person whom the ledger does not know, cleaned; none where none was given.

    Raises:
        UserError: what is typed is nobody's number, by its own code.
    """
    if not (text or "").strip():
        return None
    judged = check_identity(text or "", today)
    for problem in judged.problems:
        if problem.severity is Severity.ERROR:
            raise UserError(
                problem.code,
                f"{problem.message}。",
                "请照证件填写;没有证件号码的先空着。",
                "identity_no",
            )
    return judged.number


def require_known(session: Session, draft: ClaimDraft, today: date) -> None:
    """Refuse a plan of no scheme, and a member who is not in the ledger.

    Raises:
        UserError: `plan-unknown`, which names those of the office's scheme, `member-unknown`.
    """
    plan = select(PlanRecord.id).where(PlanRecord.plan_key == draft.plan_key).limit(1)
    if session.scalars(plan).first() is None:
        version = version_for(session, None, draft.event_on, today)
        scheme_in_force(session, version.id).plan(draft.plan_key)
    if draft.member_id is not None and session.get(Member, draft.member_id) is None:
        raise UserError(
            "member-unknown",
            "台账里没有这个人。",
            "请重新查找后再登记;查无此人时按姓名登记。",
            "member_id",
        )
