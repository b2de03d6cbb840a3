"""The small dialogs of 下一步: confirm, review, the province's number and its confirmation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.dates import chinese_date
from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.services.views.submissions import AnswerResult, ExportedFolder
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, Call, Words
from desktop_app.ui.dialogs.case import Case, case_sentence
from desktop_app.ui.dialogs.fields import CopiedDayField, DayField, TextField, ask_file, ask_folder
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.drop_area import ROSTERS
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services


class ConfirmDialog(ActDialog):
    """Says what an act will do, and does it."""

    def __init__(self, tasks: TaskRunner, words: Words, call: Call, parent: QWidget | None) -> None:
        super().__init__(tasks, words.title, words.button, parent)
        self._call = call
        self.add_note(words.text, "")
        self.main_button.setFocus()

    def calls(self) -> Sequence[Call]:
        return [self._call]


class ReasonDialog(ActDialog):
    """An act that needs a reason: returning a case, a unit, a payment."""

    def __init__(
        self, tasks: TaskRunner, words: Words, call: Callable[[str], Any], parent: QWidget | None
    ) -> None:
        """`call` takes the reason."""
        super().__init__(tasks, words.title, words.button, parent)
        self._call = call
        self.add_note(words.text, "")
        self.reason = TextField(hint="写给单位看的一句话")
        self.add_row("原因", self.reason, "reason")
        self.body.addLayout(self.form)

    def calls(self) -> Sequence[Call]:
        return [partial(self._call, self.reason.needed("reason", "原因"))]


class SubmitDialog(ConfirmDialog):
    def __init__(self, case: Case, parent: QWidget | None) -> None:
        view = case.view
        words = Words("提交审核", f"{case_sentence(case)}\n提交后由另一位同事审核。", "提交审核")
        super().__init__(
            case.tasks, words, partial(case.services.enrolments.submit, view.id), parent
        )


class ReviewDialog(ActDialog):
    """The other person's review: approve with Enter, or send back with a reason."""

    def __init__(self, case: Case, parent: QWidget | None) -> None:
        super().__init__(case.tasks, "审核", "审核通过", parent)
        self._acts, self._id = case.services.enrolments, case.view.id
        self.add_note(case_sentence(case), "")
        if case.view.submitted_by:
            self.add_note(f"提交人:{case.view.submitted_by}")
        self.reason = TextField(hint="退回时填写:缺什么、改哪里")
        self.add_row("退回原因", self.reason, "reason")
        self.body.addLayout(self.form)
        self.return_button = button("退回(&R)", self._send_back, name="退回")
        self.foot.insertWidget(0, self.return_button)
        self.main_button.setFocus()

    def calls(self) -> Sequence[Call]:
        return [partial(self._acts.approve, self._id)]

    def _send_back(self) -> None:
        self.act(self._return_calls, self.finish)

    def _return_calls(self) -> Sequence[Call]:
        return [partial(self._acts.return_, self._id, self.reason.needed("reason", "退回原因"))]


