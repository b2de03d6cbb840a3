"""The first page: check a roster, what waits, what is late, the drive by area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.dates import chinese_date
from desktop_app.domain.labels import weekday
from desktop_app.services.board.progress import progress_text
from desktop_app.services.done import Area
from desktop_app.services.views.board import Board, BoardRow
from desktop_app.ui import theme
from desktop_app.ui.pages.home.home_numbers import NumberCard
from desktop_app.ui.pages.home.home_parts import AreasCard, CalendarNote, FirstSteps, LoansNote
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.drop_area import DropArea
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services
    from desktop_app.ui.dialogs.start_dialog import StartDialog

TONES = {"late": "late", "warn": "warn"}
HEARS = {
    Area.OFFICE, Area.UNITS, Area.MEMBERS, Area.ENROLMENTS, Area.PAYMENTS, Area.PRINTS,
    Area.SUBMISSIONS, Area.SCHEMES, Area.BACKUPS, Area.CALENDAR, Area.CALLS, Area.ARCHIVE,
}  # fmt: skip
READING, NOTHING = "正在读取…", "没有等着办的事。"
FAILED = "没有读到。按 F5 再读一次。"
COLUMNS: tuple[Column[BoardRow], ...] = (
    Column("单位", lambda r: r.unit, width=190),
    Column("到哪一步", lambda r: r.step_label, width=104),
    Column("人数 · 金额", lambda r: r.size, width=160),
    Column("说明", lambda r: r.note, width=190, tone=lambda r: TONES.get(r.tone, ""), wide=True),
    Column("下一步", lambda r: r.next_label, width=110, tone=lambda _r: "link"),
)


class HomePage(QWidget):
    open_unit = Signal(int)
    check_files = Signal(object)  # tuple[Source, ...]
    open_slice = Signal(object)  # Slice: the units that a number counts
    go = Signal(str)  # a page: units, figures, backups, chase

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self.board: Board | None = None
        self._failed = False
        self.banner = Banner()
        self.day = label("", "quiet")
        self.chase_button = button("催办(F7)", self.chase, name="催办")
        self.copy_button = button("复制今日进度(F6)", self.copy_progress, name="复制今日进度")
        self.drop = DropArea(
            "先查名单",
            "把单位发来的花名册拖到这里,或 Ctrl+V 粘贴",
            "xlsx · xls · et · csv,不用套模板;查完可存一份《需更正》发回单位",
        )
        self.waiting = NumberCard("等我处理", nothing="没有等您办的")
        self.due = NumberCard("快到期", "late", nothing="近期没有到期的")
        self.mend = NumberCard("要更正", "warn", nothing="没有退回、不符和待退的")
        self.table: RowsTable[BoardRow] = RowsTable(
            COLUMNS, name="要办的事", empty=READING, sortable=True
        )
        self.areas, self.first_steps = AreasCard(), FirstSteps()
        self.calendar_note, self.loans_note = CalendarNote(), LoansNote()
        self._lay_out()
        self._connect()
        self.reload()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("工作台", "h1"))
        head.addSpacing(theme.px(10))
        head.addWidget(self.day)
        head.addStretch(1)
        head.addWidget(self.chase_button)
        head.addWidget(self.copy_button)
        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        top.addWidget(self.drop, 6)
        for card in (self.waiting, self.due, self.mend):
            top.addWidget(card, 3)
        self.todo = Card("要办的事")
        self.todo.add(self.table, 1)
        lower = QWidget()
        row = QHBoxLayout(lower)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self.todo, 7)
        row.addWidget(self.areas, 4)
        self.body = QStackedWidget()
        self.body.addWidget(lower)
        self.body.addWidget(self.first_steps)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addLayout(head)
        for told in (self.banner, self.calendar_note, self.loans_note):
            layout.addWidget(told)
        layout.addLayout(top)
        layout.addWidget(self.body, 1)

    def _connect(self) -> None:
        self.drop.files_dropped.connect(self.check_files)
        self.table.opened.connect(lambda row: self.open_unit.emit(row.unit_id))
        self.first_steps.check.connect(self.drop.choose)
        self.first_steps.go.connect(self.go)
        self.first_steps.begin.connect(self.begin)
        self.calendar_note.go.connect(self.go)
        self.loans_note.go.connect(self.go)
        for card in (self.waiting, self.due, self.mend, self.areas):
            card.opened.connect(self.open_slice)
        keys_and_acts = (
            ("Ctrl+V", self.paste), ("F5", self.reload), ("F6", self.copy_progress),
            ("F7", self.chase),
        )  # fmt: skip
        for keys, act in keys_and_acts:
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._tasks.changed.connect(self._on_changed)

    def paste(self) -> None:
        if not self.drop.paste():
            self.banner.show_info(
                "剪贴板里没有文件或表格。",
                "请复制名单文件,或在表格里选中名单(连表头)复制,再回来粘贴。",
            )

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        if self.board is None:
            self.table.set_empty(READING)
        self._ticket = self._tasks.read(
            self, self._services.board.board, self._show, on_error=self._fail
        )

    def begin(self) -> StartDialog:
        """Ask for scheme, year, aim and figures once more."""
        from desktop_app.ui.dialogs.start_dialog import StartDialog  # noqa: PLC0415 - when asked

        dialog = StartDialog(self._services, self._tasks, self)
        dialog.saved.connect(lambda _none: self.banner.show_good("已保存方案、年度和确认的数。"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def chase(self) -> None:
        self.go.emit("chase")

    def copy_progress(self) -> None:
        """The day's figures as one sentence, for a message or the phone."""
        if self.board is None:
            self.banner.show_info("进度还没有读到。", "请稍候再按一次。")
            return
        text = progress_text(self.board)
        QGuiApplication.clipboard().setText(text)
        self.banner.show_good("已复制,可以粘贴到微信或报告里。", text)

    def _show(self, board: Board) -> None:
        if self._failed:
            self.banner.clear()
        self.board, self._failed = board, False
        self.day.setText(day_text(board))
        self.waiting.show_count(board.waiting, board.waiting_parts)
        self.due.show_count(board.due, board.due_parts)
        self.mend.show_count(board.mend, board.mend_parts)
        self.table.set_empty(NOTHING)
        self.table.set_rows(board.rows)
        self.todo.set_right(f"按急缓排 · 共 {len(board.rows)} 件")
        self.areas.show_board(board)
        self.calendar_note.show_years(board.missing_years)
        self.loans_note.show_count(board.overdue_loans)
        self.body.setCurrentIndex(0 if board.units else 1)

    def _fail(self, error: BaseException) -> None:
        """What was shown before stays, and the failure is said; nothing is called done."""
        self._failed = True
        self.table.set_empty(FAILED)
        self.banner.show_failure(error)

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & HEARS:
            self.reload()


def day_text(board: Board) -> str:
    """Today, the drive's year, and how long it is still open."""
    text = f"{chinese_date(board.today)} {weekday(board.today)} · {board.year} 年度"
    if board.closes_on is None or board.closes_on < board.today:
        return text
    left = (board.closes_on - board.today).days
    return f"{text} · 集中办理{f'还剩 {left} 天' if left else '今天截止'}"
