"""The office's start once more: scheme, year, aim, and the open figures by one document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.services.views.schemes import SchemeOffer, StartView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.figure_fields import FigureFields
from desktop_app.ui.dialogs.start_answers import StartAnswers
from desktop_app.ui.dialogs.start_fields import StartFields
from desktop_app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop_app.services.services import Services

LOWEST = 690  # a screen of 768 lines has no more


class StartDialog(ActDialog):
    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, "方案、年度和各项费用", "保存", parent)
        self._starts = services.starts
        self._view: StartView | None = None
        self.resize(theme.px(760), min(theme.px(640), LOWEST))
        self.start, self.figures = StartFields(), FigureFields()
        self._answers = StartAnswers(self.start, self.figures)
        self.body.addWidget(self.start, 3)
        self.body.addWidget(self.figures, 4)
        self.start.chosen.connect(self._offer)
        self.main_button.setEnabled(False)
        tasks.read(self, self._starts.view, self._show, on_error=self.show_error)

    def calls(self) -> Sequence[Call]:
        view = self._view
        scheme = view.scheme if view and not view.may_choose else self.start.needed_scheme().key
        draft = self._answers.draft(scheme)
        return [partial(self._starts.begin, draft)]

    def show_error(self, error: BaseException) -> None:
        where = getattr(error, "where", None)
        field = self._answers.field_of(where)
        if field is not None:
            field.go_to(where or "")
        super().show_error(error)

    def _show(self, view: StartView) -> None:
        self._view = view
        self.start.show_view(view)
        self.figures.offer(view.figures)
        self.main_button.setEnabled(True)

    def _offer(self, offer: SchemeOffer) -> None:
        """The figures of another scheme than the office's are those of its own text."""
        view = self._view
        own = view is not None and offer.key == view.scheme
        self.figures.offer(view.figures if view is not None and own else offer.figures)
