"""更正 of a case: workers, people on the list, the business number; sent back or made void."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.services.views.rosters import ParkedLine, PersonLine
from desktop_app.ui.dialogs.asked import AskedDialog
from desktop_app.ui.dialogs.base import ActDialog, Call, Words
from desktop_app.ui.dialogs.case import Case, case_sentence
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.dialogs.fields import CopiedDayField, CountField, TextField
from desktop_app.ui.dialogs.sent_back_dialogs import named

WHY_HINT = "写明为什么要改,历史里留有记录"


class WorkersDialog(ActDialog):
    """更正在职人数: the number that participation is judged by."""

    def __init__(self, case: Case, parent: QWidget | None) -> None:
        super().__init__(case.tasks, "更正在职人数", "更正", parent)
        self._acts, self._id = case.services.mending, case.view.id
        self.add_note(case_sentence(case), "")
        self.at_work, self.women = CountField(case.view.at_work), CountField(case.view.women)
        self.reason = TextField(hint=WHY_HINT)
        self.add_row("在职职工", self.at_work, "at_work")
        self.add_row("其中女职工", self.women, "women")
        self.add_row("原因", self.reason, "reason")
        self.body.addLayout(self.form)

    def calls(self) -> Sequence[Call]:
        at_work = self.at_work.needed("at_work", "在职职工")
        women = self.women.value("women", "其中女职工")
        why = self.reason.needed("reason", "原因")
        return [partial(self._acts.set_workers, self._id, at_work, women, why)]


class CorrectNumberDialog(ActDialog):
    """更正业务号: the wrong one stays in the register as void."""

    def __init__(self, case: Case, parent: QWidget | None) -> None:
        super().__init__(case.tasks, "更正业务号", "更正", parent)
        self._acts, self._id = case.services.business_numbers, case.view.id
        self.add_note(case_sentence(case), "")
        self.number = TextField(case.view.business_no, f"{case.view.words.system}给出的业务号")
        self.reason = TextField(hint=WHY_HINT)
        self.add_row("业务号", self.number, "business_no")
        self.add_row("原因", self.reason, "reason")
        self.body.addLayout(self.form)

    def calls(self) -> Sequence[Call]:
        number = self.number.needed("business_no", "业务号")
        why = self.reason.needed("reason", "原因")
        return [partial(self._acts.correct, self._id, number, why)]


class EffectiveDialog(AskedDialog):
    """更正生效日: cover moves with it; forms printed with the wrong day are asked about."""

    def __init__(self, case: Case, parent: QWidget | None) -> None:
        super().__init__(case.tasks, "更正生效日", "更正", parent)
        self._acts, self._id = case.services.mending, case.view.id
        self.add_note(case_sentence(case), "")
        document = case.view.words.document
        self.effective = CopiedDayField(case.view.effective_on, f"请照{document}填写")
        self.document = TextField(hint="也写错了的才填")
        self.reason = TextField(hint=WHY_HINT)
        self.add_row("保障生效日", self.effective, "effective_on")
        self.add_row("计划书编号", self.document, "document_no")
        self.add_row("原因", self.reason, "reason")
        self.body.addLayout(self.form)
        self.add_note(f"名单上每个人的保障期跟着改;历史里留有原来的日期。请照{document}抄写。")
        self.add_question(
            "printed-with-date", "void_printed", "作废印有原来生效日的单据,更正后重新打印、盖章"
        )

    def calls(self) -> Sequence[Call]:
        first = self.effective.needed("effective_on", "保障生效日")
        why = self.reason.needed("reason", "原因")
        number, sure = self.document.value() or "", self.sure.isChecked()
        act = self._acts.correct_effective
        return [partial(act, self._id, first, why, number, void_printed=sure)]


def remove_people_dialog(
    case: Case, people: Sequence[PersonLine], parent: QWidget | None
) -> ReasonDialog:
    """撤出: read by mistake, or not joining after all."""
    text = f"把{named(people)}从名单中撤出;名单上留有记录,以后可再读入,也可到别的单位参加。"
    lines = tuple(person.line_no for person in people)
    call = partial(case.services.mending.remove_people, case.view.id, lines)
    return _reasoned(case, Words("撤出名单里的人", text, "撤出"), call, parent)


def drop_row_dialog(case: Case, row: ParkedLine, parent: QWidget | None) -> ReasonDialog:
    """放弃: nobody will put the row right; it stays to be read."""
    text = f"{row.where} {row.name}\n{row.reason}\n放弃后这一行不再待补正,记录留着。"
    call = partial(case.services.mending.drop_parked, case.view.id, row.batch_id, row.seq)
    return _reasoned(case, Words("放弃这一行", text, "放弃"), call, parent)


def send_back_dialog(case: Case, parent: QWidget | None) -> ReasonDialog:
    """审核后退回: an approved case becomes a draft again."""
    text = f"{case_sentence(case)}\n退回后可改名单,改好再提交、审核;已打印的文书作废,须重新打印。"
    call = partial(case.services.mending.send_back, case.view.id)
    return _reasoned(case, Words("审核后退回", text, "退回"), call, parent)


def void_dialog(case: Case, parent: QWidget | None) -> ReasonDialog:
    """作废: the unit may begin anew."""
    text = (
        f"{case_sentence(case)}\n作废后不能恢复:名单上的人可另行参加,已打印的文书作废。"
        "只是要改名单的,请用“审核后退回”。"
    )
    call = partial(case.services.mending.void, case.view.id)
    return _reasoned(case, Words("作废申请", text, "作废"), call, parent)


def void_receipt_dialog(case: Case, parent: QWidget | None) -> ReasonDialog:
    """A receipt typed wrong: recorded anew afterwards."""
    text = f"{case_sentence(case)}\n号码、日期登记错了的票据作废,留在历史里;然后照票据重新登记。"
    call = partial(case.services.archives.void_receipt, case.view.id)
    return _reasoned(case, Words("作废登记错的票据", text, "作废"), call, parent)


def void_form_dialog(
    case: Case, issued_id: int, number: str, parent: QWidget | None
) -> ReasonDialog:
    """A printed form that is no longer to be used: a new one gets a number of its own."""
    text = (
        f"{case_sentence(case)}\n{number}作废,留在打印登记里;已经盖章收回的也不再算数,"
        "须重新打印、盖章。"
    )
    call = partial(case.services.prints.void, issued_id)
    return _reasoned(case, Words(f"作废单据 {number}", text, "作废"), call, parent)


def _reasoned(
    case: Case, words: Words, call: Callable[[str], Any], parent: QWidget | None
) -> ReasonDialog:
    dialog = ReasonDialog(case.tasks, words, call, parent)
    dialog.reason.setPlaceholderText(WHY_HINT)
    return dialog
