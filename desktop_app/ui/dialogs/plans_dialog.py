"""Changes what a draft asks for: its plans and shares, told live before anything is saved."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from db.codes import Handling
from desktop_app.domain.enrolments import Missing
from desktop_app.errors import UserError, explain
from desktop_app.services.views.quotes import ChangePreview
from desktop_app.services.views.schemes import PlanChoice
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.case import Case, case_sentence
from desktop_app.ui.dialogs.enrolment_preview import PreviewPanel, change_words, turnout_words
from desktop_app.ui.dialogs.plan_grid import PlanGrid


class PlansDialog(ActDialog):
    """The plans of the case stand ticked; how many join and what it comes to follows each tick."""

    def __init__(self, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(case.tasks, "改项目和份数", "保存", parent)
        self._services, self._view = case.services, case.view
        self._ticket = 0
        self.add_note(case_sentence(case), "")
        self.grid = PlanGrid()
        self.grid.setAccessibleName("保障项目")
        self.body.addWidget(self.grid)
        self.participation = self.add_note("")
        self.money = self.add_note("", "")
        self.preview = PreviewPanel()
        self.body.addWidget(self.preview)
        self.add_note("名单上的人都按改后的项目和份数办理;金额变了的,列支渠道要重新填写。")
        self.grid.changed.connect(self._ask)
        self.main_button.setEnabled(False)  # until the plans are there
        call = partial(case.services.previews.plan_choices, case.view.id)
        self.tasks.read(self, call, self._show_choices, on_error=self.show_error)

    def calls(self) -> Sequence[Call]:
        chosen = self.grid.chosen()
        if not chosen:
            raise UserError("plans-missing", "还没有选保障项目。", "请至少勾选一项。", "plans")
        if chosen == self._before():
            raise UserError("plans-same", "项目和份数没有改动。", "不改的,请按“取消”。")
        return [partial(self._services.drafting.set_plans, self._view.id, chosen)]

    def _before(self) -> tuple[tuple[str, int], ...]:
        return tuple((line.key, line.shares) for line in self._view.plans)

    def _show_choices(self, choices: tuple[PlanChoice, ...]) -> None:
        self.grid.show_choices(choices, dict(self._before()))
        first = next(iter(self.grid.plans.values()), None)
        if first is not None:
            first[0].show()  # only what is shown takes the cursor
            first[0].setFocus()
        self.main_button.setEnabled(True)
        self._ask()

    def _ask(self) -> None:
        """Ask what the draft would come to as it stands; only the newest answer is shown."""
        call = partial(self._services.previews.change, self._view.id, self.grid.chosen())
        self.tasks.drop(self._ticket)
        self._ticket = self.tasks.read(self, call, self._show, on_error=self._show_none)

    def _show(self, preview: ChangePreview) -> None:
        told = preview.told
        self.preview.show_preview(told)
        self.participation.setText("\n".join(turnout_words(line) for line in told.turnout))
        lacks = any(line.missing for line in told.turnout)
        theme.set_tone(self.participation, "warn" if lacks else "")
        by_unit = self._view.handling == Handling.BY_UNIT
        words = change_words(preview, self._view.words.system if by_unit else "")
        self.money.setText("" if told.refusal else words)

    def _show_none(self, error: BaseException) -> None:
        shown = explain(error)
        if shown is None:
            raise error
        self.money.setText("")
        self.preview.show_refusal(Missing(shown.code, shown.message.rstrip("。"), shown.remedy))
