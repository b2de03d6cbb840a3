"""Enrolments: started, submitted, reviewed, returned, numbered; seen whole and in lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import CaseState, Handling, PaperState, UnitState
from db.models.enrolments import BusinessNumber, Enrolment, EnrolmentPlan
from db.models.papers import EnrolmentPaper
from db.models.schemes import SchemeVersion
from db.models.units import Unit
from db.queries import enrolments as queries
from desktop_app.domain.dates import coverage_end
from desktop_app.domain.quotes import Quote, cover_by_rule, quote
from desktop_app.domain.schemes import Scheme
from desktop_app.errors import UserError
from desktop_app.services import cases
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.applications import (
    Basis,
    PlanShares,
    asked_by,
    basis_of,
    require_end,
    require_same_plans,
)
from desktop_app.services.covers import open_covers
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.services.enrolment_views import enrolment_view, history_lines
from desktop_app.services.files import keep_scan
from desktop_app.services.permissions import Permission
from desktop_app.services.quotes import asked_of, keep_quote, refuse
from desktop_app.services.recounts import recount
from desktop_app.services.sane import check_money, check_people
from desktop_app.services.scheme_texts import plan_ids, scheme_in_force
from desktop_app.services.schemes import drive_version, year_of
from desktop_app.services.unit_views import enrolment_row
from desktop_app.services.views.enrolments import EnrolmentRow, EnrolmentView, HistoryLine

LONGEST_NUMBER = 40


class EnrolmentService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("enrolment.start", Permission.REGISTER, Area.ENROLMENTS, Area.UNITS)
    def start(self, tx: Transaction, unit_id: int, draft: EnrolmentDraft) -> int:
        """Begin a unit's application for the current drive; refused where the rules do."""
        unit = open_unit(tx.session, unit_id)
        version = drive_version(tx.session, self.desk)
        scheme = scheme_in_force(tx.session, version.id)
        plans = draft.plans
        _check_plans(scheme, plans, unit)
        check_workers(draft.at_work, draft.women)
        year = year_of(tx.session, self.desk)
        if queries.open_of_unit(tx.session, unit_id, year):
            raise UserError(
                "enrolment-open",
                f"“{unit.name}”{year}年度的申请正在办理。",
                "请在单位页面接着办理原来的申请。",
            )
        stands_on = basis_of(tx.session, unit, year, scheme, (draft.kind, draft.ends))
        require_end(stands_on)
        require_same_plans(tx.session, stands_on, plans)
        asked = asked_by(self.desk, unit, stands_on, plans, year)
        refuse(quote(scheme, asked, self.desk.calendar(tx.session)), scheme)
        unit.at_work, unit.women = draft.at_work, draft.women
        enrolment = self._new(tx, unit, version, stands_on)
        enrolment.year, enrolment.handling_code = year, draft.handling
        enrolment.at_work, enrolment.women = draft.at_work, draft.women
        enrolment.step_key = scheme.steps[draft.handling][0].key
        tx.session.flush()
        cases.move(tx, enrolment, enrolment.step_key)
        ids = plan_ids(tx.session, version.scheme_id)
        for key, shares in plans:
            tx.session.add(
                EnrolmentPlan(
                    enrolment_id=enrolment.id,
                    plan_id=ids[key],
                    shares=shares,
                    people=0,
                )
            )
        recount(tx, cases.load(tx.session, enrolment.id))
        tx.audit(f"enrolment {enrolment.id}", year=year, plans=len(plans))
        return enrolment.id

    @act("enrolment.attach-paper", Permission.REGISTER, Area.ENROLMENTS)
    def attach_paper(self, tx: Transaction, enrolment_id: int, paper_key: str, path: Path) -> None:
        attachment = keep_scan(tx, path)
        case = cases.load(tx.session, enrolment_id)
        cases.require_open(case)
        case.scheme.paper(paper_key)
        set_paper(
            tx, enrolment_id, paper_key, PaperState.KEPT, attachment.id, pages=attachment.pages
        )
        tx.audit(f"enrolment {enrolment_id}", paper=paper_key, pages=attachment.pages)

    @act("enrolment.submit", Permission.REGISTER, Area.ENROLMENTS)
    def submit(self, tx: Transaction, enrolment_id: int) -> None:
        """Hand the case in; whether that is in time is judged by its first time."""
        case = cases.load(tx.session, enrolment_id)
        cases.require_step(case, "enrolment.submit")
        case.enrolment.submitted_by, case.enrolment.submitted_at = tx.user_id, tx.now
        case.enrolment.applied_at = case.enrolment.applied_at or tx.now
        case.enrolment.state_code, case.enrolment.returned_for = CaseState.OPEN, None
        self._settle(tx, case)
        cases.advance(tx, case)
        tx.audit(f"enrolment {enrolment_id}", people=case.enrolment.people)

    @act("enrolment.approve", Permission.REVIEW, Area.ENROLMENTS)
    def approve(self, tx: Transaction, enrolment_id: int) -> None:
        """已审核: by another person than who submitted; cover that follows from the rule begins."""
        case = cases.load(tx.session, enrolment_id)
        cases.require_step(case, "enrolment.approve")
        case.enrolment.approved_by, case.enrolment.approved_at = tx.user_id, tx.now
        cover = cover_by_rule(case.scheme, self._settle(tx, case))
        if cover is not None:
            _set_cover(tx, case, (cover.first, cover.end))
        cases.advance(tx, case)
        covers = open_covers(tx, case) if cover is not None else 0
        tx.audit(
            f"enrolment {enrolment_id}",
            people=case.enrolment.people,
            due_fen=case.enrolment.due_fen,
            covers=covers,
        )

    def _settle(self, tx: Transaction, case: cases.Case) -> Quote:
        """Judge the case as it stands, count it anew and keep what it came to."""
        asked = asked_of(tx.session, self.desk, case.enrolment, case.unit)
        found = quote(case.scheme, asked, self.desk.calendar(tx.session))
        refuse(found, case.scheme)
        if case.enrolment.handling_code == Handling.ON_BEHALF:
            recount(tx, case)
            keep_quote(tx, case.enrolment, asked, found, case.scheme)
        return found

    @act("enrolment.return", Permission.REVIEW, Area.ENROLMENTS)
    def return_(self, tx: Transaction, enrolment_id: int, reason: str) -> None:
        """退回: back to the roster, with a reason; nothing of it is erased."""
        if not reason.strip():
            raise UserError("reason-missing", "没有写退回的原因。", "请写明要补正什么。")
        case = cases.load(tx.session, enrolment_id)
        cases.require_step(case, "enrolment.approve")
        case.enrolment.state_code = CaseState.RETURNED
        case.enrolment.returned_for = reason.strip()
        cases.move(tx, case.enrolment, case.steps[0].key, reason.strip())
        tx.audit(f"enrolment {enrolment_id}")

    @act("enrolment.enter-number", Permission.SUBMIT, Area.ENROLMENTS)
    def enter_number(self, tx: Transaction, enrolment_id: int, business_no: str) -> None:
        """已录入省系统: the province's number; a by-unit case gives it while still a draft."""
        number = business_no.strip().upper()
        if not number:
            raise UserError("business-number", "没有填业务号。", "请照省系统显示的业务号填写。")
        case = cases.load(tx.session, enrolment_id)
        cases.require_open(case)
        _check_number(tx, case, number)
        _keep_number(tx, case.enrolment, number)
        if case.enrolment.handling_code == Handling.ON_BEHALF:
            cases.require_step(case, "enrolment.enter-number")
            cases.advance(tx, case)
        tx.audit(f"enrolment {enrolment_id}")

    @act("enrolment.set-effective", Permission.SUBMIT, Area.ENROLMENTS)
    def set_effective(
        self, tx: Transaction, enrolment_id: int, effective_on: date, document_no: str
    ) -> None:
        """The effective date that stands on the plan document; cover runs from it."""
        case = cases.load(tx.session, enrolment_id)
        cases.require_not_void(case)
        if case.enrolment.approved_at is None:  # the list may still change, and cover with it
            raise UserError("not-approved", "审核通过后才能登记生效日。", "请先完成审核。")
        if case.enrolment.effective_on is not None:
            raise UserError(
                "effective-set", "生效日已经登记过。", "确需更改,请走更正手续。", "effective_on"
            )
        if abs(effective_on.year - case.enrolment.year) > 1:
            raise UserError(
                "effective-date",
                f"生效日{effective_on.isoformat()}不会是{case.enrolment.year}年度的。",
                "请照计划书上的日期填写。",
                "effective_on",
            )
        until = coverage_end(effective_on, case.scheme.coverage.months)
        _set_cover(tx, case, (effective_on, until), document_no.strip() or None)
        count = open_covers(tx, case)
        tx.audit(f"enrolment {enrolment_id}", covers=count)

    @act("enrolment.follow", Permission.REGISTER, Area.ENROLMENTS)
    def follow(
        self, tx: Transaction, enrolment_id: int, people: int, due_fen: int, business_no: str
    ) -> None:
        """单位自办: people, amount and number as the unit's officer shows them."""
        case = cases.load(tx.session, enrolment_id)
        if case.enrolment.handling_code != Handling.BY_UNIT:
            raise UserError("not-by-unit", "这份申请由本机构代办。", "人数和金额以名单为准。")
        if people <= 0 or due_fen < 0:
            raise UserError("people", "人数和金额须大于零。", "请照省系统显示的数填写。")
        check_people(people, "人数")
        check_money(due_fen, "金额", "due_fen", least=0)
        cases.require_open(case)
        if case.enrolment.approved_at is not None:
            raise UserError(
                "approved",
                "这份申请已审核,人数和金额不能再改。",
                "确有不同时,请与审核人商量后联系省办。",
            )
        number = business_no.strip().upper() or None
        if number:
            _check_number(tx, case, number)
        case.enrolment.people, case.enrolment.due_fen = people, due_fen
        case.enrolment.total_fen = due_fen
        _keep_number(tx, case.enrolment, number)
        tx.audit(f"enrolment {enrolment_id}", people=people, due_fen=due_fen)

    @look()
    def get(self, enrolment_id: int) -> EnrolmentView:
        with self.desk.database.reading() as uow:
            return enrolment_view(uow.session, self.desk, enrolment_id)

    @look()
    def history(self, enrolment_id: int) -> tuple[HistoryLine, ...]:
        with self.desk.database.reading() as uow:
            return history_lines(uow.session, enrolment_id)

    @look()
    def list_enrolments(self, year: int) -> tuple[EnrolmentRow, ...]:
        with self.desk.database.reading() as uow:
            return tuple(
                enrolment_row(uow.session, enrolment, name)
                for enrolment, name in queries.of_year(uow.session, year)
            )

    def _new(
        self, tx: Transaction, unit: Unit, version: SchemeVersion, stands_on: Basis
    ) -> Enrolment:
        return tx.add(
            Enrolment(
                unit_id=unit.id,
                scheme_version_id=version.id,
                kind_code=stands_on.kind,
                state_code=CaseState.OPEN,
                people=0,
                ends_on=stands_on.ends,
                previous_id=stands_on.previous.id if stands_on.previous else None,
            )
        )


