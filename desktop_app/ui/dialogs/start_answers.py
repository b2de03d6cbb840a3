"""What an office answers at its start, of both sets of fields: the draft, and where it is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.services.drafts import StartDraft
from desktop_app.ui.dialogs.figure_fields import FigureFields
from desktop_app.ui.dialogs.start_fields import StartFields

_OF_START = ("scheme", "year", "people")


@dataclass(frozen=True, slots=True)
class StartAnswers:
    """The scheme with year and aim, and the open figures with their document."""

    start: StartFields
    figures: FigureFields

    def draft(self, scheme: str) -> StartDraft:
        """Everything as typed.

        Raises:
            UserError: `where` is a field of `start`, a figure's key path or `document`.
        """
        values = self.figures.values()
        return StartDraft(
            scheme,
            self.start.year_value(),
            self.start.aim_value(),
            values,
            self.figures.document_text(bool(values)),
        )

    def field_of(self, where: str | None) -> StartFields | FigureFields | None:
        """Which of both holds the place that a refusal points to."""
        if where in _OF_START:
            return self.start
        return self.figures if where == "document" or where in self.figures.fields else None
