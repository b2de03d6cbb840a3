"""What is done with people who were sent back: put right, sent again as they are, or given up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.services.drafts import PersonDraft
from desktop_app.services.views.rosters import PersonLine
from desktop_app.ui.dialogs.base import ActDialog, Call, Words
from desktop_app.ui.dialogs.case import Case
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.dialogs.fields import TextField

NAMED = 3  # names told before the rest is counted


class CorrectDialog(ActDialog):
    """改正重报: one person's name, whole number and phone, to be compared with the card."""

    def __init__(self, case: Case, person: PersonLine, parent: QWidget | None) -> None:
        super().__init__(case.tasks, "改正重报", "改正并重报", parent)
        self._acts, self._id, self._line_no = case.services.sent_back, case.view.id, person.line_no
        self.add_note(
            f"第 {person.line_no} 行 {person.name},退回原因:{person.note or '没有写'}", ""
        )
        self.add_note("请照身份证改正姓名或号码;两样都不同的是另一个人,请登记“不再参加”。")
        self.name, self.identity, self.phone = TextField(person.name), TextField(), TextField()
        self.add_row("姓名", self.name, "name")
        self.add_row("证件号码", self.identity, "identity")
        self.add_row("手机号", self.phone, "phone")
        self.body.addLayout(self.form)
        self.main_button.setEnabled(False)  # until the whole number stands there
        whole = partial(self._acts.get, self._id, self._line_no)
        self.tasks.read(self, whole, self._show, on_error=self.show_error)

    def calls(self) -> Sequence[Call]:
        person = PersonDraft(
            self.name.needed("name", "姓名"),
            self.identity.needed("identity", "证件号码"),
            self.phone.value(),
        )
        return [partial(self._acts.correct, self._id, self._line_no, person)]

    def _show(self, person: PersonDraft) -> None:
        self.name.setText(person.name)
        self.identity.setText(person.identity)
        self.phone.setText(person.phone or "")
        self.main_button.setEnabled(True)
        self.identity.setFocus()


def resend_dialog(case: Case, people: Sequence[PersonLine], parent: QWidget | None) -> ReasonDialog:
    """原样重报: nothing was wrong here."""
    lines = tuple(person.line_no for person in people)
    draft = case.view.next_act == "enrolment.submit"
    again = "再提交审核" if draft else "下次补报时再报一次"
    words = Words("原样重报", f"{named(people)}没有错误,放回名单,{again}。", "放回名单")
    call = partial(case.services.sent_back.resend, case.view.id, lines)
    return ReasonDialog(case.tasks, words, call, parent)


def withdraw_dialog(
    case: Case, people: Sequence[PersonLine], parent: QWidget | None
) -> ReasonDialog:
    """不再参加: the rows stay to be read, the people may come in elsewhere."""
    lines = tuple(person.line_no for person in people)
    words = Words(
        "不再参加", f"{named(people)}不再参加这次申请;名单上留有记录,以后可到别的单位参加。", "登记"
    )
    call = partial(case.services.sent_back.withdraw, case.view.id, lines)
    return ReasonDialog(case.tasks, words, call, parent)


def named(people: Sequence[PersonLine]) -> str:
    """The people by name, the rest of many by their number."""
    names = "、".join(person.name for person in people[:NAMED])
    return names if len(people) <= NAMED else f"{names}等 {len(people)} 人"
