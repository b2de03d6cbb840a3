"""报表 · 银行流水: the lines of the office's own account; files are dropped here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.dates import clock_text
from desktop_app.domain.money import yuan
from desktop_app.services.done import Area
from desktop_app.services.views.matching import MoneyLine
from desktop_app.services.views.statements import AccountView, GapView, LineView, StatementView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import Words, opened
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.dialogs.fields import LineField
from desktop_app.ui.dialogs.line_history_dialog import LineHistoryDialog
from desktop_app.ui.dialogs.mark_dialogs import AsideDialog
from desktop_app.ui.dialogs.statement_dialog import StatementDialog
from desktop_app.ui.dialogs.statement_lines import STORED_COLUMNS
from desktop_app.ui.pasted import paste_files
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.drop_area import WORKBOOKS, FileDrops
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services

FILTERS = f"银行流水 ({WORKBOOKS});;所有文件 (*)"
EVERY = "全部账户"
MOST_GAPS = 2  # told in full
FILE_COLUMNS: tuple[Column[StatementView], ...] = (
    Column("文件", lambda r: r.file_name, None, 180, wide=True),
    Column("账户", lambda r: f"尾号{r.account[-4:]}", None, 84, whole=lambda r: r.account),
    Column("日期", lambda r: f"{r.first_on} 至 {r.last_on}", None, 190),
    Column("笔数", lambda r: f"{r.lines:,}", lambda r: r.lines, 56, right=True),
    Column("新的", lambda r: f"{r.new_lines:,}", lambda r: r.new_lines, 56, right=True),
    Column("读入", lambda r: clock_text(r.imported_at), lambda r: r.id, 140),
    Column(
        "", lambda r: f"{r.state_label} {r.note}".strip(), None, 90,
        lambda r: "quiet" if r.state == "valid" else "late",
    ),
)  # fmt: skip


class StatementsReport(QWidget):
    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._accounts: tuple[AccountView, ...] = ()
        self._lines: tuple[LineView, ...] = ()
        self._waiting: list[Path] = []  # files that were dropped together, read one by one
        self.banner = Banner()
        self.account = QComboBox()
        self.account.setAccessibleName("账户")
        self.filter = LineField()  # a copied file is no text for it
        self.filter.setPlaceholderText("筛选户名、摘要、金额、日期")
        self.filter.setAccessibleName("筛选户名、摘要、金额、日期")
        self.first_field = self.filter
        self.gaps = label("", tone="warn", wrap=True)
        self.gaps.hide()
        self.where = label("", "quiet", wrap=True)
        self.table: RowsTable[LineView] = RowsTable(
            STORED_COLUMNS, name="银行流水", empty="正在读取…"
        )
        self.files: RowsTable[StatementView] = RowsTable(FILE_COLUMNS, name="读入过的文件")
        self.read_button = main_button("读入流水…(Ctrl+O)", self.choose)
        self.back_button = button("撤回这份…", self.take_back, name="撤回选中的流水文件")
        self.aside_button = button("不是缴费…", self.set_aside, name="选中的一笔流水不是缴费")
        self.history_button = button("经过…", self.history, name="选中一笔流水的经过")
        self._lay_out()
        self._connect()
        self._tell(None)
        self.reload()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        for part in (self.account, self.filter, self.read_button):
            head.addWidget(part, int(part is self.filter))
        self.card, self.files_card = Card("流水"), Card("读入过的文件")
        self.card.add(self.table, 1)
        said = QHBoxLayout()
        said.addWidget(self.where, 1)
        for part in (self.aside_button, self.history_button):
            said.addWidget(part)
        self.card.add(said)
        self.card.add(self.gaps)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.files, 1)
        row.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)
        self.files_card.add(row, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addWidget(self.card, 3)
        layout.addWidget(self.files_card, 2)

    def _connect(self) -> None:
        self.table.reached_from(self.filter)
        self.filter.textChanged.connect(self._filtered)
        self.account.currentIndexChanged.connect(self._narrow)
        self.table.chosen.connect(self._tell)
        self.files.chosen.connect(self._offer_back)
        FileDrops(self).files_dropped.connect(self.take)
        self._tasks.changed.connect(self._on_changed)
        for keys, act in (("Ctrl+O", self.choose), ("Ctrl+V", self.paste)):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def reload(self) -> None:
        statements = self._services.statements
        fault = unread(self.banner.show_failure, self.table, self.files)
        self._tasks.read(self, statements.list_accounts, self._show_accounts, on_error=fault)
        self._tasks.read(self, statements.list_lines, self._show_lines, on_error=fault)
        self._tasks.read(self, statements.list_statements, self._show_files, on_error=fault)
        self._tasks.read(self, statements.list_gaps, self._show_gaps, on_error=fault)

    def choose(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, "银行流水在哪个文件", "", FILTERS)
        self.take(tuple(map(Path, names)))

    def paste(self) -> None:
        """Files that were copied where files are kept; text goes into the filter."""
        if found := paste_files():
            self.take(found)
        else:
            self.filter.setFocus()
            self.filter.paste()

    def take(self, paths: Sequence[Path]) -> StatementDialog | None:
        """Read these files, one dialog after another."""
        self.banner.clear()
        self._waiting = list(paths)
        return self._next()

    def _next(self) -> StatementDialog | None:
        if not self._waiting:
            return None
        path = self._waiting.pop(0)
        dialog = StatementDialog(self._services, self._tasks, path, self._accounts, self)
        dialog.saved.connect(partial(self._on_stored, path))
        dialog.finished.connect(lambda _code: self._next())
        return opened(dialog)

    def _on_stored(self, path: Path, stored: dict[str, int]) -> None:
        told = f"《{path.name}》已存入:流水 {stored['lines']} 笔,其中新的 {stored['new']} 笔。"
        self.banner.show_good(told, "进账缴的是哪家,在“认款”里登记。")

    def take_back(self) -> ReasonDialog | None:
        row = self.files.current_row()
        if row is None or row.state != "valid":
            return None
        text = (
            f"撤回《{row.file_name}》:它带进来的流水从台账去掉,别的文件里也有的还在;可以重新读入。"
        )
        call = partial(self._services.statements.take_back, row.id)
        dialog = ReasonDialog(self._tasks, Words("撤回流水", text, "撤回"), call, self)
        dialog.reason.setPlaceholderText("例如:拿错了文件")
        dialog.saved.connect(lambda gone: self.banner.show_good(f"已撤回,去掉 {gone} 笔。"))
        return opened(dialog)

    def set_aside(self) -> AsideDialog | None:
        """Say of a line, in or out, that it is interest, a fee, own money; or goes back."""
        one = self.table.current_row()
        if one is None or one.used or one.mark_label:
            return None
        dialog = AsideDialog(self._services, self._tasks, _money(one), self)
        dialog.saved.connect(lambda _value: self.banner.show_good(dialog.told))
        dialog.rejected.connect(lambda: self.reload() if dialog.banner.text else None)
        return opened(dialog)

    def history(self) -> LineHistoryDialog | None:
        one = self.table.current_row()
        if one is None:
            return None
        return opened(LineHistoryDialog(self._services, self._tasks, (_money(one),), self))

    def _show_accounts(self, accounts: tuple[AccountView, ...]) -> None:
        self._accounts = accounts
        chosen = self.account.currentText()
        self.account.clear()
        self.account.addItems([EVERY, *(one.number for one in accounts)])
        self.account.setCurrentIndex(max(self.account.findText(chosen), 0))
        self.account.setVisible(len(accounts) > 1)

    def _show_lines(self, lines: tuple[LineView, ...]) -> None:
        self._lines = lines[::-1]
        hint = "还没有流水。把从银行下载的文件(xlsx、xls、csv)拖到这里、粘贴,或按“读入流水”。"
        self.table.set_empty("没有这样的流水。" if lines else hint)
        self._narrow()

    def _show_files(self, files: tuple[StatementView, ...]) -> None:
        self.files.set_empty("还没有读入过文件。")
        self.files.set_rows(files)
        self.files_card.set_right(f"{len(files)} 份" if files else "")

    def _show_gaps(self, gaps: tuple[GapView, ...]) -> None:
        told = ";".join(one.text for one in gaps[:MOST_GAPS])
        more = f"等{len(gaps)}处" if len(gaps) > MOST_GAPS else ""
        self.gaps.setText(f"余额接不上,可能还有流水没有读入:{told}{more}。")
        self.gaps.setVisible(bool(gaps))

    def _narrow(self) -> None:
        number = self.account.currentText()
        own = [one for one in self._lines if number in ("", EVERY, one.account)]
        self.table.set_rows(own)
        self._filtered(self.filter.text())

    def _filtered(self, text: str) -> None:
        self.table.set_filter(text)
        shown = [one.amount_fen for one in self.table.shown_rows()]
        came, went = sum(fen for fen in shown if fen > 0), -sum(fen for fen in shown if fen < 0)
        sums = f"{len(shown):,} 笔 · 收入 {yuan(came)} 元 · 支出 {yuan(went)} 元"
        self.card.set_right(sums if shown else "")

    def _tell(self, line: LineView | None) -> None:
        """What the columns have no room for."""
        said = line is not None and (line.used or bool(line.mark_label))
        self.aside_button.setEnabled(line is not None and not said)
        self.history_button.setEnabled(line is not None)
        if line is None:
            self.where.clear()
            return
        time = f"{line.time:%H:%M:%S}" if line.time else ""
        number = f"流水号 {line.reference}" if line.reference else ""
        parts = (time, line.other_account, number, line.where)
        self.where.setText("　".join(filter(None, parts)))

    def _offer_back(self, row: StatementView | None) -> None:
        self.back_button.setEnabled(row is not None and row.state == "valid")

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if Area.PAYMENTS in areas:
            self.reload()


def _money(line: LineView) -> MoneyLine:
    return MoneyLine(line.id, line.day, line.amount_fen, line.name, line.other_account, line.memo)
