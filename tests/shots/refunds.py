"""Pictures of money asked back, and of what a unit whose case is done may begin."""

from __future__ import annotations

from db.codes import CaseState
from desktop_app.services.services import Services
from desktop_app.services.views.enrolments import EnrolmentRow
from desktop_app.ui.dialogs.refund_dialogs import RefundArrivedDialog, RefundDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.home.home_page import HomePage
from desktop_app.ui.pages.units.unit_page import UnitPage
from tests.shots.album import Album, shown


def refunds(album: Album, services: Services, window: MainWindow, name: str) -> None:
    """Asked back of the first case whose money is there, as the page and the board tell it."""
    row = next(one for one in _rows(services) if _has_money(services, one.id))
    page = _opened(album, window, row)
    case = page.case()
    if case is None:
        return
    asking = RefundDialog(case, page)
    asking.amount.setText("50.00")
    asking.reason.setText("省办退回1人,会费退还单位")
    asking.show()
    album.dialog(asking, f"{name}refund-ask")
    services.refunds.ask(row.id, 5_000, case.today, "省办退回1人,会费退还单位")
    page.reload()
    album.take(window, f"{name}refund-waits")
    arriving = RefundArrivedDialog(case, page)
    arriving.show()
    album.dialog(arriving, f"{name}refund-arrived")
    album.dialog(page.acts.dialogs.cancel_refund(), f"{name}refund-cancel")
    with shown(HomePage(services, album.tasks)) as home:
        album.take(home, f"{name}refund-on-the-board")
    services.refunds.cancel(row.id, "金额写错了")
    view = services.enrolments.get(row.id)
    services.refunds.ask(row.id, view.paid_fen, case.today, "单位不办了")
    page.reload()
    album.take(window, f"{name}refund-of-all-is-short")


def offers(album: Album, services: Services, window: MainWindow, name: str) -> None:
    """A unit whose case is done: more people; one whose case is under way: nobody is added."""
    done = next(one for one in _rows(services) if one.state == CaseState.FINISHED)
    page = _opened(album, window, done)
    album.take(window, f"{name}offers-done")
    album.dialog(page.acts.dialogs.start_enrolment(), f"{name}offers-add-people")


def _opened(album: Album, window: MainWindow, row: EnrolmentRow) -> UnitPage:
    page = window.open_unit(row.unit_id)
    album.settle()
    return page


def _rows(services: Services) -> tuple[EnrolmentRow, ...]:
    return services.enrolments.list_enrolments(services.schemes.current_year())


def _has_money(services: Services, case_id: int) -> bool:
    ways = services.corrections.list_offers(case_id)
    return any(one.key == "refund" and one.may for one in ways)
