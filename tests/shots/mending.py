"""Pictures of what is put right on a unit's page: 撤销, 更正, 待补正, people marked in review."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from desktop_app.services.services import Services
from desktop_app.ui.dialogs.funding_dialog import CorrectFundingDialog
from desktop_app.ui.dialogs.mending_dialogs import EffectiveDialog, void_receipt_dialog
from desktop_app.ui.dialogs.password_dialog import PasswordDialog
from desktop_app.ui.main_window import MainWindow
from tests.shots.album import Album, shown

DRAFT, REVIEW = "草稿", "待审核"


def mending(album: Album, services: Services, name: str) -> None:
    """As the clerk sees it, at the first draft."""
    with shown(MainWindow(services, album.tasks)) as window:
        page = window.open_unit(_first(services, DRAFT))
        album.settle()
        album.dialog(page.acts.dialogs.undo(), f"{name}undo")
        page.acts.corrections.ask()
        album.settle()
        album.take(page.acts.corrections.menu, f"{name}corrections")
        page.acts.corrections.menu.close()
        album.dialog(void_receipt_dialog(page.case(), page), f"{name}void-receipt")
        album.dialog(EffectiveDialog(page.case(), page), f"{name}effective")
        album.dialog(CorrectFundingDialog(page.case(), page), f"{name}correct-funding")
        locked = PasswordDialog("花名册.xlsx", "《花名册.xlsx》的打开密码不对。", window)
        album.dialog(locked, f"{name}locked-file")
        page.people.tabs.setCurrentWidget(page.people.parked)
        page.people.parked.edit()
        album.take(window, f"{name}parked")


def reviewing(album: Album, services: Services, name: str) -> None:
    """As the reviewer sees it: proof and list, two people marked, the dialog that returns them."""
    with shown(MainWindow(services, album.tasks)) as window:
        page = window.open_unit(_first(services, REVIEW))
        album.settle()
        album.dialog(page.proof.open(), f"{name}proof-and-list")
        services.reviews.mark(page.shown.case.id, (2, 3), "身份证复印件看不清")
        page.reload()
        album.settle()
        page.people.people.selectRow(1)
        album.take(window, f"{name}review-marked")
        page.people.review.mark()
        album.dialog(QApplication.activeModalWidget(), f"{name}review-mark")
        album.dialog(page.acts.dialogs.take_next(), f"{name}review-return")


def _first(services: Services, step: str) -> int:
    rows = services.units.list_units(services.schemes.current_year())
    return next(row.id for row in rows if row.step_label == step)
