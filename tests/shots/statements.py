"""Pictures of bank statements: the page without any, a file looked at, what is asked, the lines."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from desktop_app.services.money.statement_drafts import StatementDraft
from desktop_app.services.samples.statements import make_statements
from desktop_app.services.services import Services
from desktop_app.ui.dialogs.statement_dialog import StatementDialog
from desktop_app.ui.main_window import MainWindow
from tests.shots.album import Album, shown

FIRST = date(2026, 11, 1)
UNKNOWN = "账号:,9990001234567890123\n哪天,多少钱,谁\n20261103,60.00,演示镇中心小学(演示)\n"
TWICE = (
    "账号:,9990001234567890123\n日期,收入,对方户名,摘要\n"
    "20261121,12.34,演示银行,结息\n20261122,88.00,演示县水利站(演示),会费\n"
)


def statements(album: Album, services: Services, name: str) -> None:
    with tempfile.TemporaryDirectory() as made, shown(MainWindow(services, album.tasks)) as window:
        folder = Path(made)
        month = make_statements(folder, FIRST)
        window.show_page("reports")
        page = window.page("reports")
        page.show_tab("statements")
        album.take(window, f"{name}statements-none")
        album.dialog(page.statements.take((month[0],)), f"{name}statement-new")
        for path in month[:2]:
            services.statements.store_file(StatementDraft(path, new_account=True))
        page.statements.reload()
        album.take(window, f"{name}statements")
        album.dialog(page.statements.take((month[6],)), f"{name}statement-overlaps")
        _asked(album, page.statements.take((_file(folder, "没有见过.csv", UNKNOWN),)), name)
        again = page.statements.take((_file(folder, "下午.csv", TWICE),))
        album.dialog(again, f"{name}statement-doubtful")
        album.dialog(page.statements.take_back(), f"{name}statement-back")


def _asked(album: Album, dialog: StatementDialog | None, name: str) -> None:
    assert dialog is not None
    album.take(dialog, f"{name}statement-unknown")
    album.dialog(dialog.columns.check(), f"{name}statement-columns")
    dialog.reject()
    album.settle()


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8-sig")
    return path
