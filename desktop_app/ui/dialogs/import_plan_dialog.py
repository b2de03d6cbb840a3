"""Reads a unit's roster and shows what it would do; Enter stores its good rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters.hidden import ListsHiddenError
from desktop_app.domain.rosters.repairs import NO_CHANGES, Changes
from desktop_app.errors import FileError, UserError
from desktop_app.services.views.differences import DifferenceView
from desktop_app.services.views.rosters import ImportPlan, SavedLetter
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, Call, opened
from desktop_app.ui.dialogs.changes_strip import ChangesStrip
from desktop_app.ui.dialogs.columns_dialog import ColumnsStrip
from desktop_app.ui.dialogs.corrections import (
    LOCKED_NAME,
    WRITING,
    LetterPasswordDialog,
    OfCase,
    corrections_call,
)
from desktop_app.ui.dialogs.password_dialog import ask_password
from desktop_app.ui.dialogs.roster_difference import DifferenceStrip
from desktop_app.ui.pasted import Source, with_file
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.busy import BusyStrip
from desktop_app.ui.widgets.labels import button, label, money_text

if TYPE_CHECKING:
    from desktop_app.services.services import Services

NO_HEADING, STALE = "header-not-found", "plan-stale"
MEANT_ELSEWHERE = ("file-changed", "edit-cell")  # what was typed fits no row that is read now
NOTHING_FOUND = "没有发现问题"
OTHERS = "请核对有没有拿错名单、拖错单位;确实是这家的再存。"
READ_AGAIN = "已重新读入这份文件,请看过现在的预览再存。"
TONES = {Severity.ERROR: "late", Severity.WARNING: "warn", Severity.INFO: "quiet"}
WORDS = {Severity.ERROR: "待补正", Severity.WARNING: "请核对", Severity.INFO: "已处理"}


def _tone(finding: Finding) -> str:
    return TONES[finding.severity]


def address(finding: Finding) -> str:
    """Where a finding stands, such as Sheet1 第7行 C列."""
    row = f"第{finding.row}行" if finding.row else "整个文件"
    column = f"{finding.column}列" if finding.column else ""
    return " ".join(part for part in (finding.sheet or "", row, column) if part)


FINDING_COLUMNS: tuple[Column[Finding], ...] = (
    Column("位置", address, lambda f: (f.sheet or "", f.row or 0), 170),
    Column("", lambda f: WORDS[f.severity], None, 70, _tone),
    Column("说明", lambda f: f.message, None, 400, _tone),
)


class ImportPlanDialog(ActDialog):
    """Nothing is in the ledger until 存入; closing drops the plan."""

    _readings = 0  # of this file; what an earlier one gives holds no more

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        enrolment_id: int,
        source: Source,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, f"读入名单 · {source.name}", "存入", parent)
        self.resize(theme.px(860), theme.px(560))
        self._rosters, self._source = services.rosters, source
        self._differences = services.differences
        self._stale: UserError | None = None  # why the file was read once more
        self._batch_id: int | None = None
        self._chosen: dict[str, str] | None = None  # None: as for the unit's last file
        self.sentence = label("", "h2", wrap=True)
        self.detail = label("", "quiet", wrap=True)
        self.difference = DifferenceStrip()
        self.columns = ColumnsStrip()
        self.columns.chosen.connect(self._read_as)
        self.changes = ChangesStrip(tasks, source.name, self._rows_call)
        self.changes.changed.connect(self._read_again)
        self.changes.add_keys(self)
        self.strip = BusyStrip()
        self.table: RowsTable[Finding] = RowsTable(FINDING_COLUMNS, name="名单里的问题", empty="")
        for part in (
            self.strip,
            self.sentence,
            self.difference,
            self.detail,
            self.columns,
            self.changes,
            self.table,
        ):
            self.body.addWidget(part, 1 if part is self.table else 0)
        self.corrections = button("另存《需更正》(F9)", self.save_corrections, name="另存需更正")
        self.corrections.setEnabled(False)
        self.locked_corrections = button("加密码…", self.ask_lock, name=LOCKED_NAME)
        self.locked_corrections.setToolTip("《需更正》加上打开密码再存(Shift+F9)")
        self.locked_corrections.setEnabled(False)
        self.foot.insertWidget(0, self.corrections)
        self.foot.insertWidget(1, self.locked_corrections)
        QShortcut(QKeySequence("F9"), self, self.save_corrections)
        QShortcut(QKeySequence("Shift+F9"), self, self.ask_lock)
        self._services, self._enrolment_id = services, enrolment_id
        self.strip.cancelled.connect(self.reject)
        self._read()

    def _read(self) -> None:
        self.banner.clear()
        self.sentence.clear()
        self.detail.clear()
        self.difference.show_difference(None)
        self._show_findings(())
        self.main_button.setEnabled(False)
        self._readings += 1
        self.strip.start(f"正在读 {self._source.name}…")
        call = partial(self._rosters.plan_file, self._enrolment_id)
        self._ticket = self.tasks.save(
            self,
            partial(with_file, self._source, call, columns=self._chosen, **self._said()),
            partial(self._on_planned, self._readings),
            on_error=self._on_unread,
            on_step=self.strip.step,
            on_ended=self.strip.end,
        )

    def calls(self) -> Sequence[Call]:
        return [partial(self._rosters.carry_out, self._batch_id)] if self._batch_id else []

    def finish(self, value: object) -> None:
        self._batch_id = None  # carried out: nothing left to drop
        super().finish(value)

    def reject(self) -> None:
        if self.busy:
            return
        self.tasks.cancel(self._ticket)
        self._drop()
        super().reject()

    def _drop(self) -> None:
        if self._batch_id is not None:
            self._drop_batch(self._batch_id)
            self._batch_id = None

    def _drop_batch(self, batch_id: int) -> None:
        drop = partial(self._rosters.drop_plan, batch_id)
        self.tasks.save(self.parent() or self, drop, _nothing)

    def save_corrections(self, password: str | None = None) -> None:
        if not self.corrections.isEnabled():
            return
        case = OfCase(self._enrolment_id, self._chosen, self.changes.changes)
        call = corrections_call(self, self._rosters, self._source, case, password)
        if call is not None:
            self.banner.show_info(WRITING)
            self.tasks.read(self, call, self._on_corrections, on_error=self.show_error)

    def ask_lock(self) -> None:
        """Ask for the password that locks the workbook, then write it."""
        if self.locked_corrections.isEnabled():
            dialog = LetterPasswordDialog(self._source.name, self)
            dialog.given.connect(self.save_corrections)
            opened(dialog)

    def show_error(self, error: BaseException) -> None:
        """What was shown holds no more: the file is read once more and shown as it is now."""
        code = error.code if isinstance(error, UserError) else ""
        if code in MEANT_ELSEWHERE:
            self.changes.forget()
        if code in MEANT_ELSEWHERE or (code == STALE and self._batch_id is not None):
            assert isinstance(error, UserError)
            self._stale = error
            self._drop()
            self._read()
        else:
            super().show_error(error)

    def _read_as(self, chosen: dict[str, str]) -> None:
        """Another word about the columns: the file is read again by it."""
        self._chosen = chosen
        self.changes.forget()
        self._read_again()

    def _read_again(self) -> None:
        self.tasks.cancel(self._ticket)
        self._drop()
        self._read()

    def _said(self) -> dict[str, Changes]:
        """What was changed of the file's cells, where anything was."""
        changes = self.changes.changes
        return {} if changes == NO_CHANGES else {"changes": changes}

    def _rows_call(self, changes: Changes) -> Call:
        call = partial(self._rosters.rows_of, self._enrolment_id)
        return partial(with_file, self._source, call, columns=self._chosen, changes=changes)

    def _on_corrections(self, saved: SavedLetter) -> None:
        self.banner.show_good(f"已存为 {saved.path}", saved.text)

    def _on_planned(self, reading: int, batch_id: int) -> None:
        if reading != self._readings:
            self._drop_batch(batch_id)
            return
        self._batch_id = batch_id
        self.strip.start("正在和台账核对…", may_cancel=False)
        call = partial(self._rosters.plan_view, batch_id)
        self.tasks.read(self, call, self._show, on_error=self.show_error, on_ended=self.strip.end)
        beside = partial(self._differences.of_plan, batch_id)
        shown = partial(self._show_difference, batch_id)
        self.tasks.read(self, beside, shown, on_error=self.show_error)

    def _on_unread(self, error: BaseException) -> None:
        self.sentence.setText("这份文件没有读成,什么也没有存。")
        self.changes.hide()
        self.table.say_unread()
        ask_password(self, self._services, self.tasks, (self._source,), error, self._read)
        self.show_error(error)
        if isinstance(error, ListsHiddenError):
            self.changes.ask_hidden()
        elif isinstance(error, FileError) and error.code == NO_HEADING:
            call = partial(with_file, self._source, self._rosters.columns_of)
            self.tasks.read(self, call, self.columns.offer, on_error=self.show_error)

    def _show(self, plan: ImportPlan) -> None:
        self.sentence.setText(
            f"读入 {plan.rows_read} 行　可用 {plan.accepted} 人　待补 {plan.rejected} 人"
        )
        joining = plan.new_people or plan.known_people
        parts = [f"台账里没有 {plan.new_people} 人,已有 {plan.known_people} 人"] if joining else []
        if plan.skipped:
            parts.append(f"跳过标题、空行和合计 {plan.skipped} 行")
        parts += [part for part in (plan.participation,) if part]
        parts.append(f"应缴 {money_text(plan.due_fen)}{' 元' if plan.due_fen is not None else ''}")
        self.detail.setText(plan.again + ";".join(parts))
        self.columns.show_columns(plan.columns, plan.drift)
        self.changes.show_plan(plan)
        self._show_findings(plan.findings)
        self.table.set_empty(NOTHING_FOUND)
        self.main_button.setEnabled(plan.accepted > 0)
        self.main_button.setFocus()
        if plan.others:
            self.banner.show_warning(f"这份文件上写的是“{plan.others}”,不是这家单位。", OTHERS)
        if self._stale is not None:
            self.banner.show_warning(self._stale.message, READ_AGAIN)
            self._stale = None

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        self.table.set_rows(findings)
        self.corrections.setEnabled(bool(findings))
        self.locked_corrections.setEnabled(bool(findings))

    def _show_difference(self, batch_id: int, view: DifferenceView) -> None:
        if batch_id == self._batch_id:
            self.difference.show_difference(view)


def _nothing(_value: object) -> None:
    return
