"""What a scan let go on a unit's page may be: the papers its case still lacks come first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from db.codes import CaseState, PaperState, UnitState
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.services.views.papers import PaperLine
from desktop_app.ui.dialogs.archive_dialogs import (
    ReceiptDialog,
    ReceiveStampedDialog,
    waiting_for_seal,
)
from desktop_app.ui.dialogs.base import ActDialog
from desktop_app.ui.dialogs.case import THERE, Case
from desktop_app.ui.dialogs.payment_dialogs import RecordPaymentDialog
from desktop_app.ui.dialogs.what_is_dialog import Choice
from desktop_app.ui.pages.units.unit_files_queue import FileQueue
from desktop_app.ui.pages.units.unit_money import EARLY, RECEIPT, may_pay
from desktop_app.ui.pages.units.unit_reading import UnitReadingPage
from desktop_app.ui.pages.units.unit_side import PAPER_ACTS
from desktop_app.ui.pasted import Source, with_file


class UnitScans:
    """Says what is on offer and does what was chosen; the queue goes on when it is done."""

    def __init__(self, page: UnitReadingPage, queue: FileQueue) -> None:
        self._page, self._queue = page, queue

    def choices(self) -> tuple[Choice, ...]:
        shown = self._page.shown
        if shown is None:
            return ()
        case = self._page.case()
        of_case = self._of_case(case) if case is not None else ()
        of_unit = () if shown.unit.state == UnitState.ENDED else self._of_unit(shown.unit.papers)
        found = sorted((*of_case, *of_unit), key=lambda one: one[0])
        return tuple(choice for _place, choice in found)

    def take(self, key: str, source: Source) -> None:
        """It was let go on a paper's line: it is that paper."""
        case = self._page.case()
        if case is None:
            self._certificate(key, source)
        elif PAPER_ACTS.get(key) == "payment.record":
            self._slip(case, source)
        elif PAPER_ACTS.get(key) == "archive.receipt":
            self._receipt(case, source)
        else:
            self._paper(case.view.id, key, source)

    def _of_case(self, case: Case) -> tuple[tuple[int, Choice], ...]:
        view = case.view
        found: list[tuple[int, Choice]] = []
        if view.state == CaseState.VOID:
            return ()
        printed = {form.key for form in view.forms}
        closed = view.state == CaseState.FINISHED
        for line in () if closed else view.papers:
            if line.key in printed:
                continue
            there = line.state in THERE
            if line.key not in PAPER_ACTS:
                text = f"换掉已有的{line.label}" if there else line.label
                found.append((9 if there else 0, Choice(text, partial(self.take, line.key))))
            elif self._may(line, view):
                found.append((1, Choice(line.label, partial(self.take, line.key))))
        found.extend(self._receipt_choice(view, listed=not closed))
        for form in waiting_for_seal(case):
            if form.issued_id is not None or view.handling == "by-unit":
                take = partial(self._stamped, case, form.key)
                found.append((2, Choice(f"盖章件:{form.label}", take)))
        return tuple(found)

    def _receipt_choice(self, view: EnrolmentView, *, listed: bool) -> Iterator[tuple[int, Choice]]:
        """A receipt that is wanted, where it is no line of the papers."""
        if listed and any(line.key == RECEIPT for line in view.papers):
            return
        if view.receipts.may_record:
            yield 1, Choice(view.words.receipt, partial(self.take, RECEIPT))

    def _may(self, line: PaperLine, view: EnrolmentView) -> bool:
        if PAPER_ACTS[line.key] == "payment.record":
            return may_pay(view)
        return line.state == PaperState.MISSING and view.next_act not in EARLY

    def _of_unit(self, papers: tuple[PaperLine, ...]) -> tuple[tuple[int, Choice], ...]:
        return tuple(
            (8 if line.state in THERE else 3, Choice(f"单位的{line.label}", take))
            for line in papers
            for take in (partial(self._certificate, line.key),)
        )

    def _certificate(self, key: str, source: Source) -> None:
        attach = partial(self._page.services.units.attach_paper, self._page.unit_id, key)
        self._queue.save(partial(with_file, source, attach))

    def _paper(self, case_id: int, key: str, source: Source) -> None:
        attach = partial(self._page.services.enrolments.attach_paper, case_id, key)
        self._queue.save(partial(with_file, source, attach))

    def _slip(self, case: Case, source: Source) -> None:
        if not may_pay(case.view):
            self._queue.refuse("现在还不能登记缴费。", "审核通过后再登记回单。")
            return
        dialog = RecordPaymentDialog(case, self._page)
        dialog.slip.set_source(source)
        self._open(dialog)

    def _receipt(self, case: Case, source: Source) -> None:
        if not case.view.receipts.may_record:
            self._queue.refuse("现在还不能登记票据。", f"{case.view.words.arrived}以后再登记。")
            return
        dialog = ReceiptDialog(case, self._page)
        dialog.file.set_source(source)
        self._open(dialog)

    def _stamped(self, case: Case, key: str, source: Source) -> None:
        dialog = ReceiveStampedDialog(case, self._page)
        dialog.scans[key].set_source(source)
        self._open(dialog)

    def _open(self, dialog: ActDialog) -> None:
        self._queue.open(dialog)
