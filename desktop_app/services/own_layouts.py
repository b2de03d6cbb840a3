"""An office's own layouts, kept among its settings and so in its backups."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models.office import OfficeSetting
from desktop_app.documents.layout_files import carried_template, kept_template
from desktop_app.documents.template import Template


def setting_of(layout: str) -> str:
    return f"layout:{layout}"


def own_text(session: Session, layout: str) -> str | None:
    """The office's own layout; None where the one that is carried goes."""
    row = session.get(OfficeSetting, setting_of(layout))
    return None if row is None or row.value is None else str(row.value)


def copies_of(session: Session, layout: str) -> int:
    """How many copies are printed at first."""
    own = own_layout(session, layout)
    return own[0].copies if own else carried_template(layout).copies


def own_layout(session: Session, layout: str) -> tuple[Template, str] | None:
    """The office's own layout, read, and its text."""
    text = own_text(session, layout)
    return None if text is None else (kept_template(text, layout), text)
