"""Forms printed from a unit's page: issued once, then shown as they were."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

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
        shown = Form(
            form.issued_id, form.label, form.number or "", form.copies, may_renew=form.may_print
        )
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
        dialog.saved.connect(self.preview_issued)
        return opened(dialog)

    def preview_issued(self, issued_id: int) -> None:
        """A form has just been issued: show its pages at once."""
        dialog = self._preview(Form(issued_id, "打印预览", "", 0))
        once = Qt.ConnectionType.SingleShotConnection
        self._page.loaded.connect(partial(self._name_preview, dialog, issued_id), once)

    def _name_preview(self, dialog: PdfPreviewDialog, issued_id: int) -> None:
        """Name it as soon as its number is read: the title names the PDF and the print job."""
        shown = self._page.shown
        forms = shown.case.forms if shown and shown.case else ()
        form = next((form for form in forms if form.issued_id == issued_id), None)
        if form is not None and isValid(dialog):
            dialog.setWindowTitle(f"{form.label} {form.number or ''}".strip())

    def _preview(self, form: Form) -> PdfPreviewDialog:
        page = self._page
        return opened(PdfPreviewDialog(page.services, page.tasks, form, page))
