"""暂用 prints: for use until the final one is issued, which then stands for them.

They have numbers of the register and the word on each page. No step is done and no paper is there
by one, and none comes back as the stamped paper.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import IssueState
from db.models.papers import IssuedForm
from db.models.units import Unit
from db.queries.holds import hold_owner
from desktop_app.domain.dates import CHINA
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_facts import facts_of
from desktop_app.services.cases.form_rules import FORMS, why_not
from desktop_app.services.papers.form_codes import form_title
from desktop_app.services.papers.form_values import form_of
from desktop_app.services.papers.issuing import fix
from desktop_app.services.views.papers import ProvisionalLine


def issue_provisional(tx: Transaction, enrolment_id: int, form_key: str) -> int:
    """Fix a form marked 暂用; while the case says the same, the one that is fixed already.

    Raises:
        UserError: `final-printed` where the form itself stands; whatever keeps it from printing.
    """
    if form_key not in FORMS:
        raise UserError("form-unknown", f"没有“{form_key}”这种单据。", "请重新选择。")
    hold_owner(tx.session, enrolment_id=enrolment_id)
    case = cases.load(tx.session, enrolment_id)
    waits = why_not(form_key, case, facts_of(tx.session, case, tx.desk))
    if waits is not None:
        raise UserError(waits.code, waits.message, waits.remedy)
    query = select(IssuedForm).where(
        IssuedForm.enrolment_id == enrolment_id, IssuedForm.form_key == form_key
    )
    earlier = list(tx.session.scalars(query.order_by(IssuedForm.id)))
    final = next((one for one in earlier if one.state_code == IssueState.VALID), None)
    if final is not None:
        raise UserError(
            "final-printed",
            f"“{form_title(tx.session, final)}”正式的已打印({final.number})。",
            "请直接用正式的,不用再打印暂用的。",
        )
    form = form_of(tx.session, tx.desk, case, form_key)
    form = replace(form, marks=replace(form.marks, provisional=True))
    of = {"enrolment_id": case.enrolment.id, "unit_id": case.unit.id}
    issued, new = fix(tx, form, earlier, of, case.enrolment.year)
    if new:
        cases.note(tx, case, f"打印暂用{issued.number},以后换成正式的")
    tx.audit(f"enrolment {enrolment_id}", form=form_key, provisional=issued.number)
    return issued.id


def provisional_lines(session: Session) -> tuple[ProvisionalLine, ...]:
    """What is 暂用 and not yet replaced, the oldest first."""
    query = (
        select(IssuedForm, Unit.name)
        .join(Unit, Unit.id == IssuedForm.unit_id)
        .where(IssuedForm.state_code == IssueState.PROVISIONAL)
    )
    return tuple(
        ProvisionalLine(
            issued_id=form.id,
            number=form.number,
            label=form_title(session, form),
            unit=unit,
            unit_id=form.unit_id or 0,
            enrolment_id=form.enrolment_id or 0,
            issued_on=form.issued_at.astimezone(CHINA).date(),
        )
        for form, unit in session.execute(query.order_by(IssuedForm.id))
    )