class EnterNumberDialog(ActDialog):
    """Into the province's system: the upload folder, its failure list, the number it gives."""

    def __init__(self, case: Case, parent: QWidget | None) -> None:
        super().__init__(case.tasks, "录入省系统", "登记业务号", parent)
        self.setMinimumWidth(620)
        self._services, self._id = case.services, case.view.id
        self.add_note("先导出上报文件夹,在省系统里逐项导入;导入完成后把业务号填在这里。", "")
        buttons = QHBoxLayout()
        self.export_button = button(
            "导出上报文件夹(&E)…", self._choose_folder, name="导出上报文件夹"
        )
        self.failures_button = button(
            "读入失败名单(&F)…", self._choose_failures, name="读入失败名单"
        )
        buttons.addWidget(self.export_button)
        buttons.addWidget(self.failures_button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.exported = label(wrap=True)
        if case.view.folder:
            self.exported.setText(f"上次导出:{case.view.folder}")
        self.answer = label(wrap=True)
        for told in (self.exported, self.answer):
            told.setVisible(bool(told.text()))
            self.body.addWidget(told)
        self.number = TextField(case.view.business_no, "省系统给出的业务号")
        self.add_row("业务号", self.number, "business_no")
        self.body.addLayout(self.form)
        self.number.setFocus()

    def calls(self) -> Sequence[Call]:
        number = self.number.needed("business_no", "业务号")
        return [partial(self._services.business_numbers.enter, self._id, number)]

    def _choose_folder(self) -> None:
        folder = ask_folder(self, "上报文件夹放在哪里")
        if folder is not None:
            self.export_to(folder)

    def export_to(self, folder: Path) -> None:
        call = partial(self._services.submissions.export, self._id, folder)
        self.act(lambda: [call], self._on_exported)

    def _on_exported(self, submission_id: int) -> None:
        call = partial(self._services.submissions.exported, submission_id)
        self.tasks.read(self, call, self._show_exported, on_error=self.show_error)

    def _show_exported(self, made: ExportedFolder) -> None:
        due = "" if made.due_fen is None else f",{yuan(made.due_fen)} 元"
        files = "\n".join(f"　{name}" for name in made.files)
        self.exported.setText(
            f"已导出 {made.number}:{made.people} 人{due},共 {len(made.files)} 个文件\n"
            f"{made.folder}\n{files}"
        )
        self.exported.show()

    def _choose_failures(self) -> None:
        path = ask_file(self, "省系统的失败名单", ROSTERS)
        if path is not None:
            self.read_failures(path)

    def read_failures(self, path: Path) -> None:
        call = partial(self._services.submission_answers.read_failures, self._id, path)
        self.act(lambda: [call], self._on_failures)

    def _on_failures(self, answer_id: int) -> None:
        call = partial(self._services.submission_answers.get, answer_id)
        self.tasks.read(self, call, self._show_answer, on_error=self.show_error)

    def _show_answer(self, result: AnswerResult) -> None:
        self.answer.setText(answer_text(result))
        self.answer.show()


class ConfirmPaymentDialog(ActDialog):
    """省办确认到账: the day, and the first day of cover as the plan document gives it."""

    EFFECTIVE = ("effective_on", "保障生效日")

    def __init__(self, case: Case, parent: QWidget | None) -> None:
        super().__init__(case.tasks, "省办确认到账", "登记到账", parent)
        self._services, self._view = case.services, case.view
        self._effective_set = False
        self.add_note(case_sentence(case), "")
        self.on = DayField(case.today)
        self.effective = CopiedDayField(case.view.effective_on, "请照计划书填写,如 2026-12-1")
        self.document = TextField(hint="省办计划书上的编号")
        self.add_row("到账日期", self.on, "on")
        self.add_row(self.EFFECTIVE[1], self.effective, self.EFFECTIVE[0])
        self.add_row("计划书编号", self.document, "document_no")
        self.body.addLayout(self.form)
        self.cover = self.add_note("")
        self.effective.textChanged.connect(self._tell_cover)
        self._tell_cover()
        if case.view.effective_on is not None:
            self.call_saved()

    def call_saved(self) -> None:
        """The effective day is set once; after that only the confirmation is left."""
        self._effective_set = True
        self.effective.setEnabled(False)
        self.document.setEnabled(False)

    def calls(self) -> Sequence[Call]:
        confirm = partial(self._services.payments.confirm, self._view.id, self.on.value())
        if self._effective_set:
            return [confirm]
        first = self.effective.needed(*self.EFFECTIVE)
        number = self.document.needed("document_no", "计划书编号")
        set_effective = self._services.enrolments.set_effective
        return [partial(set_effective, self._view.id, first, number), confirm]

    def _tell_cover(self) -> None:
        """Repeat the day in words: a slip of the hand is seen before it is saved."""
        tone = "quiet"
        try:
            text = cover_text(self.effective.value(*self.EFFECTIVE), self._view)
        except UserError as error:
            text, tone = error.message, "warn"
        self.cover.setText(text)
        theme.set_tone(self.cover, tone)


def cover_text(first: date | None, view: EnrolmentView) -> str:
    """The cover in words, its end where the case already knows it."""
    if first is None:
        return "生效日以省办计划书为准,请照抄。"
    if first == view.effective_on and view.last_on is not None:
        return f"保障期自{chinese_date(first)}0时起至{chinese_date(view.last_on)}24时止。"
    return f"保障期自{chinese_date(first)}0时起,止期按方案的月数算出。"


def return_unit(
    services: Services, tasks: TaskRunner, unit_id: int, name: str, parent: QWidget | None
) -> ReasonDialog:
    words = Words("退回单位登记", f"把“{name}”的登记退回单位补正。", "退回")
    return ReasonDialog(tasks, words, partial(services.units.return_, unit_id), parent)


def answer_text(result: AnswerResult) -> str:
    lines = [f"省系统收下 {result.accepted} 人,退回 {result.failed} 人"]
    if result.unknown:
        lines[0] += f",另有 {result.unknown} 行对不上本单位名单"
    lines += [f"　{name}:{reason}" for name, reason in result.lines[:8]]
    if len(result.lines) > 8:
        lines.append(f"　…共 {len(result.lines)} 行,全部在历史里")
    return "\n".join(lines)
