"""批量打印: the forms of the marked units one after another, in the list's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from db.codes import PrintReason
from desktop_app.errors import FileError, UserError
from desktop_app.services.views.print_batches import BatchPlan
from desktop_app.ui.dialogs.batch_base import BatchDialog
from desktop_app.ui.dialogs.fields import ask_folder
from desktop_app.ui.dialogs.print_batch_lines import (
    COLUMNS,
    KEPT,
    PRINTED,
    REFUSED,
    WAITS,
    Issued,
    Sheet,
    keep_line,
    print_line,
    sheet_of,
)
from desktop_app.ui.dialogs.printer_fields import NO_PRINTER, PrinterFields
from desktop_app.ui.printing import PrintJob
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services

USUAL = ("payment-notice", "application", "member-list")


class PrintBatchDialog(BatchDialog):
    """Each form is issued, printed and counted before the next: a stop loses and doubles nothing.

    After a paper jam the last good form is chosen in the list; printing goes on behind it.
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
        self._at = 0
        self._ticket = 0
        self.ticks: dict[str, QCheckBox] = {}
        self.forms = QHBoxLayout()
        self.again = QCheckBox("以前打印过的也再打印(&A)")
        self.again.setAccessibleName("以前打印过的也再打印")
        self.again.hide()
        self.again.toggled.connect(self.read)
        self.table: RowsTable[Sheet] = RowsTable(COLUMNS, name="要打印的单据", sortable=False)
        self.table.set_empty("没有可以打印的单据。请在上面勾选单据。")
        self._lay_out(self.forms, self.again, self.busy, self.table, self._foot())
        self.table.chosen.connect(lambda _sheet: self._show_counts())
        self.work_turned.connect(self._show_work)
        self.read()

    def _foot(self) -> QHBoxLayout:
        self.printing = PrinterFields(self._tasks)
        self.printing.known.connect(self._show_counts)
        self.behind_button = button(
            "从选中的下一张接着打(&R)", self.go_on_behind, name="从选中的下一张接着打"
        )
        self.behind_button.setToolTip("卡纸、缺墨时用:选中最后一张好的,从它后面重新打印")
        self.save_button = button("另存PDF(&S)…", self._choose_folder, name="另存PDF")
        self.print_button = main_button("打印", self.print_)
        self.print_button.setEnabled(False)
        foot = QHBoxLayout()
        foot.addWidget(self.printing, 1)
        for widget in (self.behind_button, self.save_button):
            foot.addWidget(widget)
        foot.addStretch(0)
        foot.addWidget(self.close_button)
        foot.addWidget(self.print_button)
        return foot

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return self.table.rows_model.rows

    def read(self) -> None:
        """Look anew at what can be printed of the forms that are ticked."""
        wanted = self.wanted()
        self._tasks.drop(self._ticket)
        self.busy.start("正在看哪些可以打印…", may_cancel=False)
        self._ticket = self._tasks.read(
            self,
            partial(self._services.print_batches.plan, self._units, wanted),
            self._show,
            on_error=self._failed,
            on_step=self.busy.step,
            on_ended=self.busy.end,
        )

    def wanted(self) -> tuple[str, ...]:
        if not self.ticks:
            return USUAL
        return tuple(key for key, tick in self.ticks.items() if tick.isChecked())

    def print_(self) -> None:
        self.print_to(self.printing.job())

    def print_to(self, job: PrintJob) -> None:
        """Print every form that waits, each with its copies, then the next one's."""
        self._start(job, Path())

    def save_to(self, folder: Path) -> None:
        """Every form that waits as a file of its own; numbered, but not counted as printed."""
        self._start(None, folder)

    def go_on_behind(self) -> None:
        """What lies behind the chosen one waits again; a copy already counted was spoilt."""
        at = self.table.currentIndex().row()
        for sheet in self.sheets[at + 1 :]:
            if sheet.state == PRINTED:
                sheet.state, sheet.line = WAITS, replace(sheet.line, copies=sheet.line.copies + 1)
        self.printing.choose_reason(PrintReason.JAM)
        self.print_()

    def _start(self, job: PrintJob | None, folder: Path) -> None:
        self._job, self._kept_in = job, folder
        self._stopping, self._at = False, 0
        self.banner.clear()
        self._next()

    def _next(self) -> None:
        sheets = self.sheets
        self._at = next((i for i in range(self._at, len(sheets)) if sheets[i].waits), len(sheets))
        if self._stopping or self._at == len(sheets):
            self._end()
            return
        line = sheets[self._at].line
        if self._job is not None:
            reason = self.printing.reason.value()
            call = partial(print_line, self._services, line, self._job, reason)
        else:
            call = partial(keep_line, self._services, line, self._kept_in)
        self._work_on(self._at, call, self._on_made, self._on_refused)

    def _on_made(self, issued: Issued) -> None:
        sheet = self.sheets[self._at]
        sheet.state, sheet.number = PRINTED if self._job else KEPT, issued.number
        sheet.line = replace(sheet.line, issued_id=issued.issued_id)
        self._at += 1
        self._next()

    def _on_refused(self, error: BaseException) -> None:
        """A rule stops one form; a printer, a folder or the store stops them all."""
        if isinstance(error, UserError) and not isinstance(error, FileError):
            sheet = self.sheets[self._at]
            sheet.line = replace(sheet.line, refusal=error.message, remedy=error.remedy)
            sheet.state = REFUSED
            self._at += 1
            self._next()
            return
        self._end()
        self.banner.show_failure(error)

    def _end(self) -> None:
        self.table.viewport().update()
        self._show_counts()
        made = [sheet for sheet in self.sheets if sheet.state in (PRINTED, KEPT)]
        if made:
            left = sum(sheet.waits for sheet in self.sheets)
            kept = "" if self._job else str(self._kept_in)
            more = f"还有 {left} 张没有打印。" if left else kept
            self.banner.show_good(f"已完成 {len(made)} 张,最后一张 {made[-1].number}。", more)
        self.ended.emit()

    def _show_work(self, working: bool) -> None:
        if working:
            self.busy.start("正在打印…" if self._job else "正在存PDF…")
            self.busy.step(self._at, len(self.sheets))
        for widget in (self.again, *self.ticks.values()):
            widget.setEnabled(not working)
        self._show_counts()

    def _show(self, plan: BatchPlan) -> None:
        if not self.ticks:
            self._offer(plan.forms)
        self.table.set_rows(tuple(sheet_of(line, self.again.isChecked()) for line in plan.lines))
        self.again.setVisible(any(line.copies for line in plan.lines))
        self._show_counts()

    def _offer(self, forms: Sequence[tuple[str, str]]) -> None:
        for place, (key, text) in enumerate(forms, start=1):
            tick = QCheckBox(f"{text}(&{place})")
            tick.setAccessibleName(text)
            tick.setChecked(key in USUAL)
            tick.toggled.connect(self.read)
            self.ticks[key] = tick
            self.forms.addWidget(tick)
        self.forms.addStretch(1)

    def _show_counts(self) -> None:
        waiting = [sheet for sheet in self.sheets if sheet.waits]
        refused = sum(bool(sheet.line.refusal) for sheet in self.sheets)
        printed = sum(sheet.state == PRINTED for sheet in self.sheets)
        more = f";{refused} 张现在不能打印,原因在表里" if refused else ""
        self.sentence.setText(f"要打印 {len(waiting)} 张{more}。")
        self.printing.ask_why(any(sheet.line.copies for sheet in waiting))
        self.behind_button.setVisible(bool(printed) and not self._working)
        self._show_buttons(len(waiting))

    def _show_buttons(self, waiting: int) -> None:
        idle = bool(waiting) and not self._working
        self.save_button.setEnabled(idle)
        if not self.printing.has_printer:
            self.print_button.setText(NO_PRINTER)
            self.print_button.setEnabled(False)
            return
        self.print_button.setText(f"打印 {waiting} 张" if waiting else "打印")
        self.print_button.setEnabled(idle)
        if idle and not self.table.hasFocus():
            self.print_button.setFocus()

    def _choose_folder(self) -> None:
        folder = ask_folder(self, "PDF存到哪个文件夹")
        if folder is not None:
            self.save_to(folder)

    def _failed(self, error: BaseException) -> None:
        self.sentence.setText("没有看成哪些可以打印。")
        self.banner.show_failure(error)