def open_unit(session: Session, unit_id: int) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None or unit.state_code != UnitState.OPEN:
        raise UserError("unit-not-open", "这个单位还没有开户。", "请先审核开户。")
    return unit


def _set_cover(
    tx: Transaction, case: cases.Case, days: tuple[date, date], document_no: str | None = None
) -> None:
    case.enrolment.effective_on, case.enrolment.until_on = days
    for plan, _record in queries.plans_of(tx.session, case.enrolment.id):
        plan.from_on, plan.until_on = days
        plan.document_no = document_no


def _keep_number(tx: Transaction, enrolment: Enrolment, number: str | None) -> None:
    """Give the case this number of the province; one given before is voided and stays."""
    if enrolment.business_no == number:
        return
    before = select(BusinessNumber).where(
        BusinessNumber.enrolment_id == enrolment.id, BusinessNumber.voided_at.is_(None)
    )
    for wrong in tx.session.scalars(before):
        wrong.voided_at = tx.now
    enrolment.business_no = number
    if number is not None:
        tx.add(
            BusinessNumber(
                enrolment_id=enrolment.id, number=number, entered_at=tx.now, entered_by=tx.user_id
            )
        )


def set_paper(
    tx: Transaction,
    enrolment_id: int,
    paper_key: str,
    state: PaperState,
    attachment_id: int | None = None,
    **more: int | str | None,
) -> None:
    """Set one line of the case's checklist."""
    query = select(EnrolmentPaper).where(
        EnrolmentPaper.enrolment_id == enrolment_id, EnrolmentPaper.paper_key == paper_key
    )
    paper = tx.session.scalars(query).one_or_none()
    if paper is None:
        paper = EnrolmentPaper(enrolment_id=enrolment_id, paper_key=paper_key, state_code=state)
        tx.session.add(paper)
    paper.state_code, paper.received_on = state, tx.desk.today()
    if attachment_id is not None:
        paper.attachment_id = attachment_id
    for field, value in more.items():
        setattr(paper, field, value)


