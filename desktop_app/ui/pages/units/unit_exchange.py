"""上报往来 and 对照录入 of the case that a unit's page shows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from db.codes import CaseState
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.services.views.submissions import EntryPart
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.exchange_dialog import ExchangeDialog
from desktop_app.ui.dialogs.exchange_sending import ENTRANCE
from desktop_app.ui.pages.units.unit_reading import UnitReadingPage
from desktop_app.ui.remembered import remembered
from desktop_app.ui.strip.entry_strip import EntryJob, EntryStrip
from desktop_app.ui.strip.strips import strips

if TYPE_CHECKING:
    from desktop_app.services.province.exchanges import ExchangeService

NOT_YET = "这份申请还不能对照录入。", "由本机构代办的申请,审核通过后再录入。"


class UnitExchange(QObject):
    def __init__(self, page: UnitReadingPage) -> None:
        super().__init__(page)
        self._page = page

    def open(self) -> ExchangeDialog | None:
        case = self._page.case()
        if case is None or not offers_exchange(case.view):
            return None
        dialog = ExchangeDialog(case, self._page)
        dialog.strip_wanted.connect(self.open_strip)
        return opened(dialog)

    def open_strip(self, entrance: str | None = None) -> EntryStrip | None:
        """By this entrance, or the one that was used last."""
        if self._page.shown is None:  # pressed while the page is still being read
            once = Qt.ConnectionType.SingleShotConnection
            self._page.loaded.connect(partial(self.open_strip, entrance), once)
            return None
        case = self._page.case()
        if case is None or not case.view.may_send:
            self._page.banner.show_info(*NOT_YET)
            return None
        wanted = entrance or remembered.get(ENTRANCE, "")
        view = case.view
        job = EntryJob(
            f"{view.uid} {wanted}",
            view.unit_name,
            view.words.system,
            partial(read_entry, case.services.exchanges, view.id, wanted),
        )
        return strips.show(case.tasks, job, self._page, self._ask_number)

    def _ask_number(self) -> None:
        strips.close()
        window = self._page.window()
        window.raise_()
        window.activateWindow()
        self.open()


def offers_exchange(view: EnrolmentView) -> bool:
    """Whether there is anything to send, or a number that may be corrected."""
    return view.state != CaseState.VOID and (view.may_send or bool(view.business_no))


def read_entry(exchanges: ExchangeService, case_id: int, wanted: str) -> tuple[EntryPart, ...]:
    """What is typed in by the wanted entrance, or the scheme's first; runs off the GUI thread."""
    known = wanted in {one.id for one in exchanges.view(case_id).profiles}
    if known:
        remembered.put(**{ENTRANCE: wanted})
    return exchanges.entry(case_id, wanted if known else None)
