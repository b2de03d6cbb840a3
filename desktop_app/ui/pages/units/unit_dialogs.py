"""The dialogs of a unit's page, each opened over it; none where there is nothing to act on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog

from db.codes import Handling
from desktop_app.services.views.enrolments import PaymentLine
from desktop_app.services.views.rosters import ParkedLine, PersonLine
from desktop_app.ui.dialogs.acts import ACTS
from desktop_app.ui.dialogs.base import ActDialog, Words, opened
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.dialogs.enrolment_dialog import FollowDialog, NewEnrolmentDialog
from desktop_app.ui.dialogs.exchange_dialog import ExchangeDialog
from desktop_app.ui.dialogs.funding_dialog import FundingDialog
from desktop_app.ui.dialogs.mending_dialogs import drop_row_dialog
from desktop_app.ui.dialogs.payment_dialogs import return_payment, take_part_out
from desktop_app.ui.dialogs.plans_dialog import PlansDialog
from desktop_app.ui.dialogs.quote_dialog import QuoteDialog
from desktop_app.ui.dialogs.refund_dialogs import cancel_refund_dialog
from desktop_app.ui.dialogs.renewal_dialog import RenewalDialog
from desktop_app.ui.dialogs.review_dialogs import mark_dialog
from desktop_app.ui.dialogs.scan_dialog import ScanDialog, scans_of_page
from desktop_app.ui.dialogs.sent_back_dialogs import (
    CorrectDialog,
    resend_dialog,
    withdraw_dialog,
)
from desktop_app.ui.dialogs.undo_dialogs import take_back_dialog, undo_dialog
from desktop_app.ui.dialogs.unit_dialog import UnitDialog
from desktop_app.ui.dialogs.unit_review_dialog import UnitReviewDialog
from desktop_app.ui.pages.units.unit_leads import FOLLOW, PAPER, ROSTER, lead_of
from desktop_app.ui.pages.units.unit_money import is_draft
from desktop_app.ui.pages.units.unit_reading import UnitReadingPage


class UnitDialogs(QObject):
    """Opens them with what the page has read."""

    issued = Signal(object)  # an act has issued a form: its id
    strip_wanted = Signal(object)  # 对照录入: by which entrance
    roster_wanted = Signal()
    paper_wanted = Signal(str)  # its key
    joiners = Signal(object)  # the file of those who join a case that has just been renewed

    def __init__(self, page: UnitReadingPage) -> None:
        super().__init__(page)
        self._page, self._services, self._tasks = page, page.services, page.tasks

    def take_next(self) -> ActDialog | None:
        """下一步: the step, or what it lacks first; a file is asked for by those who read it."""
        view = self._page.shown.case if self._page.shown else None
        lead = lead_of(view) if view is not None else None
        if lead is None:
            return None
        if lead.way == FOLLOW:
            return self.follow()
        if lead.way == ROSTER:
            self.roster_wanted.emit()
        elif lead.way == PAPER:
            self.paper_wanted.emit(lead.paper)
        return self.take(lead.way)

    def take(self, act_key: str) -> ActDialog | None:
        """The dialog of an act on the newest case."""
        case, act = self._page.case(), ACTS.get(act_key)
        if case is None or act is None:
            return None
        dialog = act.open(case, self._page)
        if isinstance(dialog, ExchangeDialog):
            dialog.strip_wanted.connect(self.strip_wanted)
        if act.prints:
            dialog.saved.connect(self.issued.emit)
        return opened(dialog)

    def undo(self) -> ActDialog | None:
        """撤销 of what the page offers; else the page says why the last act stays."""
        case, offer = self._page.case(), self._page.shown.undo if self._page.shown else None
        if case is None or offer is None:
            self._page.banner.show_info("没有可以撤销的一步。")
        elif not offer.may:
            self._page.banner.show_info(offer.why_not, offer.remedy)
        else:
            return opened(undo_dialog(case, offer, self._page))
        return None

    def take_back(self) -> ActDialog | None:
        """取回提交, while nobody has reviewed the case."""
        case = self._page.case()
        return opened(take_back_dialog(case, self._page)) if case else None

    def open_account(self) -> ActDialog | None:
        shown = self._page.shown
        if shown is None:
            return None
        return opened(UnitReviewDialog(self._services, self._tasks, shown.unit, self._page))

    def send_unit_back(self) -> ActDialog | None:
        shown = self._page.shown
        if shown is None:
            return None
        text = f"把“{shown.unit.draft.name}”的登记退回单位补正。"
        call = partial(self._services.units.return_, self._page.unit_id)
        words = Words("退回单位登记", text, "退回")
        return opened(ReasonDialog(self._tasks, words, call, self._page))

    def start_enrolment(self) -> ActDialog | None:
        shown = self._page.shown
        if shown is None:
            return None
        held = dict(shown.offers.held)
        return opened(
            NewEnrolmentDialog(self._services, self._tasks, shown.unit, self._page, held=held)
        )

    def renew(self) -> ActDialog | None:
        """By last year's list; the file of new people is read once the case is there."""
        shown = self._page.shown
        if shown is None:
            return None
        dialog = RenewalDialog(self._services, self._tasks, shown.unit, self._page)
        dialog.saved.connect(lambda _case: self._read_joiners(dialog.joiners.path))
        return opened(dialog)

    def _read_joiners(self, path: Path | None) -> None:
        if path is not None:
            once = Qt.ConnectionType.SingleShotConnection
            self._page.loaded.connect(partial(self.joiners.emit, path), once)

    def edit_unit(self) -> ActDialog | None:
        shown = self._page.shown
        if shown is None:
            return None
        return opened(UnitDialog(self._services, self._tasks, shown.unit, self._page))

    def change_plans(self) -> PlansDialog | None:
        """Other plans and shares, as long as the case is a draft."""
        case = self._page.case()
        return opened(PlansDialog(case, self._page)) if case and is_draft(case.view) else None

    def set_funding(self) -> FundingDialog | None:
        """What its money is charged to, where the office keeps the roster."""
        case = self._page.case()
        if case is None or not is_draft(case.view) or case.view.handling == Handling.BY_UNIT:
            return None
        return opened(FundingDialog(case, self._page))

    def look_at(self, paper_key: str) -> QDialog | None:
        """The scans of the page, beginning with this paper's."""
        shown = self._page.shown
        if shown is None:
            return None
        case_id = shown.case.id if shown.case is not None else None
        scans = scans_of_page(self._services, self._tasks, shown.unit.id, case_id, paper_key)
        return opened(ScanDialog(f"附件 · {shown.unit.draft.name}", scans, self._page))

    def follow(self) -> ActDialog | None:
        view = self._page.shown.case if self._page.shown else None
        if view is None:
            return None
        known = (view.people, view.due_fen, view.business_no)
        return opened(FollowDialog(self._services, self._tasks, view.id, known, self._page))

    def mark_people(self, people: tuple[PersonLine, ...]) -> ActDialog | None:
        case = self._page.case()
        return opened(mark_dialog(case, people, self._page)) if case else None

    def unmark_people(self, people: tuple[PersonLine, ...]) -> None:
        """Asked about no further: nothing is lost that a mark would not bring back."""
        case = self._page.case()
        if case is not None and people:
            lines = tuple(person.line_no for person in people)
            call = partial(self._services.reviews.unmark, case.view.id, lines)
            told = self._page.banner.show_failure
            self._tasks.save(self._page, call, lambda _count: None, on_error=told)

    def correct_person(self, person: PersonLine) -> ActDialog | None:
        case = self._page.case()
        return opened(CorrectDialog(case, person, self._page)) if case else None

    def resend_people(self, people: tuple[PersonLine, ...]) -> ActDialog | None:
        case = self._page.case()
        return opened(resend_dialog(case, people, self._page)) if case else None

    def withdraw_people(self, people: tuple[PersonLine, ...]) -> ActDialog | None:
        case = self._page.case()
        return opened(withdraw_dialog(case, people, self._page)) if case else None

    def drop_row(self, row: ParkedLine) -> ActDialog | None:
        case = self._page.case()
        return opened(drop_row_dialog(case, row, self._page)) if case else None

    def send_payment_back(self, payment: PaymentLine) -> ActDialog | None:
        case = self._page.case()
        return opened(return_payment(case, payment, self._page)) if case else None

    def take_part_out(self, payment: PaymentLine) -> ActDialog | None:
        case = self._page.case()
        return opened(take_part_out(case, payment, self._page)) if case else None

    def cancel_refund(self) -> ActDialog | None:
        case = self._page.case()
        return opened(cancel_refund_dialog(case, self._page)) if case else None

    def show_steps(self) -> QDialog | None:
        view = self._page.shown.case if self._page.shown else None
        if view is None or view.quote is None:
            return None
        return opened(QuoteDialog(view.unit_name, view.quote, self._page))
