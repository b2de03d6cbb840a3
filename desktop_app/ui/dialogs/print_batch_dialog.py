"""批量打印: the forms of the marked units one after another, in the list's order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QHBoxLayout, QLineEdit, QWidget

from db.codes import PrintReason
from desktop_app.errors import FileError, UserError
from desktop_app.services.done import Done
from desktop_app.services.views.print_batches import OF_BATCH, BatchPlan, IssuedSheet, RunView
from desktop_app.ui.dialogs.batch_base import BatchDialog
from desktop_app.ui.dialogs.fields import ask_folder
from desktop_app.ui.dialogs.print_batch_left import LastGood, LeftStrip
from desktop_app.ui.dialogs.print_batch_lines import (
    COLUMNS,
    KEPT,
    PRINTED,
    REFUSED,
    UNSURE,
    Sheet,
    keep_line,
    print_part,
    sheet_of,
    sheets_of,
)
from desktop_app.ui.dialogs.print_batch_ticks import FormTicks
from desktop_app.ui.dialogs.printer_fields import NO_PRINTER, PrinterFields
from desktop_app.ui.printing import PrintJob
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services

# What somebody is at keeps the keys: a form is ticked by the space bar, which also presses 打印.
HELD = (QCheckBox, QAbstractItemView, QLineEdit)


class PrintBatchDialog(BatchDialog):
    """Each form is issued, printed and counted before the next: a stop loses and doubles nothing.

    The batch is kept: one that was stopped or cut is offered again, and after a paper jam the
    last good form is named and printing goes on behind it.
    """

    ended = Signal()

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        unit_ids: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        title = f"批量打印 · {len(unit_ids)} 家单位"
        super().__init__(services, tasks, title, "正在看哪些可以打印…", parent)
        self._units = tuple(unit_ids)
        self._job: PrintJob | None = None
        self._kept_in = Path()
        self._batch = 0  # kept under this number
        self._copies = 1
        self._at = 0
        self._ticket = 0
        self._giving_up = False  # once the last good form is named
        self._reading = False  # what is shown is not what is ticked
        self._made: list[str] = []  # the numbers that came out since printing was begun last
        self.ticks = FormTicks()
        self.ticks.changed.connect(self.read)
        self.again = self._again()
        self.table: RowsTable[Sheet] = RowsTable(COLUMNS, name="要打印的单据", sortable=False)
        self.table.set_empty("没有可以打印的单据。请在上面勾选单据。")
        self.whole = label("", tone="late", wrap=True)  # why the chosen one is refused
        self.whole.hide()
        self.left = LeftStrip(services, tasks)
        self.left.wanted.connect(self._take_up)
        self.left.unsure.connect(self._give_up_unsure)
        self.good = LastGood()
        self.good.wanted.connect(self.go_on_behind)
        self.good.unnamed.connect(self._ask_for_the_last)
        shown = (self.left, self.ticks, self.again, self.busy, self.table, self.whole)
        self._lay_out(*shown, self.good, self._foot())
        self.table.chosen.connect(self._on_chosen)
        self.work_turned.connect(self._show_work)
        self.read()

    def _again(self) -> QCheckBox:
        box = QCheckBox("以前打印过的也再打印(&A)")
        box.setAccessibleName("以前打印过的也再打印")
        box.hide()
        box.toggled.connect(self.read)
        return box

    def _foot(self) -> QHBoxLayout:
        self.printing = PrinterFields(self._tasks)
        self.printing.known.connect(self._show_counts)
        self.save_button = button("另存PDF(&S)…", self._choose_folder, name="另存PDF")
        self.print_button = main_button("打印", self.print_)
        self.print_button.setEnabled(False)
        foot = QHBoxLayout()
        foot.addWidget(self.printing, 1)
        foot.addWidget(self.save_button)
        foot.addStretch(0)
        foot.addWidget(self.close_button)
        foot.addWidget(self.print_button)
        return foot

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return self.table.rows_model.rows

    def read(self) -> None:
        """Look anew at what can be printed of the forms that are ticked."""
        wanted = self.ticks.wanted()
        self._tasks.drop(self._ticket)
        self._reading = True
        self._show_buttons(0)
        self.busy.start("正在看哪些可以打印…", may_cancel=False)
        self._ticket = self._tasks.read(
            self,
            partial(self._services.print_batches.plan, self._units, wanted),
            self._show,
            on_error=unread(self._failed, self.table),
            on_step=self.busy.step,
            on_ended=self._read_ended,
        )

    def _read_ended(self) -> None:
        self._reading = False
        self.busy.end()

    def print_(self) -> None:
        self.print_to(self.printing.job())

    def print_to(self, job: PrintJob) -> None:
        """Print every form that waits, each with its copies, then the next one's."""
        self._start(job, Path())

    def save_to(self, folder: Path) -> None:
        """Every form that waits as a file of its own; numbered, but not counted as printed."""
        self._start(None, folder)

    def go_on_behind(self, last_good: str) -> None:
        """What came out behind the form with this number is printed again, what did not now."""
        if self._working or not self._batch:
            return
        runs, printer = self._services.print_runs, self.printing.job().printer
        call = partial(runs.go_on_behind, self._batch, last_good, printer)
        self._tasks.save(
            self,
            call,
            self._on_named,
            on_error=self.banner.show_failure,
        )

    def _give_up_unsure(self, run: RunView) -> None:
        """What the printer got last may lie in its tray: that is asked before it is given up."""
        self._take_up(run)
        self._giving_up = True
        self.good.end_then(True)

    def _on_named(self, left: int) -> None:
        if not self._giving_up:
            self._reread(then_print=True)
            return
        if left:
            self._tasks.save(
                self, partial(self._services.print_runs.end, self._batch), self._on_given_up
            )
        else:
            self._on_given_up(None)

    def _on_given_up(self, _done: object) -> None:
        self._giving_up = False
        self.good.end_then(False)
        self.banner.show_good("剩下的不打了。")
        self.ticks.show()
        self.read()

    def _ask_for_the_last(self) -> None:
        self.banner.show_warning(
            "没有填最后一张好的是哪一张。",
            "请照它右上角的编号填,或在表里选那一张;一张好的都没有就填 0。",
        )

    def _start(self, job: PrintJob | None, folder: Path) -> None:
        if job is not None and self.printing.asks_still(self.banner):
            return
        self._job, self._kept_in = job, folder
        self._stopping, self._at, self._made = False, 0, []
        self.banner.clear()
        waiting = [sheet for sheet in self.sheets if sheet.waits]
        if job is None or all(sheet.place for sheet in waiting):
            self._next()
            return
        lines = [sheet.line for sheet in waiting]
        forms = [(one.enrolment_id, one.form_key) for one in lines if one.enrolment_id is not None]
        reason = self.printing.reason_or(PrintReason.EXTRA)
        begin = partial(self._services.print_runs.begin, forms, job.copies, reason)
        self._copies = job.copies
        self._tasks.save(self, begin, partial(self._on_begun, waiting), on_error=self._end_with)

    def _on_begun(self, waiting: Sequence[Sheet], batch_id: int) -> None:
        self._batch = batch_id
        for place, sheet in enumerate(waiting, start=1):
            sheet.place = place
        self._next()

    def _take_up(self, run: RunView) -> None:
        """Go on with a batch that was begun before."""
        self._tasks.drop(self._ticket)
        self._read_ended()
        self._show_run(run)
        self.again.hide()
        self.ticks.hide()

    def _show_run(self, run: RunView) -> None:
        self._batch, self._copies = run.id, run.copies
        self.printing.copies.setValue(run.copies)
        self.table.set_rows(sheets_of(run))
        self.good.number.clear()  # the first row is chosen by the table, not by the clerk
        if run.unsure is not None:
            self.banner.show_warning(
                f"打到 {run.unsure.number} 时中断了,它有没有印好还不知道。",
                "请看打印机里最后一张好的是哪一张,填它的编号,再接着打。",
            )
        self._show_counts()
        if run.unsure is not None:
            self.good.number.setFocus()

    def _reread(self, then_print: bool = False) -> None:
        """The kept batch as it stands now."""

        def on_read(run: RunView) -> None:
            self._show_run(run)
            if then_print and run.left:
                self.print_()

        get = partial(self._services.print_runs.get, self._batch)
        self._tasks.read(self, get, on_read, on_error=self.banner.show_failure)

    def _on_chosen(self, sheet: Sheet | None) -> None:
        self.whole.setText(sheet.note if sheet is not None and sheet.line.refusal else "")
        self.whole.setVisible(bool(self.whole.text()))
        if sheet is not None and sheet.state in (PRINTED, UNSURE) and not self._working:
            self.good.number.setText(sheet.number)

    def _next(self) -> None:
        sheets = self.sheets
        self._at = next((i for i in range(self._at, len(sheets)) if sheets[i].waits), len(sheets))
        if self._stopping or self._at == len(sheets):
            self._end()
            return
        sheet = sheets[self._at]
        call: Callable[[], Done[IssuedSheet]]
        if self._job is not None:
            job = replace(self._job, copies=self._copies)
            call = partial(print_part, self._services, self._batch, sheet, job)
        else:
            call = partial(keep_line, self._services, sheet.line, self._kept_in)
        self._work_on(self._at, call, self._on_made, self._on_refused)

    def _on_made(self, issued: IssuedSheet) -> None:
        sheet = self.sheets[self._at]
        sheet.state, sheet.number = PRINTED if self._job else KEPT, issued.number
        sheet.line = replace(sheet.line, issued_id=issued.id, pages=issued.pages)
        self._made.append(issued.number)
        self._at += 1
        self._next()

    def _on_refused(self, error: BaseException) -> None:
        """A rule stops one form; a printer, a folder, the store or its batch stops them all."""
        of_batch = isinstance(error, UserError) and error.code in OF_BATCH
        if isinstance(error, UserError) and not isinstance(error, FileError) and not of_batch:
            sheet = self.sheets[self._at]
            sheet.line = replace(sheet.line, refusal=error.message, remedy=error.remedy)
            sheet.state = REFUSED
            self._at += 1
            self._next()
            return
        self._end_with(error)

    def _end_with(self, error: BaseException) -> None:
        self._end()
        if self._batch:
            self._reread()
        self.banner.show_failure(error)

    def _end(self) -> None:
        self.table.viewport().update()
        self._show_counts()
        if self._made:
            told = f"已完成 {len(self._made)} 张,最后一张 {self._made[-1]}。"
            self.banner.show_good(told, self._all_told())
        if self._job and self._batch and not any(sheet.waits for sheet in self.sheets):
            self._give_up_refused()
        self.ended.emit()

    def _all_told(self) -> str:
        """What stands beside the count of those that came out now."""
        left = sum(sheet.waits for sheet in self.sheets)
        if left:
            return f"还有 {left} 张没有打印。"
        if not self._job:
            return str(self._kept_in)
        printed = sum(sheet.state == PRINTED for sheet in self.sheets)
        return f"连同前面打好的,这一批共 {printed} 张。" if printed > len(self._made) else ""

    def _give_up_refused(self) -> None:
        """What a rule stopped is not offered again as something that was cut."""
        if any(sheet.place and sheet.state == REFUSED for sheet in self.sheets):
            self._tasks.save(
                self, partial(self._services.print_runs.end, self._batch), lambda _done: None
            )

    def _show_work(self, working: bool) -> None:
        if working:
            self.busy.start("正在打印…" if self._job else "正在存PDF…")
            self.busy.step(self._at, len(self.sheets))
        for widget in (self.again, self.ticks):
            widget.setEnabled(not working)
        self._show_counts()

    def _show(self, plan: BatchPlan) -> None:
        self.ticks.offer(plan)
        self._batch = 0
        self.table.set_rows(tuple(sheet_of(line, self.again.isChecked()) for line in plan.lines))
        self.again.setVisible(any(line.copies for line in plan.lines))
        self._show_counts()

    def _show_counts(self) -> None:
        waiting = [sheet for sheet in self.sheets if sheet.waits]
        refused = sum(bool(sheet.line.refusal) for sheet in self.sheets)
        printed = sum(sheet.state in (PRINTED, UNSURE) for sheet in self.sheets)
        more = f";{refused} 张现在不能打印,原因在表里" if refused else ""
        self.sentence.setText(f"要打印 {len(waiting)} 张{more}。")
        self.printing.ask_why(any(sheet.line.copies for sheet in waiting))
        self.good.setVisible(bool(printed and self._batch) and not self._working)
        self._show_buttons(len(waiting))

    def _show_buttons(self, waiting: int) -> None:
        unsure = any(sheet.state == UNSURE for sheet in self.sheets)
        idle = bool(waiting) and not self._working and not self._reading and not unsure
        self.save_button.setEnabled(idle)
        if not self.printing.has_printer:
            self.print_button.setText(NO_PRINTER)
            self.print_button.setEnabled(False)
            return
        self.print_button.setText(f"打印 {waiting} 张" if waiting else "打印")
        self.print_button.setEnabled(idle)
        if idle and not isinstance(self.focusWidget(), HELD):
            self.print_button.setFocus()

    def _choose_folder(self) -> None:
        folder = ask_folder(self, "PDF存到哪个文件夹")
        if folder is not None:
            self.save_to(folder)

    def _failed(self, error: BaseException) -> None:
        self.sentence.setText("没有看成哪些可以打印。")
        self.banner.show_failure(error)
