"""Pictures of a draft being changed: other plans, the accounts of its money, wrong and right."""

from __future__ import annotations

from desktop_app.services.services import Services
from desktop_app.ui.dialogs.funding_dialog import FundingDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.units.unit_money import is_draft
from tests.shots.album import Album


def drafts(album: Album, services: Services, window: MainWindow, name: str) -> None:
    """Of the first unit whose case is a draft with people on its list; nothing is saved."""
    year = services.schemes.current_year()
    for unit in services.units.list_units(year):
        page = window.open_unit(unit.id)
        album.settle()
        case = page.shown.case if page.shown else None
        if case is None or not is_draft(case) or not case.people or not case.due_fen:
            continue
        album.take(window, f"{name}draft")
        plans = page.acts.dialogs.change_plans()
        album.settle()
        if plans is not None:
            tick, _spin = list(plans.grid.plans.values())[-1]
            tick.setChecked(not tick.isChecked())
            album.dialog(plans, f"{name}draft-plans")
        _funding(album, page.acts.dialogs.set_funding(), case.due_fen, name)
        return


def _funding(album: Album, dialog: FundingDialog | None, due_fen: int, name: str) -> None:
    album.settle()
    if dialog is not None:
        fields = list(dialog.fields.values())
        fields[0].setText(f"{due_fen / 100 - 100:.2f}")
        album.take(dialog, f"{name}draft-funding-short")
        fields[1].setText("100")
    album.dialog(dialog, f"{name}draft-funding")
