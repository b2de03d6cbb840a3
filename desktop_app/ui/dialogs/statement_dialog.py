"""读入流水: what a bank statement would bring in, line by line; Enter stores all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QGridLayout, QTabWidget, QWidget

from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.money import yuan
from desktop_app.services.money.statement_drafts import StatementDraft
from desktop_app.services.views.statements import AccountView, StatementPlan
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.columns_dialog import ColumnsStrip
from desktop_app.ui.dialogs.fields import EditableChoice
from desktop_app.ui.dialogs.import_plan_dialog import FINDING_COLUMNS
from desktop_app.ui.dialogs.password_dialog import ask_password
from desktop_app.ui.dialogs.statement_lines import (
    COLUMN_WORDS,
    KNOWN,
    LINE_COLUMNS,
    NEW,
    LineRow,
)
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.busy import BusyStrip
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

NEXT = {"": NEW, NEW: KNOWN, KNOWN: NEW}
WHOLE_DAYS = "文件的第一天和最后一天都是整天的(&D)"
NEW_ACCOUNT = "是第一次读入的新账户(&N)"
BOTH = "确是两个账户各有这几笔(&T)"


class StatementDialog(ActDialog):
    """Nothing is stored until 存入, and then the whole file."""

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        path: Path,
        accounts: Sequence[AccountView],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, f"读入流水 · {path.name}", "存入", parent)
        self.resize(theme.px(980), theme.px(600))
        self._services, self._path = services, path
        self._draft = StatementDraft(path)
        self._plan: StatementPlan | None = None
        self._readings = 0  # of this file; what an earlier one gives holds no more
        self.sentence = label("", "h2", wrap=True)
        self.detail = label("", "quiet", wrap=True)
        self.account = EditableChoice()
        self.account.offer(tuple(one.number for one in accounts))
        self.account.setAccessibleName("本机构的账号")
        self.new_account = QCheckBox(NEW_ACCOUNT)
        self.whole_days = QCheckBox(WHOLE_DAYS)
        self.whole_days.setToolTip("按日期从银行下载的是整天的;一天里分几次下载的不是")
        self.both = QCheckBox(BOTH)  # where another account has most of the lines
        self.both.hide()
        self.like = label("", "quiet", wrap=True)  # what the current doubtful line may be
        self.columns = ColumnsStrip(COLUMN_WORDS)
        self.strip = BusyStrip()
        self.table: RowsTable[LineRow] = RowsTable(LINE_COLUMNS, name="流水", empty="")
        self.findings: RowsTable[Finding] = RowsTable(
            FINDING_COLUMNS, name="这份文件的问题", empty="没有发现问题"
        )
        self.all_new = button("看不准的都算新的", partial(self._answer_all, NEW))
        self.all_known = button("看不准的都算已有", partial(self._answer_all, KNOWN))
        self._fill()
        self._connect()
        self._read()

    def _fill(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("读到的内容")
        self.tabs.addTab(self.table, "流水")
        self.tabs.addTab(self.findings, "问题")
        for part in (self.strip, self.sentence, self.detail):
            self.body.addWidget(part)
        self.body.addLayout(self._whose())
        self.body.addWidget(self.both)
        self.body.addWidget(self.columns)
        self.body.addWidget(self.tabs, 1)
        self.body.addWidget(self.like)
        self.foot.insertWidget(0, self.all_new)
        self.foot.insertWidget(1, self.all_known)

    def _whose(self) -> QGridLayout:
        """Whose lines they are, and of which days: a line each, its question beside it."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setColumnStretch(2, 1)
        name = label("本机构的账号")
        name.setBuddy(self.account)
        self.account.setMinimumWidth(theme.px(260))
        grid.addWidget(name, 0, 0)
        grid.addWidget(self.account, 0, 1)
        grid.addWidget(self.new_account, 0, 2)
        grid.addWidget(label("日期"), 1, 0)
        grid.addWidget(self.whole_days, 1, 1, 1, 2)
        return grid

    def _connect(self) -> None:
        self.strip.cancelled.connect(self.reject)
        self.columns.chosen.connect(self._read_as)
        self.table.chosen.connect(self._tell_like)
        self.table.opened.connect(self._turn)
        self.table.mark_pressed.connect(self._turn)
        self.whole_days.clicked.connect(self._say_days)
        self.new_account.clicked.connect(self._judge)
        self.both.clicked.connect(self._judge)
        line = self.account.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._say_account)
        self.account.activated.connect(lambda _at: self._say_account())
        QShortcut(QKeySequence("F5"), self, self._read)

    def calls(self) -> Sequence[Call]:
        if self._plan is None:
            return []
        rows = tuple(
            ((row.line.sheet, row.line.row), row.answer) for row in self.rows if row.doubtful
        )
        draft = replace(
            self._draft,
            account=self._plan.account,
            columns=self._draft.columns or self._plan.chosen or None,  # as they are shown
            new_account=self.new_account.isChecked(),
            rows=rows,
            sha256=self._plan.file_sha256,
            again=self.both.isChecked(),
        )
        return [partial(self._services.statements.store_file, draft)]

    @property
    def rows(self) -> tuple[LineRow, ...]:
        return self.table.rows_model.rows

    def _read(self) -> None:
        self.banner.clear()
        self._plan = None
        self._readings += 1
        self._judge()
        self.strip.start(f"正在读 {self._path.name}…")
        self.tasks.read(
            self,
            partial(self._services.statements.plan_file, self._draft),
            partial(self._show, self._readings),
            on_error=self._unread,
            on_step=self.strip.step,
            on_ended=self.strip.end,
        )

    def _read_as(self, chosen: dict[str, str]) -> None:
        self._draft = replace(self._draft, columns=tuple(chosen.items()))
        self._read()

    def _say_days(self, whole: bool) -> None:
        self._draft = replace(self._draft, whole_days=whole)
        self._read()

    def _say_account(self) -> None:
        said = self.account.value() or ""
        if said != (self._plan.account if self._plan else self._draft.account):
            self._draft = replace(self._draft, account=said)
            self._read()

    def _show(self, reading: int, plan: StatementPlan) -> None:
        if reading != self._readings:
            return
        self._plan = plan
        self.account.setEditText(plan.account or self.account.currentText())
        self.new_account.setVisible(bool(plan.account) and not plan.account_known)
        self.both.setVisible(bool(plan.elsewhere) and not plan.elsewhere_file)
        self.both.setChecked(False)
        self.whole_days.setChecked(plan.whole_days)
        self.columns.show_columns(plan.columns, "", plan.asked)
        self.table.set_rows(tuple(LineRow(one) for one in plan.lines))
        found = [one for one in plan.findings if one.severity is not Severity.INFO]
        self.findings.set_rows(plan.findings)
        self.tabs.setTabText(1, f"问题 {len(found)}" if found else "问题")
        if plan.unclear:
            remedy = "请按“核对列”指明,或改好文件后再读入。"
            self.banner.show_warning(f"还不能存入:{plan.unclear}。", remedy)
            if plan.columns and (plan.asked or not plan.lines):
                self.columns.button.setFocus()
        elif plan.elsewhere:
            self.banner.show_warning(plan.elsewhere, plan.elsewhere_remedy)
        self._judge()

    def _unread(self, error: BaseException) -> None:
        self.sentence.setText("没有读成这份文件。")
        if not ask_password(self, self._services, self.tasks, (self._path,), error, self._read):
            self.banner.show_failure(error)

    def _turn(self, row: LineRow) -> None:
        """A doubtful line is new, then known, then new again."""
        if row.doubtful:
            row.answer = NEXT[row.answer]
            self._judge()

    def _tell_like(self, row: LineRow | None) -> None:
        like = row.line.like if row is not None else ""
        self.like.setText(f"第{row.line.row}行可能是以前读入的:{like}" if row and like else "")
        self.like.setVisible(bool(like))

    def _answer_all(self, answer: str) -> None:
        for row in self.rows:
            if row.doubtful:
                row.answer = answer
        self._judge()

    def _judge(self) -> None:
        """Say what would be stored, and whether it may be."""
        self.table.viewport().update()
        plan = self._plan
        doubtful = [row for row in self.rows if row.doubtful] if plan else []
        for one in (self.all_new, self.all_known):
            one.setVisible(bool(doubtful))
        self.main_button.setEnabled(plan is not None and not self._lacking(plan))
        if plan is not None:
            self.sentence.setText(_sentence(plan, self.rows))
            lacking = self._lacking(plan)
            self.detail.setText(lacking or _days(plan))
            theme.set_tone(self.detail, "warn" if lacking else "")

    def _lacking(self, plan: StatementPlan) -> str:
        """What has to be said or mended before the file may be stored."""
        left = sum(row.doubtful and not row.answer for row in self.rows)
        if plan.unclear:
            return "看“问题”里的说明。"
        if plan.stored_as:
            return "这份文件以前已经读入,不用再存。"
        if account := self._of_account(plan):
            return account
        if left:
            return f"有 {left} 笔看不出是以前读入过的还是新的,请逐笔(空格键)或一起指明。"
        return ""

    def _of_account(self, plan: StatementPlan) -> str:
        """What has to be said of the account."""
        if plan.elsewhere_file:
            return plan.elsewhere
        if not plan.account:
            return "文件里没有写账号,请写明是本机构哪个账户的流水。"
        if not plan.account_known and not self.new_account.isChecked():
            return f"台账里还没有账号{plan.account},请核对;确是本机构账户的,勾选新账户。"
        if plan.elsewhere and not self.both.isChecked():
            return "请核对账户;确是两个账户各有这几笔的,勾选后再存。"
        return ""


def _sentence(plan: StatementPlan, rows: Sequence[LineRow]) -> str:
    counts = Counter(row.answer or row.line.standing for row in rows)
    new = [row.line.amount_fen for row in rows if (row.answer or row.line.standing) == NEW]
    came, went = sum(fen for fen in new if fen > 0), -sum(fen for fen in new if fen < 0)
    parts = ["没有新的"]
    if counts[NEW]:
        parts = [f"新的 {counts[NEW]} 笔(收入 {yuan(came)} 元,支出 {yuan(went)} 元)"]
    parts += [f"已有 {counts[KNOWN]} 笔"] if counts[KNOWN] else []
    parts += [f"看不准 {counts['doubtful']} 笔"] if counts["doubtful"] else []
    parts += [f"读不出 {plan.refused} 行"] if plan.refused else []
    return f"流水 {len(rows)} 笔:{','.join(parts)}。" if rows else "还没有读到流水。"


def _days(plan: StatementPlan) -> str:
    if plan.first_on is None:
        return ""
    return f"{plan.first_on} 至 {plan.last_on},读入 {plan.rows_read} 行,跳过 {plan.skipped} 行。"
