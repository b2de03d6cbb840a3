"""What each further form of a unit says."""

from __future__ import annotations

from desktop_app.documents.forms.units import FieldSheet
from desktop_app.services.forms.asking import Asked


def field_sheet(asked: Asked) -> FieldSheet:
    return FieldSheet(**asked.begin())
