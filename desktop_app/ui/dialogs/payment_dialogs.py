"""Money in: records what a bank slip says, beside what the roster comes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from db.codes import Handling, PaymentState
from desktop_app.domain.money import yuan
from desktop_app.domain.payments import payer_in_words
from desktop_app.errors import UserError
from desktop_app.services.drafts import PaymentDraft, UnitDraft
from desktop_app.services.views.enrolments import EnrolmentView, PaymentLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.asked import AskedDialog
from desktop_app.ui.dialogs.base import Call, Words
from desktop_app.ui.dialogs.case import Case, case_sentence
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.dialogs.fields import (
    ChoiceField,
    CountField,
    DayField,
    FileField,
    MoneyField,
    TextField,
)
from desktop_app.ui.kept_scans import scan_of
from desktop_app.ui.pasted import saving, scans_in
from desktop_app.ui.widgets.drop_area import FileDrops
from desktop_app.ui.widgets.scan_view import ScanView

Record = Callable[[int, PaymentDraft], Any]
COUNTED = (PaymentState.RECORDED, PaymentState.AGREES, PaymentState.DIFFERS)
PAYERS = (("unit", "单位对公账户"), ("person", "个人账户"))


class RecordPaymentDialog(AskedDialog):
    """Amount and people stand as they should be; the clerk corrects them to what the slip says."""

    def __init__(self, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(case.tasks, "登记缴费", "登记", parent)
        self._services, self._view = case.services, case.view
        draft = case.unit.draft
        self.slip = FileField("把银行回单拖到这里、粘贴,或")
        self._due = still_due(case.view)
        self.amount = MoneyField(self._due[0])
        self.people = CountField(self._due[1])
        self.paid_on = DayField(case.today)
        self.payer = TextField(draft.payer_name or draft.name)
        self.account = TextField(hint="回单上的付款账号,可不填")
        self.payer_kind = ChoiceField(PAYERS)
        self.slip_no = TextField(hint="回单上的流水号")
        self.add_note(case_sentence(case), "")
        for title, widget, key in (
            ("银行回单", self.slip, "slip"),
            ("金额(元)", self.amount, "amount_fen"),
            ("人数", self.people, "people"),
            ("付款日期", self.paid_on, "paid_on"),
            ("付款户名", self.payer, "payer_name"),
            ("付款账号", self.account, "payer_account"),
            ("付款账户", self.payer_kind, "payer_is_person"),
            ("回单编号", self.slip_no, "slip_no"),
        ):
            self.add_row(title, widget, key)
        self.body.addLayout(self.form)
        self._tell_differences(draft)
        self.scan = ScanView(case.tasks, "把回单拖到这里或按 Ctrl+V,看着它填。")
        FileDrops(self.scan, scans_in).files_dropped.connect(self.slip.take)
        self.slip.changed.connect(self._show_slip)
        self.lay_beside(self.scan)
        self.amount.setFocus()
        self.amount.selectAll()
        self._show_difference()
        self._show_payer()

    def _tell_differences(self, known: UnitDraft) -> None:
        """Below the fields: what differs from the roster, and from who is known to pay."""
        self.difference, self.payer_differs = self.add_note(""), self.add_note("")
        theme.set_tone(self.payer_differs, "late")
        self._known = known
        self.add_question("slip-again", "again", "是另一笔转账,照样登记")
        self.slip.changed.connect(self.ask_anew)
        self.slip_no.textChanged.connect(self.ask_anew)
        self.amount.textChanged.connect(self._show_difference)
        self.people.textChanged.connect(self._show_difference)
        for told in (self.payer, self.account):
            told.textChanged.connect(self._show_payer)

    def calls(self) -> Sequence[Call]:
        slip = self.slip.source
        if slip is None and self._view.handling == Handling.ON_BEHALF:
            raise UserError(
                "slip-missing",
                "还没有附银行回单。",
                "请把回单的图片或PDF拖进来,或复制图片后按 Ctrl+V。",
                "slip",
            )
        draft = PaymentDraft(
            amount_fen=self.amount.needed("amount_fen", "金额"),
            people=self.people.needed("people", "人数"),
            paid_on=self.paid_on.value(),
            payer_name=self.payer.needed("payer_name", "付款户名"),
            payer_is_person=self.payer_kind.value() == "person",
            payer_account=self.account.value(),
            slip_no=self.slip_no.value(),
            again=self.sure.isChecked(),
        )
        return [
            saving(slip, partial(record_with, self._services.payments.record, self._view.id, draft))
        ]

    def _show_payer(self) -> None:
        """Say where who paid is not who is known to pay; it may be so, and is recorded."""
        known = self._known
        payer = (self.payer.value() or "", self.account.value())
        differs = payer_in_words(payer, (known.payer_name, known.name), known.payer_account)
        self.payer_differs.setText(f"{differs}。请核对。" if differs and payer[0] else "")
        self.payer_differs.setVisible(bool(self.payer_differs.text()))

    def _show_slip(self) -> None:
        source = self.slip.source
        self.scan.show_scans([scan_of(self._services, source)] if source is not None else ())

    def _show_difference(self) -> None:
        try:
            amount = self.amount.value("amount_fen", "金额")
            people = self.people.value("people", "人数")
            text = "" if self._due[0] is None else unsaid_text(amount, people)
            text = text or difference_text(self._due, (amount, people))
        except UserError as error:
            text = error.message
        self.difference.setText(text or "金额和人数与名单一致。")
        theme.set_tone(self.difference, "late" if text else "good")


def record_with(record: Record, case_id: int, draft: PaymentDraft, slip: Path | None) -> Any:
    """Record a payment with its slip; runs off the GUI thread."""
    return record(case_id, replace(draft, slip=slip))


def unsaid_text(fen: int | None, people: int | None) -> str:
    """What of the slip is not typed yet; what is empty agrees with nothing."""
    empty = [word for word, value in (("金额", fen), ("人数", people)) if value is None]
    return f"{'和'.join(empty)}还没有填,请照回单填写。" if empty else ""


def still_due(view: EnrolmentView) -> tuple[int | None, int]:
    """Fen and people that no counted payment has brought yet."""
    counted = [line for line in view.payments if line.state in COUNTED]
    people = view.people - sum(line.people or 0 for line in counted)
    if view.due_fen is None:
        return None, max(0, people)
    fen = view.due_fen - sum(line.amount_fen for line in counted)
    return (fen, people) if fen > 0 and people > 0 else (view.due_fen, view.people)


def difference_text(due: tuple[int | None, int], told: tuple[int | None, int | None]) -> str:
    """How a slip's (fen, people) differ from the roster's, in words; empty where they agree."""
    (due_fen, due_people), (fen, people) = due, told
    if due_fen is None:
        return "标准待核对,应缴金额还没有算出。"
    parts = []
    if fen is not None and fen != due_fen:
        heads, rest = divmod(abs(due_fen - fen), due_fen // due_people) if due_people else (0, 1)
        by = f"(合 {heads} 人的钱)" if heads and not rest else ""
        more = "多" if fen > due_fen else "少"
        parts.append(f"金额比应缴 {yuan(due_fen)} 元{more} {yuan(abs(due_fen - fen))} 元{by}")
    if people is not None and people != due_people:
        more = "多" if people > due_people else "少"
        parts.append(f"人数比名单{more} {abs(people - due_people)} 人")
    return ";".join(parts) + ("。" if parts else "")


def return_payment(case: Case, payment: PaymentLine, parent: QWidget | None = None) -> ReasonDialog:
    slip = f"{case.view.unit_name} {payment.paid_on:%Y-%m-%d} 的回单 {yuan(payment.amount_fen)} 元"
    differs = payment.state == PaymentState.DIFFERS
    text = f"与名单不符:{case.view.difference or '见原因'}" if differs else ":退回后重新登记缴费。"
    if payment.whole_text:
        text = f"{text.rstrip('。')}。{payment.whole_text},整笔一起退回,每份都要重新登记。"
    words = Words("退回单位重缴", slip + text, "退回重缴")
    call = partial(case.services.payments.return_, payment.id)
    dialog = ReasonDialog(case.tasks, words, call, parent)
    dialog.reason.setText(case.view.difference)
    return dialog


def take_part_out(case: Case, payment: PaymentLine, parent: QWidget | None = None) -> ReasonDialog:
    """A part of a shared transfer that was given to the wrong case; the other parts stay."""
    text = (
        f"{case.view.unit_name} 的这一份退出认款。{payment.whole_text},其余各份不变;"
        "退出的钱在“报表 → 认款 → 余款”里,可以转给别的申请或者申请退费。"
    )
    words = Words("退出认款", text, "退出认款")
    call = partial(case.services.payments.take_part_out, case.view.id, payment.id)
    return ReasonDialog(case.tasks, words, call, parent)
