"""Forms printed from a unit's page: issued once, then shown as they were."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialog, QWidget

from db.codes import CaseState
from desktop_app.services.views.papers import FormLine
from desktop_app.ui.dialogs.acts import issue_form
from desktop_app.ui.dialogs.base import ActDialog, opened
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.dialogs.further_forms import FurtherForms
from desktop_app.ui.dialogs.mending_dialogs import void_form_dialog
from desktop_app.ui.dialogs.preview_dialog import Form, PdfPreviewDialog
from desktop_app.ui.dialogs.print_batch_dialog import PrintBatchDialog
from desktop_app.ui.pages.units.unit_reading import UnitReadingPage

CLOSED = (CaseState.FINISHED, CaseState.VOID)


class UnitPrints:
    def __init__(self, page: UnitReadingPage, at: QWidget) -> None:
        self._page = page
        self.forms = FurtherForms(page.services, page.tasks, page, page.banner, at)

    def further(self) -> None:
        """The forms of the case that is shown, and of its unit."""
        shown = self._page.shown
        if shown is None:
            return
        of_case = (("case", shown.case.id),) if shown.case else ()
        self.forms.ask((*of_case, ("unit", shown.unit.id)))

    def print_form(self, form: FormLine) -> QDialog | None:
        """Show what was issued; a form without a number is issued first."""
        if form.issued_id is None:
            return self.issue(form.key)
        number, renews = form.number or "", form.may_print
        shown = Form(
            form.issued_id, form.label, number, form.copies, form.wanted, renews, self._may_void()
        )
        dialog = self._preview(shown)
        dialog.renew_wanted.connect(partial(self.issue, form.key))
        dialog.void_wanted.connect(partial(self.void, form))
        return dialog

    def print_set(self) -> QDialog | None:
        """What the unit takes along: its forms in one go."""
        shown = self._page.shown
        if shown is None:
            return None
        page = self._page
        return opened(PrintBatchDialog(page.services, page.tasks, (shown.unit.id,), page))

    def issue(self, form_key: str) -> ActDialog | None:
        case = self._page.case()
        if case is None:
            return None
        dialog = issue_form(form_key, case, self._page)
        dialog.saved.connect(self.forms.show_issued)
        return opened(dialog)

    def void(self, form: FormLine) -> ReasonDialog | None:
        """Ask why; the register keeps the number as void."""
        case = self._page.case()
        if case is None or form.issued_id is None:
            return None
        return opened(void_form_dialog(case, form.issued_id, form.number or "", self._page))

    def _may_void(self) -> bool:
        case = self._page.case()
        return case is not None and case.view.state not in CLOSED

    def _preview(self, form: Form) -> PdfPreviewDialog:
        page = self._page
        return opened(PdfPreviewDialog(page.services, page.tasks, form, page))
