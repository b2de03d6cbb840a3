"""Further forms, numbered and fixed in the print register like those on a case's way."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.papers import IssuedForm, PrintCopy
from desktop_app.documents.kinds import BY_KEY, KINDS, FormKind, FormOf
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.forms.asking import ask
from desktop_app.services.forms.issuing import issue_further, why_not
from desktop_app.services.own_layouts import copies_of
from desktop_app.services.papers.form_codes import printed_title
from desktop_app.services.permissions import Permission
from desktop_app.services.views.forms import OfferedForm, PrintedForm


class FormService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("print.form", Permission.PRINT, Area.PRINTS)
    def issue(self, tx: Transaction, form_key: str, of_id: int | None = None) -> int:
        """Fix a form; while it says the same, the fixed one is given again.

        Args:
            tx: the transaction.
            form_key: its kind, which says whether `of_id` is a unit, a case, a claim, a person
                or a month such as 202612.
            of_id: whose it is; None for the office's own and a sheet that names no unit.
        """
        return issue_further(tx, form_key, of_id)

    @look(Permission.PRINT)
    def offered(self, owners: Sequence[tuple[str, int | None]]) -> tuple[OfferedForm, ...]:
        """Which further forms there are of these, and why one cannot be printed yet."""
        with self.desk.database.reading() as uow:
            return tuple(
                _offered(uow.session, self.desk, kind, of_id)
                for of, of_id in owners
                for kind in KINDS
                if kind.of is FormOf(of) and kind.further
            )

    @look()
    def get(self, issued_id: int) -> PrintedForm:
        with self.desk.database.reading() as uow:
            form = uow.session.get(IssuedForm, issued_id)
            if form is None:
                raise UserError("form-unknown", "没有这张单据。", "请刷新后再试。")
            copies = uow.session.scalars(
                select(func.count()).where(PrintCopy.issued_form_id == issued_id)
            ).one()
            wanted = copies_of(uow.session, BY_KEY[form.form_key].layout)
            title = printed_title(uow.session, form)
            return PrintedForm(form.id, title, form.number, copies, wanted)


def _offered(session: Session, desk: Desk, kind: FormKind, of_id: int | None) -> OfferedForm:
    asked = ask(session, desk, kind, of_id)
    label = f"{asked.title}({asked.period})" if asked.period else asked.title
    waits = why_not(asked)
    return OfferedForm(kind.key, of_id, label, waits.message if waits else "")
