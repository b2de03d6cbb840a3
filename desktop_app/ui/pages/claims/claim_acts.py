"""The dialog of each act on a claim."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.domain.schemes.claim_ways import ARRIVE, DECIDE, FIGURE, MOVE_ON, PAY, TYPE_AMOUNT
from desktop_app.services.views.claims import ClaimView
from desktop_app.ui.dialogs.base import ActDialog, Words, opened
from desktop_app.ui.dialogs.claim_decision_dialogs import DayDialog, RefuseClaimDialog
from desktop_app.ui.dialogs.claim_dialogs import (
    BusinessNumberDialog,
    DecideDialog,
    TypeAmountDialog,
)
from desktop_app.ui.dialogs.claim_worksheet import FactsDialog
from desktop_app.ui.dialogs.confirm_dialogs import ConfirmDialog, ReasonDialog
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import money_text

if TYPE_CHECKING:
    from desktop_app.services.services import Services

SEND_BACK, REFUSE = "claim.send-back", "claim.refuse"
ENTER_NUMBER, VOID = "claim.enter-number", "claim.void"


class ClaimDialogs:
    """Makes and opens them over the claims page."""

    def __init__(self, services: Services, tasks: TaskRunner, page: QWidget) -> None:
        self._services, self._tasks, self._page = services, tasks, page
        self._makers = {
            MOVE_ON: self._move_on,
            TYPE_AMOUNT: self._type_amount,
            FIGURE: self._figure,
            DECIDE: self._decide,
            ARRIVE: self._arrive,
            PAY: self._pay,
            SEND_BACK: self._send_back,
            REFUSE: self._refuse,
            ENTER_NUMBER: self._enter_number,
            VOID: self._void,
        }

    def open(self, act_key: str, claim: ClaimView, today: date | None) -> ActDialog:
        return opened(self._makers[act_key](claim, today or claim.event_on))

    def _move_on(self, claim: ClaimView, _today: date) -> ActDialog:
        words = Words(claim.next_label, _warned(claim, _named(claim)), "确定")
        call = partial(self._services.claims.move_on, claim.id)
        return ConfirmDialog(self._tasks, words, call, self._page)

    def _type_amount(self, claim: ClaimView, _today: date) -> ActDialog:
        return TypeAmountDialog(self._services, self._tasks, claim, self._page)

    def _figure(self, claim: ClaimView, _today: date) -> ActDialog:
        return FactsDialog(self._services, self._tasks, claim, self._page)

    def _decide(self, claim: ClaimView, today: date) -> ActDialog:
        return DecideDialog(self._services, self._tasks, claim, today, self._page)

    def _arrive(self, claim: ClaimView, today: date) -> ActDialog:
        words = Words(
            claim.next_label, f"{_named(claim)} · 核定 {money_text(claim.decided_fen)} 元", "登记"
        )
        call = partial(self._services.claim_decisions.record_arrival, claim.id)
        return DayDialog(self._tasks, words, today, call, self._page)

    def _pay(self, claim: ClaimView, today: date) -> ActDialog:
        words = Words(
            claim.next_label,
            _warned(claim, f"{_named(claim)} · {money_text(claim.amount_fen)} 元"),
            "登记",
        )
        call = partial(self._services.claim_decisions.pay, claim.id)
        return DayDialog(self._tasks, words, today, call, self._page)

    def _send_back(self, claim: ClaimView, _today: date) -> ActDialog:
        words = Words(f"退回 · {claim.person}", f"退回到“{claim.returns_to}”。", "退回")
        call = partial(self._services.claim_decisions.send_back, claim.id)
        return ReasonDialog(self._tasks, words, call, self._page)

    def _refuse(self, claim: ClaimView, today: date) -> ActDialog:
        return RefuseClaimDialog(self._services, self._tasks, claim, today, self._page)

    def _enter_number(self, claim: ClaimView, _today: date) -> ActDialog:
        return BusinessNumberDialog(self._services, self._tasks, claim, self._page)

    def _void(self, claim: ClaimView, _today: date) -> ActDialog:
        text = f"{_named(claim)}\n作废后不再办理,编号不再使用;记录和原因都留着。"
        words = Words(f"作废 · {claim.person}", text, "作废")
        call = partial(self._services.claim_mending.void, claim.id)
        dialog = ReasonDialog(self._tasks, words, call, self._page)
        dialog.reason.setPlaceholderText("为什么作废,例如:重复登记")
        return dialog


def _named(claim: ClaimView) -> str:
    return f"{claim.number} · {claim.person} · {claim.plan}"


def _warned(claim: ClaimView, text: str) -> str:
    """What the unit owes is read once more by who reviews or pays."""
    return f"{text}\n注意:{claim.owed},请核对后再办。" if claim.owed else text
