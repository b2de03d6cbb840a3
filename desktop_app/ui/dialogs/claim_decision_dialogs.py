"""What is decided of a claim: refused by a rule, paid or arrived on a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop_app.errors import UserError
from desktop_app.services.views.claims import ClaimView
from desktop_app.ui.dialogs.base import ActDialog, Call, Words
from desktop_app.ui.dialogs.fields import DayField, EditableChoice, TextField
from desktop_app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from datetime import date

    from desktop_app.services.services import Services


class DayDialog(ActDialog):
    """An act that happened on a day: 到账, 拨付, 清算."""

    def __init__(
        self,
        tasks: TaskRunner,
        words: Words,
        today: date,
        call: Callable[[date], Any],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, words.title, words.button, parent)
        self._call = call
        self.add_note(words.text, "")
        self.on = DayField(today)
        self.add_row("日期", self.on, "on")
        self.body.addLayout(self.form)

    def calls(self) -> Sequence[Call]:
        return [partial(self._call, self.on.value())]


class RefuseClaimDialog(ActDialog):
    """不予互助: the rule's words stand in the record and in what the person is told."""

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        claim: ClaimView,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, f"不予办理 · {claim.person}", "登记不予办理", parent)
        self._refuse, self._id = services.claim_decisions.refuse, claim.id
        who = "省办作出决定,这里只作登记。" if claim.decides == "province" else ""
        self.add_note(f"{claim.number} · {claim.plan}。{who}", "")
        self.rule, self.reason = EditableChoice(), TextField(hint="这件申领为什么不符合")
        self.rule.offer(claim.refusal_rules)
        self.on = DayField(today)
        self.add_row("规定原文", self.rule, "rule")
        self.add_row("原因", self.reason, "reason")
        self.add_row("决定日期", self.on, "on")
        self.body.addLayout(self.form)
        self.add_note("规定原文可从列表里选,也可照文件抄写;告知本人时写明。")

    def calls(self) -> Sequence[Call]:
        rule = self.rule.value()
        if rule is None:
            raise UserError("field-missing", "“规定原文”还没有填。", "请选择或照文件抄写。", "rule")
        reason = self.reason.needed("reason", "原因")
        return [partial(self._refuse, self._id, rule, reason, self.on.value())]
