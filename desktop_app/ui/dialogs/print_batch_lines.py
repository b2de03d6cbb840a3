"""The lines of a printed batch: what became of each, and the act that makes one of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from db.codes import PrintPartState
from desktop_app.errors import FileError
from desktop_app.services.done import Done
from desktop_app.services.views.print_batches import BatchLine, IssuedSheet, RunView
from desktop_app.ui.printing import NOT_TAKEN, PRINT_DPI, PrintJob, print_pages
from desktop_app.ui.rows_model import Column

if TYPE_CHECKING:
    from desktop_app.services.services import Services

WAITS, PRINTED, KEPT, REFUSED = "待打印", "已打印", "已存PDF", "不能打印"
BEFORE, UNSURE = "以前已印", "没有印完"
_STATES = {
    PrintPartState.WAITS: WAITS,
    PrintPartState.SENT: UNSURE,
    PrintPartState.PRINTED: PRINTED,
}


@dataclass(slots=True)
class Sheet:
    """One line of the batch and what became of it in this dialog."""

    line: BatchLine
    state: str
    number: str
    place: int = 0  # in the kept batch; 0 where it is not in one

    @property
    def waits(self) -> bool:
        return self.state == WAITS

    @property
    def note(self) -> str:
        if self.line.refusal:
            return f"{self.line.refusal}{self.line.remedy}"
        return f"以前打印过 {self.line.copies} 份" if self.line.copies else ""

    @property
    def tone(self) -> str:
        """That a form beside the way is not of a unit is no fault of the unit's case."""
        if self.line.refusal:
            return "quiet" if self.line.further else "late"
        return TONES.get(self.state, "late")


TONES = {WAITS: "", BEFORE: "quiet", PRINTED: "good", KEPT: "good"}
COLUMNS: tuple[Column[Sheet], ...] = (
    Column("单位", lambda s: s.line.unit, None, 220),
    Column("单据", lambda s: s.line.form_label, None, 190),
    Column("编号", lambda s: s.number, None, 150),
    Column("页数", lambda s: str(s.line.pages or ""), lambda s: s.line.pages, 50, right=True),
    Column("", lambda s: s.state, None, 76, lambda s: s.tone),
    Column("说明", lambda s: s.note, None, 300, lambda s: s.tone if s.line.refusal else "quiet",
           wide=True),
)  # fmt: skip


def sheet_of(line: BatchLine, again: bool) -> Sheet:
    """A form that has been printed waits only where it is wanted once more."""
    if line.refusal:
        return Sheet(line, REFUSED, line.number)
    return Sheet(line, BEFORE if line.copies and not again else WAITS, line.number)


def sheets_of(run: RunView) -> tuple[Sheet, ...]:
    """The forms of a kept batch, each as far as it came."""
    return tuple(
        Sheet(
            BatchLine(
                one.unit, one.enrolment_id, one.form_key, one.form_label, one.issued_id,
                one.number, one.pages, 0,
            ),
            _STATES[PrintPartState(one.state)],
            one.number,
            one.place,
        )
        for one in run.lines
    )  # fmt: skip


def print_part(services: Services, batch_id: int, sheet: Sheet, job: PrintJob) -> Done[IssuedSheet]:
    """Issue the form as the case is now, print it, count its copies; off the GUI thread.

    It is marked as sent before the printer gets it: cut in between, the clerk is asked.
    """
    runs, place = services.print_runs, sheet.place
    sent = runs.send(batch_id, place)
    issued = services.prints.get(sent.value)
    pages = partial(services.prints.page_images, issued.id, dpi=PRINT_DPI)
    record = partial(runs.printed, batch_id, place, job.printer)
    try:
        done = print_pages(pages, job, f"{sheet.line.form_label} {issued.number}", record)
    except FileError as error:
        if error.code == NOT_TAKEN:
            runs.take_back(batch_id, place)
        raise
    return Done(issued, sent.changed | done.changed)


def keep_line(services: Services, line: BatchLine, folder: Path) -> Done[IssuedSheet]:
    """Issue the form and keep its bytes as a file named by number and unit; off the GUI thread."""
    assert line.enrolment_id is not None  # without an application it is refused in the plan
    if line.further:
        done = services.forms.issue(line.form_key, line.enrolment_id)
    else:
        done = services.prints.issue(line.enrolment_id, line.form_key)
    services.prints.save_in(done.value, folder)
    return Done(services.prints.get(done.value), done.changed)
