"""What a case exchanges with the system above: sent and answered, and what is typed there."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.codes import AnswerKind
from db.models.members import Member
from db.models.office import AppUser
from db.models.submissions import Answer, AnswerLine, Submission
from db.queries import enrolments as queries
from desktop_app.domain.entry_fields import ENTRY_FIELDS
from desktop_app.domain.money import yuan
from desktop_app.domain.schemes.scheme_parts import ProvinceColumn
from desktop_app.errors import UserError
from desktop_app.services.acts import look
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.unit_invoices import unit_invoice
from desktop_app.services.desk import Desk
from desktop_app.services.papers.form_parts import unit_particulars
from desktop_app.services.permissions import Permission
from desktop_app.services.province.submissions import left_to_send, profile_of
from desktop_app.services.views.submissions import (
    EntryField,
    EntryPart,
    ExchangeLine,
    ExchangeView,
    ProfileChoice,
    SheetLine,
)


class ExchangeService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def view(self, enrolment_id: int) -> ExchangeView:
        with self.desk.database.reading() as uow:
            case = cases.load(uow.session, enrolment_id)
            profiles = case.scheme.province
            return ExchangeView(
                profiles=tuple(ProfileChoice(one.id, one.title, one.site) for one in profiles),
                may_send=cases.may_send(case),
                lines=_lines(uow.session, enrolment_id),
            )

    @look(Permission.SUBMIT)
    def entry(self, enrolment_id: int, profile_id: str | None = None) -> tuple[EntryPart, ...]:
        """What is typed by hand, in the order of the screen: the case, then each plan's people."""
        with self.desk.database.reading() as uow:
            case = cases.load(uow.session, enrolment_id)
            profile = profile_of(case, profile_id)
            cases.require_not_void(case)
            if case.enrolment.approved_at is None:
                raise UserError("not-approved", "审核通过后才能录入。", "请先完成审核。")
            values = _values(uow.session, case)
            keys = profile.fields or tuple(ENTRY_FIELDS)
            own = tuple(EntryField(ENTRY_FIELDS[key], values[key]) for key in keys)
            return (EntryPart("单位和申请", own), *_rosters(uow.session, case, profile.columns))


def _lines(session: Session, enrolment_id: int) -> tuple[ExchangeLine, ...]:
    """The newest first."""
    sent = (
        select(Submission, AppUser.name)
        .join(AppUser, AppUser.id == Submission.exported_by)
        .where(Submission.enrolment_id == enrolment_id)
    )
    strangers = (
        select(func.count())
        .where(AnswerLine.answer_id == Answer.id, AnswerLine.member_id.is_(None))
        .scalar_subquery()
    )
    answered = (
        select(Answer, AppUser.name, strangers)
        .join(Submission, Submission.id == Answer.submission_id)
        .join(AppUser, AppUser.id == Answer.read_by)
        .where(Submission.enrolment_id == enrolment_id)
    )
    lines = [_sent(submission, who) for submission, who in session.execute(sent)]
    lines += [_answered(*found) for found in session.execute(answered)]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


def _sent(submission: Submission, who: str) -> ExchangeLine:
    files = tuple(submission.manifest["files"])
    sheets = submission.manifest.get("sheets", ())  # exports of former versions do not tell
    return ExchangeLine(
        id=submission.id,
        at=submission.exported_at,
        kind="导出",
        name=submission.number,
        people=submission.manifest["people"],
        detail=f"{len(files)} 个文件",
        who=who,
        folder=submission.folder_name,
        files=files,
        due_fen=submission.manifest["total_fen"],
        sheets=tuple(SheetLine(*sheet) for sheet in sheets),
    )


def _answered(answer: Answer, who: str, unknown: int) -> ExchangeLine:
    strange = f",{unknown} 行对不上" if unknown else ""
    return ExchangeLine(
        id=answer.id,
        at=answer.read_at,
        kind="失败名单" if answer.kind_code == AnswerKind.FAILURES else "回执",
        name=answer.file_name,
        people=answer.accepted + answer.failed,
        detail=f"收下 {answer.accepted} 人,退回 {answer.failed} 人{strange}",
        who=who,
        unknown=unknown,
    )


def _values(session: Session, case: Case) -> dict[str, str]:
    """Every field that a scheme may name; blank where the case has nothing for it."""
    unit, enrolment = unit_particulars(session, case), case.enrolment
    plans = queries.plans_of(session, enrolment.id)
    return {
        "unit-name": unit.name,
        "employer-code": unit.code,
        "union-code": unit.union_code,
        "address": unit.address,
        "contact-name": unit.contact,
        "contact-phone": unit.phone,
        "year": str(enrolment.year),
        "at-work": _count(enrolment.at_work),
        "women": _count(enrolment.women),
        "plans": "、".join(record.name for _plan, record in plans),
        "shares": "、".join(str(plan.shares) for plan, _record in plans),
        "people": str(enrolment.people),
        "due": "" if enrolment.due_fen is None else yuan(enrolment.due_fen).replace(",", ""),
        "invoice-title": unit_invoice(case.unit).title,
        "invoice-code": unit_invoice(case.unit).code,
    }


def _count(people: int | None) -> str:
    return "" if people is None else str(people)


def _rosters(session: Session, case: Case, columns: tuple[ProvinceColumn, ...]) -> list[EntryPart]:
    """Person by person, who has not been taken yet, in the columns of the upload workbook."""
    people = left_to_send(session, case)
    wanted = [column for column in columns if column.field != "number"]
    parts = []
    for plan, record in queries.plans_of(session, case.enrolment.id):
        rows = [member for _line, member, row in people if row.plan_id == plan.plan_id]
        fields = [
            EntryField(column.title, _cell(member, column.field), f"第 {at} 人 {member.name}")
            for at, member in enumerate(rows, start=1)
            for column in wanted
        ]
        if fields:
            parts.append(EntryPart(f"名单 {record.name}", tuple(fields)))
    return parts


def _cell(member: Member, field: str) -> str:
    cells = {"name": member.name, "identity": member.identity_no, "phone": member.phone}
    return cells[field] or ""
