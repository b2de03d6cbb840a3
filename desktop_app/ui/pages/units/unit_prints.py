"""Forms printed from a unit's page: issued once, then shown as they were."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.services.views.papers import FormLine
from desktop_app.ui.dialogs.acts import issue_form
from desktop_app.ui.dialogs.base import ActDialog, opened
from desktop_app.ui.dialogs.further_forms import FurtherForms
from desktop_app.ui.dialogs.preview_dialog import Form, PdfPreviewDialog
from desktop_app.ui.dialogs.print_batch_dialog import PrintBatchDialog
from desktop_app.ui.pages.units.unit_reading import UnitReadingPage


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
        shown = Form(form.issued_id, form.label, number, form.copies, form.wanted, renews)
        dialog = self._preview(shown)
        dialog.renew_wanted.connect(partial(self.issue, form.key))
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

    def _preview(self, form: Form) -> PdfPreviewDialog:
        page = self._page
        return opened(PdfPreviewDialog(page.services, page.tasks, form, page))
