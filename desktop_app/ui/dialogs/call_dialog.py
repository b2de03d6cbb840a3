"""One call with a unit: what was said and when to call again; Enter logs it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.services.drafts import CallDraft
from desktop_app.services.views.calls import ChaseRow
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.fields import CopiedDayField, EditableChoice, TextField
from desktop_app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop_app.services.services import Services

OUTCOMES = ("已通知,答应办理", "材料正在准备", "没有人接", "有困难,须上门", "今年不参加")


class CallDialog(ActDialog):
    def __init__(
        self, services: Services, tasks: TaskRunner, row: ChaseRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, f"登记联系:{row.unit}", "记下", parent)
        self._log, self._row = services.calls.log, row
        self.add_note(f"{row.about_label}:{row.owes}", "")
        if row.last_call:
            self.add_note(f"已联系 {row.calls} 次,上次 {row.last_call}")
        self.outcome = EditableChoice()
        self.outcome.offer(OUTCOMES)
        self.outcome.setCurrentIndex(0)
        self.again = CopiedDayField(hint="例如 2026-12-5,可不填")
        self.spoke_with = TextField(row.contact)
        self.phone = TextField(row.phone)
        self.add_row("结果", self.outcome, "outcome")
        self.add_row("再联系", self.again, "again_on")
        self.add_row("接电话的人", self.spoke_with, "spoke_with")
        self.add_row("电话", self.phone, "phone")
        self.body.addLayout(self.form)

    def calls(self) -> Sequence[Call]:
        draft = CallDraft(
            about=self._row.about,
            outcome=self.outcome.value(),
            spoke_with=self.spoke_with.value(),
            phone=self.phone.value(),
            again_on=self.again.value("again_on", "再联系"),
        )
        return [partial(self._log, self._row.unit_id, draft)]
