"""Which dialog takes which act of 下一步: a table, so that a scheme's steps need no code here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop_app.domain.enrolments import Missing
from desktop_app.ui.dialogs.archive_dialogs import (
    FinishDialog,
    ReceiptDialog,
    ReceiveStampedDialog,
    ReissueDialog,
)
from desktop_app.ui.dialogs.arrival_dialog import ConfirmPaymentDialog
from desktop_app.ui.dialogs.base import ActDialog, Call, Words
from desktop_app.ui.dialogs.case import Case, case_sentence
from desktop_app.ui.dialogs.confirm_dialogs import ConfirmDialog
from desktop_app.ui.dialogs.exchange_dialog import ENTER, ExchangeDialog
from desktop_app.ui.dialogs.payment_dialogs import RecordPaymentDialog
from desktop_app.ui.dialogs.refund_dialogs import RefundArrivedDialog, RefundDialog
from desktop_app.ui.dialogs.review_dialogs import ReviewDialog, SubmitDialog

OTHERS = frozenset({"not-permitted", "same-person"})  # another person's act; no dialog brings it
Opener = Callable[[Case, QWidget | None], ActDialog]


@dataclass(frozen=True, slots=True)
class Act:
    """One act's dialog.

    Args:
        open: makes the dialog.
        brings: codes of what is missing that the dialog itself asks for; they never block it.
        prints: the act issues a form, whose pages are shown when it is saved.
    """

    open: Opener
    brings: frozenset[str] = frozenset()
    prints: bool = False

    def blocked_by(self, missing: tuple[Missing, ...]) -> tuple[Missing, ...]:
        """What no dialog can bring; first, that another person has to act."""
        left = (one for one in missing if one.code.partition(":")[0] not in self.brings - OTHERS)
        return tuple(sorted(left, key=lambda one: one.code not in OTHERS))


class IssueFormDialog(ConfirmDialog):
    """Ticked, the print is 暂用: marked so, and replaced by the final one later."""

    def __init__(self, case: Case, form_key: str, words: Words, parent: QWidget | None) -> None:
        prints, of = case.services.prints, (case.view.id, form_key)
        super().__init__(case.tasks, words, partial(prints.issue, *of), parent)
        self._provisional = partial(prints.issue_provisional, *of)
        self.provisional = QCheckBox("暂用(&Y):纸上印“暂用”二字,以后换成正式的")
        self.provisional.setAccessibleName("暂用")
        self.body.addWidget(self.provisional)

    def calls(self) -> Sequence[Call]:
        return [self._provisional] if self.provisional.isChecked() else super().calls()


def issue_form(form_key: str, case: Case, parent: QWidget | None) -> IssueFormDialog:
    """Ask before a form gets its number: from then on it prints the same for good."""
    form = next((line for line in case.view.forms if line.key == form_key), None)
    name = form.label if form else form_key
    words = Words(
        f"打印{name}",
        f"{case_sentence(case)}\n出具后编号和内容固定,以后补打也是这一份。",
        "出具并预览",
    )
    return IssueFormDialog(case, form_key, words, parent)


ACTS: Mapping[str, Act] = {
    "enrolment.submit": Act(SubmitDialog),
    "enrolment.approve": Act(ReviewDialog),
    ENTER: Act(ExchangeDialog, frozenset({"business-number-missing"})),
    "payment.record": Act(
        RecordPaymentDialog,
        frozenset({"payment-missing", "slip-missing", "payment-differs", "payment-not-corporate"}),
    ),
    "payment.confirm": Act(ConfirmPaymentDialog, frozenset({"effective-date-missing"})),
    "refund.ask": Act(RefundDialog),
    "refund.arrive": Act(RefundArrivedDialog),
    "print.application": Act(partial(issue_form, "application"), prints=True),
    "print.member-list": Act(partial(issue_form, "member-list"), prints=True),
    "print.confirmation": Act(partial(issue_form, "confirmation"), prints=True),
    "archive.receive": Act(ReceiveStampedDialog, frozenset({"not-stamped"})),
    "archive.receipt": Act(ReceiptDialog),
    "receipt.reissue": Act(ReissueDialog),
    "archive.finish": Act(FinishDialog),
}
