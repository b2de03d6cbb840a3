"""核算单 and 收件回执 of a claim, numbered and fixed in the print register like every form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import ClaimFigure, PaperState
from db.models.claims import Claim, ClaimAmount, ClaimPaper
from db.models.enrolments import Cover
from db.models.office import AppUser, Office
from db.models.schemes import PlanRecord, SchemeVersion
from db.models.units import Unit
from db.queries import claims as queries
from db.queries.holds import hold_owner
from desktop_app.documents.forms.claims import ClaimReceipt, ReceivedPaper
from desktop_app.documents.forms.parts import Form, Marks, UnitParticulars, Words
from desktop_app.documents.forms.worksheets import BenefitWorksheet, WorksheetLine
from desktop_app.documents.kinds import RECEIPT, WORKSHEET
from desktop_app.domain.benefits.worksheet_words import facts_text, input_text, output_text
from desktop_app.domain.dates import period_text
from desktop_app.domain.labels import label
from desktop_app.domain.schemes.scheme_parts import ClaimPaper as Paper
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act
from desktop_app.services.claims.claim_moves import claim_of, open_claim_of, scheme_for
from desktop_app.services.claims.worksheets import still_open, stored_steps
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.papers.issuing import fix
from desktop_app.services.permissions import Permission
from desktop_app.services.search_keys import masked


class ClaimPrintService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("print.worksheet", Permission.PRINT, Area.PRINTS, Area.CLAIMS)
    def issue_worksheet(self, tx: Transaction, claim_id: int) -> int:
        """Fix the claim's last worksheet; while it is the same, the fixed one is given again."""
        hold_owner(tx.session, claim_id=claim_id)
        claim = claim_of(tx.session, claim_id)
        sheet = queries.latest_sheet(tx.session, claim_id)
        if sheet is None:
            raise UserError("not-yet-printable", "这一件还没有核算。", "请先填写事实并核算。")
        return self._fix(tx, claim, WORKSHEET, partial(self._worksheet, tx, claim, sheet))

    @act("print.claim-receipt", Permission.PRINT, Area.PRINTS, Area.CLAIMS)
    def issue_receipt(self, tx: Transaction, claim_id: int) -> int:
        """收件回执: which papers came in and which are wanting, for the person to take along."""
        hold_owner(tx.session, claim_id=claim_id)
        claim = open_claim_of(tx.session, claim_id)
        papers = queries.papers_of(tx.session, claim_id)
        if all(paper.state_code == PaperState.MISSING for paper in papers):
            raise UserError(
                "not-yet-printable", "这一件还没有登记收到的资料。", "请先登记收到了哪些资料。"
            )
        return self._fix(tx, claim, RECEIPT, partial(self._receipt, tx, claim, papers))

    def _fix(
        self, tx: Transaction, claim: Claim, form_key: str, made: Callable[[Marks], Form]
    ) -> int:
        earlier = queries.issued_forms(tx.session, claim.id, form_key)
        form, subject = made(self._marks(tx, claim)), f"claim {claim.id}"
        of = {"claim_id": claim.id, "unit_id": claim.unit_id}
        issued, new = fix(tx, form, earlier, of, self.desk.today().year)
        if new:
            tx.audit(subject, form=form_key, number=issued.number, pages=issued.pages)
        else:
            tx.audit(subject, form=form_key, again=issued.number)
        return issued.id

    def _worksheet(
        self, tx: Transaction, claim: Claim, sheet: ClaimAmount, marks: Marks
    ) -> BenefitWorksheet:
        session, scheme = tx.session, scheme_for(tx.session, claim)
        cover = session.get(Cover, claim.cover_id) if claim.cover_id else None
        waits = still_open(session, sheet)
        return BenefitWorksheet(
            marks=marks,
            unit=_unit(session, claim),
            year=claim.event_on.year,
            title=scheme.words.forms.get(WORKSHEET, f"{scheme.words.benefit}核算单"),
            claim_no=claim.number,
            person=claim.person_name,
            identity=masked(claim.person_identity_no),
            plan=session.get_one(PlanRecord, claim.plan_id).name,
            event_on=claim.event_on,
            coverage=period_text(cover.from_on, cover.until_on) if cover else "未核对保障",
            facts=facts_text(sheet.basis["facts"]),
            lines=tuple(
                WorksheetLine(step.text, step.clause, input_text(step), output_text(step))
                for step in stored_steps(sheet)
            ),
            amount_fen=sheet.fen,
            estimate=sheet.kind_code == ClaimFigure.ESTIMATE,
            version_no=session.get_one(SchemeVersion, sheet.scheme_version_id).version_no,
            figured_by=session.get_one(AppUser, sheet.said_by).name,
            open_clauses=waits,
            stale=bool(sheet.basis["to_confirm"]) and not waits,
            apply=scheme.words.apply,
        )

    def _receipt(
        self, tx: Transaction, claim: Claim, papers: Sequence[ClaimPaper], marks: Marks
    ) -> ClaimReceipt:
        scheme = scheme_for(tx.session, claim)
        known = {paper.id: paper for paper in scheme.claims.papers}
        return ClaimReceipt(
            marks=marks,
            unit=_unit(tx.session, claim),
            year=claim.event_on.year,
            title=scheme.words.forms.get(RECEIPT, f"{scheme.words.apply}资料收件回执"),
            apply=scheme.words.apply,
            claim_no=claim.number,
            person=claim.person_name,
            identity=masked(claim.person_identity_no),
            plan=tx.session.get_one(PlanRecord, claim.plan_id).name,
            event_on=claim.event_on,
            received_by=tx.session.get_one(AppUser, tx.user_id).name,
            papers=tuple(received(paper, known) for paper in papers),
            business_no=claim.business_no or "",
        )

    def _marks(self, tx: Transaction, claim: Claim) -> Marks:
        office, scheme = tx.session.scalars(select(Office)).one(), scheme_for(tx.session, claim)
        words = scheme.words
        return Marks(
            case_code=f"C{claim.uid.hex()[-8:].upper()}",
            form_no="",
            print_no=1,
            office=office.name,
            scheme=scheme.title,
            issued_on=self.desk.today(),
            demo=office.demo,
            words=Words(words.person, words.fee, words.join, words.benefit),
        )


def _unit(session: Session, claim: Claim) -> UnitParticulars:
    if claim.unit_id is None:
        return UnitParticulars(name="不在名册里的人", code="")
    unit = session.get_one(Unit, claim.unit_id)
    return UnitParticulars(name=unit.name, code=unit.employer_code or "")


def received(paper: ClaimPaper, known: Mapping[str, Paper]) -> ReceivedPaper:
    state, of_scheme = PaperState(paper.state_code), known.get(paper.paper_key)
    return ReceivedPaper(
        name=of_scheme.label if of_scheme else paper.paper_key,
        state="" if state is PaperState.MISSING else label(state),
        pages=paper.pages or 0,
        needed=of_scheme is None or of_scheme.required,
    )
