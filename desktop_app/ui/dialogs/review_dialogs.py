"""提交审核 and 审核: a case handed in, and the other person's answer to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.errors import UserError
from desktop_app.services.views.differences import DifferenceView
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.services.views.rosters import PersonLine
from desktop_app.ui.dialogs.base import ActDialog, Call, Words
from desktop_app.ui.dialogs.case import THERE, Case, case_sentence
from desktop_app.ui.dialogs.confirm_dialogs import ConfirmDialog, ReasonDialog
from desktop_app.ui.dialogs.fields import TextField
from desktop_app.ui.dialogs.proof_strip import ProofStrip
from desktop_app.ui.dialogs.roster_difference import DifferenceStrip
from desktop_app.ui.dialogs.sent_back_dialogs import named
from desktop_app.ui.kept_scans import KeptScansView
from desktop_app.ui.widgets.labels import button

STALE = "difference-stale"
OWN_REASONS = "可以不填:各人的原因已经写明"


def mark_dialog(case: Case, people: Sequence[PersonLine], parent: QWidget | None) -> ReasonDialog:
    """标记退回: what the unit has to put right of these people."""
    lines = tuple(person.line_no for person in people)
    text = f"{named(people)}须补正:审核退回时一并退回,经办人会看到这里写的原因。"
    call = partial(case.services.reviews.mark, case.view.id, lines)
    dialog = ReasonDialog(case.tasks, Words("标记退回", text, "标记"), call, parent)
    before = {person.note.partition(":")[2] for person in people if person.marked}
    if len(before) == 1:
        dialog.reason.setText(before.pop())
    return dialog


class SubmitDialog(ConfirmDialog):
    def __init__(self, case: Case, parent: QWidget | None) -> None:
        view = case.view
        invoice = f"\n开票:{view.invoice}" if view.invoice else ""
        text = f"{case_sentence(case)}{invoice}\n提交后由另一位同事审核。"
        words = Words("提交审核", text, "提交审核")
        super().__init__(
            case.tasks, words, partial(case.services.enrolments.submit, view.id), parent
        )


class ReviewDialog(ActDialog):
    """The other person's review: approve with Enter, or send back with a reason.

    What is approved is the difference that is shown: it is signed with its digest.
    """

    def __init__(self, case: Case, parent: QWidget | None) -> None:
        super().__init__(case.tasks, "审核", "审核通过", parent)
        self._case, self._marked = case, case.view.marked
        self._acts, self._id = case.services.enrolments, case.view.id
        self._read = False  # whether there is a difference, and which, is known
        self.sentence = self.add_note("", "")
        if case.view.submitted_by:
            self.add_note(f"提交人:{case.view.submitted_by}")
        self.difference = DifferenceStrip()
        self.body.addWidget(self.difference)
        self.facts = self.add_note("")
        self._show_case(case.view)
        self.proof = ProofStrip(case.services, case.tasks)
        self.body.addWidget(self.proof)
        self.proof.show_case(case.view)
        if self._marked:
            self.add_note(
                f"名单里有 {self._marked} 人标记了退回,退回时各写各的原因;要审核通过,先去掉标记。"
            )
        self.reason = TextField(hint=OWN_REASONS if self._marked else "退回时填写:缺什么、改哪里")
        self.add_row("退回原因", self.reason, "reason")
        self.body.addLayout(self.form)
        self.return_button = button("退回(&R)", self._send_back, name="退回")
        self.foot.insertWidget(0, self.return_button)
        self.scans: KeptScansView | None = None
        if any(paper.attachment_id for paper in case.view.papers):
            listing = partial(case.services.scans.of_enrolment, case.view.id)
            self.scans = KeptScansView(case.services, case.tasks, listing)
            self.lay_beside(self.scans)
        if self._marked:
            self.return_button.setFocus()
        self._read_difference()

    def _read_difference(self) -> None:
        self._read = False
        self.main_button.setEnabled(False)
        call = partial(self._case.services.differences.of_case, self._id)
        self.tasks.read(self, call, self._show_difference, on_error=self.show_error)

    def _show_difference(self, view: DifferenceView | None) -> None:
        self._read = True
        self.difference.show_difference(view)
        self.main_button.setEnabled(not self._marked and not self.busy)
        if self.main_button.isEnabled() and not self.reason.text():
            self.main_button.setFocus()

    def _show_case(self, view: EnrolmentView) -> None:
        self.sentence.setText(case_sentence(replace(self._case, view=view)))
        self.facts.setText("\n".join(facts_of(view)))

    def show_error(self, error: BaseException) -> None:
        """What was shown is another now: it is shown again, to be signed or sent back."""
        super().show_error(error)
        if isinstance(error, UserError) and error.code == STALE:
            again = partial(self._acts.get, self._id)
            self.tasks.read(self, again, self._show_case, on_error=super().show_error)
            self._read_difference()

    def set_busy(self, busy: bool) -> None:
        super().set_busy(busy)
        self.main_button.setEnabled(not busy and self._read and not self._marked)

    def calls(self) -> Sequence[Call]:
        view = self.difference.view
        signed = () if view is None else (view.digest,)
        return [partial(self._acts.approve, self._id, *signed)]

    def _send_back(self) -> None:
        self.act(self._return_calls, self.finish)

    def _return_calls(self) -> Sequence[Call]:
        own = self._marked and self.reason.value() is None  # each person has a reason
        why = "" if own else self.reason.needed("reason", "退回原因")
        return [partial(self._acts.return_, self._id, why)]


def facts_of(view: EnrolmentView) -> tuple[str, ...]:
    """What is approved: the plans, how many join of how many, which papers there are."""
    plans = "、".join(f"{plan.label} {plan.shares} 份 {plan.people} 人" for plan in view.plans)
    printed = {form.key for form in view.forms}
    papers = [paper for paper in view.papers if paper.key not in printed]
    there = "、".join(paper.label for paper in papers if paper.state in THERE)
    texts = (
        f"项目:{plans}" if plans else "",
        f"参加:{view.participation}" if view.participation else "",
        f"材料:{there}" if there else "材料:还没有",
        f"开票:{view.invoice}" if view.invoice else "",
    )
    return tuple(text for text in texts if text)
