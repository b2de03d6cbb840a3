"""The province's number of a case, and what a unit on its own shows of the case behind it."""

from __future__ import annotations

from collections.abc import Sequence

from db.codes import CaseState, Handling
from db.models.enrolments import BusinessNumber, Enrolment
from db.models.papers import IssuedForm
from db.queries import business_numbers
from db.queries import claims as claim_queries
from db.queries import enrolments as queries
from db.queries import payments as payment_queries
from db.queries.holds import hold_money
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_steps import advance
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.mendable import numbered
from desktop_app.services.cases.paid import compare_payments
from desktop_app.services.cases.voiding import forms_with_number, take_back_forms
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import check_money, check_people, stated_reason

LONGEST_NUMBER = 40


class BusinessNumberService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("enrolment.enter-number", Permission.SUBMIT, Area.ENROLMENTS)
    def enter(
        self,
        tx: Transaction,
        enrolment_id: int,
        business_no: str,
        people: int | None = None,
        fen: int | None = None,
    ) -> None:
        """已录入: the province's number; a by-unit case gives it while still a draft.

        `people` and `fen` are what its system shows beside the number, where they were looked up.
        """
        number = business_no.strip().upper()
        _check_figures(people, fen)
        hold_money(tx.session, (enrolment_id,))
        case = cases.load(tx.session, enrolment_id)
        if not number:
            raise UserError("business-number", "没有填业务号。", _as_shown(case, "业务号填写"))
        cases.require_open(case)
        _check_number(tx, case, number)
        _refuse_other(case, number)
        _keep_number(tx, case.enrolment, number)
        if people is not None or fen is not None:
            _keep_figures(tx, case, people, fen)
        if case.enrolment.handling_code == Handling.ON_BEHALF:
            cases.require_step(case, "enrolment.enter-number")
            advance(tx, case)
            if payment_queries.parts_of(tx.session, enrolment_id):
                compare_payments(tx, self.desk, case)  # who paid early has done the next step
        tx.audit(f"enrolment {enrolment_id}")

    @act("enrolment.correct-number", Permission.SUBMIT, Area.ENROLMENTS, Area.PRINTS)
    def correct(self, tx: Transaction, enrolment_id: int, business_no: str, reason: str) -> None:
        """A number typed wrong, at any step; the wrong one stays in the register as void.

        What was printed with it is void and printed anew; a closed file keeps what it holds.
        """
        number, why = business_no.strip().upper(), stated_reason(reason)
        case = cases.load(tx.session, enrolment_id)
        before = numbered(case)
        if not number or number == before:
            raise UserError(
                "business-number", "业务号没有改动。", _as_shown(case, "业务号改正"), "business_no"
            )
        _check_number(tx, case, number)
        _keep_number(tx, case.enrolment, number)
        text = f"业务号由{before}改为{number}:{why}"
        printed = forms_with_number(tx.session, case, before)
        if case.enrolment.state_code == CaseState.FINISHED:
            cases.note(tx, case, text)  # which papers have the old one is noted beside it
        else:
            told = f"({_numbers(printed)}作废,须重新打印、盖章)" if printed else ""
            take_back_forms(tx, case, printed, why, f"{text}{told}")
        tx.audit(f"enrolment {enrolment_id}", forms=len(printed))

    @act("enrolment.record-system", Permission.SUBMIT, Area.ENROLMENTS)
    def record_system(
        self, tx: Transaction, enrolment_id: int, people: int | None, fen: int | None
    ) -> None:
        """What the system shows under the case's number, to be laid beside the list; at any step.

        Args:
            tx: the transaction.
            enrolment_id: a case that has its number.
            people: as shown; None where nobody looked.
            fen: the same.
        """
        case = cases.load(tx.session, enrolment_id)
        number = numbered(case)
        _check_figures(people, fen)
        if people is None and fen is None:
            raise UserError(
                "system-figures", "人数和金额都没有填。", _as_shown(case, "数填写"), "system_people"
            )
        _keep_figures(tx, case, people, fen)
        tx.audit(f"enrolment {enrolment_id}", number=len(number), people=people, fen=fen)

    @act("enrolment.follow", Permission.REGISTER, Area.ENROLMENTS)
    def follow(
        self, tx: Transaction, enrolment_id: int, people: int, due_fen: int, business_no: str
    ) -> None:
        """单位自办: people, amount and number as the unit's officer shows them."""
        case = cases.load(tx.session, enrolment_id)
        if case.enrolment.handling_code != Handling.BY_UNIT:
            raise UserError("not-by-unit", "这份申请由本机构代办。", "人数和金额以名单为准。")
        if people <= 0 or due_fen < 0:
            raise UserError("people", "人数须大于零,金额不能小于零。", _as_shown(case, "数填写"))
        check_people(people, "人数")
        check_money(due_fen, "金额", "due_fen", least=0)
        cases.require_open(case)
        if case.enrolment.approved_at is not None:
            raise UserError(
                "approved",
                "这份申请已审核,人数和金额不能再改。",
                f"确有不同时,请与审核人商量后联系{case.scheme.words.whom}。",
            )
        number = business_no.strip().upper() or None
        if number:
            _check_number(tx, case, number)
        case.enrolment.people, case.enrolment.due_fen = people, due_fen
        case.enrolment.total_fen = due_fen
        _keep_number(tx, case.enrolment, number)
        tx.audit(f"enrolment {enrolment_id}", people=people, due_fen=due_fen)