def _check_number(tx: Transaction, case: cases.Case, number: str) -> None:
    """One number of the province names one case."""
    if len(number) > LONGEST_NUMBER:
        raise UserError(
            "business-number", "业务号太长。", "请照省系统显示的业务号填写。", "business_no"
        )
    query = (
        select(Unit.name)
        .join(Enrolment, Enrolment.unit_id == Unit.id)
        .where(
            Enrolment.business_no == number,
            Enrolment.id != case.enrolment.id,
            Enrolment.state_code != CaseState.VOID,
        )
    )
    other = tx.session.scalars(query.limit(1)).first()
    if other is not None:
        raise UserError(
            "business-number-taken",
            f"业务号{number}已经登记在“{other}”的申请上。",
            "请照省系统显示的业务号核对。",
            "business_no",
        )


def _check_plans(scheme: Scheme, plans: PlanShares, unit: Unit) -> None:
    if not plans:
        raise UserError("plans", "还没有选保障项目。", "请至少选一项。", "plans")
    if len({key for key, _shares in plans}) < len(plans):
        raise UserError("plans", "同一个保障项目选了两次。", "请只选一次,填好份数。", "plans")
    for key, shares in plans:
        limit = scheme.plan(key).share_limit(unit.kind_code).value or 1
        if not 1 <= shares <= limit:
            raise UserError(
                "shares",
                f"“{scheme.plan(key).short_name}”每人限{limit}份,填了{shares}份。",
                "请改正份数。",
                key,
            )


def check_workers(at_work: int, women: int | None) -> None:
    if at_work <= 0 or (women is not None and not 0 <= women <= at_work):
        raise UserError(
            "at-work", "在职职工人数或女职工人数不对。", "请照单位填报的人数填写。", "at_work"
        )
