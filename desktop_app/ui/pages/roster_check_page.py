"""先查名单: what is wrong with a file, row by row, before any unit or scheme exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.issues import Finding, Severity
from desktop_app.services.views.rosters import RosterCheck
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.corrections import (
    LOCKED_NAME,
    WRITING,
    LetterPasswordDialog,
    corrections_call,
)
from desktop_app.ui.dialogs.fields import LineField
from desktop_app.ui.dialogs.password_dialog import ask_password
from desktop_app.ui.pasted import Source, with_file
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.busy import BusyStrip
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.drop_area import DropArea
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services

SEVERITIES = {Severity.ERROR: "须改正", Severity.WARNING: "请核对", Severity.INFO: "已处理"}
TONES = {Severity.ERROR: "late", Severity.WARNING: "warn", Severity.INFO: "quiet"}
ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def columns(name_of: Callable[[Finding], str]) -> tuple[Column[Finding], ...]:
    return (
        Column("程度", lambda f: SEVERITIES[f.severity], lambda f: ORDER[f.severity], 76,
               lambda f: TONES[f.severity]),
        Column("姓名", name_of, width=100),
        Column("工作表", lambda f: f.sheet or "—", width=110),
        Column("行", lambda f: "整份" if f.row is None else str(f.row), lambda f: f.row or 0, 60),
        Column("列", lambda f: f.column or "", width=50),
        Column("是什么,怎么办", lambda f: f.message, width=420),
    )  # fmt: skip


def tone_of(result: RosterCheck) -> str:
    if not result.accepted:
        return "late"
    return "warn" if result.rejected else "good"


class RosterCheckPage(QWidget):
    store_wanted = Signal(object, object)  # Source, unit id or None
    back = Signal()

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self.source: Source | None = None
        self.result: RosterCheck | None = None
        self.banner, self.busy = Banner(), BusyStrip()
        self.sentence, self.skipped = label("还没有查名单。", "h2"), label("", "quiet", wrap=True)
        self.drop = DropArea("先查名单", "把花名册拖到这里,或 Ctrl+V 粘贴;查名单不保存任何内容")
        self.table: RowsTable[Finding] = RowsTable(
            columns(self.name_of), name="查到的问题", empty=""
        )
        self.filter = LineField()
        self.filter.setPlaceholderText("在结果里找")
        self.filter.setAccessibleName("在结果里找")
        self.choices = QButtonGroup(self)
        self.save_button = button("另存《需更正》(F9)", self.save_corrections, name="另存需更正")
        self.lock_button = button("加密码…", self.ask_lock, name=LOCKED_NAME)
        self.lock_button.setToolTip("《需更正》加上打开密码再存(Shift+F9)")
        self.store_button = main_button("存入单位…(F10)", self.store)
        self._lay_out()
        self._connect()
        self._set_ready()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("先查名单", "h1"), 1)
        head.addWidget(button("返回(&B)", self.back.emit))
        for one in (self.save_button, self.lock_button, self.store_button):
            head.addWidget(one)
        self.card = Card("查到的问题")
        row = QHBoxLayout()
        for at, text in enumerate(("全部", *SEVERITIES.values())):
            choice = button(text)
            choice.setCheckable(True)
            self.choices.addButton(choice, at)
            row.addWidget(choice)
        row.addStretch(1)
        row.addWidget(self.filter, 1)
        self.card.add(row)
        self.card.add(self.table, 1)
        result = Card("结果")
        result.add(self.sentence)
        result.add(self.skipped)
        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        top.addWidget(self.drop, 5)
        top.addWidget(result, 6)
        self.result_card = result
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addLayout(top)
        layout.addWidget(self.busy)
        layout.addWidget(self.card, 1)

    def _connect(self) -> None:
        self.choices.button(0).setChecked(True)
        self.choices.idClicked.connect(self._show_findings)
        self.filter.textChanged.connect(self.table.set_filter)
        self.drop.files_dropped.connect(self.check_files)
        self.busy.cancelled.connect(lambda: self._tasks.cancel(self._ticket))
        keys = (("F9", self.save_corrections), ("F10", self.store), ("Ctrl+V", self.drop.paste))
        for key, act in (*keys, ("Shift+F9", self.ask_lock), ("Alt+Left", self.back.emit)):
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def source_name(self) -> str:
        return self.source.name if self.source else ""

    def name_of(self, finding: Finding) -> str:
        """Whose row a finding is about."""
        if self.result is None or finding.row is None:
            return ""
        return self.result.names.get((finding.sheet, finding.row), "")

    def check_files(self, sources: tuple[Source, ...]) -> None:
        """Check the first file; more than one at a time is said, not silently left out."""
        self.check(sources[0])
        if len(sources) > 1:
            self.banner.show_info(f"一次查一份,这次查的是 {sources[0].name}。")

    def check(self, source: Source) -> None:
        self._tasks.cancel(self._ticket)
        self._tasks.drop(self._ticket)
        self.banner.clear()
        self.source, self.result = source, None
        self._set_ready()
        self.table.set_rows(())
        self.table.set_empty("")
        self.card.set_right("")
        self._name_choices({})
        self.sentence.setText(source.name)
        self.skipped.setText("正在读…")
        self.busy.start(f"正在读 {source.name}")
        self._ticket = self._tasks.read(
            self,
            partial(with_file, source, self._services.rosters.check_file),
            self._show,
            on_error=self._refuse,
            on_step=self.busy.step,
            on_ended=self._end,
        )

    def save_corrections(self, password: str | None = None) -> None:
        if self.source is None or not self.save_button.isEnabled():
            return
        call = corrections_call(self, self._services.rosters, self.source, password=password)
        if call is not None:
            self._let_save(False)
            self.banner.show_info(WRITING)
            self._tasks.read(
                self,
                call,
                lambda saved: self.banner.show_good(f"已存:{saved.path}", saved.text),
                on_error=self.banner.show_failure,
                on_ended=self._set_ready,  # for what is shown by then
            )

    def ask_lock(self) -> None:
        """Ask for the password that locks the workbook, then write it."""
        if self.source is not None and self.lock_button.isEnabled():
            dialog = LetterPasswordDialog(self.source.name, self)
            dialog.given.connect(self.save_corrections)
            opened(dialog)

    def store(self) -> None:
        if self.source is not None and self.result is not None and self.store_button.isEnabled():
            self.store_wanted.emit(self.source, self.result.unit_id)

    def _show(self, result: RosterCheck) -> None:
        self.result = result
        self.sentence.setText(
            f"读入 {result.rows_read}  可用 {result.accepted}  待补 {result.rejected}"
        )
        skipped = f"空行、表头、合计等 {result.skipped} 行未算。" if result.skipped else ""
        guessed = f"像是“{result.unit_name}”的名单。" if result.unit_name else "没认出是哪家单位。"
        guessed = guessed if result.rows_read else "什么也没有保存。"
        self.skipped.setText(f"{self.source_name}\n{skipped}{guessed}")
        if result.rows_read == 0:
            self.sentence.setText("没有读出名单")
        theme.set_tone(self.sentence, tone_of(result))
        self._show_findings(self.choices.checkedId())
        self._name_choices(Counter(f.severity for f in result.findings))
        self._set_ready()
        self.table.setFocus()

    def _name_choices(self, counts: Mapping[Severity, int]) -> None:
        """Each filter shows how many it lets through, and says so to a screen reader."""
        told = [("全部", sum(counts.values()))]
        told += [(text, counts.get(severity, 0)) for severity, text in SEVERITIES.items()]
        for at, (text, count) in enumerate(told):
            choice = self.choices.button(at)
            choice.setText(f"{text} {count}" if self.result else text)
            choice.setAccessibleName(f"{text} {count} 条" if self.result else text)

    def _show_findings(self, choice: int) -> None:
        if self.result is None:
            return
        wanted = tuple(SEVERITIES)[choice - 1 : choice] if choice > 0 else tuple(SEVERITIES)
        rows = [f for f in self.result.findings if f.severity in wanted]
        self.table.set_empty(
            "没有这一类问题。" if self.result.findings else "没有查出问题,可以直接存入单位。"
        )
        self.table.set_rows(sorted(rows, key=lambda f: ORDER[f.severity]))
        self.card.set_right(f"共 {len(rows)} 条")

    def _refuse(self, error: BaseException) -> None:
        source = self.source
        if source is not None:
            again = partial(self.check, source)
            ask_password(self, self._services, self._tasks, (source,), error, again)
        self.banner.show_failure(error)
        self.sentence.setText("没有读成,什么也没有保存。")
        self.skipped.setText(self.source_name)

    def _end(self) -> None:
        self.busy.end()
        if self.result is None and self.source is not None:
            self.skipped.setText(f"{self.source_name}\n已停止。")

    def _set_ready(self) -> None:
        """Offer what can be done with the result, nothing while there is none."""
        found = self.result.findings if self.result else ()
        self._let_save(any(f.row is not None for f in found))
        self.store_button.setEnabled(bool(self.result and self.result.accepted))
        if self.result is None:
            theme.set_tone(self.sentence, "")

    def _let_save(self, may: bool) -> None:
        self.save_button.setEnabled(may)
        self.lock_button.setEnabled(may)
