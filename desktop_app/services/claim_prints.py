"""核算单: a claim's worksheet, numbered and fixed in the print register like every form."""

from __future__ import annotations

from sqlalchemy import select

from db.codes import ClaimFigure, IssueState
from db.models.claims import Claim, ClaimAmount
from db.models.enrolments import Cover
from db.models.office import AppUser, Office
from db.models.papers import IssuedForm
from db.models.schemes import PlanRecord, SchemeVersion
from db.models.units import Unit
from db.queries import claims as queries
from desktop_app.documents.forms import (
    BenefitWorksheet,
    Marks,
    UnitParticulars,
    Words,
    WorksheetLine,
)
from desktop_app.documents.printing import render
from desktop_app.domain.dates import period_text
from desktop_app.domain.scheme_model import Scheme
from desktop_app.domain.worksheet_words import facts_text, input_text, output_text
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act
from desktop_app.services.claim_moves import claim_of, scheme_for
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.files import keep
from desktop_app.services.permissions import Permission
from desktop_app.services.prints import content_digest, content_values, page_count
from desktop_app.services.search_keys import masked
from desktop_app.services.worksheets import open_labels, stored_steps

FORM, SERIES = "worksheet", "HS"


class ClaimPrintService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("print.worksheet", Permission.PRINT, Area.PRINTS, Area.CLAIMS)
    def issue_worksheet(self, tx: Transaction, claim_id: int) -> int:
        """Fix the claim's last worksheet; while it is the same, the fixed one is given again."""
        claim = claim_of(tx.session, claim_id)
        sheet = queries.latest_sheet(tx.session, claim_id)
        if sheet is None:
            raise UserError("not-yet-printable", "这一件还没有核算。", "请先填写事实并核算。")
        query = select(IssuedForm).where(IssuedForm.claim_id == claim_id)
        earlier = tx.session.scalars(query.order_by(IssuedForm.id)).all()
        number = tx.next_number(SERIES, self.desk.today().year)
        form = self._form(tx, claim, sheet, (number, len(earlier) + 1))
        values = content_values(form)
        digest = content_digest(values)
        valid = [one for one in earlier if one.state_code == IssueState.VALID]
        if valid and valid[-1].content_sha256 == digest:
            tx.session.rollback()  # nothing was written: the number is not used up
            tx.audit(f"claim {claim_id}", form=FORM, again=valid[-1].number)
            return valid[-1].id
        pdf = render(form)
        pages = page_count(pdf)
        attachment = keep(tx, pdf, "pdf", f"{number}.pdf", pages)
        issued = tx.add(
            IssuedForm(
                number=number,
                form_key=FORM,
                claim_id=claim.id,
                unit_id=claim.unit_id,
                content=values,
                content_sha256=digest,
                attachment_id=attachment.id,
                pages=pages,
                issued_at=tx.now,
                issued_by=tx.user_id,
                state_code=IssueState.VALID,
            )
        )
        tx.session.flush()
        for one in valid:
            one.state_code, one.replaced_by_id = IssueState.REPLACED, issued.id
        tx.audit(f"claim {claim_id}", form=FORM, number=number, pages=pages)
        return issued.id

    def _form(
        self, tx: Transaction, claim: Claim, sheet: ClaimAmount, number: tuple[str, int]
    ) -> BenefitWorksheet:
        session, scheme = tx.session, scheme_for(tx.session, claim)
        unit = session.get(Unit, claim.unit_id) if claim.unit_id else None
        cover = session.get(Cover, claim.cover_id) if claim.cover_id else None
        keys = sheet.basis["to_confirm"]
        labels = open_labels(session, claim.scheme_version_id, keys)
        return BenefitWorksheet(
            marks=self._marks(tx, claim, scheme, number),
            unit=UnitParticulars(
                name=unit.name if unit else "不在名册里的人",
                code=(unit.employer_code or "") if unit else "",
            ),
            year=claim.event_on.year,
            title=scheme.words.forms.get(FORM, f"{scheme.words.benefit}核算单"),
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
            open_clauses=tuple(text for _key, text in labels),
            stale=bool(keys) and not labels,
            apply=scheme.words.apply,
        )

    def _marks(
        self, tx: Transaction, claim: Claim, scheme: Scheme, number: tuple[str, int]
    ) -> Marks:
        office = tx.session.scalars(select(Office)).one()
        words = scheme.words
        return Marks(
            case_code=f"C{claim.uid.hex()[-8:].upper()}",
            form_no=number[0],
            print_no=number[1],
            office=office.name,
            scheme=scheme.title,
            issued_on=self.desk.today(),
            demo=office.demo,
            words=Words(words.person, words.fee, words.join, words.benefit),
        )
