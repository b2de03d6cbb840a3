"""认款's small forms: which applications a line pays for, and money that pays for none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.drafts import PaymentPart
from desktop_app.services.views.matching import MatchLine, OwedLine
from desktop_app.ui.dialogs.base import ActDialog, Call, Words
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.dialogs.fields import MoneyField
from desktop_app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop_app.services.services import Services

MOST = 8  # applications that the form has room for


class BookLineDialog(ActDialog):
    """One line and the applications that come into question, each with its amount."""

    def __init__(
        self, services: Services, tasks: TaskRunner, row: MatchLine, parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, "认款", "登记", parent)
        self._book, self._line = services.matching.book, row.lines[0]
        line = self._line
        self.add_note(f"{line.day} {yuan(line.fen)} 元 {line.payer_name} {line.memo}".strip(), "")
        self.amounts: dict[int, MoneyField] = {}
        told = {part.enrolment_id: part.fen for part in row.parts if part.line == line.id}
        for owed in offered(row):
            field = MoneyField(told.get(owed.enrolment_id))
            self.amounts[owed.enrolment_id] = field
            title = f"{owed.unit_name}(还欠 {yuan(owed.fen)} 元)"
            self.add_row(title, field, f"part{owed.enrolment_id}")
        self.body.addLayout(self.form)
        self.person = QCheckBox("从个人账户付的")
        self.body.addWidget(self.person)
        self.add_note("不缴的留空。多出的钱留在这笔转账上,再缴别的申请或退给付款人。")

    def calls(self) -> Sequence[Call]:
        parts = tuple(
            PaymentPart(case, fen)
            for case, field in self.amounts.items()
            if (fen := field.value(f"part{case}", "金额"))
        )
        if not parts:
            first = f"part{next(iter(self.amounts))}"
            raise UserError("parts-missing", "没有填缴哪份申请多少钱。", "", first)
        return [partial(self._book, self._line.id, parts, self.person.isChecked())]


def offered(row: MatchLine) -> tuple[OwedLine, ...]:
    """The applications of a form: those of the parts first, as many as there is room for."""
    parts = {part.enrolment_id for part in row.parts}
    order = sorted(row.candidates, key=lambda one: (one.enrolment_id not in parts, not one.fen))
    return tuple(order[:MOST])


def set_aside_dialog(
    services: Services, tasks: TaskRunner, row: MatchLine, parent: QWidget | None = None
) -> ReasonDialog:
    line = row.lines[0]
    text = f"{line.day} {yuan(line.fen)} 元 {line.payer_name}:不缴任何申请,留着退给付款人。"
    call = partial(services.matching.set_aside, line.id)
    dialog = ReasonDialog(tasks, Words("待退", text, "登记待退"), call, parent)
    dialog.reason.setPlaceholderText("例如:付错了单位、重复缴费")
    return dialog
