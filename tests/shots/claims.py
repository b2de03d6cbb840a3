"""Pictures of claims and of every act on them; their worksheets and receipts."""

from __future__ import annotations

from desktop_app.services.services import Services
from desktop_app.ui.main_window import MainWindow
from tests.shots.album import Album, form_pages, shown


def claims(album: Album, services: Services) -> None:
    with shown(MainWindow(services, album.tasks)) as window:
        page = window.show_page("claims")
        album.settle()
        album.dialog(page.register(), "claim-register")
        for row in services.claims.list_claims():
            if services.claims.get(row.id).fields:
                services.claims.figure(row.id, {"total_fen": 1_260_000, "own_fen": 431_275})
            page.open_claim(row.id)
            album.take(window, f"claim-{row.step_label}")
            for act in ("claim.type-amount", "claim.figure", "claim.decide", "claim.arrive"):
                album.dialog(page.take(act), f"{act}-{row.step_label}")
            for act in ("claim.send-back", "claim.refuse", "claim.pay", "claim.void"):
                album.dialog(page.take(act), f"{act}-{row.step_label}")
            album.dialog(page.take("claim.enter-number"), f"claim-number-{row.step_label}")
            album.dialog(page.show_worksheet(), f"claim-worksheet-{row.step_label}")
            view = services.claims.get(row.id)
            if view.worksheet:
                issued = services.claim_prints.issue_worksheet(row.id).value
                form_pages(album, services, f"worksheet-{row.id}", issued)
            if any(paper.state != "missing" for paper in view.papers):
                issued = services.claim_prints.issue_receipt(row.id).value
                form_pages(album, services, f"claim-receipt-{row.id}", issued)