def _numbers(forms: Sequence[IssuedForm]) -> str:
    return "、".join(form.number for form in forms)


def _check_figures(people: int | None, fen: int | None) -> None:
    if people is not None:
        check_people(people, "系统显示的人数", "system_people")
    if fen is not None:
        check_money(fen, "系统显示的金额", "system_fen", least=0)


def _keep_figures(tx: Transaction, case: Case, people: int | None, fen: int | None) -> None:
    tx.session.flush()
    number = business_numbers.in_force(tx.session, case.enrolment.id)
    assert number is not None  # the case has its number
    number.people, number.fen = people, fen


def _refuse_other(case: Case, number: str) -> None:
    """A case that is past the step of its number has one; another is a correction of it."""
    known, waits = case.enrolment.business_no, case.step.act == "enrolment.enter-number"
    if known is None or waits or case.enrolment.handling_code == Handling.BY_UNIT:
        return
    remedy = "没有改动,不用再登记。"
    if number != known:
        remedy = f"登记错的请用“更正业务号”改为{number}。"
    raise UserError(
        "business-number-entered", f"这份申请已登记业务号{known}。", remedy, "business_no"
    )


def _as_shown(case: Case, what: str) -> str:
    return f"请照{case.scheme.words.system}显示的{what}。"


def _check_number(tx: Transaction, case: Case, number: str) -> None:
    """One number of the province names one case."""
    if len(number) > LONGEST_NUMBER:
        raise UserError(
            "business-number", "业务号太长。", _as_shown(case, "业务号填写"), "business_no"
        )
    other = queries.unit_with_business_no(tx.session, number, case.enrolment.id)
    claim = claim_queries.with_business_no(tx.session, number)
    if other is not None or claim is not None:
        where = f"“{other}”的申请" if other is not None else f"申领{claim}"
        raise UserError(
            "business-number-taken",
            f"业务号{number}已经登记在{where}上。",
            _as_shown(case, "业务号核对"),
            "business_no",
        )


def _keep_number(tx: Transaction, enrolment: Enrolment, number: str | None) -> None:
    """Give the case this number of the province; one given before is voided and stays."""
    if enrolment.business_no == number:
        return
    wrong = business_numbers.in_force(tx.session, enrolment.id)
    if wrong is not None:
        wrong.voided_at = tx.now
    enrolment.business_no = number
    if number is not None:
        tx.add(
            BusinessNumber(
                enrolment_id=enrolment.id,
                number=number,
                entered_at=tx.now,
                entered_by=tx.user_id,
            )
        )
