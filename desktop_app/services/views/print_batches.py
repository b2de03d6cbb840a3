"""A batch of forms as the print dialog and the command line see it: one line a form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.codes import PrintPartState
from desktop_app.documents.kinds import BY_KEY


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One form of one unit's case; `refusal` says why it cannot be printed now, or is empty."""

    unit: str
    enrolment_id: int | None  # None: the unit has no application that it could be of
    form_key: str
    form_label: str
    issued_id: int | None  # None: it gets its number when it is printed
    number: str
    pages: int
    copies: int  # printed before
    refusal: str = ""
    remedy: str = ""

    @property
    def further(self) -> bool:
        """Whether it stands beside the case's way: `FormService` issues it by itself."""
        return BY_KEY[self.form_key].further


@dataclass(frozen=True, slots=True)
class IssuedSheet:
    """A form that stands in the register: what it is called and how long it is."""

    id: int
    number: str
    pages: int


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """Lines in the order of the units asked for, each unit's forms together."""

    forms: tuple[tuple[str, str], ...]  # key and label of every form that may be asked for
    lines: tuple[BatchLine, ...]
    further: tuple[tuple[str, str], ...] = ()  # those beside the way of a case, the same


@dataclass(frozen=True, slots=True)
class RunLine:
    """One form of a kept batch and how far it came."""

    place: int
    unit: str
    enrolment_id: int
    form_key: str
    form_label: str
    issued_id: int | None
    number: str
    pages: int
    state: str  # db.codes.PrintPartState
    state_label: str


@dataclass(frozen=True, slots=True)
class RunView:
    """A batch on its way to the printer; `reason` is why, for what was printed before."""

    id: int
    begun_at: datetime
    begun_by: str
    copies: int
    reason: str
    ended: bool
    lines: tuple[RunLine, ...]

    @property
    def left(self) -> int:
        return sum(line.state != PrintPartState.PRINTED for line in self.lines)

    @property
    def unsure(self) -> RunLine | None:
        """The form that was at the printer when the batch was cut."""
        return next((line for line in self.lines if line.state == PrintPartState.SENT), None)

    @property
    def last_printed(self) -> RunLine | None:
        done = [line for line in self.lines if line.state == PrintPartState.PRINTED]
        return done[-1] if done else None
