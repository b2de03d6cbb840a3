"""The forms of a unit, most of them to be filled in by pen: the sheet for people on the spot."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.documents.forms.parts import TitledForm
from desktop_app.documents.sheet import Content, Rows


@dataclass(frozen=True, slots=True)
class FieldSheet(TitledForm):
    """现场登记表: empty rows for people who are written down away from the desk."""

    rows: int = 18


def field_sheet(form: FieldSheet) -> Content:
    rows = [(str(number), "", "", "", "", "") for number in range(1, form.rows + 1)]
    fields = ("no", "name", "identity", "phone", "plans", "signed")
    return Content({"title": form.title}, {"people": Rows(fields, rows)})
