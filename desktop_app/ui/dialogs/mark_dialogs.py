"""不是缴费: a line's money goes back to its payer, or is the office's own; and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from db.codes import BankMark
from desktop_app.domain.labels import label
from desktop_app.domain.matching.marks import likely_mark
from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.views.matching import MarkedLine, MoneyLine
from desktop_app.ui.dialogs.asked import AskedDialog
from desktop_app.ui.dialogs.base import Call, Words
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.dialogs.fields import ChoiceField, TextField
from desktop_app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop_app.services.services import Services

BACK = "give-back"  # beside the marks: it stays a remainder until its payer has it
MARKS = tuple((str(mark), label(mark)) for mark in BankMark)


class AsideDialog(AskedDialog):
    """What the money is; one that may be recorded already is asked about."""

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        line: MoneyLine,
        parent: QWidget,
        *,
        booked: bool = False,
    ) -> None:
        """With `booked` it is to be given back already, and was not to be."""
        super().__init__(tasks, "不是缴费", "登记为不是缴费", parent)
        self._services, self._line = services, line
        likely = likely_mark(line.memo)
        back = ((BACK, "付错、重复付的,退给付款人"),) if line.fen > 0 and not booked else ()
        chosen = likely or (BACK if back else None)
        self.note = self.add_note("", "")
        self.kind = ChoiceField((*back, *MARKS), chosen, unset="请选择")
        self.reason = TextField(hint="例如:付错了单位")
        self.what = TextField()
        self.add_row("性质", self.kind, "kind")
        self.add_row("原因", self.reason, "reason")
        self.add_row("说明", self.what, "note")
        self.body.addLayout(self.form)
        self.add_question("line-recorded", "again", "是另一笔钱,照样登记")
        self.kind.currentIndexChanged.connect(self._take_kind)
        self._take_kind()

    @property
    def told(self) -> str:
        """What is said once it is saved."""
        if self.kind.value() == BACK:
            return "已登记为不是缴费,钱在“余款”里,可以申请退费。"
        return f"已登记为不是缴费({self.kind.currentText()}),见“认款”的“其他款项”。"

    def calls(self) -> Sequence[Call]:
        kind, sure = self.kind.value(), self.sure.isChecked()
        if not kind:
            raise UserError("field-missing", "“性质”还没有选。", "请选这笔钱是什么。", "kind")
        matching, of = self._services.matching, self._line.id
        if kind == BACK:
            return [partial(matching.set_aside, of, self.reason.needed("reason", "原因"), sure)]
        asked = kind == BankMark.OTHER
        what = self.what.needed("note", "说明") if asked else self.what.value() or ""
        return [partial(matching.mark, of, BankMark(kind), what, sure)]

    def _take_kind(self) -> None:
        kind = self.kind.value()
        self.form.setRowVisible(self.reason, kind == BACK)
        self.form.setRowVisible(self.what, bool(kind) and kind != BACK)
        asked = kind == BankMark.OTHER
        self.what.setPlaceholderText("必须写明是什么款项" if asked else "可以不填")
        then = "不是缴费。登记以后列在“其他款项”里,不算余款,对账时单独列出。"
        if kind == BACK:
            then = "不缴任何申请。登记以后成为余款,可以申请退费退给付款人。"
        self.note.setText(f"{line_words(self._line)}{then}")


def unmark_dialog(
    services: Services, tasks: TaskRunner, marked: MarkedLine, parent: QWidget
) -> ReasonDialog:
    again = ",流水可以重新认款" if marked.line.fen > 0 else ""
    text = f"{line_words(marked.line)}不再是“{marked.mark_label}”{again}。"
    call = partial(services.matching.unmark, marked.line.id)
    dialog = ReasonDialog(tasks, Words("撤回其他款项", text, "撤回"), call, parent)
    dialog.reason.setPlaceholderText("例如:是会费,记错了")
    return dialog


def line_words(line: MoneyLine) -> str:
    """2026-12-01 “县一小”付的 500.00 元; or 付给….

    The payer may have no name.
    """
    name = f"“{line.payer_name}”" if line.payer_name else "(没有户名)"
    whose = f"{name}付的" if line.fen > 0 else f"付给{name}的"
    return f"{line.day} {whose} {yuan(abs(line.fen))} 元"
