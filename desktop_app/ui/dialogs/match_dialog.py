"""认款: what the free lines pay for, with the reasons; what is certain is booked together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.services.done import Area
from desktop_app.services.views.matching import Matches, MatchLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, opened
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.dialogs.match_acts import BookLineDialog, set_aside_dialog
from desktop_app.ui.dialogs.match_lines import COLUMNS, head_text, whole_text
from desktop_app.ui.dialogs.remainder_dialog import RemainderDialog
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services

HEARS = {Area.PAYMENTS, Area.ENROLMENTS, Area.UNITS}


class MatchDialog(QDialog):
    """Enter opens the form of the chosen line; the blue button books all that is certain."""

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self._sure: tuple[int, ...] = ()
        self.setWindowTitle("认款")
        self.setModal(True)
        self.resize(theme.px(1040), min(theme.px(640), 700))
        self.banner = Banner()
        self.sentence = label("正在读…", "h2", wrap=True)
        self.filter = QLineEdit(placeholderText="筛选户名、摘要、单位、金额")
        self.filter.setAccessibleName("筛选进账")
        self.table: RowsTable[MatchLine] = RowsTable(
            COLUMNS, name="进账", empty="没有还没认的进账。", sortable=True
        )
        self.reasons = label("", "quiet", wrap=True)
        self.sure_button = main_button("登记认得准的", self.book_certain)
        self.book_button = button("登记这一笔(&D)…", self.book, name="登记选中的一笔")
        self.link_button = button("就是已登记的(&J)", self.link, name="流水就是已登记的那笔缴费")
        self.aside_button = button("待退(&T)…", self.set_aside, name="选中的一笔不缴任何申请")
        self.left_button = button("余款(&Y)…", self.show_left, name="余款")
        self.close_button = button("关闭(Esc)", self.reject, name="关闭")
        self._lay_out()
        self._connect()
        self._offer(None)
        self.reload()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        for one in (self.book_button, self.link_button, self.aside_button, self.left_button):
            one.setAutoDefault(False)
            foot.addWidget(one)
        foot.addStretch(1)
        self.close_button.setAutoDefault(False)
        self.sure_button.setDefault(False)  # Enter in the filter books nothing
        self.sure_button.setAutoDefault(False)
        foot.addWidget(self.close_button)
        foot.addWidget(self.sure_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.banner)
        layout.addWidget(self.sentence)
        layout.addWidget(self.filter)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.reasons)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.table.reached_from(self.filter)
        self.filter.textChanged.connect(self.table.set_filter)
        self.table.chosen.connect(self._offer)
        self.table.opened.connect(lambda _row: self.book())
        self._tasks.changed.connect(self._on_changed)

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        self._ticket = self._tasks.read(
            self,
            self._services.matching.proposals,
            self._show,
            on_error=unread(self.banner.show_failure, self.table),
        )

    def book_certain(self) -> None:
        """Only what was shown: lines that came in meanwhile are looked at first."""
        if self._sure:
            call = partial(self._services.matching.book_certain, self._sure)
            self._save(call, lambda lines: f"已登记 {lines} 笔。")

    def book(self) -> ActDialog | None:
        row = self.table.current_row()
        if row is None or not row.candidates:
            return None
        dialog = BookLineDialog(self._services, self._tasks, row, self)
        dialog.saved.connect(lambda _id: self.banner.show_good("已登记这一笔。"))
        return opened(dialog)

    def link(self) -> None:
        row = self.table.current_row()
        if row is not None and row.payment is not None:
            call = partial(self._services.matching.link, row.lines[0].id, row.payment)
            self._save(call, lambda _none: "已和登记过的缴费对上。")

    def set_aside(self) -> ReasonDialog | None:
        row = self.table.current_row()
        if row is None:
            return None
        dialog = set_aside_dialog(self._services, self._tasks, row, self)
        dialog.saved.connect(lambda _id: self.banner.show_good("已登记待退。"))
        return opened(dialog)

    def show_left(self) -> RemainderDialog:
        return opened(RemainderDialog(self._services, self._tasks, self))

    def _save(self, call: partial[Any], words: Any) -> None:
        self.banner.clear()
        self._tasks.save(
            self,
            call,
            lambda value: self.banner.show_good(words(value)),
            on_error=self.banner.show_failure,
        )

    def _show(self, found: Matches) -> None:
        self._sure = tuple(line.id for one in found.proposals if one.certain for line in one.lines)
        self.sentence.setText(head_text(found))
        self.sure_button.setText(f"登记认得准的 {len(self._sure)} 笔(&S)")
        self.sure_button.setEnabled(bool(self._sure))
        self.table.set_rows(found.proposals)
        self._offer(self.table.current_row())

    def _offer(self, row: MatchLine | None) -> None:
        self.reasons.setText(whole_text(row) if row is not None else "")
        self.book_button.setEnabled(row is not None and bool(row.candidates))
        self.link_button.setEnabled(row is not None and row.payment is not None)
        self.aside_button.setEnabled(row is not None)

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & HEARS:
            self.reload()
