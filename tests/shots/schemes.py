"""Pictures of the scheme editor on a draft: parts, a fault, the comparison."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from desktop_app import sample_office
from desktop_app.domain.scheme_editor.scheme_draft import SchemeDraft
from desktop_app.domain.scheme_editor.scheme_terms import PARTS
from desktop_app.services.services import Services
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.schemes.scheme_editor import SchemeEditor
from tests.shots.album import Album, desk, shown


def draft_a_scheme(sample: Path) -> None:
    """A draft in which values are others, a step is new and one is moved."""
    login, _name, _role, password = sample_office.SAMPLE_USERS[2]
    with desk(sample, login, password) as services:
        editing = services.scheme_editing
        made = editing.new_draft(editing.list_versions()[0].id).value
        draft = SchemeDraft(editing.text_of(made).text)
        draft.edit("eligibility.max_age", 63)
        draft.edit("participation.min_share", "75/100")
        step = draft.copy("claims.steps[1]")
        draft.edit(f"{step}.label", "公示(演示)")
        draft.move("papers[2]", 1)
        editing.save_text(made, draft.text)


def schemes(album: Album, services: Services) -> None:
    """The editor on a draft: some parts, a fault, the text, the comparison."""
    with shown(MainWindow(services, album.tasks)) as window:
        window.go("schemes")
        card = window.page("more").schemes
        album.settle()
        lines = services.scheme_editing.list_versions()
        card.open_version(next(line.id for line in lines if not line.draft))
        album.settle()
        card.editor.parts.setCurrentRow(list(PARTS).index("benefits"))
        album.take(window, "scheme-locked")
        card.show_list()
        draft = next((line for line in lines if line.draft), None)
        if draft is None:
            return
        card.open_version(draft.id)
        album.settle()
        for row in range(card.editor.parts.count()):
            card.editor.parts.setCurrentRow(row)
            album.take(window, f"scheme-{card.editor.part}")
        card.editor.parts.setCurrentRow(list(PARTS).index("steps"))
        card.editor.form.go_to("steps.on-behalf[1].requires")
        album.take(window, "scheme-requirements")
        for part in ("coverage", "benefits", "steps"):
            _add_blocks(album, window, card.editor, part)
        card.editor.parts.setCurrentRow(1)
        card.editor.form.edited.emit("eligibility.min_age", 99)
        album.take(window, "scheme-fault")
        album.dialog(card._ask_activation(draft), "scheme-activate")
        card.show_list()
        card.table.selectAll()
        card.compare()
        album.take(window, "scheme-compare")


def _add_blocks(album: Album, window: MainWindow, editor: SchemeEditor, part: str) -> None:
    """The menu of what a part may still have, and the last of it added and left to be filled."""
    editor.parts.setCurrentRow(list(PARTS).index(part))
    album.settle()
    adder = next(b for b in editor.form.findChildren(QPushButton) if b.menu() is not None)
    album.take(adder.menu(), f"scheme-{part}-menu")
    adder.menu().actions()[-1].trigger()
    album.take(window, f"scheme-{part}-added")
