"""Enrolments: started, submitted, reviewed, returned, covered; seen whole and in lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from db.codes import CaseState, Handling, PaperState
from db.queries import enrolments as queries
from db.queries.holds import hold_money, paying
from desktop_app.domain.quotes import Quote, cover_by_rule, quote
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_papers import put_pages_aside, set_paper
from desktop_app.services.cases.case_steps import advance
from desktop_app.services.cases.covers import begin_cover, open_covers, set_cover
from desktop_app.services.cases.enrolment_views import (
    enrolment_view,
    history_lines,
)
from desktop_app.services.cases.fundings import ACCOUNTS, accounts_now
from desktop_app.services.cases.paid import SLIP
from desktop_app.services.cases.quotes import asked_of, keep_quote, refuse
from desktop_app.services.cases.recounts import recount
from desktop_app.services.cases.returned import people_to_mend
from desktop_app.services.cases.slips import give_slip
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.services.enrolments.beginnings import begin
from desktop_app.services.enrolments.reviews import refuse_marked, return_marked
from desktop_app.services.files import keep_proof, keep_scan
from desktop_app.services.permissions import Permission
from desktop_app.services.proofs.proofs import PAPER as PROOF
from desktop_app.services.rosters.differences import sign
from desktop_app.services.units.unit_views import enrolment_row
from desktop_app.services.views.enrolments import EnrolmentRow, EnrolmentView, HistoryLine


class EnrolmentService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("enrolment.start", Permission.REGISTER, Area.ENROLMENTS, Area.UNITS)
    def start(self, tx: Transaction, unit_id: int, draft: EnrolmentDraft) -> int:
        """Begin a unit's application for the current drive; refused where the rules do."""
        enrolment = begin(tx, unit_id, draft)
        tx.audit(f"enrolment {enrolment.id}", year=enrolment.year, plans=len(draft.plans))
        return enrolment.id

    @act("enrolment.attach-paper", Permission.REGISTER, Area.ENROLMENTS)
    def attach_paper(self, tx: Transaction, enrolment_id: int, paper_key: str, path: Path) -> None:
        attachment = (keep_proof if paper_key == PROOF else keep_scan)(tx, path)
        if paper_key == SLIP:  # which may take other cases of the same transfer on as well
            hold_money(tx.session, payments=paying(tx.session, enrolment_id))
        case = cases.load(tx.session, enrolment_id)
        cases.require_open(case)
        case.scheme.paper(paper_key)
        put_pages_aside(tx, enrolment_id, paper_key)
        set_paper(
            tx, enrolment_id, paper_key, PaperState.KEPT, attachment.id, pages=attachment.pages
        )
        if paper_key == SLIP:
            give_slip(tx, self.desk, case, attachment)
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
        advance(tx, case)
        tx.audit(f"enrolment {enrolment_id}", people=case.enrolment.people)

    @act("enrolment.approve", Permission.REVIEW, Area.ENROLMENTS)
    def approve(self, tx: Transaction, enrolment_id: int, signed: str | None = None) -> None:
        """已审核: by another person than who submitted; cover that follows from the rule begins.

        `signed` is the digest of the difference that was shown; what changed since is refused.
        """
        case = cases.load(tx.session, enrolment_id)
        cases.require_step(case, "enrolment.approve")
        refuse_marked(tx, case)
        note, difference = sign(tx, case, signed) if signed is not None else (None, {})
        case.enrolment.approved_by, case.enrolment.approved_at = tx.user_id, tx.now
        cover = cover_by_rule(case.scheme, self._settle(tx, case))
        if cover is not None:
            set_cover(tx, case, (cover.first, cover.end))
        advance(tx, case, note)
        covers = open_covers(tx, case) if cover is not None else 0
        tx.audit(
            f"enrolment {enrolment_id}",
            people=case.enrolment.people,
            due_fen=case.enrolment.due_fen,
            covers=covers,
            **difference,
        )

    def _settle(self, tx: Transaction, case: cases.Case) -> Quote:
        """Judge the case as it stands, count it anew and keep what it came to."""
        asked = asked_of(tx.session, self.desk, case.enrolment, case.unit)
        found = quote(case.scheme, asked, self.desk.calendar(tx.session))
        refuse(found, case.scheme)
        if case.enrolment.handling_code == Handling.ON_BEHALF:
            recount(tx, case, found)
            keep_quote(tx, case.enrolment, asked, found, case.scheme)
        return found

    @act("enrolment.return", Permission.REVIEW, Area.ENROLMENTS)
    def return_(self, tx: Transaction, enrolment_id: int, reason: str) -> None:
        """退回: back to the roster, with a reason; nothing of it is erased.

        People who are marked leave the list until each is put right; their own reasons do
        where none is given for the whole.
        """
        case = cases.load(tx.session, enrolment_id)
        cases.require_step(case, "enrolment.approve")
        accounts = {ACCOUNTS: accounts_now(tx.session, case)}
        marked = return_marked(tx, case)
        why = reason.strip()
        if not why and not marked:
            raise UserError("reason-missing", "没有写退回的原因。", "请写明要补正什么。")
        case.enrolment.state_code = CaseState.RETURNED
        case.enrolment.returned_for = why or None
        people = f"(退回{marked}人)" if marked else ""
        told = why + people if why else people_to_mend(marked)
        cases.move(tx, case.enrolment, case.steps[0].key, told)
        tx.audit(f"enrolment {enrolment_id}", people=marked, **accounts)

    @act("enrolment.set-effective", Permission.SUBMIT, Area.ENROLMENTS)
    def set_effective(
        self, tx: Transaction, enrolment_id: int, effective_on: date, document_no: str
    ) -> None:
        """The effective date that stands on the plan document; cover runs from it."""
        case = cases.load(tx.session, enrolment_id)
        count = begin_cover(tx, case, effective_on, document_no)
        tx.audit(f"enrolment {enrolment_id}", covers=count)

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
