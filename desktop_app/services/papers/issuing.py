"""The print register: a form's content and bytes are fixed here before paper is touched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from db.codes import IssueState
from db.models.papers import IssuedForm
from desktop_app.documents.codes import code_text
from desktop_app.documents.forms.parts import Form
from desktop_app.documents.kinds import kind_of
from desktop_app.documents.pages import page_images
from desktop_app.documents.printing import render
from desktop_app.services.acts import Transaction
from desktop_app.services.files import keep
from desktop_app.services.own_layouts import own_layout


def fix(
    tx: Transaction,
    form: Form,
    earlier: Sequence[IssuedForm],
    of: Mapping[str, int | None],
    year: int,
    *,
    held: bool = False,
) -> tuple[IssuedForm, bool]:
    """Number and fix a form and say whether that was needed; it then stands for those before it.

    While it says the same by the same layout (or the file holds the earlier one), the earlier one
    is given again. One marked 暂用 stands only for others that are.
    `of` says which enrolment, claim and unit it is of, `year` of which its number is; the row
    that it is of is held, so that another desk's form is among the earlier ones.
    """
    kind = kind_of(form)
    values, own = content_values(form), own_layout(tx.session, kind.layout)
    if own is not None:
        values["layout"] = hashlib.sha256(own[1].encode()).hexdigest()
    digest = _content_digest(values)
    state = IssueState.PROVISIONAL if form.marks.provisional else IssueState.VALID
    valid = [one for one in earlier if one.state_code == state]
    if valid and (held or valid[-1].content_sha256 == digest):
        return valid[-1], False
    number = tx.next_number(kind.series, year)
    form = replace(form, marks=replace(form.marks, form_no=number, print_no=len(earlier) + 1))
    pdf = render(form, own[0] if own else None)
    pages = _page_count(pdf)
    attachment = keep(tx, pdf, "pdf", f"{number}.pdf", pages)
    issued = tx.add(
        IssuedForm(
            number=number,
            form_key=kind.key,
            content=values,
            content_sha256=digest,
            attachment_id=attachment.id,
            pages=pages,
            issued_at=tx.now,
            issued_by=tx.user_id,
            state_code=state,
            code=code_text(form),
            **of,
        )
    )
    tx.session.flush()
    for one in earlier if state is IssueState.VALID else ():
        if one.state_code == IssueState.PROVISIONAL:
            issued.note = "、".join(filter(None, (issued.note, f"代替暂用{one.number}")))
            valid.append(one)
    for one in valid:
        one.state_code, one.replaced_by_id = IssueState.REPLACED, issued.id
    return issued, True


def content_values(form: Form) -> dict[str, Any]:
    """The form's content as JSON, its own number left out, and its day where it is not of one."""
    values = asdict(form)
    marks = values.pop("marks")
    values["office"], values["demo"] = marks["office"], marks["demo"]
    if kind_of(form).of_day:
        values["issued_on"] = marks["issued_on"]
    plain: dict[str, Any] = json.loads(json.dumps(values, ensure_ascii=False, default=str))
    return plain


def _content_digest(values: dict[str, Any]) -> str:
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _page_count(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page\n") or len(page_images(pdf, dpi=10))
