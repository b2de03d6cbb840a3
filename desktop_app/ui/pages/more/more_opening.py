"""期初建账: last year's units and rosters read in, looked at, then stored at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QTabWidget, QWidget

from db.codes import Role
from desktop_app.domain.dates import chinese_date
from desktop_app.domain.issues import Severity
from desktop_app.errors import UserError
from desktop_app.services.permissions import GRANTS, Permission
from desktop_app.services.views.openings import (
    OpeningDraft,
    OpeningFinding,
    OpeningPlan,
    OpeningUnitLine,
)
from desktop_app.services.views.schemes import PlanChoice
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import CopiedDayField, CountField, ask_folder, ask_target
from desktop_app.ui.dialogs.import_plan_dialog import TONES, WORDS, address
from desktop_app.ui.dialogs.password_dialog import ask_password
from desktop_app.ui.pages.more.more_opening_back import BooksBack
from desktop_app.ui.pasted import paste_files
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.busy import BusyStrip
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.drop_area import ROSTERS, FileDrops
from desktop_app.ui.widgets.labels import button, label, main_button, money_text

if TYPE_CHECKING:
    from desktop_app.services.services import Services

HINT = (
    "把上年的单位表和名单拖到这里:名单可以是一份带“单位名称”列的总表,也可以是一家一份的文件夹。"
    "只读不改原文件;存入前先看结果。"
)
REVIEWER_ONLY = "存入要由复核员或负责人登录后办理。"


def _days(line: OpeningUnitLine) -> str:
    if line.first is None or line.last is None:
        return ""
    return f"{chinese_date(line.first)} 至 {chinese_date(line.last)}"


UNIT_COLUMNS: tuple[Column[OpeningUnitLine], ...] = (
    Column("单位", lambda u: u.name, None, 240),
    Column("", lambda u: "新登记" if u.new else "已有", None, 70),
    Column("存入(人)", lambda u: f"{u.people:,}", lambda u: u.people, 84, right=True),
    Column("以前已存", lambda u: f"{u.known:,}" if u.known else "", lambda u: u.known, 84,
           right=True),
    Column("金额(元)", lambda u: "" if u.fen is None else money_text(u.fen), lambda u: u.fen or 0,
           110, right=True),
    Column("保障期", _days, None, 220),
    Column("业务号", lambda u: u.business_no, None, 130),
    Column("请核对", lambda u: u.note, None, 220, lambda _u: "warn", wide=True),
)  # fmt: skip
FINDING_COLUMNS: tuple[Column[OpeningFinding], ...] = (
    Column("文件", lambda f: f.file, None, 190),
    Column("位置", lambda f: address(f.finding), lambda f: f.finding.row or 0, 150),
    Column("", lambda f: WORDS[f.finding.severity], None, 70, lambda f: TONES[f.finding.severity]),
    Column("说明", lambda f: f.finding.message, None, 420, lambda f: TONES[f.finding.severity],
           wide=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What the fields start with."""

    year: int
    plans: tuple[PlanChoice, ...]
    may_store: bool


def read_known(services: Services) -> Known:
    role = Role(services.office.view().user.role)
    choices = services.schemes.plan_choices()
    year = services.schemes.current_year()
    return Known(year - 1, choices, Permission.REVIEW in GRANTS[role])


