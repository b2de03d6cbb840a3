"""更正: every way of putting a case right in one menu; what its state forbids says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from db.codes import PaymentState
from desktop_app.services.views.corrections import CorrectionOffer
from desktop_app.services.views.enrolments import PaymentLine
from desktop_app.services.views.rosters import PersonLine
from desktop_app.ui.dialogs.archive_dialogs import ReissueDialog
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.case import Case
from desktop_app.ui.dialogs.funding_dialog import CorrectFundingDialog
from desktop_app.ui.dialogs.mending_dialogs import (
    CorrectNumberDialog,
    EffectiveDialog,
    WorkersDialog,
    remove_people_dialog,
    send_back_dialog,
    void_dialog,
    void_receipt_dialog,
)
from desktop_app.ui.dialogs.payment_dialogs import return_payment
from desktop_app.ui.dialogs.refund_dialogs import RefundDialog
from desktop_app.ui.pages.units.unit_dialogs import UnitDialogs
from desktop_app.ui.pages.units.unit_people import PeopleCard
from desktop_app.ui.pages.units.unit_reading import UnitReadingPage

GROUPS = ("undo", "workers", "send-back")  # the first of each
CHOOSE = "没有在名单里选人。请先选要撤出的人。"
KEYS = {"undo": "Ctrl+Z", "take-back": "Alt+K"}


class CorrectionsMenu(QMenu):
    """Shows its reasons as tool tips too: an entry that is grey is passed over by the keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("更正", parent)
        self.setToolTipsVisible(True)
        self.setAccessibleName("更正")

    def offer(self, offer: CorrectionOffer, act: Callable[[], object]) -> QAction:
        """One entry; where the key would stand, a grey one says in a sentence why it is grey."""
        beside = KEYS.get(offer.key, "") if offer.may else offer.why_not.partition("。")[0]
        text = f"{offer.label}…" if offer.may else offer.label
        made = self.addAction(f"{text}\t{beside}" if beside else text)
        made.setEnabled(offer.may)
        made.setToolTip(offer.why_not or offer.label)
        made.triggered.connect(lambda _checked=False: act())
        return made


class UnitCorrections:
    """Asks what is allowed when the menu is opened, and opens the dialog that is chosen."""

    def __init__(
        self, page: UnitReadingPage, dialogs: UnitDialogs, people: PeopleCard, at: QWidget
    ) -> None:
        self._page, self._dialogs, self._people, self._at = page, dialogs, people, at
        self.menu: CorrectionsMenu | None = None

    def ask(self) -> None:
        """Open the menu, or say that there is no case to put right."""
        page, case = self._page, self._page.case()
        if case is None:
            page.banner.show_info("这家单位还没有申请可更正。", "要改单位资料,请按 F2。")
            return
        call = partial(page.services.corrections.list_offers, case.view.id)
        page.tasks.read(page, call, partial(self._show, case), on_error=page.banner.show_failure)

    def _show(self, case: Case, offers: tuple[CorrectionOffer, ...]) -> None:
        menu = CorrectionsMenu(self._at)
        acts = self._acts(case)
        for offer in map(self._of_chosen, offers):
            if offer.key in GROUPS and not menu.isEmpty():
                menu.addSeparator()
            menu.offer(offer, acts[offer.key])
        menu.aboutToHide.connect(menu.deleteLater)
        self.menu = menu
        menu.popup(self._at.mapToGlobal(QPoint(0, self._at.height())))

    def _of_chosen(self, offer: CorrectionOffer) -> CorrectionOffer:
        """撤出 is of those who are chosen in the list."""
        if offer.key != "people" or not offer.may:
            return offer
        count = len(self._chosen())
        if not count:
            return replace(offer, may=False, why_not=CHOOSE)
        return replace(offer, label=f"撤出名单里选中的 {count} 人")

    def _chosen(self) -> tuple[PersonLine, ...]:
        return tuple(one for one in self._people.people.selected_rows() if one.joining)

    def _acts(self, case: Case) -> dict[str, Callable[[], object]]:
        page = self._page
        return {
            "undo": self._dialogs.undo,
            "take-back": self._dialogs.take_back,
            "workers": lambda: opened(WorkersDialog(case, page)),
            "people": lambda: opened(remove_people_dialog(case, self._chosen(), page)),
            "number": lambda: opened(CorrectNumberDialog(case, page)),
            "effective": lambda: opened(EffectiveDialog(case, page)),
            "funding": lambda: opened(CorrectFundingDialog(case, page)),
            "payment": lambda: opened(return_payment(case, _counted(case), page)),
            "receipt": lambda: opened(void_receipt_dialog(case, page)),
            "reissue": lambda: opened(ReissueDialog(case, page)),
            "refund": lambda: opened(RefundDialog(case, page)),
            "send-back": lambda: opened(send_back_dialog(case, page)),
            "void": lambda: opened(void_dialog(case, page)),
        }


def _counted(case: Case) -> PaymentLine:
    """The newest payment that may go back; where there is none, nothing is offered."""
    gone = (PaymentState.RETURNED, PaymentState.VOID)
    return next(one for one in reversed(case.view.payments) if one.state not in gone)
