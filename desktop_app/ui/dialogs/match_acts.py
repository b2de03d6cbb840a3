"""The plain acts of 认款: the certain ones at once, linked, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.views.matching import BookedLine, MatchLine, RecordedLine
from desktop_app.ui.dialogs.base import ActDialog, Call, Words
from desktop_app.ui.dialogs.confirm_dialogs import ConfirmDialog, ReasonDialog
from desktop_app.ui.dialogs.fields import ChoiceField
from desktop_app.ui.dialogs.mark_dialogs import line_words
from desktop_app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop_app.services.services import Services


class CertainDialog(ConfirmDialog):
    """Asks once before all that is certain is booked; an answer that is old closes it."""

    stale = Signal(object)

    def __init__(
        self, services: Services, tasks: TaskRunner, chosen: Sequence[MatchLine], parent: QWidget
    ) -> None:
        lines = [line for one in chosen for line in one.lines]
        cases = {part.enrolment_id for one in chosen for part in one.parts}
        fen = sum(line.fen for line in lines)
        text = (
            f"可以确定的流水 {len(lines)} 笔,合计 {yuan(fen)} 元,缴 {len(cases)} 份申请,一起登记。"
            "认错了的以后可以在“已认款”里撤回。"
        )
        words = Words("认款", text, f"认款 {len(lines)} 笔")
        call = partial(services.matching.book_certain, tuple(line.id for line in lines))
        super().__init__(tasks, words, call, parent)

    def show_error(self, error: BaseException) -> None:
        if isinstance(error, UserError) and error.code == "match-changed":
            self.stale.emit(error)
            self.reject()
        else:
            super().show_error(error)


class WhichDialog(ActDialog):
    """Which of the transfers recorded before a line is; none is chosen by itself."""

    def __init__(
        self, services: Services, tasks: TaskRunner, match: MatchLine, parent: QWidget
    ) -> None:
        super().__init__(tasks, "已登记过的", "对上", parent)
        self._services, self._line = services, match.lines[0]
        self.add_note(f"{line_words(self._line)}是哪一笔已登记的缴费?对上以后不再登记一次。", "")
        choices = tuple((str(one.payment_id), _which(one)) for one in match.may_be)
        self.which = ChoiceField(choices, unset="请选择")
        self.add_row("已登记的缴费", self.which, "payment")
        self.body.addLayout(self.form)

    def calls(self) -> Sequence[Call]:
        if not self.which.value():
            raise UserError(
                "recorded-missing",
                "还没有选是哪一笔缴费。",
                "请选一笔;都不是的,请取消。",
                "payment",
            )
        link = self._services.matching.link
        return [partial(link, self._line.id, int(self.which.value()))]


def _which(one: RecordedLine) -> str:
    units = f"缴:{'、'.join(one.unit_names)}" if one.unit_names else ""
    told = f"{one.day}  {one.payer_name}  {yuan(one.fen)} 元", units, "已退回" * one.returned
    return "  ".join((f"第{one.payment_id}号", *filter(None, told)))


def link_dialog(
    services: Services, tasks: TaskRunner, match: MatchLine, parent: QWidget
) -> ActDialog:
    if match.payment is None:
        return WhichDialog(services, tasks, match, parent)
    line = match.lines[0]
    units = "、".join(one.unit_name for one in match.candidates)
    whose = f"(缴:{units})" if units else ""
    text = f"{line_words(line)}就是已按回单登记的那笔缴费{whose},两边对上,不再登记一次。"
    call = partial(services.matching.link, line.id, match.payment)
    return ConfirmDialog(tasks, Words("已登记过的", text, "对上"), call, parent)


def undo_dialog(
    services: Services, tasks: TaskRunner, booked: BookedLine, parent: QWidget
) -> ReasonDialog:
    done = f"这笔登记作废,{len(booked.parts)} 份申请回到缴费这一步" if booked.parts else "登记作废"
    if booked.recorded:
        done = "流水和按回单登记的缴费分开,那笔缴费留着"
    text = f"{line_words(booked.line)}:{done},流水可以重新认款。"
    call = partial(services.matching.undo, booked.line.id)
    dialog = ReasonDialog(tasks, Words("撤回认款", text, "撤回认款"), call, parent)
    dialog.reason.setPlaceholderText("例如:认错了单位")
    return dialog
