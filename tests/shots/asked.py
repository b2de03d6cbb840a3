"""Pictures of what a unit's page asks about: people who were sent back, a scan let go on it."""

from __future__ import annotations

from typing import Any

from PIL import Image

from desktop_app.ui.dialogs.what_is_dialog import WhatIsDialog


def sent_back(album: Any, page: Any, name: str) -> None:
    """The tab and its three dialogs, where somebody waits."""
    people = page.people.sent_back.table.rows_model.rows
    if not people:
        return
    page.people.turn_to_sent_back()
    album.take(page.window(), f"{name}sent-back")
    dialogs = page.acts.dialogs
    album.dialog(dialogs.correct_person(people[0]), f"{name}sent-back-correct")
    album.dialog(dialogs.resend_people(tuple(people)), f"{name}sent-back-resend")
    album.dialog(dialogs.withdraw_people(tuple(people)), f"{name}sent-back-withdraw")


def what_is_it(album: Any, page: Any, name: str) -> None:
    """A scan let go anywhere on the page is asked about."""
    scan = album.folder / "扫描件.png"
    Image.new("L", (400, 560), 255).save(scan)
    page.acts.files.take((scan,))
    album.settle()
    (asked,) = (one for one in page.findChildren(WhatIsDialog) if one.isVisible())
    album.dialog(asked, f"{name}what-is-it")
    scan.unlink()
