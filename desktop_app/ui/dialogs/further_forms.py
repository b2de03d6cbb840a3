"""其他文书: a menu of what can be printed beside the way of a case or claim, then its pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.services.views.forms import OfferedForm, PrintedForm
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.preview_dialog import Form, PdfPreviewDialog
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from desktop_app.services.services import Services

LAYOUT_TIP = "文字和版式是建议稿,请本机构核对后使用。"


class FormsMenu(QMenu):
    """A form that cannot be printed yet is grey and says why beside its name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("其他文书", parent)
        self.setToolTipsVisible(True)
        self.setAccessibleName("其他文书")

    def offer(self, form: OfferedForm, act: Callable[[], object]) -> QAction:
        why = form.why_not.partition("。")[0]
        made = self.addAction(f"{form.label}\t{why}" if why else f"{form.label}…")
        made.setEnabled(not why)
        made.setToolTip(form.why_not or LAYOUT_TIP)
        made.triggered.connect(lambda _checked=False: act())
        return made


class FurtherForms:
    """Asks what is offered when its button is pressed, issues what is chosen, shows its pages."""

    def __init__(
        self, services: Services, tasks: TaskRunner, page: QWidget, banner: Banner, at: QWidget
    ) -> None:
        self._services, self._tasks = services, tasks
        self._page, self._banner, self._at = page, banner, at
        self.menu: FormsMenu | None = None

    def ask(self, owners: tuple[tuple[str, int | None], ...]) -> None:
        call = partial(self._services.forms.offered, owners)
        self._tasks.read(self._page, call, self._show, on_error=self._banner.show_failure)

    def issue(self, form: OfferedForm) -> None:
        """Fix the form under its number, then show its pages."""
        call = partial(self._services.forms.issue, form.key, form.of_id)
        self._tasks.save(self._page, call, self.show_issued, on_error=self._banner.show_failure)

    def _show(self, offered: tuple[OfferedForm, ...]) -> None:
        menu = FormsMenu(self._at)
        for form in offered:
            menu.offer(form, partial(self.issue, form))
        menu.aboutToHide.connect(menu.deleteLater)
        self.menu = menu
        menu.popup(self._at.mapToGlobal(QPoint(0, self._at.height())))

    def show_issued(self, issued_id: int) -> None:
        """Show the pages of a form that is in the register, under its name and number."""
        call = partial(self._services.forms.get, issued_id)
        self._tasks.read(self._page, call, self._preview, on_error=self._banner.show_failure)

    def _preview(self, form: PrintedForm) -> None:
        shown = Form(form.id, form.label, form.number, form.copies, form.wanted)
        opened(PdfPreviewDialog(self._services, self._tasks, shown, self._page))
