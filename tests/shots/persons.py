"""Pictures of 查询: a person with much, a person with nothing, the box on top, a list searched."""

from __future__ import annotations

from typing import Any

from desktop_app.services.services import Services
from desktop_app.services.views.search import Hit
from desktop_app.ui.main_window import MainWindow


def persons(album: Any, services: Services, window: MainWindow, name: str) -> None:
    page: Any = window.show_page("find")
    album.take(window, f"{name}find-empty")
    claim = services.claims.list_claims()[-1]
    page.text.setText(claim.person)
    page.ask()
    album.take(window, f"{name}find-person")
    card = page.person
    for table, shown in (
        (card.cases, "years"),
        (card.claims, "claims"),
        (card.history, "history"),
    ):
        card.tabs.setCurrentWidget(table)
        album.take(window, f"{name}find-{shown}")
    album.dialog(page.register_claim(), f"{name}find-register-claim")
    window.open_hit(_not_yet_covered(services))
    album.take(window, f"{name}find-nothing")
    page.text.setText("没有这个人")
    page.ask()
    album.take(window, f"{name}find-nobody")
    _list(album, services, window, name)


def _not_yet_covered(services: Services) -> Hit:
    """Somebody of an open case: no cover, no claim."""
    hits = [hit for hit in services.search.find("王", 200) if hit.kind == "member"]
    without = [hit for hit in hits if not services.persons.get(hit.id).covers]
    return (without or hits)[0]


def _list(album: Any, services: Services, window: MainWindow, name: str) -> None:
    rows = services.enrolments.list_enrolments(services.schemes.current_year())
    row = max(rows, key=lambda one: one.people)
    page: Any = window.open_unit(row.unit_id, row.id)
    album.settle()
    page.people.search.setText("王")
    page.people.look()
    album.take(window, f"{name}find-in-list")
    page.people.search.clear()