class OpeningCard(Card):
    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__("期初建账", "导入上年的单位和名单", parent)
        self._services, self._tasks = services, tasks
        self._files: tuple[Path, ...] = ()
        self._known: Known | None = None
        self.plan: OpeningPlan | None = None
        self._ticket = 0
        self.banner, self.busy = Banner(), BusyStrip()
        self.files = label("还没有选文件。", "quiet", wrap=True)
        self.choose_button = button("选文件…(F3)", self.choose, name="选单位表和名单")
        self.folder_button = button("选文件夹…", self.choose_folder)
        self.year = CountField(None, "四位数的年份", "年")
        self.first = CopiedDayField(hint="文件里写了就不用填")
        self.plans: dict[str, tuple[QCheckBox, int]] = {}
        self.sentence = label("", "h2", wrap=True)
        self.units: RowsTable[OpeningUnitLine] = RowsTable(
            UNIT_COLUMNS, name="会导入的单位", empty="读入文件后,这里逐家列出会存入什么。",
            sortable=True,
        )  # fmt: skip
        self.findings: RowsTable[OpeningFinding] = RowsTable(
            FINDING_COLUMNS, name="待补正和提醒", empty="没有发现问题。", sortable=True
        )
        self.read_button = button("重新读入(F5)", self.read, name="重新读入")
        self.letter_button = button("另存《需更正》(F9)", self.save_corrections, name="另存需更正")
        self.store_button = main_button("存入(F10)", self.store)
        self.back = BooksBack(services, tasks)
        self.back.taken_back.connect(self.banner.show_good)
        self.back.failed.connect(self.banner.show_failure)
        self._lay_out()
        FileDrops(self).files_dropped.connect(self.take)
        self.busy.cancelled.connect(lambda: self._tasks.cancel(self._ticket))
        for keys, act in (
            ("F3", self.choose), ("F5", self.read), ("F9", self.save_corrections),
            ("F10", self.store), ("Ctrl+Z", self.back.ask),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        QShortcut(QKeySequence.StandardKey.Paste, self, self.paste)  # from the tabs above, too
        self._set_ready()

    def _lay_out(self) -> None:
        self.add(self.banner)
        self.add(label(HINT, wrap=True))
        row = QHBoxLayout()
        row.addWidget(self.choose_button)
        row.addWidget(self.folder_button)
        row.addWidget(self.files, 1)
        self.add(row)
        self._lay_out_fields()
        self.add(self.busy)
        self.add(self.sentence)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("导入结果")
        self.tabs.addTab(self.units, "单位")
        self.tabs.addTab(self.findings, "待补正和提醒")
        self.add(self.tabs, 1)
        foot = QHBoxLayout()
        self.note = label("", tone="warn", wrap=True)
        foot.addWidget(self.note, 1)
        for one in (self.read_button, self.letter_button, self.store_button):
            foot.addWidget(one)
        self.add(foot)
        self.add(self.back)

    def _lay_out_fields(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(theme.px(8))
        for title, field in (("年度(&Y)", self.year), ("保障第一天(&D)", self.first)):
            name = label(title)
            name.setTextFormat(Qt.TextFormat.AutoText)
            name.setBuddy(field)
            field.setAccessibleName(title.split("(")[0])
            fields.addWidget(name)
            fields.addWidget(field)
        self.first.setMinimumWidth(theme.px(200))
        fields.addStretch(1)
        self.add(fields)
        self._plans_row = QHBoxLayout()
        self._plans_row.setSpacing(theme.px(8))
        self._plans_row.addWidget(label("上年项目(文件里写了就不用选)", "quiet"))
        self._plans_row.addStretch(1)
        self.add(self._plans_row)

    def showEvent(self, event: QShowEvent) -> None:
        """What the fields start with is read when somebody first comes here."""
        if self._known is None:
            call = partial(read_known, self._services)
            self._tasks.read(self, call, self._keep, on_error=self.banner.show_failure)
            self.back.reload()
        super().showEvent(event)

    def choose(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, "选单位表和名单", "", ROSTERS)
        if names:
            self.take(tuple(Path(name) for name in names))

    def choose_folder(self) -> None:
        folder = ask_folder(self, "选放名单的文件夹")
        if folder is not None:
            self.take((folder,))

    def paste(self) -> None:
        """Take the files that were copied in the file manager."""
        if found := paste_files():
            self.take(found)

    def take(self, paths: Sequence[Path]) -> None:
        """Files that come one after the other belong together; 存入 begins anew."""
        self._files = tuple(dict.fromkeys((*self._files, *paths)))
        self.read()

    def read(self) -> None:
        if not self._files or self.busy.isVisible():
            return
        self.banner.clear()
        try:
            draft = self.draft()
        except UserError as error:
            self._refuse(error)
            return
        self.files.setText("、".join(path.name for path in self._files))
        self._drop()
        self.busy.start(f"正在读 {len(self._files)} 项…")
        self._ticket = self._tasks.save(
            self,
            partial(self._services.openings.plan_files, draft),
            self._on_planned,
            on_error=self._unread,
            on_step=self.busy.step,
            on_ended=self.busy.end,
        )

    def _unread(self, error: BaseException) -> None:
        ask_password(self, self._services, self._tasks, self._files, error, self.read)
        self._refuse(error)

    def draft(self) -> OpeningDraft:
        year = self.year.value("year", "年度")
        if year is None:
            raise UserError("year", "没有填是哪个年度。", "请填写上年的年份,如 2026。", "year")
        first = self.first.value("first", "保障第一天")
        chosen = ((key, shares) for key, (tick, shares) in self.plans.items() if tick.isChecked())
        return OpeningDraft(year, self._files, first, tuple(chosen))

    def store(self) -> None:
        if self.plan is None or not self.store_button.isEnabled():
            return
        self.busy.start("正在存入…")
        self._set_ready()
        self._ticket = self._tasks.save(
            self,
            partial(self._services.openings.carry_out, self.plan.batch_ids),
            self._stored,
            on_error=self.banner.show_failure,
            on_step=self.busy.step,
            on_ended=self._ended,
        )

    def save_corrections(self) -> None:
        if self.plan is None or not self.letter_button.isEnabled():
            return
        target = ask_target(self, "另存《需更正》", "期初建账_需更正.xlsx", "Excel 工作簿 (*.xlsx)")
        if target is not None:
            call = partial(self._services.openings.save_corrections, self.plan.batch_ids, target)
            self._tasks.read(self, call, self._on_letter, on_error=self.banner.show_failure)

    def _on_letter(self, path: str) -> None:
        self.banner.show_good(f"已存为 {path}", "改好后把这份表再拖进来。")

    def _keep(self, known: Known) -> None:
        self._known = known
        if not self.year.text():
            self.year.setText(str(known.year))
        for choice in known.plans:
            tick = QCheckBox(choice.label)
            tick.setAccessibleName(choice.label)
            self.plans[choice.key] = (tick, 1)
            self._plans_row.insertWidget(self._plans_row.count() - 1, tick)
        self._set_ready()

    def _on_planned(self, ids: list[int]) -> None:
        call = partial(self._services.openings.plan_view, ids)
        self._tasks.read(self, call, self._show, on_error=self.banner.show_failure)

    def _show(self, plan: OpeningPlan) -> None:
        self.plan = plan
        self.units.set_rows(plan.units)
        told = [one for one in plan.findings if one.finding.severity is not Severity.INFO]
        told.sort(key=lambda one: one.finding.severity is not Severity.ERROR)
        self.findings.set_rows(told)
        self.tabs.setTabText(1, f"待补正和提醒({len(told)})")
        if plan.changes:
            text = (
                f"{plan.year} 年度:新登记 {plan.new_units:,} 家,存入 {plan.new_people:,} 人"
                f"　待补 {plan.rejected:,} 行"
            )
        else:
            text = "这些文件里没有新的内容,以前已经导入过。"
        self.sentence.setText(text)
        self.tabs.setCurrentIndex(0 if plan.changes or not told else 1)
        self._set_ready()
        (self.store_button if self.store_button.isEnabled() else self.tabs).setFocus()

    def _stored(self, made: dict[str, int]) -> None:
        waiting = self.plan.rejected if self.plan is not None else 0
        rest = f"待补 {waiting} 行已留下,改好后再拖进来。" if waiting else "可以从“办理”里看。"
        self.back.reload()
        text = f"已存入:单位 {made['units']:,} 家,名单 {made['cases']:,} 份"
        self.banner.show_good(f"{text},人员 {made['people']:,} 人。", rest)
        self._files, self.plan = (), None
        self.files.setText("还没有选文件。")
        self.sentence.setText("")
        self.units.set_rows(())
        self._set_ready()

    def _refuse(self, error: BaseException) -> None:
        self.sentence.setText("没有读成,什么也没有存。")
        field = self._field(error.where) if isinstance(error, UserError) else None
        if field is not None and isinstance(error, UserError):
            field.setFocus()  # a field's key is for the cursor, not for reading
            error = UserError(error.code, error.message, error.remedy)
        self.banner.show_failure(error)

    def _field(self, key: str | None) -> QWidget | None:
        fields: dict[str, QWidget] = {"first": self.first, "year": self.year}
        for tick, _shares in tuple(self.plans.values())[:1]:
            fields["plans"] = tick
        return fields.get(key or "")

    def _drop(self) -> None:
        """The plan before is not shown any more; the next one takes its place."""
        self.plan = None
        self.units.set_rows(())
        self.findings.set_rows(())
        self._set_ready()

    def _ended(self) -> None:
        self.busy.end()
        self._set_ready()

    def _set_ready(self) -> None:
        may = self._known is not None and self._known.may_store
        changes = self.plan is not None and self.plan.changes
        self.note.setText("" if may or self._known is None else REVIEWER_ONLY)
        self.store_button.setEnabled(changes and may and not self.busy.isVisible())
        self.letter_button.setEnabled(self.plan is not None and self.plan.rejected > 0)
        self.read_button.setEnabled(bool(self._files))
